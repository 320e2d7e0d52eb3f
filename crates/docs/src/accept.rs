//! Applying what is mechanical about a report to the schema file.

use trtc_rooms_schema::SchemaSet;

use crate::report::{Entry, Kind, Outcome, Report};

/// A schema file with a report applied to it.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// The file, relative to `schemas/`.
    pub file: String,
    /// Its new text.
    pub text: String,
    /// What was applied, in words.
    pub applied: Vec<String>,
    /// What is left to a person, each with the reason if it could have been applied.
    pub left: Vec<(Entry, Option<String>)>,
}

/// Applies date, rate, regions, limits and codes to the file that a report is about.
///
/// An edit after which the schemas would no longer be right, such as a limit that an
/// example breaks, is not made and is left with its reason.
///
/// # Errors
///
/// In words, why nothing can be applied: the page has no schema, is an older copy, or
/// could not be read in full, so that what looks removed may just not have been read.
pub fn accept(report: &Report, set: &SchemaSet) -> Result<Accepted, String> {
    if report.path.is_none() {
        return Err("nothing tells which endpoint the page is about".to_owned());
    }
    let file = report
        .schema
        .as_ref()
        .and_then(|name| set.file(name))
        .ok_or("no schema describes this page: `cargo xtask docs scaffold` writes a draft")?;
    if report.outcome() == Outcome::Unreadable {
        return Err("the page could not be read in full, so that nothing is applied".to_owned());
    }
    let is_older = |entry: &Entry| entry.kind == Kind::Date && entry.edit.is_none();
    if report.entries.iter().any(is_older) {
        return Err("the page is an older copy than the one that the schema follows".to_owned());
    }
    let mut accepted = Accepted {
        file: file.name.clone(),
        text: file.text.clone(),
        applied: Vec::new(),
        left: Vec::new(),
    };
    for entry in &report.entries {
        let Some(edit) = &entry.edit else {
            accepted.left.push((entry.clone(), None));
            continue;
        };
        let result = edit.apply(&accepted.text).and_then(|text| {
            check(set, &accepted.file, &text)?;
            Ok(text)
        });
        match result {
            Ok(text) => {
                accepted.text = text;
                accepted.applied.push(applied(entry));
            }
            Err(reason) => accepted.left.push((entry.clone(), Some(reason))),
        }
    }
    Ok(accepted)
}

fn applied(entry: &Entry) -> String {
    let subject = match entry.subject.as_str() {
        "" => String::new(),
        subject => format!(" {subject}"),
    };
    format!(
        "{}{subject}: {} (was: {})",
        entry.kind.title(),
        entry.page,
        entry.schema
    )
}

/// Whether the schemas are right with a new text of one file.
fn check(set: &SchemaSet, file: &str, text: &str) -> Result<(), String> {
    let files = set.files().map(|known| {
        let text = if known.name == file {
            text
        } else {
            &known.text
        };
        (known.name.as_str(), text)
    });
    SchemaSet::from_files(files)
        .map(drop)
        .map_err(|problems| problems.to_string())
}
