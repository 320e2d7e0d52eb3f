//! The maintainers' commands. `cargo xtask --help` lists them.
//!
//! This crate is flags and files: what the commands do stands in the crates that
//! they call.

mod codegen;
mod contract;
mod demo;
mod tree;
mod workspace;

use std::ffi::OsString;
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
    /// Compare generated validation, schemas and the hand-typed tables of the pages.
    ///
    /// Prints a table, and writes `target/contract/index.html`, with junit.xml and
    /// contract.sarif beside it for CI. Every argument is handed to the contract harness:
    ///
    ///   --endpoint live/create_room   only this endpoint
    ///   --cases N --seed S            how many random requests, and which
    ///   --case ID                     one case again, with all verdicts
    ///   --list                        the ids of all cases
    ///   --format json                 the whole report on standard output
    ///   --release                     optimized: for 100,000 requests and more
    ///   --help                        all of them
    #[command(disable_help_flag = true, verbatim_doc_comment)]
    Contract {
        /// Arguments of the harness.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Show the whole loop: schemas, generated code, a client, an emulator.
    ///
    /// Needs neither an account nor a network.
    Demo,
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Codegen { check } => codegen::run(check).map(|()| ExitCode::SUCCESS),
        Command::Contract { arguments } => contract::run(&arguments),
        Command::Demo => demo::run().map(|()| ExitCode::SUCCESS),
    };
    match result {
        Ok(code) => code,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
