//! `apply`, over real sockets: against the emulator, and against a server that counts what
//! it is asked for and answers when it is told to.

mod checking;
// Signals are sent with `kill`.
#[cfg(unix)]
mod interrupted;
mod journal;
mod making;

use std::collections::BTreeMap;
use std::io::{BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use serde_json::{Value, json};

use crate::support::{ADMIN, KEY, Received, Run, calling, command, finish, receive, reply};

/// A file of calls in a folder of its own.
struct Calls {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Calls {
    fn new(lines: impl IntoIterator<Item = String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("calls.ndjson");
        let calls = Self {
            _folder: folder,
            path,
        };
        calls.write(lines);
        calls
    }

    fn write(&self, lines: impl IntoIterator<Item = String>) {
        let text: String = lines.into_iter().map(|line| line + "\n").collect();
        std::fs::write(&self.path, text).unwrap();
    }

    fn journal(&self) -> PathBuf {
        self.path.with_extension("ndjson.journal")
    }

    fn journal_text(&self) -> String {
        std::fs::read_to_string(self.journal()).unwrap()
    }

    fn command(&self, url: &str, more: &[&str]) -> Command {
        self.command_of(ADMIN, url, more)
    }

    fn command_of(&self, caller: &str, url: &str, more: &[&str]) -> Command {
        let base = ["apply", self.path.to_str().unwrap()];
        let mut command = command(&[&base, &calling(caller, url)[..], more].concat());
        command.env("TRTC_SECRET_KEY", KEY);
        command
    }

    fn apply(&self, url: &str, more: &[&str]) -> Run {
        finish(&mut self.command(url, more), b"")
    }

    fn start(&self, url: &str) -> Child {
        let mut command = self.command(url, &[]);
        command.stdin(Stdio::null()).spawn().unwrap()
    }
}

fn line(endpoint: &str, request: &Value) -> String {
    json!({ "endpoint": endpoint, "request": request }).to_string()
}

fn create(room: &str) -> String {
    let room = json!({ "RoomId": room, "RoomType": "Live", "SeatTemplate": "AudioSalon" });
    line("live/create_room", &json!({ "RoomInfo": room }))
}

fn rename(room: &str, name: &str) -> String {
    let room = json!({ "RoomId": room, "RoomName": name });
    line("live/update_room_info", &json!({ "RoomInfo": room }))
}

fn destroy(room: &str) -> String {
    line("live/destroy_room", &json!({ "RoomId": room }))
}

/// A call that does harm when it is made twice.
fn say(room: &str, text: &str) -> String {
    let message = json!({ "RoomId": room, "Sender_Account": "mei", "TextContent": text });
    line("live/send_text_msg", &message)
}

/// The results by line.
fn results(run: &Run) -> BTreeMap<u64, Value> {
    let results = run.stdout.lines().map(|line| {
        let result: Value = serde_json::from_str(line).unwrap();
        (result["line"].as_u64().unwrap(), result)
    });
    results.collect()
}

fn outcomes(run: &Run) -> Vec<String> {
    let results = results(run).into_values();
    results
        .map(|result| result["outcome"].as_str().unwrap().to_owned())
        .collect()
}

/// A server that carries everything out, and keeps back the answers to requests with
/// "held" in them until it is told to let go.
#[derive(Clone, Default)]
struct Service {
    state: Arc<(Mutex<State>, Condvar)>,
}

#[derive(Default)]
struct State {
    /// How often each request came.
    carried_out: BTreeMap<String, u32>,
    held: usize,
    lets_go: bool,
}

impl Service {
    fn start() -> (String, Self) {
        let service = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let answering = service.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let service = answering.clone();
                thread::spawn(move || {
                    let received = receive(&mut BufReader::new(&mut stream));
                    let answer = service.answer(&received);
                    let _ = stream.write_all(&answer);
                });
            }
        });
        (url, service)
    }

    fn answer(&self, received: &Received) -> Vec<u8> {
        let body = String::from_utf8(received.body.clone()).unwrap();
        let (state, changed) = &*self.state;
        let mut state = state.lock().unwrap();
        let is_held = body.contains("held");
        *state.carried_out.entry(body).or_default() += 1;
        if is_held {
            state.held += 1;
            changed.notify_all();
            drop(changed.wait_while(state, |state| !state.lets_go).unwrap());
        }
        let body = r#"{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","RequestId":"Id-1"}"#;
        reply("200 OK", body)
    }

    /// Returns when so many requests are held.
    fn wait_for_held(&self, count: usize) {
        let (state, changed) = &*self.state;
        let state = state.lock().unwrap();
        drop(
            changed
                .wait_while(state, |state| state.held < count)
                .unwrap(),
        );
    }

    fn let_go(&self) {
        let (state, changed) = &*self.state;
        state.lock().unwrap().lets_go = true;
        changed.notify_all();
    }

    fn carried_out(&self) -> BTreeMap<String, u32> {
        self.state.0.lock().unwrap().carried_out.clone()
    }
}
