use serde_json::{Map, Value, json};
use trtc_rooms_schema::SchemaSet;

use super::{operation, schema};
use crate::error::CodegenError;

/// What the service sends to the app's own server, by command.
pub(super) fn webhooks(set: &SchemaSet) -> Result<Map<String, Value>, CodegenError> {
    let mut webhooks = Map::new();
    for file in set.events() {
        let document = &file.document;
        let facts = &file.value["event"];
        let command = facts["command"].as_str().unwrap_or(file.stem());
        let mut body = json!({ "schema": schema::schema(file, "", &schema::of_file(file))? });
        let examples = operation::examples(file);
        if !examples.is_empty() {
            body["examples"] = operation::named(examples);
        }
        let mut webhook = json!({
            "operationId": file.stem().replace('/', "_"),
            "tags": ["webhooks"],
            "summary": document.schema.title,
            "description": document.schema.description,
            "externalDocs": {
                "url": facts["page"]["url"],
                "description": facts["page"]["title"],
            },
            // Tickets are for calls; webhooks are signed with a token, if at all.
            "security": [],
            "parameters": parameters(command),
            "requestBody": { "required": true, "content": { "application/json": body } },
            "responses": { "200": {
                "description": "`ErrorCode` 0 lets a before-event go on; of the others it is ignored.",
                "content": { "application/json": { "schema": answer() } },
            } },
            "x-event": facts,
        });
        for name in ["quirks", "incomplete"] {
            if let Some(facts) = file.value.get(name) {
                webhook[format!("x-{name}")] = facts.clone();
            }
        }
        webhooks.insert(command.to_owned(), json!({ "post": webhook }));
    }
    Ok(webhooks)
}

/// The query. Names are spelt as the service spells them.
fn parameters(command: &str) -> Value {
    let parameter = |name: &str, required: bool, schema: Value, description: &str| {
        json!({
            "name": name, "in": "query", "required": required,
            "description": description, "schema": schema,
        })
    };
    let text = || json!({ "type": "string" });
    json!([
        parameter(
            "SdkAppid",
            true,
            json!({ "type": "integer", "minimum": 1, "maximum": u32::MAX }),
            "The number of the application; compare it with your own.",
        ),
        parameter(
            "CallbackCommand",
            true,
            json!({ "type": "string", "examples": [command] }),
            "What happened, as in the body.",
        ),
        parameter(
            "contenttype",
            false,
            text(),
            "The form of the body, `json`."
        ),
        parameter(
            "ClientIP",
            false,
            text(),
            "The address of the client that caused it."
        ),
        parameter(
            "OptPlatform",
            false,
            text(),
            "The platform of that client, such as `RESTAPI`."
        ),
        parameter(
            "Sign",
            false,
            text(),
            "SHA-256 of the token followed by RequestTime, in hexadecimal digits.",
        ),
        parameter(
            "RequestTime",
            false,
            json!({ "type": "integer", "format": "int64" }),
            "When it was sent, in Unix seconds.",
        ),
    ])
}

fn answer() -> Value {
    json!({
        "type": "object",
        "properties": {
            "ActionStatus": { "type": "string", "enum": ["OK", "FAIL"] },
            "ErrorInfo": { "type": "string" },
            "ErrorCode": { "type": "integer", "format": "int64" },
        },
        "required": ["ActionStatus", "ErrorInfo", "ErrorCode"],
    })
}
