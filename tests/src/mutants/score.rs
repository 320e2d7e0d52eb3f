//! What came of all changes.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use serde::Serialize;

use super::{Outcome, Through};

/// What came of all changes.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Score {
    /// The command that does it again.
    pub command: String,
    /// How long it took.
    pub seconds: f64,
    /// How many changes somebody noticed.
    pub killed: usize,
    /// How many nobody did.
    pub survived: usize,
    /// Each of them.
    pub mutations: Vec<Outcome>,
}

impl Score {
    /// Counts outcomes.
    pub fn new(command: String, elapsed: Duration, mutations: Vec<Outcome>) -> Self {
        let survived = mutations
            .iter()
            .filter(|outcome| outcome.killed_by.is_none());
        let survived = survived.count();
        Self {
            command,
            seconds: elapsed.as_secs_f64(),
            killed: mutations.len() - survived,
            survived,
            mutations,
        }
    }

    /// Whether every change was noticed, and there was one.
    pub fn is_ok(&self) -> bool {
        self.survived == 0 && self.killed > 0
    }

    /// For other programs.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// For a terminal: the survivors, then a table.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for outcome in &self.mutations {
            if outcome.killed_by.is_none() {
                let through = outcome.mutation.through.as_str();
                let _ = writeln!(text, "SURVIVED {} ({through})", outcome.mutation.id);
            }
        }
        if !text.is_empty() {
            text.push('\n');
        }
        self.table(&mut text);
        let total = self.killed + self.survived;
        let _ = writeln!(
            text,
            "\n{} of {total} mutations killed in {:.0} s",
            self.killed, self.seconds
        );
        let refused = self.mutations.iter().filter(|outcome| {
            let by = outcome.killed_by.as_deref().unwrap_or_default();
            by.starts_with("reading the schemas") || by.starts_with("lowering the schemas")
        });
        let _ = writeln!(
            text,
            "{} of them were no valid schema any more: the loader refused them",
            refused.count()
        );
        text
    }

    /// One line a mutation.
    pub fn to_lines(&self) -> String {
        let mut text = String::new();
        for Outcome {
            mutation,
            killed_by,
        } in &self.mutations
        {
            let _ = match killed_by {
                Some(by) => writeln!(text, "killed   {}  by {by}", mutation.id),
                None => writeln!(text, "SURVIVED {}", mutation.id),
            };
        }
        text
    }

    fn table(&self, text: &mut String) {
        type Counts = (usize, usize);
        let mut rows: BTreeMap<(Through, &str), Counts> = BTreeMap::new();
        for outcome in &self.mutations {
            let key = (outcome.mutation.through, outcome.mutation.kind.as_str());
            let (killed, total) = rows.entry(key).or_default();
            *killed += usize::from(outcome.killed_by.is_some());
            *total += 1;
        }
        let _ = writeln!(
            text,
            "{:<28}{:<14}{:>8}{:>10}{:>8}",
            "what was changed, and how", "", "killed", "survived", "score"
        );
        for ((through, kind), (killed, total)) in rows {
            let _ = writeln!(
                text,
                "{:<28}{kind:<14}{killed:>8}{:>10}{:>6} %",
                through.as_str(),
                total - killed,
                killed * 100 / total
            );
        }
    }
}
