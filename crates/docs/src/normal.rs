//! One spelling for what browsers, translators and vendors spell in many ways.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// The text with ASCII digits, letters and punctuation for their full-width twins,
/// plain spaces, straight quotes and hyphens, and single spaces between words.
pub(crate) fn normal(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match plain(character) {
            c if c.is_whitespace() => {
                if !normal.is_empty() && !normal.ends_with(' ') {
                    normal.push(' ');
                }
            }
            c => normal.push(c),
        }
    }
    normal.truncate(normal.trim_end().len());
    normal
}

/// The text without characters of no width, which would split words and numbers,
/// and with plain spaces. Nothing else changes: samples are read from this.
pub(crate) fn visible(text: &str) -> String {
    text.chars()
        .filter(|character| !has_no_width(*character))
        .map(|character| match character {
            '\u{a0}' | '\u{3000}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => ' ',
            other => other,
        })
        .collect()
}

/// What phrases are compared by: normal, in lower case, without the punctuation
/// that ends a heading.
pub(crate) fn key(text: &str) -> String {
    let mut key = normal(text).to_lowercase();
    key.truncate(
        key.trim_end_matches([':', '.', '*', '?', ' ', '\u{3002}'])
            .len(),
    );
    key
}

/// Replaces the HTML entities that a copy of a page's source leaves in plain text.
pub(crate) fn decode_entities(text: &str) -> String {
    static ENTITY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("&(?:#(?P<dec>[0-9]{1,7})|#[xX](?P<hex>[0-9a-fA-F]{1,6})|(?P<name>[a-z]{2,6}));")
            .expect("the pattern is a constant")
    });
    if !text.contains('&') {
        return text.to_owned();
    }
    ENTITY
        .replace_all(text, |found: &Captures<'_>| {
            let number = match (found.name("dec"), found.name("hex")) {
                (Some(digits), _) => digits.as_str().parse().ok(),
                (_, Some(digits)) => u32::from_str_radix(digits.as_str(), 16).ok(),
                _ => None,
            };
            let character = number.and_then(char::from_u32).or_else(|| {
                Some(match found.name("name")?.as_str() {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "apos" => '\'',
                    "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
                    "ndash" | "mdash" | "minus" => '-',
                    "le" => '\u{2264}',
                    "ge" => '\u{2265}',
                    _ => return None,
                })
            });
            character.map_or_else(|| found[0].to_owned(), String::from)
        })
        .into_owned()
}

fn has_no_width(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe0e}' | '\u{fe0f}'
    )
}

fn plain(character: char) -> char {
    match character {
        // The full-width block mirrors ASCII from `!` to `~` at a fixed distance.
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{300c}' | '\u{300d}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_text_reads_like_ascii() {
        assert_eq!(normal("最大４８　bytes：（ＯＫ）"), "最大48 bytes:(OK)");
    }

    #[test]
    fn spaces_of_every_kind_are_one_space() {
        assert_eq!(
            normal("  up\u{a0}\u{a0}to\t48\u{200b} bytes "),
            "up to 48 bytes"
        );
    }

    #[test]
    fn keys_ignore_case_and_final_punctuation() {
        assert_eq!(key("Rate  Limits："), "rate limits");
        assert_eq!(key("Was this page helpful?"), "was this page helpful");
    }

    #[test]
    fn entities_are_decoded_once_and_unknown_ones_stay() {
        assert_eq!(
            decode_entities("a&nbsp;&lt;b&#62; &amp;lt; &foo;"),
            "a <b> &lt; &foo;"
        );
        assert_eq!(decode_entities("&#x110000; &#0048;"), "&#x110000; 0");
    }
}
