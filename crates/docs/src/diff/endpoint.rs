//! Title, date, path, rate, regions.

use serde_json::{Value, json};
use trtc_rooms_schema::facts::{Deviation, Payload};

use crate::date::Date;
use crate::diff::Comparison;
use crate::edit::{Edit, Element};
use crate::rate::Rate;
use crate::report::{Entry, Kind};
use crate::sample::Direction;

const ENVELOPE: &[&str] = &["ActionStatus", "ErrorCode", "ErrorInfo", "RequestId"];

impl Comparison<'_> {
    pub(super) fn endpoint(&mut self) {
        self.date();
        self.title();
        self.other_paths();
        self.rate();
        self.regions();
        self.payload();
    }

    fn date(&mut self) {
        let Some(updated) = &self.page.updated else {
            return;
        };
        let followed = &self.facts.page.updated;
        let pointer = "/endpoint/page/updated";
        let known = followed.as_deref().and_then(Date::from_iso);
        if known == Some(updated.value) {
            return;
        }
        let older = known.is_some_and(|known| known > updated.value);
        let note = older.then(|| {
            "the page is an older copy than the one that the schema follows: save it again"
                .to_owned()
        });
        self.report.notes.extend(note.clone());
        let entry = Entry {
            kind: Kind::Date,
            subject: String::new(),
            line: updated.line,
            page: updated.value.to_string(),
            schema: followed.clone().unwrap_or_default(),
            place: self.here(pointer),
            note,
            edit: (!older).then(|| Edit::set(pointer, json!(updated.value.to_string()))),
        };
        self.add(entry);
    }

    fn title(&mut self) {
        let Some(title) = &self.page.title else {
            return;
        };
        if title.value != self.facts.page.title {
            let sides = (title.value.clone(), self.facts.page.title.clone());
            let place = self.here("/endpoint/page/title");
            self.add(Entry::new(Deviation::Title, "", title.line, sides, place));
        }
    }

    fn other_paths(&mut self) {
        for path in &self.page.other_paths {
            let sides = (path.value.clone(), self.facts.path.clone());
            let place = self.here("/endpoint/path");
            self.add(Entry::new(Deviation::Path, "", path.line, sides, place));
        }
    }

    fn rate(&mut self) {
        let Some(rate) = &self.page.rate else { return };
        let known = Rate {
            calls: self.facts.rate.calls,
            per_seconds: self.facts.rate.per_seconds,
        };
        if known != rate.value {
            let sides = (rate.value.to_string(), known.to_string());
            let place = self.here("/endpoint/rate");
            let value = json!({ "calls": rate.value.calls, "perSeconds": rate.value.per_seconds });
            let edit = Edit::set("/endpoint/rate", value);
            self.add(Entry::new(Deviation::Rate, "", rate.line, sides, place).edit(edit));
        }
    }

    fn regions(&mut self) {
        // Without a single host the page was not read: no region is gone.
        if self.page.hosts.is_empty() {
            return;
        }
        let all: Vec<_> = self
            .set
            .files()
            .flat_map(|file| &file.document.regions)
            .collect();
        let mut named: Vec<&str> = Vec::new();
        for host in &self.page.hosts {
            let region = all.iter().find(|region| {
                region.host == host.value || region.backup_host.as_ref() == Some(&host.value)
            });
            let place = self.here("/endpoint/regions");
            let Some(region) = region else {
                let sides = (host.value.clone(), "no region has this host");
                let entry = Entry::new(Deviation::Region, "", host.line, sides, place);
                self.add(entry.note("add the region to schemas/common/regions.json first"));
                continue;
            };
            named.push(&region.name);
            if !self.facts.regions.contains(&region.name) {
                let sides = (host.value.clone(), "not listed");
                // The lists keep the order of regions.json.
                let after = |name: &String| {
                    let position = |name: &str| all.iter().position(|r| r.name == *name);
                    position(name) > position(&region.name)
                };
                let next = self.facts.regions.iter().find(|name| after(name));
                let edit = Edit::Add {
                    list: "/endpoint/regions".to_owned(),
                    before: next.map(|name| Element::Text(name.clone())),
                    value: Value::from(region.name.clone()),
                };
                let entry = Entry::new(Deviation::Region, &region.name, host.line, sides, place);
                self.add(entry.edit(edit));
            }
        }
        for (index, region) in self.facts.regions.iter().enumerate() {
            if !named.contains(&region.as_str()) {
                let place = self.here(&format!("/endpoint/regions/{index}"));
                let sides = (format!("{region}: not listed"), "listed");
                let edit = Edit::Drop {
                    list: "/endpoint/regions".to_owned(),
                    element: Element::Text(region.clone()),
                };
                self.add(Entry::new(Deviation::Region, region, 0, sides, place).edit(edit));
            }
        }
    }

    /// Only a sample shows whether a reply nests its data.
    fn payload(&mut self) {
        let samples = self.page.samples.iter();
        let shown = samples
            .filter(|sample| sample.direction == Direction::Response)
            .find_map(|sample| {
                let members = sample.value.as_ref().ok()?.as_object()?;
                if members.get("Response").is_some_and(Value::is_object) {
                    return Some((Payload::Nested, sample.line));
                }
                let beside = members
                    .keys()
                    .any(|name| !ENVELOPE.contains(&name.as_str()));
                beside.then_some((Payload::Beside, sample.line))
            });
        let word = |payload| match payload {
            Payload::Beside => "beside",
            Payload::Nested => "nested",
        };
        if let Some((payload, line)) = shown
            && payload != self.facts.payload
        {
            let sides = (word(payload), word(self.facts.payload));
            let place = self.here("/endpoint/payload");
            self.add(Entry::new(Deviation::Payload, "", line, sides, place));
        }
    }
}
