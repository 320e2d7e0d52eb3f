//! Runs that end in the middle, and what the next one does.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command};

use super::{Calls, Service, destroy, outcomes, results, say};
use crate::support::{Run, emulator};

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
