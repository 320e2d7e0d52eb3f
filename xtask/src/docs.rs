use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use trtc_rooms_docs::page::Page;
use trtc_rooms_docs::report::{Outcome, Report};
use trtc_rooms_docs::{Wording, accept, compare, read_bytes, scaffold, unreadable};
use trtc_rooms_schema::SchemaSet;

use crate::workspace;

/// Where the fingerprints of the vendor's wording are kept.
const WORDING: &str = "crates/docs/wording.json";

#[derive(Subcommand)]
pub(crate) enum Docs {
    /// Compare saved pages with the schemas.
    ///
    /// A page is the file that the browser saved (HTML), a Markdown copy of it, or the
    /// plain text of "select all, copy, paste". Exits with 0 when nothing but the date
    /// differs, with 1 when something does, with 2 when something cannot be read.
    Diff {
        /// The saved pages.
        #[arg(required = true, value_name = "PAGE")]
        pages: Vec<PathBuf>,
        /// How to print the report.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Draft a schema for a page that has none, and list what a person must decide.
    ///
    /// Without --out the draft is printed, and the list goes to standard error. No
    /// file is ever overwritten.
    Scaffold {
        /// The saved page.
        #[arg(value_name = "PAGE")]
        page: PathBuf,
        /// Where to write the draft.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Apply what is mechanical about the differences to the schema file.
    ///
    /// That is: date, rate, regions, limits, and codes that the common tables know.
    /// The rest is printed as a list of things to do. Exits with 0 when nothing is
    /// left, with 1 when something is, with 2 when the page cannot be read in full.
    Accept {
        /// The saved page.
        #[arg(value_name = "PAGE")]
        page: PathBuf,
        /// The changed wording was read, and the schema says what it means now: record
        /// it.
        #[arg(long)]
        wording: bool,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// Runs a command. Everything that stops it makes the exit code 2.
pub(crate) fn run(command: Docs) -> ExitCode {
    let result = match command {
        Docs::Diff { pages, format } => diff(&pages, format),
        Docs::Scaffold { page, out } => draft(&page, out.as_deref()),
        Docs::Accept { page, wording } => apply(&page, wording),
    };
    match result {
        Ok(outcome) => ExitCode::from(outcome.code()),
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(Outcome::Unreadable.code())
        }
    }
}

fn diff(pages: &[PathBuf], format: Format) -> Result<Outcome, String> {
    let (set, wording) = (load()?, read_wording()?);
    let mut reports: Vec<Report> = Vec::new();
    for path in pages {
        // One that is not there keeps the others from nothing.
        let page = read_page(path).unwrap_or_else(|error| unreadable(path, &error));
        reports.push(compare(&path.display().to_string(), &page, &set, &wording));
    }
    match format {
        Format::Text => {
            let texts: Vec<String> = reports.iter().map(ToString::to_string).collect();
            print!("{}", texts.join("\n"));
        }
        Format::Json => {
            let reports: Vec<_> = reports.iter().map(Report::to_json).collect();
            println!("{:#}", serde_json::Value::from(reports));
        }
    }
    let outcomes = reports.iter().map(Report::outcome);
    Ok(outcomes.max().unwrap_or(Outcome::Same))
}

fn draft(path: &Path, out: Option<&Path>) -> Result<Outcome, String> {
    let (set, page) = (load()?, read_page(path).map_err(at(path))?);
    let draft = scaffold(&page, &set)?;
    match out {
        Some(out) => write_new(out, &draft.text)?,
        None => print!("{}", draft.text),
    }
    match (&draft.file, out) {
        (_, Some(out)) => eprintln!("{} is written", out.display()),
        (Some(file), None) => eprintln!("this belongs into schemas/{file}"),
        (None, None) => {}
    }
    eprintln!("to decide, each marked UNDECIDED where it can be:");
    for decision in &draft.decisions {
        let line = match decision.line {
            0 => String::new(),
            line => format!("line {line}"),
        };
        eprintln!(
            "  {line:<9} {}\n            {}",
            decision.pointer, decision.what
        );
    }
    for unread in &page.unread {
        eprintln!("could not be read: {unread}");
    }
    Ok(if page.unread.is_empty() {
        draft.outcome()
    } else {
        Outcome::Unreadable
    })
}

fn apply(path: &Path, record_all: bool) -> Result<Outcome, String> {
    let (set, mut wording) = (load()?, read_wording()?);
    let page = read_page(path).map_err(at(path))?;
    let report = compare(&path.display().to_string(), &page, &set, &wording);
    let accepted = accept(&report, &set).inspect_err(|_| print!("{report}"))?;
    let root = workspace::root();
    if !accepted.applied.is_empty() {
        replace(&root.join("schemas").join(&accepted.file), &accepted.text)?;
        println!("applied to schemas/{}:", accepted.file);
        for line in &accepted.applied {
            println!("  {line}");
        }
    }
    let endpoint = accepted.file.trim_end_matches(".json");
    let recorded = wording.record(endpoint, &page, record_all);
    if recorded > 0 {
        replace(&root.join(WORDING), &wording.to_text())?;
        println!("recorded in {WORDING}: the wording of {recorded} things");
    }
    // What was recorded just now is no longer to do.
    let left = accepted
        .left
        .iter()
        .filter(|(entry, _)| !(record_all && entry.is_wording()));
    let mut outcome = Outcome::Same;
    for (entry, reason) in left {
        if outcome == Outcome::Same {
            println!("left for a person:");
        }
        outcome = Outcome::Different;
        print!("\n{entry}");
        if let Some(reason) = reason {
            println!(
                "    not applied      {}",
                reason.replace('\n', "\n                     ")
            );
        }
    }
    if outcome == Outcome::Same {
        let next = if accepted.applied.is_empty() {
            ""
        } else {
            "; run `cargo xtask codegen`"
        };
        println!("nothing is left to do{next}");
    }
    Ok(outcome)
}

fn load() -> Result<SchemaSet, String> {
    SchemaSet::load(&workspace::root().join("schemas")).map_err(|problems| problems.to_string())
}

fn read_page(path: &Path) -> Result<Page, String> {
    let bytes = fs::read(path).map_err(|error| format!("the file cannot be read: {error}"))?;
    Ok(read_bytes(path, &bytes))
}

/// Puts the file before an error.
fn at(path: &Path) -> impl FnOnce(String) -> String {
    move |error| format!("{}: {error}", path.display())
}

/// The recorded wording; none before the first `docs accept`.
fn read_wording() -> Result<Wording, String> {
    match fs::read_to_string(workspace::root().join(WORDING)) {
        Ok(text) => Wording::parse(&text).map_err(|error| format!("{WORDING}: {error}")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Wording::default()),
        Err(error) => Err(format!("{WORDING}: {error}")),
    }
}

/// Writes a file that is not there yet.
fn write_new(path: &Path, text: &str) -> Result<(), String> {
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => format!("{} is there already", path.display()),
        _ => format!("{}: {error}", path.display()),
    };
    let mut file = fs::File::create_new(path).map_err(failed)?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(failed)
}

/// Replaces a file in one step, so that it is never half-written.
fn replace(path: &Path, text: &str) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    let draft = path.with_extension("draft");
    fs::write(&draft, text).map_err(failed)?;
    fs::rename(&draft, path).map_err(failed)
}
