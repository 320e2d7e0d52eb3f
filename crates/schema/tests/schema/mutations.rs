//! Whatever is wrong with a file: an answer, and never a panic.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use trtc_rooms_schema::{RequestValidator, SchemaSet, lower};

use crate::support::Files;

/// A change of one node.
#[derive(Clone, Debug)]
enum Change {
    Drop,
    Retype(Value),
    Rename(String),
    /// Put a copy of another node there.
    Copy(Index),
}

fn change() -> impl Strategy<Value = Change> {
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(u64::MAX),
        json!(1e300),
        json!(""),
        json!("a"),
        json!("#/$defs/Template"),
        json!("integer"),
        json!("object"),
        json!([]),
        json!([[]]),
        json!({}),
        json!({ "": {} }),
        json!({ "type": "array" }),
        json!({ "$ref": "#/$defs/Template" }),
        json!({ "type": "object", "properties": { "": {} } }),
    ];
    let names = [
        "",
        "x",
        "$ref",
        "$defs",
        "$id",
        "$schema",
        "type",
        "items",
        "properties",
        "required",
        "enum",
        "openEnum",
        "default",
        "response",
        "endpoint",
        "codes",
        "Name",
        "additionalProperties",
        "differences",
        "sums",
        "maxBytes",
        "appliesWhen",
        "limitCodes",
        "examples",
        "product",
    ];
    prop_oneof![
        Just(Change::Drop),
        prop::sample::select(values.to_vec()).prop_map(Change::Retype),
        prop::sample::select(names.to_vec()).prop_map(|name| Change::Rename(name.to_owned())),
        any::<Index>().prop_map(Change::Copy),
    ]
}

/// Pointers to every node but the root.
fn nodes(value: &Value, pointer: &str, found: &mut Vec<String>) {
    let mut visit = |step: &str, value: &Value| {
        let step = step.replace('~', "~0").replace('/', "~1");
        let pointer = format!("{pointer}/{step}");
        found.push(pointer.clone());
        nodes(value, &pointer, found);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| visit(name, value)),
        Value::Array(elements) => {
            let elements = elements.iter().enumerate();
            elements.for_each(|(index, value)| visit(&index.to_string(), value));
        }
        _ => {}
    }
}

fn apply(value: &mut Value, pointer: &str, change: &Change, all: &[String]) {
    let (parent, step) = pointer.rsplit_once('/').unwrap();
    let step = step.replace("~1", "/").replace("~0", "~");
    let copy = match change {
        Change::Copy(index) => {
            let node: &String = index.get(all);
            value.pointer(node).cloned().unwrap_or_default()
        }
        _ => Value::Null,
    };
    match value.pointer_mut(parent).unwrap() {
        Value::Object(members) => match change {
            Change::Drop => drop(members.shift_remove(&step)),
            Change::Retype(new) => drop(members.insert(step, new.clone())),
            Change::Copy(_) => drop(members.insert(step, copy)),
            Change::Rename(name) => {
                let node = members.shift_remove(&step).unwrap_or_default();
                members.insert(name.clone(), node);
            }
        },
        Value::Array(elements) => {
            let index: usize = step.parse().unwrap();
            match change {
                Change::Drop => drop(elements.remove(index)),
                Change::Retype(new) => elements[index] = new.clone(),
                Change::Copy(_) => elements[index] = copy,
                Change::Rename(name) => elements[index] = json!(name),
            }
        }
        _ => unreachable!("a node has a parent"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn changed_files_are_refused_or_understood(
        changes in prop::collection::vec((any::<Index>(), any::<Index>(), change()), 1..4),
    ) {
        let mut files = Files::sound();
        for (file, node, change) in &changes {
            let names: Vec<String> = files.0.keys().cloned().collect();
            let value = files.0.get_mut(file.get(&names)).unwrap();
            let mut all = Vec::new();
            nodes(value, "", &mut all);
            if !all.is_empty() {
                apply(value, &node.get(&all).clone(), change, &all);
            }
        }
        match SchemaSet::from_files(files.texts()) {
            Ok(set) => {
                let _ = lower(&set);
                for file in set.endpoints() {
                    // What the checks let pass, the validator compiles.
                    let validator = RequestValidator::new(&set, file.stem());
                    let validator = validator.map_err(|problem| TestCaseError::fail(problem.to_string()))?;
                    for request in [json!({}), json!(null), json!({ "Name": 1, "Inner": [] })] {
                        let _ = validator.findings(&request);
                    }
                }
            }
            Err(problems) => {
                for problem in &problems {
                    let is_place = problem.place.is_empty() || problem.place.starts_with('/');
                    prop_assert!(is_place && !problem.message.is_empty(), "{:?}", problem);
                    prop_assert!(files.0.contains_key(&problem.file), "{:?}", problem);
                }
            }
        }
    }

    #[test]
    fn cut_texts_are_refused(file in any::<Index>(), cut in any::<Index>()) {
        let texts: Vec<(String, String)> = Files::sound().texts().collect();
        let (name, text) = file.get(&texts);
        let cut = cut.index(text.len());
        prop_assume!(text.is_char_boundary(cut));
        let cut = (name.clone(), text[..cut].to_owned());
        let problems = SchemaSet::from_files([cut]).unwrap_err();
        prop_assert!(problems.to_string().contains("line 1, column"));
    }
}
