//! Whatever the dialect allows, the comparison knows: a keyword that is added to the
//! dialect and not to the comparison turns this red.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use trtc_rooms_compat::{Rule, Schemas, compare};
use trtc_rooms_schema::dialect;

/// The names of the members that a part of the dialect describes.
fn described(part: &Value) -> Vec<String> {
    let members = part["properties"].as_object().unwrap();
    members.keys().cloned().collect()
}

fn definition(name: &str) -> Vec<String> {
    described(&dialect()["$defs"][name])
}

/// Whether a member that is removed and put back is told as what no rule knows.
fn is_unknown(file: &Value, holder: &str, member: &str, value: &Value) -> bool {
    let mut with = file.clone();
    with.pointer_mut(holder).unwrap()[member] = value.clone();
    let read = |file: &Value| Schemas::read([("live/create_room.json", file.to_string())]);
    let changes = compare(&read(file), &read(&with));
    changes.iter().any(|change| {
        let is_here = change
            .place()
            .is_some_and(|place| place.pointer.ends_with(member));
        change.rule == Rule::Unclassified && is_here
    })
}

#[test]
fn every_keyword_of_a_schema_is_known() {
    let mut keywords: BTreeSet<String> = definition("Schema").into_iter().collect();
    assert!(keywords.len() > 25, "{keywords:?}");
    // It stands at the top of a file only.
    keywords.remove("$defs");
    let values = json!({
        "$ref": "#/$defs/Id", "type": "string", "properties": {}, "required": [],
        "additionalProperties": { "type": "string" }, "items": { "type": "string" },
        "enum": ["A"], "openEnum": ["A"], "valueDescriptions": { "A": "a" },
        "valueAliases": { "a": "A" }, "minBytes": 1, "maxBytes": 1, "minItems": 1, "maxItems": 1,
        "minimum": 1, "maximum": 1, "differences": [{ "of": "A", "minus": "B", "minimum": 1 }],
        "sums": [{ "over": "A", "maximum": 1 }], "requiredTogether": [["A", "B"]],
        "atLeastOneOf": [["A", "B"]], "limitCodes": { "type": 1 }, "recordedLimits": [],
        "appliesWhen": { "member": "A", "values": ["B"] }, "unit": "bytes", "default": 1,
        "serverDefault": "x", "examples": [1], "title": "x", "description": "x", "$comment": "x",
        "alsoNamed": ["A"], "secret": true
    });
    for keyword in keywords {
        let value = values
            .get(&keyword)
            .unwrap_or_else(|| panic!("`{keyword}` is new in the dialect: teach compat about it"));
        // The kind of schema that it goes with.
        let field = match keyword.as_str() {
            "items" | "minItems" | "maxItems" => json!({ "type": "array" }),
            "properties" | "required" | "additionalProperties" => json!({ "type": "object" }),
            _ => json!({}),
        };
        let file = json!({
            "endpoint": {}, "type": "object", "properties": { "Field": field },
            "$defs": { "Id": { "type": "string" } }
        });
        assert!(
            !is_unknown(&file, "/properties/Field", &keyword, value),
            "`{keyword}`"
        );
    }
}

/// A file that becomes one of these serves another purpose, which is told as such.
const KINDS: &[&str] = &["endpoint", "event"];

#[test]
fn everything_at_the_top_of_a_file_is_known() {
    let schema: BTreeSet<String> = definition("Schema").into_iter().collect();
    for member in described(&dialect())
        .into_iter()
        .filter(|member| !schema.contains(member))
    {
        let file = json!({ "type": "object", "description": "x" });
        assert!(
            !is_unknown(&file, "", &member, &json!([])) || KINDS.contains(&member.as_str()),
            "`{member}`"
        );
    }
}

#[test]
fn every_fact_is_known() {
    let endpoint = json!({
        "path": "a", "group": "a", "list": { "items": "a", "mark": "a", "next": "a" },
        "rate": { "calls": 1, "perSeconds": 1, "sharedBy": "a" }, "otherRates": [
            { "calls": 1, "perSeconds": 1, "countedOver": "/a", "code": 1 }
        ],
        "regions": ["a"], "page": { "title": "a", "url": "a", "updated": "a" },
        "repeat": { "safe": true, "reason": "a", "doneCodes": [1] }, "payload": "beside"
    });
    let file = json!({
        "endpoint": endpoint,
        "codes": [{
            "code": 1, "name": "a", "class": "a", "retry": "a", "retryAfterSeconds": 1,
            "meaning": "a", "remedy": "a"
        }],
        "regions": [{ "name": "a", "description": "a", "host": "a", "backupHost": "a" }],
        "product": {
            "page": { "title": "a", "url": "a", "updated": "a" },
            "groups": { "a": { "description": "a" } }, "shares": ["a"]
        }
    });
    for (definition_name, holder) in [
        ("EndpointFacts", "/endpoint"),
        ("Rate", "/endpoint/rate"),
        ("List", "/endpoint/list"),
        ("NarrowRate", "/endpoint/otherRates/0"),
        ("Page", "/endpoint/page"),
        ("Repeat", "/endpoint/repeat"),
        ("Code", "/codes/0"),
        ("RegionFacts", "/regions/0"),
        ("Product", "/product"),
        ("Group", "/product/groups/a"),
    ] {
        for member in definition(definition_name) {
            let value = &file.pointer(holder).unwrap()[&member];
            assert!(
                !value.is_null(),
                "`{member}` of {definition_name} is new: teach compat about it"
            );
            let other = match value {
                Value::Number(_) => json!(2),
                Value::Bool(_) => json!(false),
                Value::String(_) => json!("b"),
                // What stands deeper has its own line above.
                _ => continue,
            };
            assert!(
                !is_unknown(&file, holder, &member, &other),
                "{holder}/{member}"
            );
        }
    }
}
