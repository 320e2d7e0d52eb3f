//! Examples, defaults and counterexamples.

use serde_json::{Value, json};

use crate::support::{CALL, Files, TYPES};

#[test]
fn examples_of_requests_fit_the_schema() {
    Files::sound()
        .call(
            "/examples/1",
            json!({ "Name": "123456789", "Mode": "free" }),
        )
        .expect(&[
            (CALL, "/examples/1", &["/Name", "9 bytes", "(maxBytes)"]),
            (CALL, "/examples/1", &["/Mode", "(enum)"]),
        ]);
    Files::sound().call("/examples/1", json!([])).expect_one(
        "/examples/1",
        &["the value is array, object is expected (type)"],
    );
}

#[test]
fn examples_and_defaults_are_looked_at_wherever_they_stand() {
    let cases = [
        (
            CALL,
            "/properties/Name/examples",
            json!(["123456789"]),
            "/0",
        ),
        (CALL, "/properties/Name/default", json!(1), ""),
        (CALL, "/properties/Mode/default", json!("free"), ""),
        (
            CALL,
            "/properties/Inner/properties/Count/default",
            json!("1"),
            "",
        ),
        (CALL, "/properties/Tags/items/examples", json!([1]), "/0"),
        (
            CALL,
            "/properties/Labels/additionalProperties/examples",
            json!([1]),
            "/0",
        ),
        (CALL, "/response/examples", json!([{ "RoomId": 1 }]), "/0"),
        (
            CALL,
            "/response/properties/RoomId/examples",
            json!(["a", 1]),
            "/1",
        ),
        (CALL, "/$defs/Template/examples", json!([1]), "/0"),
        (
            TYPES,
            "/$defs/UserId/examples",
            json!(["x".repeat(33)]),
            "/0",
        ),
    ];
    for (file, pointer, value, rest) in cases {
        Files::sound().with(file, pointer, value).expect(&[(
            file,
            &format!("{pointer}{rest}"),
            &["contradicts the schema"],
        )]);
    }
}

#[test]
fn a_value_that_is_not_in_an_open_list_is_no_contradiction() {
    Files::sound()
        .call("/properties/Template/default", json!("Karaoke"))
        .expect_none();
}

fn counterexample(request: Value, violations: Value) -> Files {
    Files::sound().call(
        "/counterexamples/1",
        json!({ "title": "A", "request": request, "violations": violations }),
    )
}

#[test]
fn counterexamples_break_exactly_the_rules_that_they_name() {
    let long = json!([{ "pointer": "/Name", "rule": "maxBytes" }]);
    let place = "/counterexamples/1/violations";
    counterexample(json!({ "Name": "123456789" }), long.clone()).expect_none();
    counterexample(json!({ "Name": "1" }), long.clone())
        .expect_one(place, &["no violation of `maxBytes` at `/Name`"]);
    counterexample(json!({ "Name": "123456789", "Start": "now" }), long.clone())
        .expect_one(place, &["also finds a violation of `type` at `/Start`"]);
    counterexample(json!({}), long).expect(&[
        (CALL, place, &["no violation of `maxBytes` at `/Name`"]),
        (
            CALL,
            place,
            &["also finds a violation of `required` at `/Name`"],
        ),
    ]);
    counterexample(
        json!({ "Name": "123456789" }),
        json!([{ "pointer": "/Name", "rule": "maxLength" }]),
    )
    .expect(&[
        (CALL, place, &["no violation of `maxLength`"]),
        (CALL, place, &["also finds a violation of `maxBytes`"]),
    ]);
}

#[test]
fn examples_are_not_judged_by_broken_schemas() {
    Files::sound()
        .call("/examples/1", json!({ "Name": "123456789" }))
        .call("/properties/Mode/$ref", json!("#/$defs/Nothing"))
        .expect_one("/properties/Mode/$ref", &["no definition"]);
}

#[test]
fn an_example_may_hold_anything_that_looks_like_a_schema() {
    let odd = json!({ "$ref": "#/nowhere", "$id": "a", "$schema": "b", "type": 1 });
    Files::sound()
        .member(
            "Any",
            json!({ "description": "Anything.", "examples": [odd.clone()], "default": odd }),
        )
        .expect_none();
}
