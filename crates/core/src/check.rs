//! The comparisons that generated validation is made of.
//!
//! Each function looks at one value and adds at most one violation. They are
//! small so that generated code reads as a list of the documented limits.

use crate::{Actual, HintKind, Limit, OpenEnum, Path, Report, Rule};

/// At least `limit` bytes of UTF-8.
#[inline]
pub fn min_bytes(text: &str, limit: usize, code: i32, at: &Path<'_>, report: &mut Report) {
    if text.len() < limit {
        size_violation(Rule::MinBytes, limit, text.len(), code, at, report);
    }
}

/// At most `limit` bytes of UTF-8.
#[inline]
pub fn max_bytes(text: &str, limit: usize, code: i32, at: &Path<'_>, report: &mut Report) {
    if text.len() > limit {
        size_violation(Rule::MaxBytes, limit, text.len(), code, at, report);
    }
}

/// At least `limit` elements.
#[inline]
pub fn min_items(count: usize, limit: usize, code: i32, at: &Path<'_>, report: &mut Report) {
    if count < limit {
        size_violation(Rule::MinItems, limit, count, code, at, report);
    }
}

/// At most `limit` elements. Says whether that holds, so that the elements of a
/// list that is too long are not looked at.
#[inline]
pub fn max_items(
    count: usize,
    limit: usize,
    code: i32,
    at: &Path<'_>,
    report: &mut Report,
) -> bool {
    if count > limit {
        size_violation(Rule::MaxItems, limit, count, code, at, report);
    }
    count <= limit
}

/// Not below `limit`.
#[inline]
pub fn minimum(number: i64, limit: i64, code: i32, at: &Path<'_>, report: &mut Report) {
    if number < limit {
        report.violation(at, Rule::Minimum, Limit::Number(limit), Actual::None, code);
    }
}

/// Not above `limit`.
#[inline]
pub fn maximum(number: i64, limit: i64, code: i32, at: &Path<'_>, report: &mut Report) {
    if number > limit {
        report.violation(at, Rule::Maximum, Limit::Number(limit), Actual::None, code);
    }
}

/// One of a closed list of values.
#[inline]
pub fn one_of<E: OpenEnum>(
    value: &E,
    allowed: &'static [&'static str],
    code: i32,
    at: &Path<'_>,
    report: &mut Report,
) {
    if !allowed.contains(&value.as_str()) {
        report.violation(at, Rule::Enum, Limit::OneOf(allowed), Actual::None, code);
    }
}

/// `end - start` lies between `least` and `most`; `from` is the wire name of the
/// start. A difference that does not fit an `i64` counts as the nearest one that
/// does.
#[inline]
pub fn difference(
    (end, start): (Option<i64>, Option<i64>),
    (least, most): (Option<i64>, Option<i64>),
    from: &'static str,
    code: i32,
    at: &Path<'_>,
    report: &mut Report,
) {
    let (Some(end), Some(start)) = (end, start) else {
        return;
    };
    let difference = end.saturating_sub(start);
    let actual = Actual::Size(difference);
    if let Some(least) = least.filter(|least| difference < *least) {
        report.violation(
            at,
            Rule::MinDifference,
            Limit::Difference {
                from,
                number: least,
            },
            actual,
            code,
        );
    }
    if let Some(most) = most.filter(|most| difference > *most) {
        report.violation(
            at,
            Rule::MaxDifference,
            Limit::Difference { from, number: most },
            actual,
            code,
        );
    }
}

/// The sizes add up to at most `limit`.
#[inline]
pub fn max_sum(
    sizes: impl Iterator<Item = usize>,
    limit: usize,
    code: i32,
    at: &Path<'_>,
    report: &mut Report,
) {
    let sum = sizes.fold(0usize, usize::saturating_add);
    if sum > limit {
        size_violation(Rule::MaxSum, limit, sum, code, at, report);
    }
}

/// All of `members` are there, or none. `present` stands for the same members in
/// the same order.
#[inline]
pub fn required_together(
    present: &[bool],
    members: &'static [&'static str],
    code: i32,
    at: &Path<'_>,
    report: &mut Report,
) {
    if present.contains(&true) && present.contains(&false) {
        let limit = Limit::Members(members);
        report.violation(at, Rule::RequiredTogether, limit, Actual::None, code);
    }
}

/// At least one of `members` is there.
#[inline]
pub fn at_least_one_of(
    present: &[bool],
    members: &'static [&'static str],
    code: i32,
    at: &Path<'_>,
    report: &mut Report,
) {
    if !present.contains(&true) {
        let limit = Limit::Members(members);
        report.violation(at, Rule::AtLeastOneOf, limit, Actual::None, code);
    }
}

/// A hint when the value is in no documented list.
#[inline]
pub fn known_value<E: OpenEnum>(value: &E, at: &Path<'_>, report: &mut Report) {
    if value.is_unknown() {
        report.hint(
            at,
            HintKind::UnknownValue,
            format!(
                "is not one of the documented values: {}",
                E::KNOWN.join(", ")
            ),
        );
    }
}

/// A hint when a time in Unix seconds has the size of one in milliseconds.
#[inline]
pub fn unix_seconds(time: i64, at: &Path<'_>, report: &mut Report) {
    // 100,000,000,000 seconds is the year 5138; in milliseconds it is 1973.
    if time >= 100_000_000_000 {
        report.hint(
            at,
            HintKind::Milliseconds,
            "looks like milliseconds, Unix seconds are documented",
        );
    }
}

#[cold]
fn size_violation(
    rule: Rule,
    limit: usize,
    actual: usize,
    code: i32,
    at: &Path<'_>,
    report: &mut Report,
) {
    let limit = Limit::Number(i64::try_from(limit).unwrap_or(i64::MAX));
    let actual = Actual::Size(i64::try_from(actual).unwrap_or(i64::MAX));
    report.violation(at, rule, limit, actual, code);
}
