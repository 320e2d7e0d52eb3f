//! What the file of a webhook event says.

use serde_json::{Value, json};
use trtc_rooms_schema::ir::Role;
use trtc_rooms_schema::{Problem, lower};

use crate::support::{Files, TYPES};

const AFTER: &str = "callbacks/live_after_open.json";
const BEFORE: &str = "callbacks/live_before_close.json";

/// A sound set with an event after the fact and one before.
fn files() -> Files {
    let page = json!({ "title": "Open", "url": "https://example.com/2" });
    let after = json!({
        "$schema": "../dialect.json", "title": "After opening", "description": "It is open.",
        "event": {
            "command": "Live.CallbackAfterOpen", "alsoNamed": ["Live.CallbackOpen"],
            "products": ["live"], "page": page, "room": ["/Room/Id"], "time": ["/Time"],
        },
        "type": "object",
        "properties": {
            "CallbackCommand": { "description": "The command.", "type": "string" },
            "Room": {
                "description": "The room.", "type": "object",
                "properties": { "Id": { "description": "The id.", "type": "string", "alsoNamed": ["ID"] } },
            },
            "Time": { "description": "The time.", "type": "integer", "unit": "unixMilliseconds" },
            "State": { "$ref": "#/$defs/State" },
        },
        "$defs": {
            "State": {
                "description": "A state.", "type": "string", "openEnum": ["Up"],
                "valueDescriptions": { "Up": "Up." },
            },
        },
        "incomplete": [{ "about": "/properties/State", "reason": "The table is cut off." }],
        "examples": [{ "CallbackCommand": "Live.CallbackAfterOpen", "Room": { "Id": "a" }, "State": "Sideways" }],
    });
    let before = json!({
        "$schema": "../dialect.json", "title": "Before closing", "description": "It closes.",
        "event": {
            "command": "Live.CallbackBeforeClose", "products": ["live"], "page": page,
            "before": {
                "answerWithinSeconds": 2, "withoutAnswer": "It closes.",
                "refusals": [{ "code": 1, "name": "Reject", "meaning": "It stays open." }],
                "ownCodes": { "from": 100, "to": 200, "meaning": "It is passed on." },
            },
        },
        "type": "object",
        "properties": { "Id": { "description": "The id.", "type": "string" } },
        "response": {
            "description": "More.", "type": "object",
            "properties": { "When": { "description": "When.", "type": "string" } },
        },
        "examples": [{ "Id": "a" }],
    });
    Files::sound().file(AFTER, after).file(BEFORE, before)
}

#[track_caller]
fn expect(files: &Files, file: &str, place: &str, words: &str) {
    files.expect(&[(file, place, &[words])]);
}

#[test]
fn sound_events_are_lowered_as_what_is_received() {
    let ir = lower(&files().set()).unwrap();
    let names: Vec<&str> = ir.events.iter().map(|event| event.name.as_str()).collect();
    assert_eq!(names, ["live_after_open", "live_before_close"]);
    let objects: Vec<Vec<&str>> = ir
        .events
        .iter()
        .map(|event| {
            event
                .module
                .objects
                .iter()
                .map(|object| object.name.as_str())
                .collect()
        })
        .collect();
    assert_eq!(objects[0], ["LiveAfterOpen", "Room"]);
    assert_eq!(objects[1], ["LiveBeforeClose", "LiveBeforeCloseAnswer"]);
    let mut all = ir.events.iter().flat_map(|event| &event.module.objects);
    assert!(all.all(|object| object.role == Role::Response));
    assert_eq!(ir.events[0].incomplete.len(), 1);
    assert!(!ir.events[0].has_answer && ir.events[1].has_answer);
}

#[test]
fn the_file_is_named_after_the_command() {
    let event = files().0[AFTER].clone();
    for name in [
        "callbacks/live_open.json",
        "live/live_after_open.json",
        "callbacks/after_open.json",
    ] {
        let moved = files().without_file(AFTER).file(name, event.clone());
        expect(
            &moved,
            name,
            "/event/command",
            "schemas/callbacks/live_after_open.json",
        );
    }
    let odd = files().with(AFTER, "/event/command", json!("live.callbackOpen"));
    assert!(!odd.problems().is_empty());
}

#[test]
fn a_command_stands_for_one_event() {
    let twice = files().with(
        AFTER,
        "/event/alsoNamed/0",
        json!("Live.CallbackBeforeClose"),
    );
    expect(
        &twice,
        BEFORE,
        "/event",
        "schemas/callbacks/live_after_open.json",
    );
    let itself = files().with(AFTER, "/event/alsoNamed/0", json!("Live.CallbackAfterOpen"));
    expect(&itself, AFTER, "/event", "as well");
}

#[test]
fn products_are_known_and_stand_once() {
    let products = |names: Value| files().with(AFTER, "/event/products", names);
    expect(
        &products(json!(["lvie"])),
        AFTER,
        "/event/products/0",
        "live",
    );
    expect(
        &products(json!(["live", "live"])),
        AFTER,
        "/event/products",
        "twice",
    );
}

