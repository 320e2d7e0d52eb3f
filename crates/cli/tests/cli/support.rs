//! Running the command, and servers for it to call.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;

use trtc_rooms_emulator::{Emulator, Handle};
use trtc_usersig::SecretKey;

pub(crate) const KEY: &str = "9f2c7d10b6a8e3455e0d9a7bb1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4";
pub(crate) const APP: &str = "1400704311";
pub(crate) const ADMIN: &str = "administrator";

/// A request for `live/create_room` that keeps to all limits.
pub(crate) const ROOM: &str =
    r#"{"RoomInfo":{"RoomId":"live-1","RoomType":"Live","SeatTemplate":"AudioSalon"}}"#;

/// How a run ended, and what it wrote.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// The only line of JSON on standard output.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {:?} {}", self.stdout, self.stderr))
    }

    /// Everything, for a snapshot.
    pub(crate) fn shown(&self) -> String {
        format!(
            "exit code: {}\n--- stdout\n{}--- stderr\n{}",
            self.code, self.stdout, self.stderr
        )
    }

    /// Checks the exit code, and says what was written if it is another.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}", self.shown());
        self
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().expect("no signal ended it"),
            stdout: String::from_utf8(output.stdout).expect("output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("output is UTF-8"),
        }
    }
}

/// The command in an environment without settings.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trtc-rooms"));
    for name in [
        "TRTC_SECRET_KEY",
        "TRTC_SDKAPPID",
        "TRTC_IDENTIFIER",
        "TRTC_BASE_URL",
        "TRTC_WEBHOOK_TOKEN",
        "NO_COLOR",
        "CLICOLOR_FORCE",
    ] {
        command.env_remove(name);
    }
    command
        .args(arguments)
        .env("COLUMNS", "80")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

pub(crate) fn run(arguments: &[&str]) -> Run {
    finish(&mut command(arguments), b"")
}

pub(crate) fn run_with(arguments: &[&str], stdin: impl AsRef<[u8]>) -> Run {
    finish(&mut command(arguments), stdin.as_ref())
}

/// The arguments that say as whom and where to call.
pub(crate) fn calling<'a>(caller: &'a str, url: &'a str) -> [&'a str; 6] {
    ["--sdkappid", APP, "--identifier", caller, "--base-url", url]
}

/// Calls an endpoint, which has to succeed.
pub(crate) fn call(url: &str, endpoint: &str, request: &str) {
    let service = calling(ADMIN, url);
    let arguments = [&["call", endpoint, "--data", request], &service[..]].concat();
    run_with_key(&arguments).exits(0);
}

/// Runs it with the secret key in the environment.
pub(crate) fn run_with_key(arguments: &[&str]) -> Run {
    finish(command(arguments).env("TRTC_SECRET_KEY", KEY), b"")
}

pub(crate) fn finish(command: &mut Command, stdin: &[u8]) -> Run {
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let stdin = stdin.to_vec();
    // It may end without reading everything.
    let writer = thread::spawn(move || drop(input.write_all(&stdin)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output.into()
}

/// A file with some content, in a folder that lives as long as the first of the pair.
pub(crate) fn file(content: impl AsRef<[u8]>) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("request.json");
    std::fs::write(&path, content).unwrap();
    (folder, path)
}

/// An emulator that ends with this process.
pub(crate) fn emulator() -> (String, Handle) {
    let (ready, started) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let emulator = Emulator::builder()
                .sdkappid(APP.parse().unwrap())
                .key(SecretKey::new(KEY).unwrap())
                .admin(ADMIN)
                .start()
                .await
                .unwrap();
            let handle = emulator.handle().clone();
            ready.send((emulator.url().to_owned(), handle)).unwrap();
            std::future::pending::<()>().await;
        });
    });
    started.recv().unwrap()
}

/// A request as it came over the wire.
pub(crate) struct Received {
    /// The request line and the header.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

/// A server that answers every request with the bytes that `answer` makes of it.
pub(crate) fn server(answer: impl Fn(&Received) -> Vec<u8> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let received = receive(&mut BufReader::new(&mut stream));
            let _ = stream.write_all(&answer(&received));
        }
    });
    url
}

pub(crate) fn receive(stream: &mut impl BufRead) -> Received {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(stream.read_line(&mut head).unwrap(), 0, "{head}");
    }
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.parse().unwrap())
    });
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).unwrap();
    Received { head, body }
}

/// A complete reply with a body.
pub(crate) fn reply(status: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
        .into_bytes()
}
