//! `emulator`: the documented behaviour of the service, on a port of this machine.

use std::error::Error;
use std::io::Write;
use std::path::{MAIN_SEPARATOR, Path};

use clap::Args;
use trtc_rooms_emulator::{Emulator, StartError, WebhookDelivery};
use trtc_usersig::SecretKey;

use crate::cli::sdkappids;
use crate::exit::{Exit, Failure};
use crate::interrupts::Interrupts;
use crate::key::{self, KeyArgs};
use crate::output::{self, note, warning};
use crate::runtime;
use crate::text::{escaped, shown};

/// No secret: it is the same for everyone.
const DEVELOPMENT_KEY: &str = "trtc-rooms-development-key";

const ADMINISTRATOR: &str = "administrator";

/// Creates a room; the smallest request that does.
const REQUEST: &str =
    r#"{"RoomInfo":{"RoomId":"live-1","RoomType":"Live","SeatTemplate":"AudioSalon"}}"#;

const AFTER_HELP: &str = "\
Examples:
  # In one terminal; it prints its address and a call to copy into another one
  trtc-rooms emulator

  # In a script: once the first line is there, it is ready
  trtc-rooms emulator > emulator.log &
  until grep -q ^http emulator.log; do sleep 0.1; done
  export TRTC_BASE_URL=$(head -n 1 emulator.log)

  # On a fixed port, for an app and administrators of yours
  trtc-rooms emulator --listen 127.0.0.1:8080 --sdkappid 1400000000 \\
      --admin ada --admin bob

It answers as the documents say that the service answers: it checks the URL, the ticket \
and the request, keeps rooms in memory, and answers with the documented error codes. \
Where the documents are silent it does what its authors decided. It is not the service.

Without a key it takes a development key, prints it, and everybody knows it: that is \
good for trying things, and for nothing else.

Exit codes:
  0  it was interrupted (Ctrl-C or SIGTERM) and ended
  2  usage, an unusable key, or an address that it does not listen on
  3  it cannot listen there: the port is in use, say";

/// Run an emulator of the service, to try and to test things without an account
///
/// Prints its URL alone on the first line when it is ready, then a call to copy, and
/// runs until it is interrupted.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    listen: String,

    /// SDKAppID of the app
    #[arg(long, value_name = "N", env = "TRTC_SDKAPPID", hide_env_values = true, default_value = "1400000000", value_parser = sdkappids())]
    sdkappid: u32,

    /// UserID of an administrator, who may call; can be given several times
    #[arg(long = "admin", value_name = "ID", default_value = ADMINISTRATOR)]
    admins: Vec<String>,

    /// Allow an address that other computers may reach
    #[arg(long)]
    beyond_loopback: bool,

    #[command(flatten)]
    key: KeyArgs,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let given = arguments.key.key_if_any()?;
    let is_development = given.is_none();
    let key = match given {
        Some(key) => key,
        None => {
            SecretKey::new(DEVELOPMENT_KEY).map_err(|error| Failure::refused(error.to_string()))?
        }
    };
    runtime::block_on(serve(arguments, key, is_development))
}

async fn serve(
    arguments: &Arguments,
    key: SecretKey,
    is_development: bool,
) -> Result<Exit, Failure> {
    // Before the address is shown: whoever reads it may interrupt at once.
    let mut interrupts = Interrupts::new()?;
    let mut builder = Emulator::builder()
        .listen(&arguments.listen)
        .beyond_loopback(arguments.beyond_loopback)
        .on_delivery(warn_if_undelivered)
        .sdkappid(arguments.sdkappid)
        .key(key);
    for admin in &arguments.admins {
        builder = builder.admin(admin);
    }
    let emulator = builder.start().await.map_err(|error| refused(&error))?;

    match announce(arguments, emulator.url(), is_development) {
        // Nobody reads the address, which is no reason to end: it may be a fixed one.
        Err(Failure::ClosedPipe) | Ok(()) => {}
        Err(failure) => return Err(failure),
    }
    interrupts.next().await;
    tokio::select! {
        () = emulator.shutdown() => {}
        () = interrupts.next() => {}
    }
    Ok(Exit::Success)
}

