//! What is valid arrives byte for byte as specified, and what is not does not arrive.

use std::collections::HashSet;

use serde_json::{Value, json};
use trtc_rooms::live::create_room::{RoomInfo as LiveRoom, SeatTemplate};
use trtc_rooms::live::update_room_info::RoomInfo as LiveUpdate;
use trtc_rooms::conference::create_room::{CreateRoomRequest, RoomInfo as Meeting};
use trtc_rooms::common::rooms::TakeSeatMode;
use trtc_rooms::{ErrorKind, Validation};
use trtc_rooms_contract::http::tables::requests;
use trtc_rooms_contract::http::{
    Answer, Ear, FaultServer, Judge, Run, Script, Stub, TARGETS, Target, app, schemas, secrets,
};

#[tokio::test]
async fn c23_live_create_room_arrives_byte_for_byte() {
    let stub = Stub::start().await;
    let client = app::client(&stub.url());
    let live = client.live();
    let mut run = Run::default();
    let room = || LiveRoom::new("live-1", SeatTemplate::AudioSalon);
    for (id, room, expected) in [
        (
            "C23-nothing-optional",
            room(),
            r#"{"RoomInfo":{"RoomId":"live-1","RoomType":"Live","SeatTemplate":"AudioSalon"}}"#,
        ),
        (
            "C23-everything",
            room()
                .owner_account("host-7")
                .take_seat_mode(TakeSeatMode::ApplyToTake)
                .max_seat_count(8)
                .is_message_disabled(false)
                .is_public_visible(true)
                .room_name("Friday night")
                .cover_url("not a URL")
                .category([3, 1, 3])
                .activity_status(-1),
            r#"{"RoomInfo":{"RoomId":"live-1","RoomType":"Live","Owner_Account":"host-7","TakeSeatMode":"ApplyToTake","SeatTemplate":"AudioSalon","MaxSeatCount":8,"IsMessageDisabled":false,"IsPublicVisible":true,"RoomName":"Friday night","CoverURL":"not a URL","Category":[3,1,3],"ActivityStatus":-1}}"#,
        ),
        (
            "C13-empty-list-and-empty-texts",
            room().category([]).room_name("").cover_url("").owner_account(""),
            r#"{"RoomInfo":{"RoomId":"live-1","RoomType":"Live","Owner_Account":"","SeatTemplate":"AudioSalon","RoomName":"","CoverURL":"","Category":[]}}"#,
        ),
        (
            "C11-unknown-template",
            LiveRoom::new("live-1", "Hexagon"),
            r#"{"RoomInfo":{"RoomId":"live-1","RoomType":"Live","SeatTemplate":"Hexagon"}}"#,
        ),
        (
            "B8-ends-of-i64",
            room().activity_status(i64::MIN).max_seat_count(i64::MAX).category([9_007_199_254_740_993]),
            r#"{"RoomInfo":{"RoomId":"live-1","RoomType":"Live","SeatTemplate":"AudioSalon","MaxSeatCount":9223372036854775807,"Category":[9007199254740993],"ActivityStatus":-9223372036854775808}}"#,
        ),
        (
            "A13-escapes",
            room().room_name("\"\\/\u{8}\u{c}\n\r\t\u{0}\u{1f}\u{7f}\u{2028}\u{202e}"),
            "{\"RoomInfo\":{\"RoomId\":\"live-1\",\"RoomType\":\"Live\",\"SeatTemplate\":\"AudioSalon\",\"RoomName\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u{7f}\u{2028}\u{202e}\"}}",
        ),
    ] {
        let outcome = requests::arrives(&stub, live.create_room(room), expected).await;
        run.add(id, outcome);
    }
    run.assert(6);
}

