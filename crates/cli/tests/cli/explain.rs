use serde_json::json;

use crate::support::run;

#[test]
fn the_own_page_counts() {
    let run = run(&["explain", "100003", "live/create_room"]).exits(0);
    insta::assert_snapshot!("explain_own", run.stdout);
}

#[test]
fn the_common_tables_come_second() {
    let run = run(&["explain", "70001", "live/create_room"]).exits(0);
    assert!(run.stdout.starts_with("70001 TicketExpired\n"));
    assert!(
        run.stdout
            .contains("source   the tables that are common to all endpoints")
    );
}

#[test]
fn without_an_endpoint_every_meaning_is_listed() {
    insta::assert_snapshot!("explain_all", run(&["explain", "100012"]).exits(0).stdout);
    let json = run(&["explain", "100012", "--format", "json"])
        .exits(0)
        .json();
    assert_eq!(json["known"], true);
    let meanings = json["meanings"].as_array().unwrap();
    assert_eq!(meanings[0]["source"], "common");
    assert_eq!(meanings[1]["source"], "page");
    assert!(
        meanings[1]["endpoints"]
            .as_array()
            .unwrap()
            .contains(&json!("live/create_room"))
    );
    assert_eq!(meanings[1]["class"], "rateLimit");
    assert_eq!(meanings[1]["retry"], json!({ "afterSeconds": 1 }));
}

#[test]
fn an_unknown_code() {
    for (arguments, message) in [
        (&["explain", "100999"][..], "error: no page lists 100999\n"),
        (
            &["explain", "700001"],
            "error: no page lists 700001; codes that look alike: 100001, 70001\n",
        ),
        (
            &["explain", "100999", "live/create_room"],
            "error: neither the page of live/create_room nor the common tables list 100999",
        ),
        (&["explain", "-1"], "error: no page lists -1\n"),
        (&["explain", "0"], "error: no page lists 0\n"),
    ] {
        let run = run(arguments).exits(1);
        assert!(run.stderr.starts_with(message), "{}", run.stderr);
        assert!(run.stdout.is_empty());
    }
    let run = run(&["explain", "700001", "--format", "json"]).exits(1);
    assert_eq!(run.json()["known"], false);
    assert_eq!(run.json()["near"], json!([100_001, 70_001]));
    assert!(run.stderr.is_empty());
}

#[test]
fn an_unknown_endpoint() {
    let run = run(&["explain", "100012", "live/creat_room"]).exits(2);
    assert!(run.stderr.contains("did you mean live/create_room?"));
}