/// Whoever waits for a webhook wants to know why none comes.
fn warn_if_undelivered(delivery: &WebhookDelivery) {
    let (command, url) = (delivery.webhook.command, &delivery.webhook.url);
    // The query holds the signature.
    let url = url.split('?').next().unwrap_or_default();
    match &delivery.outcome {
        Ok(200) => {}
        Ok(status) => warning(&escaped(&format!(
            "the webhook {command} to {url} was answered with status {status}"
        ))),
        Err(reason) => warning(&escaped(&format!(
            "the webhook {command} to {url} was not delivered: {reason}"
        ))),
    }
}

/// The URL alone, then a call to copy.
fn announce(arguments: &Arguments, url: &str, is_development: bool) -> Result<(), Failure> {
    let mut lines = vec![url.to_owned()];
    if is_development {
        lines.push(format!(
            "export {}={}",
            key::VARIABLE,
            quoted(DEVELOPMENT_KEY)
        ));
    }
    lines.push(call_line(arguments, url));
    let mut out = output::stdout();
    writeln!(out, "{}", lines.join("\n"))
        .and_then(|()| out.flush())
        .map_err(Failure::stdout)?;
    if is_development {
        note("the development key is no secret; Ctrl-C ends the emulator");
    }
    Ok(())
}

/// A call that a newcomer can copy, quoted for a POSIX shell.
fn call_line(arguments: &Arguments, url: &str) -> String {
    let command = this_command();
    let sdkappid = arguments.sdkappid.to_string();
    let admin = arguments
        .admins
        .first()
        .map_or(ADMINISTRATOR, String::as_str);
    let mut words = vec![
        &command,
        "call",
        "live/create_room",
        "--base-url",
        url,
        "--sdkappid",
        &sdkappid,
        "--identifier",
        admin,
    ];
    let key_file = arguments.key.file().map(Path::to_string_lossy);
    if let Some(key_file) = &key_file {
        words.extend(["--key-file", key_file]);
    }
    words.extend(["--data", REQUEST]);
    words.into_iter().map(quoted).collect::<Vec<_>>().join(" ")
}

/// How this command is called from where it was called: by its name, if it was found by
/// that, or else (as with `cargo run`) by its path.
fn this_command() -> String {
    let typed = std::env::args().next().unwrap_or_default();
    if !typed.contains(MAIN_SEPARATOR) {
        return "trtc-rooms".to_owned();
    }
    std::env::current_exe().map_or(typed, |path| path.to_string_lossy().into_owned())
}

/// Quoted for a POSIX shell, where that is needed.
fn quoted(text: &str) -> String {
    let is_plain = |character: char| {
        character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.' | '/' | ':' | '@')
    };
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", escaped(text).replace('\'', r"'\''"))
}

fn refused(error: &StartError) -> Failure {
    let message = escaped(&error.to_string());
    match (error, error.source()) {
        (StartError::NoAddress(text), _) => Failure::refused(format!(
            "`{}` is no address to listen on, such as 127.0.0.1:8080 or localhost:0",
            shown(text)
        )),
        (StartError::AddressInUse(_), _) => Failure::network(message),
        (StartError::Listen { source, .. }, _) => {
            Failure::network(format!("{message}: {}", output::reason(source)))
        }
        (StartError::NotLoopback(_), _) => {
            Failure::refused(format!("{message}: --beyond-loopback does that"))
        }
        (_, Some(source)) => Failure::refused(format!("{message}: {source}")),
        (_, None) => Failure::refused(message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_back_what_is_quoted() {
        assert_eq!(quoted("http://127.0.0.1:8080"), "http://127.0.0.1:8080");
        assert_eq!(quoted("a b"), "'a b'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted(""), "''");
        assert_eq!(quoted("$(x)`y`!"), "'$(x)`y`!'");
    }
}
