//! What a typed caller sends of a request.

use serde_json::{Map, Value};

use super::{Node, Shape};

/// The request without members that nobody documented, and with the canonical spelling
/// of values. Everything else stays as it is: absent stays absent, empty stays empty.
pub fn canonical(node: &Node, value: &Value) -> Value {
    match (&node.shape, value) {
        (Shape::Values(values), Value::String(text)) => values
            .meaning(text)
            .map_or_else(|| value.clone(), |value| Value::from(value.as_str())),
        (Shape::Object(object), Value::Object(members)) => {
            let documented = members.iter().filter_map(|(name, value)| {
                let member = object.member(name)?;
                Some((name.clone(), canonical(&member.node, value)))
            });
            Value::Object(documented.collect())
        }
        (Shape::Array(element), Value::Array(elements)) => elements
            .iter()
            .map(|value| canonical(element, value))
            .collect(),
        (Shape::Map(element), Value::Object(members)) => {
            let members = members.iter();
            let members = members.map(|(name, value)| (name.clone(), canonical(element, value)));
            Value::Object(members.collect::<Map<String, Value>>())
        }
        _ => value.clone(),
    }
}
