//! Rates of calls: `200 queries/sec.`, `200 times per second`, `once every 10 seconds`.

use std::fmt;
use std::sync::LazyLock;

use regex::Regex;

use crate::phrases::{CALLS, NUMBER_WORDS, UNITS, Unit};

/// How many calls are allowed in how many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The calls.
    pub calls: u32,
    /// The seconds.
    pub per_seconds: u32,
}

/// The first rate that a line states.
pub(crate) fn find_rate(line: &str) -> Option<Rate> {
    static PATTERNS: LazyLock<[Regex; 3]> = LazyLock::new(|| {
        let words: Vec<&str> = NUMBER_WORDS.iter().map(|(word, _)| *word).collect();
        let number = format!(r"(?P<calls>\d[\d,]*|\b(?:{})\b)", words.join("|"));
        let calls = format!("(?:{})", CALLS.join("|"));
        [
            // 200 queries/sec., once per 10 seconds, 200次/秒
            format!(r"(?i){number} ?{calls}? ?(?:/|per|every|each|a\b) ?(?P<many>\d+)? ?(?P<unit>\p{{L}}+)"),
            // 每秒200次, 毎秒200回, 초당 200회
            format!(r"(?:[每毎](?P<unit>秒|分钟|分)|(?P<unit2>초|분)당) ?{number} ?{calls}"),
            format!(r"(?i){number} ?(?P<unit>qps)\b"),
        ]
        .map(|pattern| Regex::new(&pattern).expect("the pattern is a constant"))
    });
    PATTERNS.iter().find_map(|pattern| {
        let found = pattern.captures(line)?;
        let calls = amount(&found["calls"])?;
        let unit = found.name("unit").or_else(|| found.name("unit2"))?.as_str();
        let many = match found.name("many") {
            Some(digits) => digits.as_str().parse().ok()?,
            None => 1,
        };
        let seconds = seconds(unit)?.checked_mul(many)?;
        (calls > 0 && seconds > 0).then_some(Rate {
            calls,
            per_seconds: seconds,
        })
    })
}

fn amount(text: &str) -> Option<u32> {
    let text = text.to_lowercase();
    NUMBER_WORDS
        .iter()
        .find(|(word, _)| *word == text)
        .and_then(|(_, value)| u32::try_from(*value).ok())
        .or_else(|| text.replace(',', "").parse().ok())
}

fn seconds(unit: &str) -> Option<u32> {
    let unit = unit.to_lowercase();
    if unit == "qps" {
        return Some(1);
    }
    match crate::phrases::find(UNITS, &unit)? {
        Unit::Seconds(seconds) => u32::try_from(seconds).ok(),
        _ => None,
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let calls = if self.calls == 1 { "call" } else { "calls" };
        match self.per_seconds {
            1 => write!(f, "{} {calls} per second", self.calls),
            seconds => write!(f, "{} {calls} per {seconds} seconds", self.calls),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normal::normal;

    #[test]
    fn one_rate_in_many_words() {
        for line in [
            "200 queries/sec.",
            "200 times per second.",
            "200 requests per second.",
            "２００ times/second.",
            "200次/秒。",
            "每秒 200 次",
            "초당 200회",
            "200 QPS",
            "The interface takes 200 calls a second",
        ] {
            let rate = find_rate(&normal(line)).map(|rate| rate.to_string());
            assert_eq!(rate.as_deref(), Some("200 calls per second"), "{line}");
        }
    }

    #[test]
    fn slow_rates() {
        for (line, expected) in [
            ("Once per 10 seconds", "1 call per 10 seconds"),
            ("1,200 calls per minute", "1200 calls per 60 seconds"),
            ("only once per second", "1 call per second"),
        ] {
            let rate = find_rate(line).map(|rate| rate.to_string());
            assert_eq!(rate.as_deref(), Some(expected), "{line}");
        }
    }

    #[test]
    fn other_numbers_are_no_rates() {
        for line in [
            "see the table",
            "200",
            "200 per room",
            "200 queries",
            "0 queries/sec.",
            "99999999999 queries/sec.",
            "1 call per 99999999999 seconds",
        ] {
            assert_eq!(find_rate(line), None, "{line}");
        }
    }
}
