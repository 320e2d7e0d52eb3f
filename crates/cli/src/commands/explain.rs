//! `explain`: what an error code means, and what to do about it.

use std::io::{self, Write};

use clap::Args;
use serde_json::{Value, json};
use trtc_rooms_core::{Endpoint, ErrorCode, RetryAdvice, find_code};
use trtc_rooms_model::json::JsonEndpoint;
use trtc_rooms_model::{COMMON_CODES, ENDPOINTS};

use crate::exit::{Exit, Failure};
use crate::near;
use crate::output::{self, Format, Paint, Style};

const AFTER_HELP: &str = "\
Examples:
  trtc-rooms explain 100003 live/create_room
  trtc-rooms explain 70001
  trtc-rooms explain 100012 --format json

One number means different things on different pages. With an endpoint, its own page \
counts, and then the tables that are common to all endpoints. Without one, every meaning \
is listed, with the endpoints whose pages have it.

With --format json:
  {\"code\":100003,\"known\":true,
   \"meanings\":[{\"source\":\"page\",\"endpoints\":[\"..\"],\"name\":\"..\",\"class\":\"..\",
                \"retry\":\"..\",\"meaning\":\"..\",\"remedy\":\"..\"}],
   \"near\":[]}

`source` is `page` or `common`. `near` are codes that look alike, if this one is unknown.

Exit codes:
  0  the code is known
  1  no page lists it, or not for this endpoint; codes that look alike are named
  2  usage, or an unknown endpoint";

/// Explain an error code: what it means on an endpoint, and what can be done
#[derive(Args, Debug)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// ErrorCode of a reply
    #[arg(value_name = "CODE", allow_negative_numbers = true)]
    code: i32,

    /// Endpoint that answered with it, such as live/create_room
    #[arg(value_name = "ENDPOINT")]
    endpoint: Option<String>,

    /// How to write the explanation
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// One meaning of a code, and where it is documented.
struct Meaning {
    code: &'static ErrorCode,
    /// The endpoints whose own pages word it like this; empty for the common tables.
    pages: Vec<&'static Endpoint>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let endpoint = match &arguments.endpoint {
        Some(name) => Some(near::endpoint(name)?.endpoint()),
        None => None,
    };
    let meanings = meanings(arguments.code, endpoint);
    let near = if meanings.is_empty() {
        near::near_codes(arguments.code.into(), known_codes(endpoint))
    } else {
        Vec::new()
    };
    let exit = if meanings.is_empty() {
        Exit::Negative
    } else {
        Exit::Success
    };
    let mut out = output::stdout();
    let written = match arguments.format {
        Format::Json => output::json_line(&mut out, &as_json(arguments.code, &meanings, &near)),
        Format::Text if meanings.is_empty() => {
            output::error(&unknown(arguments.code, endpoint, &near));
            Ok(())
        }
        Format::Text => as_text(&mut out, Paint::stdout(), &meanings),
    };
    written
        .and_then(|()| out.flush())
        .map_err(Failure::stdout)?;
    Ok(exit)
}

fn meanings(code: i32, endpoint: Option<&'static Endpoint>) -> Vec<Meaning> {
    let common = || {
        let code = COMMON_CODES
            .iter()
            .find_map(|table| find_code(table, code))?;
        let pages = Vec::new();
        Some(Meaning { code, pages })
    };
    if let Some(endpoint) = endpoint {
        let own = endpoint.code(code).map(|code| Meaning {
            code,
            pages: vec![endpoint],
        });
        return own.or_else(common).into_iter().collect();
    }
    let mut meanings: Vec<Meaning> = common().into_iter().collect();
    for (endpoint, code) in pages_with(code) {
        match meanings.iter_mut().find(|known| *known.code == *code) {
            // What a page says like the common tables needs no mention.
            Some(Meaning { pages, .. }) if pages.is_empty() => {}
            Some(Meaning { pages, .. }) => pages.push(endpoint),
            None => meanings.push(Meaning {
                code,
                pages: vec![endpoint],
            }),
        }
    }
    meanings
}

