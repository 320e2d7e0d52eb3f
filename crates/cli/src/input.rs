//! Reading: files and standard input, whole or line by line, within bounds, and what
//! is wrong with a text that should be JSON.

use std::fmt::{self, Display};
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::path::Path;

use serde::Serialize;
use serde_json::Value;

use crate::exit::Failure;
use crate::output::{note, reason};
use crate::text::{escaped, shortened, shown_path};

/// The longest request that is read, in bytes. A limit of this command, so that no
/// input can take all memory.
pub(crate) const MAX_REQUEST: usize = 16 << 20;

/// Where input comes from.
pub(crate) struct Source {
    name: String,
    reader: Box<dyn Read>,
}

impl Source {
    /// Opens a file, or standard input for `-` and for nothing at all.
    pub(crate) fn open(file: Option<&Path>) -> Result<Self, Failure> {
        match file {
            Some(path) if path != Path::new("-") => Self::file(path),
            _ => Ok(Self::stdin()),
        }
    }

    /// Standard input.
    pub(crate) fn stdin() -> Self {
        let stdin = io::stdin().lock();
        if stdin.is_terminal() {
            note("reading from the terminal; Ctrl-D on a line of its own ends the input");
        }
        Self {
            name: "standard input".to_owned(),
            reader: Box::new(stdin),
        }
    }

    fn file(path: &Path) -> Result<Self, Failure> {
        let name = shown_path(path);
        let file = File::open(path).map_err(|error| unreadable(&name, &error))?;
        // Opening a folder works, and reading it fails with words that nobody expects.
        if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
            return Err(Failure::refused(format!(
                "cannot read {name}: it is a directory"
            )));
        }
        Ok(Self {
            name,
            reader: Box::new(file),
        })
    }

    /// How a message calls it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Reads everything, but no more than `limit` bytes.
    pub(crate) fn read_all(self, limit: usize) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        self.reader
            .take(limit as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| unreadable(&self.name, &error))?;
        if bytes.len() > limit {
            return Err(Failure::refused(format!(
                "{} is longer than {}",
                self.name,
                Bytes(limit)
            )));
        }
        Ok(bytes)
    }

    /// Reads it line by line.
    pub(crate) fn into_lines(self) -> Lines {
        Lines {
            name: self.name,
            reader: BufReader::with_capacity(64 * 1024, self.reader),
            line: Vec::new(),
            number: 0,
        }
    }
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    Failure::refused(format!("cannot read {name}: {}", reason(error)))
}

/// Input line by line. The memory for a line is used again for the next one.
pub(crate) struct Lines {
    name: String,
    reader: BufReader<Box<dyn Read>>,
    line: Vec<u8>,
    number: u64,
}

/// One line, without its end.
pub(crate) enum Line<'a> {
    Text(&'a [u8]),
    /// The line is longer than [`MAX_REQUEST`]. It was skipped.
    TooLong,
}

impl Lines {
    /// How a message calls the input.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The number of the line that was read last, counted from 1.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// Reads the next line. Before this waits for more input it calls `idle`, so that
    /// results can be shown instead of being held back.
    pub(crate) fn next(
        &mut self,
        mut idle: impl FnMut() -> Result<(), Failure>,
    ) -> Result<Option<Line<'_>>, Failure> {
        self.line.clear();
        // One huge line should not keep its memory for ever.
        self.line.shrink_to(1 << 20);
        let (mut is_empty, mut is_too_long) = (true, false);
        loop {
            if self.reader.buffer().is_empty() {
                idle()?;
            }
            let chunk = match self.reader.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(unreadable(&self.name, &error)),
            };
            if chunk.is_empty() {
                break;
            }
            is_empty = false;
            let end = chunk.iter().position(|byte| *byte == b'\n');
            let part = &chunk[..end.unwrap_or(chunk.len())];
            if self.line.len() + part.len() > MAX_REQUEST {
                is_too_long = true;
                self.line.clear();
            } else if !is_too_long {
                self.line.extend_from_slice(part);
            }
            let used = part.len() + usize::from(end.is_some());
            self.reader.consume(used);
            if end.is_some() {
                break;
            }
        }
        if is_empty {
            return Ok(None);
        }
        self.number += 1;
        Ok(Some(if is_too_long {
            Line::TooLong
        } else {
            Line::Text(&self.line)
        }))
    }
}

