//! The progress bar.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressStyle};

use super::report::Counts;

/// Shown on standard error if that is a terminal, and nowhere otherwise.
pub(super) struct Progress(Option<ProgressBar>);

impl Progress {
    pub(super) fn none() -> Self {
        Self(None)
    }

    pub(super) fn of(calls: u64) -> Self {
        if !stderr().is_terminal() {
            return Self::none();
        }
        let bar = ProgressBar::new(calls);
        let template = "{bar:30} {pos}/{len}  {per_sec}  {eta} left  {msg}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self(Some(bar))
    }

    /// Does something else with the terminal.
    pub(super) fn aside<T>(&self, work: impl FnOnce() -> T) -> T {
        match &self.0 {
            Some(bar) => bar.suspend(work),
            None => work(),
        }
    }

    pub(super) fn update(&self, counts: &Counts) {
        if let Some(bar) = &self.0 {
            bar.set_position(counts.reported());
            if counts.failures() > 0 {
                bar.set_message(format!("{} failed", counts.failures()));
            }
        }
    }

    pub(super) fn finish(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
