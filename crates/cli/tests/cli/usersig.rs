use serde_json::json;

use crate::support::{APP, KEY, Run, command, finish, run, run_with, run_with_key};

const TIME: &str = "1718000000";

/// Made by the vendor's Python library: administrator, 1718000000, 15552000.
const FOREIGN: &str = "eJw1jV0LgjAYhf*K7LaQd7plBV2ERIgGRhZ1OdqSF7-WFDGi-16ansvnOZzzJkl0sltlyNoijg1kbg0EpSobfOBfCFlgiXVjRFOZqVLLTGiN8legDMAD5lI6OtVpNKo3nHMHAEbeYDFQjy5hyLSFaf*TiaRi7ZZjfgye7HDde3kQ*5cidc*zWxS*ulVI492C*fq*IZ8vzcg1dg__";

fn sign(user: &str, more: &[&str]) -> String {
    let base = &[
        "usersig",
        "sign",
        "--sdkappid",
        APP,
        "--user-id",
        user,
        "--at",
        TIME,
    ];
    let run = run_with_key(&[base, more].concat()).exits(0);
    assert!(run.stderr.is_empty(), "{}", run.stderr);
    let ticket = run.stdout.strip_suffix('\n').unwrap().to_owned();
    let belongs = |each: char| each.is_ascii_alphanumeric() || "*-_".contains(each);
    assert!(ticket.chars().all(belongs), "{ticket}");
    ticket
}

fn verify(ticket: &str, more: &[&str]) -> Run {
    let base = &["usersig", "verify", "--format", "json"];
    let defaults: &[&[&str]] = &[
        &["--sdkappid", APP],
        &["--user-id", "alice"],
        &["--at", TIME],
    ];
    let missing = defaults.iter().filter(|option| !more.contains(&option[0]));
    let options: Vec<&str> = missing.copied().flatten().copied().collect();
    run_with_key(&[base, &options[..], more, &[ticket]].concat())
}

#[test]
fn a_ticket_is_signed_and_accepted() {
    let ticket = sign("alice", &["--expire", "60"]);
    assert_eq!(
        ticket,
        sign("alice", &["--expire", "60"]),
        "signing is deterministic"
    );
    let run = verify(&ticket, &["--at", "1718000060"]).exits(0);
    assert_eq!(
        run.json(),
        json!({
            "valid": true,
            "claims": {
                "version": "2.0", "identifier": "alice", "sdkappid": 1_400_704_311,
                "time": 1_718_000_000, "expire": 60, "expires_at": 1_718_000_060,
            },
        })
    );
    assert!(run.stderr.is_empty());
}

#[test]
fn the_default_validity_is_180_days_from_now() {
    let run = run_with_key(&["usersig", "sign", "--sdkappid", APP, "--user-id", "a"]).exits(0);
    let claims = crate::support::run(&["usersig", "decode", run.stdout.trim()])
        .exits(0)
        .json();
    assert_eq!(claims["expire"], 15_552_000);
    let now = std::time::SystemTime::UNIX_EPOCH
        .elapsed()
        .unwrap()
        .as_secs();
    assert!(now.abs_diff(claims["time"].as_u64().unwrap()) < 60);
}

#[test]
fn a_ticket_of_another_library_is_accepted() {
    verify(FOREIGN, &["--user-id", "administrator"]).exits(0);
}

#[test]
fn every_reason_to_refuse() {
    let ticket = sign("alice", &["--expire", "60"]);
    let with_userbuf = sign("alice", &["--userbuf-hex", "00ff"]);
    let other_key = {
        let mut command = command(&[
            "usersig",
            "sign",
            "--sdkappid",
            APP,
            "--user-id",
            "alice",
            "--at",
            TIME,
        ]);
        finish(command.env("TRTC_SECRET_KEY", "another"), b"")
            .exits(0)
            .stdout
    };
    for (ticket, more, reason) in [
        (ticket.as_str(), &["--at", "1718000061"][..], "expired"),
        (other_key.trim(), &[], "mac_mismatch"),
        (&ticket, &["--sdkappid", "1"], "sdkappid_mismatch"),
        (&ticket, &["--user-id", "Alice"], "identifier_mismatch"),
        (&ticket[..ticket.len() - 4], &[], "malformed"),
        ("", &[], "malformed"),
        ("*x", &[], "malformed"),
        ("房间", &[], "malformed"),
        (&ticket, &["--userbuf-hex", "00ff"], "userbuf_mismatch"),
        (&with_userbuf, &[], "userbuf_mismatch"),
        (
            &with_userbuf,
            &["--userbuf-hex", "00fe"],
            "userbuf_mismatch",
        ),
    ] {
        let run = verify(ticket, more).exits(1);
        assert_eq!(
            run.stdout,
            format!("{{\"valid\":false,\"reason\":\"{reason}\"}}\n"),
        );
        assert!(run.stderr.starts_with("error: "), "{}", run.stderr);
    }
    verify(&with_userbuf, &["--userbuf-hex", "00FF"]).exits(0);
}

