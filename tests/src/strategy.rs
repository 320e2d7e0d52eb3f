//! The request of an endpoint as proptest strategies: requests that break no rule,
//! exactly one, or several.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};
use trtc_rooms_schema::ir::ObjectRuleKind;

use crate::cases::{Case, Expect};
use crate::request::{Edit, Node, ObjectNode, Shape, full};
use crate::verdict::Broken;

/// How many names or elements a list without a limit gets.
const FEW: usize = 4;

/// Requests that break no rule.
pub fn valid(request: &Node) -> BoxedStrategy<Value> {
    value(request)
}

/// Requests that break exactly one rule, and which one it is. `cases` are those of the
/// same endpoint.
pub fn one_broken(request: &Node, cases: &[Case]) -> BoxedStrategy<(Value, Broken)> {
    let breaking: Vec<(Vec<Edit>, Broken)> = cases.iter().filter_map(breaking).collect();
    let node = request.clone();
    (valid(request), any::<Index>())
        .prop_map(move |(mut request, index)| {
            let (edits, broken) = index.get(&breaking);
            for edit in edits {
                edit.apply(&node, &mut request);
            }
            (request, broken.clone())
        })
        .boxed()
}

/// Requests that break rules in several places, if the endpoint has as many, and that may be
/// changed in others too.
pub fn several_broken(request: &Node, cases: &[Case]) -> BoxedStrategy<Value> {
    let any_edits: Vec<Vec<Edit>> = cases.iter().map(|case| case.edits.clone()).collect();
    let places = places(cases);
    let node = request.clone();
    let others = vec(any::<Index>(), 0..=2);
    let how_many = 2..=places.len().clamp(2, 6);
    let broken = how_many.prop_flat_map(|count| vec((any::<Index>(), any::<Index>()), count));
    (valid(request), others, broken)
        .prop_map(move |(mut request, others, broken)| {
            let mut left: Vec<&Vec<Vec<Edit>>> = places.iter().collect();
            let mut edits: Vec<&Vec<Edit>> =
                others.iter().map(|index| index.get(&any_edits)).collect();
            for (place, case) in broken {
                if !left.is_empty() {
                    let cases = left.remove(place.index(left.len()));
                    edits.push(case.get(cases));
                }
            }
            for edit in edits.into_iter().flatten() {
                edit.apply(&node, &mut request);
            }
            request
        })
        .boxed()
}

/// The places in which a rule can be broken without touching another such place, and for
/// each the edits that do so: what breaks a whole object leaves none of its members.
pub fn places(cases: &[Case]) -> Vec<Vec<Vec<Edit>>> {
    let mut places: BTreeMap<String, Vec<Vec<Edit>>> = BTreeMap::new();
    for (edits, broken) in cases.iter().filter_map(breaking) {
        places.entry(broken.pointer).or_default().push(edits);
    }
    let pointers: Vec<String> = places.keys().cloned().collect();
    let holds_others = |place: &str| {
        let inside = format!("{place}/");
        pointers.iter().any(|other| other.starts_with(&inside))
    };
    places.retain(|place, _| !holds_others(place));
    places.into_values().collect()
}

/// The edits of a case that breaks one rule of its own.
fn breaking(case: &Case) -> Option<(Vec<Edit>, Broken)> {
    match &case.expect {
        Expect::Breaks(broken) => Some((case.edits.clone(), broken.clone())),
        Expect::Valid | Expect::Open => None,
    }
}

fn value(node: &Node) -> BoxedStrategy<Value> {
    match &node.shape {
        Shape::String => text(node),
        Shape::Values(values) => {
            let listed = select(values.spellings().cloned().collect::<Vec<_>>());
            if values.is_closed {
                return listed.prop_map(Value::from).boxed();
            }
            let other = "[A-Za-z0-9]{0,12}";
            prop_oneof![8 => listed, 1 => other]
                .prop_map(Value::from)
                .boxed()
        }
        Shape::Integer => integer(node),
        Shape::Number => prop_oneof![
            any::<i64>().prop_map(Value::from),
            any::<f32>().prop_map(Value::from)
        ]
        .prop_filter("JSON has no such number", |value| !value.is_null())
        .boxed(),
        Shape::Boolean => any::<bool>().prop_map(Value::from).boxed(),
        Shape::Any => select(vec![
            json!(null),
            json!(1),
            json!("x"),
            json!([]),
            json!({ "a": 1 }),
        ])
        .boxed(),
        Shape::Array(element) => {
            let element = value(element);
            sizes(node)
                .prop_flat_map(move |size| vec(element.clone(), size))
                .prop_map(Value::from)
                .boxed()
        }
        Shape::Map(element) => {
            let element = ("[a-z]{1,8}", value(element));
            let (least, _) = node.sizes();
            sizes(node)
                .prop_flat_map(move |size| {
                    proptest::collection::btree_map(element.0, element.1.clone(), size)
                })
                .prop_filter("names that stand twice", move |members| {
                    members.len() >= least
                })
                .prop_map(|members| Value::Object(members.into_iter().collect()))
                .boxed()
        }
        Shape::Object(object) => members(object),
    }
}

