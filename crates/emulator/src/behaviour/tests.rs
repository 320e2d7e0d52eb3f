//! The behaviours by the catalogue of bad inputs (`P`, `K`).

mod battles;
mod callbacks;
mod every_call;
mod gifts;
mod members;
mod rooms;
mod seats;

use std::collections::BTreeSet;
use std::time::Instant;

use serde_json::json;

use crate::request::Request;
use crate::room::Room;
use crate::settings::Rights;
use crate::testing::{APP, CONFERENCE, Desk, LIVE, NOW, OTHER_APP, UPDATE, live, meeting, with};
use crate::time::UnixMillis;

#[test]
fn p01_create_twice_same_owner() {
    let mut desk = Desk::new();
    let reply = desk.ok(LIVE, &live("a"));
    assert_eq!(reply["RoomId"], "a");
    desk.wait_millis(1_000);
    let changed = with(live("a"), json!({ "RoomName": "other" }));
    assert_eq!(desk.code(LIVE, &changed), 100_010);
    // The owner counts, and not who calls.
    desk.identifier = "second";
    let on_behalf = with(live("a"), json!({ "Owner_Account": "administrator" }));
    assert_eq!(desk.code(LIVE, &on_behalf), 100_010);
}

#[test]
fn p01_create_twice_other_owner() {
    for (path, request) in [(LIVE, live("a")), (CONFERENCE, meeting("a"))] {
        let mut desk = Desk::new();
        desk.ok(path, &request);
        desk.wait_millis(1_000);
        let other = with(request.clone(), json!({ "Owner_Account": "ada" }));
        assert_eq!(desk.code(path, &other), 100_003);
        desk.identifier = "second";
        assert_eq!(desk.code(path, &request), 100_003);
    }
}

#[test]
fn p01_k07_create_twice_within_a_second() {
    for (path, request) in [(LIVE, live("a")), (CONFERENCE, meeting("a"))] {
        let mut desk = Desk::new();
        desk.wait_millis(1);
        desk.ok(path, &request);
        assert_eq!(desk.code(path, &request), 100_012);
        desk.wait_millis(999);
        assert_eq!(desk.code(path, &request), 100_012, "after 0.999 s");
        let other = with(request.clone(), json!({ "Owner_Account": "ada" }));
        assert_eq!(desk.code(path, &other), 100_012, "whoever asks");
        desk.wait_millis(1);
        assert_eq!(desk.code(path, &request), 100_010, "after 1.000 s");
        // A refused attempt begins no new second.
        desk.wait_millis(1);
        assert_eq!(desk.code(path, &request), 100_010);
    }
}

#[test]
fn k07_an_id_that_is_free_again_can_be_created_after_a_second() {
    let mut desk = Desk::new();
    // Over for more than 6 hours, so that it is recycled at once.
    let past = with(meeting("a"), json!({ "ScheduleStartTime": 0 }));
    desk.ok(CONFERENCE, &past);
    desk.wait_millis(999);
    assert_eq!(desk.code(CONFERENCE, &meeting("a")), 100_012);
    desk.wait_millis(1);
    desk.ok(CONFERENCE, &meeting("a"));
}

#[test]
fn p02_update_unknown() {
    let mut desk = Desk::new();
    assert_eq!(
        desk.code(UPDATE, &json!({ "RoomInfo": { "RoomId": "a" } })),
        100_004
    );
    desk.ok(LIVE, &live("a"));
    desk.ok(UPDATE, &json!({ "RoomInfo": { "RoomId": "a" } }));
    assert_eq!(
        desk.code(UPDATE, &json!({ "RoomInfo": { "RoomId": "A" } })),
        100_004
    );
}

#[test]
fn p03_one_namespace_for_both_products() {
    let mut desk = Desk::new();
    desk.ok(LIVE, &live("live"));
    desk.ok(CONFERENCE, &meeting("meeting"));
    assert_eq!(desk.code(CONFERENCE, &meeting("live")), 100_012);
    desk.wait_millis(1_000);
    assert_eq!(desk.code(CONFERENCE, &meeting("live")), 100_003);
    assert_eq!(desk.code(LIVE, &live("meeting")), 100_003);
    let update = json!({ "RoomInfo": { "RoomId": "meeting", "RoomName": "x" } });
    assert_eq!(desk.code(UPDATE, &update), 100_006);
}

#[test]
fn p03_rights_of_the_strict_reading() {
    let mut desk = Desk::new();
    desk.ok(LIVE, &with(live("a"), json!({ "Owner_Account": "ada" })));
    desk.ok(LIVE, &live("mine"));
    desk.service.settings_mut().rights = Rights::OwnerOrRoomAdministrator;
    let update = |id: &str| json!({ "RoomInfo": { "RoomId": id, "RoomName": "x" } });
    desk.ok(UPDATE, &update("mine"));
    let (code, info) = desk.refused(UPDATE, update("a").to_string());
    assert_eq!(code, 100_006);
    assert!(info.contains("neither the owner nor an administrator"));

    let mut stored = desk.service.snapshot();
    let room = stored.apps.last_mut().unwrap().rooms.first_mut().unwrap();
    room.administrators = BTreeSet::from(["administrator".to_owned()]);
    desk.service.restore(stored).unwrap();
    desk.ok(UPDATE, &update("a"));
}

