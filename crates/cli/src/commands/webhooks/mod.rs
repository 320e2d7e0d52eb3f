//! `webhooks`: what the service tells an application.

mod event;
mod listen;
mod token;

use clap::{Args, Subcommand};

use crate::exit::{Exit, Failure};

/// Receive the webhooks of the service
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Listen(listen::Arguments),
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    match &arguments.command {
        Command::Listen(arguments) => listen::run(arguments),
    }
}
