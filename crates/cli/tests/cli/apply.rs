//! `apply`, over real sockets: against the emulator, and against a server that counts what
//! it is asked for and answers when it is told to.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use serde_json::{Value, json};

use crate::support::{ADMIN, APP, KEY, Received, Run, command, emulator, finish, receive, reply};

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
        let path = self.path.to_str().unwrap();
        let base = &[
            "apply",
            path,
            "--sdkappid",
            APP,
            "--identifier",
            caller,
            "--base-url",
            url,
        ];
        let mut command = command(&[base, more].concat());
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

#[test]
fn calls_about_one_room_are_made_in_order() {
    let (url, handle) = emulator();
    let rooms: Vec<String> = (0..12).map(|number| format!("room-{number}")).collect();
    let lines = rooms.iter().map(|room| create(room));
    let lines = lines.chain(rooms.iter().map(|room| rename(room, "one")));
    let lines = lines.chain(rooms.iter().map(|room| rename(room, "two")));
    let calls = Calls::new(lines.chain(rooms.iter().map(|room| destroy(room))));
    // Before its room is created, or after it is destroyed, a call would be refused.
    let run = calls.apply(&url, &[]).exits(0);
    assert_eq!(outcomes(&run), ["done"; 48]);
    assert_eq!(handle.counters().requests, 48);
    for room in &rooms {
        let journal = handle.journal();
        let bodies = journal.iter().map(|entry| entry.body_text().into_owned());
        let about: Vec<String> = bodies
            .filter(|body| body.contains(&format!("\"{room}\"")))
            .collect();
        assert!(
            about[1].contains("one") && about[2].contains("two"),
            "{about:?}"
        );
    }

    let again = calls.apply(&url, &[]).exits(0);
    assert_eq!(outcomes(&again), ["already_done"; 48]);
    assert_eq!(handle.counters().requests, 48);
    assert!(again.stderr.contains("48 done before"), "{}", again.stderr);
}

