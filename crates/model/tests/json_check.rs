//! Checking requests that are JSON, and may be wrong in any way.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use trtc_rooms_core::{MAX_VIOLATIONS, Report};
use trtc_rooms_model::json::{find, parse};

const LIVE: &str = "live/create_room";
const MEETING: &str = "conference/create_room";

fn check(endpoint: &str, request: &Value) -> Report {
    find(endpoint).unwrap().check(request)
}

/// The broken rules of a request.
fn broken(endpoint: &str, request: &Value) -> BTreeSet<(String, String)> {
    let report = check(endpoint, request);
    let violations = report.violations().iter();
    violations
        .map(|found| (found.pointer.clone(), found.rule.to_string()))
        .collect()
}

#[track_caller]
fn expect(endpoint: &str, request: &Value, expected: &[(&str, &str)]) {
    let expected = expected.iter();
    let expected = expected.map(|(pointer, rule)| ((*pointer).to_owned(), (*rule).to_owned()));
    assert_eq!(broken(endpoint, request), expected.collect(), "{request}");
}

/// A request in order, with other members of `RoomInfo`.
fn live(more: &Value) -> Value {
    let mut info = json!({ "RoomId": "a", "RoomType": "Live", "SeatTemplate": "Karaoke" });
    for (name, value) in more.as_object().unwrap().clone() {
        info[name] = value;
    }
    json!({ "RoomInfo": info })
}

fn meeting(more: &Value) -> Value {
    let mut info = json!({ "RoomId": "a", "RoomType": "Conference" });
    for (name, value) in more.as_object().unwrap().clone() {
        info[name] = value;
    }
    json!({ "RoomInfo": info })
}

/// Pointer and words of the hints.
fn hints(endpoint: &str, request: &Value) -> Vec<(String, String)> {
    let report = check(endpoint, request);
    let hints = report.hints().iter();
    hints
        .map(|hint| (hint.pointer.clone(), hint.message.to_string()))
        .collect()
}

#[test]
fn sound_requests_break_nothing() {
    expect(LIVE, &live(&json!({})), &[]);
    expect(MEETING, &meeting(&json!({})), &[]);
    assert_eq!(hints(LIVE, &live(&json!({}))), []);
}

#[test]
fn wrong_types_and_limits_are_reported_at_once() {
    let request = live(&json!({
        "RoomId": "a".repeat(49), "RoomType": 1, "Owner_Account": 27149, "TakeSeatMode": "free",
        "MaxSeatCount": "8", "IsMessageDisabled": 0, "RoomName": "a".repeat(101), "CoverURL": [],
        "Category": [1, "2", 3.5], "ActivityStatus": {},
    }));
    expect(
        LIVE,
        &request,
        &[
            ("/RoomInfo/RoomId", "maxBytes"),
            ("/RoomInfo/RoomType", "type"),
            ("/RoomInfo/Owner_Account", "type"),
            ("/RoomInfo/TakeSeatMode", "enum"),
            ("/RoomInfo/MaxSeatCount", "type"),
            ("/RoomInfo/IsMessageDisabled", "type"),
            ("/RoomInfo/RoomName", "maxBytes"),
            ("/RoomInfo/CoverURL", "type"),
            ("/RoomInfo/Category/1", "type"),
            ("/RoomInfo/Category/2", "type"),
            ("/RoomInfo/ActivityStatus", "type"),
        ],
    );
}

#[test]
fn codes_are_those_of_the_documents() {
    let code = |endpoint: &str, request: &Value| check(endpoint, request).violations()[0].code;
    assert_eq!(
        code(LIVE, &live(&json!({ "Owner_Account": 27149 }))),
        60_015
    );
    assert_eq!(code(LIVE, &live(&json!({ "RoomId": 27149 }))), 100_002);
    let mut request = meeting(&json!({}));
    request["ScheduleInviteeList_Account"] = json!(["a", 1]);
    assert_eq!(code(MEETING, &request), 60_015);
    request["ScheduleInviteeList_Account"] = json!("a");
    assert_eq!(code(MEETING, &request), 100_002);
}

