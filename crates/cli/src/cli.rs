//! What can be given on the command line.

use std::io::{self, Write};

use clap::builder::{RangedU64ValueParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser, Subcommand};

use crate::commands::{apply, call, emulator, endpoints, explain, usersig, validate, webhooks};
use crate::exit::{Exit, Failure};
use crate::key;
use crate::output::note;
use crate::text::shown;

const AFTER_HELP: &str = "\
Examples:
  # Does this request keep to the documented limits?
  trtc-rooms validate live/create_room request.json

  # A service to try things with, on this machine and without an account
  trtc-rooms emulator

  # Thousands of calls from a file, at the documented rates
  trtc-rooms apply calls.ndjson --region singapore

  # What does the service tell about its rooms?
  trtc-rooms webhooks listen --listen 127.0.0.1:8080

  # What does this error code mean, and what can be done about it?
  trtc-rooms explain 100003 live/create_room

Environment:
  TRTC_SECRET_KEY  the secret key of the app; never an argument
  TRTC_SDKAPPID    the SDKAppID, where --sdkappid is not given
  TRTC_IDENTIFIER  the administrator, where --identifier is not given
  TRTC_BASE_URL    where calls go, without --region and --base-url
  TRTC_WEBHOOK_TOKEN  the token that signs webhooks; never an argument
  NO_COLOR         no colours; there are none outside of a terminal anyway

Exit codes:
  0    success: all valid, called, accepted, known
  1    no: not valid, refused by the service, ticket refused, unknown
  2    usage, unreadable or malformed input, or refused before sending
  3    network, timeout, or a reply that cannot be read
  141  whoever read standard output has gone

Each command says in its own help what its exit codes mean.";

/// The server-side room APIs of Tencent RTC (Live and Conference), from a shell.
///
/// Checks requests against the documented limits, calls the service, once or by the
/// thousand, signs and checks tickets (UserSig), explains error codes, prints the webhooks
/// of the service, and runs an emulator of it. What it knows is generated from schemas that
/// were written from the vendor's pages. This command is unofficial.
#[derive(Debug, Parser)]
#[command(
    name = "trtc-rooms",
    bin_name = "trtc-rooms",
    version,
    max_term_width = 100,
    after_long_help = AFTER_HELP,
    after_help = "`--help` tells more, `trtc-rooms COMMAND --help` most."
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

/// Reads an SDKAppID.
pub(crate) fn sdkappids() -> impl TypedValueParser<Value = u32> {
    RangedU64ValueParser::new().range(1..=u32::MAX.into())
}

/// A command and its arguments.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Validate(validate::Arguments),
    Call(call::Arguments),
    Apply(apply::Arguments),
    Usersig(usersig::Arguments),
    Endpoints(endpoints::Arguments),
    Explain(explain::Arguments),
    Emulator(emulator::Arguments),
    Webhooks(webhooks::Arguments),
}

/// Reads the arguments of this process. Says what is wrong with them, or the help or
/// version that is asked for, and gives the exit code then.
pub(crate) fn parse() -> Result<Command, Exit> {
    match Arguments::try_parse() {
        Ok(Arguments {
            command: Some(command),
        }) => Ok(command),
        Ok(Arguments { command: None }) => {
            let mut arguments = Arguments::command();
            let printed = arguments
                .print_long_help()
                .and_then(|()| io::stdout().flush());
            Err(printed.map_or_else(|error| Failure::stdout(error).report(), |()| Exit::Success))
        }
        Err(error) => Err(explain_error(error)),
    }
}

fn explain_error(error: clap::Error) -> Exit {
    if !error.use_stderr() {
        let printed = error.print().and_then(|()| io::stdout().flush());
        return printed.map_or_else(|error| Failure::stdout(error).report(), |()| Exit::Success);
    }
    if is_key_argument(&error) {
        return Failure::refused(key::NOT_AN_ARGUMENT).report();
    }
    let variables = variables_for(&error);
    // If standard error is gone, there is nobody to tell.
    let _ = without_secrets(error).print();
    if !variables.is_empty() {
        note(&format!("{} can be set instead", variables.join(" and ")));
    }
    Exit::Refused
}

/// The environment variables that could have given what is missing.
fn variables_for(error: &clap::Error) -> Vec<&'static str> {
    let missing = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::Strings(missing))
            if error.kind() == ErrorKind::MissingRequiredArgument =>
        {
            missing.as_slice()
        }
        _ => return Vec::new(),
    };
    let is_missing = |option: &str| missing.iter().any(|each| each.starts_with(option));
    [
        ("--sdkappid", "TRTC_SDKAPPID"),
        ("--identifier", "TRTC_IDENTIFIER"),
    ]
    .into_iter()
    .filter_map(|(option, variable)| is_missing(option).then_some(variable))
    .collect()
}

/// Whether somebody tries to give the key as an argument.
fn is_key_argument(error: &clap::Error) -> bool {
    if error.kind() != ErrorKind::UnknownArgument {
        return false;
    }
    let Some(ContextValue::String(argument)) = error.get(ContextKind::InvalidArg) else {
        return false;
    };
    let name = argument.split('=').next().unwrap_or_default();
    matches!(
        name,
        "--key" | "--secret-key" | "--secretkey" | "--sdk-key" | "--secret" | "-k"
    )
}

/// The error without keys and tickets that stand in a wrong place, and without
/// anything that steers a terminal.
fn without_secrets(mut error: clap::Error) -> clap::Error {
    let clean = |value: &ContextValue| match value {
        ContextValue::String(text) => Some(ContextValue::String(shown(text))),
        ContextValue::Strings(texts) => Some(ContextValue::Strings(
            texts.iter().map(|text| shown(text)).collect(),
        )),
        _ => None,
    };
    let kinds = [
        ContextKind::InvalidSubcommand,
        ContextKind::InvalidArg,
        ContextKind::InvalidValue,
        ContextKind::TrailingArg,
        ContextKind::PriorArg,
    ];
    for kind in kinds {
        if let Some(value) = error.get(kind).and_then(clean) {
            error.insert(kind, value);
        }
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }
}
