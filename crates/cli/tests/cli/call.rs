use std::net::TcpListener;
use std::sync::mpsc;

use serde_json::json;
use trtc_rooms_emulator::Script;

use crate::support::{
    ADMIN, APP, KEY, ROOM, Run, calling, command, emulator, file, finish, reply, run_with_key,
    server,
};

const LIVE: &str = "live/create_room";

fn call(url: &str, data: &str, more: &[&str]) -> Run {
    call_with(url, data, more, b"")
}

fn call_with(url: &str, data: &str, more: &[&str], stdin: &[u8]) -> Run {
    let base = ["call", LIVE, "--data", data];
    let mut command = command(&[&base, &calling(ADMIN, url)[..], more].concat());
    finish(command.env("TRTC_SECRET_KEY", KEY), stdin)
}

#[test]
fn a_call_that_succeeds() {
    let (url, handle) = emulator();
    let run = call(&url, ROOM, &[]).exits(0);
    assert_eq!(run.json()["ErrorCode"], 0);
    assert_eq!(run.json()["RoomId"], "live-1");
    assert!(run.stderr.is_empty(), "{}", run.stderr);
    assert_eq!(handle.counters().requests, 1);
}

#[test]
fn the_request_comes_from_a_file_or_standard_input() {
    let (url, handle) = emulator();
    let room = |id: &str| ROOM.replace("live-1", id);
    let (_folder, path) = file(room("from-file"));
    call(&url, &format!("@{}", path.display()), &[]).exits(0);
    call_with(&url, "-", &[], room("from-stdin").as_bytes()).exits(0);
    call_with(&url, "@-", &[], room("from-stdin-too").as_bytes()).exits(0);
    let journal = handle.journal();
    let bodies: Vec<_> = journal.iter().map(|entry| entry.body_text()).collect();
    assert_eq!(
        bodies,
        ["from-file", "from-stdin", "from-stdin-too"].map(room)
    );
}

#[test]
fn the_request_is_sent_byte_for_byte_and_the_reply_shown_as_it_is() {
    let (sent, received) = mpsc::channel();
    let answer = "{\"RequestId\":\"r\",\"ErrorCode\":0,\"ActionStatus\":\"OK\",\"Big\":9007199254740993,\"x\":\"\u{9b}\"}\n";
    let url = server(move |request| {
        sent.send((request.head.clone(), request.body.clone()))
            .unwrap();
        reply("200 OK", answer)
    });
    let request = "\n{ \"Unknown\" :9007199254740993,\"RoomInfo\":{\"SeatTemplate\":\"AudioSalon\",\"RoomType\":\"Live\",\"RoomId\":\"\\u0061\"} }\n ";
    let run = call_with(&url, "-", &[], request.as_bytes()).exits(0);
    let (head, body) = received.recv().unwrap();
    assert_eq!(String::from_utf8(body).unwrap(), request);
    assert!(
        head.starts_with("POST /v4/live_engine_http_srv/create_room?"),
        "{head}"
    );
    assert_eq!(run.stdout, answer.replace('\u{9b}', "\\u009b"));
    assert_eq!(run.stderr, "note: /Unknown is not documented\n");
}

#[test]
fn an_error_of_the_service() {
    let (url, handle) = emulator();
    handle
        .script(Script::code(100_026).info("the word \u{1b}[2J is bad"))
        .unwrap();
    let run = call(&url, ROOM, &[]).exits(1);
    let reply = run.json();
    assert_eq!(reply["ErrorCode"], 100_026);
    assert_eq!(reply["ActionStatus"], "FAIL");
    let request_id = reply["RequestId"].as_str().unwrap();
    insta::assert_snapshot!("api_error", run.stderr.replace(request_id, "REQUEST-ID"));
}

