//! What is signed, and what is refused to be.

use std::sync::Arc;
use std::time::Duration;

use trtc_usersig::{
    Clock, DEFAULT_EXPIRE, FixedClock, MAX_TICKET_LEN, Privileges, RoomRef, SignError, Signer,
    Ticket, decode,
};

use crate::common::{APP, EXPIRE, KEY, TIME, USER, document, key, signer, ticket, unpack, verify};

fn sign_at(user: &str, time: i64, expire: i64) -> Result<Ticket, SignError> {
    signer().sign_at(user, time, expire, None)
}

fn at(time: i64) -> Signer {
    signer().clock(Arc::new(FixedClock::new(time)))
}

#[test]
fn the_document_has_the_documented_members() {
    let expected = document(USER, TIME.into(), EXPIRE.into(), None);
    let ours: serde_json::Value = serde_json::from_str(&unpack(&ticket())).unwrap();
    assert_eq!(ours, serde_json::Value::from(expected));

    let userbuf = Some(b"\xfb\xff".as_slice());
    let expected = document(USER, TIME.into(), EXPIRE.into(), userbuf);
    let ours = signer().sign_at(USER, TIME, EXPIRE, userbuf).unwrap();
    let ours: serde_json::Value = serde_json::from_str(&unpack(ours.as_str())).unwrap();
    assert_eq!(ours, serde_json::Value::from(expected));
}

#[test]
fn the_text_needs_no_escaping_in_a_url() {
    for n in 0..200 {
        let ticket = sign_at(USER, TIME + n, EXPIRE).unwrap();
        let text = ticket.as_str();
        let allowed = |c: char| c.is_ascii_alphanumeric() || "*-_".contains(c);
        assert!(text.chars().all(allowed), "{text}");
        assert_eq!(text.len() % 4, 0);
    }
}

#[test]
fn signing_is_deterministic_and_follows_the_clock() {
    let clock = Arc::new(FixedClock::new(TIME));
    let signer = signer().clock(clock.clone());
    let sign = || signer.sign(USER, DEFAULT_EXPIRE).unwrap();
    let first = sign();
    assert_eq!(first.as_str(), sign().as_str());
    clock.advance(1);
    let later = decode(sign().as_str()).unwrap();
    assert_eq!(later.time, clock.unix_seconds());
    assert_eq!(later.expires_at(), TIME + 1 + 180 * 86_400);
}

#[test]
fn g14_control_characters_are_refused() {
    for (user, offset) in [
        ("a\nTLS.sdkappid:1", 1),
        ("a\r", 1),
        ("\0", 0),
        ("é\u{7f}", 2),
        ("a\u{85}", 1),
    ] {
        let error = SignError::ControlCharacter { offset };
        assert_eq!(sign_at(user, TIME, EXPIRE).unwrap_err(), error, "{user:?}");
        let room = RoomRef::Number(1);
        let outcome = at(TIME).private_map_key(user, DEFAULT_EXPIRE, room, Privileges::ALL);
        assert_eq!(outcome.unwrap_err(), error, "{user:?}");
    }
    assert_eq!(
        sign_at("", TIME, EXPIRE).unwrap_err(),
        SignError::EmptyUserId
    );
}

#[test]
fn user_ids_are_not_judged_otherwise() {
    let long = "u".repeat(4000);
    for user in [
        "a b",
        "@TGS#1",
        "主播",
        "a<b>&c\u{2028}",
        "\"\\/",
        " ",
        &long,
    ] {
        let ticket = sign_at(user, TIME, EXPIRE).unwrap();
        assert_eq!(decode(ticket.as_str()).unwrap().identifier, user);
    }
}

#[test]
fn what_could_not_be_read_back_is_not_made() {
    // Compresses well, but the document is too long; then the other way around.
    let mut state = 1_u64;
    let noise: String = std::iter::repeat_with(|| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        char::from(b'0' + state.to_be_bytes()[0] % 64)
    })
    .take(6000)
    .collect();
    for user in ["u".repeat(8192), noise] {
        assert_eq!(
            sign_at(&user, TIME, EXPIRE).unwrap_err(),
            SignError::TooLong
        );
    }
    let userbuf: Vec<u8> = (0..u16::MAX).map(|n| n.to_le_bytes()[0]).collect();
    let outcome = signer().sign_at(USER, TIME, EXPIRE, Some(&userbuf));
    assert_eq!(outcome.unwrap_err(), SignError::TooLong);
    assert!(ticket().len() < MAX_TICKET_LEN / 10);
}

