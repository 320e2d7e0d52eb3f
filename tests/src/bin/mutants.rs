//! `cargo xtask mutants`: the harness has to notice every change.

use std::io::{BufRead, BufReader, IsTerminal, Write as _, stderr, stdout};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use trtc_rooms_contract::deviations::Deviations;
use trtc_rooms_contract::documented::Tables;
use trtc_rooms_contract::mutants::emitted::build::{Program, build};
use trtc_rooms_contract::mutants::interpreted::Judge;
use trtc_rooms_contract::mutants::schema::{Change, changes};
use trtc_rooms_contract::mutants::{Outcome, Score, run};
use trtc_rooms_schema::SchemaSet;

/// Proves that the contract harness would notice a mistake.
///
/// Every limit, value, mandatory member, error code, class, advice, path and rate of the
/// schemas, and every check of the generated code, is changed: shifted or dropped, one at
/// a time. The harness has to turn red each time.
///
/// A changed schema is judged in this process, with an interpreter in the place of the
/// code that would be generated from it. Changes of generated code run through compiled
/// code: a copy of it in target/mutants/ has a switch in each check and is compiled once.
/// The report says which mutation ran how. No file of the repository is touched, and no
/// network is needed.
///
/// Writes target/mutants/mutants.json. Exits with 0 if every mutation was killed, 1 if
/// one survived, 2 if it cannot run.
#[derive(Parser)]
#[command(name = "cargo xtask mutants", bin_name = "cargo xtask mutants")]
struct Arguments {
    /// Only this endpoint, such as `live/create_room`, without what is common to all.
    #[arg(long)]
    endpoint: Option<String>,
    /// How many are judged at once [default: as many as there are cores].
    #[arg(long)]
    jobs: Option<usize>,
    /// List the ids of all mutations, and judge none.
    #[arg(long)]
    list: bool,
    /// What is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The survivors and a table, for people.
    Text,
    /// One line a mutation: killed or survived, and by which check.
    Lines,
    /// The whole report.
    Json,
}

