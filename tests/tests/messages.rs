//! What people read: messages about requests, and reports. `cargo insta review` shows
//! what changed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use trtc_rooms_contract::agreement::First;
use trtc_rooms_contract::deviations::Deviations;
use trtc_rooms_contract::documented::Tables;
use trtc_rooms_contract::report::Report;
use trtc_rooms_contract::{Harness, Options};
use trtc_rooms_core::{Checker, Path as Place, Report as Findings, Rule, Violations};
use trtc_rooms_model::json::find;
use trtc_rooms_schema::SchemaSet;

/// What the generated code says about a request.
fn said(endpoint: &str, request: &Value) -> String {
    let report = find(endpoint).unwrap().check(request);
    let mut text = String::new();
    for violation in report.violations() {
        let _ = writeln!(text, "{} ({}): {violation}", violation.rule, violation.code);
    }
    for hint in report.hints() {
        let _ = writeln!(text, "hint {}: {hint}", hint.kind.as_str());
    }
    text
}

fn violations(endpoint: &str, request: &Value) -> Violations {
    find(endpoint)
        .unwrap()
        .check(request)
        .into_result()
        .unwrap_err()
}

/// A Live room with these members beside or instead of the mandatory ones.
fn room(members: &Value) -> Value {
    let mut room = json!({ "RoomId": "r", "RoomType": "Live", "SeatTemplate": "AudioSalon" });
    for (name, value) in members.as_object().unwrap() {
        room[name] = value.clone();
    }
    json!({ "RoomInfo": room })
}

/// A meeting, likewise.
fn meeting(members: &Value) -> Value {
    let mut room = json!({ "RoomId": "m", "RoomType": "Conference" });
    for (name, value) in members.as_object().unwrap() {
        room[name] = value.clone();
    }
    json!({ "RoomInfo": room })
}

