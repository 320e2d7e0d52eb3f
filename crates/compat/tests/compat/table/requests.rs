//! Members of requests and what is said about one of them.

use serde_json::json;

use super::{LIVE, MEETING, Planted, UPDATE, planted};

const ROOM: &str = "/properties/RoomInfo";
const NAME: &str = "/properties/RoomInfo/properties/RoomName";

pub(super) fn table() -> Vec<Planted> {
    let mut table = members();
    table.extend(limits());
    table.extend(other_keywords());
    table
}

fn members() -> Vec<Planted> {
    vec![
        planted(
            "an optional member",
            |set| {
                let member = json!({ "description": "New.", "type": "string" });
                set.set(LIVE, &format!("{ROOM}/properties/Notice"), member);
            },
            &["optional-field-added"],
            &["field-removed"],
        ),
        planted(
            "a mandatory member",
            |set| {
                let member = json!({ "description": "New.", "type": "string" });
                set.set(LIVE, &format!("{ROOM}/properties/Notice"), member);
                set.push(LIVE, &format!("{ROOM}/required"), json!("Notice"));
            },
            &["required-field-added"],
            &["field-removed"],
        ),
        planted(
            "an object of its own, written in place",
            |set| {
                let member = json!({
                    "description": "New.",
                    "type": "object",
                    "properties": { "Text": { "description": "New.", "type": "string" } }
                });
                set.set(LIVE, "/properties/Greeting", member);
            },
            &["optional-field-added"],
            &["field-removed"],
        ),
        planted(
            "a member under another name",
            |set| {
                let member = set.remove(UPDATE, &format!("{ROOM}/properties/Notice"));
                set.set(UPDATE, &format!("{ROOM}/properties/Notification"), member);
            },
            &["field-removed", "optional-field-added"],
            &["field-removed", "optional-field-added"],
        ),
        planted(
            "optional to mandatory",
            |set| set.push(LIVE, &format!("{ROOM}/required"), json!("RoomName")),
            &["became-required"],
            &["became-optional"],
        ),
        planted(
            "arguments of `new` swapped",
            |set| set.move_to_end(LIVE, &format!("{ROOM}/properties/RoomId")),
            &["arguments-reordered"],
            &["arguments-reordered"],
        ),
        planted(
            "optional members in another order",
            |set| set.move_to_end(LIVE, NAME),
            &["order-changed"],
            &["order-changed"],
        ),
        planted(
            "an integer becomes a text",
            |set| {
                let pointer = format!("{ROOM}/properties/ActivityStatus/type");
                set.set(LIVE, &pointer, json!("string"));
            },
            &["type-changed"],
            &["type-changed"],
        ),
        planted(
            "elements of another type",
            |set| {
                let pointer = format!("{ROOM}/properties/Category/items/type");
                set.set(LIVE, &pointer, json!("string"));
            },
            &["type-changed"],
            &["type-changed"],
        ),
        planted(
            "a text becomes a value list",
            |set| {
                let list = json!({ "$ref": "../common/rooms.json#/$defs/TakeSeatMode" });
                set.set(LIVE, NAME, list);
            },
            &["type-changed"],
            &["type-changed"],
        ),
    ]
}