#[test]
fn the_meaning_is_that_of_the_endpoint() {
    let (url, handle) = emulator();
    for (code, words) in [
        (100_012, &["(TooFrequent)", "after 1 second"][..]),
        (70_001, &["(TicketExpired)", "remedy"]),
        (100_999, &["no document lists this code"]),
    ] {
        handle.script(Script::code(code)).unwrap();
        let run = call(&url, ROOM, &[]).exits(1);
        assert_eq!(run.json()["ErrorCode"], code);
        for word in words {
            assert!(run.stderr.contains(word), "{word}: {}", run.stderr);
        }
        assert!(run.stderr.contains("RequestId"));
    }
}

#[test]
fn what_breaks_a_limit_is_not_sent() {
    let (url, handle) = emulator();
    let long = ROOM.replace("live-1", &"a".repeat(49));
    let run = call(&url, &long, &[]).exits(2);
    insta::assert_snapshot!("refused_locally", run.shown());
    assert_eq!(handle.counters().requests, 0);

    let run = call(&url, &long, &["--validation", "warn"]).exits(1);
    assert_eq!(run.json()["ErrorCode"], 100_002);
    assert!(
        run.stderr
            .starts_with("warning: the request breaks documented limits")
    );
    let run = call(&url, &long, &["--validation", "off"]).exits(1);
    assert_eq!(run.json()["ErrorCode"], 100_002);
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    assert_eq!(handle.counters().requests, 2);
}

#[test]
fn what_is_not_json_is_sent_only_on_request() {
    let (url, handle) = emulator();
    for mode in ["enforce", "warn"] {
        for (data, message) in [
            ("", "--data, line 1, column 1: it is empty"),
            ("{\"RoomInfo\":", "--data, line 1, column 12: EOF"),
            ("{\"a\":1,\"a\":2}", "stands twice"),
        ] {
            let run = call(&url, data, &["--validation", mode]).exits(2);
            assert!(run.stderr.contains(message), "{}", run.stderr);
            assert!(run.stdout.is_empty());
        }
    }
    assert_eq!(handle.counters().requests, 0);
    let run = call(&url, "{\"RoomInfo\":", &["--validation", "off"]).exits(1);
    assert_eq!(run.json()["ErrorCode"], 60_003);
    let run = call_with(&url, "-", &["--validation", "off"], b"{\"a\":\n\"\xff\"}").exits(2);
    assert!(
        run.stderr
            .contains("standard input: line 2, column 2: it is not UTF-8")
    );
    let run = call(&url, "@/no/such/file", &[]).exits(2);
    assert!(
        run.stderr
            .contains("cannot read /no/such/file: No such file")
    );
}

