//! `call`: validates, signs and sends a request, and shows the reply.

mod answer;
mod data;

use std::time::Duration;

use clap::{Args, ValueEnum};
use trtc_rooms::{Client, RetryPolicy};
use trtc_rooms_model::json::JsonEndpoint;

use crate::cli::sdkappids;
use crate::commands::validate::{hint_line, violation_line};
use crate::exit::{Exit, Failure};
use crate::input::parse;
use crate::key::KeyArgs;
use crate::near;
use crate::output::{note, warning};
use crate::target::{TargetArgs, refused};

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

    /// SDKAppID of the app
    #[arg(long, value_name = "N", env = "TRTC_SDKAPPID", hide_env_values = true, value_parser = sdkappids())]
    sdkappid: u32,

    /// UserID of the app administrator that calls; the console sets up `administrator`
    #[arg(
        long,
        value_name = "ADMIN",
        env = "TRTC_IDENTIFIER",
        hide_env_values = true
    )]
    identifier: String,

    #[command(flatten)]
    target: TargetArgs,

    /// What to do with a request that breaks a documented limit
    #[arg(long, value_name = "MODE", default_value = "enforce")]
    validation: Mode,

    /// How long the call may take; the service gives itself 3 seconds
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds, allow_negative_numbers = true)]
    timeout: Duration,

    #[command(flatten)]
    key: KeyArgs,
}

/// What is done with a request that breaks a documented limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Mode {
    /// Refuse it, send nothing
    Enforce,
    /// Say so, send it
    Warn,
    /// Do not look at it, send it
    Off,
}

pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "it is no number".to_owned())?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if !duration.is_zero() => Ok(duration),
        _ => Err("it is not above 0, or longer than can be counted".to_owned()),
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let endpoint = near::endpoint(&arguments.endpoint)?;
    let target = arguments.target.target()?;
    let request = data::read(&arguments.data)?;
    check(endpoint, &request, arguments.validation)?;
    let client = target
        .apply(Client::builder(arguments.sdkappid, arguments.key.key()?))
        .identifier(&arguments.identifier)
        .timeout(arguments.timeout)
        // The command shows what the service answers, once.
        .retry(RetryPolicy::never())
        .build()
        .map_err(|error| refused(&error))?;

    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::network(format!("cannot set up the network: {error}")))?;
    let result = runtime.block_on(client.call_raw(endpoint.endpoint(), request.text).send());
    answer::show(result)
}

/// Compares the request with the documents, as far as this is asked for.
fn check(endpoint: &JsonEndpoint, request: &data::Request, mode: Mode) -> Result<(), Failure> {
    if mode == Mode::Off {
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
        Mode::Warn => "the request breaks documented limits and is sent anyway:".to_owned(),
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
    if mode == Mode::Warn {
        warning(&message);
        return Ok(());
    }
    Err(Failure::refused(message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k2_timeouts() {
        assert_eq!(seconds("10"), Ok(Duration::from_secs(10)));
        assert_eq!(seconds("0.25"), Ok(Duration::from_millis(250)));
        for text in ["0", "-1", "NaN", "inf", "1e400", "1e30", "1e-20", "", "5s"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }
}