fn limits() -> Vec<Planted> {
    vec![
        planted(
            "fewer bytes at most",
            |set| set.add(LIVE, &format!("{NAME}/maxBytes"), -1),
            &["limit-tightened"],
            &["limit-loosened"],
        ),
        planted(
            "no limit of bytes any more",
            |set| {
                set.remove(LIVE, &format!("{NAME}/maxBytes"));
            },
            &["limit-loosened"],
            &["limit-tightened"],
        ),
        planted(
            "bytes at least",
            |set| set.set(LIVE, &format!("{NAME}/minBytes"), json!(1)),
            &["limit-tightened"],
            &["limit-loosened"],
        ),
        planted(
            "no bytes at least, which is no limit",
            |set| set.set(LIVE, &format!("{NAME}/minBytes"), json!(0)),
            &["restated"],
            &["restated"],
        ),
        planted(
            "fewer elements at most",
            |set| {
                let pointer = format!("{ROOM}/properties/Category/maxItems");
                set.add(LIVE, &pointer, -1);
            },
            &["limit-tightened"],
            &["limit-loosened"],
        ),
        planted(
            "elements at least",
            |set| {
                let pointer = format!("{ROOM}/properties/Category/minItems");
                set.set(LIVE, &pointer, json!(1));
            },
            &["limit-tightened"],
            &["limit-loosened"],
        ),
        Planted {
            name: "a number may be smaller",
            before: |set| {
                let pointer = format!("{ROOM}/properties/MaxSeatCount/minimum");
                set.set(LIVE, &pointer, json!(1));
            },
            plant: |set| {
                let pointer = format!("{ROOM}/properties/MaxSeatCount/minimum");
                set.add(LIVE, &pointer, -1);
            },
            forward: &["limit-loosened"],
            backward: &["limit-tightened"],
        },
        planted(
            "a number has a maximum",
            |set| {
                let pointer = format!("{ROOM}/properties/MaxSeatCount/maximum");
                set.set(LIVE, &pointer, json!(50));
            },
            &["limit-tightened"],
            &["limit-loosened"],
        ),
        planted(
            "a limit of each element",
            |set| {
                let pointer = format!("{ROOM}/properties/Category/items/maximum");
                set.set(LIVE, &pointer, json!(50));
            },
            &["limit-tightened"],
            &["limit-loosened"],
        ),
        planted(
            "a limit that is answered with another code",
            |set| {
                let codes = json!({ "maxBytes": 100_026 });
                set.set(LIVE, &format!("{NAME}/limitCodes"), codes);
            },
            &["limit-code-changed"],
            &["limit-code-changed"],
        ),
        planted(
            "a limit that names the code which it has in any case",
            |set| {
                let codes = json!({ "maxBytes": 100_002 });
                set.set(LIVE, &format!("{NAME}/limitCodes"), codes);
            },
            &["restated"],
            &["restated"],
        ),
    ]
}

fn other_keywords() -> Vec<Planted> {
    vec![
        planted(
            "another default",
            |set| {
                let pointer = format!("{ROOM}/properties/IsPublicVisible/default");
                set.set(LIVE, &pointer, json!(false));
            },
            &["default-changed"],
            &["default-changed"],
        ),
        planted(
            "a default that was not stated",
            |set| {
                let pointer = format!("{ROOM}/properties/IsPublicVisible/default");
                set.set(UPDATE, &pointer, json!(true));
            },
            &["default-restated"],
            &["default-restated"],
        ),
        planted(
            "a default in other words",
            |set| set.set(LIVE, &format!("{NAME}/serverDefault"), json!("nothing")),
            &["default-restated"],
            &["default-restated"],
        ),
        planted(
            "another unit",
            |set| {
                let pointer = format!("{ROOM}/properties/ScheduleStartTime/unit");
                set.set(MEETING, &pointer, json!("seconds"));
            },
            &["unit-changed"],
            &["unit-changed"],
        ),
        planted(
            "a unit that was not stated",
            |set| {
                let pointer = format!("{ROOM}/properties/ActivityStatus/unit");
                set.set(LIVE, &pointer, json!("unixSeconds"));
            },
            &["hint-changed"],
            &["hint-changed"],
        ),
        planted(
            "an effect under fewer conditions",
            |set| {
                let pointer = format!("{ROOM}/properties/MaxSeatCount/appliesWhen/values");
                set.set(LIVE, &pointer, json!(["Karaoke"]));
            },
            &["hint-changed"],
            &["hint-changed"],
        ),
        planted(
            "a keyword that nobody knows",
            |set| set.set(LIVE, &format!("{NAME}/pattern"), json!("^[a-z]*$")),
            &["unclassified"],
            &["unclassified"],
        ),
    ]
}
