//! Where what was observed is not what was expected.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::rig::Observation;
use super::world::World;

/// How many differences are told.
const MAX_TOLD: usize = 8;

/// Every difference after a step, in words. The model comes first, as it says what is
/// documented.
pub(super) fn differences(world: &World, observed: &Observation) -> Vec<String> {
    let expected = &world.expected;
    let mut told = Vec::new();
    if expected.outcome != observed.outcome {
        told.push(format!(
            "expected {}, got {}",
            expected.outcome, observed.outcome
        ));
    }
    let received: Vec<&str> = observed.received.iter().map(String::as_str).collect();
    match (expected.received.as_deref(), received.as_slice()) {
        (None, []) => {}
        (Some(body), [one]) if same_body(body, one) => {}
        (None, some) => told.push(format!("nothing should have been sent, but {some:?} was")),
        (Some(body), other) => told.push(format!("expected on the wire {body}, got {other:?}")),
    }
    walk("", &world.stored(), &observed.stored, &mut told);
    let more = told.len().saturating_sub(MAX_TOLD);
    told.truncate(MAX_TOLD);
    if more > 0 {
        told.push(format!("and {more} more differences"));
    }
    told
}

/// The order of members is nobody's business.
fn same_body(expected: &str, received: &str) -> bool {
    let json = |text| serde_json::from_str::<Value>(text).ok();
    expected == received || json(expected).is_some_and(|expected| Some(expected) == json(received))
}

fn walk(at: &str, expected: &Value, observed: &Value, told: &mut Vec<String>) {
    if expected == observed {
        return;
    }
    let (Some(left), Some(right)) = (members(expected), members(observed)) else {
        let (expected, observed) = (short(expected), short(observed));
        told.push(format!("stored{at}: expected {expected}, found {observed}"));
        return;
    };
    let names: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
    for name in names {
        let at = format!("{at}/{name}");
        match (left.get(name), right.get(name)) {
            (Some(left), Some(right)) => walk(&at, left, right, told),
            (Some(left), None) => {
                told.push(format!(
                    "stored{at}: expected {}, found nothing",
                    short(left)
                ));
            }
            (None, Some(right)) => {
                told.push(format!(
                    "stored{at}: expected nothing, found {}",
                    short(right)
                ));
            }
            (None, None) => {}
        }
    }
}

/// A value of which the beginning tells enough.
fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// The members of an object, or the elements of a list of apps or rooms by their ids.
fn members(value: &Value) -> Option<BTreeMap<String, &Value>> {
    match value {
        Value::Object(members) => Some(
            members
                .iter()
                .map(|(name, value)| (name.clone(), value))
                .collect(),
        ),
        Value::Array(elements) => elements
            .iter()
            .map(|element| {
                let id = element.get("id").or_else(|| element.get("sdkappid"))?;
                Some((id.to_string(), element))
            })
            .collect(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn differences_name_the_place() {
        let mut told = Vec::new();
        let expected = json!({ "rooms": [{ "id": "a", "info": { "x": 1, "y": [] } }] });
        let observed = json!({ "rooms": [{ "id": "a", "info": { "x": 2 } }, { "id": "b" }] });
        walk("", &expected, &observed, &mut told);
        assert_eq!(
            told,
            [
                r#"stored/rooms/"a"/info/x: expected 1, found 2"#,
                r#"stored/rooms/"a"/info/y: expected [], found nothing"#,
                r#"stored/rooms/"b": expected nothing, found {"id":"b"}"#,
            ]
        );
    }

    #[test]
    fn members_may_come_in_any_order_on_the_wire() {
        assert!(same_body(r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#));
        assert!(!same_body(r#"{"a":1}"#, r#"{"a":1.0}"#));
        assert!(!same_body("{", "{}"));
    }
}