#[test]
fn room_and_time_are_members() {
    for (keyword, pointer, words) in [
        ("room", "/Room/Nothing", "no member"),
        ("room", "Room", "no member"),
        ("room", "/Room", "has to be text"),
        ("time", "/Room/Id", "unixMilliseconds"),
        ("time", "/Nothing", "no member"),
    ] {
        let files = files().with(AFTER, &format!("/event/{keyword}"), json!([pointer]));
        expect(&files, AFTER, &format!("/event/{keyword}/0"), words);
    }
    let seconds = files().with(AFTER, "/properties/Time/unit", json!("unixSeconds"));
    expect(&seconds, AFTER, "/event/time/0", "unixMilliseconds");
}

#[test]
fn what_is_asked_before_can_be_answered() {
    let silent = files()
        .without(BEFORE, "/event/before")
        .without(BEFORE, "/response");
    expect(&silent, BEFORE, "/event", "say in `before`");
    let before = files().0[BEFORE]["event"]["before"].clone();
    let late = files().with(AFTER, "/event/before", before);
    expect(&late, AFTER, "/event/before", "after the fact");
    let answered = files().with(
        AFTER,
        "/response",
        json!({ "description": "x", "type": "object" }),
    );
    expect(&answered, AFTER, "/response", "ignored");
    let refusals = |codes: [i32; 2], names: [&str; 2]| {
        let refusals =
            [0, 1].map(|at| json!({ "code": codes[at], "name": names[at], "meaning": "No." }));
        files().with(BEFORE, "/event/before/refusals", json!(refusals))
    };
    refusals([1, 2], ["A", "B"]).expect_none();
    expect(
        &refusals([2, 1], ["A", "B"]),
        BEFORE,
        "/event/before/refusals",
        "ascending",
    );
    expect(
        &refusals([1, 1], ["A", "B"]),
        BEFORE,
        "/event/before/refusals",
        "ascending",
    );
    expect(
        &refusals([1, 2], ["A", "A"]),
        BEFORE,
        "/event/before/refusals",
        "`A`",
    );
    let own = files().with(BEFORE, "/event/before/ownCodes/from", json!(201));
    expect(&own, BEFORE, "/event/before/ownCodes/from", "201 is above");
}

#[test]
fn examples_are_of_the_event_and_right() {
    let none = files().without(AFTER, "/examples");
    expect(&none, AFTER, "", "needs `examples`");
    let other = files().with(
        AFTER,
        "/examples/0/CallbackCommand",
        json!("Live.CallbackBeforeClose"),
    );
    expect(
        &other,
        AFTER,
        "/examples/0/CallbackCommand",
        "is of the event",
    );
    let older = files().with(
        AFTER,
        "/examples/0/CallbackCommand",
        json!("Live.CallbackOpen"),
    );
    older.expect_none();
    let wrong = files().with(AFTER, "/examples/0/Room", json!("a"));
    expect(&wrong, AFTER, "/examples/0", "contradicts the schema");
}

#[test]
fn nothing_is_checked_that_is_received() {
    for (keyword, value) in [
        ("default", json!("a")),
        ("limitCodes", json!({ "type": 100_002 })),
        ("serverDefault", json!("a")),
    ] {
        let files = files().with(
            AFTER,
            &format!("/properties/CallbackCommand/{keyword}"),
            value,
        );
        assert!(!files.problems().is_empty(), "{keyword}");
    }
    let counterexamples = json!([{
        "title": "x", "request": {}, "violations": [{ "pointer": "", "rule": "type" }],
    }]);
    let files = files().with(AFTER, "/counterexamples", counterexamples);
    let problems = files.problems();
    let at = |problem: &Problem| problem.place == "/counterexamples";
    assert!(problems.iter().any(at), "{problems:?}");
}

#[test]
fn a_file_has_one_purpose_and_words() {
    let endpoint = files().0[crate::support::CALL]["endpoint"].clone();
    let both = files().with(AFTER, "/endpoint", endpoint);
    let problems = both.problems();
    assert!(
        problems
            .iter()
            .any(|problem| problem.message.contains("files of their own"))
    );
    let wordless = files().without(AFTER, "/properties/Room/description");
    expect(
        &wordless,
        AFTER,
        "/properties/Room",
        "`description` is missing",
    );
    let list = files().with(AFTER, "/type", json!("string"));
    assert!(
        list.problems()
            .iter()
            .any(|problem| problem.place.is_empty())
    );
}

#[test]
fn a_type_is_not_sent_and_received() {
    let entry = json!({ "description": "An entry.", "$ref": "../common/types.json#/$defs/Entry" });
    let files = files().with(AFTER, "/properties/Entry", entry);
    expect(&files, TYPES, "/$defs/Entry", "in requests and in replies");
}
