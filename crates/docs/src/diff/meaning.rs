//! Whether the page still says in the same words what things mean.
//!
//! The words of a page are the vendor's and stand in no file of ours; what they mean
//! is said there in ours. So that a changed sentence is noticed all the same,
//! `docs accept` records a fingerprint of each (see [`crate::wording`]).

use crate::diff::Comparison;
use crate::diff::fields::{Matched, excerpt};
use crate::page::Page;
use crate::report::{Entry, Kind};
use crate::wording::{Wording, fingerprint};

/// The words about one thing.
pub(crate) struct Saying {
    /// What it is: the name of a field, a code.
    pub(crate) key: String,
    pub(crate) line: usize,
    pub(crate) text: String,
    /// The text without the limits and defaults that are compared by themselves.
    pub(crate) rest: String,
}

impl Comparison<'_> {
    pub(super) fn meaning(&mut self, request: &Matched<'_>, wording: &Wording) {
        let mut unrecorded = 0;
        for saying in sayings(self.page) {
            let Some(place) = self.place_of(&saying.key, request) else {
                // Nothing of ours has the same meaning: it is new, and reported so.
                continue;
            };
            match wording.get(self.file.stem(), &saying.key) {
                None => unrecorded += 1,
                Some(known) if known == fingerprint(&saying.rest) => {}
                Some(_) => {
                    let entry = Entry {
                        kind: Kind::Meaning,
                        subject: saying.key.clone(),
                        line: saying.line,
                        page: "other words than before".to_owned(),
                        schema: "follows the words before".to_owned(),
                        place: self.here(&place),
                        note: Some(excerpt(&saying.text)),
                        edit: None,
                    };
                    self.add(entry);
                }
            }
        }
        if unrecorded > 0 {
            self.report.notes.push(format!(
                "the wording of {unrecorded} things is compared with nothing: `docs accept` records it"
            ));
        }
    }

    /// The pointer of what the page speaks of.
    fn place_of(&self, key: &str, request: &Matched<'_>) -> Option<String> {
        if key == "overview" {
            return Some("/description".to_owned());
        }
        if let Some(code) = key.strip_prefix("code ") {
            let codes = &self.file.document.codes;
            let index = codes
                .iter()
                .position(|known| known.code.to_string() == code)?;
            return Some(format!("/codes/{index}"));
        }
        if key.starts_with("response ") {
            return Some("/response".to_owned());
        }
        let name = key.strip_prefix("request ")?;
        let mut pairs = request.pairs.iter();
        let (_, member) = pairs.find(|(field, _)| field.name == name)?;
        Some(member.own.pointer.clone())
    }
}

/// Everything that a page says in words.
pub(crate) fn sayings(page: &Page) -> Vec<Saying> {
    let mut sayings = Vec::new();
    if let Some(overview) = &page.overview {
        sayings.push(Saying {
            key: "overview".to_owned(),
            line: overview.line,
            text: overview.value.clone(),
            rest: overview.value.clone(),
        });
    }
    for (direction, fields) in [("request", &page.request), ("response", &page.response)] {
        for field in fields {
            sayings.push(Saying {
                key: format!("{direction} {}", field.name),
                line: field.line,
                text: field.text.clone(),
                rest: field.statements.rest.clone(),
            });
        }
    }
    for row in &page.codes {
        sayings.push(Saying {
            key: format!("code {}", row.code),
            line: row.line,
            text: row.text.clone(),
            rest: row.text.clone(),
        });
    }
    sayings
}
