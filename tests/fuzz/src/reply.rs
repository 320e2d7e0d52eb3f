//! Reading replies, through the client's own calls: a server on this machine answers
//! them with the bytes. (The client has no function that takes a reply.)
//!
//! The first byte says what the rest is: `h` a whole HTTP response, otherwise the body
//! of one with status 200, for a call that depends on the byte: `u` an update, `c` a
//! meeting, `r` a raw call, anything else a live room. `{usersig}` in the bytes becomes
//! the ticket of the call.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use trtc_rooms::live::create_room::{ENDPOINT, RoomInfo, SeatTemplate};
use trtc_rooms::live::update_room_info;
use trtc_rooms::{Client, Error, QuotaMode, RetryPolicy, conference};

use super::mode;

/// The longest reply that is read, in bytes.
pub const MAX_REPLY: usize = 1 << 20;

/// Answers a call with the bytes.
///
/// # Panics
///
/// If something does not hold that should.
pub fn run(data: &[u8]) {
    thread_local! {
        static BENCH: RefCell<Option<Bench>> = const { RefCell::new(None) };
    }
    BENCH.with_borrow_mut(|bench| bench.get_or_insert_with(Bench::new).run(data));
}

/// A client, and a server that answers it. Both run only while a call is made.
struct Bench {
    runtime: Runtime,
    client: Client,
    next: Arc<Mutex<Exchange>>,
}

/// What the server has to say, and which ticket it saw.
#[derive(Default)]
struct Exchange {
    whole_response: bool,
    bytes: Vec<u8>,
    ticket: String,
}

impl Bench {
    fn new() -> Self {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime starts");
        let listener = runtime
            .block_on(TcpListener::bind("127.0.0.1:0"))
            .expect("there is a free port");
        let address = listener.local_addr().expect("it has an address");
        let client = Client::builder(1_400_000_000, "the key of the fuzzer")
            .base_url(format!("http://{address}"))
            .max_reply_bytes(MAX_REPLY)
            // One input is one reply.
            .retry(RetryPolicy::never())
            .quota_mode(QuotaMode::Off)
            .build()
            .expect("the client is set up");
        let next = Arc::new(Mutex::new(Exchange::default()));
        let serving = Arc::clone(&next);
        runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let serving = Arc::clone(&serving);
                tokio::spawn(async move {
                    // That the client breaks off is its own business.
                    let _ = serve(stream, &serving).await;
                });
            }
        });
        Self {
            runtime,
            client,
            next,
        }
    }

    fn run(&self, data: &[u8]) {
        let (mode, bytes) = mode(data);
        *self.exchange() = Exchange {
            whole_response: mode == b'h',
            bytes: bytes.to_vec(),
            ticket: String::new(),
        };
        let result = self.runtime.block_on(self.call(mode));
        let exchange = self.exchange();
        match result {
            Ok(()) if mode == b'h' => {}
            Ok(()) => success(bytes),
            Err(error) => failure(&error, &exchange.ticket),
        }
    }

    async fn call(&self, mode: u8) -> Result<(), Error> {
        let room = RoomInfo::new("a", SeatTemplate::Karaoke);
        match mode {
            b'u' => {
                let room = update_room_info::RoomInfo::new("a");
                self.client.live().update_room_info(room).await.map(drop)
            }
            b'c' => {
                let room = conference::create_room::RoomInfo::new("a");
                self.client.conference().create_room(room).await.map(drop)
            }
            b'r' => self.client.call_raw(&ENDPOINT, "{}").await.map(drop),
            _ => {
                let reply = self.client.live().create_room(room).await?;
                assert!(reply.request_id().is_none_or(|id| id.len() <= 1_024));
                let _ = format!("{reply:?}");
                Ok(())
            }
        }
    }

    fn exchange(&self) -> std::sync::MutexGuard<'_, Exchange> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Only an object whose `ErrorCode` is 0 is success.
fn success(body: &[u8]) {
    assert!(body.len() <= MAX_REPLY, "{} bytes were read", body.len());
    let text = str::from_utf8(body).expect("a reply is UTF-8");
    assert!(text.trim_start().starts_with('{'), "{text:.100}");
    // What is nested deeply is beyond this reader, and not beyond the client.
    if let Ok(reply) = serde_json::from_str::<Value>(text) {
        let code = &reply["ErrorCode"];
        assert!(*code == 0 || *code == "0", "{code}");
    }
}

/// An error can be printed: it is short, harmless, and keeps the ticket to itself.
fn failure(error: &Error, ticket: &str) {
    let texts = [
        error.to_string(),
        format!("{error:?}"),
        format!("{error:#?}"),
    ];
    for text in &texts {
        assert!(text.len() < 8_192, "{} bytes: {text:.300}", text.len());
        assert!(
            ticket.is_empty() || !text.contains(ticket),
            "a ticket is shown"
        );
    }
    assert!(!texts[0].contains(char::is_control), "{:?}", texts[0]);
    assert!(error.excerpt().is_none_or(|excerpt| excerpt.len() <= 1_024));
    let _ = (
        error.code(),
        error.meaning(),
        error.class(),
        error.request_id(),
    );
    let _ = (
        error.is_retryable(),
        error.retry_after(),
        error.is_outcome_unknown(),
    );
}

/// Answers the requests of one connection.
async fn serve(stream: TcpStream, next: &Mutex<Exchange>) -> std::io::Result<()> {
    let mut stream = BufStream::new(stream);
    loop {
        let mut head = String::new();
        let mut length = 0;
        loop {
            let start = head.len();
            if stream.read_line(&mut head).await? == 0 {
                return Ok(());
            }
            let line = head[start..].trim();
            if line.is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await?;

        let (response, last) = {
            let mut next = next.lock().unwrap_or_else(PoisonError::into_inner);
            let ticket = head.split("usersig=").nth(1);
            let ticket = ticket.and_then(|rest| rest.split(['&', ' ']).next());
            ticket.unwrap_or_default().clone_into(&mut next.ticket);
            let bytes = with_ticket(&next.bytes, &next.ticket);
            if next.whole_response {
                (bytes, true)
            } else {
                let length = bytes.len();
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n");
                ([head.as_bytes(), &bytes].concat(), false)
            }
        };
        stream.write_all(&response).await?;
        stream.flush().await?;
        if last {
            return Ok(());
        }
    }
}

fn with_ticket(bytes: &[u8], ticket: &str) -> Vec<u8> {
    const MARK: &[u8] = b"{usersig}";
    let mut filled = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.windows(MARK.len()).position(|window| window == MARK) {
        filled.extend(&rest[..at]);
        filled.extend(ticket.as_bytes());
        rest = &rest[at + MARK.len()..];
    }
    filled.extend(rest);
    filled
}
