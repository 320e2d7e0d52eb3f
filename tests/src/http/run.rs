//! The outcomes of a table of cases.

use std::fmt::Debug;

/// Outcomes by the id of the case.
///
/// All cases run, whatever becomes of one: a table that stops at its first failure
/// hides how much is broken.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// The ids of the cases that went well.
    pub passed: Vec<String>,
    /// The ids of the others, and what went wrong.
    pub failed: Vec<(String, String)>,
}

impl Run {
    /// Adds an outcome.
    pub fn add(&mut self, id: impl Into<String>, outcome: Result<(), String>) {
        match outcome {
            Ok(()) => self.passed.push(id.into()),
            Err(problem) => self.failed.push((id.into(), problem)),
        }
    }

    /// Adds the outcomes of another table.
    pub fn merge(&mut self, other: Self) {
        self.passed.extend(other.passed);
        self.failed.extend(other.failed);
    }

    /// How many cases there were.
    pub fn len(&self) -> usize {
        self.passed.len() + self.failed.len()
    }

    /// Whether there were no cases.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Fails a test.
    ///
    /// # Panics
    ///
    /// If a case failed, if an id stands twice, or if there were fewer cases than
    /// expected (Q6: a table that ran nothing proves nothing).
    pub fn assert(&self, at_least: usize) {
        let shown: Vec<String> = self
            .failed
            .iter()
            .map(|(id, problem)| format!("{id}: {problem}"))
            .collect();
        assert!(
            shown.is_empty(),
            "{} of {} cases failed:\n{}",
            shown.len(),
            self.len(),
            shown.join("\n")
        );
        assert!(
            self.len() >= at_least,
            "only {} cases ran, {at_least} were expected",
            self.len()
        );
        let mut ids = self.passed.clone();
        ids.sort_unstable();
        let before = ids.len();
        ids.dedup();
        assert_eq!(before, ids.len(), "an id stands twice");
    }
}

/// Compares what was found with what was expected.
///
/// # Errors
///
/// Says what differs.
#[expect(
    clippy::needless_pass_by_value,
    reason = "both are mostly numbers and short-lived texts"
)]
pub fn same<T: PartialEq + Debug>(what: &str, found: T, expected: T) -> Result<(), String> {
    if found == expected {
        Ok(())
    } else {
        Err(format!("{what} is {found:?}, expected {expected:?}"))
    }
}
