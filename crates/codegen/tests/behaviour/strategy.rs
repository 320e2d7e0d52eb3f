//! Requests that are made from what the schemas say, and aim at their limits.

use proptest::prelude::*;
use proptest::strategy::Union;
use serde_json::{Map, Value, json};
use trtc_rooms_schema::ir::{Element, Endpoint, Limit, LimitKind, Module, Object, Type, TypeName};

use crate::support::FIXTURE;

/// How far a request departs from its types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mistakes {
    /// Every type is right and nothing mandatory is missing.
    None,
    /// Values of other types, and members that are missing or unknown.
    Some,
}

/// Requests to an endpoint.
pub(crate) fn request(endpoint: &str, mistakes: Mistakes) -> BoxedStrategy<Value> {
    let mut endpoints = FIXTURE.ir.endpoints.iter();
    let name = |endpoint: &Endpoint| format!("{}/{}", endpoint.product, endpoint.operation);
    let endpoint = endpoints.find(|found| name(found) == endpoint).unwrap();
    object(&endpoint.module.objects[0], mistakes)
}

fn find(name: &TypeName) -> &'static Module {
    let endpoints = FIXTURE.ir.endpoints.iter().map(|endpoint| &endpoint.module);
    let mut modules = FIXTURE.ir.shared.iter().chain(endpoints);
    modules.find(|module| module.path == name.module).unwrap()
}

fn object(object: &'static Object, mistakes: Mistakes) -> BoxedStrategy<Value> {
    let members: Vec<_> = object
        .fields
        .iter()
        .map(|field| {
            let value = value(&field.ty, &field.limits, mistakes);
            let weight = if field.required { 20 } else { 2 };
            let name = field.name.clone();
            if field.required && mistakes == Mistakes::None {
                value
                    .prop_map(move |value| Some((name.clone(), value)))
                    .boxed()
            } else {
                let there = value.prop_map(move |value| Some((name.clone(), value)));
                prop_oneof![weight => there, 1 => Just(None)].boxed()
            }
        })
        .collect();
    let unknown = match mistakes {
        Mistakes::None => Just(None).boxed(),
        Mistakes::Some => {
            prop_oneof![4 => Just(None), 1 => Just(Some(("Unknown".to_owned(), json!(1))))].boxed()
        }
    };
    (members, unknown)
        .prop_map(|(members, unknown)| {
            let members: Map<String, Value> =
                members.into_iter().chain([unknown]).flatten().collect();
            Value::Object(members)
        })
        .boxed()
}

fn value(ty: &'static Type, limits: &'static [Limit], mistakes: Mistakes) -> BoxedStrategy<Value> {
    let right = right_value(ty, limits, mistakes);
    match mistakes {
        Mistakes::None => right,
        Mistakes::Some => prop_oneof![12 => right, 1 => anything()].boxed(),
    }
}

fn right_value(
    ty: &'static Type,
    limits: &'static [Limit],
    mistakes: Mistakes,
) -> BoxedStrategy<Value> {
    match ty {
        Type::String => text(limits),
        Type::Integer => integer(limits, mistakes),
        Type::Number => {
            prop_oneof![Just(json!(0.5)), Just(json!(-1)), Just(json!(u64::MAX))].boxed()
        }
        Type::Boolean => any::<bool>().prop_map(Value::from).boxed(),
        Type::Any => anything(),
        Type::ValueList(name) => listed(name),
        Type::Object(name) => {
            let mut objects = find(name).objects.iter();
            object(
                objects.find(|object| object.name == name.name).unwrap(),
                mistakes,
            )
        }
        Type::Array(element) => elements(element, limits, mistakes)
            .prop_map(Value::from)
            .boxed(),
        Type::Map(element) => {
            let names = prop::sample::select(vec!["a", "b/c", "d~e", "房", ""]);
            let value = value(&element.ty, &element.limits, mistakes);
            prop::collection::vec((names, value), 0..4)
                .prop_map(|pairs| {
                    let pairs = pairs
                        .into_iter()
                        .map(|(name, value)| (name.to_owned(), value));
                    Value::Object(pairs.collect())
                })
                .boxed()
        }
    }
}

fn elements(
    element: &'static Element,
    limits: &'static [Limit],
    mistakes: Mistakes,
) -> BoxedStrategy<Vec<Value>> {
    let most = limits.iter().find_map(|limit| match limit.kind {
        LimitKind::MaxItems(most) => Some(most as usize),
        _ => None,
    });
    let value = value(&element.ty, &element.limits, mistakes);
    prop::collection::vec(value, 0..=most.unwrap_or(3) + 1).boxed()
}

/// Texts of the lengths around the limits, of characters of one to four bytes.
fn text(limits: &[Limit]) -> BoxedStrategy<Value> {
    let mut lengths = vec![0, 1, 3];
    for limit in limits {
        if let LimitKind::MinBytes(length) | LimitKind::MaxBytes(length) = limit.kind {
            let length = length as usize;
            lengths.extend([length.saturating_sub(1), length, length + 1]);
        }
    }
    (
        prop::sample::select(lengths),
        prop::sample::select(vec!["a", "é", "房", "👪"]),
    )
        .prop_map(|(length, letter)| {
            let mut text = letter.repeat(length / letter.len());
            text.push_str(&"a".repeat(length - text.len()));
            Value::from(text)
        })
        .boxed()
}

/// Numbers around the limits, and the greatest that there are.
fn integer(limits: &[Limit], mistakes: Mistakes) -> BoxedStrategy<Value> {
    let mut numbers = vec![
        0,
        1,
        10,
        61,
        101,
        -1001,
        i64::MIN,
        i64::MAX,
        100_000_000_000,
    ];
    for limit in limits {
        if let LimitKind::Minimum(end) | LimitKind::Maximum(end) = limit.kind {
            numbers.extend([end.saturating_sub(1), end, end.saturating_add(1)]);
        }
    }
    let numbers = prop::sample::select(numbers).prop_map(Value::from);
    match mistakes {
        Mistakes::None => numbers.boxed(),
        Mistakes::Some => {
            let whole = ["8.0", "1e1", "-0.0", "9.3e18", "8.5", "9223372036854775808"];
            let odd: Vec<Value> = whole.map(|text| serde_json::from_str(text).unwrap()).into();
            prop_oneof![6 => numbers, 1 => prop::sample::select(odd)].boxed()
        }
    }
}

fn listed(name: &TypeName) -> BoxedStrategy<Value> {
    let mut lists = find(name).value_lists.iter();
    let list = lists.find(|list| list.name == name.name).unwrap();
    let known = list
        .values
        .iter()
        .map(|value| Just(json!(value.text)).boxed());
    let others = ["x", "", "free"].map(|text| Just(json!(text)).boxed());
    Union::new(known.chain(others)).boxed()
}

fn anything() -> BoxedStrategy<Value> {
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(1.5),
        json!("a"),
        json!([]),
        json!({}),
        json!([1, "a", null]),
        json!({ "Key": 1, "Text": "abc" }),
    ];
    prop::sample::select(values.to_vec()).boxed()
}
