//! What `validate` writes.

use std::io::{self, BufWriter, StdoutLock, Write};

use serde::Serialize;
use trtc_rooms_core::{Hint, MAX_VIOLATIONS, Report, Violation};

use crate::exit::{Exit, Failure};
use crate::input::Problem;
use crate::output::{self, Format, Paint, Style};
use crate::text::{escaped, shortened};

/// Writes what was found, and counts it.
pub(super) struct Reporter {
    out: BufWriter<StdoutLock<'static>>,
    format: Format,
    paint: Paint,
    /// How messages call the input.
    name: String,
    /// Whether there may be many requests, each with the number of its line.
    many: bool,
    valid: u64,
    invalid: u64,
    malformed: u64,
}

/// What is written about one request as JSON.
#[derive(Serialize)]
struct Record<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    valid: bool,
    violations: &'a [Violation],
    hints: &'a [Hint],
    #[serde(skip_serializing_if = "is_false")]
    capped: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a Problem>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_false(value: &bool) -> bool {
    !*value
}

impl Reporter {
    pub(super) fn new(format: Format, name: &str, many: bool) -> Self {
        Self {
            out: output::stdout(),
            format,
            paint: Paint::stdout(),
            name: name.to_owned(),
            many,
            valid: 0,
            invalid: 0,
            malformed: 0,
        }
    }

    /// Whether there was no request yet.
    pub(super) fn is_empty(&self) -> bool {
        self.valid + self.invalid + self.malformed == 0
    }

    /// Shows what was written so far.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        self.out.flush().map_err(Failure::stdout)
    }

    /// Writes what was found about the request of a line.
    pub(super) fn report(&mut self, line: u64, report: &Report) -> Result<(), Failure> {
        if report.violations().is_empty() {
            self.valid += 1;
        } else {
            self.invalid += 1;
        }
        let written = match self.format {
            Format::Json => self.record(line, report, None),
            Format::Text => self.text(line, report),
        };
        written.map_err(Failure::stdout)
    }

    /// Says that the text of a line is no request.
    pub(super) fn problem(&mut self, problem: &Problem) -> Result<(), Failure> {
        self.malformed += 1;
        if self.format == Format::Json {
            self.record(problem.line, &Report::new(), Some(problem))
                .map_err(Failure::stdout)?;
        }
        output::error(&format!("{}, {problem}", self.name));
        Ok(())
    }

    /// Writes the summary, and gives the exit code. Malformed text weighs most.
    pub(super) fn finish(mut self) -> Result<Exit, Failure> {
        if self.many && self.format == Format::Text {
            self.summary().map_err(Failure::stdout)?;
        }
        self.flush()?;
        Ok(match self {
            Self { malformed: 1.., .. } => Exit::Refused,
            Self { invalid: 1.., .. } => Exit::Negative,
            _ => Exit::Success,
        })
    }

    fn record(&mut self, line: u64, report: &Report, error: Option<&Problem>) -> io::Result<()> {
        let record = Record {
            line: self.many.then_some(line),
            valid: report.violations().is_empty() && error.is_none(),
            violations: report.violations(),
            hints: report.hints(),
            capped: is_capped(report),
            error,
        };
        output::json_line(&mut self.out, &record)
    }

    fn text(&mut self, line: u64, report: &Report) -> io::Result<()> {
        let Self { out, paint, .. } = self;
        let is_valid = report.violations().is_empty();
        if self.many {
            // A hundred thousand times "valid" would hide what matters.
            if is_valid && report.hints().is_empty() {
                return Ok(());
            }
            write!(out, "line {line}: ")?;
        }
        if is_valid {
            writeln!(out, "{}", paint.with(Style::Good, "valid"))?;
        } else {
            let count = count(report.violations().len() as u64, "violation");
            writeln!(out, "{}, {count}", paint.with(Style::Error, "not valid"))?;
        }
        for violation in report.violations() {
            writeln!(out, "  {}", violation_line(violation))?;
        }
        for hint in report.hints() {
            let word = paint.with(Style::Note, "hint");
            writeln!(out, "  {word}: {}", hint_line(hint))?;
        }
        if is_capped(report) {
            writeln!(
                out,
                "  there may be more: a list ends after {MAX_VIOLATIONS} entries"
            )?;
        }
        Ok(())
    }

    fn summary(&mut self) -> io::Result<()> {
        let Self {
            valid,
            invalid,
            malformed,
            ..
        } = *self;
        let requests = count(valid + invalid + malformed, "request");
        writeln!(
            self.out,
            "{requests}: {valid} valid, {invalid} not valid, {malformed} not JSON"
        )
    }
}

fn is_capped(report: &Report) -> bool {
    report.is_full() || report.hints().len() >= MAX_VIOLATIONS
}

fn count(number: u64, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

/// A violation in a line.
pub(crate) fn violation_line(violation: &Violation) -> String {
    let Violation {
        pointer,
        rule,
        code,
        ..
    } = violation;
    let place = place(pointer);
    format!("{place} {} [{rule}, {code}]", violation.message())
}

/// A hint in a line.
pub(crate) fn hint_line(hint: &Hint) -> String {
    format!("{} {}", place(&hint.pointer), escaped(&hint.message))
}

/// A pointer, in which names may stand that the input has chosen.
fn place(pointer: &str) -> String {
    if pointer.is_empty() {
        "the request".to_owned()
    } else {
        shortened(pointer)
    }
}
