//! What is checked before anything is sent.

use std::path::Path;

use serde_json::json;

use super::{Calls, create, line, outcomes};
use crate::support::emulator;

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
