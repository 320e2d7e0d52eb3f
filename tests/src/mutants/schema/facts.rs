//! What is said about a call as a whole: path, rates, regions, page, repetition.

use serde_json::{Value, json};
use trtc_rooms_schema::{SchemaFile, SchemaSet};

use super::{Draft, Edit, join, texts};
use crate::documented::Table;

/// Every change of the facts of an endpoint that its page states.
pub(super) fn drafts(schemas: &SchemaSet, file: &SchemaFile, table: &Table) -> Vec<Draft> {
    let mut facts = Facts {
        file,
        drafts: Vec::new(),
    };
    facts.path();
    facts.set(
        "/endpoint/page/url",
        "another",
        json!("https://trtc.io/document/1"),
    );
    if table.facts.updated.is_some() {
        facts.set("/endpoint/page/updated", "another", json!("2000-01-01"));
    }
    // Where a reply has no data, it does not matter where they stand.
    if table.facts.payload.is_some() {
        facts.payload();
    }
    facts.shift("/endpoint/rate/calls");
    facts.shift("/endpoint/rate/perSeconds");
    facts.other_rates();
    facts.regions(schemas);
    facts.repeat();
    facts.drafts
}

struct Facts<'a> {
    file: &'a SchemaFile,
    drafts: Vec<Draft>,
}

impl Facts<'_> {
    fn add(&mut self, place: &str, what: &str, edits: Vec<Edit>) {
        self.drafts.push(Draft {
            file: self.file.name.clone(),
            place: place.to_owned(),
            kind: if place == "/endpoint/path" {
                "path"
            } else {
                "fact"
            },
            what: what.to_owned(),
            edits,
        });
    }

    fn set(&mut self, place: &str, what: &str, value: Value) {
        self.add(place, what, vec![Edit::Set(place.to_owned(), value)]);
    }

    fn value(&self, place: &str) -> Option<&Value> {
        self.file.value.pointer(place)
    }

    /// The last step is the name of the file, so it is not changed.
    fn path(&mut self) {
        let path = self.value("/endpoint/path").and_then(Value::as_str);
        let steps: Vec<String> = path
            .unwrap_or_default()
            .split('/')
            .map(str::to_owned)
            .collect();
        for index in 0..steps.len().saturating_sub(1) {
            let mut other = steps.clone();
            other[index].push('x');
            let path = json!(other.join("/"));
            self.set("/endpoint/path", &format!("step-{index}-misspelt"), path);
        }
    }

    fn shift(&mut self, place: &str) {
        if let Some(number) = self.value(place).and_then(Value::as_i64) {
            self.set(place, "more", json!(number + 1));
            if number > 1 {
                self.set(place, "less", json!(number - 1));
            }
        }
    }

    fn payload(&mut self) {
        let other = match self.value("/endpoint/payload").and_then(Value::as_str) {
            Some("beside") => "nested",
            _ => "beside",
        };
        self.set("/endpoint/payload", "moved", json!(other));
    }

    fn other_rates(&mut self) {
        let rates = self.value("/endpoint/otherRates").and_then(Value::as_array);
        let count = rates.map_or(0, Vec::len);
        for index in 0..count {
            let place = format!("/endpoint/otherRates/{index}");
            self.shift(&join(&place, "calls"));
            self.shift(&join(&place, "perSeconds"));
            self.set(&join(&place, "code"), "another", json!(100_002));
            let gone = match count {
                1 => Edit::Remove("/endpoint/otherRates".to_owned()),
                _ => Edit::Remove(place.clone()),
            };
            self.add(&place, "dropped", vec![gone]);
        }
    }

    fn regions(&mut self, schemas: &SchemaSet) {
        let place = "/endpoint/regions";
        let listed = texts(self.value(place));
        for region in &listed {
            let others: Vec<&String> = listed.iter().filter(|other| *other != region).collect();
            let edit = vec![Edit::Set(place.to_owned(), json!(others))];
            self.add(&join(place, region), "dropped", edit);
        }
        let known = schemas.files().flat_map(|file| &file.document.regions);
        let other = known
            .map(|region| &region.name)
            .find(|name| !listed.contains(name));
        if let Some(other) = other {
            let more: Vec<&String> = listed.iter().chain([other]).collect();
            self.set(place, "one-more", json!(more));
        }
    }

    fn repeat(&mut self) {
        let place = "/endpoint/repeat/safe";
        let is_safe = self.value(place) == Some(&Value::Bool(true));
        self.set(place, "flipped", json!(!is_safe));
        let place = "/endpoint/repeat/doneCodes";
        let codes = self.value(place).and_then(Value::as_array);
        let codes = codes.cloned().unwrap_or_default();
        for code in &codes {
            let others: Vec<&Value> = codes.iter().filter(|other| *other != code).collect();
            let edit = vec![Edit::Set(place.to_owned(), json!(others))];
            self.add(&join(place, &code.to_string()), "dropped", edit);
        }
    }
}
