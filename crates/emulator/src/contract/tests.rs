//! Requests by the catalogue of bad inputs (`A`, `C`).

use serde_json::{Value, json};

use super::Contract;
use crate::settings::UnknownMembers;
use crate::testing::{CONFERENCE, Desk, LIVE, UPDATE, live, meeting, with};

/// Makes a call that is refused, and gives what was said about it.
pub(super) fn refused(path: &str, request: &Value) -> (i32, String) {
    Desk::new().refused(path, request.to_string())
}

/// Makes a call that is refused with 100002 and says so about a member.
pub(super) fn invalid(path: &str, request: &Value, pointer: &str, rule: &str) {
    let (code, info) = refused(path, request);
    assert_eq!(code, 100_002, "{info}");
    let said = info.split("; ").any(|said| {
        said.starts_with(&format!("{pointer} ")) && said.ends_with(&format!("({rule})"))
    });
    assert!(said, "{pointer} {rule}: {info}");
}

pub(super) fn accepted(path: &str, request: &Value) {
    Desk::new().ok(path, request);
}

fn update(members: Value) -> (Desk, Value) {
    let mut desk = Desk::new();
    let id = members.get("RoomId").and_then(Value::as_str).unwrap_or("a");
    let mut stored = live("a");
    stored["RoomInfo"]["RoomId"] = json!("a");
    desk.ok(LIVE, &stored);
    if id != "a" {
        // Longer than create takes: it can only come from a snapshot.
        let mut snapshot = desk.service.snapshot();
        snapshot.apps.last_mut().unwrap().rooms[0].id = id.to_owned();
        desk.service.restore(snapshot).unwrap();
    }
    let request = json!({ "RoomInfo": { "RoomId": "a" } });
    (desk, with(request, members))
}

#[test]
fn a01_to_a09_bytes_are_counted() {
    let room = "房";
    for id in [
        "a".repeat(48),
        room.repeat(16),
        "é".repeat(24),
        "👨\u{200d}👩\u{200d}👧\u{200d}👦".to_owned(),
    ] {
        assert!(id.len() <= 48);
        accepted(LIVE, &live(&id));
        accepted(CONFERENCE, &meeting(&id));
    }
    for id in [
        "a".repeat(49),
        format!("{}a", room.repeat(16)),
        format!("{}é", "a".repeat(47)),
        "e\u{301}".repeat(24),
        "👨\u{200d}👩\u{200d}👧\u{200d}👦".repeat(2),
    ] {
        invalid(LIVE, &live(&id), "/RoomInfo/RoomId", "maxBytes");
        invalid(CONFERENCE, &meeting(&id), "/RoomInfo/RoomId", "maxBytes");
    }
    let (mut desk, request) =
        update(json!({ "RoomId": "a".repeat(49), "RoomName": "a".repeat(101) }));
    desk.ok(UPDATE, &request);
    let (mut desk, request) = update(json!({ "Notice": "a".repeat(101) }));
    assert_eq!(desk.code(UPDATE, &request), 100_002);
}

#[test]
fn a11_to_a14_odd_characters_stay_as_they_are() {
    for name in [
        " ",
        " a ",
        "\t",
        "\u{3000}",
        "\u{a0}",
        "a\0b",
        "\u{1b}[2J",
        "\u{7f}",
        "\u{2028}",
        "\u{202e}",
    ] {
        let mut desk = Desk::new();
        desk.ok(LIVE, &with(live(name), json!({ "RoomName": name })));
        assert_eq!(desk.info(name)["RoomName"], name);
    }
}

#[test]
fn a22_several_limits_at_once() {
    let request = with(
        meeting(&"a".repeat(49)),
        json!({
            "RoomName": "a".repeat(101), "CustomInfo": "a".repeat(501),
        }),
    );
    let (code, info) = refused(CONFERENCE, &request);
    assert_eq!(code, 100_002);
    assert_eq!(info.matches("maxBytes").count(), 3, "{info}");
}

