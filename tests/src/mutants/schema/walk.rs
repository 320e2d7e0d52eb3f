//! Goes through the schema of a request, and through the types that it refers to.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use trtc_rooms_schema::SchemaSet;

use super::{Draft, Edit, join};

/// Every change of the request of an endpoint.
pub(super) fn drafts(schemas: &SchemaSet, file: &str) -> Vec<Draft> {
    let mut walk = Walk {
        schemas,
        seen: BTreeSet::new(),
        drafts: Vec::new(),
    };
    walk.node(file, "", Use::AsItStands);
    walk.drafts
}

pub(super) struct Walk<'a> {
    schemas: &'a SchemaSet,
    /// Types may be referred to more than once, and to themselves.
    seen: BTreeSet<(String, String)>,
    pub(super) drafts: Vec<Draft>,
}

/// How a type is used by whoever refers to it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// As it is.
    AsItStands,
    /// With a closed list of its own, so that it does not matter whether the list of the
    /// type is closed.
    Narrowed,
}

/// A schema, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Here<'a> {
    pub(super) file: &'a str,
    pub(super) at: &'a str,
    pub(super) schema: &'a Map<String, Value>,
}

impl<'a> Here<'a> {
    pub(super) fn draft(
        &self,
        place: &str,
        kind: &'static str,
        what: impl Into<String>,
        edits: Vec<Edit>,
    ) -> Draft {
        Draft {
            file: self.file.to_owned(),
            place: place.to_owned(),
            kind,
            what: what.into(),
            edits,
        }
    }

    /// The place of a keyword.
    pub(super) fn keyword(&self, keyword: &str) -> String {
        join(self.at, keyword)
    }

    /// The schema as a whole becomes another one.
    pub(super) fn replaced(&self, members: Map<String, Value>) -> Vec<Edit> {
        if self.at.is_empty() {
            let members = members.into_iter();
            return members
                .map(|(name, value)| Edit::Set(join("", &name), value))
                .collect();
        }
        vec![Edit::Set(self.at.to_owned(), Value::Object(members))]
    }
}

impl<'a> Walk<'a> {
    fn node(&mut self, file: &str, at: &str, used: Use) {
        if !self.seen.insert((file.to_owned(), at.to_owned())) {
            return;
        }
        let schemas = self.schemas;
        let value = schemas.file(file).and_then(|file| file.value.pointer(at));
        let Some(Value::Object(schema)) = value else {
            return;
        };
        let here = Here { file, at, schema };
        self.limits(here);
        self.kind(here);
        self.values(here, used);
        self.objects(here);
        if let Some(Value::Object(properties)) = schema.get("properties") {
            for name in properties.keys() {
                self.node(
                    file,
                    &join(&here.keyword("properties"), name),
                    Use::AsItStands,
                );
            }
        }
        for inner in ["items", "additionalProperties"] {
            if schema.contains_key(inner) {
                self.node(file, &here.keyword(inner), Use::AsItStands);
            }
        }
        if let Some(Value::String(reference)) = schema.get("$ref") {
            let (target, pointer) = reference.split_once('#').unwrap_or((reference, ""));
            let used = match schema.contains_key("enum") {
                true => Use::Narrowed,
                false => Use::AsItStands,
            };
            self.node(target.strip_prefix("../").unwrap_or(file), pointer, used);
        }
    }

    /// Limits of sizes and numbers, the codes that they provoke, and units.
    fn limits(&mut self, here: Here<'_>) {
        for keyword in [
            "minBytes", "maxBytes", "minItems", "maxItems", "minimum", "maximum",
        ] {
            let place = here.keyword(keyword);
            let is_size = !matches!(keyword, "minimum" | "maximum");
            self.number(here, &place, is_size, vec![Edit::Remove(place.clone())]);
        }
        if let Some(Value::Object(codes)) = here.schema.get("limitCodes") {
            for rule in codes.keys() {
                let place = join(&here.keyword("limitCodes"), rule);
                // It is in the table of all rooms, and no limit provokes it.
                let other = vec![Edit::Set(place.clone(), json!(100_003))];
                let mut rest = codes.clone();
                rest.shift_remove(rule);
                let gone = match rest.is_empty() {
                    true => Edit::Remove(here.keyword("limitCodes")),
                    false => Edit::Set(here.keyword("limitCodes"), Value::Object(rest)),
                };
                self.drafts
                    .push(here.draft(&place, "limit code", "another", other));
                self.drafts
                    .push(here.draft(&place, "limit code", "dropped", vec![gone]));
            }
        }
        if here.schema.get("unit") == Some(&json!("unixSeconds")) {
            let place = here.keyword("unit");
            let gone = vec![Edit::Remove(place.clone())];
            self.drafts
                .push(here.draft(&place, "hint", "dropped", gone));
        }
    }

    /// A number shifted both ways, and what drops it.
    pub(super) fn number(&mut self, here: Here<'_>, place: &str, is_size: bool, gone: Vec<Edit>) {
        let file = self.schemas.file(here.file);
        let number = file.and_then(|file| file.value.pointer(place)?.as_i64());
        let Some(number) = number else {
            return;
        };
        for (what, other) in [("less", number - 1), ("more", number + 1)] {
            if other >= 0 || !is_size {
                let edit = vec![Edit::Set(place.to_owned(), json!(other))];
                self.drafts.push(here.draft(place, "limit", what, edit));
            }
        }
        self.drafts
            .push(here.draft(place, "limit", "dropped", gone));
    }

    /// The JSON type, where nothing else depends on it.
    fn kind(&mut self, here: Here<'_>) {
        let depends = [
            "minBytes", "maxBytes", "minimum", "maximum", "enum", "openEnum", "unit",
        ];
        let other = match here.schema.get("type").and_then(Value::as_str) {
            Some("string") => "integer",
            Some("integer" | "number" | "boolean") => "string",
            _ => return,
        };
        if depends
            .iter()
            .any(|keyword| here.schema.contains_key(*keyword))
        {
            return;
        }
        let place = here.keyword("type");
        let mut edits = vec![Edit::Set(place.clone(), json!(other))];
        if here.schema.contains_key("default") {
            edits.push(Edit::Remove(here.keyword("default")));
        }
        self.drafts.push(here.draft(&place, "type", other, edits));
    }
}
