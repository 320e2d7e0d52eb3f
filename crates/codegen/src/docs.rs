//! Documentation comments from texts that a page, and so anybody, may have
//! written.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// The greatest width of a line of documentation, without indentation.
const WIDTH: usize = 84;

/// A documentation comment: paragraphs of wrapped text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Docs {
    lines: Vec<String>,
}

impl Docs {
    /// A comment that starts with this paragraph.
    pub(crate) fn new(text: &str) -> Self {
        Self::default().paragraph(text)
    }

    /// Adds a paragraph of text from a schema; nothing in it is taken for markup
    /// but code in back quotes.
    pub(crate) fn paragraph(self, text: &str) -> Self {
        self.markdown(&escape(text))
    }

    /// Adds a paragraph that may have links and headings.
    pub(crate) fn markdown(mut self, text: &str) -> Self {
        if text.trim().is_empty() {
            return self;
        }
        self.separate();
        self.lines.extend(wrap(text, "", ""));
        self
    }

    /// Adds an entry of a list.
    pub(crate) fn bullet(mut self, text: &str) -> Self {
        if !self
            .lines
            .last()
            .is_some_and(|line| line.starts_with("- ") || line.starts_with("  "))
        {
            self.separate();
        }
        self.lines.extend(wrap(text, "- ", "  "));
        self
    }

    /// Adds lines as they are.
    pub(crate) fn verbatim(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.separate();
        self.lines.extend(lines);
        self
    }

    /// The comment of a module, for inside of it.
    pub(crate) fn inner(&self) -> TokenStream {
        let lines = self.lines.iter().map(|line| padded(line));
        quote!(#(#![doc = #lines])*)
    }

    fn separate(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }
}

impl ToTokens for Docs {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let lines = self.lines.iter().map(|line| padded(line));
        tokens.extend(quote!(#(#[doc = #lines])*));
    }
}

fn padded(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}

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
            escape_prose(part, &mut escaped);
        }
    }
    escaped
}

fn escape_prose(text: &str, escaped: &mut String) {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|letter| !is_word(letter)).unwrap_or(rest.len());
        if end > 0 {
            let (word, after) = rest.split_at(end);
            if is_name(word) {
                escaped.push('`');
                escaped.push_str(word);
                escaped.push('`');
            } else {
                escaped.push_str(word);
            }
            rest = after;
            continue;
        }
        if matches!(first, '[' | ']' | '<' | '>' | '*' | '#' | '|' | '\\') {
            escaped.push('\\');
        }
        escaped.push_str(&harmless(&rest[..first.len_utf8()]));
        rest = &rest[first.len_utf8()..];
    }
}

/// Whether a word is a name rather than English: `Owner_Account`, `SDKAppID`.
fn is_name(word: &str) -> bool {
    let upper = word.chars().filter(|letter| letter.is_uppercase()).count();
    let lower = word.chars().filter(|letter| letter.is_lowercase()).count();
    let is_plural_acronym = lower == 1 && word.ends_with('s');
    word.contains('_') || (upper >= 2 && lower >= 1 && !is_plural_acronym)
}

/// Shows control characters and those that turn the direction of text.
fn harmless(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{061c}'
            | '\u{200e}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => shown.extend(letter.escape_unicode()),
            letter if letter.is_control() => shown.push(' '),
            letter => shown.push(letter),
        }
    }
    shown
}

fn wrap(text: &str, first: &str, rest: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in text.split_whitespace() {
        if !is_empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut line, rest.to_owned()));
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        assert_eq!(escape("a [link](x) <b>"), r"a \[link\](x) \<b\>");
        assert_eq!(escape("`Vec<T>`"), "`Vec<T>`");
        assert_eq!(escape("```rust\npanic!()\n```"), "'''rust panic!() '''");
        assert_eq!(escape("\u{202e}abc"), r"\u{202e}abc");
        assert_eq!(escape("an open ` quote"), "an open ` quote`");
    }

    #[test]
    fn names_of_the_documents_are_shown_as_code() {
        assert_eq!(
            escape("ErrorInfo says which; the SDKAppID, Owner_Account, `RoomId`."),
            "`ErrorInfo` says which; the `SDKAppID`, `Owner_Account`, `RoomId`."
        );
        assert_eq!(
            escape("URLs, IDs, JSON, UTF-8, Chat, A."),
            "URLs, IDs, JSON, UTF-8, Chat, A."
        );
    }

    #[test]
    fn long_text_is_wrapped_and_nothing_is_lost() {
        let text = "word ".repeat(60);
        let lines = wrap(&text, "- ", "  ");
        assert!(lines.iter().all(|line| line.len() <= WIDTH));
        assert!(lines[0].starts_with("- word") && lines[1].starts_with("  word"));
        assert_eq!(lines.join(" ").matches("word").count(), 60);
    }
}
