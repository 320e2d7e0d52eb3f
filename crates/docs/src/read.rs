//! From the text of a saved file to a [`Page`].

mod assemble;
mod cells;
mod html;
mod markdown;
mod samples;
mod text;

use std::path::Path;

use crate::page::{Form, Page, Unread};

/// Larger files are no pages: the vendor's have some ten thousand bytes of text, and as
/// many times more of markup at most.
const MOST_BYTES: usize = 2 << 20;

/// Longer files are no pages either. Everything that is looked for in a page has such a
/// bound, so that no input takes long.
const MOST_LINES: usize = 100_000;

/// Reads a page. Whatever is wrong with it stands in [`Page::unread`](field@Page::unread).
pub fn read(text: &str, form: Form) -> Page {
    // A tab may part cells, which are lines to us.
    let lines = text.bytes().filter(|byte| b"\n\t".contains(byte)).count();
    if text.len() > MOST_BYTES || lines > MOST_LINES {
        let mut page = Page::new(form);
        let size = format!("{} bytes in {lines} lines", text.len());
        page.unread(0, format!("the file has {size}, more than any page"));
        return page;
    }
    let blocks = match form {
        Form::Html => html::read(text),
        Form::Markdown => markdown::read(text),
        Form::Text => text::read(text),
    };
    let mut page = assemble::assemble(blocks, form);
    page.unread.sort();
    page.unread.dedup();
    page
}

/// Reads the bytes of a saved file, of the form that its name and its first lines
/// tell.
pub fn read_bytes(name: &Path, bytes: &[u8]) -> Page {
    let form_of = |text: &str| form(name, text);
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            read(text, form_of(text))
        }
        Err(error) => {
            let lossy = String::from_utf8_lossy(bytes);
            let mut page = Page::new(form_of(&lossy));
            let before = &bytes[..error.valid_up_to()];
            page.unread.push(Unread {
                line: before.split(|byte| *byte == b'\n').count(),
                what: "is not UTF-8: save the page again".to_owned(),
            });
            page
        }
    }
}

/// Stands in for a page whose file could not be read, so that it is reported with the
/// others.
pub fn unreadable(name: &Path, reason: &str) -> Page {
    let mut page = Page::new(form(name, ""));
    page.unread(0, reason);
    page
}

fn form(name: &Path, text: &str) -> Form {
    let extension = name
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("html" | "htm" | "xhtml") => Form::Html,
        Some("md" | "markdown") => Form::Markdown,
        Some("txt") => Form::Text,
        _ => {
            let head: String = text.chars().take(2000).collect::<String>().to_lowercase();
            if head.contains("<html") || head.contains("<!doctype") || head.contains("<body") {
                Form::Html
            } else if text.lines().any(markdown::is_delimiter_row) {
                Form::Markdown
            } else {
                Form::Text
            }
        }
    }
}
