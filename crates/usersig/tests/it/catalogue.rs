//! Tickets that arrive: expired, forged, cut, inflated, misspelled.

use trtc_usersig::{
    Expect, MAX_DOCUMENT_LEN, MAX_TICKET_LEN, Malformed, Verifier, VerifyError, decode,
};

use crate::common::{
    APP, EXPIRE, KEY, TIME, USER, deflate, document, key, mac, pack, pack_stream, signer, ticket,
    unhex, unpack, verify, verify_at, with_member,
};

#[test]
fn g01_expiry_to_the_second() {
    let last = TIME + EXPIRE;
    assert!(verify_at(&ticket(), last - 1).is_ok());
    assert!(verify_at(&ticket(), last).is_ok());
    assert_eq!(
        verify_at(&ticket(), last + 1),
        Err(VerifyError::Expired {
            expires_at: last,
            now: last + 1
        })
    );
    assert_eq!(
        verify_at(&ticket(), i64::MAX).unwrap_err().reason(),
        "expired"
    );
}

#[test]
fn g02_a_ticket_from_the_future_passes() {
    for early in [1, 86_400, TIME, i64::MAX] {
        assert!(verify_at(&ticket(), TIME - early).is_ok(), "{early}");
    }
    assert!(verify_at(&ticket(), i64::MIN).is_ok());
}

#[test]
fn g02_times_at_the_ends_of_i64() {
    let genuine = |time: i64, expire: i64| {
        let document = document(USER, time.into(), expire.into(), None);
        pack(serde_json::to_string(&document).unwrap())
    };
    let last = genuine(i64::MAX - 5, 5);
    assert!(verify_at(&last, i64::MAX).is_ok());

    for (time, expire) in [(i64::MAX, 1), (1, i64::MAX), (i64::MIN, -1)] {
        assert_eq!(
            verify(&genuine(time, expire)),
            Err(VerifyError::Malformed(Malformed::EndOutOfRange)),
            "{time} + {expire}"
        );
    }
}

#[test]
fn g02_g17_a_validity_that_is_not_positive_never_begins() {
    for expire in [0, -1, i64::MIN] {
        let document = document(USER, TIME.into(), expire.into(), None);
        let ticket = pack(serde_json::to_string(&document).unwrap());
        for now in [0, TIME - 1, TIME, TIME + 1] {
            assert_eq!(
                verify_at(&ticket, now).unwrap_err().reason(),
                "expired",
                "{expire} at {now}"
            );
        }
    }
}

#[test]
fn g02_wider_integers_are_no_integers() {
    for (time, expire, member, expected) in [
        (1 << 63, 1, "TLS.time", "an integer of 64 bits"),
        (1 << 64, 1, "TLS.time", "an integer of 64 bits"),
        (-(1 << 65), 1, "TLS.time", "an integer of 64 bits"),
        (1, 1 << 63, "TLS.expire", "an integer of 64 bits"),
    ] {
        let document = document(USER, time, expire, None);
        let ticket = pack(serde_json::to_string(&document).unwrap());
        assert_eq!(
            decode(&ticket),
            Err(Malformed::WrongType { member, expected }),
            "{time} {expire}"
        );
    }
}

#[test]
fn g03_a_forged_mac_is_a_mismatch_whatever_its_length() {
    let content = format!(
        "TLS.identifier:{USER}\nTLS.sdkappid:{APP}\nTLS.time:{TIME}\nTLS.expire:{EXPIRE}\n"
    );
    let right = mac(KEY, &content);
    let with_mac = |mac: &[u8]| with_member("TLS.sig", Some(base64(mac).into()));
    assert!(verify(&with_mac(&right)).is_ok());

    let mut forged = vec![vec![], vec![0; 32], vec![0; 4096], right[..31].to_vec()];
    forged.push([&right[..], &[0]].concat());
    for bit in 0..256 {
        let mut mac = right.clone();
        mac[bit / 8] ^= 1 << (bit % 8);
        forged.push(mac);
    }
    for mac in forged {
        assert_eq!(
            verify(&with_mac(&mac)),
            Err(VerifyError::MacMismatch),
            "{mac:02x?}"
        );
    }
}

#[test]
fn g03_a_mac_that_is_not_base64_is_malformed() {
    for text in ["*", "AA", "AB==", "AA__", "AAAA\n"] {
        assert_eq!(
            decode(&with_member("TLS.sig", Some(text.into()))),
            Err(Malformed::MemberNotBase64 { member: "TLS.sig" }),
            "{text:?}"
        );
    }
}