#[test]
fn the_result_for_people() {
    let base = &[
        "usersig",
        "verify",
        "--sdkappid",
        APP,
        "--user-id",
        "administrator",
    ];
    let accepted = run_with_key(&[base, &["--at", TIME, FOREIGN][..]].concat()).exits(0);
    assert_eq!(accepted.stdout, "accepted, until 1733552000 s after 1970\n");
    let refused = run_with_key(&[base, &["--at", "1733552001", FOREIGN][..]].concat()).exits(1);
    assert_eq!(
        refused.stdout,
        "refused, expired: the ticket expired 1733552000 s after 1970, and it is 1733552001 s\n"
    );
}

#[test]
fn a_ticket_comes_from_standard_input_too() {
    for input in [FOREIGN.to_owned(), format!("\n  {FOREIGN} \r\n")] {
        let run = run_with(&["usersig", "decode", "-"], &input).exits(0);
        assert_eq!(run.json()["identifier"], "administrator");
        let mut command = command(&[
            "usersig",
            "verify",
            "--sdkappid",
            APP,
            "--user-id",
            "administrator",
            "--at",
            TIME,
            "-",
        ]);
        finish(command.env("TRTC_SECRET_KEY", KEY), input.as_bytes()).exits(0);
    }
}

#[test]
fn what_is_no_ticket_is_not_decoded() {
    for input in [&b""[..], b"\n", b"x", b"\xff\xfe", &b"A".repeat(100_000)] {
        let run = run_with(&["usersig", "decode", "-"], input).exits(1);
        assert!(run.stdout.is_empty());
        assert!(run.stderr.starts_with("error: the "), "{}", run.stderr);
        assert_eq!(run.stderr.lines().count(), 1);
    }
    let run = run_with(&["usersig", "decode", "-"], vec![b'A'; (1 << 20) + 1]).exits(2);
    assert!(run.stderr.contains("longer than 1 MiB"), "{}", run.stderr);
}

#[test]
fn decoding_needs_no_key() {
    let run = run(&["usersig", "decode", FOREIGN]).exits(0);
    insta::assert_snapshot!("decoded", run.stdout);
}

#[test]
fn what_no_ticket_can_be_made_of() {
    for (more, message) in [
        (&["--user-id", ""][..], "the user id is empty"),
        (&["--user-id", "a\nb"], "control character"),
        (&["--user-id", "a", "--expire", "0"], "not positive"),
        (&["--user-id", "a", "--expire", "-5"], "not positive"),
        (&["--user-id", "a", "--at", "-1"], "before 1970"),
        (
            &["--user-id", "a", "--expire", "9223372036854775807"],
            "later than",
        ),
        (&["--user-id", "a", "--userbuf-hex", ""], "userbuf is empty"),
        (&["--user-id", "a", "--userbuf-hex", "abc"], "odd number"),
        (&["--user-id", "a", "--userbuf-hex", "xy"], "digits"),
        (&["--user-id", "a", "--expire", "1d"], "invalid value"),
        (&["--user-id", &"a".repeat(10_000)], "longer than"),
    ] {
        let base = &["usersig", "sign", "--sdkappid", APP];
        let run = run_with_key(&[base, more].concat()).exits(2);
        assert!(run.stdout.is_empty());
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
}

#[test]
fn the_sdkappid_comes_from_the_environment_too() {
    let mut command = command(&["usersig", "sign", "--user-id", "a"]);
    command
        .env("TRTC_SECRET_KEY", KEY)
        .env("TRTC_SDKAPPID", "77");
    let ticket = finish(&mut command, b"").exits(0).stdout;
    let sdkappid =
        |ticket: &str| run(&["usersig", "decode", ticket.trim()]).json()["sdkappid"].clone();
    assert_eq!(sdkappid(&ticket), 77);
    let ticket = finish(command.args(["--sdkappid", "78"]), b"")
        .exits(0)
        .stdout;
    assert_eq!(sdkappid(&ticket), 78, "the option wins");
}
