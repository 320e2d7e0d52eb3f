//! `usersig sign`.

use std::io::Write;

use clap::Args;
use trtc_usersig::{DEFAULT_EXPIRE, Signer};

use super::{UserBufBytes, seconds};
use crate::cli::sdkappids;
use crate::exit::{Exit, Failure};
use crate::key::KeyArgs;
use crate::output;

const AFTER_HELP: &str = "\
Examples:
  # A ticket for the administrator, for a day; the key stands in TRTC_SECRET_KEY
  trtc-rooms usersig sign --sdkappid 1400000000 --user-id administrator \\
      --expire 86400

  # The same ticket at any time, for tests
  trtc-rooms usersig sign --sdkappid 1400000000 --user-id alice --at 1700000000

The ticket is a secret: whoever holds it is this user until it expires. No longest \
validity is documented; at least a day is advised. A user id may have 32 bytes by the \
documents, which nobody enforces here.

Exit codes:
  0  the ticket stands on standard output, alone
  2  usage, no key, or what no ticket can be made of";

/// Sign a ticket
///
/// The secret key is used on this machine and sent nowhere. Signing is deterministic:
/// the same user, second and validity give the same ticket.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// SDKAppID of the app
    #[arg(long, value_name = "N", env = "TRTC_SDKAPPID", hide_env_values = true, value_parser = sdkappids())]
    sdkappid: u32,

    /// UserID that the ticket is for
    #[arg(long, value_name = "U")]
    user_id: String,

    /// For how many seconds it is valid
    #[arg(long, value_name = "S", default_value_t = DEFAULT_EXPIRE.as_secs().cast_signed(), allow_negative_numbers = true)]
    expire: i64,

    /// When it is signed, in seconds since 1970 (UTC); now, if not given
    #[arg(long, value_name = "UNIX", allow_negative_numbers = true)]
    at: Option<i64>,

    /// Extra bytes that are signed with it, in hexadecimal digits
    #[arg(long, value_name = "H")]
    userbuf_hex: Option<UserBufBytes>,

    #[command(flatten)]
    key: KeyArgs,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let Arguments {
        sdkappid,
        user_id,
        expire,
        at,
        userbuf_hex,
        key,
    } = arguments;
    let userbuf = userbuf_hex.as_ref().map(|bytes| bytes.0.as_slice());
    let ticket = Signer::new(*sdkappid, key.key()?)
        .sign_at(user_id, seconds(*at), *expire, userbuf)
        .map_err(|error| Failure::refused(format!("no ticket can be made: {error}")))?;
    let mut out = output::stdout();
    writeln!(out, "{}", ticket.as_str())
        .and_then(|()| out.flush())
        .map_err(Failure::stdout)?;
    Ok(Exit::Success)
}
