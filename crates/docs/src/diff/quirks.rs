//! Deliberate deviations. A quirk names what it excuses, and is itself reported when the
//! page no longer says it.

use trtc_rooms_schema::facts::{Deviation, Excuse};

use crate::diff::Comparison;
use crate::report::{Entry, Kind};

impl Comparison<'_> {
    pub(super) fn quirks(&mut self) {
        for (index, quirk) in self.file.document.quirks.iter().enumerate() {
            for (place, excuse) in quirk.excuses.iter().enumerate() {
                if self.excuse(&quirk.about, excuse) {
                    continue;
                }
                let pointer = format!("/quirks/{index}/excuses/{place}");
                let entry = Entry {
                    kind: Kind::StaleQuirk,
                    subject: quirk.about.clone(),
                    line: 0,
                    page: "no longer says this, or the schema agrees with it now".to_owned(),
                    schema: format!("{}: {}", excuse.difference.as_str(), excuse.page),
                    place: self.here(&pointer),
                    note: None,
                    edit: None,
                };
                self.add(entry);
            }
        }
    }

    /// Takes what is excused out of the report; whether there was anything.
    fn excuse(&mut self, about: &str, excuse: &Excuse) -> bool {
        let before = self.report.entries.len() + self.report.unread.len();
        if excuse.difference == Deviation::Unread {
            self.report
                .unread
                .retain(|unread| unread.what != excuse.page);
        }
        let file = &self.file.name;
        self.report.entries.retain(|entry| {
            let here = entry.place.file == *file && is_about(&entry.place.pointer, about);
            let is_excused = entry.kind == Kind::Deviation(excuse.difference)
                && entry.page == excuse.page
                && (here || entry.place.file != *file);
            !is_excused
        });
        before > self.report.entries.len() + self.report.unread.len()
    }
}

/// Whether a pointer is another one, or leads to something directly in it: a quirk about
/// a field excuses its limits, and none of its neighbours'.
fn is_about(pointer: &str, about: &str) -> bool {
    pointer == about
        || pointer
            .rsplit_once('/')
            .is_some_and(|(holder, _)| holder == about)
}
