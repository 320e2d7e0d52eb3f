//! Every row of `data/usersig-vectors.json`: what the vendor's own libraries made.

use std::sync::Arc;
use std::time::Duration;

use crate::common::{key, mac, unhex, unpack, vectors};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use trtc_usersig::private_map_key::UserBuf;
use trtc_usersig::{
    Claims, Expect, FixedClock, Malformed, Privileges, RoomRef, Signer, Verifier, VerifyError,
    decode,
};

/// The inputs of one row of `vectors`.
struct Inputs {
    sdkappid: u32,
    key: String,
    user_id: String,
    time: i64,
    expire: u64,
    userbuf: Option<Vec<u8>>,
}

impl Inputs {
    fn of(row: &Value) -> Self {
        let inputs = &row["inputs"];
        Self {
            sdkappid: u32::try_from(inputs["sdkappid"].as_u64().unwrap()).unwrap(),
            key: text(&inputs["secret_key"]).to_owned(),
            user_id: text(&inputs["user_id"]).to_owned(),
            time: inputs["time"].as_i64().unwrap(),
            expire: inputs["expire"].as_u64().unwrap(),
            userbuf: row["userbuf_hex"].as_str().map(unhex),
        }
    }

    fn verifier(&self) -> Verifier {
        Verifier::new(self.sdkappid, key(&self.key))
    }

    fn expect(&self) -> Expect<'_> {
        let plain = Expect::user(&self.user_id);
        self.userbuf
            .as_deref()
            .map_or(plain, |bytes| plain.userbuf(bytes))
    }
}

#[test]
fn the_rows_are_all_there() {
    let file = vectors();
    assert_eq!(rows(&file["vectors"]).len(), 8);
    assert_eq!(rows(&file["verification"]).len(), 28);
    assert_eq!(rows(&file["odd_outputs"]["items"]).len(), 10);
    for row in rows(&file["vectors"]) {
        assert_eq!(row["usersig"].as_object().unwrap().len(), 7);
    }
}

#[test]
fn ours_says_what_theirs_says() {
    for row in rows(&vectors()["vectors"]) {
        let name = text(&row["name"]);
        let inputs = Inputs::of(row);
        // The row is consistent: the mac is one of the signed content.
        let expected_mac = mac(&inputs.key, text(&row["signed_content"]));
        assert_eq!(expected_mac, unhex(text(&row["mac_hex"])), "{name}");

        let clock = Arc::new(FixedClock::new(inputs.time));
        let signer = Signer::new(inputs.sdkappid, key(&inputs.key)).clock(clock);
        let validity = Duration::from_secs(inputs.expire);
        let ticket = match text(&row["kind"]) {
            "usersig" => signer.sign(&inputs.user_id, validity),
            "usersig_with_userbuf" => signer.sign_at(
                &inputs.user_id,
                inputs.time,
                i64::try_from(inputs.expire).unwrap(),
                inputs.userbuf.as_deref(),
            ),
            "private_map_key_numeric_room" | "private_map_key_string_room" => {
                let (room, privileges) = room_of(&row["inputs"]);
                signer.private_map_key(&inputs.user_id, validity, room, privileges)
            }
            kind => panic!("{name} is of an unknown kind {kind}"),
        }
        .unwrap();

        // The mac is equal only if the signed content is, byte by byte.
        let document: Value = serde_json::from_str(&unpack(ticket.as_str())).unwrap();
        assert_eq!(document, row["json_document"], "{name}");
        assert_eq!(document["TLS.sig"], row["mac_base64"], "{name}");
    }
}

