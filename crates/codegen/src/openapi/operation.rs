use serde_json::{Value, json};
use trtc_rooms_schema::facts::{EndpointFacts, Payload};
use trtc_rooms_schema::{SchemaFile, SchemaSet};

use super::{folder, schema, servers};
use crate::error::CodegenError;

/// The file of the envelope.
const ENVELOPE: &str = "common/envelope";

/// One endpoint: its request, its reply, and what is documented beside them.
pub(super) fn operation(
    set: &SchemaSet,
    file: &SchemaFile,
    endpoint: &EndpointFacts,
) -> Result<Value, CodegenError> {
    let document = &file.document;
    let product = folder(file);
    let tag = match &endpoint.group {
        Some(group) => format!("{product}/{group}"),
        None => product.to_owned(),
    };
    let reply = reply(set, file, endpoint.payload)?;
    let examples = examples(file);
    let mut request = json!({ "schema": schema::schema(file, "", &schema::of_file(file))? });
    if !examples.is_empty() {
        request["examples"] = named(examples);
    }
    let mut operation = json!({
        "operationId": file.stem().replace('/', "_"),
        "tags": [tag],
        "summary": document.schema.title,
        "description": document.schema.description,
        "externalDocs": { "url": endpoint.page.url, "description": endpoint.page.title },
        "servers": servers(set, Some(&endpoint.regions)),
        "parameters": [
            { "$ref": "#/components/parameters/sdkappid" },
            { "$ref": "#/components/parameters/identifier" },
            { "$ref": "#/components/parameters/random" },
            { "$ref": "#/components/parameters/contenttype" },
        ],
        "requestBody": { "required": true, "content": { "application/json": request } },
        "responses": {
            "200": {
                "description": "The call was carried out (`ErrorCode` 0) or refused (any other).",
                "content": { "application/json": { "schema": reply } },
            },
        },
    });
    // The facts that OpenAPI has no place for, as they stand in the schema file.
    for name in ["rate", "otherRates", "repeat", "list"] {
        if let Some(fact) = file.value["endpoint"].get(name) {
            operation[format!("x-{name}")] = fact.clone();
        }
    }
    operation["x-updated"] = json!(endpoint.page.updated);
    for name in ["codes", "quirks", "incomplete", "counterexamples"] {
        if let Some(facts) = file.value.get(name) {
            operation[format!("x-{name}")] = facts.clone();
        }
    }
    Ok(operation)
}

fn reply(set: &SchemaSet, file: &SchemaFile, payload: Payload) -> Result<Value, CodegenError> {
    let mut parts = Vec::new();
    if set.file(&format!("{ENVELOPE}.json")).is_some() {
        let envelope = schema::component(ENVELOPE, None);
        parts.push(json!({ "$ref": format!("#/components/schemas/{envelope}") }));
    }
    if let Some(response) = file.value.get("response") {
        let data = schema::schema(file, "/response", response)?;
        parts.push(match payload {
            Payload::Beside => data,
            Payload::Nested => json!({ "type": "object", "properties": { "Response": data } }),
        });
    }
    Ok(json!({ "allOf": parts }))
}

pub(super) fn examples(file: &SchemaFile) -> Vec<Value> {
    let examples = file.value.get("examples").and_then(Value::as_array);
    examples.cloned().unwrap_or_default()
}

/// Examples under the names that `OpenAPI` wants.
pub(super) fn named(examples: Vec<Value>) -> Value {
    let numbered = examples.into_iter().enumerate();
    numbered
        .map(|(index, example)| (format!("example{}", index + 1), json!({ "value": example })))
        .collect()
}