#[test]
fn q2_trouble_of_the_network() {
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let run = call(&format!("http://{closed}"), ROOM, &[]).exits(3);
    assert!(run.stderr.contains("nothing was sent"), "{}", run.stderr);
    assert!(run.stdout.is_empty());

    // It takes connections and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let run = call(&url, ROOM, &["--timeout", "0.3"]).exits(3);
    assert!(
        run.stderr.contains("no complete reply within 300ms"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("\n  repeat     safe; 100010 then"),
        "{}",
        run.stderr
    );
}

#[test]
fn q2_replies_that_cannot_be_read() {
    for (status, body, message) in [
        ("200 OK", "", "cannot be read"),
        ("200 OK", "{}", "no ErrorCode"),
        ("200 OK", "[\"OK\",0,\"\"]", "cannot be read"),
        ("200 OK", "<html>\u{1b}[2J", "cannot be read"),
        ("502 Bad Gateway", "<html>bad", "HTTP status 502"),
        ("302 Found", "", "redirects are not followed"),
    ] {
        let url = server(move |_| reply(status, body));
        let run = call(&url, ROOM, &[]).exits(3);
        assert!(run.stderr.contains(message), "{}", run.stderr);
        assert!(!run.stderr.contains('\u{1b}'), "{:?}", run.stderr);
        assert!(run.stdout.is_empty(), "{}", run.stdout);
    }
    let huge = server(|_| reply("200 OK", &" ".repeat((1 << 20) + 1)));
    let run = call(&huge, ROOM, &[]).exits(3);
    assert!(run.stderr.contains("longer than 1 MiB"), "{}", run.stderr);
}

#[test]
fn an_answer_of_the_service_with_another_status_is_an_answer() {
    let body = "{\"ActionStatus\":\"FAIL\",\"ErrorCode\":100003,\"RequestId\":\"r\"}";
    let url = server(move |_| reply("500 Internal Server Error", body));
    let run = call(&url, ROOM, &[]).exits(1);
    assert_eq!(run.json()["ErrorCode"], 100_003);
    assert!(run.stderr.contains("HTTP 500"), "{}", run.stderr);
}

#[test]
fn options_come_from_the_environment_too_and_win() {
    let (url, handle) = emulator();
    let mut command = command(&["call", LIVE, "--data", ROOM]);
    command
        .env("TRTC_SECRET_KEY", KEY)
        .env("TRTC_SDKAPPID", APP)
        .env("TRTC_IDENTIFIER", ADMIN)
        .env("TRTC_BASE_URL", &url);
    finish(&mut command, b"").exits(0);
    assert_eq!(handle.counters().requests, 1);

    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let closed = format!("http://{closed}");
    command.args(["--base-url", &closed]);
    finish(&mut command, b"").exits(3);
    assert_eq!(handle.counters().requests, 1, "the option wins");
}

#[test]
fn a_region_wins_over_the_variable() {
    // A name that no name server is asked for: the proxy is this machine.
    let refusing = server(|_| reply("403 Forbidden", ""));
    let (url, handle) = emulator();
    let mut command = command(&[
        "call",
        LIVE,
        "--data",
        ROOM,
        "--sdkappid",
        APP,
        "--identifier",
        ADMIN,
        "--region",
        "Singapore",
    ]);
    command
        .env("TRTC_SECRET_KEY", KEY)
        .env("TRTC_BASE_URL", url)
        .env("HTTPS_PROXY", refusing);
    finish(&mut command, b"").exits(3);
    assert_eq!(handle.counters().requests, 0);
}

#[test]
fn where_calls_cannot_go() {
    for (more, message) in [
        (&[][..], "give --region"),
        (&["--base-url", "http://example.com"], "without encryption"),
        (
            &["--base-url", "https://user:hunter2@example.com"],
            "password",
        ),
        (
            &["--base-url", "example.com"],
            "the base URL cannot be used",
        ),
        (&["--region", "mars"], "possible values: china, singapore"),
        (
            &["--region", "china", "--base-url", "https://x"],
            "cannot be used with",
        ),
    ] {
        let base = &[
            "call",
            LIVE,
            "--data",
            ROOM,
            "--sdkappid",
            APP,
            "--identifier",
            ADMIN,
        ];
        let run = run_with_key(&[base, more].concat()).exits(2);
        assert!(run.stderr.contains(message), "{}", run.stderr);
        assert!(!run.stderr.contains("hunter2"), "{}", run.stderr);
    }
}

#[test]
fn other_things_that_are_refused_before_sending() {
    for (name, more, message) in [
        ("live/creat_room", &[][..], "did you mean live/create_room?"),
        (LIVE, &["--identifier", ""], "the identifier has to be"),
        (
            LIVE,
            &["--timeout", "0"],
            "invalid value '0' for '--timeout",
        ),
        (LIVE, &["--timeout", "1e19"], "longer than can be counted"),
    ] {
        let mut arguments = vec!["call", name, "--data", ROOM, "--sdkappid", APP];
        if !more.contains(&"--identifier") {
            arguments.extend(["--identifier", ADMIN]);
        }
        arguments.extend(["--base-url", "http://127.0.0.1:1"]);
        arguments.extend(more);
        let run = run_with_key(&arguments).exits(2);
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
}

#[test]
fn a_wrong_key_is_explained() {
    let (url, _handle) = emulator();
    let mut command = command(&[
        "call",
        LIVE,
        "--data",
        ROOM,
        "--sdkappid",
        APP,
        "--identifier",
        ADMIN,
        "--base-url",
        &url,
    ]);
    let run = finish(command.env("TRTC_SECRET_KEY", "wrong"), b"").exits(1);
    assert_eq!(run.json()["ErrorCode"], json!(70_009));
}
