//! Whatever sound schemas say: Rust, or an error with a place.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};
use trtc_rooms_codegen::{CodegenError, generate};
use trtc_rooms_schema::{SchemaSet, lower};

use crate::support::{ENDPOINT, texts};

fn name() -> impl Strategy<Value = String> {
    let odd = [
        "type", "self", "Self", "crate", "a-b", "a_b", "A B", "1st", "", "_", "__", "é", "房间",
        "New", "Check", "at", "report", "r#type", "$ref", "a/b", "a~b", "a\"b", "a\\b", "a\nb",
        "i", "gen", "x", "Option", "String", "Path", "RoomId", "Index", "index", "INDEX",
        "element", "name", "value",
    ];
    prop_oneof![
        3 => prop::sample::select(odd.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
        1 => "[A-Za-z_][A-Za-z0-9_]{0,8}",
    ]
}

fn leaf() -> impl Strategy<Value = Value> {
    let limit = 0u32..5;
    prop_oneof![
        (limit.clone(), limit.clone()).prop_map(|(low, more)| json!({
            "type": "string", "minBytes": low, "maxBytes": low + more,
        })),
        (any::<i64>(), any::<i64>()).prop_map(|(one, other)| json!({
            "type": "integer", "minimum": one.min(other), "maximum": one.max(other),
        })),
        Just(json!({ "type": "boolean" })),
        Just(json!({ "type": "number" })),
        Just(json!({})),
        Just(json!({ "$ref": "../common/types.json#/$defs/Mode" })),
        Just(json!({ "$ref": "../common/types.json#/$defs/Mode", "enum": ["Free"] })),
    ]
}

fn schema() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            (inner.clone(), 0u32..3).prop_map(|(items, most)| json!({
                "type": "array", "items": without_words(items), "maxItems": most,
            })),
            inner
                .clone()
                .prop_map(|items| json!({ "type": "array", "items": without_words(items) })),
            inner.clone().prop_map(|values| json!({
                "type": "object", "additionalProperties": without_words(values),
            })),
            prop::collection::vec((name(), inner, any::<bool>()), 1..3).prop_map(object),
        ]
    })
}

/// Only objects in lists have words.
fn without_words(mut schema: Value) -> Value {
    if schema.get("properties").is_some() {
        schema["description"] = json!("An object.");
    }
    schema
}

fn object(members: Vec<(String, Value, bool)>) -> Value {
    let mut properties = serde_json::Map::new();
    let mut required = BTreeSet::new();
    for (name, mut schema, is_required) in members {
        schema["description"] = json!("A member.");
        if is_required {
            required.insert(name.clone());
        }
        properties.insert(name, schema);
    }
    json!({
        "description": "An object.", "type": "object",
        "properties": properties, "required": required,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn sound_schemas_become_rust_or_an_error_with_a_place(
        members in prop::collection::vec((name(), schema(), any::<bool>()), 1..5),
        received in prop::collection::vec((name(), schema(), any::<bool>()), 0..3),
    ) {
        let mut files = texts("small");
        let mut endpoint: Value = serde_json::from_str(&files[ENDPOINT]).unwrap();
        let request = object(members);
        endpoint["properties"] = request["properties"].clone();
        endpoint["required"] = request["required"].clone();
        endpoint["response"] = object(received);
        endpoint["examples"] = json!([]);
        files.insert(ENDPOINT.to_owned(), endpoint.to_string());
        let set = SchemaSet::from_files(files)
            .map_err(|problems| TestCaseError::fail(problems.to_string()))?;
        let Ok(ir) = lower(&set) else {
            // Two objects of one name.
            return Ok(());
        };
        match generate(&ir) {
            // Each text has been parsed before it was formatted; names have not.
            Ok(files) => for file in files {
                let parsed = syn::parse_file(&file.text).unwrap();
                let mut seen = BTreeSet::new();
                for item in &parsed.items {
                    if let syn::Item::Struct(item) = item {
                        prop_assert!(seen.insert(item.ident.to_string()), "{}", item.ident);
                        let mut fields = BTreeSet::new();
                        for field in &item.fields {
                            prop_assert!(fields.insert(field.ident.clone()), "{}", file.text);
                        }
                    }
                }
            },
            Err(CodegenError::Unsupported { file, .. }) => prop_assert_eq!(file, ENDPOINT),
            Err(error) => prop_assert!(false, "{}", error),
        }
    }
}
