//! Whose webhook it is, and whether it is signed.

use std::time::{Duration, UNIX_EPOCH};

use trtc_rooms_webhooks::{DeliveryError, Receiver, Token};

const BODY: &[u8] = br#"{"CallbackCommand": "Room.CallbackAfterDestroyRoom", "RoomId": "r"}"#;
const TIME: u64 = 1_669_872_112;
const SIGN: &str = "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061";

fn signed() -> String {
    format!("SdkAppid=7&CallbackCommand=X&Sign={SIGN}&RequestTime={TIME}")
}

fn receiver(now: u64) -> Receiver {
    Receiver::new(7)
        .token(Token::new("xxxxyyyy").unwrap())
        .clock(move || UNIX_EPOCH + Duration::from_secs(now))
}

#[test]
fn the_application_is_ones_own() {
    let receive = |query: &str| Receiver::new(7).receive(query, BODY);
    assert!(receive("SdkAppid=7").is_ok());
    assert!(receive("sdkappid=7&contenttype=json").is_ok());
    assert_eq!(receive(""), Err(DeliveryError::MissingApp));
    assert_eq!(
        receive("SdkAppid=8"),
        Err(DeliveryError::OtherApp { found: 8, own: 7 })
    );
    for text in ["", "0", "-7", "%2B7", "7.0", "4294967296", "x", "7 "] {
        let query = format!("SdkAppid={text}");
        assert_eq!(receive(&query), Err(DeliveryError::MalformedApp), "{text}");
    }
    let twice = receive("SdkAppid=7&SdkAppid=8");
    assert_eq!(twice, Err(DeliveryError::RepeatedParameter("SdkAppid")));
    assert!(Receiver::any_app().receive("SdkAppid=8", BODY).is_ok());
    let none = Receiver::any_app().receive("", BODY);
    assert_eq!(none, Err(DeliveryError::MissingApp));
}

#[test]
fn the_sample_of_the_page_is_accepted_for_a_minute() {
    for (now, early) in [
        (TIME, 0),
        (TIME + 60, 0),
        (TIME - 60, 0),
        (TIME + 61, -61),
        (TIME - 61, 61),
    ] {
        let received = receiver(now).receive(&signed(), BODY);
        if early == 0 {
            assert_eq!(received.unwrap().request_time.unwrap().get(), 1_669_872_112);
        } else {
            let window = 60;
            assert_eq!(
                received,
                Err(DeliveryError::OutsideWindow { early, window })
            );
        }
    }
    let wide = receiver(TIME + 61).window(Duration::from_secs(61));
    assert!(wide.receive(&signed(), BODY).is_ok());
    let capitals = signed().replace(SIGN, &SIGN.to_uppercase());
    assert!(receiver(TIME).receive(&capitals, BODY).is_ok());
}

#[test]
fn the_clock_says_in_which_direction_it_is_wrong() {
    let late = receiver(TIME + 61).receive(&signed(), BODY).unwrap_err();
    assert!(late.to_string().contains("61 s before now"), "{late}");
    let early = receiver(TIME - 61).receive(&signed(), BODY).unwrap_err();
    assert!(early.to_string().contains("61 s after now"), "{early}");
}

#[test]
fn what_was_tampered_with_is_refused() {
    let receive = |query: &str| receiver(TIME).receive(query, BODY);
    let signed = signed();
    let later = signed.replace("1669872112", "1669872113");
    assert_eq!(receive(&later), Err(DeliveryError::WrongSignature));
    let zero = signed.replace("1669872112", "01669872112");
    assert_eq!(receive(&zero), Err(DeliveryError::WrongSignature));
    for at in 0..SIGN.len() {
        let mut sign = SIGN.to_owned();
        let other = if &SIGN[at..=at] == "0" { "1" } else { "0" };
        sign.replace_range(at..=at, other);
        let query = signed.replace(SIGN, &sign);
        assert_eq!(
            receive(&query),
            Err(DeliveryError::WrongSignature),
            "{query}"
        );
        let cut = signed.replace(SIGN, &SIGN[..at]);
        assert_eq!(receive(&cut), Err(DeliveryError::WrongSignature), "{cut}");
    }
    let unsigned = "SdkAppid=7&CallbackCommand=X";
    assert_eq!(receive(unsigned), Err(DeliveryError::Unsigned));
    let timeless = format!("SdkAppid=7&Sign={SIGN}");
    assert_eq!(receive(&timeless), Err(DeliveryError::Unsigned));
    let signless = format!("SdkAppid=7&RequestTime={TIME}");
    assert_eq!(receive(&signless), Err(DeliveryError::Unsigned));
}

