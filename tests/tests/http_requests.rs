//! What is valid arrives byte for byte as specified.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;
use trtc_rooms::common::rooms::TakeSeatMode;
use trtc_rooms::conference::create_room::{CreateRoomRequest, RoomInfo as Meeting};
use trtc_rooms::live::create_room::{RoomInfo as LiveRoom, SeatTemplate};
use trtc_rooms::live::update_room_info::RoomInfo as LiveUpdate;
use trtc_rooms_contract::http::tables::requests;
use trtc_rooms_contract::http::{
    Answer, FaultServer, Judge, Run, Script, Stub, TARGETS, Target, app,
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
            room()
                .category([])
                .room_name("")
                .cover_url("")
                .owner_account(""),
            r#"{"RoomInfo":{"RoomId":"live-1","RoomType":"Live","Owner_Account":"","SeatTemplate":"AudioSalon","RoomName":"","CoverURL":"","Category":[]}}"#,
        ),
        (
            "C11-unknown-template",
            LiveRoom::new("live-1", "Hexagon"),
            r#"{"RoomInfo":{"RoomId":"live-1","RoomType":"Live","SeatTemplate":"Hexagon"}}"#,
        ),
        (
            "B8-ends-of-i64",
            room()
                .activity_status(i64::MIN)
                .max_seat_count(i64::MAX)
                .category([9_007_199_254_740_993]),
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
            CreateRoomRequest::new(Meeting::new("conf-1"))
                .schedule_invitee_list_account(Vec::<String>::new()),
            r#"{"RoomInfo":{"RoomId":"conf-1","RoomType":"Conference"},"ScheduleInviteeList_Account":[]}"#,
        ),
    ] {
        let call = client.conference().create_room(meeting);
        run.add(id, requests::arrives(&stub, call, expected).await);
    }
    for (id, update, expected) in [
        (
            "C23-update",
            LiveUpdate::new("live-1"),
            r#"{"RoomInfo":{"RoomId":"live-1"}}"#,
        ),
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
        for target in TARGETS {
            let mut request = target.example();
            let pointers = ["/RoomInfo/RoomId", "/RoomId"];
            let mut pointers = pointers.iter();
            let Some(pointer) = pointers.find(|it| request.pointer(it).is_some()) else {
                continue;
            };
            if let Some(room_id) = request.pointer_mut(pointer) {
                *room_id = Value::from(text.as_str());
            }
            let outcome = requests::arrives_whole(&stub, target, &request).await;
            run.add(format!("{}/RoomId/{id}", target.name), outcome);
        }
    }
    // A9: no page limits these on update. A24: nor does anything else.
    for (member, length) in [
        ("RoomId", 49),
        ("RoomName", 101),
        ("CoverURL", 201),
        ("RoomName", 1 << 20),
    ] {
        let target = Target::named("live/update_room_info");
        let mut request = target.example();
        request["RoomInfo"][member] = Value::from("x".repeat(length));
        let outcome = requests::arrives_whole(&stub, target, &request).await;
        run.add(format!("A9-A24/{member}/{length}"), outcome);
    }
    run.assert(37);
}

/// F9 on a raw socket: a library between the wire and the judge could repair a query.
#[tokio::test]
async fn f9_any_identifier_is_encoded_properly() {
    for identifier in [
        "a b&c=d#e%",
        "admin&usersig=x",
        "管理员",
        "a+b/c?d",
        "%26",
        "a'b\"<>",
        "{}|\\^`",
        "..",
        "é",
        "a;b,c:d@e!$()[]",
    ] {
        let judge = Judge::new().with_administrator(identifier);
        let server = FaultServer::every(Script::new().answer(r#"{"ErrorCode":0}"#))
            .await
            .unwrap();
        let client = app::builder(&server.url())
            .identifier(identifier)
            .build()
            .unwrap();
        for target in TARGETS {
            target.call(&client).await.unwrap();
        }
        drop(client);
        let requests = server.requests();
        assert_eq!(requests.len(), TARGETS.len());
        for (request, target) in requests.iter().zip(TARGETS) {
            let judgement = judge.judge(request);
            assert_eq!(judgement.faults, [], "{identifier}");
            assert_eq!(judgement.findings, []);
            assert_eq!(judgement.endpoint.as_deref(), Some(target.name));
            let names: BTreeSet<_> = request
                .headers
                .iter()
                .map(|(name, _)| name.as_str())
                .collect();
            let expected = [
                "accept",
                "content-length",
                "content-type",
                "host",
                "user-agent",
            ];
            assert_eq!(
                (names, request.headers.len()),
                (expected.into(), expected.len())
            );
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