#[test]
fn what_is_missing_is_reported_at_every_depth() {
    expect(LIVE, &json!({}), &[("/RoomInfo", "required")]);
    expect(
        LIVE,
        &json!({ "RoomInfo": {} }),
        &[
            ("/RoomInfo/RoomId", "required"),
            ("/RoomInfo/RoomType", "required"),
            ("/RoomInfo/SeatTemplate", "required"),
        ],
    );
    // What is missing hides no limit of what is there.
    let mut request = meeting(&json!({ "ScheduleStartTime": 0, "ScheduleEndTime": 299 }));
    request["RoomInfo"]
        .as_object_mut()
        .unwrap()
        .shift_remove("RoomId");
    expect(
        MEETING,
        &request,
        &[
            ("/RoomInfo/RoomId", "required"),
            ("/RoomInfo/ScheduleEndTime", "minDifference"),
        ],
    );
}

#[test]
fn a_request_that_is_no_object_breaks_one_rule() {
    for request in [
        json!(null),
        json!([]),
        json!([{}]),
        json!("a"),
        json!(1),
        json!(true),
    ] {
        expect(LIVE, &request, &[("", "type")]);
        assert_eq!(hints(LIVE, &request), []);
    }
    // A list stands for an object nowhere, though serde would read one.
    expect(
        LIVE,
        &json!({ "RoomInfo": ["a", "Live", "Karaoke"] }),
        &[("/RoomInfo", "type")],
    );
    expect(LIVE, &json!([{ "RoomId": "a" }]), &[("", "type")]);
}

#[test]
fn null_is_no_value_of_any_member() {
    for member in [
        "RoomId",
        "RoomType",
        "Owner_Account",
        "TakeSeatMode",
        "SeatTemplate",
        "MaxSeatCount",
        "IsMessageDisabled",
        "IsPublicVisible",
        "RoomName",
        "CoverURL",
        "Category",
        "ActivityStatus",
    ] {
        let pointer = format!("/RoomInfo/{member}");
        expect(LIVE, &live(&json!({ member: null })), &[(&pointer, "type")]);
    }
    expect(LIVE, &json!({ "RoomInfo": null }), &[("/RoomInfo", "type")]);
    expect(
        LIVE,
        &live(&json!({ "Category": [null] })),
        &[("/RoomInfo/Category/0", "type")],
    );
}

#[test]
fn whole_numbers_fit_64_bits() {
    let status = |text: &str| {
        let number: Value = serde_json::from_str(text).unwrap();
        live(&json!({ "ActivityStatus": number }))
    };
    for text in [
        "0",
        "-0",
        "8.0",
        "1e2",
        "-0.0",
        "9007199254740993",
        "9223372036854775807",
        "-9223372036854775808",
        "-9.223372036854775808e18",
    ] {
        expect(LIVE, &status(text), &[]);
    }
    for text in [
        "8.5",
        "9223372036854775808",
        "18446744073709551615",
        "1e19",
        "-1e19",
        "1e300",
    ] {
        expect(LIVE, &status(text), &[("/RoomInfo/ActivityStatus", "type")]);
    }
    let report = check(LIVE, &status("8.5"));
    assert_eq!(
        report.violations()[0].to_string(),
        "/RoomInfo/ActivityStatus is number, integer is expected"
    );
}

#[test]
fn numbers_that_are_written_as_floats_have_limits_too() {
    let request = meeting(&json!({ "ScheduleStartTime": 1e3, "ScheduleEndTime": 1299.0 }));
    expect(
        MEETING,
        &request,
        &[("/RoomInfo/ScheduleEndTime", "minDifference")],
    );
    let request = meeting(&json!({ "ScheduleStartTime": 1e3, "ScheduleEndTime": 1300.0 }));
    expect(MEETING, &request, &[]);
}

#[test]
fn rules_about_several_members_need_sound_ones() {
    for (start, end) in [
        (json!("0"), json!(1)),
        (json!(0), json!("1")),
        (json!(0.5), json!(1)),
    ] {
        let request = meeting(&json!({ "ScheduleStartTime": start, "ScheduleEndTime": end }));
        let found = broken(MEETING, &request);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found.first().unwrap().1, "type");
    }
}

