//! `usersig verify`.

use std::io::{self, Write};

use clap::Args;
use serde_json::json;
use trtc_usersig::{Claims, Expect, Verifier, VerifyError};

use super::{TicketArgs, UserBufBytes, seconds, ticket};
use crate::cli::sdkappids;
use crate::exit::{Exit, Failure};
use crate::key::KeyArgs;
use crate::output::{self, Format, Paint, Style};

const AFTER_HELP: &str = "\
Examples:
  trtc-rooms usersig verify --sdkappid 1400000000 --user-id alice - < ticket.txt
  trtc-rooms usersig verify --sdkappid 1400000000 --user-id alice \"$TICKET\"

An argument is seen by whoever may list processes, and a ticket works like a password \
until it expires: `-` reads it from standard input.

The checks run in this order, and the first that fails is the reason:
  malformed            the text is no ticket
  sdkappid_mismatch    it is for another app
  identifier_mismatch  it is for another user
  mac_mismatch         another key signed it, or it was changed
  expired              it is genuine, and its time is over
  userbuf_mismatch     its extra bytes are not those of --userbuf-hex, or it
                       has some and that is not given

With --format json it is {\"valid\":true,\"claims\":{..}} or {\"valid\":false,\"reason\":\"expired\"}, \
and standard error says more.

Exit codes:
  0  the ticket is accepted
  1  it is refused
  2  usage, no key, or unreadable input";

/// Check a ticket as the service would
#[derive(Args, Debug)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// SDKAppID that it has to be for
    #[arg(long, value_name = "N", env = "TRTC_SDKAPPID", hide_env_values = true, value_parser = sdkappids())]
    sdkappid: u32,

    /// UserID that it has to be for, byte by byte
    #[arg(long, value_name = "U")]
    user_id: String,

    /// When it has to be valid, in seconds since 1970 (UTC); now, if not given
    #[arg(long, value_name = "UNIX", allow_negative_numbers = true)]
    at: Option<i64>,

    /// Extra bytes that it has to carry, in hexadecimal digits
    #[arg(long, value_name = "H")]
    userbuf_hex: Option<UserBufBytes>,

    /// How to write the result
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    #[command(flatten)]
    key: KeyArgs,

    #[command(flatten)]
    ticket: TicketArgs,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let verifier = Verifier::new(arguments.sdkappid, arguments.key.key()?);
    let mut expected = Expect::user(&arguments.user_id);
    if let Some(bytes) = &arguments.userbuf_hex {
        expected = expected.userbuf(&bytes.0);
    }
    let ticket = ticket(&arguments.ticket.ticket)?;
    let result = verifier.verify(&ticket, expected, seconds(arguments.at));

    let mut out = output::stdout();
    write(&mut out, arguments.format, &result)
        .and_then(|()| out.flush())
        .map_err(Failure::stdout)?;
    match result {
        Ok(_) => Ok(Exit::Success),
        Err(error) => {
            if arguments.format == Format::Json {
                output::error(&error.to_string());
            }
            Ok(Exit::Negative)
        }
    }
}

fn write(
    out: &mut impl Write,
    format: Format,
    result: &Result<Claims, VerifyError>,
) -> io::Result<()> {
    let paint = Paint::stdout();
    match (format, result) {
        (Format::Json, Ok(claims)) => {
            output::json_line(out, &json!({ "valid": true, "claims": claims }))
        }
        (Format::Json, Err(error)) => {
            output::json_line(out, &json!({ "valid": false, "reason": error.reason() }))
        }
        (Format::Text, Ok(claims)) => writeln!(
            out,
            "{}, until {} s after 1970",
            paint.with(Style::Good, "accepted"),
            claims.expires_at()
        ),
        (Format::Text, Err(error)) => writeln!(
            out,
            "{}, {}: {error}",
            paint.with(Style::Error, "refused"),
            error.reason()
        ),
    }
}
