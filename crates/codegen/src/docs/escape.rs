//! Texts that nothing is to be made of but text.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Makes markup of a text harmless (no links, no HTML, no code blocks, nothing that
/// turns the direction of text), and shows names of the documents as code.
pub(crate) fn escape(text: &str) -> String {
    let text = text.replace("```", "'''");
    let mut escaped = String::with_capacity(text.len());
    for (index, part) in text.split('`').enumerate() {
        let is_code = index % 2 == 1;
        if is_code {
            escaped.push('`');
            escaped.push_str(&harmless(part));
            escaped.push('`');
        } else {
            prose(part, &mut escaped);
        }
    }
    escaped
}

/// A text as code.
pub(crate) fn code(text: &str) -> String {
    format!("`{}`", harmless(&text.replace('`', "'")))
}

/// A word at the start of a line, where it could begin a list, a heading or a block
/// of code.
pub(super) fn at_line_start(word: &str) -> Cow<'_, str> {
    let after_digits = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let is_number = after_digits.len() < word.len() && matches!(after_digits, "." | ")");
    let is_rule = word
        .bytes()
        .all(|letter| matches!(letter, b'-' | b'=' | b'_'));
    if is_number {
        // Digits cannot be escaped, the sign after them can.
        let (digits, sign) = word.split_at(word.len() - 1);
        Cow::Owned(format!("{digits}\\{sign}"))
    } else if is_rule || word == "+" || word.starts_with("~~~") {
        Cow::Owned(format!("\\{word}"))
    } else {
        Cow::Borrowed(word)
    }
}

fn prose(text: &str, escaped: &mut String) {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|letter| !is_word(letter)).unwrap_or(rest.len());
        let address = address(rest);
        if !address.is_empty() {
            // Without brackets rustdoc takes it for a mistake.
            escaped.push('<');
            escaped.push_str(address);
            escaped.push('>');
            rest = &rest[address.len()..];
        } else if end > 0 {
            let (word, after) = rest.split_at(end);
            if is_name(word) {
                escaped.push_str(&code(word));
            } else {
                escaped.push_str(word);
            }
            rest = after;
        } else {
            let (sign, after) = rest.split_at(first.len_utf8());
            let means_something = match first {
                '[' | ']' | '<' | '>' | '*' | '#' | '|' | '\\' => true,
                '~' => after.starts_with('~') || escaped.ends_with('~'),
                '&' => after.starts_with(|letter: char| letter == '#' || letter.is_alphanumeric()),
                _ => false,
            };
            if means_something {
                escaped.push('\\');
            }
            escaped.push_str(&harmless(sign));
            rest = after;
        }
    }
}

/// The address that a text begins with, if it does.
fn address(text: &str) -> &str {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return "";
    }
    let is_part =
        |letter: char| letter.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(letter);
    let end = text.find(|letter| !is_part(letter)).unwrap_or(text.len());
    text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\''])
}

/// Whether a word is a name rather than English: `Owner_Account`, `SDKAppID`.
fn is_name(word: &str) -> bool {
    let is_underlined = word.contains('_') && word.chars().any(char::is_alphanumeric);
    let singular = word.strip_suffix('s').unwrap_or(word);
    let upper = singular.chars().filter(|letter| letter.is_uppercase());
    let has_lower = singular.chars().any(char::is_lowercase);
    let begins_upper = word.chars().next().is_some_and(char::is_uppercase);
    is_underlined || (begins_upper && upper.count() >= 2 && has_lower)
}

/// Shows control characters and those that turn the direction of text.
fn harmless(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{061c}'
            | '\u{200e}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {
                let _ = write!(shown, "U+{:04X}", u32::from(letter));
            }
            letter if letter.is_control() => shown.push(' '),
            letter => shown.push(letter),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        assert_eq!(escape("a [link](x) <b>"), r"a \[link\](x) \<b\>");
        assert_eq!(escape("`Vec<T>`"), "`Vec<T>`");
        assert_eq!(escape("```rust\npanic!()\n```"), "'''rust panic!() '''");
        assert_eq!(escape("~~~rust\npanic!()"), r"\~\~\~rust panic!()");
        assert_eq!(escape("\u{202e}abc"), "U+202Eabc");
        assert_eq!(escape("an open ` quote"), "an open ` quote`");
        assert_eq!(escape("&lt;b&gt;"), r"\&lt;b\&gt;");
        assert_eq!(code("a`<b>`\nc"), "`a'<b>' c`");
    }

    #[test]
    fn names_of_the_documents_are_shown_as_code() {
        assert_eq!(
            escape("ErrorInfo says which; the SDKAppID, Owner_Account, `RoomId`."),
            "`ErrorInfo` says which; the `SDKAppID`, `Owner_Account`, `RoomId`."
        );
        assert_eq!(
            escape("UserIDs (RTCRoomEngine)"),
            "`UserIDs` (`RTCRoomEngine`)"
        );
        let plain = "URLs, IDs, JSON, UTF-8, Chat, A, iOS, eBay, 2 KB, 1 ~ 2, Q & A.";
        assert_eq!(escape(plain), plain);
    }

    #[test]
    fn addresses_become_links() {
        assert_eq!(
            escape("See https://example.com/a_b?c=D&e#f."),
            "See <https://example.com/a_b?c=D&e#f>."
        );
        assert_eq!(escape("(http://a.example)"), "(<http://a.example>)");
        assert_eq!(escape("https is no address"), "https is no address");
        assert_eq!(
            escape("https://a.example/<b>"),
            r"<https://a.example/>\<b\>"
        );
    }
}