#[test]
fn a_list_that_is_too_long_is_not_looked_into() {
    let wrong: Vec<Value> = (0..1000).map(|number| json!(number.to_string())).collect();
    expect(
        LIVE,
        &live(&json!({ "Category": wrong })),
        &[("/RoomInfo/Category", "maxItems")],
    );
    // What comes after it is.
    let request = live(&json!({ "Category": [1, 2, 3, "4"], "ActivityStatus": "a" }));
    expect(
        LIVE,
        &request,
        &[
            ("/RoomInfo/Category", "maxItems"),
            ("/RoomInfo/ActivityStatus", "type"),
        ],
    );
    let mut request = meeting(&json!({}));
    request["ScheduleInviteeList_Account"] = json!(vec!["a"; 301]);
    expect(
        MEETING,
        &request,
        &[("/ScheduleInviteeList_Account", "maxItems")],
    );
    request["ScheduleInviteeList_Account"] = json!(vec!["a"; 300]);
    expect(MEETING, &request, &[]);
}

#[test]
fn violations_are_capped() {
    let mut request = meeting(&json!({ "RoomId": 1 }));
    request["ScheduleInviteeList_Account"] = json!(vec![1; 300]);
    let report = check(MEETING, &request);
    assert_eq!(report.violations().len(), MAX_VIOLATIONS);
    assert_eq!(report.violations()[0].pointer, "/RoomInfo/RoomId");
    let unknown = (0..1000)
        .map(|number| (format!("x{number}"), json!(1)))
        .collect();
    let report = check(MEETING, &Value::Object(unknown));
    assert_eq!(report.hints().len(), MAX_VIOLATIONS);
}

#[test]
fn a_million_elements_cost_little() {
    for element in [json!(1), json!({ "a": 1 })] {
        let mut request = meeting(&json!({}));
        request["ScheduleInviteeList_Account"] = Value::Array(vec![element; 1_000_000]);
        let started = Instant::now();
        expect(
            MEETING,
            &request,
            &[("/ScheduleInviteeList_Account", "maxItems")],
        );
        // About a second without optimization, on a machine with nothing else to do.
        assert!(
            started.elapsed() < Duration::from_secs(30),
            "{:?}",
            started.elapsed()
        );
    }
}

#[test]
fn unknown_members_are_hints() {
    let hint = |pointer: &str, words: &str| vec![(pointer.to_owned(), words.to_owned())];
    assert_eq!(
        hints(LIVE, &live(&json!({ "Colour": 1 }))),
        hint("/RoomInfo/Colour", "is not documented")
    );
    for near in ["roomname", "RoomNam", "Room_Name", "RoomNames", "RoomNane"] {
        assert_eq!(
            hints(LIVE, &live(&json!({ near: "a" }))),
            hint(
                &format!("/RoomInfo/{near}"),
                "is not documented; did you mean RoomName?"
            )
        );
    }
    let mut request = live(&json!({}));
    request["RoomName"] = json!("a");
    assert_eq!(
        hints(LIVE, &request),
        hint("/RoomName", "is not documented here; /RoomInfo/RoomName is")
    );
    let request = meeting(&json!({ "ScheduleInviteeList_Account": ["a"] }));
    assert_eq!(
        hints(MEETING, &request),
        hint(
            "/RoomInfo/ScheduleInviteeList_Account",
            "is not documented here; /ScheduleInviteeList_Account is"
        )
    );
    assert_eq!(
        hints(LIVE, &live(&json!({ "a/b~c": 1 }))),
        hint("/RoomInfo/a~1b~0c", "is not documented")
    );
}

