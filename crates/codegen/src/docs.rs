//! Documentation comments from texts that a page, and so anybody, may have
//! written.

mod escape;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

pub(crate) use escape::{code, escape};

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

/// Breaks a text into lines. Code in back quotes stays on one line.
fn wrap(text: &str, first: &str, rest: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in words(text) {
        if !is_empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut line, rest.to_owned()));
            is_empty = true;
        }
        if is_empty {
            line.push_str(&escape::at_line_start(&word));
        } else {
            line.push(' ');
            line.push_str(&word);
        }
        is_empty = false;
    }
    lines.push(line);
    lines
}

/// The words of a text, with code in back quotes as part of one word.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut is_code = false;
    for letter in text.chars() {
        is_code ^= letter == '`';
        if !letter.is_whitespace() {
            word.push(letter);
        } else if is_code {
            word.push(' ');
        } else if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_wrapped_and_nothing_is_lost() {
        let text = "word ".repeat(60);
        let lines = wrap(&text, "- ", "  ");
        assert!(lines.iter().all(|line| line.len() <= WIDTH));
        assert!(lines[0].starts_with("- word") && lines[1].starts_with("  word"));
        assert_eq!(lines.join(" ").matches("word").count(), 60);
    }

    #[test]
    fn code_is_not_broken() {
        let text = format!("{} `a b {}` end", "x".repeat(70), "c ".repeat(40));
        let lines = wrap(&text, "", "");
        assert_eq!(lines.len(), 3);
        assert!(lines[1].starts_with("`a b c") && lines[1].ends_with('`'));
    }

    #[test]
    fn a_line_does_not_begin_a_list_or_a_block() {
        for start in ["-", "+", "1.", "23)", "=====", "---", "___", "~~~rust"] {
            let text = format!("{} {start} {}", "x".repeat(80), "y".repeat(20));
            for text in [text.as_str(), start] {
                let lines = wrap(text, "", "");
                assert!(
                    !lines.iter().any(|line| line.starts_with(start)),
                    "{lines:?}"
                );
            }
        }
        assert_eq!(wrap("23) -1", "", ""), [r"23\) -1"]);
        assert_eq!(wrap("# Errors", "", ""), ["# Errors"]);
    }
}
