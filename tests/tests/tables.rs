//! The tables typed by hand: what cannot be understood is an error with its line, and
//! requests are judged as the table says.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use trtc_rooms_contract::documented::{Table, Tables};
use trtc_rooms_contract::verdict::Verdict;

const TABLE: &str = "\
# Live: Example

- Page: 647/1, undated
- Path: v4/live_engine_http_srv/example
- Rate: 200 in 1 s
- Regions: china
- Payload: none
- Repeat: safe

## Request

| Field | Type | Required | Limits |
|---|---|---|---|
| RoomInfo | Object | yes | |
| RoomInfo.RoomId | String | yes | at most 4 bytes |
| RoomInfo.Owner_Account | Account | no | |
| RoomInfo.Mode | String | no | among `A`, `B`; `a` means `A` |
| RoomInfo.Seats | Integer | no | effect only with Mode `A` |
| Tags | Array of Integer | no | at most 2 items |

## Codes

| Code | Class | Retry | Meaning |
|---|---|---|---|
| 100001 | server | later | fails |
";

fn judge(request: &Value) -> Verdict {
    let table = Table::read("live/example", TABLE).unwrap();
    table.judge(request, &mut |_| ())
}

/// A request with a room that has these members beside its id.
fn room(members: &Value) -> Value {
    let mut request = json!({ "RoomInfo": { "RoomId": "r" } });
    for (name, value) in members.as_object().unwrap() {
        request["RoomInfo"][name] = value.clone();
    }
    request
}

#[test]
fn requests_are_judged_by_the_table() {
    let tags = |tags: Value| json!({ "RoomInfo": { "RoomId": "r" }, "Tags": tags });
    for (request, expected) in [
        (room(&json!({ "RoomId": "房a" })), "accepts it"),
        (
            room(&json!({ "RoomId": "房é" })),
            "/RoomInfo/RoomId maxBytes (100002)",
        ),
        (json!({}), "/RoomInfo required (100002)"),
        (json!([]), "(request) type (100002)"),
        (
            room(&json!({ "RoomId": 1 })),
            "/RoomInfo/RoomId type (100002)",
        ),
        (
            room(&json!({ "Owner_Account": 1 })),
            "/RoomInfo/Owner_Account type (60015)",
        ),
        (tags(json!([1, 2.0])), "accepts it"),
        (tags(json!([1, 2.5])), "/Tags/1 type (100002)"),
        (tags(json!([1, "x", null])), "/Tags maxItems (100002)"),
        (
            tags(json!([9_223_372_036_854_775_808u64])),
            "/Tags/0 type (100002)",
        ),
        (
            room(&json!({ "Mode": "C" })),
            "accepts it, hint /RoomInfo/Mode unknownValue",
        ),
        (room(&json!({ "Mode": "a", "Seats": 1 })), "accepts it"),
        (
            room(&json!({ "Mode": "B", "Seats": 1 })),
            "accepts it, hint /RoomInfo/Seats noEffect",
        ),
        (room(&json!({ "Seats": 1 })), "accepts it"),
        (
            room(&json!({ "a/b": 1 })),
            "accepts it, hint /RoomInfo/a~1b unknownField",
        ),
    ] {
        assert_eq!(judge(&request).to_string(), expected, "{request}");
    }
}

#[test]
fn what_is_not_understood_is_named_with_its_line() {
    let room_id = "| RoomInfo.RoomId | String | yes";
    for (from, to, expected) in [
        (
            "at most 4 bytes",
            "up to 4 bytes",
            ":15: `up to 4 bytes` is not understood",
        ),
        (
            room_id,
            "| RoomInfo.RoomId | Text | yes",
            ":15: `Text` is no type",
        ),
        (
            room_id,
            "| RoomInfo.RoomId | String | maybe",
            ":15: `maybe` is neither",
        ),
        (
            "| RoomInfo.Seats |",
            "| Room.Seats |",
            ":18: there is no row above for `Room`",
        ),
        ("| Tags |", "| RoomInfo |", ":19: `RoomInfo` stands twice"),
        (
            "- Rate: 200 in 1 s",
            "- Rate: 200/s",
            ":5: `200 in 1 s` is expected",
        ),
        ("- Regions: china\n", "", ":1: `- Regions: ..` is missing"),
        (
            "- Repeat: safe",
            "- Repeat: safe\n- Colour: red",
            ":9: there is no `Colour`",
        ),
        (
            "| 100001 | server",
            "| 100001 | sever",
            ":25: `sever` is none of",
        ),
        ("| later |", "| soon |", ":25: `soon` is no advice"),
        (
            "| at most 2 items |",
            "| at most 2 items | |",
            ":19: 4 cells are needed",
        ),
        ("## Codes", "## Code", ":1: the part `## Codes` is missing"),
        (
            "`a` means `A`",
            "`a` means `C`",
            ":17: `C` is not in the list",
        ),
    ] {
        assert!(TABLE.contains(from), "{from}");
        let mistakes = Table::read("live/example", &TABLE.replacen(from, to, 1)).unwrap_err();
        let mistake = mistakes[0].to_string();
        assert!(
            mistake.starts_with("tests/documented/live/example.md:"),
            "{mistake}"
        );
        assert!(
            mistake.contains(expected),
            "{mistake} instead of {expected}"
        );
    }
}

#[test]
fn the_mistakes_of_all_files_are_told_at_once() {
    let wrong = TABLE.replace("in 1 s", "per s").replace("later", "soon");
    let names = ["live/a", "live/b"].map(|name| (name.to_owned(), wrong.clone()));
    assert_eq!(
        Tables::from_texts(&BTreeMap::from(names))
            .unwrap_err()
            .len(),
        4
    );
}