#[test]
fn hints_are_about_what_is_there() {
    let words = |request: Value| {
        let hints = hints(LIVE, &request);
        hints
            .into_iter()
            .map(|(pointer, _)| pointer)
            .collect::<Vec<_>>()
    };
    let video = |more: Value| {
        let mut request = live(&more);
        request["RoomInfo"]["SeatTemplate"] = json!("VideoFixedGrid9Seats");
        request
    };
    assert_eq!(
        words(video(json!({ "MaxSeatCount": 8 }))),
        ["/RoomInfo/MaxSeatCount"]
    );
    // Nothing is said about a value of the wrong type, or beside one.
    assert_eq!(words(video(json!({ "MaxSeatCount": "8" }))), [""; 0]);
    assert_eq!(
        words(live(&json!({ "SeatTemplate": 5, "MaxSeatCount": 8 }))),
        [""; 0]
    );
    assert_eq!(
        words(live(&json!({ "SeatTemplate": "Sofa" }))),
        ["/RoomInfo/SeatTemplate"]
    );
    assert_eq!(words(live(&json!({ "SeatTemplate": "karaoke" }))), [""; 0]);
    // A missing mandatory member is no unknown value.
    let mut request = live(&json!({ "MaxSeatCount": 8 }));
    request["RoomInfo"]
        .as_object_mut()
        .unwrap()
        .shift_remove("SeatTemplate");
    assert_eq!(words(request), [""; 0]);
}

#[test]
fn nothing_that_is_said_repeats_a_value() {
    let secret = "s3cr3t";
    let long = secret.repeat(100);
    let request = live(&json!({
        "RoomId": long, "RoomType": secret, "TakeSeatMode": secret, "SeatTemplate": secret,
        "MaxSeatCount": secret, "Category": [secret],
    }));
    let report = check(LIVE, &request);
    assert!(report.violations().len() >= 4);
    for violation in report.violations() {
        assert!(!violation.to_string().contains(secret), "{violation}");
        let json = serde_json::to_string(violation).unwrap();
        assert!(!json.contains(secret), "{json}");
    }
    for hint in report.hints() {
        assert!(!hint.to_string().contains(secret), "{hint}");
    }
}

#[test]
fn endpoints_are_found_by_name() {
    for name in [LIVE, MEETING, "live/update_room_info"] {
        assert_eq!(find(name).unwrap().endpoint().name, name);
    }
    for name in [
        "",
        "live",
        "live/create_room ",
        "Live/create_room",
        "live/create_room.json",
    ] {
        assert!(find(name).is_none(), "{name}");
    }
}

#[test]
fn texts_are_parsed_without_losing_anything() {
    assert_eq!(
        parse(" {\"a\": [1, {\"b\": null}]} ").unwrap(),
        json!({ "a": [1, { "b": null }] })
    );
    let cases = [
        (
            r#"{"a": 1, "a": 1}"#,
            1,
            12,
            "the member \"a\" stands twice",
        ),
        (
            "{\"a\":\n [{\"b\": 1,\n \"b\": 2}]}",
            3,
            4,
            "the member \"b\" stands twice",
        ),
        (r#"{"a": 1, "\u0061": 2}"#, 1, 17, "stands twice"),
        ("{\"a\": 1,}", 1, 9, "trailing comma"),
        ("{} {}", 1, 4, "trailing characters"),
        ("", 1, 0, "EOF"),
        ("{\"a\": 01}", 1, 8, "invalid number"),
        ("{\"a\": NaN}", 1, 7, "expected"),
        ("{\"a\": \"\\ud800\"}", 1, 14, "hex escape"),
        ("\u{feff}{}", 1, 1, "expected value"),
        ("{\"a\": 1e400}", 1, 11, "out of range"),
    ];
    for (text, line, column, words) in cases {
        let error = parse(text).unwrap_err();
        assert_eq!(
            (error.line(), error.column()),
            (line, column),
            "{text}: {error}"
        );
        assert!(error.to_string().contains(words), "{text}: {error}");
    }
    // Members of different objects may share a name, and twins in another form are not one.
    assert!(parse(r#"[{"a": 1}, {"a": 1, "A": 2, "á": 3}]"#).is_ok());
    assert!(
        parse(&"[".repeat(200))
            .unwrap_err()
            .to_string()
            .contains("recursion")
    );
}
