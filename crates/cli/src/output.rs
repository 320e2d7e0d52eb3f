//! Standard output and standard error: formats, colour, JSON.

use std::fmt::{self, Display};
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use clap::ValueEnum;
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use crate::text::steers;

/// How results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// Standard output with a buffer. Flush it at the end: only that tells whether
/// everything was written.
pub(crate) fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(64 * 1024, io::stdout().lock())
}

/// Writes one line of JSON.
pub(crate) fn json_line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(
        &mut *out,
        ForTerminals(CompactFormatter),
    ))?;
    out.write_all(b"\n")
}

/// Writes JSON for people and programs.
pub(crate) fn json_pretty(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(
        &mut *out,
        ForTerminals(PrettyFormatter::new()),
    ))?;
    out.write_all(b"\n")
}

/// Says on standard error why the run ends. If nobody listens, nothing is lost.
pub(crate) fn error(message: &str) {
    say(Style::Error, "error", message);
}

/// Says on standard error what should be known, although the run goes on.
pub(crate) fn warning(message: &str) {
    say(Style::Warning, "warning", message);
}

/// Says on standard error what may help.
pub(crate) fn note(message: &str) {
    say(Style::Note, "note", message);
}

fn say(style: Style, word: &str, message: &str) {
    let mut stderr = io::stderr().lock();
    let paint = Paint::for_stream(&stderr);
    // One write, so that lines of several programs do not mix.
    let line = format!("{}: {message}\n", paint.with(style, word));
    let _ = stderr.write_all(line.as_bytes());
}

/// What the operating system says, without the number of the error.
pub(crate) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

/// What a piece of text is, and so how it looks in a terminal.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Style {
    Good,
    Error,
    Warning,
    Note,
    Name,
}

/// Whether colours are used.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint(bool);

impl Paint {
    /// Colours only for a terminal, and not if `NO_COLOR` is set or it is a simple one.
    pub(crate) fn for_stream(stream: &impl IsTerminal) -> Self {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_simple = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self(stream.is_terminal() && !is_set("NO_COLOR") && !is_simple)
    }

    pub(crate) fn stdout() -> Self {
        Self::for_stream(&io::stdout())
    }

    pub(crate) fn with<T: Display>(self, style: Style, text: T) -> impl Display {
        Painted {
            paint: self,
            style,
            text,
        }
    }
}

struct Painted<T> {
    paint: Paint,
    style: Style,
    text: T,
}

impl<T: Display> Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.paint.0 {
            return self.text.fmt(f);
        }
        let code = match self.style {
            Style::Good => "32",
            Style::Error => "1;31",
            Style::Warning => "33",
            Style::Note => "36",
            Style::Name => "1",
        };
        write!(f, "\x1b[{code}m{}\x1b[0m", self.text)
    }
}

/// JSON in which nothing steers a terminal. JSON has to escape no more than U+0000 to
/// U+001F, and terminals know more than these.
struct ForTerminals<F>(F);

macro_rules! as_inner {
    ($($method:ident($($argument:ident: $type:ty),*);)*) => {
        $(fn $method<W: ?Sized + Write>(&mut self, writer: &mut W, $($argument: $type),*) -> io::Result<()> {
            self.0.$method(writer, $($argument),*)
        })*
    };
}

impl<F: Formatter> Formatter for ForTerminals<F> {
    as_inner! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        end_object_key();
        begin_object_value();
        end_object_value();
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut plain = 0;
        for (at, character) in fragment.char_indices().filter(|(_, each)| steers(*each)) {
            writer.write_all(&fragment.as_bytes()[plain..at])?;
            write!(writer, "\\u{:04x}", u32::from(character))?;
            plain = at + character.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[plain..])
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a13_json_does_not_steer_and_means_the_same() {
        let value = json!({ "房\u{9b}": ["\u{1b}[2J\u{7f}", 1, null, {}], "\u{202e}": [] });
        let (mut line, mut pretty) = (Vec::new(), Vec::new());
        json_line(&mut line, &value).unwrap();
        json_pretty(&mut pretty, &value).unwrap();
        assert_eq!(
            line.iter().position(|byte| *byte == b'\n'),
            Some(line.len() - 1)
        );
        for written in [line, pretty] {
            let text = String::from_utf8(written).unwrap();
            assert!(
                !text
                    .trim_end()
                    .contains(|each| steers(each) && each != '\n')
            );
            assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        }
    }

    #[test]
    fn the_reason_is_without_a_number() {
        let error = io::Error::from_raw_os_error(2);
        assert!(!reason(&error).contains("os error"), "{}", reason(&error));
    }
}
