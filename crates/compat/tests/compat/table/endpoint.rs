//! Where an endpoint is called and how it behaves, and whole files.

#![allow(clippy::too_many_lines, reason = "a table")]

use serde_json::json;

use super::{LIVE, MEETING, Planted, UPDATE, planted};

pub(super) fn table() -> Vec<Planted> {
    vec![
        planted(
            "an endpoint",
            |set| {
                let mut file = set.file(UPDATE).clone();
                file["endpoint"]["path"] = json!("v4/live_engine_http_srv/pause_room");
                file["$defs"] = json!({
                    "Mood": { "description": "New.", "type": "string", "enum": ["Good", "Bad"] }
                });
                set.add_file("live/pause_room.json", file);
            },
            &["endpoint-added"],
            &["endpoint-removed"],
        ),
        planted(
            "a product",
            |set| {
                let mut file = set.file("live/product.json").clone();
                let product = file["product"].as_object_mut().unwrap();
                product.retain(|member, _| member == "page");
                set.add_file("music/product.json", file);
            },
            &["product-added"],
            &["product-removed"],
        ),
        planted(
            "another path",
            |set| {
                set.set(
                    LIVE,
                    "/endpoint/path",
                    json!("v4/live_room_http_srv/create_room"),
                );
            },
            &["path-changed"],
            &["path-changed"],
        ),
        planted(
            "data in another place of the reply",
            |set| set.set(LIVE, "/endpoint/payload", json!("nested")),
            &["payload-place-changed"],
            &["payload-place-changed"],
        ),
        planted(
            "fewer calls per second",
            |set| set.add(LIVE, "/endpoint/rate/calls", -1),
            &["rate-narrowed"],
            &["rate-widened"],
        ),
        planted(
            "the same number of calls in more time",
            |set| set.add(LIVE, "/endpoint/rate/perSeconds", 1),
            &["rate-narrowed"],
            &["rate-widened"],
        ),
        planted(
            "twice the calls in twice the time: a burst is allowed",
            |set| {
                let calls = set.at(LIVE, "/endpoint/rate/calls").as_i64().unwrap();
                let rate = json!({ "calls": calls * 2, "perSeconds": 2 });
                set.set(LIVE, "/endpoint/rate", rate);
            },
            &["rate-widened"],
            &["rate-narrowed"],
        ),
        planted(
            "no rate for one room",
            |set| {
                set.remove(MEETING, "/endpoint/otherRates");
            },
            &["rate-widened"],
            &["rate-narrowed"],
        ),
        planted(
            "a lower rate for one room",
            |set| set.add(MEETING, "/endpoint/otherRates/0/perSeconds", 1),
            &["rate-narrowed"],
            &["rate-widened"],
        ),
        planted(
            "a rate that is answered with another code",
            |set| set.set(MEETING, "/endpoint/otherRates/0/code", json!(60_007)),
            &["limit-code-changed"],
            &["limit-code-changed"],
        ),
        planted(
            "a region",
            |set| set.push(LIVE, "/endpoint/regions", json!("seoul")),
            &["region-offered"],
            &["region-withdrawn"],
        ),
        planted(
            "regions in another order",
            |set| {
                let regions = set.at(LIVE, "/endpoint/regions");
                regions.as_array_mut().unwrap().reverse();
            },
            &["order-changed"],
            &["order-changed"],
        ),
        planted(
            "a call that cannot be repeated",
            |set| set.set(UPDATE, "/endpoint/repeat/safe", json!(false)),
            &["repeat-withdrawn"],
            &["repeat-granted"],
        ),
        planted(
            "a code that tells of a first call",
            |set| set.push(LIVE, "/endpoint/repeat/doneCodes", json!(100_003)),
            &["done-code-added"],
            &["done-code-removed"],
        ),
        planted(
            "another reason to repeat",
            |set| set.set(LIVE, "/endpoint/repeat/reason", json!("It is.")),
            &["documentation-changed"],
            &["documentation-changed"],
        ),
        planted(
            "a newer page",
            |set| set.set(LIVE, "/endpoint/page/updated", json!("2030-01-01")),
            &["page-changed"],
            &["page-changed"],
        ),
        planted(
            "a newer overview",
            |set| {
                set.set(
                    "live/product.json",
                    "/product/page/updated",
                    json!("2030-01-01"),
                );
            },
            &["page-changed"],
            &["page-changed"],
        ),
        planted(
            "a fact that nobody knows",
            |set| set.set(LIVE, "/endpoint/burst", json!(true)),
            &["unclassified"],
            &["unclassified"],
        ),
    ]
}
