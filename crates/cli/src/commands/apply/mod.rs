//! `apply`: makes the calls of a file, and goes on where an earlier run ended.

mod entry;
mod journal;
mod plan;
mod progress;
mod report;
mod run;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;

use crate::exit::{Exit, Failure};
use crate::input::Source;
use crate::interrupts::Interrupts;
use crate::output::{note, reason};
use crate::runtime;
use crate::service::{ServiceArgs, ValidationMode, seconds};
use crate::text::shown_path;

use entry::Entries;
use journal::{Header, Journal};
use plan::{Plan, plan};
use report::{Counts, Reporter, counted};
use run::Runner;

const AFTER_HELP: &str = "\
Examples:
  # Each line is a call:
  #   {\"endpoint\":\"live/create_room\",\"request\":{\"RoomInfo\":{..}}}
  #   {\"id\":\"row 7\",\"endpoint\":\"live/destroy_room\",\"request\":{..}}
  trtc-rooms apply calls.ndjson --region singapore --dry-run
  trtc-rooms apply calls.ndjson --region singapore > results.ndjson

  # Again after an interruption, or with lines corrected: makes what is left
  trtc-rooms apply calls.ndjson --region singapore > results.ndjson

The whole file is checked first, and nothing is sent while a line of it is no valid call. \
Then calls are made at the documented rates, several at once; those that name the same \
room (and those that name none) one after the other, in the order of the file. What can \
be repeated without harm is repeated, as the documents say of code and endpoint.

The journal, FILE.journal, notes each call before it is sent and what became of it. A \
later run leaves out what was done; calls are known by endpoint, id and request, so lines \
may be added, removed, moved or corrected. A call that was sent and never answered, as \
when the process was killed, is made again only if that does no harm, and is `unknown` \
otherwise. The journal survives the end of the process at any moment; a power cut may \
cost its last records. It holds neither requests nor the key.

Standard output has one object a line of the file, in the order in which calls end:
  {\"line\":7,\"id\":\"row 7\",\"endpoint\":\"live/destroy_room\",\"outcome\":\"refused\",
   \"code\":100004,\"name\":\"RoomNotFound\",\"requestId\":\"..\",\"attempts\":1,
   \"error\":\"..\"}

`outcome` is `done`, `already_done` (by an earlier run), `refused` (by the service), \
`failed` (not sent), `unknown` (sent, and no answer says what became of it), or `invalid`. \
A run that is interrupted lets the calls under way end. If the service refuses the ticket \
or the caller, the run ends at once.

Exit codes:
  0  every call was carried out, by this run or an earlier one
  1  the service refused some, and all others were carried out
  2  usage, a line that is no valid call (nothing was sent then), or the journal
  3  some calls were not sent or not reached, or have an unknown outcome";

/// Make the calls of a file at the documented rates, and go on after an interruption
#[derive(Args, Debug)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// File with one call a line: an object with `endpoint`, `request`, and perhaps `id`
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[command(flatten)]
    service: ServiceArgs,

    /// Check everything, say what would be done, and send nothing
    #[arg(long)]
    dry_run: bool,

    /// Journal of what was done [default: FILE.journal]
    #[arg(long, value_name = "PATH")]
    journal: Option<PathBuf>,

    /// Make calls again that were sent and never answered, even if that may do harm
    #[arg(long)]
    repeat_unknown: bool,

    /// How many calls may be under way at once
    #[arg(long, value_name = "N", default_value = "16", value_parser = clap::value_parser!(u16).range(1..))]
    in_flight: u16,

    /// What to do with a request that breaks a documented limit
    #[arg(long, value_name = "MODE", default_value = "enforce")]
    validation: ValidationMode,

    /// How long a call may take with its repetitions and its turn within the rate
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds, allow_negative_numbers = true)]
    timeout: Duration,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let started = Instant::now();
    check_is_file(&arguments.file)?;
    let service = &arguments.service;
    let client = service.client(|builder| builder.timeout(arguments.timeout))?;
    let header = Header::new(service.sdkappid(), client.base_url());
    let path = arguments.journal_path();
    let mut journal = if arguments.dry_run {
        Journal::look(&path, &header)?
    } else {
        Journal::open(&path, &header)?
    };

    let mut reporter = Reporter::new();
    let repeat_unknown = arguments.repeat_unknown;
    let plan = plan(
        arguments.entries()?,
        &journal,
        repeat_unknown,
        &mut reporter,
    )?;
    let invalid = reporter.counts.invalid;
    if invalid > 0 {
        return Err(Failure::refused(format!(
            "{invalid} of {} lines are no valid calls; nothing was sent",
            invalid + plan.calls
        )));
    }
    if plan.calls == 0 {
        return Err(Failure::refused(format!(
            "{} holds no call: there is no line with text",
            shown_path(&arguments.file)
        )));
    }
    if arguments.dry_run {
        note(&in_words(&plan));
        return Ok(Exit::Success);
    }

    reporter.show_progress(plan.calls);
    let runner = Runner {
        client: &client,
        journal: &mut journal,
        reporter: &mut reporter,
        in_flight: arguments.in_flight.into(),
        repeat_unknown,
    };
    let entries = arguments.entries()?;
    let result = runtime::block_on(async {
        let mut interrupts = Interrupts::new()?;
        runner.run(entries, &mut interrupts).await
    });
    let counts = reporter.finish();
    if let Err(Failure::Said { .. }) | Ok(()) = &result {
        note(&counts.in_words(plan.calls, started.elapsed()));
    }
    result?;
    say_what_is_left(&counts, &plan, &journal);
    Ok(counts.exit(plan.calls))
}

impl Arguments {
    fn entries(&self) -> Result<Entries, Failure> {
        let lines = Source::open(Some(&self.file))?.into_lines();
        Ok(Entries::new(lines, self.validation))
    }

    fn journal_path(&self) -> PathBuf {
        self.journal.clone().unwrap_or_else(|| {
            let mut path = OsString::from(&self.file);
            path.push(".journal");
            path.into()
        })
    }
}

/// The file is read twice, which a pipe cannot be.
fn check_is_file(path: &Path) -> Result<(), Failure> {
    let name = shown_path(path);
    if path == Path::new("-") {
        return Err(Failure::refused(
            "the calls are read twice, and standard input cannot be: write them into a file",
        ));
    }
    match fs::metadata(path) {
        Err(error) => Err(Failure::refused(format!(
            "cannot read {name}: {}",
            reason(&error)
        ))),
        Ok(metadata) if metadata.is_file() => Ok(()),
        Ok(_) => Err(Failure::refused(format!(
            "{name} is no file that can be read twice"
        ))),
    }
}

fn in_words(plan: &Plan) -> String {
    let parts = [
        (plan.to_make(), "to make"),
        (plan.already_done, "done before"),
        (plan.unknown, "with an unknown outcome"),
    ];
    format!(
        "{} calls: {}; at the documented rates {:.1} s at least. Nothing was sent",
        plan.calls,
        counted(&parts),
        plan.duration().as_secs_f64()
    )
}

fn say_what_is_left(counts: &Counts, plan: &Plan, journal: &Journal) {
    if counts.refused + counts.failed > 0 || counts.reported() < plan.calls {
        note(&format!(
            "run it again to make what is left; {} knows what was done",
            journal.name()
        ));
    }
}
