//! Named types and lists of values.

#![allow(clippy::too_many_lines, reason = "a table")]

use serde_json::{Value, json};

use super::{LIVE, Planted, ROOMS, UPDATE, planted};
use crate::set::Set;

const TEMPLATE: &str = "/$defs/SeatTemplate";
const ROOM: &str = "/properties/RoomInfo";

/// Of the definition, and of the member of each of three requests that has it.
const FOUR_TYPES: [&str; 4] = ["type-changed"; 4];

pub(super) fn table() -> Vec<Planted> {
    let mut table = values();
    table.extend(names());
    table
}

fn values() -> Vec<Planted> {
    vec![
        planted(
            "a value of an open list",
            |set| set.push(LIVE, &format!("{TEMPLATE}/openEnum"), json!("AudioHall")),
            &["value-added"],
            &["value-removed"],
        ),
        planted(
            "a value of a closed list",
            |set| set.push(ROOMS, "/$defs/TakeSeatMode/enum", json!("InviteToTake")),
            &["value-added"],
            &["value-removed"],
        ),
        planted(
            "values of another type",
            |set| {
                set.set(ROOMS, "/$defs/TakeSeatMode/type", json!("integer"));
                set.set(ROOMS, "/$defs/TakeSeatMode/enum", json!([1, 2]));
            },
            &FOUR_TYPES,
            &FOUR_TYPES,
        ),
        Planted {
            before: |set| {
                set.set(ROOMS, "/$defs/TakeSeatMode/type", json!("integer"));
                set.set(ROOMS, "/$defs/TakeSeatMode/enum", json!([1, 2]));
            },
            ..planted(
                "a value of a list of numbers",
                |set| set.push(ROOMS, "/$defs/TakeSeatMode/enum", json!(3)),
                &["value-added"],
                &["value-removed"],
            )
        },
        planted(
            "values in another order",
            |set| {
                let values = set.at(LIVE, &format!("{TEMPLATE}/openEnum"));
                values.as_array_mut().unwrap().reverse();
            },
            &["order-changed"],
            &["order-changed"],
        ),
        planted(
            "a list that is closed",
            |set| {
                let values = set.remove(LIVE, &format!("{TEMPLATE}/openEnum"));
                set.set(LIVE, &format!("{TEMPLATE}/enum"), values);
            },
            &["list-closed"],
            &["list-opened"],
        ),
        planted(
            "another spelling",
            |set| {
                let alias = format!("{TEMPLATE}/valueAliases/audioSalon");
                set.set(LIVE, &alias, json!("AudioSalon"));
            },
            &["alias-added"],
            &["alias-removed"],
        ),
        planted(
            "a spelling of another value",
            |set| {
                let alias = format!("{TEMPLATE}/valueAliases/karaoke");
                set.set(LIVE, &alias, json!("AudioSalon"));
            },
            &["alias-changed"],
            &["alias-changed"],
        ),
        planted(
            "a part of a list that is one value more",
            |set| {
                let list = format!("{ROOM}/properties/RoomType/enum");
                set.push(LIVE, &list, json!("Conference"));
            },
            &["arguments-changed", "limit-loosened"],
            &["arguments-changed", "limit-tightened"],
        ),
        planted(
            "the whole list instead of a part",
            |set| {
                set.remove(LIVE, &format!("{ROOM}/properties/RoomType/enum"));
            },
            &["arguments-changed", "limit-loosened"],
            &["arguments-changed", "limit-tightened"],
        ),
        planted(
            "another part of a list",
            |set| {
                let list = format!("{ROOM}/properties/RoomType/enum");
                set.set(LIVE, &list, json!(["Conference"]));
            },
            &["limit-tightened", "limit-loosened"],
            &["limit-tightened", "limit-loosened"],
        ),
        planted(
            "a code for the wrong type of a shared definition",
            |set| {
                set.remove(ROOMS, "/$defs/UserId/limitCodes");
            },
            &["limit-code-changed"],
            &["limit-code-changed"],
        ),
        planted(
            "a limit of a shared definition",
            |set| set.set(ROOMS, "/$defs/UserId/maxBytes", json!(32)),
            &["limit-tightened"],
            &["limit-loosened"],
        ),
        planted(
            "a definition that says the same in place",
            |set| {
                let mut id = set.at(ROOMS, "/$defs/UserId").clone();
                id["description"] = set
                    .at(
                        LIVE,
                        &format!("{ROOM}/properties/Owner_Account/description"),
                    )
                    .clone();
                id["serverDefault"] = set
                    .at(
                        LIVE,
                        &format!("{ROOM}/properties/Owner_Account/serverDefault"),
                    )
                    .clone();
                set.set(LIVE, &format!("{ROOM}/properties/Owner_Account"), id);
            },
            &["restated"],
            &["restated"],
        ),
    ]
}