#[test]
fn a23_a24_texts_of_a_megabyte() {
    let long = "a".repeat(1_000_000);
    let (code, info) = refused(LIVE, &with(live("a"), json!({ "RoomName": long.as_str() })));
    assert!(code == 100_002 && !info.contains("aaaa"), "{info}");
    let (mut desk, request) = update(json!({ "RoomName": long }));
    desk.ok(UPDATE, &request);
    let (mut desk, request) = update(json!({ "RoomName": "a".repeat(1_048_576) }));
    assert_eq!(desk.code(UPDATE, &request), 60_002);
}

#[test]
fn c02_c03_c04_shapes() {
    invalid(LIVE, &json!({}), "/RoomInfo", "required");
    for body in [
        json!(null),
        json!([]),
        json!("x"),
        json!(1),
        json!(["r", "Live"]),
    ] {
        invalid(LIVE, &body, "the request", "type");
    }
    for info in [json!(["r", "Live"]), json!(null), json!("x")] {
        invalid(LIVE, &json!({ "RoomInfo": info }), "/RoomInfo", "type");
    }
    let names = json!({ "RoomInfo": { "RoomId": "a", "RoomType": "Conference" }, "ScheduleInviteeList_Account": {} });
    invalid(CONFERENCE, &names, "/ScheduleInviteeList_Account", "type");
}

#[test]
fn c06_unknown_members_are_ignored_or_refused() {
    let mut request = with(
        live("a"),
        json!({ "Unknown": { "deep": [1] }, "MaxMemberCount": 5 }),
    );
    request["Other"] = json!(1);
    let mut desk = Desk::new();
    desk.ok(LIVE, &request);
    assert_eq!(desk.info("a").get("Unknown"), None);

    let mut desk = Desk::new();
    desk.service.settings_mut().unknown_members = UnknownMembers::Refuse;
    let (code, info) = desk.refused(LIVE, request.to_string());
    assert_eq!(code, 100_002);
    assert_eq!(
        info,
        "not known here: /RoomInfo/Unknown, /RoomInfo/MaxMemberCount, /Other"
    );
    desk.ok(LIVE, &live("a"));
    // A meeting whose start is not given is completed by the emulator itself.
    desk.ok(
        CONFERENCE,
        &with(
            meeting("b"),
            json!({ "ScheduleEndTime": desk.now.seconds() + 600 }),
        ),
    );
}

#[test]
fn c07_c08_near_misses_and_wrong_nesting() {
    for name in ["roomId", "RoomID", "Roomid", "RoomId "] {
        let request =
            json!({ "RoomInfo": { name: "a", "RoomType": "Live", "SeatTemplate": "AudioSalon" } });
        let (code, info) = refused(LIVE, &request);
        assert_eq!(code, 100_002);
        let expected =
            format!("/RoomInfo/RoomId is missing (required); not known here: /RoomInfo/{name}");
        assert_eq!(info, expected);
    }
    invalid(LIVE, &live("a")["RoomInfo"], "/RoomInfo", "required");
}

#[test]
fn c09_c11_c12_values() {
    for value in ["live", "LIVE", " Live", "Live\0", "Conference", ""] {
        let request = with(live("a"), json!({ "RoomType": value }));
        invalid(LIVE, &request, "/RoomInfo/RoomType", "enum");
    }
    invalid(
        CONFERENCE,
        &with(meeting("a"), json!({ "RoomType": "Live" })),
        "/RoomInfo/RoomType",
        "enum",
    );
    let request = with(live("a"), json!({ "TakeSeatMode": "Other" }));
    invalid(LIVE, &request, "/RoomInfo/TakeSeatMode", "enum");
    for template in ["karaoke", "VideoHorizontal", ""] {
        accepted(LIVE, &with(live("a"), json!({ "SeatTemplate": template })));
    }
}

