//! G12: the JSON inside a ticket.

use serde_json::{Value, json};
use trtc_usersig::{Malformed, VerifyError, decode};

use crate::common::{EXPIRE, TIME, USER, document, pack, ticket, unpack, verify, with_member};

const MEMBERS: [&str; 6] = [
    "TLS.ver",
    "TLS.identifier",
    "TLS.sdkappid",
    "TLS.time",
    "TLS.expire",
    "TLS.sig",
];

#[test]
fn g12_what_is_not_an_object() {
    for text in [
        "null", "[]", "[1,2,3]", "\"x\"", "1", "1.5", "-1", "true", " [ ] ",
    ] {
        assert_eq!(decode(&pack(text)), Err(Malformed::NotAnObject), "{text}");
    }
    // The members by position, which a derived reader would take.
    let values: Vec<Value> = genuine().as_object().unwrap().values().cloned().collect();
    assert_eq!(
        decode(&pack(Value::from(values).to_string())),
        Err(Malformed::NotAnObject)
    );
}

#[test]
fn g12_what_is_not_json() {
    let json = unpack(&ticket());
    for text in [
        String::new(),
        " ".to_owned(),
        "{".to_owned(),
        "{}{}".to_owned(),
        "TLS.ver=2.0".to_owned(),
        format!("\u{feff}{json}"),
        format!("{json}x"),
        format!("{json}\0"),
        json.replace(':', "="),
        json.replace('}', ",}"),
        json.replace(USER, "a\nb"),
        json.replace(USER, "a\\ud800"),
        json.replace(USER, "a\\x"),
    ] {
        assert_eq!(decode(&pack(&text)), Err(Malformed::NotJson), "{text}");
    }
    // Bytes that are no UTF-8, in a known member and in one that is skipped.
    for member in ["\"TLS.identifier\":\"", "{\"other\":\"\", \""] {
        let mut bytes = json.replace('{', "{\"other\":\"\", ").into_bytes();
        let at = position(&bytes, member) + member.len();
        let at = if member.starts_with('{') { at - 4 } else { at };
        bytes.insert(at, 0xff);
        assert_eq!(decode(&pack(&bytes)), Err(Malformed::NotJson), "{member}");
    }
}

#[test]
fn g12_white_space_around_the_document_is_fine() {
    let json = unpack(&ticket());
    assert_eq!(verify(&pack(format!("\r\n\t {json}\n"))), verify(&ticket()));
}

#[test]
fn g12_each_member_missing() {
    for member in MEMBERS {
        let outcome = verify(&with_member(member, None));
        match member {
            // Not signed and not looked at, as in the vendor's checkers.
            "TLS.ver" => assert_eq!(outcome.unwrap().version, None),
            // Reads as 0, and that is not what was signed.
            "TLS.expire" => assert_eq!(outcome, Err(VerifyError::MacMismatch)),
            _ => assert_eq!(
                outcome,
                Err(VerifyError::Malformed(Malformed::MissingMember { member }))
            ),
        }
    }
    assert_eq!(
        decode(&pack("{}")),
        Err(Malformed::MissingMember {
            member: "TLS.identifier"
        })
    );
}

#[test]
fn g12_each_member_twice() {
    for member in MEMBERS {
        let value = &genuine()[member];
        for name in [member.to_owned(), member.replace('.', "\\u002e")] {
            let twice = unpack(&ticket()).replacen('{', &format!("{{\"{name}\":{value},"), 1);
            assert_eq!(
                decode(&pack(&twice)),
                Err(Malformed::DuplicateMember { member }),
                "{twice}"
            );
        }
    }
}

#[test]
fn g12_each_member_of_another_type() {
    for member in MEMBERS {
        let is_text = genuine()[member].is_string();
        let foreign = [
            json!(null),
            json!(true),
            json!([]),
            json!({}),
            json!([["TLS.sig"]]),
            json!({ "a": { "b": [1] } }),
            json!(1.0),
            json!(1e300),
            if is_text { json!(1) } else { json!("1") },
        ];
        for value in foreign {
            let outcome = decode(&with_member(member, Some(value.clone())));
            let Err(Malformed::WrongType { member: named, .. }) = outcome else {
                panic!("{member} {value}: {outcome:?}");
            };
            assert_eq!(named, member);
        }
    }
    // An app id as a string, which the vendor's PHP takes and the Go library does not.
    let text = genuine()["TLS.sdkappid"].to_string();
    assert_eq!(
        decode(&with_member("TLS.sdkappid", Some(text.into()))),
        Err(Malformed::WrongType {
            member: "TLS.sdkappid",
            expected: "an unsigned integer of 64 bits"
        })
    );
    for (text, reason) in [
        ("-1", "malformed"),
        ("-0", "malformed"),
        ("1e3", "malformed"),
    ] {
        let app = genuine()["TLS.sdkappid"].to_string();
        let changed = unpack(&ticket()).replace(&app, text);
        assert_eq!(
            verify(&pack(changed)).unwrap_err().reason(),
            reason,
            "{text}"
        );
    }
}

#[test]
fn g12_numbers_are_written_as_json_writes_them() {
    let app = genuine()["TLS.sdkappid"].to_string();
    for text in [
        &format!("0{app}"),
        &format!("+{app}"),
        "0x10",
        "NaN",
        "1_000",
    ] {
        let changed = unpack(&ticket()).replace(&app, text);
        assert_eq!(decode(&pack(changed)), Err(Malformed::NotJson), "{text}");
    }
}

#[test]
fn g12_unknown_members_are_skipped_however_deep() {
    let expected = verify(&ticket()).unwrap();
    let deep = format!("{}{}", "[".repeat(3000), "]".repeat(3000));
    let objects = format!("{}1{}", "{\"a\":".repeat(1000), "}".repeat(1000));
    for value in ["1e400", "null", "\"x\"", &deep, &objects] {
        let longer = unpack(&ticket()).replacen('{', &format!("{{\"TLS.other\":{value},"), 1);
        assert_eq!(verify(&pack(&longer)).as_ref(), Ok(&expected), "{value}");
    }
    // Depth in a known member is skipped in the same way, and is of the wrong type.
    for value in [&deep, &objects] {
        let json = unpack(&ticket()).replace("\"2.0\"", value);
        let outcome = decode(&pack(json));
        assert!(
            matches!(outcome, Err(Malformed::WrongType { .. })),
            "{outcome:?}"
        );
    }
}

#[test]
fn g12_the_version_is_handed_back_and_not_judged() {
    let claims = verify(&with_member("TLS.ver", Some("1.0".into()))).unwrap();
    assert_eq!(claims.version.as_deref(), Some("1.0"));
}

#[test]
fn every_json_escape_is_the_character() {
    let escaped: Vec<String> = USER
        .chars()
        .map(|c| format!("\\u{:04X}", u32::from(c)))
        .collect();
    let json = unpack(&ticket()).replace(USER, &escaped.concat());
    assert_eq!(verify(&pack(json)), verify(&ticket()));
}

fn genuine() -> Value {
    document(USER, TIME.into(), EXPIRE.into(), None).into()
}

fn position(bytes: &[u8], text: &str) -> usize {
    bytes
        .windows(text.len())
        .position(|window| window == text.as_bytes())
        .unwrap()
}
