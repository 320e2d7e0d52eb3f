//! What holds for all inputs. G23: nothing here may panic.
//!
//! `PROPTEST_CASES=1000000 cargo test --release -p trtc-usersig g23` looks harder.

use proptest::collection::vec;
use proptest::prelude::*;
use trtc_usersig::private_map_key::{Privileges, RoomRef, UserBuf};
use trtc_usersig::{Expect, Signer, Verifier, decode};

use crate::common::{KEY, deflate, key, pack, pack_stream, ticket, unpack, verify};

/// Any text without control characters, of up to 200 characters.
fn user_id() -> impl Strategy<Value = String> {
    "\\PC{1,200}".prop_filter("a control character", |id| !id.contains(char::is_control))
}

fn stream() -> Vec<u8> {
    deflate(unpack(&ticket()))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_signed_verifies(
        app: u32,
        secret in "\\PC{1,80}",
        user in user_id(),
        time in 0..=i64::MAX / 2,
        expire in 1..=i64::MAX / 2,
        userbuf in proptest::option::of(vec(any::<u8>(), 1..300)),
        percent in 0..=100_i64,
    ) {
        let ticket = Signer::new(app, key(&secret))
            .sign_at(&user, time, expire, userbuf.as_deref())
            .unwrap();
        let plain = Expect::user(&user);
        let expect = userbuf.as_deref().map_or(plain, |bytes| plain.userbuf(bytes));
        let now = time + expire / 100 * percent;
        let claims = Verifier::new(app, key(&secret))
            .verify(ticket.as_str(), expect, now)
            .unwrap();
        prop_assert_eq!(&claims.identifier, &user);
        prop_assert_eq!(claims.sdkappid, u64::from(app));
        prop_assert_eq!((claims.time, claims.expire), (time, expire));
        prop_assert_eq!(&claims.userbuf, &userbuf);

        let late = Verifier::new(app, key(&secret)).verify(ticket.as_str(), expect, time + expire + 1);
        prop_assert_eq!(late.unwrap_err().reason(), "expired");
    }

    #[test]
    fn private_map_keys_round_trip(
        account in "\\PC{0,100}",
        sdkappid: u32,
        room in prop_oneof![
            any::<u32>().prop_map(Ok),
            "\\PC{1,100}".prop_map(Err),
        ],
        expires_at: u32,
        bits: u32,
    ) {
        let userbuf = UserBuf {
            account: &account,
            sdkappid,
            room: match &room {
                Ok(number) => RoomRef::Number(*number),
                Err(text) => RoomRef::Text(text),
            },
            expires_at,
            privileges: Privileges::from_bits(bits),
        };
        let bytes = userbuf.encode().unwrap();
        prop_assert_eq!(UserBuf::decode(&bytes), Ok(userbuf));
    }

    #[test]
    fn what_a_userbuf_decodes_to_is_what_it_encodes_to(
        mut bytes in vec(prop_oneof![Just(0), any::<u8>()], 0..64),
        version in 0..3_u8,
    ) {
        if let [first, high, ..] = bytes.as_mut_slice() {
            (*first, *high) = (version, 0);
        }
        if let Ok(userbuf) = UserBuf::decode(&bytes) {
            prop_assert_eq!(userbuf.encode().unwrap(), bytes);
        }
    }

    #[test]
    fn g23_no_text_panics(text in ".{0,300}") {
        prop_assert!(decode(&text).is_err());
    }

    #[test]
    fn g23_no_text_of_the_alphabet_panics(text in "[A-Za-z0-9*_-]{0,400}") {
        prop_assert!(decode(&text).is_err());
    }

    #[test]
    fn g23_no_stream_panics(mut bytes in vec(any::<u8>(), 0..400)) {
        prop_assert!(decode(&pack_stream(&bytes)).is_err());
        bytes.splice(0..0, [0x78, 0x9c]);
        prop_assert!(decode(&pack_stream(&bytes)).is_err());
    }

    #[test]
    fn g23_no_document_panics(
        text in "[\\[\\]{}\":,.0-9eE+\\\\u -]{0,60}|(\\{(\"TLS\\.(ver|sig|time|expire)\":(1|\"x\"|\\[|\\{),?){0,6}\\}?)",
    ) {
        let _ = decode(&pack(text));
    }

    #[test]
    fn what_decodes_serialises(user in user_id()) {
        let ticket = Signer::new(1, key(KEY)).sign_at(&user, 1, 1, None).unwrap();
        let shown = serde_json::to_value(decode(ticket.as_str()).unwrap()).unwrap();
        prop_assert_eq!(shown["identifier"].as_str(), Some(user.as_str()));
    }
}

/// A flipped bit is refused, or it was one that says nothing: the two spellings of the alphabet
/// differ in one bit (`*` and `+`), and deflate leaves a few bits before the checksum unused.
#[test]
fn g23_every_flipped_bit_is_refused_or_means_nothing() {
    let (ticket, stream) = (ticket(), stream());
    let genuine = verify(&ticket).unwrap();
    let mut meaningless = 0;

    for bit in 0..ticket.len() * 8 {
        let mut bytes = ticket.clone().into_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let Ok(text) = String::from_utf8(bytes) else {
            continue;
        };
        if let Ok(claims) = verify(&text) {
            assert_eq!(claims, genuine);
            let other_spelling = matches!(text.as_bytes()[bit / 8], b'+' | b'/' | b'=');
            meaningless += u32::from(!other_spelling);
        }
    }
    for bit in 0..stream.len() * 8 {
        let mut bytes = stream.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        if let Ok(claims) = verify(&pack_stream(&bytes)) {
            assert_eq!(claims, genuine);
            assert_eq!(bit / 8, stream.len() - 5, "only the last byte of deflate");
            meaningless += 1;
        }
    }
    assert!(meaningless <= 14, "{meaningless}");
}

/// Every bit of every field counts, whatever the encoder.
#[test]
fn every_flipped_bit_of_the_document_is_refused() {
    let json = unpack(&ticket()).replace("\"TLS.ver\":\"2.0\",", "");
    assert!(verify(&pack(&json)).is_ok());
    for bit in 0..json.len() * 8 {
        let mut bytes = json.clone().into_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert!(verify(&pack(&bytes)).is_err(), "bit {bit} of {json}");
    }
}
