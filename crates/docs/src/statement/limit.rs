//! Limits in prose: `up to 48 bytes`, `maximum array length is 3`, `1-100`.

use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::phrases::{
    AT_LEAST, AT_LEAST_FAR, AT_MOST, AT_MOST_FAR, LESS_THAN, MORE_THAN, MULTIPLES, NOT_EMPTY,
    NUMBER_WORDS, OR_LESS, OR_MORE, RANGE, UNITS, Unit,
};

/// One limit as a description states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Limit {
    /// On which side.
    pub bound: Bound,
    /// The amount, in the measure.
    pub amount: i64,
    /// What is counted.
    pub measure: Measure,
}

/// The side of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// At most the amount.
    AtMost,
    /// At least the amount.
    AtLeast,
    /// Less than the amount: for a whole number one less, for anything else unclear.
    Below,
    /// More than the amount.
    Above,
}

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Bytes.
    Bytes,
    /// Units of 1000 or 1024 bytes.
    Kilobytes,
    /// Characters.
    Characters,
    /// Seconds.
    Seconds,
    /// Things, or nothing that is named.
    Count,
}

impl Limit {
    /// The same in fewer words than the page's.
    pub(crate) const fn new(bound: Bound, amount: i64, measure: Measure) -> Self {
        Self {
            bound,
            amount,
            measure,
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bound = match self.bound {
            Bound::AtMost => "at most",
            Bound::AtLeast => "at least",
            Bound::Below => "less than",
            Bound::Above => "more than",
        };
        let measure = match self.measure {
            Measure::Bytes => " bytes",
            Measure::Kilobytes => " KB",
            Measure::Characters => " characters",
            Measure::Seconds => " seconds",
            Measure::Count => "",
        };
        write!(f, "{bound} {}{measure}", self.amount)
    }
}

/// The limits of a line and where they stand in it.
pub(crate) fn find_limits(text: &str) -> Vec<(Limit, Range<usize>)> {
    // Each line is tried against all of them: a line without a digit, a number word
    // or `empty` has no limit, and most lines are such.
    if text.len() > 4000 {
        return Vec::new();
    }
    let mut found: Vec<(Limit, Range<usize>)> = Vec::new();
    for pattern in PATTERNS.iter() {
        for captures in pattern.regex.captures_iter(text) {
            let span = captures.get(0).map_or(0..0, |whole| whole.range());
            let taken = |(_, other): &(Limit, Range<usize>)| {
                span.start < other.end && other.start < span.end
            };
            if found.iter().any(taken) || captures[0].to_lowercase().contains("default") {
                continue;
            }
            for limit in (pattern.read)(&captures, text) {
                found.push((limit, span.clone()));
            }
        }
    }
    found.sort_by_key(|(_, span)| span.start);
    found
}

/// Earlier ones win where two fit: `cannot be less than 5` is no `less than 5`.
static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let far = |near: &[&str], far: &[&str]| {
        let far = far
            .iter()
            .map(|word| format!(r"{word}(?: [\p{{L}}_]+){{0,5}}?"));
        let words: Vec<String> = near
            .iter()
            .map(|word| (*word).to_owned())
            .chain(far)
            .collect();
        alternatives(words.iter().map(String::as_str))
    };
    let near = |words: &[&str]| alternatives(words.iter().copied());
    let before = |words: &str| format!(r"{words}(?: (?:is|of|are|be)\b)? ?[:=]? ?{AMOUNT}");
    let after = |words: &[&str]| format!(r"{AMOUNT} ?{}", near(words));
    vec![
        Pattern::new(
            &format!(
                r"{}[^.;0-9]{{0,24}}?(?P<open>[\[(]?) ?{} ?(?:-|~|to|and|至|到|から|,) ?{AMOUNT}(?P<close>[\])]?)",
                near(RANGE),
                FIRST.as_str(),
            ),
            read_range,
        ),
        Pattern::new(
            &format!(
                r"{} ?(?:-|~|to) ?{NUMBER}(?: ?(?P<unit>bytes?|characters?|字节|字符))",
                FIRST.as_str()
            ),
            read_range,
        ),
        Pattern::new(&before(&far(AT_MOST, AT_MOST_FAR)), |found, text| {
            read(Bound::AtMost, found, text)
        }),
        Pattern::new(&before(&far(AT_LEAST, AT_LEAST_FAR)), |found, text| {
            read(Bound::AtLeast, found, text)
        }),
        Pattern::new(&after(OR_LESS), |found, text| {
            read(Bound::AtMost, found, text)
        }),
        Pattern::new(&after(OR_MORE), |found, text| {
            read(Bound::AtLeast, found, text)
        }),
        Pattern::new(&before(&near(LESS_THAN)), |found, text| {
            read(Bound::Below, found, text)
        }),
        Pattern::new(&before(&near(MORE_THAN)), |found, text| {
            read(Bound::Above, found, text)
        }),
        Pattern::new(&near(NOT_EMPTY), |_, _| {
            vec![Limit::new(Bound::AtLeast, 1, Measure::Count)]
        }),
    ]
});

