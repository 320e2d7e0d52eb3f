//! Which calls are made, in which order, and what is said of them.

use std::collections::BTreeSet;
use std::net::TcpListener;

use super::{Calls, Service, create, destroy, outcomes, rename, results, say};
use crate::support::{emulator, finish};

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
fn a_long_file_is_read_to_its_end() {
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
