//! `webhooks listen`: prints the webhooks of the service as they come.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use clap::Args;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use trtc_rooms_webhooks::{DeliveryError, Event, Receiver, Reply};

use super::event::Received;
use super::token::TokenArgs;
use crate::cli::sdkappids;
use crate::exit::{Exit, Failure};
use crate::interrupts::Interrupts;
use crate::output::{self, Format, json_line, note, warning};
use crate::runtime;
use crate::text::{escaped, shown};

/// The greatest body that is read. Events are a few kilobytes.
const MAX_BODY: usize = 1024 * 1024;

/// How many webhooks may wait to be printed. If nobody reads, the service waits.
const WAITING: usize = 64;

const AFTER_HELP: &str = "\
Examples:
  # In one terminal; it prints its address
  trtc-rooms webhooks listen --listen 127.0.0.1:8080

  # In another one, what the service would send
  curl 'http://127.0.0.1:8080/?SdkAppid=1400000000' --data \\
      '{\"CallbackCommand\":\"Live.CallbackAfterDestroyRoom\",\"RoomId\":\"live-1\"}'

  # Signed webhooks of one app only, one JSON object a line
  TRTC_WEBHOOK_TOKEN=xxxxyyyy trtc-rooms webhooks listen --sdkappid 1400000000 \\
      --format json

  # Refuse every gift and every message
  trtc-rooms webhooks listen --refuse 1 --info 'not now'

The service posts to one public URL of the app, which is configured with the calls \
set_callback and update_callback. To receive its webhooks on this machine, let a tunnel \
or a proxy of yours lead there; the path of the URL does not matter.

With --format json the first line is {\"listening\":URL}; each line after it is a webhook: \
command, known, room, time (Unix milliseconds), sdkappid, client_ip, platform, answer (the \
ErrorCode that was answered) and event (the body as it came). What is refused (another app, \
a wrong signature, no JSON) is answered with an HTTP error and told on standard error.

Exit codes:
  0    it was interrupted (Ctrl-C or SIGTERM) and ended
  2    usage, an unusable token, or an address that it does not listen on
  3    it cannot listen there: the port is in use, say
  141  whoever read standard output has gone";

/// Print the webhooks of the service as they come, and acknowledge them
///
/// Prints its URL alone on the first line when it is ready, and runs until it is
/// interrupted. Events before the fact (gifts, messages) are allowed, or refused with
/// --refuse.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    listen: String,

    /// SDKAppID of the app; without it, webhooks of any app are taken
    #[arg(long, value_name = "N", env = "TRTC_SDKAPPID", hide_env_values = true, value_parser = sdkappids())]
    sdkappid: Option<u32>,

    #[command(flatten)]
    token: TokenArgs,

    /// How webhooks are printed
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,

    /// Refuse what events before the fact ask about, with this code
    ///
    /// 1 refuses gifts and messages, 2 drops messages silently; 102100 to 102200 (gifts)
    /// and 10100 to 10200 (messages) are passed on to the sender. An event that the code
    /// does not refuse is allowed.
    #[arg(long, value_name = "CODE")]
    refuse: Option<i32>,

    /// Text that goes with --refuse
    #[arg(long, value_name = "TEXT", requires = "refuse", default_value = "")]
    info: String,

    /// Allow an address that other computers may reach
    #[arg(long)]
    beyond_loopback: bool,
}

/// What the handler of requests needs.
struct Listener {
    receiver: Receiver,
    refuse: Option<(i32, String)>,
    events: mpsc::Sender<Received>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut receiver = match arguments.sdkappid {
        Some(sdkappid) => Receiver::new(sdkappid),
        None => Receiver::any_app(),
    };
    match arguments.token.token_if_any()? {
        Some(token) => receiver = receiver.token(token),
        None => note("without a token, signatures are not checked: anybody may post here"),
    }
    let refuse = arguments.refuse.map(|code| (code, arguments.info.clone()));
    if let Some((code, _)) = refuse {
        refuses_something(code)?;
    }
    let address = address(arguments)?;
    runtime::block_on(serve(address, receiver, refuse, arguments.format))
}

