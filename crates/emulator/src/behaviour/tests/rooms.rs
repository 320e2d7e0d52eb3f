//! Reading, listing, changing and dismissing rooms, and their metadata.

use serde_json::{Value, json};

use crate::testing::{CONFERENCE, Desk, LIVE, NOW, live, live_path, meeting, meeting_path, with};

#[test]
fn a_room_that_is_dismissed_is_gone_and_leaves_its_totals() {
    let mut desk = Desk::new();
    desk.ok(LIVE, &live("a"));
    assert!(desk.app().enter("a", "mei") && desk.app().enter("a", "ana"));
    assert!(desk.app().leave("a", "ana") && desk.app().enter("a", "ana"));
    let room = json!({ "RoomId": "a" });
    desk.ok(
        &live_path("send_text_msg"),
        &json!({
            "RoomId": "a", "Sender_Account": "mei", "TextContent": "hello",
        }),
    );
    let statistics = desk.ok(&live_path("get_room_stats"), &room);
    assert_eq!(
        statistics["Response"]["TotalViewers"], 3,
        "who enters twice counts twice"
    );
    assert_eq!(statistics["Response"]["TotalMsgCount"], 1);
    let reply = desk.ok(&live_path("destroy_room"), &room);
    assert_eq!(reply["Response"]["Statistic"]["TotalViewers"], 3);
    for command in [
        "destroy_room",
        "get_room_info",
        "get_room_stats",
        "update_room_info",
    ] {
        let request = match command {
            "update_room_info" => json!({ "RoomInfo": room }),
            _ => room.clone(),
        };
        assert_eq!(
            desk.code(&live_path(command), &request),
            100_004,
            "{command}"
        );
    }
}

#[test]
fn a_room_of_the_other_product_is_refused() {
    let mut desk = Desk::new();
    desk.ok(LIVE, &live("a"));
    desk.ok(CONFERENCE, &meeting("b"));
    assert_eq!(
        desk.code(&live_path("destroy_room"), &json!({ "RoomId": "b" })),
        100_006
    );
    assert_eq!(
        desk.code(&meeting_path("destroy_room"), &json!({ "RoomId": "a" })),
        100_006
    );
}

#[test]
fn a_meeting_begins_at_its_start() {
    let mut desk = Desk::new();
    let times = json!({ "ScheduleStartTime": NOW + 60, "ScheduleEndTime": NOW + 3_600 });
    desk.ok(CONFERENCE, &with(meeting("a"), times));
    let status = |desk: &mut Desk| {
        let reply = desk.ok(&meeting_path("get_room_info"), &json!({ "RoomId": "a" }));
        reply["Response"]["RoomInfo"]["RoomStatus"].clone()
    };
    assert_eq!(status(&mut desk), "NotStarted");
    desk.wait_millis(60_000);
    assert_eq!(status(&mut desk), "Running");
    let update = json!({ "RoomInfo": { "RoomId": "a", "RoomName": "Standup" } });
    desk.ok(&meeting_path("update_room_info"), &update);
    assert_eq!(desk.info("a")["RoomName"], "Standup");
}

#[test]
fn the_list_has_visible_rooms_most_entries_first_page_by_page() {
    let mut desk = Desk::new();
    for index in 0..45 {
        desk.ok(LIVE, &live(&format!("room-{index:02}")));
    }
    desk.ok(
        LIVE,
        &with(live("hidden"), json!({ "IsPublicVisible": false })),
    );
    assert!(desk.app().enter("room-44", "mei"));
    let mut seen = Vec::new();
    let mut next = json!("");
    let pages = loop {
        let request = json!({ "Next": next, "Count": 20 });
        let reply = desk.ok(&live_path("get_room_list"), &request);
        let rooms = reply["Response"]["RoomList"].as_array().unwrap();
        seen.extend(
            rooms
                .iter()
                .map(|room| room["RoomId"].as_str().unwrap().to_owned()),
        );
        next = reply["Response"]["Next"].clone();
        if next == "" {
            break seen.len();
        }
    };
    assert_eq!(pages, 45);
    assert_eq!(seen[0], "room-44");
    assert_eq!(seen[1], "room-00");
    let wrong = json!({ "Next": "x", "Count": 20 });
    assert_eq!(desk.code(&live_path("get_room_list"), &wrong), 100_002);
}

#[test]
fn metadata_is_bounded_for_the_room_and_not_only_for_the_request() {
    let mut desk = Desk::new();
    desk.ok(LIVE, &live("a"));
    let entry = |index: usize, value: &str| json!({ "Key": format!("k{index}"), "Value": value });
    let set = |entries: Vec<Value>| json!({ "RoomId": "a", "Metadata": entries });
    let path = live_path("set_room_metadata");
    let large = "x".repeat(2_000);
    desk.ok(
        &path,
        &set((0..8).map(|index| entry(index, &large)).collect()),
    );
    assert_eq!(desk.code(&path, &set(vec![entry(8, &large)])), 100_502);
    desk.ok(
        &path,
        &set(vec![entry(8, "a"), entry(9, "b"), entry(0, "c")]),
    );
    assert_eq!(desk.code(&path, &set(vec![entry(10, "d")])), 100_500);

    let get = |desk: &mut Desk, keys: Value| {
        let request = json!({ "RoomId": "a", "Keys": keys });
        desk.ok(&live_path("get_room_metadata"), &request)["Response"]["Metadata"].clone()
    };
    let expected = json!([{ "Key": "k0", "Value": "c" }, { "Key": "k9", "Value": "b" }]);
    assert_eq!(get(&mut desk, json!(["k9", "k0", "none"])), expected);
    assert_eq!(get(&mut desk, json!([])).as_array().unwrap().len(), 10);
    desk.ok(
        &live_path("del_room_metadata"),
        &json!({ "RoomId": "a", "Keys": ["k0", "none"] }),
    );
    assert_eq!(get(&mut desk, json!([])).as_array().unwrap().len(), 9);
}
