//! Values of another JSON type than documented.

use serde_json::{Value, json};

use super::{Cases, breaks};
use crate::request::{Node, Shape, Steps, full};

impl Cases<'_> {
    pub(super) fn types(&mut self, node: &Node, at: &Steps) {
        for (name, value) in others(&node.shape) {
            let here = format!("type/{name}");
            self.set(at, &here, value, breaks(at, "type"));
        }
        if let (Shape::Object(_), Value::Object(members)) = (&node.shape, full(node)) {
            // serde reads a list into a struct, member by member.
            let values: Vec<Value> = members.into_iter().map(|(_, value)| value).collect();
            self.set(
                at,
                "type/array-of-its-values",
                json!(values),
                breaks(at, "type"),
            );
        }
    }
}

/// One value of each JSON type that a shape does not take, and those that are easily
/// taken for it.
pub(super) fn others(shape: &Shape) -> Vec<(&'static str, Value)> {
    let (is_text, is_bool) = match shape {
        Shape::String | Shape::Values(_) => (true, false),
        Shape::Boolean => (false, true),
        _ => (false, false),
    };
    let is_integer = matches!(shape, Shape::Integer);
    let is_number = is_integer || matches!(shape, Shape::Number);
    let is_list = matches!(shape, Shape::Array(_));
    let is_object = matches!(shape, Shape::Object(_) | Shape::Map(_));
    if matches!(shape, Shape::Any) {
        return Vec::new();
    }
    let all = [
        ("null", json!(null), true),
        ("boolean", json!(true), !is_bool),
        ("integer", json!(7), !is_number),
        ("zero", json!(0), !is_number),
        ("account-number", json!(27_149), !is_number),
        ("fraction", json!(8.5), !matches!(shape, Shape::Number)),
        ("string", json!("text"), !is_text),
        ("empty-string", json!(""), !is_text),
        ("digits", json!("8"), is_number),
        ("true-as-string", json!("true"), is_bool),
        ("array", json!([]), !is_list),
        ("array-around-it", json!([full_like(shape)]), !is_list),
        ("object", json!({}), !is_object),
        (
            "object-around-it",
            json!({ "value": full_like(shape) }),
            !is_object,
        ),
    ];
    let others = all.into_iter().filter(|(_, _, is_other)| *is_other);
    others.map(|(name, value, _)| (name, value)).collect()
}

/// Something of the right type.
fn full_like(shape: &Shape) -> Value {
    match shape {
        Shape::String | Shape::Values(_) => json!("text"),
        Shape::Integer | Shape::Number => json!(7),
        Shape::Boolean => json!(true),
        Shape::Array(_) => json!([]),
        Shape::Any | Shape::Object(_) | Shape::Map(_) => json!({}),
    }
}
