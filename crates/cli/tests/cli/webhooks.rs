#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use trtc_rooms_webhooks::{Token, UnixSeconds};

use crate::support::{APP, KEY, ROOM, call, command, emulator, file, run};

const DESTROYED: &str =
    r#"{"CallbackCommand":"Live.CallbackAfterDestroyRoom","RoomId":"live-1","New":[1]}"#;
const GIFT: &str = r#"{"CallbackCommand":"Live.CallbackBeforeSendGift","RoomId":"live-1"}"#;

/// `webhooks listen`, and what it prints.
struct Listener {
    child: Child,
    stdout: BufReader<ChildStdout>,
    address: String,
}

impl Listener {
    fn start(command: &mut Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let url = match serde_json::from_str::<Value>(&line) {
            Ok(line) => line["listening"].as_str().unwrap().to_owned(),
            Err(_) => line.trim_end().to_owned(),
        };
        let address = url.strip_prefix("http://").expect("a URL").to_owned();
        Self {
            child,
            stdout,
            address,
        }
    }

    /// Posts a webhook. Gives status and body of the answer.
    fn post(&self, query: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        write!(
            stream,
            "POST /any/path?{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        (status, body.to_owned())
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// Ends it. Gives the exit code, and what it still wrote.
    fn end(mut self, signal: &str) -> (Option<i32>, String, String) {
        let id = self.child.id().to_string();
        let killed = Command::new("kill").args([signal, &id]).status().unwrap();
        assert!(killed.success());
        let code = self.child.wait().unwrap().code();
        let (mut stdout, mut stderr) = (String::new(), String::new());
        self.stdout.read_to_string(&mut stdout).unwrap();
        let mut pipe = self.child.stderr.take().unwrap();
        pipe.read_to_string(&mut stderr).unwrap();
        (code, stdout, stderr)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn events_are_printed_for_people() {
    let mut listener = Listener::start(&mut command(&["webhooks", "listen"]));
    let accepted = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#;
    let answer = listener.post("SdkAppid=7", DESTROYED);
    assert_eq!(answer, (200, accepted.to_owned()));
    assert_eq!(listener.line(), "Live.CallbackAfterDestroyRoom in live-1");
    assert_eq!(listener.line(), format!("  {DESTROYED}"));
    listener.post("SdkAppid=7", GIFT);
    assert_eq!(
        listener.line(),
        "Live.CallbackBeforeSendGift in live-1: allowed"
    );
    listener.line();
    listener.post("SdkAppid=7&CallbackCommand=New%1b[2J", "{}");
    assert_eq!(listener.line(), r"New\u{1b}[2J (not a documented event)");
    assert_eq!(listener.line(), "  {}");

    let (code, stdout, stderr) = listener.end("-TERM");
    assert_eq!((code, stdout.as_str()), (Some(0), ""));
    assert!(stderr.contains("signatures are not checked"), "{stderr}");
}

#[test]
fn events_are_printed_for_programs() {
    let arguments = [
        "webhooks", "listen", "--format", "json", "--refuse", "102101", "--info", "no",
    ];
    let mut listener = Listener::start(&mut command(&arguments));
    let query = "SdkAppid=7&ClientIP=127.0.0.1&OptPlatform=iOS";
    let refused = listener.post(query, GIFT);
    let expected = r#"{"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":102101}"#;
    assert_eq!(refused, (200, expected.to_owned()));
    let line: Value = serde_json::from_str(&listener.line()).unwrap();
    let expected = json!({
        "command": "Live.CallbackBeforeSendGift", "known": true, "room": "live-1", "sdkappid": 7,
        "client_ip": "127.0.0.1", "platform": "iOS", "answer": 102_101,
        "event": serde_json::from_str::<Value>(GIFT).unwrap(),
    });
    assert_eq!(line, expected);
    // It is no code of messages, so they pass.
    let message = r#"{"CallbackCommand":"Group.CallbackBeforeSendMsg","EventTime":"12"}"#;
    assert!(listener.post(query, message).1.contains(r#""ErrorCode":0"#));
    let line: Value = serde_json::from_str(&listener.line()).unwrap();
    assert_eq!((&line["time"], &line["answer"]), (&json!(12), &json!(0)));
    let (_, _, stderr) = listener.end("-INT");
    assert!(
        stderr.contains("allowed: code 102101 does not refuse"),
        "{stderr}"
    );
}

#[test]
fn what_is_not_the_apps_own_is_refused_and_told() {
    let mut with_token = command(&["webhooks", "listen", "--sdkappid", APP, "--format", "json"]);
    let mut listener = Listener::start(with_token.env("TRTC_WEBHOOK_TOKEN", KEY));
    let now = UnixSeconds::from(std::time::SystemTime::now()).to_string();
    let sign = Token::new(KEY).unwrap().sign(&now);
    let signed = format!("SdkAppid={APP}&RequestTime={now}&Sign={sign}");
    for (query, body, status) in [
        ("SdkAppid=8".to_owned(), DESTROYED, 403),
        (format!("SdkAppid={APP}"), DESTROYED, 401),
        (signed.replace(&sign, &"0".repeat(64)), DESTROYED, 401),
        (signed.clone(), "no JSON", 400),
        (signed.clone(), DESTROYED, 200),
    ] {
        assert_eq!(listener.post(&query, body).0, status, "{query}");
    }
    let large = " ".repeat(1024 * 1024) + DESTROYED;
    assert_eq!(listener.post(&signed, &large).0, 413);
    let line: Value = serde_json::from_str(&listener.line()).unwrap();
    assert_eq!(line["command"], "Live.CallbackAfterDestroyRoom");
    let (code, stdout, stderr) = listener.end("-TERM");
    assert_eq!((code, stdout.as_str()), (Some(0), ""));
    assert_eq!(
        stderr.matches("warning: refused with").count(),
        4,
        "{stderr}"
    );
    for piece in KEY
        .as_bytes()
        .windows(8)
        .map(|piece| str::from_utf8(piece).unwrap())
    {
        assert!(!stderr.contains(piece), "{stderr}");
    }
}

#[test]
fn the_token_may_stand_in_a_file_or_another_variable() {
    let (_folder, path) = file(format!("{KEY}\n"));
    let path = path.to_str().unwrap();
    let mut from_file = command(&["webhooks", "listen", "--token-file", path]);
    let mut from_variable = command(&["webhooks", "listen", "--token-env", "OTHER"]);
    for command in [&mut from_file, from_variable.env("OTHER", KEY)] {
        let listener = Listener::start(command);
        assert_eq!(listener.post("SdkAppid=7", DESTROYED).0, 401);
        let now = UnixSeconds::from(std::time::SystemTime::now()).to_string();
        let sign = Token::new(KEY).unwrap().sign(&now);
        let signed = format!("SdkAppid=7&RequestTime={now}&Sign={sign}");
        assert_eq!(listener.post(&signed, DESTROYED).0, 200);
    }
}

#[test]
fn it_ends_when_nobody_reads_on() {
    let mut listener = Listener::start(&mut command(&["webhooks", "listen"]));
    let (reader, writer) = std::io::pipe().unwrap();
    drop(writer);
    drop(std::mem::replace(
        &mut listener.stdout,
        BufReader::new(std::process::ChildStdout::from(std::os::fd::OwnedFd::from(
            reader,
        ))),
    ));
    // The answer may be lost with the program.
    if let Ok(mut stream) = TcpStream::connect(&listener.address) {
        let length = DESTROYED.len();
        let _ = write!(
            stream,
            "POST /?SdkAppid=7 HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{DESTROYED}"
        );
        assert_eq!(listener.child.wait().unwrap().code(), Some(141));
    }
}

#[test]
fn how_it_does_not_start() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let (_folder, two_lines) = file("a\nb");
    let two_lines = two_lines.to_str().unwrap();
    for (arguments, code, message) in [
        (&["--listen", taken.as_str()][..], 3, "is in use"),
        (&["--listen", "0.0.0.0:0"], 2, "--beyond-loopback"),
        (&["--listen", "nonsense"], 2, "is no address to listen on"),
        (&["--listen", KEY], 2, "may be a secret"),
        (&["--refuse", "3"], 2, "no event is refused with 3"),
        (&["--refuse", "0"], 2, "no event is refused with 0"),
        (&["--info", "x"], 2, "--refuse"),
        (&["--token-env", "NOT_THERE"], 2, "NOT_THERE is not set"),
        (
            &["--token-file", "/not/there"],
            2,
            "cannot read the token file",
        ),
        (&["--token-file", two_lines], 2, "holds several lines"),
        (&["--sdkappid", "0"], 2, "0"),
    ] {
        let run = run(&[&["webhooks", "listen"], arguments].concat()).exits(code);
        assert!(run.stderr.contains(message), "{arguments:?} {}", run.stderr);
        assert!(run.stdout.is_empty(), "{}", run.stdout);
    }
}

/// The two commands together, as a newcomer tries them: the emulator tells the listener
/// what happens, at the address that the listener prints.
#[test]
fn the_emulator_tells_the_listener() {
    let mut listening = command(&["webhooks", "listen", "--format", "json"]);
    let mut listener = Listener::start(listening.env("TRTC_WEBHOOK_TOKEN", "a-token"));
    let (url, handle) = emulator();
    let token = json!({ "Token": "a-token", "IsTokenEnable": true });
    call(&url, "live/set_callback_token", &token.to_string());
    let to = format!("http://{}", listener.address);
    let commands = json!(["Live.CallbackAfterCreateRoom"]);
    let config = json!({ "Url": to, "CallbackCommandList": commands });
    call(&url, "live/set_callback", &config.to_string());
    call(&url, "live/create_room", ROOM);
    // Within the time that an answer is waited for, it is known what came of it.
    let delivery = loop {
        match handle.deliveries().pop() {
            Some(delivery) => break delivery,
            None => thread::sleep(Duration::from_millis(5)),
        }
    };
    assert_eq!(delivery.outcome, Ok(200));
    let event: Value = serde_json::from_str(&listener.line()).unwrap();
    assert_eq!(event["command"], "Live.CallbackAfterCreateRoom", "{event}");
}
