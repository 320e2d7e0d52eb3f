//! Comparing a page with the schema file of the endpoint that it describes.

mod codes;
mod default;
mod endpoint;
mod fields;
mod limits;
mod meaning;
pub(crate) mod members;
mod quirks;
mod response;
mod samples;
pub(crate) mod values;

pub(crate) use meaning::sayings;

use trtc_rooms_schema::facts::{Deviation, EndpointFacts};
use trtc_rooms_schema::{SchemaFile, SchemaSet};

use crate::edit::Edit;
use crate::page::{Page, Unread};
use crate::report::{Entry, Kind, Place, Report};
use crate::sample::Direction;
use crate::scaffold::file_for;
use crate::wording::Wording;

/// Compares a page, named as its file was, with the schemas.
pub fn compare(name: &str, page: &Page, set: &SchemaSet, wording: &Wording) -> Report {
    let mut report = Report {
        page: name.to_owned(),
        form: page.form,
        read: read(page),
        path: page.path.as_ref().map(|path| path.value.clone()),
        schema: None,
        entries: Vec::new(),
        unread: page.unread.clone(),
        notes: Vec::new(),
    };
    let Some(path) = &page.path else {
        return report;
    };
    let Some((file, facts)) = endpoint_of(set, &path.value) else {
        report.entries.push(Entry {
            kind: Kind::NewEndpoint,
            subject: path.value.clone(),
            line: path.line,
            page: "describes it".to_owned(),
            schema: "no file describes it".to_owned(),
            place: Place::new("", ""),
            note: Some(match file_for(set, &path.value) {
                Some(file) => format!(
                    "`cargo xtask docs scaffold {name} --out schemas/{file}` writes a draft"
                ),
                None => format!("`cargo xtask docs scaffold {name}` prints a draft"),
            }),
            edit: None,
        });
        return report;
    };
    report.schema = Some(file.name.clone());
    let mut comparison = Comparison {
        page,
        set,
        file,
        facts,
        report,
    };
    comparison.endpoint();
    let request = comparison.request_fields();
    comparison.response_fields();
    comparison.codes();
    comparison.samples(&request);
    comparison.meaning(&request, wording);
    comparison.quirks();
    comparison.report.unread.sort();
    comparison.report.unread.dedup();
    comparison.report
}

/// The file of the endpoint with a path.
pub(crate) fn endpoint_of<'a>(
    set: &'a SchemaSet,
    path: &str,
) -> Option<(&'a SchemaFile, &'a EndpointFacts)> {
    set.endpoints().find_map(|file| {
        let facts = file.document.endpoint.as_ref()?;
        (facts.path == path).then_some((file, facts))
    })
}

/// A comparison that is being made.
struct Comparison<'a> {
    page: &'a Page,
    set: &'a SchemaSet,
    file: &'a SchemaFile,
    facts: &'a EndpointFacts,
    report: Report,
}

impl<'a> Comparison<'a> {
    /// A place in the file of the endpoint.
    fn here(&self, pointer: &str) -> Place {
        Place::new(&self.file.name, pointer)
    }

    fn unread(&mut self, line: usize, what: String) {
        self.report.unread.push(Unread { line, what });
    }

    fn add(&mut self, entry: Entry) {
        self.report.entries.push(entry);
    }

    /// The paths of the members of all samples of one direction, without the object
    /// that replies nest their data in.
    fn sample_paths(&self, direction: Direction) -> Vec<(Vec<&'a str>, usize)> {
        let samples = self.page.samples.iter();
        samples
            .filter(|sample| sample.direction == direction)
            .flat_map(|sample| &sample.members)
            .filter_map(|member| {
                let mut path: Vec<&str> = member.path.iter().map(String::as_str).collect();
                if direction == Direction::Response && path.first() == Some(&"Response") {
                    path.remove(0);
                }
                (!path.is_empty()).then_some((path, member.line))
            })
            .collect()
    }
}

impl Entry {
    /// A difference that a quirk may excuse.
    fn new(
        kind: Deviation,
        subject: &str,
        line: usize,
        (page, schema): (impl Into<String>, impl Into<String>),
        place: Place,
    ) -> Self {
        Self {
            kind: Kind::Deviation(kind),
            subject: subject.to_owned(),
            line,
            page: page.into(),
            schema: schema.into(),
            place,
            note: None,
            edit: None,
        }
    }

    fn edit(mut self, edit: Edit) -> Self {
        self.edit = Some(edit);
        self
    }

    fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

fn read(page: &Page) -> String {
    let count = |count: usize, thing: &str| match count {
        1 => format!("1 {thing}"),
        count => format!("{count} {thing}s"),
    };
    let mut parts = Vec::new();
    parts.extend(
        page.title
            .as_ref()
            .map(|title| format!("`{}`", title.value)),
    );
    parts.extend(page.updated.as_ref().map(|date| date.value.to_string()));
    parts.push(count(page.hosts.len(), "host"));
    parts.extend(page.rate.as_ref().map(|rate| rate.value.to_string()));
    parts.push(count(page.request.len(), "request field"));
    parts.push(count(page.response.len(), "response field"));
    parts.push(count(page.codes.len(), "error code"));
    parts.push(count(page.samples.len(), "sample"));
    parts.join(", ")
}
