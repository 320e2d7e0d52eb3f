//! From files to the representation that code is generated from.

use serde_json::json;
use trtc_rooms_schema::document::Unit;
use trtc_rooms_schema::ir::{Field, Ir, LimitKind, Module, Role, Type};
use trtc_rooms_schema::lower;

use crate::support::{CALL, Files, TYPES};

fn ir(files: &Files) -> Ir {
    lower(&files.set()).unwrap_or_else(|problems| panic!("{problems}"))
}

fn field<'a>(module: &'a Module, object: &str, name: &str) -> &'a Field {
    let object = module
        .objects
        .iter()
        .find(|found| found.name == object)
        .unwrap();
    object
        .fields
        .iter()
        .find(|field| field.name == name)
        .unwrap()
}

fn request_field(files: &Files, name: &str) -> Field {
    field(&ir(files).endpoints[0].module, "CallRequest", name).clone()
}

#[test]
fn request_and_response_come_first_and_fields_keep_their_order() {
    let ir = ir(&Files::sound());
    let module = &ir.endpoints[0].module;
    let objects: Vec<&str> = module
        .objects
        .iter()
        .map(|object| object.name.as_str())
        .collect();
    assert_eq!(objects, ["CallRequest", "CallResponse", "Inner"]);
    let fields: Vec<&str> = module.objects[0]
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    assert_eq!(
        fields,
        [
            "Name", "Mode", "Template", "Start", "End", "Tags", "Entries", "Labels", "Inner"
        ]
    );
    assert_eq!(ir.shared[0].path, "common/types");
    assert_eq!(module.objects[2].place.pointer, "/properties/Inner");
}

#[test]
fn limits_come_from_where_they_are_stated_and_so_do_their_codes() {
    let user =
        |more: serde_json::Value| {
            let mut member = json!({
                "description": "A.", "$ref": "../common/types.json#/$defs/UserId",
            });
            member
                .as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
            let files = Files::sound()
                .with(
                    TYPES,
                    "/$defs/UserId/limitCodes",
                    json!({ "maxBytes": 100_010, "type": 100_012 }),
                )
                .with(TYPES, "/codes", json!([]))
                .member("User", member);
            let files = files.file("common/codes.json", json!({
            "$schema": "../dialect.json", "title": "C", "description": "C.",
            "codes": [crate::support::code(100_010, "A"), crate::support::code(100_012, "B")],
        }));
            request_field(&files, "User")
        };
    let plain = user(json!({}));
    assert_eq!(plain.type_code, 100_012);
    assert_eq!(plain.limits[0].kind, LimitKind::MaxBytes(32));
    assert_eq!(plain.limits[0].code, 100_010);
    let narrowed = user(json!({ "maxBytes": 8 }));
    assert_eq!(narrowed.limits.len(), 1);
    assert_eq!(narrowed.limits[0].kind, LimitKind::MaxBytes(8));
    assert_eq!(narrowed.limits[0].code, 100_002);
    assert_eq!(narrowed.type_code, 100_012);
}

#[test]
fn a_definition_in_another_file_is_relative_to_that_file() {
    let files = Files::sound().member(
        "Users",
        json!({
            "description": "A.", "$ref": "../common/types.json#/$defs/UserIds",
        }),
    );
    let users = request_field(&files, "Users");
    let Type::Array(element) = &users.ty else {
        panic!("{users:?}")
    };
    assert_eq!(element.ty, Type::String);
    assert_eq!(element.limits[0].kind, LimitKind::MaxBytes(32));
    assert_eq!(users.limits[0].kind, LimitKind::MaxItems(9));
}

#[test]
fn elements_have_limits_and_codes_of_their_own() {
    let files = Files::sound().call(
        "/properties/Tags/items",
        json!({
            "type": "string", "minBytes": 1, "limitCodes": { "type": 100_010, "minBytes": 100_012 },
        }),
    );
    let Type::Array(element) = request_field(&files, "Tags").ty else {
        panic!()
    };
    assert_eq!(element.type_code, 100_010);
    assert_eq!(element.limits[0].code, 100_012);
}

#[test]
fn what_only_replies_hold_is_lenient() {
    let files = Files::sound()
        .with(
            TYPES,
            "/$defs/Received",
            json!({
                "description": "A.", "type": "object", "required": ["Id"],
                "properties": {
                    "Id": { "description": "A.", "type": "string" },
                    "Deep": { "description": "A.", "$ref": "#/$defs/Deep" },
                },
            }),
        )
        .with(
            TYPES,
            "/$defs/Deep",
            json!({
                "description": "A.", "type": "object",
                "properties": { "Id": { "description": "A.", "type": "string" } },
            }),
        )
        .call(
            "/response/properties/List",
            json!({
                "description": "A.", "type": "array",
                "items": { "$ref": "../common/types.json#/$defs/Received" },
            }),
        );
    let ir = ir(&files);
    let role = |name: &str| {
        let object = ir.shared[0]
            .objects
            .iter()
            .find(|object| object.name == name);
        object.unwrap().role
    };
    assert_eq!(role("Received"), Role::Response);
    assert_eq!(role("Deep"), Role::Response);
    assert_eq!(role("Entry"), Role::Request);
}

#[test]
fn facts_of_a_definition_reach_its_users() {
    let files = Files::sound()
        .with(
            TYPES,
            "/$defs/Time",
            json!({
                "description": "A time.", "type": "integer", "unit": "unixSeconds",
                "serverDefault": "now",
                "recordedLimits": [{ "rule": "maximum", "limit": "A year.", "reason": "unclear" }],
            }),
        )
        .member("At", json!({ "$ref": "../common/types.json#/$defs/Time" }));
    let at = request_field(&files, "At");
    assert_eq!(at.unit, Some(Unit::UnixSeconds));
    assert_eq!(at.default.as_deref(), Some("now"));
    assert_eq!(at.recorded, ["A year. That is not checked: unclear."]);
    assert_eq!(at.description, "A time.");
}

#[test]
fn a_single_value_is_fixed() {
    let files = Files::sound().call("/properties/Mode/enum", json!(["Free"]));
    let mode = request_field(&files, "Mode");
    assert_eq!(mode.fixed.as_deref(), Some("Free"));
    assert_eq!(
        mode.limits[0].kind,
        LimitKind::OneOf {
            values: vec!["Free".to_owned()],
            narrowed: true
        }
    );
}

#[test]
fn what_the_representation_has_no_name_for_is_reported() {
    let problem = |files: Files| {
        let problems = lower(&files.set()).unwrap_err();
        let problem = problems.iter().next().unwrap().clone();
        assert_eq!(problem.file, CALL);
        assert!(problem.help.unwrap().contains("`$defs`"));
        (problem.place, problem.message)
    };
    let mut values = json!({
        "description": "A.", "type": "string", "enum": ["A"], "valueDescriptions": { "A": "A." },
    });
    let found = problem(Files::sound().member("New", values.clone()));
    assert_eq!(
        found,
        (
            "/properties/New".to_owned(),
            "the list of values has no name".to_owned()
        )
    );
    values.as_object_mut().unwrap().shift_remove("description");
    let found = problem(Files::sound().call("/properties/Tags/items", values));
    assert_eq!(found.0, "/properties/Tags/items");
    let inner = json!({
        "description": "A.", "type": "object",
        "properties": { "Inner": {
            "description": "A.", "type": "object",
            "properties": { "Id": { "description": "A.", "type": "string" } },
        } },
    });
    let found = problem(Files::sound().member("Outer", inner));
    assert_eq!(found.0, "/properties/Outer/properties/Inner");
    assert!(found.1.contains("a second object is named `Inner`"));
}
