//! What only people read.

use serde_json::json;

use super::{LIVE, Planted, ROOMS, planted};

pub(super) fn table() -> Vec<Planted> {
    vec![
        planted(
            "a title",
            |set| set.set(LIVE, "/title", json!("Open a room")),
            &["documentation-changed"],
            &["documentation-changed"],
        ),
        planted(
            "a description",
            |set| set.set(LIVE, "/properties/RoomInfo/description", json!("A room.")),
            &["documentation-changed"],
            &["documentation-changed"],
        ),
        planted(
            "a description of a shared definition: told once, not at each use",
            |set| set.set(ROOMS, "/$defs/TakeSeatMode/description", json!("How.")),
            &["documentation-changed"],
            &["documentation-changed"],
        ),
        planted(
            "what a value means",
            |set| {
                let pointer = "/$defs/RoomType/valueDescriptions/Live";
                set.set(ROOMS, pointer, json!("A room."));
            },
            &["documentation-changed"],
            &["documentation-changed"],
        ),
        planted(
            "a limit that nobody enforces",
            |set| {
                let pointer = "/properties/RoomInfo/properties/MaxSeatCount/recordedLimits";
                set.remove(LIVE, pointer);
            },
            &["documentation-changed"],
            &["documentation-changed"],
        ),
        planted(
            "a remark for maintainers",
            |set| set.set(LIVE, "/$comment", json!("To do.")),
            &["documentation-changed"],
            &["documentation-changed"],
        ),
        planted(
            "a quirk",
            |set| {
                set.remove(LIVE, "/quirks/0");
            },
            &["quirks-changed"],
            &["quirks-changed"],
        ),
        planted(
            "an example",
            |set| {
                set.remove(LIVE, "/examples/1");
            },
            &["examples-changed"],
            &["examples-changed"],
        ),
        planted(
            "a counterexample",
            |set| {
                set.remove(LIVE, "/counterexamples/0");
            },
            &["examples-changed"],
            &["examples-changed"],
        ),
        planted(
            "an example of a reply",
            |set| {
                set.remove(LIVE, "/response/examples");
            },
            &["examples-changed"],
            &["examples-changed"],
        ),
        planted(
            "another dialect",
            |set| set.set(LIVE, "/$schema", json!("../../dialect.json")),
            &["restated"],
            &["restated"],
        ),
    ]
}
