//! A request for a draft, with values of ours: those of the samples are the vendor's.

use serde_json::{Map, Value, json};
use trtc_rooms_schema::SchemaSet;

/// A request with the mandatory members of the schema of a draft.
pub(super) fn of(schema: &Value, draft: &Value, set: &SchemaSet) -> Value {
    let mut request = Map::new();
    for name in schema["required"].as_array().into_iter().flatten() {
        let name = name.as_str().unwrap_or_default();
        let member = &schema["properties"][name];
        request.insert(name.to_owned(), value(name, member, draft, set));
    }
    Value::Object(request)
}

fn value(name: &str, schema: &Value, draft: &Value, set: &SchemaSet) -> Value {
    if let Some(value) = first(&schema["enum"]).or_else(|| first(&schema["openEnum"])) {
        return value;
    }
    if let Some(reference) = schema["$ref"].as_str() {
        let (file, pointer) = reference.split_once('#').unwrap_or_default();
        let shared = set
            .file(file.trim_start_matches("../"))
            .map(|file| &file.value);
        let definition = shared.unwrap_or(draft).pointer(pointer);
        return definition.map_or(json!("text"), |schema| value(name, schema, draft, set));
    }
    match schema["type"].as_str() {
        Some("object") => of(schema, draft, set),
        Some("array") => json!([]),
        Some("boolean") => json!(true),
        Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or(json!(1)),
        _ if name == "RoomId" => json!("room-1"),
        _ => json!("text"),
    }
}

fn first(values: &Value) -> Option<Value> {
    values.as_array()?.first().cloned()
}
