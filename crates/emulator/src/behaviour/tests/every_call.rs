//! What holds of every call.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use trtc_rooms_schema::ir::{Field, Ir, Module, Role, Type};
use trtc_rooms_schema::lower;

use crate::schemas::schemas;
use crate::testing::{Desk, NOW, live, meeting, with};

/// A service in which every call has something to act on.
fn busy() -> Desk {
    let mut desk = Desk::new();
    for id in ["live-1", "live-2", "live-3"] {
        desk.ok("/v4/live_engine_http_srv/create_room", &live(id));
    }
    let seats = json!({ "IsSeatEnabled": true, "MaxSeatCount": 4 });
    desk.ok(
        "/v4/room_engine_http_srv/create_room",
        &with(meeting("standup-7"), seats),
    );
    // Later calls may change one of the two alone.
    let token = json!({ "Token": "xxxxyyyy", "IsTokenEnable": true });
    desk.ok("/v4/live_config/set_callback_token", &token);
    for (room, users) in [("live-1", ["mei", "ana"]), ("standup-7", ["mei", "ana"])] {
        for user in users {
            assert!(desk.app().enter(room, user));
        }
    }
    desk
}

/// Sends every example of every schema. Most have nothing to act on, and what comes back
/// is either the documented shape or a documented refusal.
#[test]
fn every_example_is_answered_in_the_documented_shape() {
    let set = schemas().unwrap();
    let ir = lower(&set).unwrap();
    let mut carried_out = BTreeSet::new();
    for endpoint in &ir.endpoints {
        let name = format!("{}/{}", endpoint.product, endpoint.operation);
        let file = set.file(&format!("{name}.json")).unwrap();
        for example in &file.document.schema.examples {
            let mut desk = busy();
            desk.wait_millis(2_000);
            let path = format!("/{}", endpoint.facts.path);
            let reply = desk.send(&path, example.to_string());
            let code = reply.error_code().unwrap();
            let envelope = reply.json().unwrap();
            assert_ne!(code, 60_009, "{name} is modelled");
            assert_ne!(code, 100_002, "{name} takes {example}: {envelope}");
            if code == 0 {
                carried_out.insert(name.clone());
                documented(&ir, &endpoint.module, &envelope, &name);
            }
        }
    }
    // A shape that nobody sees is not tested: most calls act on what is there.
    assert!(
        carried_out.len() * 2 > ir.endpoints.len(),
        "{carried_out:?}"
    );
}

/// Every member of a reply is one that the schema documents, with its type.
fn documented(ir: &Ir, module: &Module, envelope: &Value, name: &str) {
    let response = module
        .objects
        .iter()
        .find(|object| object.role == Role::Response);
    let response = response.map_or(&[][..], |object| &object.fields);
    let mut data = envelope.as_object().unwrap().clone();
    for member in ["ActionStatus", "ErrorCode", "ErrorInfo", "RequestId"] {
        data.remove(member);
    }
    match data.get("Response").and_then(Value::as_object) {
        Some(nested) if data.len() == 1 => members(ir, response, nested, name),
        _ => members(ir, response, &data, name),
    }
}

fn members(ir: &Ir, fields: &[Field], object: &Map<String, Value>, place: &str) {
    for (name, value) in object {
        let place = format!("{place} {name}");
        let field = fields.iter().find(|field| field.name == *name);
        let field = field.unwrap_or_else(|| panic!("{place} is not documented"));
        typed(ir, &field.ty, value, &place);
    }
}

fn typed(ir: &Ir, ty: &Type, value: &Value, place: &str) {
    let fits = match ty {
        Type::String | Type::ValueList(_) => value.is_string(),
        Type::Integer => value.is_i64(),
        Type::Number => value.is_number(),
        Type::Boolean => value.is_boolean(),
        Type::Any => true,
        Type::Array(element) => {
            let elements = value
                .as_array()
                .unwrap_or_else(|| panic!("{place}: {value}"));
            for value in elements {
                typed(ir, &element.ty, value, place);
            }
            true
        }
        Type::Map(element) => {
            let values = value
                .as_object()
                .unwrap_or_else(|| panic!("{place}: {value}"));
            for value in values.values() {
                typed(ir, &element.ty, value, place);
            }
            true
        }
        Type::Object(name) => {
            let modules = ir.endpoints.iter().map(|endpoint| &endpoint.module);
            let module = modules
                .chain(&ir.shared)
                .find(|module| module.path == name.module);
            let mut objects = module.unwrap().objects.iter();
            let object = objects.find(|object| object.name == name.name).unwrap();
            let value = value
                .as_object()
                .unwrap_or_else(|| panic!("{place}: {value}"));
            members(ir, &object.fields, value, place);
            true
        }
    };
    assert!(fits, "{place}: {value} is no {ty:?}");
}

#[test]
fn a_room_that_is_not_there_is_100004() {
    let set = schemas().unwrap();
    for endpoint in lower(&set).unwrap().endpoints {
        let creates = endpoint.operation == "create_room";
        let Some(mut request) = endpoint.example.filter(|_| !creates) else {
            continue;
        };
        let id = request.pointer_mut("/RoomId").map(Value::take);
        let nested = request.pointer("/RoomInfo/RoomId").is_some();
        if let Some(room) = request.pointer_mut("/RoomInfo/RoomId") {
            *room = json!("nowhere");
        } else if id.is_some() {
            request["RoomId"] = json!("nowhere");
        }
        let is_about_a_room = id.is_some() || nested;
        // The information of a battle can be asked for with an id alone.
        if is_about_a_room && endpoint.operation != "get_battle_info" {
            let mut desk = busy();
            let path = format!("/{}", endpoint.facts.path);
            assert_eq!(desk.code(&path, &request), 100_004, "{path}");
        }
    }
}

#[test]
fn nothing_is_later_than_the_service() {
    let mut desk = busy();
    let info = desk.ok(
        "/v4/live_engine_http_srv/get_room_info",
        &json!({ "RoomId": "live-1" }),
    );
    assert_eq!(info["Response"]["RoomInfo"]["CreateTime"], NOW);
}