#[test]
fn p04_update_changes_what_is_sent() {
    let mut desk = Desk::new();
    let request = with(
        live("a"),
        json!({ "Category": [1, 2], "ActivityStatus": 1, "CoverURL": "c" }),
    );
    desk.ok(LIVE, &request);
    let reply = desk.ok(
        UPDATE,
        &json!({ "RoomInfo": { "RoomId": "a", "Notice": "n" } }),
    );
    assert!(reply.get("Response").is_none() && reply.get("RoomId").is_none());
    let mut expected = json!({
        "TakeSeatMode": "FreeToTake", "SeatTemplate": "AudioSalon", "IsMessageDisabled": false,
        "IsPublicVisible": true, "CoverURL": "c", "Category": [1, 2], "ActivityStatus": 1,
        "RoomName": "a", "Notice": "n",
    });
    assert_eq!(desk.info("a"), expected);

    let all = json!({ "RoomInfo": { "RoomId": "a", "RoomName": "", "MaxMemberCount": 5,
        "IsMessageDisabled": true, "Category": [], "ActivityStatus": 9_007_199_254_740_993_i64,
        "IsPublicVisible": false, "TakeSeatMode": "ApplyToTake", "Unknown": 1 } });
    desk.ok(UPDATE, &all);
    for (name, value) in all["RoomInfo"].as_object().unwrap() {
        if name != "RoomId" && name != "Unknown" {
            expected[name] = value.clone();
        }
    }
    assert_eq!(desk.info("a"), expected);
}

#[test]
fn p06_a_refused_creation_leaves_no_trace() {
    let mut desk = Desk::new();
    assert_eq!(
        desk.code(LIVE, &with(live("a"), json!({ "Category": [1, 2, 3, 4] }))),
        100_002
    );
    assert_eq!(
        desk.code(UPDATE, &json!({ "RoomInfo": { "RoomId": "a" } })),
        100_004
    );
    // Not even the second in which the id cannot be created.
    desk.ok(LIVE, &live("a"));
}

#[test]
fn p07_a08_ids_are_compared_byte_by_byte() {
    let mut desk = Desk::new();
    let ids = [
        "a", "A", "a ", " a", "\u{e9}", "e\u{301}", "a\u{0}b", "", "\u{202e}", "@TGS#1",
    ];
    for id in ids {
        let reply = desk.ok(LIVE, &live(id));
        assert_eq!(reply["RoomId"], id);
    }
    assert_eq!(desk.app().room_count(), ids.len());
}

#[test]
fn a17_a19_escapes_are_the_characters() {
    let mut desk = Desk::new();
    let body = |id: &str| {
        format!(
            r#"{{"RoomInfo":{{"RoomId":"{id}","RoomType":"Live","SeatTemplate":"AudioSalon"}}}}"#
        )
    };
    desk.send(LIVE, body(r"\ud83c\udfa4\/\u002F"));
    assert!(desk.app().room("🎤//").is_some());
    desk.wait_millis(1_000);
    assert_eq!(desk.refused(LIVE, body("🎤//")).0, 100_010);
}

#[test]
fn p08_apps_are_isolated() {
    let mut desk = Desk::new();
    desk.ok(LIVE, &live("a"));
    desk.sdkappid = OTHER_APP;
    assert_eq!(
        desk.code(UPDATE, &json!({ "RoomInfo": { "RoomId": "a" } })),
        100_004
    );
    desk.ok(LIVE, &live("a"));
    desk.sdkappid = APP;
    desk.app().add_chat_group("group");
    desk.sdkappid = OTHER_APP;
    desk.ok(LIVE, &live("group"));
}

#[test]
fn chat_groups_take_ids() {
    let mut desk = Desk::new();
    desk.app().add_chat_group("a");
    assert_eq!(desk.code(LIVE, &live("a")), 100_011);
    assert_eq!(desk.code(CONFERENCE, &meeting("a")), 100_011);
    desk.app().remove_chat_group("a");
    desk.ok(CONFERENCE, &meeting("a"));
}