async fn serve(
    address: SocketAddr,
    receiver: Receiver,
    refuse: Option<(i32, String)>,
    format: Format,
) -> Result<Exit, Failure> {
    // Before the address is shown: whoever reads it may interrupt at once.
    let mut interrupts = Interrupts::new()?;
    let listener = TcpListener::bind(address).await;
    let listener = listener.map_err(|error| cannot_listen(address, &error))?;
    let address = listener
        .local_addr()
        .map_err(|error| cannot_listen(address, &error))?;
    announce(address, format)?;

    let (events, mut printing) = mpsc::channel(WAITING);
    let state = Arc::new(Listener {
        receiver,
        refuse,
        events,
    });
    let app = Router::new()
        .fallback_service(post(answer).with_state(state))
        .layer(DefaultBodyLimit::max(MAX_BODY));
    let server = tokio::spawn(async move { axum::serve(listener, app).await });
    loop {
        tokio::select! {
            event = printing.recv() => match event {
                Some(event) => event
                    .write(&mut output::stdout(), format)
                    .map_err(Failure::stdout)?,
                None => break,
            },
            () = interrupts.next() => break,
        }
    }
    server.abort();
    Ok(Exit::Success)
}

/// Answers a request of any path.
async fn answer(
    State(listener): State<Arc<Listener>>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    let query = query.unwrap_or_default();
    let (status, reply) = match listener.receive(&query, &body) {
        Ok(event) => {
            let reply = event.reply.clone();
            // The loop that prints has ended: so will this program.
            let _ = listener.events.send(event).await;
            (StatusCode::OK, reply)
        }
        Err(error) => {
            let status = error.status();
            warning(&format!(
                "refused with {status}: {}",
                escaped(&error.to_string())
            ));
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
            (status, error.reply())
        }
    };
    let json = [(header::CONTENT_TYPE, "application/json")];
    (status, json, reply.to_json()).into_response()
}

impl Listener {
    fn receive(&self, query: &str, body: &[u8]) -> Result<Received, DeliveryError> {
        let delivery = self.receiver.receive(query, body)?;
        Ok(Received {
            reply: self.reply(&delivery.event),
            delivery,
            // It has been read before.
            body: serde_json::from_slice(body).unwrap_or(Value::Null),
        })
    }

    fn reply(&self, event: &Event) -> Reply {
        let question = event.info().and_then(|info| info.question);
        let (Some(question), Some((code, info))) = (question, &self.refuse) else {
            return Reply::accept();
        };
        question.refuse(*code, info).unwrap_or_else(|error| {
            warning(&format!("allowed: {error}"));
            Reply::accept()
        })
    }
}

/// A code that refuses nothing is a slip.
fn refuses_something(code: i32) -> Result<(), Failure> {
    let questions = Event::ALL.iter().filter_map(|info| info.question);
    let mut last = None;
    for question in questions {
        match question.refuse(code, "") {
            Ok(_) => return Ok(()),
            Err(error) => last = Some(error),
        }
    }
    let why = last.map_or_else(String::new, |error| format!(" ({error})"));
    Err(Failure::refused(format!(
        "no event is refused with {code}{why}"
    )))
}

/// The URL alone on a line.
fn announce(address: SocketAddr, format: Format) -> Result<(), Failure> {
    let url = format!("http://{address}");
    let mut out = output::stdout();
    let written = match format {
        Format::Text => writeln!(out, "{url}"),
        Format::Json => json_line(&mut out, &json!({ "listening": url })),
    };
    written.and_then(|()| out.flush()).map_err(Failure::stdout)
}

fn address(arguments: &Arguments) -> Result<SocketAddr, Failure> {
    let text = arguments.listen.as_str();
    let local = || {
        let port = text.strip_prefix("localhost:")?.parse::<u16>().ok()?;
        Some(SocketAddr::from(([127, 0, 0, 1], port)))
    };
    let address = text.parse().ok().or_else(local);
    let address: SocketAddr = address.ok_or_else(|| {
        Failure::refused(format!(
            "`{}` is no address to listen on, such as 127.0.0.1:8080 or localhost:0",
            shown(text)
        ))
    })?;
    if !address.ip().is_loopback() && !arguments.beyond_loopback {
        return Err(Failure::refused(format!(
            "{address} is not a loopback address; other computers may reach it: \
             --beyond-loopback allows that"
        )));
    }
    Ok(address)
}

fn cannot_listen(address: SocketAddr, error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::AddrInUse {
        return Failure::network(format!(
            "{address} is in use: end what listens there, or take another port (0 takes a free one)"
        ));
    }
    Failure::network(format!(
        "cannot listen on {address}: {}",
        output::reason(error)
    ))
}
