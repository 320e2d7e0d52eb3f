//! What breaks a documented limit is not sent, unless the caller says so; then the answer
//! of the service comes back typed.

use serde_json::{Value, json};
use trtc_rooms::live::create_room::RoomInfo;
use trtc_rooms::{ErrorKind, Validation};
use trtc_rooms_contract::http::tables::requests;
use trtc_rooms_contract::http::{Answer, Ear, Run, Stub, TARGETS, Target, app, secrets};

#[tokio::test]
async fn examples_arrive_and_counterexamples_do_not() {
    let stub = Stub::start().await;
    for target in TARGETS {
        requests::examples(&stub, target).await.assert(1);
        // A request without members has no rule to break.
        let has_rules = !target.endpoint.request.fields.is_empty();
        let refused = requests::counterexamples(&stub, target).await;
        refused.assert(usize::from(has_rules));
    }
}

/// What a derived request goes through.
#[tokio::test]
async fn a_request_without_an_expectation_follows_the_schema() {
    let stub = Stub::start().await;
    let target = Target::named("conference/create_room");
    for (end, fits) in [(300, true), (299, false)] {
        let request = json!({ "RoomInfo": { "RoomId": "conf-1", "RoomType": "Conference",
            "ScheduleStartTime": 0, "ScheduleEndTime": end } });
        requests::follows_the_schema(&stub, target, &request, &request)
            .await
            .unwrap();
        let whole = requests::arrives_whole(&stub, target, &request).await;
        assert_eq!(whole.is_ok(), fits, "{whole:?}");
        let broken = [("/RoomInfo/ScheduleEndTime", "minDifference")];
        let refused = requests::refused(&stub, target, &request, &broken).await;
        assert_eq!(refused.is_err(), fits, "{refused:?}");
    }
}

/// A request, and the rules that it breaks.
type Limit = (&'static str, Value, Vec<(&'static str, &'static str)>);

/// Limits typed by hand: each is refused with nothing sent, and by the stub when it is
/// sent all the same.
#[tokio::test]
async fn limits_are_enforced_before_sending_and_only_then() {
    let stub = Stub::start().await;
    let mut run = Run::default();
    for (endpoint, limits) in [
        ("live/create_room", live_create_room()),
        ("live/update_room_info", live_update_room_info()),
        ("conference/create_room", conference_create_room()),
    ] {
        for (id, request, broken) in limits {
            let target = Target::named(endpoint);
            let outcome = requests::refused(&stub, target, &request, &broken).await;
            run.add(format!("{endpoint}/{id}"), outcome);
        }
    }
    run.assert(16);
}

fn live_create_room() -> Vec<Limit> {
    let room = |id, member: &str, value: Value, broken| -> Limit {
        let mut request = Target::named("live/create_room").example();
        request["RoomInfo"][member] = value;
        (id, request, vec![broken])
    };
    let too_long = |pointer| (pointer, "maxBytes");
    vec![
        room(
            "A2-A4-RoomId",
            "RoomId",
            long(49),
            too_long("/RoomInfo/RoomId"),
        ),
        room(
            "A6-RoomName",
            "RoomName",
            long(101),
            too_long("/RoomInfo/RoomName"),
        ),
        room(
            "A2-CoverURL",
            "CoverURL",
            long(201),
            too_long("/RoomInfo/CoverURL"),
        ),
        room(
            "A23-megabyte",
            "RoomName",
            long(1 << 20),
            too_long("/RoomInfo/RoomName"),
        ),
        room(
            "C13-Category",
            "Category",
            json!([1, 2, 3, 4]),
            ("/RoomInfo/Category", "maxItems"),
        ),
        room(
            "C12-RoomType",
            "RoomType",
            json!("Conference"),
            ("/RoomInfo/RoomType", "enum"),
        ),
        room(
            "C9-case",
            "TakeSeatMode",
            json!("freeToTake"),
            ("/RoomInfo/TakeSeatMode", "enum"),
        ),
    ]
}

fn live_update_room_info() -> Vec<Limit> {
    let room = |id, member: &str, value: Value, broken| -> Limit {
        let request = json!({ "RoomInfo": { "RoomId": "live-1", member: value } });
        (id, request, vec![broken])
    };
    let tags = json!([0, 0, 0, 0]);
    vec![
        room(
            "A2-Notice",
            "Notice",
            long(101),
            ("/RoomInfo/Notice", "maxBytes"),
        ),
        room(
            "C13-Category",
            "Category",
            tags,
            ("/RoomInfo/Category", "maxItems"),
        ),
        room(
            "C12-empty",
            "TakeSeatMode",
            json!(""),
            ("/RoomInfo/TakeSeatMode", "enum"),
        ),
    ]
}

fn conference_create_room() -> Vec<Limit> {
    let end = "/RoomInfo/ScheduleEndTime";
    let meeting = |id, from: i64, to: i64, rule| -> Limit {
        let request = json!({ "RoomInfo": { "RoomId": "conf-1", "RoomType": "Conference",
            "ScheduleStartTime": from, "ScheduleEndTime": to } });
        (id, request, vec![(end, rule)])
    };
    let accounts: Vec<String> = (0..301).map(|number| format!("u{number}")).collect();
    let invitees = json!({ "RoomInfo": { "RoomId": "conf-1", "RoomType": "Conference" },
        "ScheduleInviteeList_Account": accounts });
    let three = json!({ "RoomInfo": { "RoomId": long(49), "RoomName": long(101),
        "RoomType": "Conference", "CustomInfo": long(501) } });
    vec![
        meeting("299-seconds", 0, 299, "minDifference"),
        meeting("backwards", 900, 300, "minDifference"),
        meeting("86401-seconds", -1, 86_400, "maxDifference"),
        meeting(
            "B12-milliseconds",
            1_800_000_000,
            1_800_000_300_000,
            "maxDifference",
        ),
        (
            "C14-invitees",
            invitees,
            vec![("/ScheduleInviteeList_Account", "maxItems")],
        ),
        (
            "A22-three",
            three,
            vec![
                ("/RoomInfo/RoomId", "maxBytes"),
                ("/RoomInfo/RoomName", "maxBytes"),
                ("/RoomInfo/CustomInfo", "maxBytes"),
            ],
        ),
    ]
}

/// A text of so many bytes, about half as many characters.
fn long(bytes: usize) -> Value {
    Value::from("é".repeat(bytes / 2) + &"a".repeat(bytes % 2))
}

/// Neither a warning nor a hint nor an error repeats what the caller put in.
#[tokio::test]
async fn nothing_that_is_said_holds_a_value_of_the_request() {
    let stub = Stub::start().await;
    let word = "kumquat";
    let long = word.repeat(20);
    for validation in [Validation::Warn, Validation::Enforce, Validation::Off] {
        let ear = Ear::open(&[word]);
        let client = app::builder(&stub.url())
            .validation(validation)
            .build()
            .unwrap();
        let room = RoomInfo::new(long.as_str(), format!("{word}Layout").as_str())
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
            assert!(
                text.contains("live/create_room") && text.contains(pointer),
                "{text}"
            );
        }
        let hints = ear.said("DEBUG", "trtc_rooms");
        let hinted = hints.iter().any(|said| said.text.contains("hint"));
        assert_eq!(hinted, validation != Validation::Off, "{hints:?}");
        ear.clean().unwrap();
    }
}
