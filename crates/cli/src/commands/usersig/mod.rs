//! `usersig`: signs, checks and reads tickets.

mod decode;
mod sign;
mod verify;

use std::ffi::{OsStr, OsString};

use clap::{Args, Subcommand};
use trtc_usersig::Clock;

use crate::exit::{Exit, Failure};
use crate::input::Source;

/// More than this is no ticket, whatever it is.
const MAX_INPUT: usize = 1 << 20;

const AFTER_HELP: &str = "\
Examples:
  export TRTC_SECRET_KEY=... TRTC_SDKAPPID=1400000000
  TICKET=$(trtc-rooms usersig sign --user-id alice --expire 86400)
  trtc-rooms usersig verify --user-id alice \"$TICKET\"
  trtc-rooms usersig decode \"$TICKET\"

The key comes from TRTC_SECRET_KEY or from --key-file, never from an argument. A ticket \
is a secret too: `-` reads it from standard input, where no process list shows it.

Exit codes:
  0  signed, accepted, decoded
  1  the ticket is refused, or is none
  2  usage, no key, or unreadable input";

/// Sign, check and read tickets (UserSig)
///
/// A ticket proves who is calling. It is signed with the secret key of the app, on this
/// machine; whoever holds it is that user until it expires. Nothing is sent.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Sign(sign::Arguments),
    Verify(verify::Arguments),
    Decode(decode::Arguments),
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    match &arguments.command {
        Command::Sign(arguments) => sign::run(arguments),
        Command::Verify(arguments) => verify::run(arguments),
        Command::Decode(arguments) => decode::run(arguments),
    }
}

/// The text of a ticket: the argument, or standard input for `-`. Space around it does
/// not count, since files and terminals put it there.
fn ticket(argument: &OsStr) -> Result<String, Failure> {
    let text = if argument == "-" {
        let bytes = Source::stdin().read_all(MAX_INPUT)?;
        // What is not UTF-8 is no ticket either way, and is said to be none later.
        String::from_utf8_lossy(&bytes).into_owned()
    } else {
        argument.to_string_lossy().into_owned()
    };
    Ok(text.trim().to_owned())
}

/// `--at`, or the present second.
fn seconds(at: Option<i64>) -> i64 {
    at.unwrap_or_else(|| trtc_usersig::SystemClock.unix_seconds())
}

/// The bytes that hexadecimal digits stand for.
fn bytes_of_hex(text: &str) -> Result<Vec<u8>, String> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let digits: Option<Vec<u32>> = text.bytes().map(digit).collect();
    let digits = digits.ok_or("only the digits 0 to 9 and a to f make bytes")?;
    let (pairs, rest) = digits.as_chunks::<2>();
    if !rest.is_empty() {
        return Err("two digits make a byte, and there is an odd number of them".to_owned());
    }
    let byte = |[high, low]: &[u32; 2]| u8::try_from(high << 4 | low);
    let bytes: Result<_, _> = pairs.iter().map(byte).collect();
    bytes.map_err(|_| "two digits make a byte".to_owned())
}

/// The userbuf, as an argument that clap can hold.
#[derive(Clone, Debug)]
struct UserBufBytes(Vec<u8>);

impl std::str::FromStr for UserBufBytes {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        bytes_of_hex(text).map(Self)
    }
}

/// The argument that holds a ticket.
#[derive(Args, Debug)]
struct TicketArgs {
    /// The ticket, or `-` for standard input; space around it does not count
    #[arg(value_name = "TICKET")]
    ticket: OsString,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_digits_are_bytes() {
        assert_eq!(bytes_of_hex("00fFa5"), Ok(vec![0, 0xff, 0xa5]));
        assert_eq!(bytes_of_hex(""), Ok(vec![]));
        for text in ["0", "0g", "0x00", "00 ff", "房间"] {
            assert!(bytes_of_hex(text).is_err(), "{text}");
        }
    }

    #[test]
    fn space_around_a_ticket_does_not_count() {
        assert_eq!(ticket(OsStr::new(" eJw*_ \r\n")).unwrap(), "eJw*_");
    }
}
