//! `call`: validates, signs and sends a request, and shows the reply.

mod answer;
mod data;

use std::time::Duration;

use clap::Args;
use trtc_rooms::RetryPolicy;
use trtc_rooms_model::json::JsonEndpoint;

use crate::commands::validate::{hint_line, violation_line};
use crate::exit::{Exit, Failure};
use crate::input::parse;
use crate::near;
use crate::output::{note, warning};
use crate::runtime;
use crate::service::{ServiceArgs, ValidationMode, seconds};

const AFTER_HELP: &str = "\
Examples:
  # The key stands in TRTC_SECRET_KEY
  trtc-rooms call live/create_room --region singapore --data @request.json \\
      --sdkappid 1400000000 --identifier administrator

  # With TRTC_SDKAPPID, TRTC_IDENTIFIER and TRTC_BASE_URL set
  trtc-rooms call live/update_room_info \\
      --data '{\"RoomInfo\":{\"RoomId\":\"live-1\",\"RoomName\":\"Friday\"}}'

`trtc-rooms emulator` prints a call to try.

The JSON is sent byte for byte, so that members which the documents do not know get \
through. The reply stands on standard output, everything else on standard error: when \
the service answers with an error, what its code means on this endpoint, what can be \
done, and the RequestId that the vendor's support asks for.

Calls over plain http are refused, except to this machine: the URL holds the ticket. \
Redirects are not followed. Nothing is repeated.

Exit codes:
  0  the service carried it out
  1  the service refused it, with an error code
  2  usage, no key, malformed JSON, or refused by --validation: nothing was sent
  3  no connection, no reply in time, or a reply that cannot be read; standard
     error says if it is unknown whether the call was carried out";

/// Call an endpoint: validate, sign, send, and print the reply
///
/// The request is compared with the documents as `validate` does, since the service says
/// no more than that a parameter is invalid. A ticket is signed for the call.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// Endpoint, such as live/create_room; `trtc-rooms endpoints` lists them
    #[arg(value_name = "ENDPOINT")]
    endpoint: String,

    /// The request: JSON, or @ and the name of a file, or `-` for standard input
    #[arg(long, short, value_name = "JSON|@FILE|-")]
    data: String,

    #[command(flatten)]
    service: ServiceArgs,

    /// What to do with a request that breaks a documented limit
    #[arg(long, value_name = "MODE", default_value = "enforce")]
    validation: ValidationMode,

    /// How long the call may take; the service gives itself 3 seconds
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds, allow_negative_numbers = true)]
    timeout: Duration,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let endpoint = near::endpoint(&arguments.endpoint)?;
    let request = data::read(&arguments.data)?;
    check(endpoint, &request, arguments.validation)?;
    let client = arguments.service.client(|builder| {
        builder
            .timeout(arguments.timeout)
            // The command shows what the service answers, once.
            .retry(RetryPolicy::never())
    })?;
    let call = client.call_raw(endpoint.endpoint(), request.text);
    let result = runtime::block_on(async { Ok(call.send().await) })?;
    answer::show(result)
}

/// Compares the request with the documents, as far as this is asked for.
fn check(
    endpoint: &JsonEndpoint,
    request: &data::Request,
    mode: ValidationMode,
) -> Result<(), Failure> {
    if mode == ValidationMode::Off {
        return Ok(());
    }
    let value = parse(request.text.as_bytes()).map_err(|problem| {
        Failure::refused(format!("{}, {problem}; nothing was sent", request.name))
    })?;
    let report = endpoint.check(&value);
    for hint in report.hints() {
        note(&hint_line(hint));
    }
    let violations = report.violations();
    if violations.is_empty() {
        return Ok(());
    }
    let mut message = match mode {
        ValidationMode::Warn => {
            "the request breaks documented limits and is sent anyway:".to_owned()
        }
        _ => "the request breaks documented limits, nothing was sent \
              (`--validation warn` sends it):"
            .to_owned(),
    };
    for violation in violations {
        message += "\n  ";
        message += &violation_line(violation);
    }
    if report.is_full() {
        message += "\n  and perhaps more";
    }
    if mode == ValidationMode::Warn {
        warning(&message);
        return Ok(());
    }
    Err(Failure::refused(message))
}