/// The endpoints whose own pages list a code.
fn pages_with(code: i32) -> impl Iterator<Item = (&'static Endpoint, &'static ErrorCode)> {
    let endpoints = ENDPOINTS.iter().map(JsonEndpoint::endpoint);
    endpoints.filter_map(move |endpoint| Some((endpoint, endpoint.code(code)?)))
}

/// All codes that the pages list, or those that an endpoint may answer with.
fn known_codes(endpoint: Option<&'static Endpoint>) -> Vec<i32> {
    let own = match endpoint {
        Some(endpoint) => vec![endpoint.codes],
        None => ENDPOINTS.iter().map(|each| each.endpoint().codes).collect(),
    };
    let tables = own.into_iter().chain(COMMON_CODES.iter().copied());
    tables.flatten().map(|code| code.code).collect()
}

fn unknown(code: i32, endpoint: Option<&Endpoint>, near: &[i32]) -> String {
    let mut parts = Vec::new();
    match endpoint {
        None => parts.push(format!("no page lists {code}")),
        Some(endpoint) => {
            let name = endpoint.name;
            parts.push(format!(
                "neither the page of {name} nor the common tables list {code}"
            ));
            let elsewhere: Vec<_> = pages_with(code).map(|(other, _)| other.name).collect();
            if !elsewhere.is_empty() {
                let elsewhere = elsewhere.join(", ");
                parts.push(format!("{elsewhere} has it: `trtc-rooms explain {code}`"));
            }
        }
    }
    if !near.is_empty() {
        let near: Vec<_> = near.iter().map(i32::to_string).collect();
        parts.push(format!("codes that look alike: {}", near.join(", ")));
    }
    parts.join("; ")
}

fn as_text(out: &mut impl Write, paint: Paint, meanings: &[Meaning]) -> io::Result<()> {
    for (index, Meaning { code, pages }) in meanings.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let ErrorCode {
            code,
            name,
            class,
            retry,
            meaning,
            remedy,
        } = code;
        writeln!(out, "{}", paint.with(Style::Name, format!("{code} {name}")))?;
        writeln!(out, "  meaning  {meaning}")?;
        writeln!(out, "  remedy   {remedy}")?;
        writeln!(out, "  class    {class}")?;
        writeln!(out, "  retry    {}", retry_in_words(*retry))?;
        match pages.as_slice() {
            [] => writeln!(
                out,
                "  source   the tables that are common to all endpoints"
            )?,
            pages => {
                for (index, endpoint) in pages.iter().enumerate() {
                    let label = if index == 0 { "source" } else { "" };
                    writeln!(
                        out,
                        "  {label:<8} the page of {}: {}",
                        endpoint.name, endpoint.page.url
                    )?;
                }
            }
        }
    }
    Ok(())
}

/// Whether the same call may succeed later.
pub(crate) fn retry_in_words(retry: RetryAdvice) -> String {
    match retry {
        RetryAdvice::Backoff => "yes, after a pause that grows".to_owned(),
        RetryAdvice::AfterSeconds(1) => "yes, after 1 second at the earliest".to_owned(),
        RetryAdvice::AfterSeconds(seconds) => {
            format!("yes, after {seconds} seconds at the earliest")
        }
        RetryAdvice::NewTicket => "yes, with a new ticket".to_owned(),
        // Never, and whatever is added to the list.
        _ => "no, something has to change first".to_owned(),
    }
}

fn as_json(code: i32, meanings: &[Meaning], near: &[i32]) -> Value {
    let meanings: Vec<Value> = meanings
        .iter()
        .map(|Meaning { code, pages }| {
            let source = if pages.is_empty() { "common" } else { "page" };
            let endpoints: Vec<_> = pages.iter().map(|endpoint| endpoint.name).collect();
            json!({
                "source": source,
                "endpoints": endpoints,
                "name": code.name,
                "class": code.class,
                "retry": code.retry,
                "meaning": code.meaning,
                "remedy": code.remedy,
            })
        })
        .collect();
    json!({ "code": code, "known": !meanings.is_empty(), "meanings": meanings, "near": near })
}