fn names() -> Vec<Planted> {
    vec![
        planted(
            "a list under another name",
            |set| {
                rename(
                    set,
                    LIVE,
                    "SeatTemplate",
                    "SeatLayout",
                    &["/properties/SeatTemplate"],
                );
            },
            &["type-renamed"],
            &["type-renamed"],
        ),
        planted(
            "a list under another name, with a value more",
            |set| {
                rename(
                    set,
                    LIVE,
                    "SeatTemplate",
                    "SeatLayout",
                    &["/properties/SeatTemplate"],
                );
                set.push(LIVE, "/$defs/SeatLayout/openEnum", json!("AudioHall"));
            },
            &["type-renamed", "value-added"],
            &["type-renamed", "value-removed"],
        ),
        planted(
            "a list that becomes shared",
            |set| {
                let list = set.remove(LIVE, TEMPLATE);
                set.set(ROOMS, "/$defs/SeatTemplate", list);
                let reference = json!("../common/rooms.json#/$defs/SeatTemplate");
                set.set(
                    LIVE,
                    &format!("{ROOM}/properties/SeatTemplate/$ref"),
                    reference,
                );
                set.remove(LIVE, "/$defs");
            },
            &["type-moved"],
            &["type-renamed"],
        ),
        planted(
            "an object that was written in place, as a definition of the same name",
            |set| {
                let mut object = set.remove(LIVE, ROOM);
                let description = object["description"].clone();
                object["description"] = description.clone();
                set.set(LIVE, "/$defs/RoomInfo", object);
                let member = json!({ "description": description, "$ref": "#/$defs/RoomInfo" });
                set.set(LIVE, ROOM, member);
            },
            &["restated"],
            &["restated"],
        ),
        planted(
            "an object that was written in place, as a definition of another name",
            |set| {
                let object = set.remove(UPDATE, ROOM);
                let description = object["description"].clone();
                set.set(UPDATE, "/$defs", json!({ "RoomChange": object }));
                let member = json!({ "description": description, "$ref": "#/$defs/RoomChange" });
                set.set(UPDATE, ROOM, member);
            },
            &["type-renamed", "type-added"],
            &["type-renamed", "type-removed"],
        ),
        planted(
            "a list that is used for another thing",
            |set| {
                let reference = json!("../common/rooms.json#/$defs/RoomType");
                set.set(
                    LIVE,
                    &format!("{ROOM}/properties/TakeSeatMode/$ref"),
                    reference,
                );
            },
            &["type-changed"],
            &["type-changed"],
        ),
        planted(
            "a shared type that nobody uses yet",
            |set| {
                let list =
                    json!({ "description": "New.", "type": "string", "enum": ["On", "Off"] });
                set.set(ROOMS, "/$defs/SeatState", list);
            },
            &["type-added"],
            &["type-removed"],
        ),
        planted(
            "a shared text that nobody uses yet",
            |set| {
                let text = json!({ "description": "New.", "type": "integer" });
                set.set(ROOMS, "/$defs/SeatIndex", text);
            },
            &["definition-added"],
            &["definition-removed"],
        ),
        Planted {
            name: "an object that was sent is only received",
            before: |set| {
                let object = json!({
                    "description": "New.",
                    "type": "object",
                    "properties": { "Text": { "description": "New.", "type": "string" } }
                });
                set.set(LIVE, "/$defs/Greeting", object);
                let member = json!({ "description": "New.", "$ref": "#/$defs/Greeting" });
                set.set(LIVE, "/properties/Greeting", member);
            },
            plant: |set| {
                let member = set.remove(LIVE, "/properties/Greeting");
                set.set(LIVE, "/response/properties/Greeting", member);
            },
            forward: &["field-removed", "reply-field-added", "type-role-changed"],
            backward: &[
                "optional-field-added",
                "reply-field-removed",
                "type-role-changed",
            ],
        },
    ]
}

/// Gives a definition of a file another name, everywhere in the object `RoomInfo`.
fn rename(set: &mut Set, file: &str, old: &str, new: &str, users: &[&str]) {
    let definition = set.remove(file, &format!("/$defs/{old}"));
    set.set(file, &format!("/$defs/{new}"), definition);
    for user in users {
        let reference = Value::from(format!("#/$defs/{new}"));
        set.set(file, &format!("{ROOM}{user}/$ref"), reference);
    }
}
