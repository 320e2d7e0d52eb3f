//! Endpoints that answer one page of a list, and other names of members of replies.

use serde_json::{Value, json};

use crate::support::{CALL, Files, TYPES};

/// The sound set as a list of entries.
fn paged() -> Files {
    let response = json!({
        "description": "A page.", "type": "object",
        "properties": {
            "Items": {
                "description": "The items.", "type": "array", "items": { "type": "string" },
            },
            "NextStart": { "description": "Where it goes on.", "type": "integer" },
        },
    });
    Files::sound()
        .call("/response", response)
        .call("/endpoint/list", list("Items", "NextStart", "Start"))
}

fn list(items: &str, mark: &str, next: &str) -> Value {
    json!({ "items": items, "mark": mark, "next": next })
}

#[test]
fn a_list_is_made_of_members_that_fit() {
    paged().expect_none();
    for (items, mark, next, place) in [
        ("Item", "NextStart", "Start", "/endpoint/list/items"),
        ("NextStart", "NextStart", "Start", "/endpoint/list/items"),
        ("Items", "Next", "Nothing", "/endpoint/list/mark"),
        ("Items", "NextStart", "Begin", "/endpoint/list/next"),
        ("Items", "NextStart", "Name", "/endpoint/list/next"),
    ] {
        let files = paged().call("/endpoint/list", list(items, mark, next));
        files.expect_one(place, &[]);
    }
}

#[test]
fn members_of_replies_may_have_other_names() {
    let named = |names: Value| paged().call("/response/properties/NextStart/alsoNamed", names);
    named(json!(["Next", "next"])).expect_none();
    named(json!(["Items"])).expect_one("/response/properties", &["two members are named `Items`"]);
    named(json!(["NextStart"])).expect_one("/response/properties", &["`NextStart`"]);
    Files::sound()
        .call("/properties/Name/alsoNamed", json!(["name"]))
        .expect_one("/properties/Name/alsoNamed", &["a member of a reply"]);
    // A definition counts as what uses it.
    Files::sound()
        .with(
            TYPES,
            "/$defs/Entry/properties/Key/alsoNamed",
            json!(["key"]),
        )
        .expect(&[(
            TYPES,
            "/$defs/Entry/properties/Key/alsoNamed",
            &["a member of a reply"],
        )]);
    let entries = json!({
        "description": "Entries.", "type": "array",
        "items": { "$ref": "../common/types.json#/$defs/Entry" },
    });
    paged()
        .without(CALL, "/properties/Entries")
        .call("/response/properties/Entries", entries)
        .with(
            TYPES,
            "/$defs/Entry/properties/Key/alsoNamed",
            json!(["key"]),
        )
        .expect_none();
}
