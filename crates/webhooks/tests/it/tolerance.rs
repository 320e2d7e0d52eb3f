//! What the fact sheets warn of.

use serde_json::{Value, json};
use trtc_rooms_webhooks::common::events::{RoomType, TakeSeatMode};
use trtc_rooms_webhooks::{DeliveryError, Event, OpenEnum, Platform, UnknownReason, parse};

fn read(body: &Value) -> Event {
    parse("SdkAppid=1", body.to_string().as_bytes())
        .unwrap()
        .event
}

#[test]
fn account_ids_may_be_numbers_beyond_a_float() {
    let Event::MicAfterSeatInfoChanged(event) = read(&json!({
        "CallbackCommand": "Mic.CallbackAfterSeatInfoChanged",
        "RoomId": 7,
        "SeatList": [{ "Index": "0", "Member_Account": 144_115_233_775_727_695_u64 }, { "Index": 1, "Member_Account": "" }],
    })) else {
        panic!("another event");
    };
    assert_eq!(event.room_id.as_deref(), Some("7"));
    let seats = event.seat_list.unwrap();
    assert_eq!(
        seats[0].member_account.as_deref(),
        Some("144115233775727695")
    );
    assert_eq!(
        (seats[0].index, seats[1].member_account.as_deref()),
        (Some(0), Some(""))
    );
    assert_eq!(event.event_time, None);
}

#[test]
fn truth_values_and_times_may_be_text() {
    let Event::RoomAfterUpdateRoomInfo(event) = read(&json!({
        "CallbackCommand": "Room.CallbackUpdateRoomInfo",
        "RoomInfo": { "RoomId": "r", "IsCloudRecordingDisabled": "false", "IsAudioDisabled": 1 },
        "EventTime": "1767226000789",
    })) else {
        panic!("another event");
    };
    let room = event.room_info.unwrap();
    assert_eq!(room.is_cloud_recording_disabled, Some(false));
    assert_eq!(room.is_audio_disabled, Some(true));
    assert_eq!(event.event_time.unwrap().get(), 1_767_226_000_789);
}

#[test]
fn the_time_of_a_creation_may_stand_in_the_room() {
    let time = |body: Value| read(&body).time().map(trtc_rooms_webhooks::UnixMillis::get);
    let command = "Live.CallbackAfterCreateRoom";
    assert_eq!(time(json!({ "CallbackCommand": command })), None);
    let inside = json!({ "CallbackCommand": command, "RoomInfo": { "EventTime": 5 } });
    assert_eq!(time(inside), Some(5));
    let both =
        json!({ "CallbackCommand": command, "EventTime": 6, "RoomInfo": { "EventTime": 5 } });
    assert_eq!(time(both), Some(6));
}

#[test]
fn two_names_for_one_thing() {
    for name in ["opType", "OpType"] {
        let Event::LiveAfterModifyAdmin(event) =
            read(&json!({ "CallbackCommand": "Live.CallbackAfterModifyAdmin", name: "delete" }))
        else {
            panic!("another event");
        };
        assert_eq!(event.op_type.unwrap().as_str(), "delete");
    }
    let changed = read(&json!({ "CallbackCommand": "Live.CallbackMemberStateChanged" }));
    assert!(matches!(changed, Event::LiveAfterMemberStateChanged(_)));
}

#[test]
fn values_that_no_page_lists_are_kept() {
    let Event::LiveAfterCreateRoom(event) = read(&json!({
        "CallbackCommand": "Live.CallbackAfterCreateRoom",
        "RoomInfo": { "TakeSeatMode": "None", "RoomType": "Karaoke", "New": {} },
        "NewToo": [],
    })) else {
        panic!("another event");
    };
    let room = event.room_info.unwrap();
    assert_eq!(room.take_seat_mode, Some(TakeSeatMode::None));
    let kind = room.room_type.unwrap();
    assert!(kind.is_unknown());
    assert_eq!(kind.as_str(), "Karaoke");
    assert_eq!(RoomType::from("conference"), RoomType::Conference);
}

