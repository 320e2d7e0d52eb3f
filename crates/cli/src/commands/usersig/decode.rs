//! `usersig decode`.

use std::io::Write;

use clap::Args;

use super::{TicketArgs, ticket};
use crate::exit::{Exit, Failure};
use crate::output;

const AFTER_HELP: &str = "\
Examples:
  trtc-rooms usersig decode \"$TICKET\"
  trtc-rooms usersig decode - < ticket.txt

The JSON has version, identifier, sdkappid, time, expire, expires_at (seconds since 1970, \
UTC) and, if there is one, userbuf in base64. The mac is not shown. Anyone can write \
what stands in a ticket: only `usersig verify` tells whether it is genuine.

Exit codes:
  0  the claims stand on standard output, as JSON
  1  the text is no ticket; standard error says why
  2  usage, or unreadable input";

/// Show what a ticket says, without a key and without trusting it
#[derive(Args, Debug)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Arguments {
    #[command(flatten)]
    ticket: TicketArgs,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let ticket = ticket(&arguments.ticket.ticket)?;
    let claims = trtc_usersig::decode(&ticket).map_err(|error| Failure::Said {
        exit: Exit::Negative,
        message: error.to_string(),
    })?;
    let mut out = output::stdout();
    output::json_pretty(&mut out, &claims)
        .and_then(|()| out.flush())
        .map_err(Failure::stdout)?;
    Ok(Exit::Success)
}
