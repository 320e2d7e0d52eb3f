//! N4: neither the key nor a ticket shows up, whatever goes wrong.

use crate::support::{
    ADMIN, APP, KEY, ROOM, Run, command, emulator, file, finish, reply, run_with_key, server,
};

/// Looks for pieces too: eight characters of a secret are too many.
fn assert_free_of(secret: &str, run: &Run) {
    for output in [&run.stdout, &run.stderr] {
        let pieces = secret.as_bytes().windows(8);
        for piece in pieces.map(|piece| str::from_utf8(piece).unwrap()) {
            assert!(!output.contains(piece), "{piece} in {}", run.shown());
        }
    }
}

fn ticket() -> String {
    let run = run_with_key(&["usersig", "sign", "--sdkappid", APP, "--user-id", "alice"]).exits(0);
    run.stdout.trim().to_owned()
}

/// Commands that fail, with placeholders.
const FAILING: &str = "
    usersig verify --sdkappid APP --user-id bob TICKET
    usersig verify --sdkappid APP --user-id alice --at 9999999999 TICKET
    usersig verify --sdkappid APP --user-id alice BROKEN
    usersig verify --sdkappid APP --user-id alice --format json BROKEN
    usersig verify --sdkappid APP --user-id alice --userbuf-hex 00 TICKET
    usersig decode BROKEN
    usersig decode KEY

    usersig decode TICKET TICKET
    usersig TICKET
    TICKET
    STANDARD
    KEY
    --KEY
    validate TICKET
    validate KEY
    validate live/create_room TICKET
    validate live/create_room KEY
    validate live/create_room x KEY
    explain KEY
    explain 100002 TICKET
    endpoints --format KEY
    usersig sign --user-id a --sdkappid KEY
    usersig sign --user-id a --key KEY
    usersig sign --user-id a --key=KEY
    usersig sign --user-id a --kye KEY
    usersig sign --user-id a --kye=KEY
    usersig sign --user-id a --sdkappid APP --userbuf-hex xKEY
    usersig sign --user-id a --sdkappid APP --key-file KEY
    emulator --listen KEY
    emulator --sdkappid KEY
    webhooks listen --listen KEY
    webhooks listen --sdkappid KEY
    webhooks listen --token KEY
    webhooks listen --token=KEY
    webhooks listen --token-env KEY
    webhooks listen --token-file KEY
    webhooks listen --refuse KEY

    call live/create_room --sdkappid APP --identifier a --data ROOM --base-url KEY
    call live/create_room --sdkappid APP --identifier a --data ROOM --base-url https://u:KEY@host
    call live/create_room --sdkappid APP --identifier a --data ROOM --base-url https://h/?u=TICKET
    call live/create_room --sdkappid APP --identifier a --data ROOM --region KEY
    call live/create_room --sdkappid APP --identifier a --data ROOM --region china --timeout KEY
    call live/create_room --sdkappid APP --identifier a --data ROOM --base-url http://127.0.0.1:1
    call live/create_room --sdkappid APP --identifier a --data ROOM --base-url http://example.com
    call live/create_room --sdkappid APP --identifier a --data ROOM
    call live/create_room --sdkappid APP --identifier a --data @KEY --region china
";

#[test]
fn no_failing_command_shows_the_key_or_the_ticket() {
    let ticket = ticket();
    let broken = &ticket[..ticket.len() - 5];
    let standard = ticket.replace('*', "+").replace('-', "/").replace('_', "=");
    let mut commands = 0;
    for line in FAILING.lines().filter(|line| !line.is_empty()) {
        let fill = |word: &str| {
            word.replace("KEY", KEY)
                .replace("APP", APP)
                .replace("ROOM", ROOM)
                .replace("TICKET", &ticket)
                .replace("BROKEN", broken)
                .replace("STANDARD", &standard)
        };
        let arguments: Vec<String> = line.split_whitespace().map(fill).collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let run = run_with_key(&arguments);
        assert_ne!(run.code, 0, "{line}: {}", run.shown());
        assert!(!run.stdout.is_empty() || !run.stderr.is_empty(), "{line}");
        assert_free_of(KEY, &run);
        assert_free_of(&ticket, &run);
        assert_free_of(&standard, &run);
        commands += 1;
    }
    assert!(commands > 35, "{commands}");
}

#[test]
fn a_short_key_in_the_wrong_place_is_not_repeated() {
    let short = "correct horse";
    for arguments in [
        &["validate", "live/create_room", short][..],
        &["explain", short],
        &["emulator", "--listen", short],
    ] {
        let run = finish(command(arguments).env("TRTC_SECRET_KEY", short), b"").exits(2);
        assert!(!run.stderr.contains(short), "{}", run.stderr);
    }
}

#[test]
fn what_a_server_echoes_is_masked() {
    let url_of = |head: &str| head.lines().next().unwrap().to_owned();
    let as_error = server(move |request| {
        let url = url_of(&request.head);
        let body = format!(
            "{{\"ActionStatus\":\"FAIL\",\"ErrorCode\":70009,\"ErrorInfo\":\"bad {url}\",\"RequestId\":\"{url}\"}}"
        );
        reply("200 OK", &body)
    });
    let as_html =
        server(move |request| reply("404 Not Found", &format!("<html>{}", url_of(&request.head))));
    let as_text = server(move |request| reply("200 OK", &url_of(&request.head)));
    let elsewhere = server(move |request| {
        let location = format!("Location: http://127.0.0.1:1{}\r\n", url_of(&request.head));
        let head = "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\n";
        format!("{head}{location}\r\n").into_bytes()
    });
    for (url, code) in [(as_error, 1), (as_html, 3), (as_text, 3), (elsewhere, 3)] {
        let run = run_with_key(&[
            "call",
            "live/create_room",
            "--sdkappid",
            APP,
            "--identifier",
            ADMIN,
            "--data",
            ROOM,
            "--base-url",
            &url,
        ])
        .exits(code);
        assert_free_of(KEY, &run);
        // Every ticket begins like this, and a second later is another one.
        assert!(
            !run.stdout.contains("eJ") && !run.stderr.contains("eJ"),
            "{}",
            run.shown()
        );
    }
}

#[test]
fn no_error_of_the_emulator_shows_them() {
    let (url, handle) = emulator();
    for code in [60_010, 70_001, 70_003, 70_009, 100_002] {
        handle
            .script(trtc_rooms_emulator::Script::code(code))
            .unwrap();
        let run = run_with_key(&[
            "call",
            "live/create_room",
            "--sdkappid",
            APP,
            "--identifier",
            ADMIN,
            "--data",
            ROOM,
            "--base-url",
            &url,
        ])
        .exits(1);
        assert_free_of(KEY, &run);
        assert!(!run.stdout.contains("eJ") && !run.stderr.contains("eJ"));
    }
}

#[test]
fn values_of_requests_are_not_shown() {
    let request = ROOM.replace("live-1", &format!("{KEY}{KEY}"));
    let (_folder, path) = file(&request);
    let run = run_with_key(&["validate", "live/create_room", path.to_str().unwrap()]).exits(1);
    assert_free_of(KEY, &run);
    let run = run_with_key(&[
        "call",
        "live/create_room",
        "--sdkappid",
        APP,
        "--identifier",
        ADMIN,
        "--data",
        &request,
        "--base-url",
        "http://127.0.0.1:1",
    ])
    .exits(2);
    assert_free_of(KEY, &run);
}
