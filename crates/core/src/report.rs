use std::borrow::Cow;

use crate::{Actual, Checker, Hint, HintKind, Limit, Path, Rule, Violation, Violations};

/// After how many violations collecting stops. A list of a million broken
/// elements costs no more than one of this length.
pub const MAX_VIOLATIONS: usize = 64;

/// Collects what is to be said about one request.
///
/// An empty report owns no memory.
#[derive(Clone, Debug)]
pub struct Report {
    violations: Vec<Violation>,
    hints: Vec<Hint>,
    room: usize,
}

impl Report {
    /// An empty report.
    pub const fn new() -> Self {
        Self::with_room(MAX_VIOLATIONS)
    }

    /// An empty report with room for another number of violations, and of hints, than
    /// [`MAX_VIOLATIONS`].
    pub const fn with_room(room: usize) -> Self {
        Self {
            violations: Vec::new(),
            hints: Vec::new(),
            room,
        }
    }

    /// Begins to compare the value at a place with its limits.
    pub fn at<'a>(&'a mut self, at: &'a Path<'a>) -> Checker<'a> {
        Checker::new(at, self)
    }

    /// Adds a violation, as long as there is room.
    #[cold]
    pub fn violation(
        &mut self,
        at: &Path<'_>,
        rule: Rule,
        limit: Limit,
        actual: Actual,
        code: i32,
    ) {
        if self.is_full() {
            return;
        }
        self.violations.push(Violation {
            pointer: at.pointer(),
            rule,
            limit,
            actual,
            code,
        });
    }

    /// Adds a hint, as long as there is room.
    #[cold]
    pub fn hint(&mut self, at: &Path<'_>, kind: HintKind, message: impl Into<Cow<'static, str>>) {
        if !self.is_full_of_hints() {
            self.hints.push(Hint {
                pointer: at.pointer(),
                kind,
                message: message.into(),
            });
        }
    }

    /// Whether no further violation will be kept, so that looking for more is in
    /// vain.
    pub fn is_full(&self) -> bool {
        self.violations.len() >= self.room
    }

    /// Whether no further hint will be kept.
    pub fn is_full_of_hints(&self) -> bool {
        self.hints.len() >= self.room
    }

    /// The violations so far.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// The hints so far.
    pub fn hints(&self) -> &[Hint] {
        &self.hints
    }

    /// Removes the violations that `keep` refuses.
    pub fn retain_violations(&mut self, keep: impl FnMut(&Violation) -> bool) {
        self.violations.retain(keep);
    }

    /// Removes the hints that `keep` refuses.
    pub fn retain_hints(&mut self, keep: impl FnMut(&Hint) -> bool) {
        self.hints.retain(keep);
    }

    /// Replaces what is told of a value, in the violation of a rule at a place. Says
    /// whether there is one.
    pub fn correct(&mut self, rule: Rule, pointer: &str, actual: Actual) -> bool {
        let mut violations = self.violations.iter_mut();
        let found =
            violations.find(|violation| violation.rule == rule && violation.pointer == pointer);
        match found {
            Some(violation) => {
                violation.actual = actual;
                true
            }
            None => false,
        }
    }

    /// Adds what another report says, as far as it fits.
    pub fn append(&mut self, other: Report) {
        let room = self.room.saturating_sub(self.violations.len());
        self.violations
            .extend(other.violations.into_iter().take(room));
        let room = self.room.saturating_sub(self.hints.len());
        self.hints.extend(other.hints.into_iter().take(room));
    }

    /// The violations, if there are any, as an error.
    ///
    /// # Errors
    ///
    /// All violations of this report, when there is at least one.
    pub fn into_result(self) -> Result<(), Violations> {
        match self.into_parts().0 {
            Some(violations) => Err(violations),
            None => Ok(()),
        }
    }

    /// The violations (if any) and the hints.
    pub fn into_parts(self) -> (Option<Violations>, Vec<Hint>) {
        let violations = if self.violations.is_empty() {
            None
        } else {
            Some(Violations::new(self.violations))
        };
        (violations, self.hints)
    }
}

impl Default for Report {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(room: usize, count: usize) -> Report {
        let mut report = Report::with_room(room);
        let top = Path::root();
        for index in 0..count {
            let at = top.item(index);
            report.violation(&at, Rule::Type, Limit::None, Actual::None, 1);
            report.hint(&at, HintKind::UnknownField, "is not documented");
        }
        report
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let report = filled(MAX_VIOLATIONS, 1000);
        assert_eq!(report.violations().len(), MAX_VIOLATIONS);
        assert_eq!(report.hints().len(), MAX_VIOLATIONS);
        assert!(report.is_full() && report.is_full_of_hints());
        assert!(!filled(3, 2).is_full() && filled(3, 3).is_full());
        let (violations, _) = report.into_parts();
        assert!(violations.is_some_and(|violations| violations.is_capped()));
    }

    #[test]
    fn another_report_is_added_as_far_as_it_fits() {
        let mut report = filled(5, 2);
        report.append(filled(10, 4));
        let pointers = report.violations().iter();
        let pointers: Vec<&str> = pointers.map(|found| found.pointer.as_str()).collect();
        assert_eq!(pointers, ["/0", "/1", "/0", "/1", "/2"]);
        assert_eq!(report.hints().len(), 5);
    }

    #[test]
    fn what_does_not_hold_is_taken_out() {
        let mut report = filled(5, 3);
        report.retain_violations(|violation| violation.pointer != "/1");
        report.retain_hints(|hint| hint.pointer == "/1");
        assert_eq!(report.violations().len(), 2);
        assert_eq!(report.hints().len(), 1);
        assert!(Report::default().into_result().is_ok());
        assert_eq!(report.into_result().unwrap_err().len(), 2);
    }
}