#[test]
fn g04_another_apps_key() {
    let verifier = Verifier::new(APP, key("another"));
    let error = verifier
        .verify(&ticket(), Expect::user(USER), TIME)
        .unwrap_err();
    assert_eq!(error, VerifyError::MacMismatch);
    assert!(error.to_string().contains("not signed with this app's key"));
    // Nothing is said about the validity of what was not signed with this key.
    let late = verifier.verify(&ticket(), Expect::user(USER), i64::MAX);
    assert_eq!(late, Err(VerifyError::MacMismatch));
}

#[test]
fn g06_another_app_or_user_is_told_apart_although_its_key_differs() {
    let ours = |app, user| Verifier::new(app, key("another")).verify(&ticket(), user, TIME);
    assert_eq!(
        ours(APP + 1, Expect::user(USER)),
        Err(VerifyError::SdkAppIdMismatch {
            ticket: APP.into(),
            expected: APP + 1
        })
    );
    assert_eq!(
        ours(APP, Expect::user("Administrator")),
        Err(VerifyError::IdentifierMismatch)
    );
    // An app beyond 32 bits is not cut to fit.
    let wide = with_member("TLS.sdkappid", Some((u64::from(APP) + (1 << 32)).into()));
    assert_eq!(verify(&wide).unwrap_err().reason(), "sdkappid_mismatch");
}

#[test]
fn g07_every_prefix_is_refused() {
    let stored = {
        // An encoder that does not compress: the document is complete long before the end.
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::none());
        std::io::Write::write_all(&mut encoder, unpack(&ticket()).as_bytes()).unwrap();
        pack_stream(&encoder.finish().unwrap())
    };
    for ticket in [ticket(), stored] {
        assert!(verify(&ticket).is_ok());
        for end in 0..ticket.len() {
            let error = verify(&ticket[..end]).unwrap_err();
            assert_eq!(error.reason(), "malformed", "{end}");
        }
        for start in 1..ticket.len() {
            assert!(verify(&ticket[start..]).is_err(), "{start}");
        }
    }
}

#[test]
fn g07_a_stream_cut_after_the_document_is_refused() {
    let stream = deflate(unpack(&ticket()));
    for missing in 1..=4 {
        let cut = pack_stream(&stream[..stream.len() - missing]);
        assert_eq!(decode(&cut), Err(Malformed::CutOff), "{missing}");
    }
}

#[test]
fn g08_over_long_texts_are_not_looked_at() {
    for len in [MAX_TICKET_LEN + 1, 64 << 10, 1 << 20] {
        assert_eq!(decode(&"A".repeat(len)), Err(Malformed::TooLong { len }));
        // Not even for characters: an offset would mean that the text was read.
        assert_eq!(decode(&"!".repeat(len)), Err(Malformed::TooLong { len }));
    }
    assert_eq!(decode(&"A".repeat(MAX_TICKET_LEN)), Err(Malformed::NotZlib));
}

#[test]
fn g09_bombs_are_refused() {
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for bomb in [vec![0; 2 << 20], vec![b' '; 1 << 20], nested.into_bytes()] {
        let ticket = pack(bomb);
        assert!(ticket.len() <= MAX_TICKET_LEN, "{}", ticket.len());
        assert_eq!(decode(&ticket), Err(Malformed::InflatesTooFar));
    }
}

#[test]
fn g09_the_limit_of_the_document_is_exact() {
    let padded = |len| pack(format!("{:<len$}", unpack(&ticket())));
    assert!(verify(&padded(MAX_DOCUMENT_LEN)).is_ok());
    assert_eq!(
        decode(&padded(MAX_DOCUMENT_LEN + 1)),
        Err(Malformed::InflatesTooFar)
    );
}

#[test]
fn g11_the_standard_spelling_passes_and_whitespace_does_not() {
    // A user whose ticket shows all three characters of the alphabet.
    let ticket = (0..1000)
        .map(|n| signer().sign_at(USER, TIME, EXPIRE + n, None).unwrap())
        .map(|ticket| ticket.as_str().to_owned())
        .find(|ticket| ['*', '-', '_'].iter().all(|c| ticket.contains(*c)))
        .unwrap();
    assert!(verify(&ticket).is_ok());
    let standard = ticket.replace('*', "+").replace('-', "/").replace('_', "=");
    assert_eq!(verify(&standard), verify(&ticket));

    // RFC 4648's `-` and `_` are `+` and `/`.
    let url_safe = standard.replace('+', "-").replace('/', "_");
    assert_eq!(verify(&url_safe).unwrap_err().reason(), "malformed");

    let unpadded = ticket.trim_end_matches('_');
    assert_eq!(decode(unpadded), Err(Malformed::NotBase64));
    for (text, offset) in [
        (format!("{ticket}\n"), ticket.len()),
        (format!("{ticket}\r\n"), ticket.len()),
        (format!(" {ticket}"), 0),
        (ticket.replacen('*', "%2A", 1), ticket.find('*').unwrap()),
        (format!("{}\n{}", &ticket[..76], &ticket[76..]), 76),
    ] {
        assert_eq!(
            decode(&text),
            Err(Malformed::ForeignCharacter { offset }),
            "{text:?}"
        );
    }
}

