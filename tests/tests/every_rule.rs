//! An endpoint with every rule that the dialect has, so that what is derived from a
//! schema, and the oracles, are tried before a page states such a rule.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use trtc_rooms_contract::agreement::First;
use trtc_rooms_contract::deviations::Deviations;
use trtc_rooms_contract::documented::Tables;
use trtc_rooms_contract::{Harness, Options};
use trtc_rooms_schema::SchemaSet;

const TABLE: &str = "
# Live: every rule

- Page: 647/1, 2026-01-01
- Path: v4/live_engine_http_srv/every_rule
- Rate: 10 in 1 s
- Regions: singapore
- Payload: none
- Repeat: unsafe

## Request

| Field | Type | Required | Limits |
|---|---|---|---|
| (request) | | | at least one of Key, Count; all or none of From, Until |
| Key | String | no | at least 3 bytes; at most 8 bytes (100504) |
| Count | Integer | no | at least -5; at most 100 |
| Ratio | Number | no | |
| From | Integer | no | Unix seconds |
| Until | Integer | no | minus From at least 0 (100013); minus From at most 60 (100013) |
| Pairs | Array of Object | yes | at least 1 item; at most 3 items (100500); bytes of Value add up to at most 20 (100502) |
| Pairs[].Key | String | yes | at most 4 bytes |
| Pairs[].Value | String | no | at most 12 bytes (100501) |
| Labels | Map of String | no | bytes add up to at most 10 (100502) |
| Labels{} | String | | at most 6 bytes |
| Ids_Account | Array of Account | no | at most 2 items |
| Ids_Account[] | Account | | at least 1 byte; at most 32 bytes |
| Inner | Object | no | |
| Inner.Deep | Object | yes | |
| Inner.Deep.Mode | String | yes | only `Fast`, `Slow` |
| Inner.Deep.Speed | Integer | no | effect only with Mode `Fast` |

## Codes

| Code | Class | Retry | Meaning |
|---|---|---|---|
| 100002 | request | never | invalid |
";

fn schema() -> Value {
    json!({
        "$schema": "../dialect.json",
        "title": "Every rule",
        "description": "Has every rule of the dialect.",
        "endpoint": {
            "path": "v4/live_engine_http_srv/every_rule",
            "group": "rooms",
            "rate": { "calls": 10, "perSeconds": 1 },
            "regions": ["singapore"],
            "page": { "title": "Every Rule", "url": "https://trtc.io/document/1", "updated": "2026-01-01" },
            "repeat": { "safe": false, "reason": "It is not known what it does." },
            "payload": "nested",
        },
        "type": "object",
        "properties": properties(),
        "required": ["Pairs"],
        "differences": [{ "of": "Until", "minus": "From", "minimum": 0, "maximum": 60 }],
        "sums": [
            { "over": "Pairs", "member": "Value", "maximum": 20 },
            { "over": "Labels", "maximum": 10 },
        ],
        "limitCodes": { "differences": 100_013, "sums": 100_502 },
        "atLeastOneOf": [["Key", "Count"]],
        "requiredTogether": [["From", "Until"]],
        "$defs": {
            "Mode": {
                "description": "A mode.",
                "type": "string",
                "enum": ["Fast", "Slow"],
                "valueDescriptions": { "Fast": "Fast.", "Slow": "Slow." },
            },
            "Pair": {
                "description": "A pair.",
                "type": "object",
                "properties": {
                    "Key": { "description": "A key.", "type": "string", "maxBytes": 4 },
                    "Value": {
                        "description": "A value.",
                        "type": "string",
                        "maxBytes": 12,
                        "limitCodes": { "maxBytes": 100_501 },
                    },
                },
                "required": ["Key"],
            },
        },
        "response": { "description": "Nothing.", "type": "object" },
        "codes": [{
            "code": 100_002, "name": "InvalidParameter", "class": "request", "retry": "never",
            "meaning": "A parameter is invalid.", "remedy": "Correct the request.",
        }],
    })
}

fn properties() -> Value {
    json!({
        "Key": {
            "description": "A key.",
            "type": "string",
            "minBytes": 3,
            "maxBytes": 8,
            "limitCodes": { "maxBytes": 100_504 },
        },
        "Count": { "description": "A count.", "type": "integer", "minimum": -5, "maximum": 100 },
        "Ratio": { "description": "A ratio.", "type": "number" },
        "From": { "description": "A time.", "type": "integer", "unit": "unixSeconds" },
        "Until": { "description": "A time.", "type": "integer" },
        "Pairs": {
            "description": "Pairs.",
            "type": "array",
            "minItems": 1,
            "maxItems": 3,
            "limitCodes": { "maxItems": 100_500 },
            "items": { "$ref": "#/$defs/Pair" },
        },
        "Labels": {
            "description": "Labels.",
            "type": "object",
            "additionalProperties": { "type": "string", "maxBytes": 6 },
        },
        "Ids_Account": {
            "description": "Accounts.",
            "type": "array",
            "maxItems": 2,
            "items": {
                "type": "string",
                "minBytes": 1,
                "maxBytes": 32,
                "limitCodes": { "type": 60_015 },
            },
        },
        "Inner": {
            "description": "An object.",
            "type": "object",
            "properties": { "Deep": {
                "description": "An object in an object.",
                "type": "object",
                "properties": {
                    "Mode": { "$ref": "#/$defs/Mode" },
                    "Speed": {
                        "description": "A speed.",
                        "type": "integer",
                        "appliesWhen": { "member": "Mode", "values": ["Fast"] },
                    },
                },
                "required": ["Mode"],
            } },
            "required": ["Deep"],
        },
    })
}

/// The files that the endpoint stands beside.
fn neighbours() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let names = [
        "common/codes.json",
        "common/regions.json",
        "common/room_codes.json",
        "live/product.json",
        "seats/product.json",
    ];
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    names
        .iter()
        .map(|name| ((*name).to_owned(), read(name)))
        .collect()
}

#[test]
fn every_rule_of_the_dialect_is_judged_alike() {
    let mut files = neighbours();
    files.insert("live/every_rule.json".to_owned(), schema().to_string());
    let schemas = SchemaSet::from_files(files).unwrap_or_else(|problems| panic!("{problems}"));
    let texts = BTreeMap::from([("live/every_rule".to_owned(), TABLE.to_owned())]);
    let tables = Tables::from_texts(&texts).unwrap_or_else(|mistakes| panic!("{}", mistakes[0]));
    let harness =
        Harness::new(&schemas, &tables, Deviations::default(), First::Interpreter).unwrap();
    let options = Options {
        cases: 3_000,
        ..Options::default()
    };
    let outcome = harness.run(&options, &mut |_| ()).unwrap();
    assert!(outcome.report.is_ok(), "{}", outcome.report.to_text());
}
