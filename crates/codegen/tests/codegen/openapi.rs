//! The `OpenAPI` description, to be read; and that nothing in it points nowhere.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;
use trtc_rooms_codegen::openapi;
use trtc_rooms_schema::SchemaSet;

use crate::support::texts;

fn described(set: &SchemaSet) -> (String, Value) {
    let text = openapi(set).unwrap_or_else(|error| panic!("{error}")).text;
    let value = serde_json::from_str(&text).unwrap();
    (text, value)
}

fn repository() -> SchemaSet {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas");
    SchemaSet::load(&folder).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn the_description_of_a_small_endpoint() {
    let set = SchemaSet::from_files(texts("small")).unwrap();
    insta::assert_snapshot!(described(&set).0);
}

#[test]
fn every_keyword_of_the_dialect_has_a_place() {
    for fixture in ["small", "everything"] {
        let set = SchemaSet::from_files(texts(fixture)).unwrap();
        described(&set);
    }
}

#[test]
fn every_reference_leads_somewhere_and_every_name_is_unique() {
    let (_, value) = described(&repository());
    let mut references = BTreeSet::new();
    collect(&value, &mut references);
    assert!(!references.is_empty());
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(value.pointer(pointer).is_some(), "{reference}");
    }
    let paths = value["paths"].as_object().unwrap();
    assert_eq!(paths.len(), repository().endpoints().count());
    let ids = paths.values().map(|path| &path["post"]["operationId"]);
    let ids: BTreeSet<&str> = ids.filter_map(Value::as_str).collect();
    assert_eq!(ids.len(), paths.len());
}

/// A limit in bytes is also one in characters, as far as that is certain.
#[test]
fn tools_that_count_characters_refuse_nothing_that_is_right() {
    let (_, value) = described(&repository());
    let create = &value["paths"]["/v4/live_engine_http_srv/create_room"]["post"];
    let schema = &create["requestBody"]["content"]["application/json"]["schema"];
    let room_id = &schema["properties"]["RoomInfo"]["properties"]["RoomId"];
    assert_eq!(room_id["x-maxBytes"], 48);
    assert_eq!(room_id["maxLength"], 48);
}

fn collect(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get("$ref") {
                found.insert(reference.clone());
            }
            members.values().for_each(|value| collect(value, found));
        }
        Value::Array(elements) => elements.iter().for_each(|value| collect(value, found)),
        _ => {}
    }
}