#[test]
fn results_say_what_the_service_answered() {
    let (url, _handle) = emulator();
    let mut lines = vec![create("a"), destroy("b"), destroy("c")];
    lines[1] = lines[1].replacen('{', r#"{"id":"row 2","#, 1);
    let calls = Calls::new(lines.clone());
    let run = calls.apply(&url, &[]).exits(1);
    let results = results(&run);
    assert_eq!(results[&1]["outcome"], "done");
    assert!(results[&1]["requestId"].is_string());
    let refused = &results[&2];
    assert_eq!(refused["id"], "row 2");
    assert_eq!(refused["outcome"], "refused");
    assert_eq!(refused["code"], 100_004);
    assert!(refused["error"].as_str().unwrap().contains("100004"));
    assert!(run.stderr.contains("run it again"), "{}", run.stderr);

    // Lines that are corrected, moved and added are made; what was done is left alone.
    calls.write([create("b"), destroy("b"), create("a"), lines[2].clone()]);
    let run = calls.apply(&url, &[]).exits(1);
    assert_eq!(outcomes(&run), ["done", "done", "already_done", "refused"]);
}

#[test]
fn the_same_line_twice_is_two_calls() {
    let (url, service) = Service::start();
    let calls = Calls::new([say("a", "x"), say("a", "x")]);
    calls.apply(&url, &[]).exits(0);
    assert_eq!(service.carried_out().into_values().sum::<u32>(), 2);
    calls.write([say("a", "x"), say("a", "x"), say("a", "x")]);
    let run = calls.apply(&url, &[]).exits(0);
    assert_eq!(outcomes(&run), ["already_done", "already_done", "done"]);
}

#[test]
fn nothing_is_sent_while_a_line_is_no_call() {
    let (url, handle) = emulator();
    let long = "x".repeat(49);
    let calls = Calls::new([
        create("a"),
        create(&long),
        String::new(),
        "{\"endpoint\":".to_owned(),
        line("live/destroy_rom", &json!({ "RoomId": "a" })),
        r#"{"endpoint":"live/destroy_room","request":{"RoomId":"a"},"when":"now"}"#.to_owned(),
    ]);
    let run = calls.apply(&url, &[]).exits(2);
    insta::assert_snapshot!(run.shown());
    assert_eq!(handle.counters().requests, 0);

    calls.write([create("a"), create(&long)]);
    let run = calls.apply(&url, &["--validation", "warn"]).exits(1);
    assert_eq!(outcomes(&run), ["done", "refused"]);
    assert!(
        run.stderr
            .contains("line 2: /RoomInfo/RoomId is 49 bytes long")
    );
}

#[test]
fn a_dry_run_sends_nothing() {
    let (url, handle) = emulator();
    let calls = Calls::new((0..400).map(|number| create(&format!("room-{number}"))));
    let run = calls.apply(&url, &["--dry-run"]).exits(0);
    assert_eq!(run.stdout, "");
    assert_eq!(
        run.stderr,
        "note: 400 calls: 400 to make; at the documented rates 2.0 s at least. Nothing was sent\n"
    );
    assert_eq!(handle.counters().requests, 0);
    assert!(!calls.journal().exists());
}

#[test]
fn after_a_kill_nothing_that_does_harm_is_made_twice() {
    let (url, service) = Service::start();
    let safe = (0..4).map(|number| destroy(&format!("held-{number}")));
    let unsafe_ = (0..4).map(|number| say(&format!("held-room-{number}"), "hello"));
    let quick = (0..8).map(|number| say(&format!("room-{number}"), "hello"));
    // The quick ones end, and the others are under way when the process dies.
    let lines: Vec<String> = quick.chain(safe).chain(unsafe_).collect();
    let calls = Calls::new(lines.clone());
    let mut child = calls.start(&url);
    let mut results = BufReader::new(child.stdout.take().unwrap()).lines();
    for _ in 0..8 {
        let result = results.next().unwrap().unwrap();
        assert!(result.contains(r#""outcome":"done""#), "{result}");
    }
    service.wait_for_held(8);
    child.kill().unwrap();
    child.wait().unwrap();
    service.let_go();

    let run = calls.apply(&url, &[]).exits(3);
    let outcomes = outcomes(&run);
    assert_eq!(
        outcomes[..8],
        ["already_done"; 8],
        "{run:?}",
        run = run.shown()
    );
    assert_eq!(outcomes[8..12], ["done"; 4]);
    assert_eq!(outcomes[12..], ["unknown"; 4]);
    for (body, times) in service.carried_out() {
        let is_safe = !body.contains("hello");
        assert_eq!(times, 1 + u32::from(is_safe), "{body}");
    }

    // Whoever has looked may have them made again.
    let run = calls.apply(&url, &["--repeat-unknown"]).exits(0);
    assert!(
        run.stderr.contains("4 done, 12 done before"),
        "{}",
        run.stderr
    );
}

/// That a second sending is refused says nothing of the first one.
#[test]
fn a_refusal_does_not_tell_what_became_of_an_earlier_sending() {
    let (url, service) = Service::start();
    let calls = Calls::new([say("held", "x")]);
    let mut child = calls.start(&url);
    service.wait_for_held(1);
    child.kill().unwrap();
    child.wait().unwrap();
    let (emulator, handle) = emulator();
    let journal = calls.journal_text().replace(&url, &emulator);
    std::fs::write(calls.journal(), journal).unwrap();
    // There is no such room.
    let run = calls.apply(&emulator, &["--repeat-unknown"]).exits(3);
    assert_eq!(results(&run)[&1]["outcome"], "unknown");
    assert_eq!(results(&run)[&1]["code"], 100_004);
    let run = calls.apply(&emulator, &[]).exits(3);
    assert_eq!(outcomes(&run), ["unknown"]);
    assert_eq!(handle.counters().requests, 1);
    service.let_go();
}

#[test]
fn an_interrupted_run_ends_what_is_under_way() {
    let (url, service) = Service::start();
    // One room, so that one call is under way and the others wait for it.
    let lines = (0..5).map(|number| say("held", &number.to_string()));
    let calls = Calls::new(lines);
    let child = calls.start(&url);
    service.wait_for_held(1);
    let id = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    // It says so before it waits, and the answer must not come sooner.
    let (child, said) = until_it_says(child, "waiting for 1 calls");
    service.let_go();
    let mut run: Run = child.wait_with_output().unwrap().into();
    run.stderr.insert_str(0, &said);
    let run = run.exits(3);
    assert_eq!(outcomes(&run), ["done"]);
    assert!(
        run.stderr.contains("1 done, 4 not reached"),
        "{}",
        run.stderr
    );

    let run = calls.apply(&url, &[]).exits(0);
    assert!(
        run.stderr.contains("4 done, 1 done before"),
        "{}",
        run.stderr
    );
    assert_eq!(
        service.carried_out().into_values().collect::<Vec<_>>(),
        [1; 5]
    );
}

/// Reads standard error up to a line with this text.
fn until_it_says(mut child: Child, text: &str) -> (Child, String) {
    let mut stderr = BufReader::with_capacity(1, child.stderr.take().unwrap());
    let mut said = String::new();
    while !said.contains(text) {
        assert_ne!(stderr.read_line(&mut said).unwrap(), 0, "{said}");
    }
    child.stderr = Some(stderr.into_inner());
    (child, said)
}

#[test]
fn a_record_that_was_cut_off_is_left_out() {
    let (url, service) = Service::start();
    let calls = Calls::new([say("a", "x"), say("b", "x")]);
    calls.apply(&url, &["--in-flight", "1"]).exits(0);
    let whole = calls.journal_text();
    // Whatever is lost of the last record, that call was begun and its answer is not known.
    for lost in [1, 20] {
        std::fs::write(calls.journal(), &whole[..whole.len() - lost]).unwrap();
        let run = calls.apply(&url, &[]).exits(3);
        assert!(run.stderr.contains("was cut off"), "{}", run.stderr);
        assert_eq!(outcomes(&run), ["already_done", "unknown"]);
    }
    // What is written after it stands in a line of its own.
    calls.apply(&url, &["--repeat-unknown"]).exits(0);
    let run = calls.apply(&url, &[]).exits(0);
    assert_eq!(outcomes(&run), ["already_done", "already_done"]);
    // Nothing but a part of the first line is as good as nothing.
    std::fs::write(calls.journal(), &whole[..20]).unwrap();
    calls.apply(&url, &["--in-flight", "1"]).exits(0);
    assert_eq!(
        service.carried_out().into_values().collect::<Vec<_>>(),
        [2, 3]
    );
    assert_eq!(calls.journal_text().lines().count(), whole.lines().count());
}

#[test]
fn a_journal_that_cannot_be_trusted_ends_the_run() {
    let (url, service) = Service::start();
    let calls = Calls::new([say("a", "x"), say("b", "x")]);
    calls.apply(&url, &[]).exits(0);
    let whole = calls.journal_text();
    let refuses = |journal: &str, more: &[&str], why: &str| {
        std::fs::write(calls.journal(), journal).unwrap();
        let run = calls.apply(&url, more).exits(2);
        assert!(run.stderr.contains(why), "{why}: {}", run.stderr);
        assert_eq!(calls.journal_text(), journal, "it is left as it was");
    };
    refuses(&whole.replacen("done", "dome", 1), &[], "damaged in line ");
    refuses(
        &whole.replacen("\"digest\":\"", "\"digest\":\"x", 1),
        &[],
        "damaged in line 2",
    );
    refuses("name,age\nada,36\n", &[], "is no journal");
    refuses("no line end", &[], "is no journal");
    let other = whole.replacen(APP, "1400000001", 1);
    refuses(&other, &[], "is of the app 1400000001");
    let elsewhere = whole.replacen(&url, "https://example.com", 1);
    refuses(&elsewhere, &[], "another address");
    assert_eq!(service.carried_out().into_values().sum::<u32>(), 2);
}

#[test]
fn two_runs_do_not_share_a_journal() {
    let (url, service) = Service::start();
    let calls = Calls::new([say("held", "x")]);
    let first = calls.start(&url);
    service.wait_for_held(1);
    let run = calls.apply(&url, &[]).exits(2);
    assert!(
        run.stderr.contains("another run is using the journal"),
        "{}",
        run.stderr
    );
    service.let_go();
    Run::from(first.wait_with_output().unwrap()).exits(0);
    assert_eq!(service.carried_out().into_values().collect::<Vec<_>>(), [1]);
}

#[test]
fn a_wrong_key_ends_the_run() {
    let (url, handle) = emulator();
    let calls = Calls::new((0..50).map(|number| create(&format!("room-{number}"))));
    let mut command = calls.command(&url, &["--in-flight", "1"]);
    let run = finish(command.env("TRTC_SECRET_KEY", "another"), b"").exits(3);
    assert_eq!(outcomes(&run), ["refused"]);
    assert!(run.stderr.contains("the run ends here"), "{}", run.stderr);
    assert!(
        run.stderr.contains("1 refused, 49 not reached"),
        "{}",
        run.stderr
    );
    assert_eq!(handle.counters().requests, 1);
    calls.apply(&url, &[]).exits(0);
}

#[test]
fn a_caller_that_may_not_call_ends_the_run() {
    let (url, handle) = emulator();
    let calls = Calls::new((0..50).map(|number| create(&format!("room-{number}"))));
    let mut command = calls.command_of("nobody", &url, &["--in-flight", "1"]);
    let run = finish(&mut command, b"").exits(3);
    assert_eq!(results(&run)[&1]["code"], 60_010);
    assert!(
        run.stderr.contains("1 refused, 49 not reached"),
        "{}",
        run.stderr
    );
    assert_eq!(handle.counters().requests, 1);
}

#[test]
fn without_a_connection_calls_are_not_sent_and_made_later() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let nowhere = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let calls = Calls::new([say("a", "x")]);
    let run = calls.apply(&nowhere, &["--timeout", "0.5"]).exits(3);
    assert_eq!(outcomes(&run), ["failed"]);
    assert!(calls.journal_text().contains(r#""call":"failed""#));
}

#[test]
fn no_secret_and_no_request_is_in_the_journal() {
    let (url, _handle) = emulator();
    let calls = Calls::new([create("a-room-of-mine")]);
    let run = calls.apply(&url, &[]).exits(0);
    let journal = calls.journal_text();
    for text in [KEY, "usersig", "eJ", "a-room-of-mine"] {
        assert!(!journal.contains(text), "{journal}");
        assert!(!run.stderr.contains(text) && !run.stdout.contains(text));
    }
    assert_eq!(journal.lines().count(), 3);
}

#[test]
fn what_cannot_be_read_twice_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refuses = |path: &Path, why: &str| {
        let calls = Calls {
            _folder: tempfile::tempdir().unwrap(),
            path: path.to_owned(),
        };
        let run = calls.apply("http://127.0.0.1:1", &[]).exits(2);
        assert!(run.stderr.contains(why), "{}", run.stderr);
    };
    refuses(Path::new("-"), "read twice");
    refuses(folder.path(), "no file");
    refuses(&folder.path().join("absent"), "No such file");
    let empty = folder.path().join("empty");
    std::fs::write(&empty, "\n\n").unwrap();
    refuses(&empty, "holds no call");
}

#[test]
fn a_long_file_is_checked_in_little_memory_and_read_to_its_end() {
    let (url, service) = Service::start();
    // Distinct endpoints have rates of their own, so that this does not take long.
    let calls = Calls::new((0..20_000).map(|number| destroy(&format!("room-{number}"))));
    let run = calls.apply(&url, &["--dry-run"]).exits(0);
    assert!(
        run.stderr.contains("20000 calls: 20000 to make"),
        "{}",
        run.stderr
    );
    assert!(service.carried_out().is_empty());
    let lines = (0..60).map(|number| destroy(&format!("room-{number}")));
    let lines = lines.chain((0..60).map(|number| say(&format!("room-{number}"), "x")));
    calls.write(lines);
    let run = calls.apply(&url, &[]).exits(0);
    assert_eq!(outcomes(&run), ["done"; 120]);
    let bodies: BTreeSet<String> = service.carried_out().into_keys().collect();
    assert_eq!(bodies.len(), 120);
}
