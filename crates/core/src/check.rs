use crate::{Actual, HintKind, INVALID_PARAMETER, Limit, OpenEnum, Path, Report, Rule};

/// Compares one value with its limits. Made by [`Report::at`].
///
/// Each method looks at one limit and adds at most one violation or hint, so that
/// generated validation reads as a list of the documented limits.
#[derive(Debug)]
pub struct Checker<'a> {
    at: &'a Path<'a>,
    report: &'a mut Report,
    code: i32,
}

impl<'a> Checker<'a> {
    pub(crate) fn new(at: &'a Path<'a>, report: &'a mut Report) -> Self {
        Self {
            at,
            report,
            code: INVALID_PARAMETER,
        }
    }

    /// The same, with another code than [`INVALID_PARAMETER`].
    #[must_use]
    pub fn code(mut self, code: i32) -> Self {
        self.code = code;
        self
    }

    /// At least `limit` bytes of UTF-8.
    #[inline]
    pub fn min_bytes(self, text: &str, limit: usize) {
        if text.len() < limit {
            self.size_violation(Rule::MinBytes, limit, text.len());
        }
    }

    /// At most `limit` bytes of UTF-8.
    #[inline]
    pub fn max_bytes(self, text: &str, limit: usize) {
        if text.len() > limit {
            self.size_violation(Rule::MaxBytes, limit, text.len());
        }
    }

    /// At least `limit` elements.
    #[inline]
    pub fn min_items(self, count: usize, limit: usize) {
        if count < limit {
            self.size_violation(Rule::MinItems, limit, count);
        }
    }

    /// At most `limit` elements. Says whether that holds, so that the elements of a
    /// list that is too long are not looked at.
    #[inline]
    pub fn max_items(self, count: usize, limit: usize) -> bool {
        let holds = count <= limit;
        if !holds {
            self.size_violation(Rule::MaxItems, limit, count);
        }
        holds
    }

    /// Not below `limit`.
    #[inline]
    pub fn minimum(self, number: i64, limit: i64) {
        if number < limit {
            self.violation(Rule::Minimum, Limit::Number(limit), Actual::None);
        }
    }

    /// Not above `limit`.
    #[inline]
    pub fn maximum(self, number: i64, limit: i64) {
        if number > limit {
            self.violation(Rule::Maximum, Limit::Number(limit), Actual::None);
        }
    }

