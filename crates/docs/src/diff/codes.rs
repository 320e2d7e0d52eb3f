//! The table of error codes against the codes of the schema.

use serde_json::{Value, json};
use trtc_rooms_schema::facts::Deviation;

use crate::diff::Comparison;
use crate::diff::fields::excerpt;
use crate::edit::{Edit, Element};
use crate::rate::{Rate, find_rate};
use crate::report::Entry;

impl Comparison<'_> {
    pub(super) fn codes(&mut self) {
        let known = &self.file.document.codes;
        for row in &self.page.codes {
            if known.iter().any(|code| code.code == row.code) {
                self.narrow_rate(row.code, &row.text, row.line);
                continue;
            }
            let place = self.here("/codes");
            let subject = row.code.to_string();
            let sides = (format!("{}: listed", row.code), "not listed");
            let mut entry = Entry::new(Deviation::NewCode, &subject, row.line, sides, place);
            entry = match self.common_code(row.code) {
                // It has a name and words already: those of the common table.
                Some(value) => {
                    let next = known.iter().find(|code| code.code > row.code);
                    entry.edit(Edit::Add {
                        list: "/codes".to_owned(),
                        before: next.map(|code| Element::Code(code.code)),
                        value,
                    })
                }
                None => entry,
            };
            self.add(entry.note(excerpt(&row.text)));
        }
        // A page without a single code was not read: no code is gone.
        if self.page.codes.is_empty() {
            return;
        }
        for (index, code) in known.iter().enumerate() {
            if self.page.codes.iter().any(|row| row.code == code.code) {
                continue;
            }
            let place = self.here(&format!("/codes/{index}"));
            let subject = format!("{} {}", code.code, code.name);
            let sides = (format!("{}: not listed", code.code), "listed");
            let entry = Entry::new(Deviation::RemovedCode, &subject, 0, sides, place);
            self.add(entry.edit(Edit::Drop {
                list: "/codes".to_owned(),
                element: Element::Code(code.code),
            }));
        }
    }

    /// The entry of a code in the tables that are common to all endpoints.
    fn common_code(&self, code: i32) -> Option<Value> {
        let tables = self
            .set
            .files()
            .filter(|file| file.document.endpoint.is_none() && !file.document.codes.is_empty());
        tables
            .filter_map(|file| file.value["codes"].as_array())
            .flatten()
            .find(|entry| entry["code"] == json!(code))
            .cloned()
    }

    /// A rate that the text of a code states, against the one that the code answers.
    fn narrow_rate(&mut self, code: i32, text: &str, line: usize) {
        let Some(stated) = find_rate(text) else {
            return;
        };
        for (index, narrow) in self.facts.other_rates.iter().enumerate() {
            let known = Rate {
                calls: narrow.calls,
                per_seconds: narrow.per_seconds,
            };
            if narrow.code == code && known != stated {
                let sides = (stated.to_string(), known.to_string());
                let place = self.here(&format!("/endpoint/otherRates/{index}"));
                let subject = format!("of code {code}");
                self.add(Entry::new(Deviation::Rate, &subject, line, sides, place));
            }
        }
    }
}