#[test]
fn times_that_are_none_are_refused_however_well_they_are_signed() {
    let token = Token::new("t").unwrap();
    for time in ["", "x", "-1", "1e9", "99999999999999999999", "1669872112 "] {
        let sign = token.sign(time);
        let query = format!("SdkAppid=7&Sign={sign}&RequestTime={time}");
        let receiver = receiver(TIME).token(token.clone());
        assert_eq!(
            receiver.receive(&query, BODY),
            Err(DeliveryError::MalformedTime),
            "{time}"
        );
    }
    let time = i64::MAX.to_string();
    let query = format!("SdkAppid=7&Sign={}&RequestTime={time}", token.sign(&time));
    let far = receiver(0).token(token).receive(&query, BODY).unwrap_err();
    assert!(matches!(far, DeliveryError::OutsideWindow { .. }), "{far}");
}

#[test]
fn while_a_token_is_replaced_both_count() {
    let both = receiver(TIME).token(Token::new("new").unwrap());
    assert!(both.receive(&signed(), BODY).is_ok());
    let sign = Token::new("new").unwrap().sign(&TIME.to_string());
    assert!(both.receive(&signed().replace(SIGN, &sign), BODY).is_ok());
    let none = Receiver::new(7).token(Token::new("new").unwrap());
    let none = none.clock(|| UNIX_EPOCH + Duration::from_secs(TIME));
    assert_eq!(
        none.receive(&signed(), BODY),
        Err(DeliveryError::WrongSignature)
    );
}

#[test]
fn a_wrong_signature_is_told_before_the_body_is_read() {
    let query = signed().replace(SIGN, &"0".repeat(64));
    let received = receiver(TIME).receive(&query, b"no JSON");
    assert_eq!(received, Err(DeliveryError::WrongSignature));
}

#[test]
fn a_signature_without_a_token_is_passed_over() {
    assert!(Receiver::new(7).receive(&signed(), BODY).is_ok());
    let odd = "SdkAppid=7&Sign=zz&RequestTime=soon";
    assert_eq!(
        Receiver::new(7).receive(odd, BODY),
        Err(DeliveryError::MalformedTime)
    );
}

#[test]
fn each_error_says_what_to_answer_and_no_secret() {
    let bodies: [(&[u8], u16); 6] = [
        (b"", 400),
        (b"no JSON", 400),
        (b"[]", 400),
        (b"null", 400),
        (b"\xff{}", 400),
        (b"{}", 400),
    ];
    for (body, status) in bodies {
        let error = Receiver::new(7).receive("SdkAppid=7", body).unwrap_err();
        assert_eq!(error.status(), status);
        let reply = error.reply().to_json();
        assert!(reply.starts_with(r#"{"ActionStatus":"FAIL","#), "{reply}");
    }
    let receiver = receiver(TIME);
    let wrong = signed().replace(SIGN, &"a".repeat(64));
    for (query, status) in [
        ("SdkAppid=7", 401),
        ("SdkAppid=8", 403),
        (wrong.as_str(), 401),
    ] {
        let error = receiver.receive(query, BODY).unwrap_err();
        assert_eq!(error.status(), status);
        for text in [
            error.to_string(),
            format!("{error:?}"),
            error.reply().to_json(),
        ] {
            assert!(
                !text.contains("xxxxyyyy") && !text.contains("aaaa"),
                "{text}"
            );
        }
    }
    let long = format!("SdkAppid=7&{}", "x".repeat(9_000));
    assert_eq!(receiver.receive(&long, BODY).unwrap_err().status(), 414);
    let debug = format!("{receiver:?}");
    assert!(
        debug.contains("redacted") && !debug.contains("xxxxyyyy"),
        "{debug}"
    );
}
