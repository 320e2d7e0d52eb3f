#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::process::{Child, ChildStdout, Command};
use std::time::{Duration, Instant};

use crate::support::{APP, KEY, ROOM, Run, call, command, run};

struct Emulator {
    child: Child,
    stdout: BufReader<ChildStdout>,
    url: String,
}

impl Emulator {
    fn start(command: &mut Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut url = String::new();
        stdout.read_line(&mut url).unwrap();
        let url = url.trim_end().to_owned();
        assert!(url.starts_with("http://127.0.0.1:"), "{url}");
        assert!(url["http://127.0.0.1:".len()..].parse::<u16>().unwrap() > 0);
        Self { child, stdout, url }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// Ends it with a signal. Gives the exit code and what it still wrote.
    fn end(mut self, signal: &str) -> (Option<i32>, String, String) {
        let id = self.child.id().to_string();
        let started = Instant::now();
        assert!(
            Command::new("kill")
                .args([signal, &id])
                .status()
                .unwrap()
                .success()
        );
        let code = self.child.wait().unwrap().code();
        assert!(
            started.elapsed() < Duration::from_secs(4),
            "{:?}",
            started.elapsed()
        );
        let (mut stdout, mut stderr) = (String::new(), String::new());
        self.stdout.read_to_string(&mut stdout).unwrap();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut stderr)
            .unwrap();
        (code, stdout, stderr)
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn shell(script: &str) -> Run {
    let mut command = Command::new("sh");
    for name in [
        "TRTC_SECRET_KEY",
        "TRTC_SDKAPPID",
        "TRTC_IDENTIFIER",
        "TRTC_BASE_URL",
    ] {
        command.env_remove(name);
    }
    command.args(["-c", script]).output().unwrap().into()
}

#[test]
fn what_it_prints_can_be_copied_into_a_shell() {
    let mut emulator = Emulator::start(&mut command(&["emulator"]));
    let (export, call) = (emulator.line(), emulator.line());
    assert!(export.starts_with("export TRTC_SECRET_KEY="), "{export}");
    assert!(call.contains("trtc-rooms call live/create_room --base-url http://127.0.0.1:"));
    let first = shell(&format!("{export}\n{call}")).exits(0);
    assert_eq!(first.json()["RoomId"], "live-1");
    // The room is there now.
    std::thread::sleep(Duration::from_millis(1_100));
    let second = shell(&format!("{export}\n{call}")).exits(1);
    assert_eq!(second.json()["ErrorCode"], 100_010);

    let (code, stdout, stderr) = emulator.end("-TERM");
    assert_eq!(code, Some(0));
    assert_eq!(stdout, "", "there are three lines");
    assert!(stderr.contains("no secret"), "{stderr}");
}

#[test]
fn with_a_key_of_ones_own() {
    let mut with_key = command(&[
        "emulator",
        "--sdkappid",
        APP,
        "--admin",
        "it's me",
        "--admin",
        "bob",
    ]);
    let mut emulator = Emulator::start(with_key.env("TRTC_SECRET_KEY", KEY));
    let call = emulator.line();
    assert!(call.contains(&format!("--sdkappid {APP}")), "{call}");
    assert!(call.contains(r"--identifier 'it'\''s me'"), "{call}");
    assert!(!call.contains(&KEY[..8]));
    shell(&format!("export TRTC_SECRET_KEY={KEY}; {call}")).exits(0);
    let other = call.replace("live-1", "live-2");
    let bob = other.replace(r"'it'\''s me'", "bob");
    shell(&format!("export TRTC_SECRET_KEY={KEY}; {bob}")).exits(0);
    let nobody = other.replace(r"'it'\''s me'", "administrator");
    let run = shell(&format!("export TRTC_SECRET_KEY={KEY}; {nobody}")).exits(1);
    assert_eq!(run.json()["ErrorCode"], 60_010);

    let (code, stdout, stderr) = emulator.end("-INT");
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (Some(0), "", ""));
}

#[test]
fn with_a_key_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("the key");
    std::fs::write(&path, KEY).unwrap();
    let mut emulator = Emulator::start(command(&["emulator", "--key-file"]).arg(&path));
    let call = emulator.line();
    shell(&call).exits(0);
    assert_eq!(emulator.end("-TERM").0, Some(0));
}

#[test]
fn it_ends_although_a_connection_is_open() {
    let emulator = Emulator::start(&mut command(&["emulator"]));
    let address = emulator.url.strip_prefix("http://").unwrap();
    let _idle = std::net::TcpStream::connect(address).unwrap();
    assert_eq!(emulator.end("-TERM").0, Some(0));
}

#[test]
fn it_runs_on_when_nobody_reads_its_output() {
    let mut child = command(&["emulator", "--listen", "127.0.0.1:0"])
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(child.try_wait().unwrap(), None);
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(!stderr.contains("error"), "{stderr}");
}

#[test]
fn where_it_does_not_listen() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    for (address, code, message) in [
        (taken.as_str(), 3, "is in use"),
        ("0.0.0.0:0", 2, "--beyond-loopback"),
        ("nonsense", 2, "is no address to listen on"),
        ("127.0.0.1", 2, "is no address to listen on"),
        (KEY, 2, "may be a secret"),
    ] {
        let run = run(&["emulator", "--listen", address]).exits(code);
        assert!(run.stderr.contains(message), "{}", run.stderr);
        assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
        assert!(run.stdout.is_empty(), "{}", run.stdout);
    }
}

#[test]
fn a_webhook_that_is_not_delivered_is_said() {
    let mut starting = command(&["emulator", "--sdkappid", APP]);
    let mut emulator = Emulator::start(starting.env("TRTC_SECRET_KEY", KEY));
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let nowhere = format!("http://{}/hooks", closed.local_addr().unwrap());
    drop(closed);
    let commands = r#"["Live.CallbackAfterCreateRoom"]"#;
    let config = format!(r#"{{"Url":"{nowhere}","CallbackCommandList":{commands}}}"#);
    call(&emulator.url, "live/set_callback", &config);
    call(&emulator.url, "live/create_room", ROOM);
    let mut stderr = BufReader::new(emulator.child.stderr.take().unwrap());
    let mut line = String::new();
    stderr.read_line(&mut line).unwrap();
    let expected =
        format!("the webhook Live.CallbackAfterCreateRoom to {nowhere} was not delivered");
    assert!(line.contains(&expected), "{line}");
}
