use std::fs;
use std::process::Stdio;

use serde_json::json;

use crate::support::{ROOM, command, file, finish, run, run_with};

const LIVE: &str = "live/create_room";

#[test]
fn a_valid_request() {
    let (_folder, path) = file(ROOM);
    let path = path.to_str().unwrap();
    assert_eq!(run(&["validate", LIVE, path]).exits(0).stdout, "valid\n");
    assert_eq!(
        run_with(&["validate", LIVE, "-"], ROOM).exits(0).stdout,
        "valid\n"
    );
    let run = run_with(&["validate", LIVE, "--format", "json"], ROOM).exits(0);
    assert_eq!(
        run.stdout,
        "{\"valid\":true,\"violations\":[],\"hints\":[]}\n"
    );
    assert!(run.stderr.is_empty());
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let request = json!({
        "RoomInfo": {
            "RoomId": "房".repeat(17),
            "RoomType": 7,
            "RoomName": "n".repeat(101),
            "TakeSeatMode": "Whenever",
            "MaxSeatCount": "8",
            "roomid": "x",
        },
        "Extra": null,
    })
    .to_string();
    let text = run_with(&["validate", LIVE], &request).exits(1);
    insta::assert_snapshot!("invalid_text", text.shown());
    let json = run_with(&["validate", LIVE, "--format", "json"], &request).exits(1);
    insta::assert_snapshot!("invalid_json", json.shown());
}

#[test]
fn the_json_has_the_documented_form() {
    let request = json!({ "RoomInfo": { "RoomId": "a".repeat(49), "RoomType": "Live", "SeatTemplate": "AudioSalon" } });
    let run = run_with(&["validate", LIVE, "--format", "json"], request.to_string()).exits(1);
    assert_eq!(
        run.json(),
        json!({
            "valid": false,
            "violations": [{
                "pointer": "/RoomInfo/RoomId",
                "rule": "maxBytes",
                "limit": 48,
                "actual": 49,
                "code": 100_002,
                "message": "is 49 bytes long, at most 48 are allowed",
            }],
            "hints": [],
        })
    );
}

#[test]
fn hints_are_no_violations() {
    let request = ROOM.replace("AudioSalon", "Stage");
    let run = run_with(&["validate", LIVE], request).exits(0);
    assert!(
        run.stdout
            .starts_with("valid\n  hint: /RoomInfo/SeatTemplate ")
    );
}

#[test]
fn a_request_that_is_no_object() {
    for text in ["[]", "\"x\"", "1", "null", "[\"r\",\"Live\"]"] {
        let run = run_with(&["validate", LIVE, "--format", "json"], text).exits(1);
        let violation = &run.json()["violations"][0];
        assert_eq!(violation["pointer"], "");
        assert_eq!(violation["rule"], "type");
        let run = run_with(&["validate", LIVE], text).exits(1);
        assert!(run.stdout.contains("  the request is "), "{}", run.stdout);
    }
}

#[test]
fn a_long_list_says_that_it_ends() {
    let members: Vec<String> = (0..100).map(|index| format!("\"x{index}\":1")).collect();
    let request = format!("{{\"RoomInfo\":{{{}}}}}", members.join(","));
    let run = run_with(&["validate", LIVE, "--format", "json"], &request).exits(1);
    assert_eq!(run.json()["capped"], true);
    assert_eq!(run.json()["hints"].as_array().unwrap().len(), 64);
    let run = run_with(&["validate", LIVE], &request).exits(1);
    assert!(
        run.stdout
            .ends_with("  there may be more: a list ends after 64 entries\n")
    );
}

#[test]
fn a13_a23_values_are_not_repeated_and_nothing_steers() {
    let secret = "TOP-SECRET\\u001b[2J".repeat(60_000);
    let request = format!(
        "{{\"RoomInfo\":{{\"RoomId\":\"{secret}\",\"RoomType\":\"{secret}\",\"SeatTemplate\":\"{secret}\",\"\\u001b[2J\u{9b}2J\u{202e}\":1}}}}"
    );
    for format in ["text", "json"] {
        let run = run_with(&["validate", LIVE, "--format", format], &request).exits(1);
        assert!(run.stdout.len() < 2_000, "{}", run.stdout.len());
        assert!(!run.stdout.contains("TOP-SECRET"), "{}", run.stdout);
        let steering = |each: char| each.is_control() && each != '\n' || each == '\u{202e}';
        assert!(!run.stdout.contains(steering), "{:?}", run.stdout);
    }
}

