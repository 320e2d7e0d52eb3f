//! Lists of documented values: each of them, and what is nearly one.

use serde_json::json;

use super::{Cases, Expect, breaks};
use crate::request::{Steps, Values};

impl Cases<'_> {
    pub(super) fn values(&mut self, values: &Values, at: &Steps) {
        let rule = if values.is_closed { "enum" } else { "openEnum" };
        for value in &values.allowed {
            self.set(
                at,
                &format!("{rule}/value/{value}"),
                json!(value),
                Expect::Valid,
            );
        }
        for (alias, _) in &values.aliases {
            self.set(
                at,
                &format!("{rule}/alias/{alias}"),
                json!(alias),
                Expect::Valid,
            );
        }
        for value in &values.elsewhere {
            self.set(
                at,
                &format!("{rule}/elsewhere/{value}"),
                json!(value),
                breaks(at, "enum"),
            );
        }
        for value in values.spellings() {
            for (name, text) in nearly(value) {
                self.listed(values, at, &format!("{rule}/{name}/{value}"), &text);
            }
        }
        for (name, text) in [
            ("empty", ""),
            ("unknown", "Unheard-of"),
            ("long", &"x".repeat(70_000)),
        ] {
            self.listed(values, at, &format!("{rule}/{name}"), text);
        }
    }

    fn listed(&mut self, values: &Values, at: &Steps, what: &str, text: &str) {
        let is_known = values.spellings().any(|known| known == text);
        let expect = if values.is_closed && !is_known {
            breaks(at, "enum")
        } else {
            Expect::Valid
        };
        self.set(at, what, json!(text), expect);
    }
}

/// What somebody might write instead of a value.
fn nearly(value: &str) -> Vec<(&'static str, String)> {
    let mut first_changed: Vec<char> = value.chars().collect();
    if let Some(first) = first_changed.first_mut() {
        let upper = first.to_ascii_uppercase();
        *first = if *first == upper {
            first.to_ascii_lowercase()
        } else {
            upper
        };
    }
    let mut shorter = value.to_owned();
    shorter.pop();
    vec![
        ("lower-case", value.to_lowercase()),
        ("upper-case", value.to_uppercase()),
        ("first-letter", first_changed.into_iter().collect()),
        ("trailing-blank", format!("{value} ")),
        ("leading-blank", format!(" {value}")),
        ("trailing-nul", format!("{value}\0")),
        ("trailing-line", format!("{value}\n")),
        ("shorter", shorter),
        ("longer", format!("{value}{value}")),
        ("zero-width", format!("{value}\u{200b}")),
        ("full-width", value.chars().map(full_width).collect()),
    ]
}

/// The same letter as it is printed in Chinese text.
fn full_width(letter: char) -> char {
    let is_visible = letter.is_ascii_graphic();
    let wide = char::from_u32(u32::from(letter) + 0xfee0);
    wide.filter(|_| is_visible).unwrap_or(letter)
}
