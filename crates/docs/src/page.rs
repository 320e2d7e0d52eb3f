//! What a page says, whatever form it was saved in. Every item knows its line.

use std::fmt;

use serde::Serialize;

use crate::date::Date;
use crate::rate::Rate;
use crate::sample::Sample;
use crate::statement::Statements;

/// The form of a saved page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Form {
    /// Saved by the browser.
    Html,
    /// Converted to Markdown.
    Markdown,
    /// Select all, copy, paste.
    Text,
}

/// What a page says about one endpoint.
#[derive(Clone, Debug)]
pub struct Page {
    /// The form that it was read from.
    pub form: Form,
    /// The vendor's title.
    pub title: Option<Located<String>>,
    /// When the vendor last changed it.
    pub updated: Option<Located<Date>>,
    /// The path of the URL without a leading slash.
    pub path: Option<Located<String>>,
    /// Other paths that it names.
    pub other_paths: Vec<Located<String>>,
    /// The hosts that it names, each once.
    pub hosts: Vec<Located<String>>,
    /// The rate of calls.
    pub rate: Option<Located<Rate>>,
    /// The table of request fields.
    pub request: Vec<Field>,
    /// The table of response fields.
    pub response: Vec<Field>,
    /// The table of error codes.
    pub codes: Vec<CodeRow>,
    /// The JSON samples.
    pub samples: Vec<Sample>,
    /// Words that stand alone on a line or in a cell and may be values of a field.
    pub words: Vec<Word>,
    /// Sentences outside of tables that state a limit.
    pub remarks: Vec<Located<String>>,
    /// What the overview says, in one line.
    pub overview: Option<Located<String>>,
    /// What could not be read.
    pub unread: Vec<Unread>,
}

/// Something, and the line that it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The thing.
    pub value: T,
    /// The line, counted from 1.
    pub line: usize,
}

/// A row of a table of fields.
#[derive(Clone, Debug)]
pub struct Field {
    /// The line of the name.
    pub line: usize,
    /// The name as printed: `RoomId`, or `RoomInfo.RoomId`.
    pub name: String,
    /// The type, if the row has one that is known.
    pub kind: Option<FieldType>,
    /// Whether it is mandatory, if the row says so.
    pub required: Option<bool>,
    /// The description, one line a paragraph.
    pub text: String,
    /// What the description states.
    pub statements: Statements,
}

/// The type of a field as a page gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldType {
    /// The JSON type.
    pub json: &'static str,
    /// The JSON type of the elements of an array, where the page says it.
    pub element: Option<&'static str>,
}

/// A row of a table of error codes.
#[derive(Clone, Debug)]
pub struct CodeRow {
    /// The line of the number.
    pub line: usize,
    /// The number.
    pub code: i32,
    /// What the page says about it.
    pub text: String,
}

/// A word that stands alone.
#[derive(Clone, Debug)]
pub struct Word {
    /// The line.
    pub line: usize,
    /// The word.
    pub text: String,
    /// Words of the same section or table have the same number.
    pub group: usize,
    /// The place among the lines and cells: in a table, the distance of two cells of a
    /// column is a multiple of the number of columns.
    pub position: usize,
}

/// Something that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Unread {
    /// The line, or 0 when it is the page as a whole.
    pub line: usize,
    /// What it is, without the line.
    pub what: String,
}

impl Page {
    pub(crate) fn new(form: Form) -> Self {
        Self {
            form,
            title: None,
            updated: None,
            path: None,
            other_paths: Vec::new(),
            hosts: Vec::new(),
            rate: None,
            request: Vec::new(),
            response: Vec::new(),
            codes: Vec::new(),
            samples: Vec::new(),
            words: Vec::new(),
            remarks: Vec::new(),
            overview: None,
            unread: Vec::new(),
        }
    }

    pub(crate) fn unread(&mut self, line: usize, what: impl Into<String>) {
        self.unread.push(Unread {
            line,
            what: what.into(),
        });
    }
}

impl<T> Located<T> {
    pub(crate) fn new(value: T, line: usize) -> Self {
        Self { value, line }
    }
}

impl Field {
    /// The last part of the name: `RoomId` of `RoomInfo.RoomId`.
    pub fn leaf(&self) -> &str {
        self.path().last().copied().unwrap_or(&self.name)
    }

    /// The parts of the name, without the brackets of lists.
    pub(crate) fn path(&self) -> Vec<&str> {
        self.name
            .split('.')
            .map(|part| part.trim_end_matches("[]").trim_end_matches("[N]"))
            .filter(|part| !part.is_empty() && *part != "N")
            .collect()
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Form::Html => "HTML",
            Form::Markdown => "Markdown",
            Form::Text => "plain text",
        })
    }
}

impl fmt::Display for FieldType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.element {
            Some(element) => write!(f, "{} of {element}", self.json),
            None => f.write_str(self.json),
        }
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}", self.what),
            line => write!(f, "line {line}: {}", self.what),
        }
    }
}