/// A text that should be JSON and is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Problem {
    /// Counted from 1.
    pub(crate) line: u64,
    /// In characters, counted from 1.
    pub(crate) column: u64,
    /// Without anything that the text says, apart from names of members.
    pub(crate) message: String,
}

impl Problem {
    /// The problem of a line that is too long to be read.
    pub(crate) fn too_long(line: u64) -> Self {
        Self {
            line,
            column: 1,
            message: format!("the line is longer than {}", Bytes(MAX_REQUEST)),
        }
    }

    fn at(bytes: &[u8], offset: usize, message: impl Into<String>) -> Self {
        let lines = bytes[..offset].split(|byte| *byte == b'\n');
        let (line, before) = lines
            .zip(1..)
            .last()
            .map_or((1, &[][..]), |(before, line)| (line, before));
        Self {
            line,
            column: characters(before) + 1,
            message: message.into(),
        }
    }
}

impl Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            line,
            column,
            message,
        } = self;
        write!(f, "line {line}, column {column}: {message}")
    }
}

/// Reads JSON text. Nothing in it is lost or guessed: it has to be UTF-8, one
/// document, and no object in it may have two members of one name.
pub(crate) fn parse(bytes: &[u8]) -> Result<Value, Problem> {
    const BOM: &[u8] = "\u{feff}".as_bytes();
    if matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
        return Err(Problem::at(bytes, 0, "it is UTF-16, and has to be UTF-8"));
    }
    if bytes.starts_with(BOM) {
        let message =
            "a byte order mark (U+FEFF) does not belong in JSON: save the text without it";
        return Err(Problem::at(bytes, 0, message));
    }
    let text = str::from_utf8(bytes)
        .map_err(|error| Problem::at(bytes, error.valid_up_to(), "it is not UTF-8"))?;
    if is_blank(bytes) {
        return Err(Problem::at(
            bytes,
            0,
            "it is empty, where a JSON object is needed",
        ));
    }
    trtc_rooms_model::json::parse(text).map_err(|error| misread(text, &error))
}

/// Whether there is nothing but what JSON takes for space.
pub(crate) fn is_blank(bytes: &[u8]) -> bool {
    bytes
        .iter()
        .all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

/// What is wrong with a text that is JSON, or should be.
pub(crate) fn misread(text: &str, error: &serde_json::Error) -> Problem {
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message = error.to_string();
    let message = message.strip_suffix(&place).unwrap_or(&message);
    // The columns of the parser are bytes.
    let line = text.split('\n').nth(error.line().saturating_sub(1));
    let line = line.unwrap_or_default().as_bytes();
    let before = &line[..error.column().min(line.len())];
    Problem {
        line: error.line() as u64,
        column: characters(before).max(1),
        message: shortened(message),
    }
}

/// How many characters there are in UTF-8, or in the start of it.
fn characters(bytes: &[u8]) -> u64 {
    let begins = |byte: &&u8| **byte & 0xc0 != 0x80;
    bytes.iter().filter(begins).count() as u64
}

/// A number of bytes in words.
struct Bytes(usize);

impl Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            size if size >= 1 << 20 && size.is_multiple_of(1 << 20) => {
                write!(f, "{} MiB", size >> 20)
            }
            size => write!(f, "{size} bytes"),
        }
    }
}

/// The text of an argument of the command, if it is UTF-8.
pub(crate) fn utf8(bytes: Vec<u8>, name: &str) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let problem = Problem::at(error.as_bytes(), at, "it is not UTF-8");
        Failure::refused(format!("{}: {problem}", escaped(name)))
    })
}

#[cfg(test)]
mod tests;