#[test]
fn g19_all_seven_encoders_are_read_and_verified() {
    for row in rows(&vectors()["vectors"]) {
        let inputs = Inputs::of(row);
        let last_second = row["last_valid_second"].as_i64().unwrap();
        let mut distinct: Vec<Claims> = Vec::new();
        for (encoder, usersig) in row["usersig"].as_object().unwrap() {
            let name = format!("{} by {encoder}", row["name"]);
            let ticket = text(&usersig["value"]);
            assert_eq!(unpack(ticket), text(&usersig["json_text"]), "{name}");

            let claims = decode(ticket).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(claims.version.as_deref(), Some("2.0"), "{name}");
            assert_eq!(claims.identifier, inputs.user_id, "{name}");
            assert_eq!(claims.sdkappid, u64::from(inputs.sdkappid), "{name}");
            assert_eq!(claims.time, inputs.time, "{name}");
            assert_eq!(claims.expire.unsigned_abs(), inputs.expire, "{name}");
            assert_eq!(claims.userbuf, inputs.userbuf, "{name}");
            assert_eq!(claims.expires_at(), last_second, "{name}");

            let verify = |now| inputs.verifier().verify(ticket, inputs.expect(), now);
            assert_eq!(verify(inputs.time).as_ref(), Ok(&claims), "{name}");
            assert_eq!(verify(last_second).as_ref(), Ok(&claims), "{name}");
            assert_eq!(
                verify(last_second + 1).unwrap_err().reason(),
                "expired",
                "{name}"
            );
            distinct.push(claims);
        }
        distinct.dedup();
        assert_eq!(distinct.len(), 1, "{}", row["name"]);
    }
}

#[test]
fn private_map_keys_are_read() {
    let file = vectors();
    for kind in [
        "private_map_key_numeric_room",
        "private_map_key_string_room",
    ] {
        let row = rows(&file["vectors"])
            .iter()
            .find(|row| row["kind"] == kind)
            .unwrap();
        let inputs = Inputs::of(row);
        let (room, privileges) = room_of(&row["inputs"]);
        let expected = UserBuf {
            account: &inputs.user_id,
            sdkappid: inputs.sdkappid,
            room,
            expires_at: u32::try_from(row["last_valid_second"].as_u64().unwrap()).unwrap(),
            privileges,
        };
        let bytes = inputs.userbuf.unwrap();
        assert_eq!(UserBuf::decode(&bytes), Ok(expected));
        assert_eq!(expected.encode().unwrap(), bytes);
        assert_eq!(BASE64_STANDARD.encode(&bytes), text(&row["userbuf_base64"]));
    }
}

#[test]
fn every_verification_row() {
    for row in rows(&vectors()["verification"]) {
        let name = text(&row["name"]);
        let outcome = verify_row(row);
        let class = outcome
            .as_ref()
            .map_or_else(VerifyError::reason, |_| "accept");
        // Where the vendor's checkers differ, these are our own decisions.
        let expected = match (text(&row["expect"]), name) {
            ("unspecified", "issued-in-the-future" | "version-field-changed") => "accept",
            ("unspecified", "sdkappid-as-json-string") => "malformed",
            ("unspecified", "userbuf-present-but-not-expected") => "userbuf_mismatch",
            (expected, _) => expected,
        };
        assert_eq!(class, expected, "{name}");
    }
}

#[test]
fn malformed_rows_name_their_fault() {
    let file = vectors();
    for (name, expected) in [
        (
            "mac-field-missing",
            Malformed::MissingMember { member: "TLS.sig" },
        ),
        ("truncated-by-4-characters", Malformed::CutOff),
        ("truncated-to-half", Malformed::CutOff),
        ("empty-string", Malformed::Empty),
        (
            "foreign-character",
            Malformed::ForeignCharacter { offset: 10 },
        ),
        ("base64-but-not-zlib", Malformed::NotZlib),
        ("zlib-but-not-json", Malformed::NotJson),
        ("json-but-not-an-object", Malformed::NotAnObject),
        ("zlib-checksum-damaged", Malformed::Checksum),
    ] {
        let row = rows(&file["verification"])
            .iter()
            .find(|row| row["name"] == name)
            .unwrap();
        assert_eq!(
            verify_row(row),
            Err(VerifyError::Malformed(expected)),
            "{name}"
        );
    }
}

