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

/// Makes markup of a text harmless: no links, no HTML, no code blocks, nothing
/// that turns the direction of text.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut in_code = false;
    let text = text.replace("```", "'''");
    for letter in text.chars() {
        match letter {
            '`' => {
                in_code = !in_code;
                escaped.push('`');
            }
            '[' | ']' | '<' | '>' | '*' | '#' | '|' if !in_code => {
                escaped.push('\\');
                escaped.push(letter);
            }
            '\u{061c}'
            | '\u{200e}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {
                escaped.extend(letter.escape_unicode());
            }
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    if in_code {
        escaped.push('`');
    }
    escaped
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
    fn long_text_is_wrapped_and_nothing_is_lost() {
        let text = "word ".repeat(60);
        let lines = wrap(&text, "- ", "  ");
        assert!(lines.iter().all(|line| line.len() <= WIDTH));
        assert!(lines[0].starts_with("- word") && lines[1].starts_with("  word"));
        assert_eq!(lines.join(" ").matches("word").count(), 60);
    }
}