#[test]
fn q1_what_is_not_json_is_said_with_its_place() {
    let deep = "[".repeat(200);
    let inputs: &[(&str, &[u8])] = &[
        ("empty", b""),
        ("blank", b" \n\t\r\n"),
        ("truncated", b"{\"RoomInfo\":{"),
        ("trailing_comma", b"{\n  \"RoomInfo\": {},\n}"),
        ("comment", b"{\n  // as on the page\n}"),
        ("trailing_text", b"{} and more"),
        ("two_documents", b"{}\n{}\n"),
        (
            "duplicate_member",
            b"{\"RoomInfo\":{\"RoomId\":\"a\",\n\"RoomId\":\"b\"}}",
        ),
        ("lone_surrogate", b"{\"RoomInfo\":\"\\ud800\"}"),
        ("control_character", b"{\"RoomInfo\":\"a\x1bb\"}"),
        ("bom", b"\xef\xbb\xbf{}"),
        ("utf16", b"\xff\xfe{\0}\0"),
        ("latin1", b"{\n \"RoomInfo\": \"caf\xe9\"}"),
        ("deep", deep.as_bytes()),
        ("no_number", b"{\"a\":NaN}"),
    ];
    let mut shown = Vec::new();
    for (name, input) in inputs {
        let text = run_with(&["validate", LIVE], input).exits(2);
        assert!(text.stdout.is_empty(), "{}", text.stdout);
        let json = run_with(&["validate", LIVE, "--format", "json"], input).exits(2);
        assert_eq!(json.stderr, text.stderr);
        let json = json.json();
        assert_eq!(json["valid"], false);
        let place = (
            json["error"]["line"].as_u64(),
            json["error"]["column"].as_u64(),
        );
        assert!(place.0 >= Some(1) && place.1 >= Some(1), "{json}");
        shown.push(format!(
            "{name}
{}",
            text.stderr
        ));
    }
    insta::assert_snapshot!("malformed", shown.join("\n"));
}

#[test]
fn q1_what_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.json");
    let run_file = |path: &std::path::Path| run(&["validate", LIVE, path.to_str().unwrap()]);
    let shown = |path: &std::path::Path| {
        let run = run_file(path).exits(2);
        assert!(run.stdout.is_empty());
        assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
        run.stderr.replace(path.to_str().unwrap(), "PATH")
    };
    assert_eq!(
        shown(&missing),
        "error: cannot read PATH: No such file or directory\n"
    );
    assert_eq!(
        shown(folder.path()),
        "error: cannot read PATH: it is a directory\n"
    );
    let huge = folder.path().join("huge.json");
    fs::File::create(&huge)
        .unwrap()
        .set_len((16 << 20) + 1)
        .unwrap();
    assert_eq!(shown(&huge), "error: PATH is longer than 16 MiB\n");
}

#[test]
fn unknown_endpoints_have_near_matches() {
    for (name, near) in [
        ("live/creat_room", "did you mean live/create_room?"),
        ("Live/CreateRoom", "did you mean live/create_room?"),
        ("create_room", "live/create_room"),
        (
            "conference/create_rom",
            "did you mean conference/create_room?",
        ),
    ] {
        let run = run_with(&["validate", name], ROOM).exits(2);
        assert!(run.stdout.is_empty());
        assert!(run.stderr.contains(near), "{}", run.stderr);
        assert_eq!(run.stderr.lines().count(), 1);
    }
    let run = run_with(&["validate", "seats/kick"], ROOM).exits(2);
    assert!(!run.stderr.contains("did you mean"), "{}", run.stderr);
    assert!(run.stderr.contains("`trtc-rooms endpoints` lists all"));
}

#[test]
fn q3_a_full_disk_is_an_error() {
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else {
        return;
    };
    let mut command = command(&["validate", LIVE]);
    let run = finish(command.stdout(Stdio::from(full)), ROOM.as_bytes()).exits(2);
    assert!(
        run.stderr
            .starts_with("error: cannot write to standard output: ")
    );
}

#[test]
fn q4_there_are_no_colours_in_a_pipe() {
    let mut command = command(&["validate", LIVE]);
    let run = finish(command.env("TERM", "xterm-256color"), b"{}").exits(1);
    assert!(!run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'));
}
