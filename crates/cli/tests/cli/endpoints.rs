use serde_json::Value;

use crate::support::run;

#[test]
fn the_list_for_people() {
    insta::assert_snapshot!("endpoints_text", run(&["endpoints"]).exits(0).stdout);
}

#[test]
fn the_list_for_programs() {
    let run = run(&["endpoints", "--format", "json"]).exits(0);
    insta::assert_snapshot!("endpoints_json", run.stdout);
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
        assert_eq!(each["page"]["updated"].as_str().unwrap().len(), 10);
    }
}