#[test]
fn the_command_of_the_body_counts() {
    // The table of URL parameters of that page has the command of setting.
    let query = "SdkAppid=1&CallbackCommand=Live.CallbackAfterSetMetadata";
    let body = br#"{"CallbackCommand": "Live.CallbackAfterDelMetadata", "Keys": ["mood"]}"#;
    let delivery = parse(query, body).unwrap();
    assert!(matches!(delivery.event, Event::LiveAfterDelMetadata(_)));
    assert_eq!(delivery.command, "Live.CallbackAfterDelMetadata");
    assert_eq!(
        delivery.url_command.as_deref(),
        Some("Live.CallbackAfterSetMetadata")
    );

    for body in [
        "{}",
        r#"{"CallbackCommand": ""}"#,
        r#"{"CallbackCommand": 7}"#,
        r#"{"CallbackCommand": null}"#,
    ] {
        let delivery = parse(query, body.as_bytes()).unwrap();
        assert!(
            matches!(delivery.event, Event::LiveAfterSetMetadata(_)),
            "{body}"
        );
    }
    for query in ["SdkAppid=1", "SdkAppid=1&CallbackCommand="] {
        assert_eq!(parse(query, b"{}"), Err(DeliveryError::NoCommand));
    }
}

#[test]
fn unknown_commands_keep_their_json() {
    let body = json!({ "CallbackCommand": "Live.CallbackBeforeCallBackNotBlock", "A": [1, { "B": null }] });
    let Event::Unknown(event) = read(&body) else {
        panic!("it is a switch, and no event");
    };
    assert_eq!(event.reason, UnknownReason::Command);
    assert_eq!(event.command, "Live.CallbackBeforeCallBackNotBlock");
    assert_eq!(event.body, body);
    assert_eq!(serde_json::to_value(Event::Unknown(event)).unwrap(), body);
}

#[test]
fn an_event_that_is_built_otherwise_is_kept_and_a_question_is_not() {
    let body = json!({ "CallbackCommand": "Room.CallbackAfterMemberEnter", "MemberList_Account": { "x": 1 } });
    let Event::Unknown(event) = read(&body) else {
        panic!("a map is no list");
    };
    assert!(matches!(event.reason, UnknownReason::Shape(_)));
    assert_eq!(event.body, body);

    let long = "x".repeat(100_000) + "\u{1b}[2J";
    let gift = json!({ "CallbackCommand": "Live.CallbackBeforeSendGift", "GiftWater": long });
    let error = parse("", gift.to_string().as_bytes()).unwrap_err();
    assert_eq!(error.status(), 400);
    let text = error.to_string();
    assert!(text.len() < 300 && !text.contains('\u{1b}'), "{text}");
}

#[test]
fn a_list_is_no_object() {
    for body in [
        json!({ "CallbackCommand": "Live.CallbackAfterCreateRoom", "RoomInfo": ["live-1"] }),
        json!({ "CallbackCommand": "Live.CallbackAfterCreateRoom", "RoomInfo": [] }),
        json!({ "CallbackCommand": "Mic.CallbackAfterSeatInfoChanged", "SeatList": [[0, "alice"]] }),
    ] {
        let Event::Unknown(event) = read(&body) else {
            panic!("{body}");
        };
        assert!(matches!(event.reason, UnknownReason::Shape(_)));
    }
    let nothing = json!({ "CallbackCommand": "Live.CallbackAfterCreateRoom", "RoomInfo": null });
    assert!(matches!(read(&nothing), Event::LiveAfterCreateRoom(_)));
}

#[test]
fn what_caused_it_is_optional_and_open() {
    let read = |query: &str| parse(query, br#"{"CallbackCommand": "X"}"#).unwrap();
    let delivery = read("?SdkAppid=1&ClientIP=127.0.0.1&OptPlatform=macOS&contenttype=JSON");
    assert_eq!(delivery.client_ip.as_deref(), Some("127.0.0.1"));
    assert_eq!(delivery.platform, Some(Platform::Mac));
    assert_eq!(
        read("OptPlatform=Unknown").platform.unwrap().as_str(),
        "Unknown"
    );
    assert_eq!(
        read("OptPlatform=Fridge").platform.unwrap().as_str(),
        "Fridge"
    );
    let bare = read("");
    assert_eq!(
        (bare.client_ip, bare.platform, bare.sdkappid),
        (None, None, None)
    );
}

#[test]
fn a_member_that_stands_twice_counts_once() {
    let body =
        br#"{"CallbackCommand": "Room.CallbackAfterDestroyRoom", "RoomId": "a", "RoomId": "b"}"#;
    assert_eq!(parse("", body).unwrap().event.room_id(), Some("b"));
}
