//! The command `trtc-rooms`: validates requests, calls endpoints, one or thousands, signs
//! and checks tickets, explains error codes, prints webhooks, and runs an emulator.
//!
//! This crate is arguments, input and output; what the commands do stands in the
//! crates that they call. Start at `cli.rs` for what can be given, then read the file
//! of a command in `commands/`. `exit.rs` has the exit codes.

#![expect(
    clippy::doc_markdown,
    reason = "the documentation of arguments is their help, where backticks would show"
)]

mod cli;
mod commands;
mod exit;
mod input;
mod interrupts;
mod key;
mod near;
mod output;
mod runtime;
mod service;
mod text;

use std::process::ExitCode;

fn main() -> ExitCode {
    let exit = match cli::parse() {
        Ok(command) => commands::run(command).unwrap_or_else(exit::Failure::report),
        Err(exit) => exit,
    };
    exit.into()
}
