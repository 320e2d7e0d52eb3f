//! What is received. The same edits as on requests, and other classes.

use serde_json::json;

use super::{ENVELOPE, LIVE, MEETING, Planted, planted};

const ID: &str = "/response/properties/RoomId";

pub(super) fn table() -> Vec<Planted> {
    vec![
        planted(
            "a member of a reply",
            |set| {
                let member = json!({ "description": "New.", "type": "integer" });
                set.set(
                    MEETING,
                    "/response/properties",
                    json!({ "CreateTime": member }),
                );
            },
            &["reply-field-added"],
            &["reply-field-removed"],
        ),
        planted(
            "a mandatory member of a reply",
            |set| {
                let member = json!({ "description": "New.", "type": "integer" });
                set.set(LIVE, "/response/properties/CreateTime", member);
                set.set(LIVE, "/response/required", json!(["CreateTime"]));
            },
            &["reply-field-added"],
            &["reply-field-removed"],
        ),
        planted(
            "a member of a reply of another type",
            |set| set.set(LIVE, &format!("{ID}/type"), json!("integer")),
            &["type-changed"],
            &["type-changed"],
        ),
        planted(
            "a member of a reply that is always there",
            |set| set.set(LIVE, "/response/required", json!(["RoomId"])),
            &["reply-became-certain"],
            &["reply-became-uncertain"],
        ),
        planted(
            "a limit of a reply",
            |set| set.set(LIVE, &format!("{ID}/maxBytes"), json!(48)),
            &["reply-limit-tightened"],
            &["reply-limit-loosened"],
        ),
        planted(
            "a default in a reply",
            |set| set.set(LIVE, &format!("{ID}/default"), json!("live")),
            &["documentation-changed"],
            &["documentation-changed"],
        ),
        planted(
            "a unit in a reply",
            |set| set.set(LIVE, &format!("{ID}/unit"), json!("bytes")),
            &["documentation-changed"],
            &["documentation-changed"],
        ),
        Planted {
            name: "members of a reply in another order",
            before: |set| {
                let member = json!({ "description": "New.", "type": "integer" });
                set.set(LIVE, "/response/properties/CreateTime", member);
                set.set(LIVE, "/response/required", json!(["CreateTime", "RoomId"]));
            },
            plant: |set| set.move_to_end(LIVE, ID),
            forward: &["order-changed"],
            backward: &["order-changed"],
        },
        Planted {
            name: "a list that is only received is closed",
            before: |set| {
                let state = json!({
                    "description": "New.", "type": "string", "openEnum": ["On", "Off"]
                });
                set.set(LIVE, "/$defs/State", state);
                let member = json!({ "description": "New.", "$ref": "#/$defs/State" });
                set.set(LIVE, "/response/properties/State", member);
            },
            plant: |set| {
                let values = set.remove(LIVE, "/$defs/State/openEnum");
                set.set(LIVE, "/$defs/State/enum", values);
            },
            forward: &["reply-list-closed"],
            backward: &["list-opened"],
        },
        planted(
            "a member of the envelope",
            |set| {
                set.remove(ENVELOPE, "/properties/RequestId");
            },
            &["reply-field-removed"],
            &["reply-field-added"],
        ),
    ]
}
