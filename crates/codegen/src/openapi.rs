//! The schemas as an `OpenAPI` 3.1 description, for tools that read nothing else: mock
//! servers, fuzzers, client generators in other languages.
//!
//! What JSON Schema can say is said in it, so that a tool needs to know nothing of our
//! keywords: `maxBytes` also bounds the characters, `requiredTogether` is
//! `dependentRequired`. What it cannot say stands beside it in `x-` members.

mod operation;
mod schema;
mod webhook;

use serde_json::{Map, Value, json};
use trtc_rooms_schema::{SchemaFile, SchemaSet};

use crate::error::CodegenError;
use crate::file::GeneratedFile;

/// The file, relative to the workspace.
const PATH: &str = "schemas/openapi.json";

const ABOUT: &str = "\
The server-side REST APIs for rooms of Tencent RTC: Live (live streaming, voice chat) and \
Conference (meetings). Generated from the schema files of the unofficial project \
trtc-rooms, which are written after the vendor's pages; the vendor publishes no \
machine-readable description.

Every call is a POST of a JSON object, and is answered with HTTP status 200 even if it is \
refused: `ErrorCode` in the reply decides. Limits of texts count UTF-8 bytes; \
`x-maxBytes` has the documented figure, and `maxLength` is the same figure, which is \
necessary and not sufficient.";

/// Describes every endpoint.
///
/// # Errors
///
/// A keyword that this has no place for, with its place in the schema file.
pub fn openapi(set: &SchemaSet) -> Result<GeneratedFile, CodegenError> {
    let description = describe(set)?;
    let text = serde_json::to_string_pretty(&description)
        .map_err(|error| CodegenError::in_file(PATH, error.to_string()))?;
    Ok(GeneratedFile {
        path: PATH.to_owned(),
        text: text + "\n",
    })
}

fn describe(set: &SchemaSet) -> Result<Value, CodegenError> {
    let mut paths = Map::new();
    for file in set.endpoints() {
        let Some(endpoint) = &file.document.endpoint else {
            continue;
        };
        let operation = operation::operation(set, file, endpoint)?;
        paths.insert(format!("/{}", endpoint.path), json!({ "post": operation }));
    }
    Ok(json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "Tencent RTC rooms (unofficial)",
            "version": env!("CARGO_PKG_VERSION"),
            "description": ABOUT,
            "license": { "name": "MIT OR Apache-2.0" },
        },
        "servers": servers(set, None),
        "security": [{ "UserSig": [] }],
        "tags": tags(set),
        "paths": paths,
        "webhooks": webhook::webhooks(set)?,
        "components": {
            "securitySchemes": {
                "UserSig": {
                    "type": "apiKey",
                    "in": "query",
                    "name": "usersig",
                    "description": "A ticket of the administrator `identifier`, signed with the key of the application.",
                },
            },
            "parameters": parameters(),
            "schemas": components(set)?,
        },
    }))
}

/// The hosts of regions, all of them unless some are named.
fn servers(set: &SchemaSet, names: Option<&[String]>) -> Vec<Value> {
    set.files()
        .flat_map(|file| &file.document.regions)
        .filter(|region| names.is_none_or(|names| names.contains(&region.name)))
        .map(|region| {
            json!({
                "url": format!("https://{}", region.host),
                "description": region.description,
                "x-region": region.name,
            })
        })
        .collect()
}

fn tags(set: &SchemaSet) -> Vec<Value> {
    let mut tags = Vec::new();
    for file in set.files() {
        let Some(product) = &file.document.product else {
            continue;
        };
        let name = folder(file);
        let overview = json!({ "url": product.page.url });
        if product.groups.is_empty() {
            let description = &file.document.schema.description;
            tags.push(json!({
                "name": name, "description": description, "externalDocs": overview,
            }));
        }
        for (group, facts) in &product.groups {
            tags.push(json!({
                "name": format!("{name}/{group}"),
                "description": facts.description,
                "externalDocs": overview,
            }));
        }
    }
    if set.events().next().is_some() {
        tags.push(json!({
            "name": "webhooks",
            "description": "What the service sends to the server of the application.",
        }));
    }
    tags
}

fn folder(file: &SchemaFile) -> &str {
    let stem = file.stem();
    stem.split_once('/').map_or(stem, |(folder, _)| folder)
}

/// The parameters of the URL that every call has, beside the ticket.
fn parameters() -> Value {
    let parameter = |name: &str, description: &str, schema: Value| {
        json!({
            "name": name, "in": "query", "required": true,
            "description": description, "schema": schema,
        })
    };
    json!({
        "sdkappid": parameter(
            "sdkappid",
            "The number of the application.",
            json!({ "type": "integer", "minimum": 1, "maximum": u32::MAX }),
        ),
        "identifier": parameter(
            "identifier",
            "The user id of an administrator of the application.",
            json!({ "type": "string", "minLength": 1 }),
        ),
        "random": parameter(
            "random",
            "A number that is new in every call.",
            json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
        ),
        "contenttype": parameter(
            "contenttype",
            "The form of the body.",
            json!({ "type": "string", "const": "json" }),
        ),
    })
}

/// The envelope and every named definition.
fn components(set: &SchemaSet) -> Result<Map<String, Value>, CodegenError> {
    let mut components = Map::new();
    for file in set.files() {
        let document = &file.document;
        let is_plain =
            document.endpoint.is_none() && document.product.is_none() && document.event.is_none();
        // A file that is a schema and nothing else, such as the envelope.
        if is_plain && file.value.get("properties").is_some() {
            let name = schema::component(file.stem(), None);
            let described = schema::schema(file, "", &schema::of_file(file))?;
            components.insert(name, described);
        }
        let definitions = file.value.get("$defs").and_then(Value::as_object);
        for (name, definition) in definitions.into_iter().flatten() {
            let pointer = format!("/$defs/{name}");
            let described = schema::schema(file, &pointer, definition)?;
            components.insert(schema::component(file.stem(), Some(name)), described);
        }
    }
    Ok(components)
}