#[test]
fn g16_long_and_foreign_keys_sign_and_verify() {
    for text in ["k", "钥匙", " ", "c0ffee", &"k".repeat(1 << 20)] {
        let ticket = Signer::new(APP, key(text))
            .sign_at(USER, TIME, EXPIRE, None)
            .unwrap();
        let verifier = trtc_usersig::Verifier::new(APP, key(text));
        let expect = trtc_usersig::Expect::user(USER);
        assert!(verifier.verify(ticket.as_str(), expect, TIME).is_ok());
        assert!(verify(ticket.as_str()).is_err());
    }
}

#[test]
fn g17_validity() {
    for expire in [0, -1, i64::MIN] {
        let error = SignError::ExpireNotPositive { expire };
        assert_eq!(sign_at(USER, TIME, expire).unwrap_err(), error);
    }
    let longest = i64::MAX - TIME;
    for expire in [1, i64::from(u32::MAX), longest] {
        let ticket = sign_at(USER, TIME, expire).unwrap();
        assert_eq!(decode(ticket.as_str()).unwrap().expire, expire);
    }
    for expire in [longest + 1, i64::MAX] {
        let error = SignError::EndOutOfRange { latest: i64::MAX };
        assert_eq!(sign_at(USER, TIME, expire).unwrap_err(), error);
    }
}

#[test]
fn g17_durations_count_in_whole_seconds() {
    let sign = |expire| at(TIME).sign(USER, expire);
    let ticket = sign(Duration::from_millis(1999)).unwrap();
    assert_eq!(decode(ticket.as_str()).unwrap().expire, 1);
    for short in [Duration::ZERO, Duration::from_millis(999)] {
        let error = SignError::ExpireNotPositive { expire: 0 };
        assert_eq!(sign(short).unwrap_err(), error);
    }
    let error = SignError::EndOutOfRange { latest: i64::MAX };
    assert_eq!(sign(Duration::MAX).unwrap_err(), error);
    assert_eq!(at(0).sign(USER, Duration::MAX).unwrap_err(), error);
}

#[test]
fn g18_clocks() {
    for time in [-1, i64::MIN] {
        let error = SignError::BeforeEpoch { time };
        assert_eq!(at(time).sign(USER, DEFAULT_EXPIRE).unwrap_err(), error);
    }
    let (y2038, y2106) = (i64::from(i32::MAX) + 1, i64::from(u32::MAX) + 1);
    for time in [0, y2038, y2106] {
        let ticket = at(time).sign(USER, DEFAULT_EXPIRE).unwrap();
        assert_eq!(decode(ticket.as_str()).unwrap().time, time);
    }
}

#[test]
fn g18_a_private_map_key_ends_by_2106() {
    let last = i64::from(u32::MAX);
    let sign = |time| {
        let hour = Duration::from_secs(3600);
        at(time).private_map_key(USER, hour, RoomRef::Number(1), Privileges::ALL)
    };
    let claims = decode(sign(last - 3600).unwrap().as_str()).unwrap();
    let userbuf = claims.userbuf.unwrap();
    let userbuf = trtc_usersig::UserBuf::decode(&userbuf).unwrap();
    assert_eq!(userbuf.expires_at, u32::MAX);
    assert_eq!(claims.expire, 3600);

    let error = SignError::EndOutOfRange { latest: last };
    assert_eq!(sign(last - 3599).unwrap_err(), error);
}

#[test]
fn an_empty_userbuf_is_refused() {
    let outcome = signer().sign_at(USER, TIME, EXPIRE, Some(b""));
    assert_eq!(outcome.unwrap_err(), SignError::EmptyUserBuf);
}

#[test]
fn the_key_is_used_as_text() {
    let upper = Signer::new(APP, key(&KEY.to_uppercase()));
    let ticket = upper.sign_at(USER, TIME, EXPIRE, None).unwrap();
    assert_eq!(
        verify(ticket.as_str()).unwrap_err().reason(),
        "mac_mismatch"
    );
}
