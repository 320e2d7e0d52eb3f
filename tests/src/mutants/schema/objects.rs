//! Objects: what is mandatory, what members are named, and rules about several of them.

use serde_json::{Map, Value, json};

use super::walk::{Here, Walk};
use super::{Edit, join, texts};

/// The keywords in which members of an object are named.
const NAMING: [&str; 5] = [
    "required",
    "differences",
    "sums",
    "requiredTogether",
    "atLeastOneOf",
];

impl Walk<'_> {
    pub(super) fn objects(&mut self, here: Here<'_>) {
        self.required(here);
        self.names(here);
        self.conditions(here);
        self.differences(here);
        self.sums(here);
        for keyword in ["requiredTogether", "atLeastOneOf"] {
            self.groups(here, keyword);
        }
    }

    fn required(&mut self, here: Here<'_>) {
        let required = texts(here.schema.get("required"));
        let Some(Value::Object(properties)) = here.schema.get("properties") else {
            return;
        };
        let place = here.keyword("required");
        for name in properties.keys() {
            let is_required = required.contains(name);
            let mut others: Vec<&String> = required.iter().filter(|other| *other != name).collect();
            if !is_required {
                others.push(name);
            }
            let edit = match others.is_empty() {
                true => Edit::Remove(place.clone()),
                false => Edit::Set(place.clone(), json!(others)),
            };
            let what = if is_required { "dropped" } else { "added" };
            self.drafts
                .push(here.draft(&join(&place, name), "required", what, vec![edit]));
        }
    }

    fn names(&mut self, here: Here<'_>) {
        let Some(Value::Object(properties)) = here.schema.get("properties") else {
            return;
        };
        for name in properties.keys() {
            let other = format!("{name}X");
            let renamed = properties.iter().map(|(key, value)| {
                let mut value = value.clone();
                if let Some(condition) = value.get_mut("appliesWhen") {
                    rename(condition, name, &other);
                }
                let key = if key == name { &other } else { key };
                (key.clone(), value)
            });
            let mut schema = here.schema.clone();
            let renamed: Map<String, Value> = renamed.collect();
            schema.insert("properties".to_owned(), Value::Object(renamed));
            for keyword in NAMING {
                if let Some(names) = schema.get_mut(keyword) {
                    rename(names, name, &other);
                }
            }
            let place = join(&here.keyword("properties"), name);
            let edits = here.replaced(schema);
            self.drafts
                .push(here.draft(&place, "name", "renamed", edits));
        }
    }

    fn conditions(&mut self, here: Here<'_>) {
        let Some(Value::Object(condition)) = here.schema.get("appliesWhen") else {
            return;
        };
        let place = here.keyword("appliesWhen");
        let gone = vec![Edit::Remove(place.clone())];
        self.drafts
            .push(here.draft(&place, "hint", "dropped", gone));
        let values = texts(condition.get("values"));
        for value in values.iter().filter(|_| values.len() > 1) {
            let others: Vec<&String> = values.iter().filter(|other| *other != value).collect();
            let list = join(&place, "values");
            let edit = vec![Edit::Set(list.clone(), json!(others))];
            self.drafts
                .push(here.draft(&join(&list, value), "hint", "dropped", edit));
        }
    }

    fn differences(&mut self, here: Here<'_>) {
        for (index, rule) in elements(here.schema, "differences").iter().enumerate() {
            let place = join(&here.keyword("differences"), &index.to_string());
            let has_both = rule.get("minimum").is_some() && rule.get("maximum").is_some();
            for keyword in ["minimum", "maximum"] {
                let limit = join(&place, keyword);
                let gone = match has_both {
                    true => Edit::Remove(limit.clone()),
                    false => self.rest(here, "differences", index),
                };
                self.number(here, &limit, false, vec![gone]);
            }
            let rest = vec![self.rest(here, "differences", index)];
            self.drafts
                .push(here.draft(&place, "limit", "dropped", rest));
        }
    }

    fn sums(&mut self, here: Here<'_>) {
        for index in 0..elements(here.schema, "sums").len() {
            let place = join(&here.keyword("sums"), &index.to_string());
            let gone = vec![self.rest(here, "sums", index)];
            self.number(here, &join(&place, "maximum"), true, gone);
        }
    }

    fn groups(&mut self, here: Here<'_>, keyword: &str) {
        for (index, group) in elements(here.schema, keyword).iter().enumerate() {
            let place = join(&here.keyword(keyword), &index.to_string());
            let gone = vec![self.rest(here, keyword, index)];
            self.drafts
                .push(here.draft(&place, "group", "dropped", gone));
            let members = texts(Some(group));
            for member in members.iter().filter(|_| members.len() > 2) {
                let others: Vec<&String> = members.iter().filter(|it| *it != member).collect();
                let edit = vec![Edit::Set(place.clone(), json!(others))];
                self.drafts
                    .push(here.draft(&join(&place, member), "group", "dropped", edit));
            }
        }
    }

    /// A list without one of its rules; without any there is no list.
    #[expect(clippy::unused_self, reason = "it reads as the methods beside it")]
    fn rest(&self, here: Here<'_>, keyword: &str, index: usize) -> Edit {
        let place = here.keyword(keyword);
        match elements(here.schema, keyword).len() {
            0 | 1 => Edit::Remove(place),
            _ => Edit::Remove(join(&place, &index.to_string())),
        }
    }
}

fn elements<'a>(schema: &'a Map<String, Value>, keyword: &str) -> &'a [Value] {
    let list = schema.get(keyword).and_then(Value::as_array);
    list.map_or(&[], Vec::as_slice)
}

/// Every text that is a name becomes another one.
fn rename(value: &mut Value, name: &str, other: &str) {
    match value {
        Value::String(text) if text == name => other.clone_into(text),
        Value::Array(elements) => elements
            .iter_mut()
            .for_each(|element| rename(element, name, other)),
        Value::Object(members) => members
            .values_mut()
            .for_each(|member| rename(member, name, other)),
        _ => {}
    }
}