#[test]
fn requests_that_people_send() {
    let mut several = meeting(&json!({
        "RoomId": "房".repeat(17),
        "RoomName": "a".repeat(101),
        "RoomType": "Live",
        "CustomInfo": "😀".repeat(126),
        "ScheduleStartTime": 1_767_258_000,
        "ScheduleEndTime": 1_767_258_299,
        "MaxMemberCount": 8.5,
    }));
    several["ScheduleInviteeList_Account"] = json!(vec!["a"; 301]);
    let mut accounts = meeting(&json!({ "Owner_Account": 27_149 }));
    accounts["ScheduleInviteeList_Account"] = json!(["a", 7]);
    let milliseconds = meeting(&json!({
        "ScheduleStartTime": 1_767_258_000_000i64,
        "ScheduleEndTime": 1_767_258_900_000i64,
    }));
    let nearly = room(&json!({
        "RoomType": "live",
        "TakeSeatMode": "Apply",
        "SeatTemplate": "Karaoke ",
    }));
    let without_effect =
        room(&json!({ "SeatTemplate": "VideoFixedGrid9Seats", "MaxSeatCount": 4 }));
    let tags = json!({ "RoomInfo": { "RoomId": "r", "Category": [1, 2, 3, 4] } });
    let requests = [
        ("conference/create_room", "several limits at once", several),
        ("conference/create_room", "milliseconds", milliseconds),
        ("conference/create_room", "accounts are numbers", accounts),
        (
            "live/create_room",
            "members stand outside",
            json!({ "RoomId": "r", "RoomType": "Live" }),
        ),
        (
            "live/create_room",
            "names are nearly right",
            json!({ "RoomInfo": { "roomId": "r", "RoomTyp": "Live" } }),
        ),
        ("live/create_room", "values are nearly right", nearly),
        (
            "live/create_room",
            "a member without effect",
            without_effect,
        ),
        (
            "live/create_room",
            "a list for an object",
            json!({ "RoomInfo": ["r", "Live"] }),
        ),
        ("live/create_room", "nothing", json!({})),
        ("live/create_room", "no object at all", json!(null)),
        ("live/update_room_info", "too many tags", tags),
    ];
    let mut text = String::new();
    for (endpoint, title, request) in &requests {
        let _ = writeln!(text, "{endpoint}, {title}\n{}", said(endpoint, request));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn several_violations_in_one_line() {
    let request = json!({ "RoomInfo": { "RoomType": "live", "Category": [1, "x"] } });
    insta::assert_snapshot!(violations("live/create_room", &request).to_string());
}

#[test]
fn a_long_list_of_violations_says_that_it_is_cut() {
    let mut request = meeting(&json!({}));
    request["ScheduleInviteeList_Account"] = json!(vec![1; 300]);
    let text = violations("conference/create_room", &request).to_string();
    assert!(text.ends_with("; and possibly more"), "{text}");
    assert!(text.len() < 8_000, "{} bytes", text.len());
}

/// One message for each rule, those included that no endpoint has so far.
#[test]
fn every_rule_has_a_message() {
    let mut text = String::new();
    let mut look = |at: &str, check: &dyn Fn(Checker<'_>)| {
        let root = Place::root();
        let place = root.member(at);
        let mut report = Findings::new();
        check(report.at(&place));
        for violation in report.violations() {
            let _ = writeln!(text, "{:<16} {violation}", violation.rule.as_str());
        }
    };
    look("Name", &|it| it.min_bytes("a", 2));
    look("Name", &|it| it.max_bytes("abc", 2));
    look("List", &|it| it.min_items(0, 1));
    look("List", &|it| {
        it.max_items(4, 3);
    });
    look("Count", &|it| it.minimum(0, 1));
    look("Count", &|it| it.maximum(101, 100));
    look("End", &|it| {
        it.min_difference(Some(1), Some(2), "Start", 300);
    });
    look("End", &|it| it.max_difference(Some(9), Some(0), "Start", 8));
    look("Pairs", &|it| it.max_sum([9, 9].into_iter(), 16));
    look("Inner", &|it| {
        it.required_together(&[true, false], &["A", "B"]);
    });
    look("Inner", &|it| {
        it.at_least_one_of(&[false, false], &["A", "B"]);
    });
    // These three are in the requests above.
    let elsewhere = ["type", "required", "enum"];
    for rule in Rule::ALL.iter().map(|rule| rule.as_str()) {
        let is_here = text.contains(&format!("{rule:<16}"));
        assert!(
            is_here || elsewhere.contains(&rule),
            "{rule} has no message here"
        );
    }
    insta::assert_snapshot!(text);
}

/// The report of a run over one endpoint whose schema has a mistake.
fn report_with_a_mistake() -> Report {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let mut mistaken: Value = serde_json::from_str(&read("live/update_room_info.json")).unwrap();
    mistaken["properties"]["RoomInfo"]["properties"]["Category"]["maxItems"] = json!(4);
    let files = [
        ("common/codes.json", read("common/codes.json")),
        ("common/regions.json", read("common/regions.json")),
        ("common/rooms.json", read("common/rooms.json")),
        ("live/product.json", read("live/product.json")),
        ("seats/product.json", read("seats/product.json")),
        (
            "live/update_room_info.json",
            serde_json::to_string_pretty(&mistaken).unwrap(),
        ),
    ];
    let schemas = SchemaSet::from_files(files).unwrap_or_else(|problems| panic!("{problems}"));
    let table = read("../tests/documented/live/update_room_info.md");
    let tables = BTreeMap::from([("live/update_room_info".to_owned(), table)]);
    let tables = Tables::from_texts(&tables).unwrap();
    let harness =
        Harness::new(&schemas, &tables, Deviations::default(), First::Interpreter).unwrap();
    let options = Options {
        cases: 0,
        ..Options::default()
    };
    let mut report = harness.run(&options, &mut |_| ()).unwrap().report;
    report.elapsed = Duration::from_millis(1_500);
    report
}

#[test]
fn a_report_in_a_terminal() {
    insta::assert_snapshot!(report_with_a_mistake().to_text());
}

#[test]
fn a_report_as_sarif() {
    let report = report_with_a_mistake();
    let sarif: Value = serde_json::from_str(&report.to_sarif()).unwrap();
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "schemas/live/update_room_info.json"
    );
    insta::assert_snapshot!(report.to_sarif());
}

#[test]
fn a_report_as_junit() {
    let junit = report_with_a_mistake().to_junit();
    // What passed is one line each; the head and what failed are enough.
    let lines = junit
        .lines()
        .filter(|line| !line.trim_end().ends_with("/>"));
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_report_for_a_browser_needs_nothing_else() {
    let page = report_with_a_mistake().to_html();
    assert!(page.starts_with("<!doctype html>"));
    for outside in ["http://", "https://", "src=", "<script", "@import"] {
        assert!(!page.contains(outside), "the page needs {outside}");
    }
    for content in [
        "RoomInfo.Category",
        "live/update_room_info.json:",
        "at most 100 bytes",
    ] {
        assert!(page.contains(content), "{content} is missing");
    }
}
