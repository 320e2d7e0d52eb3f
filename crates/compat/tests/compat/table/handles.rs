//! Where users find calls and events, and what the comparison does not know yet.

use serde_json::json;

use super::{CODES, LIVE, Planted, planted};

const PRODUCT: &str = "live/product.json";

pub(super) fn table() -> Vec<Planted> {
    let mut table = handles();
    table.extend(paging());
    table.extend(unknown());
    table
}

fn handles() -> Vec<Planted> {
    vec![
        planted(
            "a group of calls",
            |set| {
                let group = json!({ "description": "New." });
                set.set(PRODUCT, "/product/groups/polls", group);
            },
            &["handle-added"],
            &["handle-removed"],
        ),
        planted(
            "what a group is about",
            |set| set.set(PRODUCT, "/product/groups/rooms/description", json!("All.")),
            &["documentation-changed"],
            &["documentation-changed"],
        ),
        planted(
            "a product that serves another one as well",
            |set| set.push(PRODUCT, "/product/shares", json!("conference")),
            &["handle-added"],
            &["handle-removed"],
        ),
        planted(
            "a call in another group",
            |set| set.set(LIVE, "/endpoint/group", json!("robots")),
            &["method-regrouped"],
            &["method-regrouped"],
        ),
        Planted {
            before: |set| {
                set.remove(LIVE, "/endpoint/group");
            },
            ..planted(
                "a call that gets a group",
                |set| set.set(LIVE, "/endpoint/group", json!("rooms")),
                &["method-grouped"],
                &["method-regrouped"],
            )
        },
        planted(
            "a webhook event",
            |set| {
                let event = json!({
                    "title": "A room was made", "event": { "command": "Live.AfterCreate" },
                    "type": "object", "properties": { "RoomId": { "type": "string" } },
                    "$defs": { "Mood": { "type": "string", "enum": ["Good"] } }
                });
                set.add_file("callbacks/after_create.json", event);
            },
            &["event-added"],
            &["event-removed"],
        ),
    ]
}

fn paging() -> Vec<Planted> {
    vec![
        planted(
            "a call that is one page of a list",
            |set| {
                let list = json!({ "items": "List", "mark": "NextOffset", "next": "Offset" });
                set.set(LIVE, "/endpoint/list", list);
            },
            &["paging-added"],
            &["paging-changed"],
        ),
        Planted {
            before: |set| {
                let list = json!({ "items": "List", "mark": "NextOffset", "next": "Offset" });
                set.set(LIVE, "/endpoint/list", list);
            },
            ..planted(
                "a list that goes on by another member",
                |set| set.set(LIVE, "/endpoint/list/next", json!("Cursor")),
                &["paging-changed"],
                &["paging-changed"],
            )
        },
        planted(
            "a rate that calls share",
            |set| set.set(LIVE, "/endpoint/rate/sharedBy", json!("mixing")),
            &["rate-narrowed"],
            &["rate-widened"],
        ),
        planted(
            "another name for a member of a reply",
            |set| {
                let names = json!(["RoomID"]);
                set.set(LIVE, "/response/properties/RoomId/alsoNamed", names);
            },
            &["reply-name-added"],
            &["reply-name-removed"],
        ),
        planted(
            "what could not be read on a page",
            |set| {
                let part = json!([{ "about": "/codes", "reason": "The table is cut." }]);
                set.set(LIVE, "/incomplete", part);
            },
            &["documentation-changed"],
            &["documentation-changed"],
        ),
    ]
}

/// Members of a dialect that is newer than the comparison: whatever they are and
/// wherever they stand, a person has to judge them.
fn unknown() -> Vec<Planted> {
    const UNKNOWN: &[&str] = &["unclassified"];
    vec![
        planted(
            "an unknown member of a file",
            |set| set.set(LIVE, "/newMember", json!({ "a": [1] })),
            UNKNOWN,
            UNKNOWN,
        ),
        planted(
            "an unknown member of an endpoint",
            |set| set.set(LIVE, "/endpoint/newMember", json!("a")),
            UNKNOWN,
            UNKNOWN,
        ),
        planted(
            "an unknown member of a rate",
            |set| set.set(LIVE, "/endpoint/rate/newMember", json!(true)),
            UNKNOWN,
            UNKNOWN,
        ),
        planted(
            "an unknown member of a page",
            |set| set.set(LIVE, "/endpoint/page/newMember", json!(1)),
            UNKNOWN,
            UNKNOWN,
        ),
        planted(
            "an unknown member of a product",
            |set| set.set(PRODUCT, "/product/newMember", json!([])),
            UNKNOWN,
            UNKNOWN,
        ),
        planted(
            "an unknown member of a group",
            |set| set.set(PRODUCT, "/product/groups/rooms/newMember", json!([])),
            UNKNOWN,
            UNKNOWN,
        ),
        planted(
            "an unknown member of a code",
            |set| set.set(CODES, "/codes/0/newMember", json!(null)),
            UNKNOWN,
            UNKNOWN,
        ),
        planted(
            "an unknown keyword of a member",
            |set| {
                let pointer = "/properties/RoomInfo/properties/RoomId/newKeyword";
                set.set(LIVE, pointer, json!(3));
            },
            UNKNOWN,
            UNKNOWN,
        ),
        planted(
            "an unknown keyword of a reply",
            |set| set.set(LIVE, "/response/properties/RoomId/newKeyword", json!([])),
            UNKNOWN,
            UNKNOWN,
        ),
        Planted {
            before: |set| {
                let event = json!({ "event": { "command": "A" }, "type": "object" });
                set.add_file("callbacks/a.json", event);
            },
            ..planted(
                "an unknown member of an event",
                |set| set.set("callbacks/a.json", "/event/newMember", json!("a")),
                UNKNOWN,
                UNKNOWN,
            )
        },
        planted(
            "a file of an unknown purpose",
            |set| set.add_file("live/plan.json", json!({ "plan": { "a": 1 } })),
            UNKNOWN,
            UNKNOWN,
        ),
    ]
}
