//! The maintainers' commands. `cargo xtask --help` lists them.
//!
//! This crate is flags and files: what the commands do stands in the crates that
//! they call.

mod codegen;
mod demo;
mod tree;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The maintainers' commands of trtc-rooms.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generate models, validation and client from schemas/.
    ///
    /// Reads every file in schemas/, checks it, and writes the files in
    /// src/generated/ of the model and client crates and schemas/dialect.json.
    /// Nothing is written when anything in the schemas is wrong.
    Codegen {
        /// Write nothing; fail when a file differs from what would be written.
        #[arg(long)]
        check: bool,
    },
    /// Show the whole loop: schemas, generated code, a client, an emulator.
    ///
    /// Needs neither an account nor a network.
    Demo,
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Codegen { check } => codegen::run(check),
        Command::Demo => demo::run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