fn main() -> ExitCode {
    match mutate(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

fn mutate(arguments: &Arguments) -> Result<bool, String> {
    let started = Instant::now();
    let workspace = trtc_rooms_contract::home().join("..");
    let workspace = workspace
        .canonicalize()
        .map_err(|error| format!("{}: {error}", workspace.display()))?;
    let schemas =
        SchemaSet::load(&workspace.join("schemas")).map_err(|problems| problems.to_string())?;
    let tables = Tables::repository().map_err(|mistakes| {
        let lines = mistakes.iter().map(ToString::to_string);
        lines.collect::<Vec<_>>().join("\n")
    })?;
    let endpoint = arguments.endpoint.as_deref();
    if let Some(name) = endpoint
        && tables.get(name).is_none()
    {
        let known: Vec<&str> = tables.names().collect();
        return Err(format!(
            "there is no endpoint `{name}`; there are {}",
            known.join(", ")
        ));
    }
    let jobs = arguments
        .jobs
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let changes = changes(&schemas, &tables, endpoint);
    note("compiling generated code with a switch in each check");
    let program = build(&workspace)?;
    if arguments.list {
        let ids = changes.iter().map(|change| change.mutation.id.clone());
        let compiled = listed(&program, endpoint)?;
        let ids: Vec<String> = ids.chain(compiled).collect();
        say(&(ids.join("\n") + "\n"))?;
        return Ok(true);
    }
    let judge = Judge::new(&schemas, &tables, Deviations::repository()?);
    let mut line = Progress::new(changes.len());
    let mut outcomes = interpreted(&judge, &changes, jobs, &mut line)?;
    let note_of = format!("throwing the switches at {} sites", program.sites);
    note(&note_of);
    outcomes.extend(compiled(&program, endpoint, jobs, &mut line)?);
    line.clear();
    let score = Score::new(command(arguments), started.elapsed(), outcomes);
    let file = workspace.join("target/mutants/mutants.json");
    std::fs::write(&file, score.to_json())
        .map_err(|error| format!("{}: {error}", file.display()))?;
    say(&match arguments.format {
        Format::Text => format!("{}report: {}\n", score.to_text(), file.display()),
        Format::Lines => score.to_lines(),
        Format::Json => score.to_json() + "\n",
    })?;
    Ok(score.is_ok())
}

fn command(arguments: &Arguments) -> String {
    let endpoint = arguments.endpoint.as_ref();
    let endpoint = endpoint.map_or_else(String::new, |name| format!(" --endpoint {name}"));
    format!("cargo xtask mutants{endpoint}")
}

fn interpreted(
    judge: &Judge,
    changes: &[Change],
    jobs: usize,
    line: &mut Progress,
) -> Result<Vec<Outcome>, String> {
    // A harness that is red anyway would kill everything.
    let mut endpoints: Vec<&String> = changes.iter().flat_map(|it| &it.endpoints).collect();
    endpoints.sort_unstable();
    endpoints.dedup();
    for endpoint in endpoints {
        if let Some(check) = judge.unchanged(endpoint) {
            return Err(format!(
                "without any change, {check} is red: run `cargo xtask contract`"
            ));
        }
    }
    let judged = |change: &Change| (change.mutation.clone(), judge.judge(change));
    Ok(run(changes, jobs, judged, |outcome| line.count(outcome)))
}

fn compiled(
    program: &Program,
    endpoint: Option<&str>,
    jobs: usize,
    line: &mut Progress,
) -> Result<Vec<Outcome>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", program.path.display());
    let mut child = Command::new(&program.path)
        .arg(jobs.to_string())
        .arg(endpoint.unwrap_or_default())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let output = child.stdout.take().ok_or("it has no output")?;
    let mut outcomes = Vec::new();
    for text in BufReader::new(output).lines() {
        let text = text.map_err(failed)?;
        let outcome: Outcome =
            serde_json::from_str(&text).map_err(|error| format!("{error}: {text}"))?;
        line.count(&outcome);
        outcomes.push(outcome);
    }
    let status = child.wait().map_err(failed)?;
    if !status.success() {
        return Err(format!("the instrumented code ended with {status}"));
    }
    outcomes.sort_by(|left, right| left.mutation.id.cmp(&right.mutation.id));
    Ok(outcomes)
}

fn listed(program: &Program, endpoint: Option<&str>) -> Result<Vec<String>, String> {
    let output = Command::new(&program.path)
        .args(["1", endpoint.unwrap_or_default(), "--list"])
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("{}: {error}", program.path.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.lines().map(str::to_owned).collect())
}

fn note(text: &str) {
    // People and logs both want to know what takes so long.
    let _ = writeln!(stderr(), "{text}");
}

/// Prints to standard output. A reader that went away is no error.
fn say(text: &str) -> Result<(), String> {
    match stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(|error| format!("standard output: {error}")),
    }
}

/// How far it is: a line that is written over in a terminal, one every ten seconds in a
/// log.
struct Progress {
    is_watched: bool,
    next: Instant,
    done: usize,
    survived: usize,
    at_least: usize,
}

impl Progress {
    fn new(at_least: usize) -> Self {
        Self {
            is_watched: stderr().is_terminal(),
            next: Instant::now(),
            done: 0,
            survived: 0,
            at_least,
        }
    }

    fn count(&mut self, outcome: &Outcome) {
        self.done += 1;
        self.survived += usize::from(outcome.killed_by.is_none());
        if Instant::now() < self.next {
            return;
        }
        let Self {
            done,
            survived,
            at_least,
            ..
        } = self;
        let text = format!("{done} judged of {at_least} and more, {survived} survived");
        let pause = if self.is_watched {
            let _ = write!(stderr(), "\r\x1b[K{text}");
            Duration::from_millis(200)
        } else {
            note(&text);
            Duration::from_secs(10)
        };
        self.next = Instant::now() + pause;
    }

    fn clear(&mut self) {
        if self.is_watched {
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_sound() {
        super::Arguments::command().debug_assert();
    }
}
