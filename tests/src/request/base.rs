//! Requests that break no rule: what every case starts from.

use serde_json::{Map, Value, json};
use trtc_rooms_schema::ir::ObjectRuleKind;

use super::{Node, ObjectNode, Shape};

/// A time in 2026, in Unix seconds.
const A_TIME: i64 = 1_767_258_000;

/// The value with every member in it.
pub fn full(node: &Node) -> Value {
    value(node, "text", true)
}

/// The value with nothing in it that may be absent.
pub fn minimal(node: &Node) -> Value {
    value(node, "text", false)
}

fn value(node: &Node, name: &str, is_full: bool) -> Value {
    match &node.shape {
        Shape::String => json!(text(node, name)),
        Shape::Values(values) => json!(values.allowed.first()),
        Shape::Integer => json!(integer(node)),
        Shape::Number => json!(1.5),
        Shape::Boolean => json!(true),
        Shape::Any => json!({ "any": [1, "value"] }),
        Shape::Array(element) => {
            Value::Array(vec![value(element, name, is_full); items(node, is_full)])
        }
        Shape::Map(element) => {
            let names = (0..items(node, is_full)).map(|index| format!("key-{index}"));
            Value::Object(
                names
                    .map(|name| (name.clone(), value(element, &name, is_full)))
                    .collect(),
            )
        }
        Shape::Object(object) => Value::Object(members(object, is_full)),
    }
}

fn members(object: &ObjectNode, is_full: bool) -> Map<String, Value> {
    let needed = |name: &str| {
        object.rules.iter().any(|rule| match &rule.kind {
            ObjectRuleKind::AtLeastOneOf(group) => group.first().is_some_and(|first| first == name),
            _ => false,
        })
    };
    let mut members = Map::new();
    for member in &object.members {
        if is_full || member.is_required || needed(&member.name) {
            members.insert(
                member.name.clone(),
                value(&member.node, &member.name, is_full),
            );
        }
    }
    for rule in &object.rules {
        keep(&rule.kind, object, &mut members);
    }
    members
}

/// Changes members so that they keep a rule.
fn keep(rule: &ObjectRuleKind, object: &ObjectNode, members: &mut Map<String, Value>) {
    match rule {
        ObjectRuleKind::Difference {
            of,
            minus,
            minimum,
            maximum,
        } => {
            let start = members.get(minus).and_then(Value::as_i64);
            if let (Some(start), Some(end)) = (start, members.get_mut(of)) {
                let length = minimum.unwrap_or(0).max(0).min(maximum.unwrap_or(i64::MAX));
                *end = json!(start.saturating_add(length));
            }
        }
        // What goes with a member that is there comes with it.
        ObjectRuleKind::RequiredTogether(group) => {
            if group.iter().any(|name| members.contains_key(name)) {
                for member in group.iter().filter_map(|name| object.member(name)) {
                    let absent = || value(&member.node, &member.name, false);
                    members.entry(&member.name).or_insert_with(absent);
                }
            }
        }
        // Texts are short and lists have one element: far below any sum.
        ObjectRuleKind::Sum { .. } | ObjectRuleKind::AtLeastOneOf(_) => {}
    }
}

fn text(node: &Node, name: &str) -> String {
    let (least, most) = node.sizes();
    let mut text: String = name.chars().filter(char::is_ascii).collect();
    text.truncate(most.unwrap_or(usize::MAX));
    while text.len() < least {
        text.push('x');
    }
    text
}

fn integer(node: &Node) -> i64 {
    let (least, most) = node.range();
    let usual = if node.unix_seconds { A_TIME } else { 1 };
    usual.clamp(least, most.max(least))
}

fn items(node: &Node, is_full: bool) -> usize {
    let (least, most) = node.sizes();
    least
        .max(usize::from(is_full))
        .min(most.unwrap_or(usize::MAX))
}
