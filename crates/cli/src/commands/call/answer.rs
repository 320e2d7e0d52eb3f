//! What came back.

use std::io::Write;

use serde_json::{Map, Value};
use trtc_rooms::{ApiError, Error, ErrorKind, RawReply};

use crate::commands::endpoints::repeat_in_words;
use crate::commands::explain::retry_in_words;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::text::json_for_terminals;

/// Shows the reply on standard output and what is wrong on standard error.
pub(super) fn show(result: Result<RawReply, Error>) -> Result<Exit, Failure> {
    let error = match result {
        Ok(reply) => {
            print(reply.json())?;
            return Ok(Exit::Success);
        }
        Err(error) => error,
    };
    match error.kind() {
        ErrorKind::Api | ErrorKind::HttpStatus => {
            if let Some(api) = error.api() {
                print(&as_json(api))?;
                return Err(refused(&error, api));
            }
        }
        ErrorKind::Invalid | ErrorKind::Signing | ErrorKind::Build => {
            return Err(Failure::refused(error.to_string()));
        }
        _ => {}
    }
    let mut message = if error.kind() == ErrorKind::TooLarge {
        let name = error.endpoint().name;
        format!(
            "{name}: the reply is longer than 1 MiB; whether the call was carried out is unknown"
        )
    } else {
        error.to_string()
    };
    if error.is_outcome_unknown() {
        message += "\n  repeat     ";
        message += &repeat_in_words(error.endpoint());
    }
    Err(Failure::network(message))
}

fn print(reply: &str) -> Result<(), Failure> {
    let mut out = output::stdout();
    writeln!(out, "{}", json_for_terminals(reply.trim_end()))
        .and_then(|()| out.flush())
        .map_err(Failure::stdout)
}

/// The envelope of a reply that says that the call failed. The client does not keep its
/// text: what it keeps is escaped, cut, and free of the ticket.
fn as_json(api: &ApiError) -> String {
    let mut reply = Map::new();
    let mut add = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            reply.insert(name.to_owned(), value);
        }
    };
    add("ActionStatus", api.action_status().map(Value::from));
    add("ErrorCode", api.code().map(Value::from));
    add("ErrorInfo", api.error_info().map(Value::from));
    add("RequestId", api.request_id().map(Value::from));
    Value::Object(reply).to_string()
}

fn refused(error: &Error, api: &ApiError) -> Failure {
    let name = error.endpoint().name;
    let head = match (api.code(), api.meaning()) {
        (Some(code), Some(meaning)) => format!("{name} answered {code} ({})", meaning.name),
        (Some(code), None) => format!("{name} answered {code}"),
        (None, _) => format!("{name} answered that the call failed, without an error code"),
    };
    let mut lines = vec![head];
    let mut add = |label: &str, text: &str| lines.push(format!("  {label:<9}  {text}"));
    if let Some(status) = error.http_status() {
        add("status", &format!("HTTP {status}"));
    }
    match api.meaning() {
        Some(meaning) => {
            add("meaning", meaning.meaning);
            add("remedy", meaning.remedy);
            add("retry", &retry_in_words(meaning.retry));
        }
        None => add("meaning", "no document lists this code for this endpoint"),
    }
    if let Some(info) = api.error_info() {
        add("ErrorInfo", info);
    }
    add("RequestId", api.request_id().unwrap_or("(none)"));
    Failure::Said {
        exit: Exit::Negative,
        message: lines.join("\n"),
    }
}
