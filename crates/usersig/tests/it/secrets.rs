//! Neither key nor ticket nor mac shows itself where it was not asked for.

use std::error::Error;

use serde_json::Value;
use trtc_usersig::{Expect, SignError, Ticket, Verifier, VerifyError, decode};

use crate::common::{
    APP, EXPIRE, KEY, TIME, USER, key, pack, shown, signer, ticket, unpack, verify, verify_at,
};

/// No 8 characters in a row of key, ticket or mac.
fn assert_silent(text: &str) {
    let ticket = ticket();
    let document: Value = serde_json::from_str(&unpack(&ticket)).unwrap();
    for secret in [KEY, &ticket, document["TLS.sig"].as_str().unwrap()] {
        for start in 0..=secret.len() - 8 {
            let piece = &secret[start..start + 8];
            assert!(!text.contains(piece), "{piece} in {text}");
        }
    }
}

#[test]
fn debug_of_what_holds_a_secret() {
    assert_eq!(format!("{:?}", key(KEY)), "SecretKey(<redacted>)");
    assert_eq!(format!("{:?}", Ticket::new(ticket())), "Ticket(<redacted>)");
    assert_silent(&shown(&signer()));
    assert_silent(&shown(&Verifier::new(APP, key(KEY))));
    assert_silent(&shown(&verify(&ticket()).unwrap()));
    assert!(format!("{:?}", signer()).contains("SecretKey(<redacted>)"));
    let claims = verify(&ticket()).unwrap();
    assert!(format!("{claims:?}").ends_with("mac: <redacted> }"));
}

#[test]
fn errors_are_silent_down_to_their_sources() {
    let ticket = ticket();
    let mut failures: Vec<VerifyError> = (0..ticket.len())
        .flat_map(|at| {
            let changed = format!("{}!{}", &ticket[..at], &ticket[at..]);
            [verify(&ticket[..at]), verify(&changed)]
        })
        .filter_map(Result::err)
        .collect();
    let json = unpack(&ticket);
    for text in [
        json.replacen("TLS.sig\":\"", "TLS.sig\":\"*", 1),
        json.replacen("TLS.sig\":", "TLS.sig\":1,\"TLS.sig\":", 1),
        json.replacen('}', ",}", 1),
        format!("[{json}]"),
    ] {
        failures.push(verify(&pack(text)).unwrap_err());
    }
    let expect = Expect::user(USER).userbuf(b"x");
    let verifier = Verifier::new(APP, key(KEY));
    failures.extend([
        verify_at(&ticket, i64::MAX).unwrap_err(),
        verifier.verify(&ticket, expect, TIME).unwrap_err(),
        verifier
            .verify(&ticket, Expect::user("x"), TIME)
            .unwrap_err(),
        Verifier::new(1, key(KEY))
            .verify(&ticket, Expect::user(USER), TIME)
            .unwrap_err(),
    ]);
    for failure in failures {
        assert_silent(&shown(&failure));
        let mut error: Option<&dyn Error> = Some(&failure);
        while let Some(cause) = error {
            assert_silent(&cause.to_string());
            error = cause.source();
        }
    }
    let refused: SignError = signer().sign_at("a\n", TIME, EXPIRE, None).unwrap_err();
    assert_silent(&format!("{refused} {refused:?}"));
}

#[test]
fn claims_serialise_without_the_mac() {
    let userbuf = Some(b"\xfb\xff".as_slice());
    let ticket = signer().sign_at(USER, TIME, EXPIRE, userbuf).unwrap();
    let claims = decode(ticket.as_str()).unwrap();
    assert_eq!(
        serde_json::to_string(&claims).unwrap(),
        r#"{"version":"2.0","identifier":"administrator","sdkappid":1400000000,"time":1718000000,"expire":86400,"expires_at":1718086400,"userbuf":"+/8="}"#
    );
    let plain = decode(&crate::common::ticket()).unwrap();
    assert!(!serde_json::to_string(&plain).unwrap().contains("userbuf"));
}

#[test]
fn the_reasons_are_these_six() {
    let malformed = decode("").unwrap_err();
    let reasons = [
        VerifyError::Malformed(malformed),
        VerifyError::SdkAppIdMismatch {
            ticket: 1,
            expected: 2,
        },
        VerifyError::IdentifierMismatch,
        VerifyError::MacMismatch,
        VerifyError::Expired {
            expires_at: 1,
            now: 2,
        },
        VerifyError::UserBufMismatch,
    ]
    .map(|error| error.reason());
    assert_eq!(
        reasons,
        [
            "malformed",
            "sdkappid_mismatch",
            "identifier_mismatch",
            "mac_mismatch",
            "expired",
            "userbuf_mismatch"
        ]
    );
}
