//! The maintainers' commands. `cargo xtask --help` lists them.
//!
//! This crate is flags and files: what the commands do stands in the crates that
//! they call.

mod codegen;
mod compat;
mod contract;
mod demo;
mod docs;
mod harness;
mod mutants;
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
    /// src/generated/ of the model, client and webhooks crates, and schemas/dialect.json
    /// and schemas/openapi.json.
    /// Nothing is written when anything in the schemas is wrong.
    Codegen {
        /// Write nothing; fail when a file differs from what would be written.
        #[arg(long)]
        check: bool,
    },
    /// Compare the schemas with those of a git revision.
    ///
    /// Says of each change whether it breaks those who use the crates, and why. The
    /// heaviest change needs an entry in CHANGELOG.md, Unreleased: a breaking one under
    /// `### Breaking`, a minor one under `### Added` or `### Changed`, a patch under
    /// `### Fixed`; a heavier heading will do. The crates are at 0.x, where a breaking
    /// change raises the second number of the version.
    ///
    /// Exit code 0: no change, a sufficient entry, or no tag to compare with; 1: an
    /// entry is missing; 2: something cannot be compared.
    Compat(compat::Arguments),
    /// Compare generated validation, schemas and the hand-typed tables of the pages.
    ///
    /// Prints a table, and writes `target/contract/index.html`, with junit.xml and
    /// contract.sarif beside it for CI. Every argument is handed to the contract harness:
    ///
    ///   --endpoint `live/create_room`   only this endpoint
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
    /// Prove that the contract harness would notice a mistake.
    ///
    /// Changes every limit, value, mandatory member, code, advice, path and rate of the
    /// schemas, and every check of the generated code, one at a time: the harness has to
    /// turn red each time. Touches no file of the repository. Every argument is handed to
    /// the contract harness:
    ///
    ///   --endpoint `live/create_room`   only this endpoint
    ///   --jobs N                      how many are judged at once
    ///   --list                        the ids of all mutations
    ///   --format lines                killed or survived, one line a mutation
    ///   --format json                 the whole report on standard output
    ///   --help                        all of them
    #[command(disable_help_flag = true, verbatim_doc_comment)]
    Mutants {
        /// Arguments of the harness.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Compare saved pages of the vendor with the schemas, and follow them.
    #[command(subcommand)]
    Docs(docs::Docs),
    /// Show the whole loop: schemas, generated code, a client, an emulator.
    ///
    /// Needs neither an account nor a network.
    Demo,
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Codegen { check } => codegen::run(check).map(|()| ExitCode::SUCCESS),
        Command::Compat(arguments) => Ok(compat::run(&arguments)),
        Command::Contract { arguments } => contract::run(&arguments),
        Command::Mutants { arguments } => mutants::run(&arguments),
        Command::Docs(command) => Ok(docs::run(command)),
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
