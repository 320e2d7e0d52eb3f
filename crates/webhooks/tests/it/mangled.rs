//! Queries and bodies of every kind: nothing panics, and what was not signed stays out.

use std::time::{Duration, Instant, UNIX_EPOCH};

use proptest::prelude::*;
use serde_json::{Value, json};
use trtc_rooms_webhooks::{Event, Receiver, Token, parse};

/// JSON of any kind, with the names of documented members in it.
fn value() -> impl Strategy<Value = Value> {
    let names = prop::sample::select(vec![
        "RoomInfo",
        "RoomId",
        "SeatList",
        "Index",
        "Member_Account",
        "EventTime",
        "GiftWater",
        "Time",
        "MsgBody",
        "MsgContent",
        "opType",
        "OpType",
        "Category",
        "EventInfo",
        "Payload",
        "CallbackCommand",
        "MemberList_Account",
        "IsSeatEnabled",
        "Type",
        "x",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        // Quarters, which are written and read back as they are.
        any::<i32>().prop_map(|number| Value::from(f64::from(number) / 4.0)),
        ".{0,12}".prop_map(Value::from),
        "[0-9]{1,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(names.clone(), inner, 0..6).prop_map(|members| {
                Value::Object(
                    members
                        .into_iter()
                        .map(|(name, value)| (name.to_owned(), value))
                        .collect(),
                )
            }),
        ]
    })
}

fn command() -> impl Strategy<Value = String> {
    let known: Vec<String> = Event::ALL
        .iter()
        .map(|info| info.command.to_owned())
        .collect();
    prop_oneof![prop::sample::select(known), ".{0,20}"]
}

const BODY: &[u8] = br#"{"CallbackCommand":"X"}"#;

fn receiver() -> Receiver {
    Receiver::new(7)
        .token(Token::new("xxxxyyyy").unwrap())
        .clock(|| UNIX_EPOCH + Duration::from_secs(1_669_872_112))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_object_is_read_or_refused(command in command(), body in value()) {
        let mut body = body;
        if let Value::Object(members) = &mut body {
            members.insert("CallbackCommand".to_owned(), Value::from(command.clone()));
        }
        match parse("SdkAppid=1", body.to_string().as_bytes()) {
            Ok(delivery) => {
                prop_assert!(body.is_object());
                prop_assert_eq!(&delivery.command, &command);
                if let Event::Unknown(event) = &delivery.event {
                    prop_assert_eq!(&event.body, &body);
                }
                // What was read is read again.
                let written = serde_json::to_value(&delivery.event).unwrap();
                prop_assert!(written.is_object());
            }
            Err(error) => prop_assert!(error.to_string().len() < 500),
        }
    }

    #[test]
    fn any_query_and_bytes_are_taken(query in ".{0,200}", body in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&query, &body);
        prop_assert!(receiver().receive(&query, &body).is_err());
    }

    #[test]
    fn any_parameters_are_taken(
        names in prop::collection::vec(prop::sample::select(vec![
            "SdkAppid", "CallbackCommand", "Sign", "RequestTime", "ClientIP", "OptPlatform", "%53ign", "",
        ]), 0..12),
        values in prop::collection::vec("[%0-9a-fA-F+&=.]{0,70}", 12),
    ) {
        let pairs: Vec<String> = names.iter().zip(&values).map(|(name, value)| format!("{name}={value}")).collect();
        let query = pairs.join("&");
        let _ = parse(&query, b"{}");
        prop_assert!(receiver().receive(&query, BODY).is_err());
    }

    #[test]
    fn one_changed_byte_of_a_signed_query_changes_the_outcome_to_a_refusal_or_nothing(
        at in 0usize..140, byte in any::<u8>(),
    ) {
        let signed = "SdkAppid=7&RequestTime=1669872112&Sign=17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061";
        let mut bytes = signed.as_bytes().to_vec();
        let at = at % bytes.len();
        bytes[at] = byte;
        let query = String::from_utf8_lossy(&bytes);
        if receiver().receive(&query, BODY).is_ok() {
            // The same, but for the case of names and hexadecimal digits.
            prop_assert!(query.eq_ignore_ascii_case(signed), "{query}");
        }
    }

    #[test]
    fn what_is_signed_in_the_window_is_accepted_and_nothing_else(time in 1_669_871_900_u64..1_669_872_300) {
        let time_text = time.to_string();
        let sign = Token::new("xxxxyyyy").unwrap().sign(&time_text);
        let query = format!("SdkAppid=7&Sign={sign}&RequestTime={time_text}");
        let received = receiver().receive(&query, BODY);
        prop_assert_eq!(received.is_ok(), time.abs_diff(1_669_872_112) <= 60);
    }
}

/// Bounds that are far above what it takes, and far below what runs away.
#[test]
fn large_and_deep_input_is_read_in_time() {
    let started = Instant::now();
    let deep = format!(r#"{{"CallbackCommand": "X", "a": {}"#, "[".repeat(500_000));
    assert!(parse("", deep.as_bytes()).is_err());
    let seats: Vec<Value> = (0..20_000).map(|index| json!({ "Index": index })).collect();
    let body = json!({ "CallbackCommand": "Mic.CallbackAfterSeatInfoChanged", "SeatList": seats });
    let Event::MicAfterSeatInfoChanged(event) =
        parse("", body.to_string().as_bytes()).unwrap().event
    else {
        panic!("another event");
    };
    assert_eq!(event.seat_list.unwrap().len(), 20_000);
    let wrong = json!({ "CallbackCommand": "Room.CallbackAfterMemberEnter", "Type": ["x".repeat(2_000_000)] });
    let read = parse("", wrong.to_string().as_bytes()).unwrap();
    assert!(matches!(read.event, Event::Unknown(_)));
    let pairs = "a=%41&".repeat(2_000);
    assert!(parse(&pairs, b"{}").is_err());
    assert!(started.elapsed() < Duration::from_secs(20));
}