#[tokio::test]
async fn c23_the_other_endpoints_arrive_byte_for_byte() {
    let stub = Stub::start().await;
    let client = app::client(&stub.url());
    let mut run = Run::default();
    for (id, meeting, expected) in [
        (
            "C23-meeting",
            Meeting::new("conf-1").into(),
            r#"{"RoomInfo":{"RoomId":"conf-1","RoomType":"Conference"}}"#,
        ),
        (
            "C23-meeting-everything",
            CreateRoomRequest::new(
                Meeting::new("conf-1")
                    .room_name("All hands")
                    .owner_account("host-7")
                    .max_member_count(300)
                    .schedule_start_time(1_800_000_000)
                    .schedule_end_time(1_800_001_000)
                    .is_video_disabled(true)
                    .is_audio_disabled(false)
                    .is_message_disabled(true)
                    .is_screen_sharing_disabled(false)
                    .is_cloud_recording_disabled(true)
                    .custom_info("{}")
                    .is_seat_enabled(true)
                    .max_seat_count(16)
                    .take_seat_mode(TakeSeatMode::FreeToTake),
            )
            .schedule_invitee_list_account(["27149", "bob"]),
            r#"{"RoomInfo":{"RoomId":"conf-1","RoomName":"All hands","RoomType":"Conference","Owner_Account":"host-7","MaxMemberCount":300,"ScheduleStartTime":1800000000,"ScheduleEndTime":1800001000,"IsVideoDisabled":true,"IsAudioDisabled":false,"IsMessageDisabled":true,"IsScreenSharingDisabled":false,"IsCloudRecordingDisabled":true,"CustomInfo":"{}","IsSeatEnabled":true,"MaxSeatCount":16,"TakeSeatMode":"FreeToTake"},"ScheduleInviteeList_Account":["27149","bob"]}"#,
        ),
        (
            "C8-invitees-stand-beside",
            CreateRoomRequest::new(Meeting::new("conf-1")).schedule_invitee_list_account(Vec::<String>::new()),
            r#"{"RoomInfo":{"RoomId":"conf-1","RoomType":"Conference"},"ScheduleInviteeList_Account":[]}"#,
        ),
    ] {
        let call = client.conference().create_room(meeting);
        run.add(id, requests::arrives(&stub, call, expected).await);
    }
    for (id, update, expected) in [
        ("C23-update", LiveUpdate::new("live-1"), r#"{"RoomInfo":{"RoomId":"live-1"}}"#),
        (
            "C23-update-everything",
            LiveUpdate::new("live-1")
                .room_name("Saturday")
                .max_member_count(0)
                .is_message_disabled(true)
                .cover_url("https://example.com/c.png")
                .category([])
                .activity_status(2)
                .is_public_visible(false)
                .take_seat_mode(TakeSeatMode::FreeToTake)
                .notice("Starts at nine."),
            r#"{"RoomInfo":{"RoomId":"live-1","RoomName":"Saturday","MaxMemberCount":0,"IsMessageDisabled":true,"CoverURL":"https://example.com/c.png","Category":[],"ActivityStatus":2,"IsPublicVisible":false,"TakeSeatMode":"FreeToTake","Notice":"Starts at nine."}}"#,
        ),
    ] {
        let call = client.live().update_room_info(update);
        run.add(id, requests::arrives(&stub, call, expected).await);
    }
    run.assert(5);
}

/// Texts that a client might trim, normalise, cut or count in characters.
#[tokio::test]
async fn a_texts_arrive_unchanged() {
    let stub = Stub::start().await;
    let mut run = Run::default();
    let family = "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466}";
    for (id, text) in [
        ("A1-48-bytes", "a".repeat(48)),
        ("A3-16-characters", "房".repeat(16)),
        ("A7-family", family.to_owned()),
        ("A8-composed", "\u{e9}".repeat(24)),
        ("A8-decomposed", "e\u{301}".repeat(16)),
        ("A11-blanks", " \t\u{3000}\u{a0} ".to_owned()),
        ("A12-nul", "a\u{0}b".to_owned()),
        ("A13-terminal", "\u{1b}[2J\u{7f}\u{2028}".to_owned()),
        ("A14-bidi", "a\u{202e}b\u{200b}".to_owned()),
        ("A21-prefix", "@TGS#1".to_owned()),
        ("A9-empty", String::new()),
    ] {
        for target in &TARGETS {
            let mut request = target.example();
            request["RoomInfo"]["RoomId"] = Value::from(text.as_str());
            let outcome = requests::arrives_whole(&stub, target, &request).await;
            run.add(format!("{}/RoomId/{id}", target.name), outcome);
        }
    }
    // A9: no page limits these on update. A24: nor does anything else.
    for (member, length) in [("RoomId", 49), ("RoomName", 101), ("CoverURL", 201), ("RoomName", 1 << 20)] {
        let target = Target::named("live/update_room_info");
        let mut request = target.example();
        request["RoomInfo"][member] = Value::from("x".repeat(length));
        let outcome = requests::arrives_whole(&stub, target, &request).await;
        run.add(format!("A9-A24/{member}/{length}"), outcome);
    }
    run.assert(37);
}

#[tokio::test]
async fn examples_arrive_and_counterexamples_do_not() {
    let stub = Stub::start().await;
    for target in &TARGETS {
        requests::examples(&stub, target).await.assert(1);
        requests::counterexamples(&stub, target).await.assert(1);
    }
}

/// Limits typed by hand: each is refused with nothing sent, and by the stub when it is
/// sent all the same.
#[tokio::test]
async fn limits_are_enforced_before_sending_and_only_then() {
    let stub = Stub::start().await;
    let mut run = Run::default();
    let accounts: Vec<String> = (0..301).map(|number| format!("u{number}")).collect();
    let meeting = |start: i64, end: i64| {
        json!({ "RoomInfo": { "RoomId": "c", "RoomType": "Conference",
            "ScheduleStartTime": start, "ScheduleEndTime": end } })
    };
    let live = |member: &str, value: Value| {
        let mut request = Target::named("live/create_room").example();
        request["RoomInfo"][member] = value;
        ("live/create_room", request)
    };
    let update = |member: &str, value: Value| {
        ("live/update_room_info", json!({ "RoomInfo": { "RoomId": "r", member: value } }))
    };
    let conference = |request: Value| ("conference/create_room", request);
    let invitees = json!({ "RoomInfo": { "RoomId": "c", "RoomType": "Conference" },
        "ScheduleInviteeList_Account": accounts });
    let long = |bytes: usize| Value::from("é".repeat(bytes / 2) + &"a".repeat(bytes % 2));
    let three = json!({ "RoomInfo": { "RoomId": long(49), "RoomName": long(101),
        "RoomType": "Conference", "CustomInfo": long(501) } });
    for (id, (endpoint, request), broken) in [
        ("A2-A4-RoomId", live("RoomId", long(49)), &[("/RoomInfo/RoomId", "maxBytes")][..]),
        ("A6-RoomName", live("RoomName", long(101)), &[("/RoomInfo/RoomName", "maxBytes")]),
        ("A2-CoverURL", live("CoverURL", long(201)), &[("/RoomInfo/CoverURL", "maxBytes")]),
        ("A23-megabyte", live("RoomName", long(1 << 20)), &[("/RoomInfo/RoomName", "maxBytes")]),
        ("C13-Category", live("Category", json!([1, 2, 3, 4])), &[("/RoomInfo/Category", "maxItems")]),
        ("C12-RoomType", live("RoomType", json!("Conference")), &[("/RoomInfo/RoomType", "enum")]),
        ("C9-TakeSeatMode", live("TakeSeatMode", json!("freeToTake")), &[("/RoomInfo/TakeSeatMode", "enum")]),
        ("A2-Notice", update("Notice", long(101)), &[("/RoomInfo/Notice", "maxBytes")]),
        ("C13-Category", update("Category", json!([0, 0, 0, 0])), &[("/RoomInfo/Category", "maxItems")]),
        ("C12-TakeSeatMode", update("TakeSeatMode", json!("")), &[("/RoomInfo/TakeSeatMode", "enum")]),
        ("C14-invitees", conference(invitees), &[("/ScheduleInviteeList_Account", "maxItems")]),
        ("B11-299-s", conference(meeting(0, 299)), &[("/RoomInfo/ScheduleEndTime", "minDifference")]),
        ("B11-backwards", conference(meeting(900, 300)), &[("/RoomInfo/ScheduleEndTime", "minDifference")]),
        ("B11-86401-s", conference(meeting(-1, 86_400)), &[("/RoomInfo/ScheduleEndTime", "maxDifference")]),
        ("A22-three", conference(three), &[
            ("/RoomInfo/RoomId", "maxBytes"),
            ("/RoomInfo/RoomName", "maxBytes"),
            ("/RoomInfo/CustomInfo", "maxBytes"),
        ]),
    ] {
        let target = Target::named(endpoint);
        let outcome = requests::refused(&stub, target, &request, broken).await;
        run.add(format!("{endpoint}/{id}"), outcome);
    }
    run.assert(15);
}

/// Neither a warning nor a hint nor an error repeats what the caller put in.
#[tokio::test]
async fn nothing_that_is_said_holds_a_value_of_the_request() {
    let stub = Stub::start().await;
    let word = "kumquat";
    let long = word.repeat(20);
    for validation in [Validation::Warn, Validation::Enforce, Validation::Off] {
        let ear = Ear::open(&[word]);
        let client = app::builder(&stub.url()).validation(validation).build().unwrap();
        let room = LiveRoom::new(long.as_str(), format!("{word}Layout").as_str())
            .room_name(long.as_str())
            .take_seat_mode(word)
            .max_seat_count(8);
        stub.begin(Answer::Documented).await;
        let error = client.live().create_room(room).await.unwrap_err();
        let sent = validation != Validation::Enforce;
        assert_eq!(stub.count(), usize::from(sent));
        assert_eq!(error.kind() == ErrorKind::Invalid, !sent);
        assert!(!format!("{error} {error:?}").contains(word), "{error:?}");
        secrets::scan(&error).unwrap();
        let warnings = ear.said("WARN", "trtc_rooms");
        let expected = if validation == Validation::Warn { 3 } else { 0 };
        assert_eq!(warnings.len(), expected, "{warnings:?}");
        for (warning, pointer) in warnings.iter().zip(["RoomId", "TakeSeatMode", "RoomName"]) {
            let text = &warning.text;
            assert!(text.contains("live/create_room") && text.contains(pointer), "{text}");
        }
        let hints = ear.said("DEBUG", "trtc_rooms");
        let hinted = hints.iter().any(|said| said.text.contains("hint"));
        assert_eq!(hinted, validation != Validation::Off, "{hints:?}");
        ear.clean().unwrap();
    }
}

/// F9 on a raw socket: a library between the wire and the judge could repair a query.
#[tokio::test]
async fn f9_any_identifier_is_encoded_properly() {
    for identifier in [
        "a b&c=d#e%", "admin&usersig=x", "管理员", "a+b/c?d", "%26", "a'b\"<>", "{}|\\^`", "..", "é",
        "a;b,c:d@e!$()[]",
    ] {
        let judge = Judge::new(schemas()).with_administrator(identifier);
        let server = FaultServer::every(Script::new().answer(r#"{"ErrorCode":0}"#)).await.unwrap();
        let client = app::builder(&server.url()).identifier(identifier).build().unwrap();
        for target in &TARGETS {
            target.call(&client).await.unwrap();
        }
        drop(client);
        let requests = server.requests();
        assert_eq!(requests.len(), TARGETS.len());
        for (request, target) in requests.iter().zip(&TARGETS) {
            let judgement = judge.judge(request);
            assert_eq!(judgement.faults, [], "{identifier}");
            assert_eq!(judgement.findings, []);
            assert_eq!(judgement.endpoint.as_deref(), Some(target.name));
            let names: Vec<_> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, ["content-type", "user-agent", "accept", "host", "content-length"]);
        }
        server.finish().await.unwrap();
    }
}

#[tokio::test]
async fn f7_every_call_has_another_random_number() {
    let stub = Stub::start().await;
    let client = app::client(&stub.url());
    let target = Target::named("live/update_room_info");
    let mut numbers = HashSet::new();
    for _ in 0..300 {
        stub.begin(Answer::Documented).await;
        target.call(&client).await.unwrap();
        let request = stub.only().unwrap().request;
        let (_, random) = request.target.split_once("&random=").unwrap();
        let number: u32 = random.split('&').next().unwrap().parse().unwrap();
        assert!(numbers.insert(number), "{number} was sent before");
    }
}
