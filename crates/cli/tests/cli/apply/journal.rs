//! The journal: cut off, damaged, shared, and without secrets.

use super::{Calls, Service, create, outcomes, say};
use crate::support::{APP, KEY, Run, emulator};

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
