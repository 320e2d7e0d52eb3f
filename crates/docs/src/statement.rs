//! What the prose of a description states: limits, a default, values.

mod default;
mod limit;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

pub use default::DefaultValue;
pub use limit::{Bound, Limit, Measure};

use crate::page::Located;
use crate::phrases::{FIXED, NOT_VALUES};

/// What a description states.
#[derive(Clone, Debug, Default)]
pub struct Statements {
    /// The limits, in the order of the text, none twice.
    pub limits: Vec<Located<Limit>>,
    /// What is taken when the field is absent.
    pub default: Option<Located<DefaultValue>>,
    /// The text that is always the same.
    pub fixed: Option<Located<String>>,
    /// Words in camel case, which may be values.
    pub camel: Vec<Located<String>>,
    /// The text without what was recognised in it. It tells whether the rest, the
    /// meaning, has changed.
    pub rest: String,
}

impl Statements {
    /// Reads the lines of a description.
    pub(crate) fn read(lines: &[Located<String>]) -> Self {
        let mut statements = Self::default();
        for Located { value: text, line } in lines {
            let mut spans: Vec<Range<usize>> = Vec::new();
            for (limit, span) in limit::find_limits(text) {
                if statements.limits.iter().all(|known| known.value != limit) {
                    statements.limits.push(Located::new(limit, *line));
                }
                spans.push(span);
            }
            if statements.default.is_none()
                && let Some((value, span)) = default::find_default(text)
            {
                statements.default = Some(Located::new(value, *line));
                spans.push(span);
            }
            if statements.fixed.is_none() {
                statements.fixed = fixed(text).map(|value| Located::new(value, *line));
            }
            for word in camel_words(text) {
                if statements.camel.iter().all(|known| known.value != word) {
                    statements.camel.push(Located::new(word.to_owned(), *line));
                }
            }
            statements.rest.push_str(&without(text, spans));
            statements.rest.push('\n');
        }
        statements
    }
}

/// The words of a text that look like the vendor's values: `FreeToTake`.
pub(crate) fn camel_words(text: &str) -> impl Iterator<Item = &str> {
    static CAMEL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+\b").expect("the pattern is a constant")
    });
    CAMEL
        .find_iter(text)
        .map(|found| found.as_str())
        .filter(|word| !NOT_VALUES.contains(word))
}

fn fixed(text: &str) -> Option<String> {
    static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
        let words = FIXED.join("|");
        Regex::new(&format!(
            r#"(?i)(?:{words})(?: (?:is|to|of))? ?[:=]? ?"?(?P<value>[A-Za-z][A-Za-z0-9_]*)\b"#
        ))
        .expect("the pattern is a constant")
    });
    Some(PATTERN.captures(text)?["value"].to_owned())
}

/// The text with a mark in the place of each span.
fn without(text: &str, mut spans: Vec<Range<usize>>) -> String {
    spans.sort_by_key(|span| span.start);
    let mut rest = String::with_capacity(text.len());
    let mut end = 0;
    for span in spans {
        if span.start >= end {
            rest.push_str(&text[end..span.start]);
            rest.push('#');
            end = span.end;
        }
    }
    rest.push_str(&text[end..]);
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Statements {
        Statements::read(&[Located::new(text.to_owned(), 7)])
    }

    #[test]
    fn values_are_words_in_camel_case_or_fixed() {
        let statements = read("Seat mode: take freely FreeToTake, or ask ApplyToTake (UserID).");
        let words: Vec<&str> = statements
            .camel
            .iter()
            .map(|word| word.value.as_str())
            .collect();
        assert_eq!(words, ["FreeToTake", "ApplyToTake"]);
        let fixed = |text| read(text).fixed.map(|fixed| fixed.value);
        assert_eq!(
            fixed("Kind of room. Fixed value: Live.").as_deref(),
            Some("Live")
        );
        assert_eq!(fixed("The fixed value is Live").as_deref(), Some("Live"));
        assert_eq!(fixed("A room that was fixed."), None);
    }

    #[test]
    fn the_rest_is_the_same_when_only_a_limit_changes() {
        let old = read("Unique name. Up to 48 bytes. Default is false.");
        let new = read("Unique name. At most 64 bytes. Default is true.");
        assert_eq!(old.rest, new.rest);
        assert_ne!(
            old.rest,
            read("Another name. Up to 48 bytes. Default is false.").rest
        );
    }
}
