use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use trtc_rooms_docs::page::Page;
use trtc_rooms_docs::report::Report;
use trtc_rooms_docs::{Wording, compare, read_bytes};
use trtc_rooms_schema::SchemaSet;

pub(crate) const PAGES: [&str; 3] = [
    "live_update_room_info",
    "live_create_room",
    "conference_create_room",
];
pub(crate) const FORMS: [&str; 3] = ["html", "md", "txt"];

pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name)
}

pub(crate) fn schemas() -> &'static SchemaSet {
    static SCHEMAS: OnceLock<SchemaSet> = OnceLock::new();
    SCHEMAS.get_or_init(|| SchemaSet::load(&folder("schemas")).unwrap_or_else(|p| panic!("{p}")))
}

/// The schemas with another text of one file, or without it.
pub(crate) fn schemas_with(name: &str, text: Option<&str>) -> SchemaSet {
    let files = schemas().files().filter_map(|file| {
        if file.name == name {
            Some((name.to_owned(), text?.to_owned()))
        } else {
            Some((file.name.clone(), file.text.clone()))
        }
    });
    SchemaSet::from_files(files).unwrap_or_else(|problems| panic!("{problems}"))
}

pub(crate) fn fixture(name: &str) -> String {
    let path = folder("fixtures").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub(crate) fn page(name: &str, text: &str) -> Page {
    read_bytes(Path::new(name), text.as_bytes())
}

/// The wording of a fixture, as if it had been accepted.
pub(crate) fn wording(name: &str) -> Wording {
    let mut wording = Wording::default();
    let (endpoint, _) = name.split_once('.').unwrap();
    let endpoint = endpoint.replacen('_', "/", 1);
    wording.record(&endpoint, &page(name, &fixture(name)), true);
    wording
}

/// A page, named as the fixture that it was made of, against the schemas and the
/// wording of the fixture.
pub(crate) fn report(name: &str, text: &str) -> Report {
    compare(name, &page(name, text), schemas(), &wording(name))
}

/// The differences of a report in short lines.
pub(crate) fn lines(report: &Report) -> Vec<String> {
    let entries = report.entries.iter().map(|entry| {
        let subject = entry.subject.rsplit('/').next().unwrap_or_default();
        format!(
            "{} {subject}: {} / {}",
            entry.kind.name(),
            entry.page,
            entry.schema
        )
    });
    let unread = report
        .unread
        .iter()
        .map(|unread| format!("unread: {}", unread.what));
    entries.chain(unread).collect()
}

/// Words as they stand in the source of a form.
pub(crate) fn in_form(form: &str, words: &str) -> String {
    match form {
        "html" => words.replace('"', "&quot;"),
        _ => words.to_owned(),
    }
}
