//! A stand-in for the first oracle: the intermediate representation, interpreted.
//!
//! Generated code has to be compiled before it can judge, so a schema that was changed
//! for a test cannot be judged by it at once. This does what the generator would make
//! of the schema. A test shows that it says the same as the generated code does about
//! every case of this repository.

use std::collections::BTreeSet;

use serde_json::{Map, Number, Value};
use trtc_rooms_schema::ir::{LimitKind, ObjectRuleKind};

use super::Oracle;
use crate::request::{MemberNode, Node, ObjectNode, Shape, Steps};
use crate::verdict::{Hint, Verdict};

/// The code of a missing member.
const INVALID_PARAMETER: i32 = 100_002;

/// From here on, a number of seconds is taken for milliseconds.
const MILLISECONDS: i64 = 100_000_000_000;

/// Judges with the intermediate representation.
#[derive(Clone, Debug)]
pub struct Interpreter(Node);

impl Interpreter {
    /// The oracle of a request.
    pub fn new(request: Node) -> Self {
        Self(request)
    }
}

impl Oracle for Interpreter {
    fn name(&self) -> &'static str {
        "interpreter"
    }

    fn judge(&self, request: &Value) -> Verdict {
        let mut verdict = Verdict {
            hints: Some(BTreeSet::new()),
            ..Verdict::default()
        };
        look(&self.0, request, &Steps::default(), &mut verdict);
        verdict
    }
}

fn look(node: &Node, value: &Value, at: &Steps, verdict: &mut Verdict) {
    match (&node.shape, value) {
        (Shape::Any, _) | (Shape::Number, Value::Number(_)) | (Shape::Boolean, Value::Bool(_)) => {}
        (Shape::String, Value::String(text)) => size(node, text.len(), at, verdict),
        (Shape::Values(values), Value::String(text)) => {
            size(node, text.len(), at, verdict);
            if !values.is_closed && values.meaning(text).is_none() {
                hint(at, "unknownValue", verdict);
            }
            for limit in &node.limits {
                if let LimitKind::OneOf { values, .. } = &limit.kind
                    && !values.contains(text)
                {
                    verdict.add(&at.pointer(), "enum", limit.code);
                }
            }
        }
        (Shape::Integer, Value::Number(number)) if integer(number).is_some() => {
            range(node, integer(number).unwrap_or_default(), at, verdict);
        }
        (Shape::Array(element), Value::Array(elements)) => {
            size(node, elements.len(), at, verdict);
            if !is_too_long(node, elements.len()) {
                for (index, value) in elements.iter().enumerate() {
                    look(element, value, &at.item(index), verdict);
                }
            }
        }
        (Shape::Map(element), Value::Object(members)) => {
            size(node, members.len(), at, verdict);
            if !is_too_long(node, members.len()) {
                for (name, value) in members {
                    look(element, value, &at.member(name), verdict);
                }
            }
        }
        (Shape::Object(object), Value::Object(members)) => {
            look_at_object(object, members, at, verdict);
        }
        _ => verdict.add(&at.pointer(), "type", node.type_code),
    }
}

fn look_at_object(
    object: &ObjectNode,
    members: &Map<String, Value>,
    at: &Steps,
    verdict: &mut Verdict,
) {
    for member in &object.members {
        let here = at.member(&member.name);
        match members.get(&member.name) {
            Some(value) => {
                look(&member.node, value, &here, verdict);
                // What is not of the documented type is no value that could have one.
                if fits(&member.node.shape, value) && has_no_effect(object, member, members) {
                    hint(&here, "noEffect", verdict);
                }
            }
            None if member.is_required => {
                verdict.add(&here.pointer(), "required", INVALID_PARAMETER);
            }
            None => {}
        }
    }
    for rule in &object.rules {
        group(&rule.kind, rule.code, members, at, verdict);
    }
    for name in members.keys().filter(|name| object.member(name).is_none()) {
        hint(&at.member(name), "unknownField", verdict);
    }
}

/// Whether a value has the type of a shape; what is in it may not.
fn fits(shape: &Shape, value: &Value) -> bool {
    match (shape, value) {
        (Shape::Any, _)
        | (Shape::String | Shape::Values(_), Value::String(_))
        | (Shape::Number, Value::Number(_))
        | (Shape::Boolean, Value::Bool(_))
        | (Shape::Array(_), Value::Array(_))
        | (Shape::Map(_) | Shape::Object(_), Value::Object(_)) => true,
        (Shape::Integer, Value::Number(number)) => integer(number).is_some(),
        _ => false,
    }
}

