//! The commands, one file each.

pub(crate) mod apply;
pub(crate) mod call;
pub(crate) mod emulator;
pub(crate) mod endpoints;
pub(crate) mod explain;
pub(crate) mod usersig;
pub(crate) mod validate;
pub(crate) mod webhooks;

use crate::cli::Command;
use crate::exit::{Exit, Failure};

/// Runs a command.
pub(crate) fn run(command: Command) -> Result<Exit, Failure> {
    match command {
        Command::Validate(arguments) => validate::run(&arguments),
        Command::Call(arguments) => call::run(&arguments),
        Command::Apply(arguments) => apply::run(&arguments),
        Command::Usersig(arguments) => usersig::run(&arguments),
        Command::Endpoints(arguments) => endpoints::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Emulator(arguments) => emulator::run(&arguments),
        Command::Webhooks(arguments) => webhooks::run(&arguments),
    }
}