#[test]
fn c13_c14_lists() {
    for list in [json!([1, 2, 3]), json!([]), json!([1, 1, 1])] {
        let mut desk = Desk::new();
        desk.ok(LIVE, &with(live("a"), json!({ "Category": list })));
        assert_eq!(desk.info("a")["Category"], list);
    }
    invalid(
        LIVE,
        &with(live("a"), json!({ "Category": [1, 2, 3, 4] })),
        "/RoomInfo/Category",
        "maxItems",
    );
    invalid(
        LIVE,
        &with(live("a"), json!({ "Category": [1, "2"] })),
        "/RoomInfo/Category/1",
        "type",
    );

    let invited = |count: usize| {
        let mut request = meeting("a");
        request["ScheduleInviteeList_Account"] = json!(vec!["ada"; count]);
        request
    };
    accepted(CONFERENCE, &invited(300));
    invalid(
        CONFERENCE,
        &invited(301),
        "/ScheduleInviteeList_Account",
        "maxItems",
    );
    invalid(
        CONFERENCE,
        &invited(150_000),
        "/ScheduleInviteeList_Account",
        "maxItems",
    );
}

#[test]
fn c16_large_bodies() {
    let many: serde_json::Map<_, _> = (0..80_000)
        .map(|index| (index.to_string(), json!(1)))
        .collect();
    let mut request = live("a");
    request.as_object_mut().unwrap().extend(many);
    accepted(LIVE, &request);
    let name = "k".repeat(1_000_000);
    let mut request = live("a");
    request["RoomInfo"][name] = json!(1);
    request["RoomInfo"]["RoomId"] = json!(1);
    let (code, info) = refused(LIVE, &request);
    assert!(code == 100_002 && info.len() < 300, "{info}");
    assert_eq!(Desk::new().refused(LIVE, " ".repeat(10_000_000)).0, 60_002);
}

#[test]
fn c21_accounts_as_numbers() {
    let request = with(live("a"), json!({ "Owner_Account": 27149 }));
    let (code, info) = refused(LIVE, &request);
    assert_eq!(code, 60_015);
    assert!(
        info.starts_with("/RoomInfo/Owner_Account is integer, string is expected"),
        "{info}"
    );
    let mut request = meeting("a");
    request["ScheduleInviteeList_Account"] = json!(["ada", 1]);
    assert_eq!(refused(CONFERENCE, &request).0, 60_015);
    // The first in the order of pointers decides.
    let request = with(live("a"), json!({ "Owner_Account": 27149, "Category": 1 }));
    assert_eq!(refused(LIVE, &request).0, 100_002);
}

#[test]
fn c22_c24_escapes_and_order() {
    let body = |count: usize| live("@").to_string().replace('@', &"\\u0061".repeat(count));
    assert_eq!(Desk::new().send(LIVE, body(48)).error_code(), Some(0));
    assert_eq!(Desk::new().refused(LIVE, body(49)).0, 100_002);
    let permuted = r#" {"RoomInfo":{"SeatTemplate":"AudioSalon","RoomType":"Live","RoomId":"a"}} "#;
    let (mut left, mut right) = (Desk::new(), Desk::new());
    left.ok(LIVE, &live("a"));
    right.send(LIVE, permuted);
    assert_eq!(left.service.snapshot(), right.service.snapshot());
}

#[test]
fn e04_paths_are_compared_byte_by_byte() {
    let contract = Contract::embedded().unwrap();
    let path = "/v4/live_engine_http_srv/create_room";
    assert_eq!(contract.endpoint(path).unwrap().name, "live/create_room");
    for near in [
        "/v4/live_engine_http_srv/create_room/",
        "//v4/live_engine_http_srv/create_room",
        "/v4//live_engine_http_srv/create_room",
        "/V4/live_engine_http_srv/create_room",
        "/v4/live_engine_http_srv/Create_Room",
    ] {
        assert!(contract.endpoint(near).is_none(), "{near}");
        assert_eq!(contract.path_like(near), Some(path), "{near}");
    }
    for other in [
        "",
        "/",
        "/v5/live_engine_http_srv/create_room",
        "/v4/x/create_room",
    ] {
        assert!(contract.endpoint(other).is_none() && contract.path_like(other).is_none());
    }
}

#[test]
fn codes_mean_what_the_endpoint_says_first() {
    let contract = Contract::embedded().unwrap();
    let live = contract.endpoint("/v4/live_engine_http_srv/create_room");
    let own = contract.meaning(live, 100_010).unwrap();
    assert!(own.contains("same owner"), "{own}");
    assert!(contract.meaning(None, 60_007).is_some());
    assert!(contract.meaning(live, 60_007).is_some());
    assert_eq!(contract.meaning(live, 1), None);
}