    /// One of a closed list of values.
    #[inline]
    pub fn one_of<E: OpenEnum>(self, value: &E, allowed: &'static [&'static str]) {
        if !allowed.contains(&value.as_str()) {
            self.violation(Rule::Enum, Limit::OneOf(allowed), Actual::None);
        }
    }

    /// `end - start` is at least `limit`, if both are there; `from` is the wire name
    /// of the start.
    #[inline]
    pub fn min_difference(
        self,
        end: Option<i64>,
        start: Option<i64>,
        from: &'static str,
        limit: i64,
    ) {
        if let Some(difference) = difference(end, start)
            && difference < i128::from(limit)
        {
            self.difference_violation(Rule::MinDifference, from, limit, difference);
        }
    }

    /// `end - start` is at most `limit`, if both are there.
    #[inline]
    pub fn max_difference(
        self,
        end: Option<i64>,
        start: Option<i64>,
        from: &'static str,
        limit: i64,
    ) {
        if let Some(difference) = difference(end, start)
            && difference > i128::from(limit)
        {
            self.difference_violation(Rule::MaxDifference, from, limit, difference);
        }
    }

    /// The sizes add up to at most `limit`.
    #[inline]
    pub fn max_sum(self, sizes: impl Iterator<Item = usize>, limit: usize) {
        let sum = sizes.fold(0usize, usize::saturating_add);
        if sum > limit {
            self.size_violation(Rule::MaxSum, limit, sum);
        }
    }

    /// All of `members` are there, or none. `present` stands for the same members in
    /// the same order.
    #[inline]
    pub fn required_together(self, present: &[bool], members: &'static [&'static str]) {
        if present.contains(&true) && present.contains(&false) {
            self.violation(
                Rule::RequiredTogether,
                Limit::Members(members),
                Actual::None,
            );
        }
    }

    /// At least one of `members` is there.
    #[inline]
    pub fn at_least_one_of(self, present: &[bool], members: &'static [&'static str]) {
        if !present.contains(&true) {
            self.violation(Rule::AtLeastOneOf, Limit::Members(members), Actual::None);
        }
    }

    /// A hint when the value is in no documented list.
    #[inline]
    pub fn known_value<E: OpenEnum>(self, value: &E) {
        if value.is_unknown() && !self.report.is_full_of_hints() {
            let message = format!(
                "is not one of the documented values: {}",
                E::KNOWN.join(", ")
            );
            self.report.hint(self.at, HintKind::UnknownValue, message);
        }
    }

    /// A hint when a time in Unix seconds has the size of one in milliseconds.
    #[inline]
    pub fn unix_seconds(self, time: i64) {
        // 100,000,000,000 seconds is the year 5138; in milliseconds it is 1973.
        if time >= 100_000_000_000 {
            let message = "looks like milliseconds, Unix seconds are documented";
            self.report.hint(self.at, HintKind::Milliseconds, message);
        }
    }

    /// A hint that this member has an effect only under a condition that is not met.
    #[cold]
    pub fn no_effect(self, message: &'static str) {
        self.report.hint(self.at, HintKind::NoEffect, message);
    }

    #[cold]
    fn size_violation(self, rule: Rule, limit: usize, actual: usize) {
        let limit = Limit::Number(i64::try_from(limit).unwrap_or(i64::MAX));
        let actual = Actual::Size(i64::try_from(actual).unwrap_or(i64::MAX));
        self.violation(rule, limit, actual);
    }

    #[cold]
    fn difference_violation(self, rule: Rule, from: &'static str, limit: i64, actual: i128) {
        let limit = Limit::Difference {
            from,
            number: limit,
        };
        // Told as the nearest number that fits.
        let end = if actual < 0 { i64::MIN } else { i64::MAX };
        let actual = Actual::Size(i64::try_from(actual).unwrap_or(end));
        self.violation(rule, limit, actual);
    }

    #[cold]
    fn violation(self, rule: Rule, limit: Limit, actual: Actual) {
        self.report
            .violation(self.at, rule, limit, actual, self.code);
    }
}

