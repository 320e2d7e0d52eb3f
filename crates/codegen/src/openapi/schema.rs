use serde_json::{Map, Value, json};
use trtc_rooms_schema::SchemaFile;
use trtc_rooms_schema::ir::Place;

use crate::error::CodegenError;

/// Keywords of JSON Schema, which stay as they are.
const KEPT: &[&str] = &[
    "title",
    "description",
    "type",
    "required",
    "enum",
    "minItems",
    "maxItems",
    "minimum",
    "maximum",
    "default",
    "examples",
];

/// Keywords of our own, which go into `x-` members.
const OWN: &[&str] = &[
    "openEnum",
    "valueDescriptions",
    "valueAliases",
    "minBytes",
    "maxBytes",
    "differences",
    "sums",
    "requiredTogether",
    "atLeastOneOf",
    "limitCodes",
    "recordedLimits",
    "appliesWhen",
    "unit",
    "serverDefault",
    "alsoNamed",
    "secret",
];

/// What is of no use to a tool: remarks for maintainers, and what stands elsewhere.
const DROPPED: &[&str] = &["$comment", "$defs", "$schema"];

/// The name of a definition, or of a file, among the components.
pub(super) fn component(stem: &str, name: Option<&str>) -> String {
    let file = stem.replace('/', ".");
    match name {
        Some(name) => format!("{file}.{name}"),
        None => file,
    }
}

/// The schema that a file is, without what else stands in it.
pub(super) fn of_file(file: &SchemaFile) -> Value {
    const BESIDE: &[&str] = &[
        "endpoint",
        "response",
        "codes",
        "quirks",
        "incomplete",
        "counterexamples",
        "title",
        "examples",
    ];
    let mut schema = file.value.clone();
    if let Some(members) = schema.as_object_mut() {
        members.retain(|name, _| !BESIDE.contains(&name.as_str()));
    }
    schema
}

/// A schema in the words of plain JSON Schema, with `x-` members for what that cannot say.
pub(super) fn schema(
    file: &SchemaFile,
    pointer: &str,
    value: &Value,
) -> Result<Value, CodegenError> {
    let mut described = Map::new();
    for (keyword, value) in value.as_object().into_iter().flatten() {
        let pointer = format!("{pointer}/{keyword}");
        match keyword.as_str() {
            "$ref" => {
                described.insert("$ref".to_owned(), reference(file, &pointer, value)?.into());
            }
            "properties" => {
                let mut members = Map::new();
                for (name, member) in value.as_object().into_iter().flatten() {
                    let pointer = format!("{pointer}/{name}");
                    members.insert(name.clone(), schema(file, &pointer, member)?);
                }
                described.insert(keyword.clone(), members.into());
            }
            "items" | "additionalProperties" => {
                described.insert(keyword.clone(), schema(file, &pointer, value)?);
            }
            kept if KEPT.contains(&kept) => {
                described.insert(keyword.clone(), value.clone());
            }
            own if OWN.contains(&own) => {
                described.insert(format!("x-{own}"), value.clone());
                plainly(own, value, &mut described);
            }
            dropped if DROPPED.contains(&dropped) => {}
            unknown => {
                let place = Place {
                    file: file.name.clone(),
                    pointer,
                };
                let message = format!("the OpenAPI description has no place for `{unknown}`");
                return Err(CodegenError::at(&place, message));
            }
        }
    }
    if described.get("type") == Some(&json!("integer")) {
        described.insert("format".to_owned(), "int64".into());
    }
    Ok(described.into())
}

/// Says of a keyword of our own what JSON Schema can say of it.
fn plainly(keyword: &str, value: &Value, described: &mut Map<String, Value>) {
    match keyword {
        // A character has one to four bytes.
        "secret" => drop(described.insert("format".to_owned(), "password".into())),
        "maxBytes" => drop(described.insert("maxLength".to_owned(), value.clone())),
        "minBytes" => {
            let least = value.as_u64().unwrap_or_default().div_ceil(4);
            described.insert("minLength".to_owned(), least.into());
        }
        "requiredTogether" => {
            let mut dependent = Map::new();
            for group in lists(value) {
                for name in &group {
                    let others: Vec<&String> = group.iter().filter(|it| it != &name).collect();
                    dependent.insert(name.clone(), json!(others));
                }
            }
            described.insert("dependentRequired".to_owned(), dependent.into());
        }
        "atLeastOneOf" => {
            let groups = lists(value).into_iter().map(|group| {
                let names = group.iter().map(|name| json!({ "required": [name] }));
                json!({ "anyOf": names.collect::<Vec<_>>() })
            });
            described.insert("allOf".to_owned(), groups.collect());
        }
        _ => {}
    }
}

fn lists(value: &Value) -> Vec<Vec<String>> {
    serde_json::from_value(value.clone()).unwrap_or_default()
}

/// `../common/rooms.json#/$defs/UserId` as a reference to a component.
fn reference(file: &SchemaFile, pointer: &str, value: &Value) -> Result<String, CodegenError> {
    let text = value.as_str().unwrap_or_default();
    let parts = text.split_once("#/$defs/").and_then(|(path, name)| {
        let stem = match path {
            "" => file.stem().to_owned(),
            path => {
                let path = path.strip_suffix(".json")?;
                match path.strip_prefix("../") {
                    Some(stem) => stem.to_owned(),
                    None => format!("{}/{path}", super::folder(file)),
                }
            }
        };
        Some(component(&stem, Some(name)))
    });
    let component = parts.ok_or_else(|| {
        let place = Place {
            file: file.name.clone(),
            pointer: pointer.to_owned(),
        };
        CodegenError::at(&place, format!("`{text}` is no reference to a definition"))
    })?;
    Ok(format!("#/components/schemas/{component}"))
}
