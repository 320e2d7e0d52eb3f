//! Defaults in prose: `Default is false`, `defaults to RoomId`, `FreeToTake (default)`.

use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::phrases::{DEFAULT, IS};

/// What a description says is taken when the field is absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DefaultValue {
    /// A value: `false`, `20`, `FreeToTake`.
    Literal(String),
    /// Words: `the caller`.
    Words(String),
}

impl fmt::Display for DefaultValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DefaultValue::Literal(text) | DefaultValue::Words(text) => f.write_str(text),
        }
    }
}

/// The first default that a line states, and where it stands.
pub(crate) fn find_default(text: &str) -> Option<(DefaultValue, Range<usize>)> {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        let (words, is) = (DEFAULT.join("|"), IS.join("|"));
        pattern(&format!(
            r"(?i)(?:{words}) ?(?P<is>(?:{is})? ?:?) ?(?P<value>[^.;,(\n]{{1,80}}(?:\.\d[^.;,(\n]{{0,20}})?)"
        ))
    });
    static AFTER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r#""?\b(?P<value>true|false|\d+|[A-Z][A-Za-z0-9]*)"? ?(?:\((?:the )?default(?: value)?\)|(?P<by>by default))"#,
        )
    });
    if text.len() > 4000 {
        return None;
    }
    if let Some(found) = AFTER.captures(text) {
        let value = &found["value"];
        // `Shown by default` is a sentence.
        if found.name("by").is_none() || !is_word(value) {
            let span = found.get(0)?.range();
            return Some((DefaultValue::Literal(value.to_owned()), span));
        }
    }
    for found in BEFORE.captures_iter(text) {
        let value = found["value"].trim();
        // `by default`, `the default layout`: the word alone states nothing.
        let is = !found["is"].trim().is_empty();
        let span = found.get(0)?.start()..found.name("value")?.end();
        match literal(value) {
            Some(literal) => return Some((DefaultValue::Literal(literal.to_owned()), span)),
            None if is => return Some((DefaultValue::Words(value.to_owned()), span)),
            None => {}
        }
    }
    None
}

/// Whether a value could as well be the first word of a sentence.
fn is_word(value: &str) -> bool {
    value.starts_with(|first: char| first.is_ascii_uppercase())
        && value.chars().skip(1).all(|c| c.is_ascii_lowercase())
}

/// The whole of a text that is one value.
fn literal(text: &str) -> Option<&str> {
    static VALUE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r#"^(?:true|false|TRUE|FALSE|True|False|-?\d+|"[^"]*"|[A-Z][A-Za-z0-9]*)$"#)
    });
    VALUE.is_match(text).then(|| text.trim_matches('"'))
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        find_default(text).map(|(value, _)| match value {
            DefaultValue::Literal(text) => format!("={text}"),
            DefaultValue::Words(text) => text,
        })
    }

    #[test]
    fn values() {
        for (text, expected) in [
            (
                "Mutes everyone. Default is false, which allows it.",
                "=false",
            ),
            ("Mute all,Default false", "=false"),
            (
                "Guest mode. Default is FreeToTake. FreeToTake: freely.",
                "=FreeToTake",
            ),
            ("Default: 20", "=20"),
            ("Default value: \"\"", "="),
            ("默认为 false", "=false"),
            ("true (default): shown", "=true"),
            ("0 by default", "=0"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn words() {
        for (text, expected) in [
            ("Name, defaults to Room ID, up to 100 bytes", "Room ID"),
            (
                "If not given, defaults to the user of the caller.",
                "the user of the caller",
            ),
            ("Seats, default is not supported", "not supported"),
            (
                "Members, default value when not given: limit of the package, say 20",
                "limit of the package",
            ),
            (
                "default is 1 hour after the start time, at least 5 minutes",
                "1 hour after the start time",
            ),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn the_word_alone_is_none() {
        for text in [
            "Nine video seats, the default layout of the client",
            "Shown by default",
            "Copies the default gift list",
            "no word of it",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
