//! The schema of each member of a draft.

use serde_json::{Map, Value, json};

use super::node::Node;
use super::{Drafting, UNDECIDED};
use crate::diff::members::join;
use crate::diff::values::{column_of, words_alone};
use crate::page::Field;
use crate::statement::{Bound, DefaultValue, Limit, Measure};

impl Drafting<'_> {
    /// Lists the members whose place is a guess.
    pub(super) fn report_guesses(&mut self, node: &Node<'_>, pointer: &str) {
        for child in &node.children {
            let pointer = join(&join(pointer, "properties"), &child.name);
            if child.is_guess {
                let line = child.field.map_or(0, |(_, field)| field.line);
                let what = format!(
                    "`{}` is in no sample: it is put beside the others",
                    child.name
                );
                self.decide(line, &pointer, what);
            }
            self.report_guesses(child, &pointer);
        }
    }

    /// The schema of an object.
    pub(super) fn schema(&mut self, node: &Node<'_>, pointer: &str) -> Value {
        let mut schema = Map::new();
        schema.insert("type".to_owned(), json!("object"));
        let mut properties = Map::new();
        let mut required = Vec::new();
        for child in &node.children {
            let pointer = join(&join(pointer, "properties"), &child.name);
            let is_required = match child.field {
                Some((_, field)) => field.required == Some(true),
                // An object around mandatory fields is mandatory itself.
                None => child.children.iter().any(is_mandatory),
            };
            if is_required {
                required.push(child.name.clone());
            }
            properties.insert(child.name.clone(), self.member(child, &pointer));
        }
        if !properties.is_empty() {
            schema.insert("properties".to_owned(), Value::Object(properties));
        }
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        Value::Object(schema)
    }

    fn member(&mut self, node: &Node<'_>, pointer: &str) -> Value {
        let mut schema = Map::new();
        let line = node.field.map_or(node.line, |(_, field)| field.line);
        schema.insert("description".to_owned(), json!(UNDECIDED));
        self.decide(
            line,
            &join(pointer, "description"),
            format!("what `{}` means", node.name),
        );
        if node.field.is_none() && node.children.is_empty() {
            self.decide(
                line,
                pointer,
                format!("`{}` is in a sample only", node.name),
            );
        }
        let kind = self.kind(node, pointer, line);
        match kind {
            "object" => {
                if let Value::Object(object) = self.schema(node, pointer) {
                    schema.extend(object);
                }
            }
            "array" => {
                schema.insert("type".to_owned(), json!("array"));
                let items = self.items(node, &join(pointer, "items"), line);
                schema.insert("items".to_owned(), items);
            }
            "string" => self.text(node, &mut schema),
            other => {
                schema.insert("type".to_owned(), json!(other));
            }
        }
        if let Some((_, field)) = node.field {
            self.limits(field, kind, pointer, &mut schema);
            self.stated_default(field, kind, pointer, &mut schema);
        }
        Value::Object(schema)
    }

    fn kind(&mut self, node: &Node<'_>, pointer: &str, line: usize) -> &'static str {
        let printed = node.field.and_then(|(_, field)| field.kind.as_ref());
        let shown = node.value.map(name_of);
        match (printed.map(|kind| kind.json), shown) {
            (Some(printed), Some(shown)) if printed != shown && shown != "null" => {
                let what = format!("the table says {printed}, the sample has {shown}");
                self.decide(line, &join(pointer, "type"), what);
                printed
            }
            (Some(printed), _) => printed,
            (None, Some(shown)) if shown != "null" => shown,
            _ => {
                self.decide(
                    line,
                    &join(pointer, "type"),
                    "the type: the page gives none",
                );
                UNDECIDED
            }
        }
    }

    fn items(&mut self, node: &Node<'_>, pointer: &str, line: usize) -> Value {
        let printed = node
            .field
            .and_then(|(_, field)| field.kind.as_ref()?.element);
        let shown = node
            .value
            .and_then(|value| value.as_array()?.first().map(name_of));
        let kind = match (printed, shown) {
            (Some(printed), _) => printed,
            (None, Some(shown)) => {
                let what =
                    format!("the page gives no type of the elements; the sample has {shown}");
                self.decide(line, pointer, what);
                shown
            }
            (None, None) => {
                self.decide(
                    line,
                    pointer,
                    "the type of the elements: neither table nor sample has it",
                );
                UNDECIDED
            }
        };
        if kind == "object" {
            self.schema(node, pointer)
        } else if kind == "string" && node.name.ends_with("_Account") {
            json!({ "$ref": "../common/rooms.json#/$defs/UserId" })
        } else {
            json!({ "type": kind })
        }
    }

    /// A text: an account id, one of a list of values, or plain.
    fn text(&mut self, node: &Node<'_>, schema: &mut Map<String, Value>) {
        let values = node
            .field
            .map(|(_, field)| self.values(field))
            .unwrap_or_default();
        if node.name.ends_with("_Account") {
            schema.insert(
                "$ref".to_owned(),
                json!("../common/rooms.json#/$defs/UserId"),
            );
        } else if values.is_empty() {
            schema.insert("type".to_owned(), json!("string"));
        } else if self.is_common(&node.name, &values) {
            let reference = format!("../common/rooms.json#/$defs/{}", node.name);
            schema.insert("$ref".to_owned(), json!(reference));
            if values.len() == 1 {
                schema.insert("enum".to_owned(), json!(values));
            }
        } else {
            schema.insert("$ref".to_owned(), json!(format!("#/$defs/{}", node.name)));
            let line = node.field.map_or(0, |(_, field)| field.line);
            let definition = format!("/$defs/{}", node.name);
            self.decide(
                line,
                &definition,
                format!(
                    "whether the list {} is complete, and closed (`enum`) or open (`openEnum`)",
                    values.join(", ")
                ),
            );
            self.definitions.insert(
                node.name.clone(),
                json!({ "description": UNDECIDED, "type": "string", "openEnum": values }),
            );
        }
    }

    /// The values that a description gives: a fixed one, or several in camel case.
    fn values(&self, field: &Field) -> Vec<String> {
        if let Some(fixed) = &field.statements.fixed {
            return vec![fixed.value.clone()];
        }
        let is_field = |word: &str| self.page.request.iter().any(|f| f.leaf() == word);
        // A table of their own, under the name of the field.
        let mut words = column_of(&words_alone(field), field.leaf());
        for group in self
            .page
            .words
            .chunk_by(|word, next| word.group == next.group)
        {
            words.extend(column_of(group, field.leaf()));
        }
        if words.is_empty() {
            words.clone_from(&field.statements.camel);
        }
        let words = words.into_iter().map(|word| word.value);
        let words: Vec<String> = words.filter(|word| !is_field(word)).collect();
        if words.len() > 1 { words } else { Vec::new() }
    }

    /// Whether `common/rooms.json` has a list of that name with these values.
    fn is_common(&self, name: &str, values: &[String]) -> bool {
        self.set
            .file("common/rooms.json")
            .and_then(|file| file.document.schema.definitions.get(name))
            .and_then(|definition| definition.closed_values.as_ref())
            .is_some_and(|known| values.iter().all(|value| known.contains(value)))
    }

    fn limits(
        &mut self,
        field: &Field,
        kind: &str,
        pointer: &str,
        schema: &mut Map<String, Value>,
    ) {
        for limit in &field.statements.limits {
            match keyword(kind, limit.value) {
                Some((name, amount)) if !schema.contains_key(name) => {
                    schema.insert(name.to_owned(), json!(amount));
                }
                _ => {
                    let what = format!(
                        "`{}` cannot be written as a limit of `{}`",
                        limit.value, field.name
                    );
                    self.decide(limit.line, pointer, what);
                }
            }
        }
    }

    fn stated_default(
        &mut self,
        field: &Field,
        kind: &str,
        pointer: &str,
        schema: &mut Map<String, Value>,
    ) {
        let Some(stated) = &field.statements.default else {
            return;
        };
        let value = match &stated.value {
            DefaultValue::Literal(text) => match kind {
                "boolean" => text.to_lowercase().parse::<bool>().ok().map(Value::from),
                "integer" => text.parse::<i64>().ok().map(Value::from),
                "string" => Some(json!(text)),
                _ => None,
            },
            DefaultValue::Words(_) => None,
        };
        if let Some(value) = value {
            schema.insert("default".to_owned(), value);
        } else {
            schema.insert("serverDefault".to_owned(), json!(UNDECIDED));
            self.decide(
                stated.line,
                &join(pointer, "serverDefault"),
                format!("the default of `{}`, in words of ours", field.name),
            );
        }
    }
}

fn is_mandatory(node: &Node<'_>) -> bool {
    match node.field {
        Some((_, field)) => field.required == Some(true),
        None => node.children.iter().any(is_mandatory),
    }
}

/// The keyword of a limit of a JSON type.
fn keyword(kind: &str, limit: Limit) -> Option<(&'static str, i64)> {
    let upper = limit.bound == Bound::AtMost;
    if !upper && limit.bound != Bound::AtLeast {
        return None;
    }
    let name = match (kind, limit.measure, upper) {
        ("string", Measure::Bytes, true) => "maxBytes",
        ("string", Measure::Bytes, false) => "minBytes",
        ("array", Measure::Count, true) => "maxItems",
        ("array", Measure::Count, false) => "minItems",
        ("integer", Measure::Count, true) => "maximum",
        ("integer", Measure::Count, false) => "minimum",
        _ => return None,
    };
    Some((name, limit.amount))
}

fn name_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() || number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
