//! Text from elsewhere, made fit for a terminal: nothing in it steers, nothing in it
//! is a secret, and there is not too much of it.

use std::fmt::Write;
use std::path::Path;

/// How many characters of a text from elsewhere a message repeats.
const SHOWN: usize = 120;

/// From this length on, a text without any other character than those of keys and
/// tickets is taken for one. Keys have 64 characters, tickets 180 and more.
const SECRET: usize = 40;

/// Control characters, and those that are invisible or change the direction of what
/// follows. All of them are below U+10000.
pub(crate) fn steers(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        )
}

/// The whole text in one line, with whatever steers escaped.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if steers(character) {
            escaped.extend(character.escape_default());
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// As [`escaped`], and shortened.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => escaped(&text[..end]) + "…",
        None => escaped(text),
    }
}

/// An argument as a message may repeat it: shortened, and not at all if it may be a
/// key or a ticket that stands in the wrong place.
pub(crate) fn shown(argument: &str) -> String {
    if may_be_secret(argument) {
        format!(
            "[{} characters that may be a secret]",
            argument.chars().count()
        )
    } else {
        shortened(argument)
    }
}

/// The same for the name of a file.
pub(crate) fn shown_path(path: &Path) -> String {
    shown(&path.to_string_lossy())
}

fn may_be_secret(text: &str) -> bool {
    // Standard base64 has slashes, and so have paths. A ticket begins with the header
    // of a zlib stream.
    let may_slash = text.starts_with("eJ") || text.starts_with("eA");
    let of_a_secret = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'*' | b'-' | b'_' | b'+' | b'=')
            || (byte == b'/' && may_slash)
    };
    let looks_like_one = text.len() >= SECRET && text.bytes().all(of_a_secret);
    let is_the_key = || {
        std::env::var(crate::key::VARIABLE)
            .is_ok_and(|key| key.trim().len() >= 8 && text.contains(key.trim()))
    };
    looks_like_one || is_the_key()
}

/// JSON text with whatever steers written as `\u…`, which means the same: outside of
/// strings JSON has no such characters but line ends and tabs, which stay.
pub(crate) fn json_for_terminals(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for character in json.chars() {
        if steers(character) && !matches!(character, '\n' | '\r' | '\t') {
            let _ = write!(safe, "\\u{:04x}", u32::from(character));
        } else {
            safe.push(character);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "9f2c7d10b6a8e3455e0d9a7bb1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4";
    const TICKET: &str = "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwsZmUNHilOzEgoLMFKBSEwMDA0MDEwA_";

    #[test]
    fn a13_a14_what_steers_is_escaped() {
        assert_eq!(escaped("a\u{1b}[2J\r\n\tb"), r"a\u{1b}[2J\r\n\tb");
        assert_eq!(
            escaped("\u{9b}2J\u{202e}\u{200b}\u{61c}"),
            r"\u{9b}2J\u{202e}\u{200b}\u{61c}"
        );
        assert_eq!(escaped("房间 \"x\" \\ 'é'"), "房间 \"x\" \\ 'é'");
    }

    #[test]
    fn long_text_is_cut_at_a_character() {
        assert_eq!(shortened(&"房".repeat(SHOWN)), "房".repeat(SHOWN));
        assert_eq!(shortened(&"房".repeat(SHOWN + 1)), "房".repeat(SHOWN) + "…");
    }

    #[test]
    fn n4_what_may_be_a_secret_is_not_repeated() {
        let standard = TICKET.replace('_', "=").replace('-', "/") + "a/b+c";
        for secret in [KEY, TICKET, &standard] {
            let shown = shown(secret);
            assert!(shown.contains("may be a secret"), "{shown}");
            assert!(!shown.contains(&secret[..8]));
        }
        for harmless in [
            "live/create_room",
            "requests/of-the-first-week-of-march-2026/all.ndjson",
            "/tmp/a/very/long/path/to/a/folder/without/any/dot/in/it",
            "{\"RoomInfo\":{\"RoomId\":\"a\",\"RoomType\":\"Live\"}}",
            "",
        ] {
            assert_eq!(shown(harmless), harmless);
        }
    }

    #[test]
    fn json_means_the_same_afterwards() {
        let json = "{\"a\":\t\"\u{7f}\u{9b}2J\u{202e}房\\u001b\"}\n";
        let safe = json_for_terminals(json);
        assert_eq!(safe, "{\"a\":\t\"\\u007f\\u009b2J\\u202e房\\u001b\"}\n");
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(value(&safe), value(json));
    }
}
