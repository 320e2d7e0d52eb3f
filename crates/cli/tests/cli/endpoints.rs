use serde_json::Value;

use crate::support::run;

#[test]
fn the_list_for_people() {
    insta::assert_snapshot!(
        "endpoints_text",
        run(&["endpoints", "create_room"]).exits(0).stdout
    );
    // What was not readable on its page is told.
    insta::assert_snapshot!(
        "endpoints_incomplete",
        run(&["endpoints", "SET_MIX"]).exits(0).stdout
    );
    assert_eq!(run(&["endpoints", "no such call"]).exits(0).stdout, "");
}

#[test]
fn the_list_for_programs() {
    let few = run(&["endpoints", "create_room", "--format", "json"]).exits(0);
    insta::assert_snapshot!("endpoints_json", few.stdout);
    let run = run(&["endpoints", "--format", "json"]).exits(0);
    let Value::Array(list) = run.json() else {
        panic!("{}", run.stdout);
    };
    let live = list
        .iter()
        .find(|each| each["name"] == "live/create_room")
        .unwrap();
    assert_eq!(live["path"], "/v4/live_engine_http_srv/create_room");
    assert_eq!(live["rate"]["calls"], 200);
    assert_eq!(live["rate"]["per_seconds"], 1);
    for each in &list {
        assert!(
            each["page"]["url"]
                .as_str()
                .unwrap()
                .starts_with("https://")
        );
        let updated = &each["page"]["updated"];
        assert!(
            updated.is_null() || updated.as_str().unwrap().len() == 10,
            "{each}"
        );
    }
}
