//! Lists of values: each value misspelt and dropped, the list open or closed.

use serde_json::{Map, Value, json};

use super::walk::{Here, Use, Walk};
use super::{Edit, join, texts};

impl Walk<'_> {
    pub(super) fn values(&mut self, here: Here<'_>, used: Use) {
        for keyword in ["enum", "openEnum"] {
            let values = texts(here.schema.get(keyword));
            for (index, value) in values.iter().enumerate() {
                let place = join(&here.keyword(keyword), value);
                let misspelt = spelt(here.schema, keyword, index, &format!("{value}X"));
                let edits = here.replaced(misspelt);
                self.drafts
                    .push(here.draft(&place, "value", "misspelt", edits));
                let rest = without(here.schema, keyword, index);
                let edits = match values.len() {
                    1 => vec![Edit::Remove(here.keyword(keyword))],
                    _ => here.replaced(rest),
                };
                self.drafts
                    .push(here.draft(&place, "value", "dropped", edits));
            }
        }
        if used == Use::AsItStands {
            self.closedness(here);
        }
        if let Some(Value::Object(aliases)) = here.schema.get("valueAliases") {
            for alias in aliases.keys() {
                let mut rest = aliases.clone();
                rest.shift_remove(alias);
                let place = join(&here.keyword("valueAliases"), alias);
                let edit = match rest.is_empty() {
                    true => Edit::Remove(here.keyword("valueAliases")),
                    false => Edit::Set(here.keyword("valueAliases"), Value::Object(rest)),
                };
                self.drafts
                    .push(here.draft(&place, "value", "dropped", vec![edit]));
            }
        }
    }

    fn closedness(&mut self, here: Here<'_>) {
        // A narrower list beside a reference has no counterpart that is open.
        let (from, to, what) = match (here.schema.get("enum"), here.schema.get("openEnum")) {
            (Some(_), _) if !here.schema.contains_key("$ref") => ("enum", "openEnum", "opened"),
            (_, Some(_)) => ("openEnum", "enum", "closed"),
            _ => return,
        };
        let mut schema = here.schema.clone();
        if let Some(values) = schema.shift_remove(from) {
            schema.insert(to.to_owned(), values);
        }
        // Only an open list may have them.
        schema.shift_remove("valueAliases");
        let edits = here.replaced(schema);
        self.drafts
            .push(here.draft(&here.keyword(from), "value", what, edits));
    }
}

/// The schema with another spelling of one of its values.
fn spelt(
    schema: &Map<String, Value>,
    keyword: &str,
    index: usize,
    other: &str,
) -> Map<String, Value> {
    let mut schema = schema.clone();
    let Some(Value::Array(values)) = schema.get_mut(keyword) else {
        return schema;
    };
    let value = std::mem::replace(&mut values[index], json!(other));
    let value = value.as_str().unwrap_or_default();
    if let Some(Value::Object(words)) = schema.get_mut("valueDescriptions")
        && let Some(description) = words.shift_remove(value)
    {
        words.insert(other.to_owned(), description);
    }
    if let Some(Value::Object(aliases)) = schema.get_mut("valueAliases") {
        for meaning in aliases.values_mut().filter(|meaning| *meaning == value) {
            *meaning = json!(other);
        }
    }
    if schema.get("default").and_then(Value::as_str) == Some(value) {
        schema.insert("default".to_owned(), json!(other));
    }
    schema
}

/// The schema without one of its values.
fn without(schema: &Map<String, Value>, keyword: &str, index: usize) -> Map<String, Value> {
    let mut schema = schema.clone();
    let Some(Value::Array(values)) = schema.get_mut(keyword) else {
        return schema;
    };
    let value = values.remove(index);
    let value = value.as_str().unwrap_or_default();
    if let Some(Value::Object(words)) = schema.get_mut("valueDescriptions") {
        words.shift_remove(value);
    }
    if let Some(Value::Object(aliases)) = schema.get_mut("valueAliases") {
        aliases.retain(|_, meaning| meaning != value);
        if aliases.is_empty() {
            schema.shift_remove("valueAliases");
        }
    }
    schema
}
