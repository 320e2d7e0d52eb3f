//! The first pass over the file: everything is checked before anything is sent.

use std::collections::HashMap;
use std::time::Duration;

use super::entry::{Entries, Entry, Found};
use super::journal::{Journal, State};
use super::report::Reporter;
use crate::commands::validate::violation_line;
use crate::exit::Failure;
use crate::output::{note, warning};

/// What is to be done.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The calls in the file.
    pub(super) calls: u64,
    pub(super) already_done: u64,
    /// Calls whose outcome is unknown and that are not made again.
    pub(super) unknown: u64,
    /// The calls to be made, for each documented rate.
    rates: HashMap<&'static str, (u64, Duration)>,
}

/// Reads the file to its end. Lines that are no calls are reported.
pub(super) fn plan(
    mut entries: Entries,
    journal: &Journal,
    repeat_unknown: bool,
    reporter: &mut Reporter,
) -> Result<Plan, Failure> {
    let mut plan = Plan::default();
    let mut hinted: u64 = 0;
    while let Some(found) = entries.next()? {
        match found {
            Found::Invalid(invalid) => reporter.invalid(&invalid)?,
            Found::Call(entry, check) => {
                for violation in &check.violations {
                    let line = entry.line;
                    warning(&format!("line {line}: {}", violation_line(violation)));
                }
                hinted += u64::from(!check.hints.is_empty());
                plan.add(&entry, journal, repeat_unknown);
            }
        }
    }
    if hinted > 0 {
        note(&format!(
            "{hinted} requests are valid and look odd, as with a member that the documents \
             do not know: `trtc-rooms validate` says what it is"
        ));
    }
    Ok(plan)
}

impl Plan {
    fn add(&mut self, entry: &Entry, journal: &Journal, repeat_unknown: bool) {
        self.calls += 1;
        match journal.state(entry.key) {
            Some(State::Done) => self.already_done += 1,
            Some(State::Unknown) if !may_repeat(entry, repeat_unknown) => self.unknown += 1,
            _ => {
                let endpoint = entry.endpoint.endpoint();
                let name = endpoint.rate_shared_by.unwrap_or(endpoint.name);
                let interval = Duration::from_secs(endpoint.rate.per_seconds.into())
                    / endpoint.rate.calls.max(1);
                self.rates.entry(name).or_insert((0, interval)).0 += 1;
            }
        }
    }

    /// The calls to be made.
    pub(super) fn to_make(&self) -> u64 {
        self.calls - self.already_done - self.unknown
    }

    /// How long that takes at the documented rates, at least. Endpoints with rates of their
    /// own are called side by side.
    pub(super) fn duration(&self) -> Duration {
        let each = self.rates.values().map(|(calls, interval)| {
            interval.saturating_mul(u32::try_from(*calls).unwrap_or(u32::MAX))
        });
        each.max().unwrap_or_default()
    }
}

/// Whether a call with an unknown outcome is made again.
pub(super) fn may_repeat(entry: &Entry, repeat_unknown: bool) -> bool {
    repeat_unknown || entry.repeats_safely()
}