#[test]
fn defaults_of_a_meeting() {
    let mut desk = Desk::new();
    desk.wait_millis(999);
    let mut request = with(
        meeting("a"),
        json!({ "CustomInfo": "x", "Owner_Account": "ada" }),
    );
    request["ScheduleInviteeList_Account"] = json!(["grace"]);
    let reply = desk.ok(CONFERENCE, &request);
    assert_eq!(
        reply.as_object().unwrap().len(),
        4,
        "the envelope alone: {reply}"
    );
    let expected = json!({
        "RoomName": "a", "IsVideoDisabled": false, "IsAudioDisabled": false, "IsMessageDisabled": false,
        "IsScreenSharingDisabled": false, "IsCloudRecordingDisabled": false, "IsSeatEnabled": false,
        "CustomInfo": "x", "ScheduleStartTime": NOW, "ScheduleEndTime": NOW + 3_600,
        "MaxMemberCount": 20, "MaxSeatCount": 20,
    });
    assert_eq!(desk.info("a"), expected);
    let room = desk.app().room("a").unwrap();
    assert_eq!(
        (room.owner.as_str(), &room.invitees),
        ("ada", &vec![json!("grace")])
    );

    desk.ok(
        CONFERENCE,
        &with(meeting("b"), json!({ "ScheduleStartTime": 1e10 })),
    );
    assert_eq!(desk.info("b")["ScheduleEndTime"], 10_000_003_600_i64);
    let last = with(meeting("c"), json!({ "ScheduleStartTime": i64::MAX }));
    desk.ok(CONFERENCE, &last);
    assert_eq!(desk.info("c")["ScheduleEndTime"], i64::MAX);
}

#[test]
fn a_meeting_with_an_end_alone_begins_now() {
    let mut desk = Desk::new();
    desk.wait_millis(999);
    let ending =
        |id: &str, after: i64| with(meeting(id), json!({ "ScheduleEndTime": NOW + after }));
    for (after, rule) in [
        (299, "minDifference"),
        (86_401, "maxDifference"),
        (-1, "minDifference"),
    ] {
        let (code, info) = desk.refused(CONFERENCE, ending("a", after).to_string());
        assert_eq!(code, 100_002);
        assert!(
            info.contains("/RoomInfo/ScheduleEndTime") && info.contains(rule),
            "{info}"
        );
    }
    desk.ok(CONFERENCE, &ending("short", 300));
    desk.ok(CONFERENCE, &ending("long", 86_400));
    assert_eq!(desk.info("long")["ScheduleStartTime"], NOW);
}

#[test]
fn k07_a_meeting_is_recycled_6_hours_after_its_end() {
    let mut desk = Desk::new();
    desk.ok(CONFERENCE, &meeting("a"));
    desk.ok(CONFERENCE, &meeting("used"));
    desk.ok(LIVE, &live("live"));
    assert!(desk.app().enter("used", "ada") && desk.app().enter("used", "grace"));
    assert!(!desk.app().enter("unknown", "ada") && !desk.app().leave("a", "ada"));

    desk.wait_millis(7 * 60 * 60 * 1_000 - 1);
    assert_eq!(
        desk.code(CONFERENCE, &meeting("a")),
        100_010,
        "a millisecond before"
    );
    desk.wait_millis(1);
    desk.ok(CONFERENCE, &meeting("a"));
    assert_eq!(
        desk.code(CONFERENCE, &meeting("used")),
        100_010,
        "somebody is in it"
    );

    assert!(desk.app().leave("used", "ada"));
    assert_eq!(
        desk.code(CONFERENCE, &meeting("used")),
        100_010,
        "somebody is still in it"
    );
    assert!(desk.app().leave("used", "grace"));
    desk.ok(CONFERENCE, &meeting("used"));

    desk.now = UnixMillis::from_seconds(NOW * 2);
    assert_eq!(desk.code(LIVE, &live("live")), 100_010, "a live room stays");
}

#[test]
fn k07_entering_and_leaving_before_the_end_changes_nothing() {
    let mut desk = Desk::new();
    desk.ok(CONFERENCE, &meeting("a"));
    desk.app().enter("a", "ada");
    desk.app().leave("a", "ada");
    desk.wait_millis(7 * 60 * 60 * 1_000);
    desk.service.elapse(desk.now);
    assert_eq!(desk.app().room_count(), 0);
}

#[test]
fn p13_many_rooms_stay_fast() {
    let mut desk = Desk::new();
    let time = |desk: &mut Desk, prefix: &str| {
        let query = desk.query();
        let start = Instant::now();
        for index in 0..500 {
            let body = meeting(&format!("{prefix}-{index}")).to_string();
            let request = Request::post(CONFERENCE, &query, body.as_bytes());
            let reply = desk.service.handle(&request, desk.now);
            assert_eq!(reply.error_code(), Some(0));
        }
        start.elapsed()
    };
    let few = time(&mut desk, "few");
    let like = desk.app().room("few-0").unwrap().clone();
    for index in 0..100_000 {
        let id = format!("room-{index}");
        desk.app().rooms.create(Room { id, ..like.clone() });
    }
    let many = time(&mut desk, "many");
    assert!(
        many < few * 10,
        "{few:?} with few rooms, {many:?} with many"
    );
    assert_eq!(desk.app().room_count(), 101_000);
}
