//! `cargo xtask contract`: asks three oracles about every request.

use std::io::{IsTerminal, Write as _, stderr, stdout};
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use trtc_rooms_contract::agreement::{First, Progress};
use trtc_rooms_contract::http::wire;
use trtc_rooms_contract::{Harness, Options, Outcome};

/// Shows that the generated validation says what is documented.
///
/// For every endpoint, requests are derived from its schema: for each limit the values
/// on both sides of it, for each member every wrong type, and random requests on top.
/// The generated validation, the schema itself (by the jsonschema crate) and the tables
/// typed by hand (tests/documented/) are asked about each, and have to say the same.
/// What is documented about paths, rates and codes is compared as well. Then every
/// documented code and every fault of a connection goes through the client over HTTP. A
/// documented limit that no request was near to is a failure, as is a code that no reply
/// had, or an endpoint without a table.
///
/// Writes target/contract/: index.html for a browser, junit.xml, contract.sarif and
/// contract.json. Exits with 0 if all agree, 1 if not, 2 if it cannot run.
#[derive(Parser)]
#[command(name = "cargo xtask contract", bin_name = "cargo xtask contract")]
struct Arguments {
    /// Only this endpoint, such as `live/create_room`.
    #[arg(long)]
    endpoint: Option<String>,
    /// How many random requests are drawn for each endpoint.
    #[arg(long, default_value_t = 600)]
    cases: u32,
    /// What the random requests depend on.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Judge one case and show what each oracle says. A random case needs its seed.
    #[arg(long, value_name = "ID")]
    case: Option<String>,
    /// List the ids of all cases that are not random, and judge nothing.
    #[arg(long)]
    list: bool,
    /// What is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Judge by the schemas in another folder. Nothing was generated from those, so an
    /// interpreter stands in for the generated code.
    #[arg(long, value_name = "FOLDER")]
    schemas: Option<PathBuf>,
    /// Ask the oracles only, and call no stub over HTTP.
    #[arg(long)]
    oracles_only: bool,
    /// Where the report files go.
    #[arg(long, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A table for people.
    Text,
    /// The whole report.
    Json,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<bool, String> {
    let harness = match &arguments.schemas {
        Some(folder) => Harness::folder(folder, First::Interpreter)?,
        None => Harness::repository()?,
    };
    if arguments.list {
        return list(&harness, arguments.endpoint.as_deref());
    }
    let options = Options {
        endpoint: arguments.endpoint.clone(),
        cases: arguments.cases,
        seed: arguments.seed,
        case: arguments.case.clone(),
        stop_early: false,
    };
    let mut line = ProgressLine::new();
    let mut outcome = harness.run(&options, &mut |progress| line.show(progress))?;
    line.clear();
    let is_whole = arguments.case.is_none() && arguments.schemas.is_none();
    if is_whole && !arguments.oracles_only {
        over_http(&harness, &mut outcome)?;
    }
    print(&outcome, arguments.format)?;
    // One case that is shown again must not replace the report of a run.
    if arguments.case.is_none() {
        write(&outcome, arguments)?;
    }
    Ok(outcome.report.is_ok())
}

/// Every derived request, documented code and fault, through the client to stubs of this machine.
fn over_http(harness: &Harness, outcome: &mut Outcome) -> Result<(), String> {
    let started = Instant::now();
    let rows = &outcome.report.rows;
    let subjects = harness.subjects().iter();
    let subjects = subjects.filter(|subject| rows.iter().any(|row| row.endpoint == subject.name));
    let subjects: Vec<_> = subjects.collect();
    // Most of the time somebody waits for a reply that is late on purpose.
    let cores = thread::available_parallelism().map_or(1, usize::from);
    outcome.report.columns.extend(wire::COLUMNS);
    for wire in wire::all(&subjects, 2 * cores)? {
        wire.add_to(&mut outcome.report);
    }
    outcome.report.elapsed += started.elapsed();
    Ok(())
}

fn list(harness: &Harness, endpoint: Option<&str>) -> Result<bool, String> {
    let mut text = String::new();
    for subject in harness.subjects() {
        if endpoint.is_none_or(|endpoint| endpoint == subject.name) {
            let ids = subject.cases.iter().map(|case| &case.id);
            for id in ids.chain(subject.texts.iter().map(|text| &text.id)) {
                text.push_str(id);
                text.push('\n');
            }
        }
    }
    say(&text)?;
    Ok(true)
}

fn print(outcome: &Outcome, format: Format) -> Result<(), String> {
    match format {
        Format::Json => say(&(outcome.report.to_json() + "\n")),
        Format::Text => match &outcome.shown {
            Some(shown) => say(&format!("{shown}\n\n{}", outcome.report.to_text())),
            None => say(&outcome.report.to_text()),
        },
    }
}

/// Prints to standard output. A reader that went away is no error.
fn say(text: &str) -> Result<(), String> {
    match stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(|error| format!("standard output: {error}")),
    }
}

fn write(outcome: &Outcome, arguments: &Arguments) -> Result<(), String> {
    let target = trtc_rooms_contract::home().join("../target/contract");
    let folder = arguments.output.as_ref().unwrap_or(&target);
    let files = outcome
        .report
        .write(folder)
        .map_err(|error| format!("{} cannot be written: {error}", folder.display()))?;
    if let (Format::Text, Some(page)) = (
        arguments.format,
        files.iter().find(|file| file.ends_with("index.html")),
    ) {
        let page = page.canonicalize().unwrap_or_else(|_| page.clone());
        say(&format!("report: {}\n", page.display()))?;
    }
    Ok(())
}

/// How far the run is, in one line that is written over; nothing where nobody watches.
struct ProgressLine {
    is_watched: bool,
    next: Instant,
    is_shown: bool,
}

impl ProgressLine {
    fn new() -> Self {
        Self {
            is_watched: stderr().is_terminal(),
            next: Instant::now() + Duration::from_millis(500),
            is_shown: false,
        }
    }

    fn show(&mut self, progress: Progress<'_>) {
        if self.is_watched && Instant::now() >= self.next {
            let Progress {
                endpoint,
                done,
                total,
            } = progress;
            eprint!("\r\x1b[K{endpoint}: {done} of {total} requests");
            self.next = Instant::now() + Duration::from_millis(100);
            self.is_shown = true;
        }
    }

    fn clear(&mut self) {
        if self.is_shown {
            eprint!("\r\x1b[K");
        }
    }
}