/// Lengths at the ends of what is allowed, and between them.
fn sizes(node: &Node) -> BoxedStrategy<usize> {
    let (least, most) = node.sizes();
    let usual = least..=most.unwrap_or(usize::MAX).min(least + FEW);
    match most {
        Some(most) => prop_oneof![8 => usual, 1 => Just(most), 1 => Just(least)].boxed(),
        None => usual.boxed(),
    }
}

/// Texts of one to four bytes a character, often as long as they may be.
fn text(node: &Node) -> BoxedStrategy<Value> {
    let (least, most) = node.sizes();
    let limit = most.unwrap_or(least + 200);
    let length = prop_oneof![3 => least..=limit, 2 => Just(limit), 1 => Just(least)];
    let letters = select(vec![
        'a', 'Z', '0', ' ', '-', '\0', '"', 'é', '\u{301}', '房', '\u{200d}', '😀',
    ]);
    (length, vec(letters, 1..=limit.clamp(1, 60)))
        .prop_map(move |(length, letters)| {
            let mut text = String::new();
            for letter in letters.iter().cycle() {
                if text.len() + letter.len_utf8() > length {
                    break;
                }
                text.push(*letter);
            }
            while text.len() < length {
                text.push('a');
            }
            Value::from(text)
        })
        .boxed()
}

fn integer(node: &Node) -> BoxedStrategy<Value> {
    let (least, most) = node.range();
    let small = 0.clamp(least, most)..=100.clamp(least, most);
    let ends = select(vec![least, most, 0.clamp(least, most)]);
    let written_otherwise = small
        .clone()
        .prop_map(|number| json!(f64::from(i32::try_from(number).unwrap_or(0))));
    let any_number = (least..=most).prop_map(Value::from);
    if least > 0 {
        return prop_oneof![8 => small.prop_map(Value::from), 2 => any_number].boxed();
    }
    prop_oneof![
        8 => small.prop_map(Value::from),
        2 => any_number,
        1 => ends.prop_map(Value::from),
        1 => written_otherwise,
    ]
    .boxed()
}

/// Mandatory members always, each other one half of the time.
fn members(object: &ObjectNode) -> BoxedStrategy<Value> {
    let mut all: BoxedStrategy<Map<String, Value>> = Just(Map::new()).boxed();
    for member in &object.members {
        let name = member.name.clone();
        let value = if member.is_required {
            value(&member.node).prop_map(Some).boxed()
        } else {
            proptest::option::of(value(&member.node)).boxed()
        };
        let with_member = move |(mut members, value): (Map<String, Value>, Option<Value>)| {
            members.extend(value.map(|value| (name.clone(), value)));
            members
        };
        all = (all, value).prop_map(with_member).boxed();
    }
    let object = object.clone();
    all.prop_map(move |mut members| {
        object
            .rules
            .iter()
            .for_each(|rule| keep(&rule.kind, &object, &mut members));
        Value::Object(members)
    })
    .boxed()
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
            let end = members.get(of).and_then(Value::as_i64);
            if members.contains_key(of) && members.contains_key(minus) {
                // Whatever the end is, it is used to choose a length.
                let (least, most) = (minimum.unwrap_or(0), maximum.unwrap_or(i64::MAX / 2));
                let length = end.unwrap_or(0).clamp(least, most.max(least));
                match start.and_then(|start| start.checked_add(length)) {
                    Some(end) => members[of] = json!(end),
                    None => {
                        members.shift_remove(of);
                    }
                }
            }
        }
        ObjectRuleKind::Sum {
            over,
            member,
            maximum,
        } => {
            let size = |element: &Value| {
                let text = member
                    .as_ref()
                    .map_or(Some(element), |member| element.get(member));
                text.and_then(Value::as_str).map_or(0, str::len)
            };
            let mut rest = *maximum as usize;
            match members.get_mut(over) {
                Some(Value::Array(elements)) => {
                    elements.retain(|element| fits(&mut rest, size(element)));
                }
                Some(Value::Object(named)) => {
                    named.retain(|_, element| fits(&mut rest, size(element)));
                }
                _ => {}
            }
        }
        ObjectRuleKind::RequiredTogether(group) => {
            if !group.iter().all(|name| members.contains_key(name)) {
                for name in group {
                    members.shift_remove(name);
                }
            }
        }
        ObjectRuleKind::AtLeastOneOf(group) => {
            if !group.iter().any(|name| members.contains_key(name)) {
                let first = group.first().and_then(|name| object.member(name));
                members.extend(first.map(|member| (member.name.clone(), full(&member.node))));
            }
        }
    }
}

fn fits(rest: &mut usize, size: usize) -> bool {
    let is_enough = size <= *rest;
    if is_enough {
        *rest -= size;
    }
    is_enough
}
