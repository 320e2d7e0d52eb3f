//! Battles.

use serde_json::{Value, json};

use crate::testing::{Desk, LIVE, live};

fn path(command: &str) -> String {
    format!("/v4/live_engine_http_pk/{command}")
}

#[test]
fn rooms_battle_score_and_are_free_again() {
    let mut desk = Desk::new();
    for id in ["a", "b", "c"] {
        desk.ok(LIVE, &live(id));
    }
    let create = |to: Value| json!({ "FromRoomId": "a", "ToRoomIdList": to, "Duration": 90_000 });
    let reply = desk.ok(&path("create_battle"), &create(json!(["b", "nowhere"])));
    let codes: Vec<&Value> = reply["Response"]["Result"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| &result["ResultCode"])
        .collect();
    assert_eq!(codes, [&json!(0), &json!(5)]);
    let id = reply["Response"]["BattleId"].clone();
    let busy = desk.ok(&path("create_battle"), &create(json!(["c"])));
    assert_eq!(busy["Response"]["Result"][0]["ResultCode"], 3);

    let score = |kind: i64, score: i64| {
        let list = json!([{ "RoomId": "b", "Score": score }, { "RoomId": "x", "Score": 1 }]);
        json!({ "BattleId": id, "OpType": kind, "ScoreList": list })
    };
    desk.ok(&path("set_battle_score"), &score(2, 5));
    let reply = desk.ok(&path("set_battle_score"), &score(1, 3));
    assert_eq!(reply["Response"]["Result"][1]["ResultCode"], 1);
    let info = desk.ok(&path("get_battle_info"), &json!({ "BattleId": id }));
    assert_eq!(info["Response"]["ToRoomList"][0]["Score"], 8);
    assert_eq!(info["Response"]["FromRoomInfo"]["RoomId"], "a");
    assert_eq!(
        desk.code(&path("get_battle_info"), &json!({ "BattleId": "x" })),
        100_411
    );
    desk.wait_millis(90_000);
    let free = desk.ok(&path("create_battle"), &create(json!(["c"])));
    assert_eq!(free["Response"]["Result"][0]["ResultCode"], 0);
}