/// Two numbers of 64 bits are never further apart than 65 bits can tell.
fn difference(end: Option<i64>, start: Option<i64>) -> Option<i128> {
    Some(i128::from(end?) - i128::from(start?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Violation;

    fn violations(look: impl FnOnce(Checker<'_>)) -> Vec<Violation> {
        let root = Path::root();
        let at = root.member("X");
        let mut report = Report::new();
        look(report.at(&at));
        report.violations().to_vec()
    }

    fn rules(look: impl FnOnce(Checker<'_>)) -> Vec<Rule> {
        violations(look)
            .iter()
            .map(|violation| violation.rule)
            .collect()
    }

    #[test]
    fn lengths_count_bytes_and_include_the_limit() {
        assert_eq!(rules(|x| x.max_bytes("aé", 3)), []);
        assert_eq!(rules(|x| x.max_bytes("éé", 3)), [Rule::MaxBytes]);
        assert_eq!(rules(|x| x.min_bytes("é", 2)), []);
        assert_eq!(rules(|x| x.min_bytes("a", 2)), [Rule::MinBytes]);
    }

    #[test]
    fn counts_and_ranges_include_the_limit() {
        assert!(Report::new().at(&Path::root()).max_items(3, 3));
        assert!(!Report::new().at(&Path::root()).max_items(4, 3));
        assert_eq!(rules(|x| x.min_items(1, 2)), [Rule::MinItems]);
        assert_eq!(rules(|x| x.minimum(1, 1)), []);
        assert_eq!(rules(|x| x.minimum(0, 1)), [Rule::Minimum]);
        assert_eq!(rules(|x| x.maximum(1, 1)), []);
        assert_eq!(rules(|x| x.maximum(2, 1)), [Rule::Maximum]);
        assert_eq!(rules(|x| x.max_sum([1, 2].into_iter(), 3)), []);
        assert_eq!(rules(|x| x.max_sum([2, 2].into_iter(), 3)), [Rule::MaxSum]);
        assert_eq!(
            rules(|x| x.max_sum([usize::MAX, 2].into_iter(), 3)),
            [Rule::MaxSum]
        );
    }

    #[test]
    fn differences_need_both_ends_and_do_not_overflow() {
        assert_eq!(rules(|x| x.min_difference(Some(299), None, "S", 300)), []);
        assert_eq!(
            rules(|x| x.min_difference(Some(300), Some(0), "S", 300)),
            []
        );
        assert_eq!(
            rules(|x| x.min_difference(Some(299), Some(0), "S", 300)),
            [Rule::MinDifference]
        );
        assert_eq!(
            rules(|x| x.max_difference(Some(i64::MAX), Some(i64::MIN), "S", 9)),
            [Rule::MaxDifference]
        );
        assert_eq!(
            rules(|x| x.min_difference(Some(i64::MIN), Some(i64::MAX), "S", 9)),
            [Rule::MinDifference]
        );
        // Further apart than 64 bits can tell, and so beyond every limit.
        assert_eq!(
            rules(|x| x.max_difference(Some(i64::MAX), Some(-1), "S", i64::MAX)),
            [Rule::MaxDifference]
        );
        assert_eq!(
            rules(|x| x.min_difference(Some(i64::MIN), Some(1), "S", i64::MIN)),
            [Rule::MinDifference]
        );
        let found = violations(|x| x.min_difference(Some(i64::MIN), Some(1), "S", 0));
        assert_eq!(found[0].actual, Actual::Size(i64::MIN));
        assert_eq!(
            violations(|x| x.max_difference(Some(5), Some(1), "S", 3))[0].to_string(),
            "/X minus S is 4, at most 3 is allowed"
        );
    }

    #[test]
    fn hints_are_about_unknown_values_and_milliseconds() {
        struct Known(bool);
        impl From<String> for Known {
            fn from(text: String) -> Self {
                Self(text == "A")
            }
        }
        impl From<&str> for Known {
            fn from(text: &str) -> Self {
                Self(text == "A")
            }
        }
        impl OpenEnum for Known {
            const KNOWN: &'static [&'static str] = &["A"];

            fn as_str(&self) -> &'static str {
                "A"
            }

            fn is_unknown(&self) -> bool {
                !self.0
            }
        }
        let kinds = |look: fn(Checker<'_>)| {
            let mut report = Report::new();
            look(report.at(&Path::root()));
            let hints = report.hints().iter();
            hints.map(|hint| hint.kind).collect::<Vec<_>>()
        };
        assert_eq!(kinds(|x| x.known_value(&Known::from("A"))), []);
        assert_eq!(
            kinds(|x| x.known_value(&Known::from("B"))),
            [HintKind::UnknownValue]
        );
        assert_eq!(kinds(|x| x.unix_seconds(99_999_999_999)), []);
        assert_eq!(
            kinds(|x| x.unix_seconds(100_000_000_000)),
            [HintKind::Milliseconds]
        );
    }

    #[test]
    fn groups_are_all_or_none_and_at_least_one() {
        assert_eq!(
            rules(|x| x.required_together(&[false, false], &["A", "B"])),
            []
        );
        assert_eq!(
            rules(|x| x.required_together(&[true, true], &["A", "B"])),
            []
        );
        assert_eq!(
            rules(|x| x.required_together(&[true, false], &["A", "B"])),
            [Rule::RequiredTogether]
        );
        assert_eq!(
            rules(|x| x.at_least_one_of(&[false, true], &["A", "B"])),
            []
        );
        assert_eq!(
            rules(|x| x.at_least_one_of(&[false, false], &["A", "B"])),
            [Rule::AtLeastOneOf]
        );
    }

    #[test]
    fn a_violation_says_where_and_with_which_code() {
        let found = violations(|x| x.code(100_504).max_bytes("abc", 2));
        assert_eq!(found[0].pointer, "/X");
        assert_eq!(found[0].code, 100_504);
        assert_eq!(
            found[0].to_string(),
            "/X is 3 bytes long, at most 2 are allowed"
        );
    }
}