/// Expectations typed by hand from the notes in the file. Each row is one of the app 1400000000,
/// with a key of 64 times `k`, signed at 1700000000 for 5 seconds.
#[test]
fn every_odd_output() {
    let file = vectors();
    let malformed = |fault| Err(VerifyError::Malformed(fault));
    let not_an_integer = |member| Malformed::WrongType {
        member,
        expected: "an integer of 64 bits",
    };
    let empty = Expect::user("u").userbuf(b"");
    for (name, expect, expected) in [
        (
            "go-empty-identifier",
            Expect::user(""),
            malformed(Malformed::MissingMember {
                member: "TLS.identifier",
            }),
        ),
        (
            "go-empty-userbuf",
            Expect::user("u"),
            Err(VerifyError::MacMismatch),
        ),
        ("go-empty-userbuf", empty, Err(VerifyError::MacMismatch)),
        (
            "go-expire-zero",
            Expect::user("u"),
            Err(VerifyError::Expired {
                expires_at: 1_700_000_000,
                now: 1_700_000_000,
            }),
        ),
        ("go-html-escaped", Expect::user("a<b>&c\u{2028}"), Ok(())),
        // Signed over other bytes than the document shows.
        (
            "go-invalid-utf8",
            Expect::user("a\u{fffd}"),
            Err(VerifyError::MacMismatch),
        ),
        (
            "go-negative-sdkappid",
            Expect::user("u"),
            Err(VerifyError::SdkAppIdMismatch {
                ticket: u64::MAX,
                expected: 1_400_000_000,
            }),
        ),
        (
            "node-expire-undefined",
            Expect::user("u"),
            malformed(not_an_integer("TLS.expire")),
        ),
        (
            "node-expire-fraction",
            Expect::user("u"),
            malformed(not_an_integer("TLS.expire")),
        ),
        (
            "node-empty-userbuf",
            Expect::user("u"),
            Err(VerifyError::UserBufMismatch),
        ),
        ("node-empty-userbuf", empty, Ok(())),
        (
            "node-lone-surrogate",
            Expect::user("a\u{fffd}"),
            malformed(Malformed::NotJson),
        ),
    ] {
        let row = rows(&file["odd_outputs"]["items"])
            .iter()
            .find(|row| row["name"] == name)
            .unwrap();
        let ticket = text(&row["usersig"]);
        assert_eq!(unpack(ticket), text(&row["json_text"]), "{name}");
        let outcome = Verifier::new(1_400_000_000, key(&"k".repeat(64)))
            .verify(ticket, expect, 1_700_000_000)
            .map(drop);
        assert_eq!(outcome, expected, "{name}");
    }
}

fn verify_row(row: &Value) -> Result<Claims, VerifyError> {
    let verify = &row["verify"];
    let userbuf = verify["userbuf_hex"].as_str().map(unhex);
    let plain = Expect::user(text(&verify["user_id"]));
    let expect = userbuf
        .as_deref()
        .map_or(plain, |bytes| plain.userbuf(bytes));
    let sdkappid = u32::try_from(verify["sdkappid"].as_u64().unwrap()).unwrap();
    Verifier::new(sdkappid, key(text(&verify["secret_key"]))).verify(
        text(&row["usersig"]),
        expect,
        verify["now"].as_i64().unwrap(),
    )
}

fn room_of(inputs: &Value) -> (RoomRef<'_>, Privileges) {
    let room = match inputs["room_id"].as_u64() {
        Some(number) => RoomRef::Number(u32::try_from(number).unwrap()),
        None => RoomRef::Text(text(&inputs["room_id_string"])),
    };
    let bits = u32::try_from(inputs["privilege_map"].as_u64().unwrap()).unwrap();
    (room, Privileges::from_bits(bits))
}

fn rows(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}