#[test]
fn g13_userbuf() {
    let genuine = |userbuf| {
        let document = document(USER, TIME.into(), EXPIRE.into(), userbuf);
        pack(serde_json::to_string(&document).unwrap())
    };
    let plain = Expect::user(USER);
    let some: &[u8] = &unhex("00ff10fefb");
    let mismatch = Some("userbuf_mismatch");
    for (userbuf, expect, expected) in [
        (None, plain, None),
        (None, plain.userbuf(some), mismatch),
        (None, plain.userbuf(b""), mismatch),
        (None, plain.any_userbuf(), None),
        (Some(some), plain, mismatch),
        (Some(some), plain.userbuf(some), None),
        (Some(some), plain.userbuf(&some[1..]), mismatch),
        (Some(some), plain.any_userbuf(), None),
        // As Python, Node and PHP write an empty one: line and member are there.
        (Some(b"".as_slice()), plain, mismatch),
        (Some(b"".as_slice()), plain.userbuf(b""), None),
    ] {
        let outcome = Verifier::new(APP, key(KEY)).verify(&genuine(userbuf), expect, TIME);
        let reason = outcome.as_ref().err().map(VerifyError::reason);
        assert_eq!(reason, expected, "{userbuf:?} {expect:?}");
    }

    // Adding, changing or removing one breaks the mac before anybody compares it.
    let added = with_member("TLS.userbuf", Some("AAAA".into()));
    for expect in [plain, plain.any_userbuf(), plain.userbuf(&[0; 3])] {
        let outcome = Verifier::new(APP, key(KEY)).verify(&added, expect, TIME);
        assert_eq!(outcome, Err(VerifyError::MacMismatch));
    }
    assert_eq!(
        decode(&with_member("TLS.userbuf", Some("A*==".into()))),
        Err(Malformed::MemberNotBase64 {
            member: "TLS.userbuf"
        })
    );
}

#[test]
fn g13_an_expired_ticket_is_expired_whatever_its_userbuf() {
    let ticket = signer().sign_at(USER, TIME, EXPIRE, Some(b"x")).unwrap();
    let late = verify_at(ticket.as_str(), TIME + EXPIRE + 1);
    assert_eq!(late.unwrap_err().reason(), "expired");
}

#[test]
fn g14_lines_in_the_identifier_never_match() {
    // Signed by a library that lets them pass, so that the mac is right.
    let injected = format!("{USER}\nTLS.sdkappid:1");
    for user in [injected.as_str(), "a\0", "a\u{7f}", "a\u{85}", "\t"] {
        let document = document(user, TIME.into(), EXPIRE.into(), None);
        let ticket = pack(serde_json::to_string(&document).unwrap());
        for expected in [user, USER] {
            assert_eq!(
                Verifier::new(APP, key(KEY)).verify(&ticket, Expect::user(expected), TIME),
                Err(VerifyError::Malformed(Malformed::ControlCharacter)),
                "{user:?}"
            );
        }
    }
}

#[test]
fn g21_a_ticket_can_be_replayed_until_it_expires() {
    let year = 365 * 86_400;
    let ticket = signer().sign_at(USER, TIME, year, None).unwrap();
    for day in 0..365 {
        assert!(verify_at(ticket.as_str(), TIME + day * 86_400).is_ok());
    }
}

#[test]
fn checks_are_reported_in_their_order() {
    // One ticket with every fault, mended one by one.
    let faulty = signer().sign_at("bob", TIME, EXPIRE, Some(b"x")).unwrap();
    let late = TIME + EXPIRE + 1;
    let bob = Expect::user("bob");
    for (app, secret, expect, now, expected) in [
        (1, "no", Expect::user(USER), late, Some("sdkappid_mismatch")),
        (
            APP,
            "no",
            Expect::user(USER),
            late,
            Some("identifier_mismatch"),
        ),
        (APP, "no", bob, late, Some("mac_mismatch")),
        (APP, KEY, bob, late, Some("expired")),
        (APP, KEY, bob, TIME, Some("userbuf_mismatch")),
        (APP, KEY, bob.userbuf(b"x"), TIME, None),
    ] {
        let outcome = Verifier::new(app, key(secret)).verify(faulty.as_str(), expect, now);
        assert_eq!(outcome.as_ref().err().map(VerifyError::reason), expected);
    }
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::prelude::BASE64_STANDARD.encode(bytes)
}