/// Whether the sibling that gives a member its effect has another documented value.
fn has_no_effect(object: &ObjectNode, member: &MemberNode, members: &Map<String, Value>) -> bool {
    let Some(condition) = &member.applies_when else {
        return false;
    };
    let sibling = members.get(&condition.member).and_then(Value::as_str);
    let (Some(text), Some(Shape::Values(values))) = (
        sibling,
        object
            .member(&condition.member)
            .map(|member| &member.node.shape),
    ) else {
        return false;
    };
    values
        .meaning(text)
        .is_some_and(|value| !condition.values.contains(value))
}

fn group(
    rule: &ObjectRuleKind,
    code: i32,
    members: &Map<String, Value>,
    at: &Steps,
    verdict: &mut Verdict,
) {
    let whole = |name: &String| {
        members
            .get(name)
            .and_then(Value::as_number)
            .and_then(integer)
    };
    let mut breaks = |at: &Steps, rule: &str| verdict.add(&at.pointer(), rule, code);
    match rule {
        ObjectRuleKind::Difference {
            of,
            minus,
            minimum,
            maximum,
        } => {
            if let (Some(end), Some(start)) = (whole(of), whole(minus)) {
                let difference = end.saturating_sub(start);
                if minimum.is_some_and(|least| difference < least) {
                    breaks(&at.member(of), "minDifference");
                }
                if maximum.is_some_and(|most| difference > most) {
                    breaks(&at.member(of), "maxDifference");
                }
            }
        }
        ObjectRuleKind::Sum {
            over,
            member,
            maximum,
        } => {
            let elements: Vec<&Value> = match members.get(over) {
                Some(Value::Array(elements)) => elements.iter().collect(),
                Some(Value::Object(members)) => members.values().collect(),
                _ => Vec::new(),
            };
            let texts = elements.iter().filter_map(|element| match member {
                Some(member) => element.get(member)?.as_str(),
                None => element.as_str(),
            });
            if texts.map(str::len).sum::<usize>() > *maximum as usize {
                breaks(&at.member(over), "maxSum");
            }
        }
        ObjectRuleKind::RequiredTogether(group) => {
            let present = group
                .iter()
                .filter(|name| members.contains_key(*name))
                .count();
            if present > 0 && present < group.len() {
                breaks(at, "requiredTogether");
            }
        }
        ObjectRuleKind::AtLeastOneOf(group) => {
            if !group.iter().any(|name| members.contains_key(name)) {
                breaks(at, "atLeastOneOf");
            }
        }
    }
}

fn size(node: &Node, size: usize, at: &Steps, verdict: &mut Verdict) {
    for limit in &node.limits {
        let rule = match limit.kind {
            LimitKind::MinBytes(least) if size < least as usize => "minBytes",
            LimitKind::MaxBytes(most) if size > most as usize => "maxBytes",
            LimitKind::MinItems(least) if size < least as usize => "minItems",
            LimitKind::MaxItems(most) if size > most as usize => "maxItems",
            _ => continue,
        };
        verdict.add(&at.pointer(), rule, limit.code);
    }
}

fn range(node: &Node, number: i64, at: &Steps, verdict: &mut Verdict) {
    for limit in &node.limits {
        let rule = match limit.kind {
            LimitKind::Minimum(least) if number < least => "minimum",
            LimitKind::Maximum(most) if number > most => "maximum",
            _ => continue,
        };
        verdict.add(&at.pointer(), rule, limit.code);
    }
    if node.unix_seconds && number >= MILLISECONDS {
        hint(at, "milliseconds", verdict);
    }
}

fn is_too_long(node: &Node, size: usize) -> bool {
    node.sizes().1.is_some_and(|most| size > most)
}

fn hint(at: &Steps, kind: &str, verdict: &mut Verdict) {
    verdict
        .hints
        .get_or_insert_default()
        .insert(Hint::new(&at.pointer(), kind));
}

/// A whole number, however it is written.
fn integer(number: &Number) -> Option<i64> {
    if number.is_f64() {
        let float = number.as_f64()?;
        // Converting saturates: only what comes back the same was in range, and 2^63
        // comes back as 2^63 - 1.
        #[expect(clippy::cast_possible_truncation, reason = "compared with what it was")]
        let whole = float as i64;
        #[expect(clippy::cast_precision_loss, reason = "whole floats convert exactly")]
        let back = whole as f64;
        let is_same = back.total_cmp(&float).is_eq() || (whole == 0 && float == 0.0);
        return (is_same && whole != i64::MAX).then_some(whole);
    }
    number.as_i64()
}
