//! What a comparison finds, and how it is printed.

mod json;
mod text;

use std::fmt;

use trtc_rooms_schema::facts::Deviation;

use crate::edit::Edit;
use crate::page::{Form, Unread};

/// How one page differs from its schema file.
#[derive(Clone, Debug)]
pub struct Report {
    /// The page's file, as it was named.
    pub page: String,
    /// The form that it was read from.
    pub form: Form,
    /// What was read, in a line.
    pub read: String,
    /// The path that the page describes.
    pub path: Option<String>,
    /// The schema file, relative to `schemas/`.
    pub schema: Option<String>,
    /// The differences.
    pub entries: Vec<Entry>,
    /// What could not be read.
    pub unread: Vec<Unread>,
    /// What was noticed and is no difference.
    pub notes: Vec<String>,
}

/// One difference.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The kind.
    pub kind: Kind,
    /// What it is about: a field, a code, a region.
    pub subject: String,
    /// The line of the page, or 0 for the page as a whole.
    pub line: usize,
    /// What the page says, in few and fixed words: an excuse quotes them.
    pub page: String,
    /// What the schema says.
    pub schema: String,
    /// The place in the schema.
    pub place: Place,
    /// More for a person: what the page says in its own words, or what to do.
    pub note: Option<String>,
    /// What `docs accept` does about it.
    pub(crate) edit: Option<Edit>,
}

/// The kind of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// No schema describes the endpoint.
    NewEndpoint,
    /// One that a quirk can excuse.
    Deviation(Deviation),
    /// The words about something have changed.
    Meaning,
    /// A quirk excuses what the page no longer says.
    StaleQuirk,
    /// The date of the page alone: no difference by itself.
    Date,
}

/// A place in a schema file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to `schemas/`.
    pub file: String,
    /// The JSON pointer. What is not there yet has the pointer that it would get.
    pub pointer: String,
}

/// What a comparison ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Nothing but the date, at most.
    Same,
    /// There are differences.
    Different,
    /// Something could not be read: what is reported may not be all.
    Unreadable,
}

impl Report {
    /// How the comparison ends.
    pub fn outcome(&self) -> Outcome {
        if !self.unread.is_empty() {
            Outcome::Unreadable
        } else if self.entries.iter().any(|entry| entry.kind != Kind::Date) {
            Outcome::Different
        } else {
            Outcome::Same
        }
    }
}

impl Entry {
    /// Whether `docs accept` applies it.
    pub fn is_mechanical(&self) -> bool {
        self.edit.is_some()
    }

    /// Whether it is about the wording alone, which is settled by recording it.
    pub fn is_wording(&self) -> bool {
        self.kind == Kind::Meaning
    }
}

impl Outcome {
    /// The exit code.
    pub fn code(self) -> u8 {
        self as u8
    }
}

impl Kind {
    /// The name in JSON, and in the excuses of quirks.
    pub fn name(self) -> &'static str {
        match self {
            Kind::NewEndpoint => "newEndpoint",
            Kind::Deviation(deviation) => deviation.as_str(),
            Kind::Meaning => "meaning",
            Kind::StaleQuirk => "staleQuirk",
            Kind::Date => "date",
        }
    }

    /// What the name means, for people.
    pub fn title(self) -> &'static str {
        match self {
            Kind::NewEndpoint => "endpoint without a schema",
            Kind::Meaning => "changed meaning",
            Kind::StaleQuirk => "quirk that no longer applies",
            Kind::Date => "date",
            Kind::Deviation(deviation) => match deviation {
                Deviation::Title => "title",
                Deviation::Path => "another path",
                Deviation::Payload => "place of the reply's data",
                Deviation::Rate => "rate",
                Deviation::Region => "region",
                Deviation::NewField => "new field",
                Deviation::RemovedField => "removed field",
                Deviation::Place => "moved field",
                Deviation::Type => "type",
                Deviation::Required => "mandatory or optional",
                Deviation::TightenedLimit => "tightened limit",
                Deviation::LoosenedLimit => "loosened limit",
                Deviation::UnassignedLimit => "limit of nothing in the schema",
                Deviation::Default => "default",
                Deviation::NewValue => "new value",
                Deviation::RemovedValue => "removed value",
                Deviation::NewCode => "new code",
                Deviation::RemovedCode => "removed code",
                Deviation::Sample => "sample that the schema refuses",
                Deviation::Unread => "unreadable",
            },
        }
    }
}

impl Place {
    pub(crate) fn new(file: &str, pointer: &str) -> Self {
        Self {
            file: file.to_owned(),
            pointer: pointer.to_owned(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "schemas/{}", self.file)?;
        if !self.pointer.is_empty() {
            write!(f, "#{}", self.pointer)?;
        }
        Ok(())
    }
}
