//! What `apply` writes: a line of JSON for each call, and a summary.

use std::io::{BufWriter, StdoutLock, Write};
use std::time::Duration;

use serde::Serialize;
use trtc_rooms_core::Violation;

use super::entry::{Entry, Invalid, Why};
use super::progress::Progress;
use crate::exit::{Exit, Failure};
use crate::output;

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Outcome {
    Done,
    AlreadyDone,
    /// The service answered that it was not carried out.
    Refused,
    /// It was not sent.
    Failed,
    /// It was sent, and no answer says what became of it.
    Unknown,
    /// It is no call that could be made.
    Invalid,
}

/// What is written about a call.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    endpoint: Option<&'a str>,
    outcome: Outcome,
    #[serde(flatten)]
    details: Details<'a>,
}

/// What there is to say beyond the outcome.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Details<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<i32>,
    /// What the code is called on this endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) request_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) attempts: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<String>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) violations: &'a [Violation],
}

/// How many calls had which outcome.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) done: u64,
    pub(super) already_done: u64,
    pub(super) refused: u64,
    pub(super) failed: u64,
    pub(super) unknown: u64,
    pub(super) invalid: u64,
}

/// Writes results, and counts them.
pub(super) struct Reporter {
    out: BufWriter<StdoutLock<'static>>,
    progress: Progress,
    pub(super) counts: Counts,
}

impl Reporter {
    pub(super) fn new() -> Self {
        Self {
            out: output::stdout(),
            progress: Progress::none(),
            counts: Counts::default(),
        }
    }

    /// Shows on a terminal how far a run of so many calls has come.
    pub(super) fn show_progress(&mut self, calls: u64) {
        self.progress = Progress::of(calls);
    }

    pub(super) fn call(
        &mut self,
        entry: &Entry,
        outcome: Outcome,
        details: Details<'_>,
    ) -> Result<(), Failure> {
        self.write(&Row {
            line: entry.line,
            id: entry.id.as_deref(),
            endpoint: Some(entry.endpoint_name()),
            outcome,
            details,
        })
    }

    pub(super) fn invalid(&mut self, invalid: &Invalid) -> Result<(), Failure> {
        let violations = match &invalid.why {
            Why::Violations(violations) => violations.as_slice(),
            _ => &[],
        };
        self.write(&Row {
            line: invalid.line,
            id: invalid.id.as_deref(),
            endpoint: invalid.endpoint,
            outcome: Outcome::Invalid,
            details: Details {
                error: Some(invalid.why.to_string()),
                violations,
                ..Details::default()
            },
        })
    }

    fn write(&mut self, row: &Row<'_>) -> Result<(), Failure> {
        let count = match row.outcome {
            Outcome::Done => &mut self.counts.done,
            Outcome::AlreadyDone => &mut self.counts.already_done,
            Outcome::Refused => &mut self.counts.refused,
            Outcome::Failed => &mut self.counts.failed,
            Outcome::Unknown => &mut self.counts.unknown,
            Outcome::Invalid => &mut self.counts.invalid,
        };
        *count += 1;
        let Self { out, progress, .. } = self;
        // Both may be on one terminal, where the bar must not stand amid the lines.
        progress
            .aside(|| output::json_line(out, row).and_then(|()| out.flush()))
            .map_err(Failure::stdout)?;
        self.progress.update(&self.counts);
        Ok(())
    }

    /// Ends the progress bar, and leaves the counts.
    pub(super) fn finish(self) -> Counts {
        self.progress.finish();
        self.counts
    }
}

impl Counts {
    /// How many calls have a result.
    pub(super) fn reported(&self) -> u64 {
        self.done + self.already_done + self.failures()
    }

    /// How many calls are not known to be carried out.
    pub(super) fn failures(&self) -> u64 {
        self.refused + self.failed + self.unknown
    }

    /// The exit code of a run of so many calls.
    pub(super) fn exit(&self, calls: u64) -> Exit {
        if self.failed + self.unknown > 0 || self.reported() < calls {
            Exit::Network
        } else if self.refused > 0 {
            Exit::Negative
        } else {
            Exit::Success
        }
    }

    /// All that is not zero, in words.
    pub(super) fn in_words(&self, calls: u64, elapsed: Duration) -> String {
        let not_made = calls.saturating_sub(self.reported());
        let parts = [
            (self.done, "done"),
            (self.already_done, "done before"),
            (self.refused, "refused"),
            (self.failed, "not sent"),
            (self.unknown, "unknown"),
            (not_made, "not reached"),
        ];
        let seconds = elapsed.as_secs_f64();
        format!("{calls} calls in {seconds:.1} s: {}", counted(&parts))
    }
}

/// Each count that is not zero, with what is counted.
pub(super) fn counted(parts: &[(u64, &str)]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    parts.join(", ")
}