struct Pattern {
    regex: Regex,
    read: fn(&Captures<'_>, &str) -> Vec<Limit>,
}

impl Pattern {
    fn new(pattern: &str, read: fn(&Captures<'_>, &str) -> Vec<Limit>) -> Self {
        let words: Vec<&str> = NUMBER_WORDS.iter().map(|(word, _)| *word).collect();
        let pattern = pattern.replace("{words}", &words.join("|"));
        Self {
            regex: Regex::new(&format!("(?i){pattern}")).expect("the pattern is a constant"),
            read,
        }
    }
}

const NUMBER: &str = r"(?P<number>-?\d{1,3}(?:,\d{3})+|-?\d+|\b(?:{words})\b)";
const AMOUNT: &str =
    r"(?P<number>-?\d{1,3}(?:,\d{3})+|-?\d+|\b(?:{words})\b)(?: ?-? ?(?P<unit>byte\(s\)|\p{L}+))?";
static FIRST: LazyLock<String> = LazyLock::new(|| NUMBER.replace("number", "first"));

fn alternatives<'a>(words: impl Iterator<Item = &'a str>) -> String {
    // Words of languages without spaces have no boundaries.
    let bounded: Vec<String> = words
        .map(|word| {
            if word.starts_with(|first: char| first.is_ascii_alphabetic() || first == '(') {
                format!(r"\b{word}")
            } else {
                word.to_owned()
            }
        })
        .collect();
    format!("(?:{})", bounded.join("|"))
}

fn read(bound: Bound, found: &Captures<'_>, text: &str) -> Vec<Limit> {
    let Some(amount) = found.name("number") else {
        return Vec::new();
    };
    // A version, such as 3.3.0, is no amount; neither is the 3 of `3rd`.
    let mut behind = text[amount.end()..].chars();
    let next = behind.next();
    if next == Some('.') && behind.next().is_some_and(|digit| digit.is_ascii_digit()) {
        return Vec::new();
    }
    let unit = found.name("unit").map_or("", |unit| unit.as_str());
    // `One hundred` is not one. A limit that is not read shows up as a missing one.
    if MULTIPLES.contains(&unit.to_lowercase().as_str()) {
        return Vec::new();
    }
    let glued = next.is_some_and(|next| next.is_ascii_alphabetic());
    let Some(unit) = unit_of(unit, glued) else {
        return Vec::new();
    };
    let Some(amount) = number(amount.as_str()) else {
        return Vec::new();
    };
    measured(bound, amount, unit).into_iter().collect()
}

fn read_range(found: &Captures<'_>, text: &str) -> Vec<Limit> {
    let open = found.name("open").is_some_and(|sign| sign.as_str() == "(");
    let closed = found.name("open").is_some_and(|sign| !sign.is_empty())
        && found.name("close").is_some_and(|sign| sign.as_str() == ")");
    let upper = if closed { Bound::Below } else { Bound::AtMost };
    let lower = if open { Bound::Above } else { Bound::AtLeast };
    let mut limits = read(upper, found, text);
    let first = found.name("first").and_then(|first| number(first.as_str()));
    if let (Some(most), Some(first)) = (limits.first().copied(), first) {
        // `1-48 bytes`: the unit of the end is that of the start.
        let unit = unit_of(found.name("unit").map_or("", |unit| unit.as_str()), false);
        match measured(lower, first, unit.unwrap_or(Unit::Count)) {
            Some(least) if first <= most.amount => limits.insert(0, least),
            _ => limits.clear(),
        }
    }
    limits
}

fn unit_of(text: &str, glued: bool) -> Option<Unit> {
    let lower = text.to_lowercase();
    let known = UNITS.iter().find(|(_, words)| {
        words.iter().any(|word| {
            // In languages without spaces more words may follow.
            *word == lower || (!word.is_ascii() && lower.starts_with(word))
        })
    });
    match known {
        Some((unit, _)) => Some(*unit),
        None if glued => None,
        None => Some(Unit::Count),
    }
}

fn measured(bound: Bound, amount: i64, unit: Unit) -> Option<Limit> {
    let (amount, measure) = match unit {
        Unit::Bytes => (amount, Measure::Bytes),
        Unit::Kilobytes => (amount, Measure::Kilobytes),
        Unit::Characters => (amount, Measure::Characters),
        Unit::Seconds(each) => (amount.checked_mul(each)?, Measure::Seconds),
        Unit::Count => (amount, Measure::Count),
    };
    Some(Limit::new(bound, amount, measure))
}

fn number(text: &str) -> Option<i64> {
    let lower = text.to_lowercase();
    NUMBER_WORDS
        .iter()
        .find(|(word, _)| *word == lower)
        .map(|(_, value)| *value)
        .or_else(|| lower.replace(',', "").parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normal::normal;

    fn read(text: &str) -> String {
        let limits: Vec<String> = find_limits(&normal(text))
            .iter()
            .map(|(limit, _)| limit.to_string())
            .collect();
        limits.join(", ")
    }

    #[test]
    fn the_wordings_of_an_upper_limit() {
        for text in [
            "Room id, up to 48 bytes",
            "Room id. Up to 48 bytes. Use a prefix.",
            "Maximum 48 bytes",
            "A text,Maximum 48 bytes",
            "The maximum length of RoomId is 48 bytes.",
            "max. 48 bytes",
            "No longer than 48 bytes",
            "does not exceed 48 bytes",
            "length restricted to 48 bytes or less",
            "48 bytes or less",
            "48 bytes at most",
            "<= 48 bytes",
            "最大48字节",
            "不超过 ４８ 个字节".replace("个", "").as_str(),
            "长度最长为48字节".replace("为", "").as_str(),
            "48바이트 이하",
        ] {
            assert_eq!(read(text), "at most 48 bytes", "{text}");
        }
    }

    #[test]
    fn counts_of_things() {
        for text in [
            "Room category, maximum array length is 3.",
            "Up to 3 tags per room",
            "Supports up to three.",
            "Tags (no more than 3)",
            "最多3个标签",
            "limited to 3 elements",
        ] {
            assert_eq!(read(text), "at most 3", "{text}");
        }
    }

    #[test]
    fn ranges_have_two_ends() {
        assert_eq!(read("Range: 1 to 100"), "at least 1, at most 100");
        assert_eq!(read("value range [1, 100]"), "at least 1, at most 100");
        assert_eq!(read("value range [0, 100)"), "at least 0, less than 100");
        assert_eq!(read("between 1 and 1,000"), "at least 1, at most 1000");
        assert_eq!(read("1-48 bytes"), "at least 1 bytes, at most 48 bytes");
        assert_eq!(read("range 9 to 1"), "");
    }

    #[test]
    fn several_limits_in_one_sentence() {
        assert_eq!(
            read(
                "the key count is limited to 10, with each key length restricted to 50 bytes or \
                 less. Single values can be up to 2KB in size, all values should not surpass 16KB."
            ),
            "at most 10, at most 50 bytes, at most 2 KB, at most 16 KB"
        );
        assert_eq!(
            read("the minimum meeting time cannot be less than 5 minutes, the maximum is 24 hours"),
            "at least 300 seconds, at most 86400 seconds"
        );
    }

    #[test]
    fn limits_that_exclude_their_amount_are_told_apart() {
        assert_eq!(read("less than 5 members"), "less than 5");
        assert_eq!(read("not less than 5 members"), "at least 5");
        assert_eq!(read("more than 5 members"), "more than 5");
        assert_eq!(read("no more than 5 members"), "at most 5");
    }

    #[test]
    fn an_empty_text_may_be_refused() {
        assert_eq!(read("The name cannot be empty"), "at least 1");
    }

    #[test]
    fn other_numbers_are_no_limits() {
        for text in [
            "needs LiveStreamCore at least 3.3.0",
            "upper limit of the package, for example the trial has 20",
            "limited by the maximum number of slots in the package.",
            "maximum number of members default 20",
            "Default is 20",
            "for up to 3rd parties",
            "1 free, 2 apply",
            "up to one hundred members",
            "template 200: one host and three guests",
            "maximum 99999999999999999999 bytes",
        ] {
            assert_eq!(read(text), "", "{text}");
        }
    }
}
