//! Lists of values.

use serde_json::json;

use crate::support::{CALL, Files, TYPES};

#[test]
fn a_list_is_closed_or_open() {
    Files::sound()
        .call("/$defs/Template/enum", json!(["Audio", "Video"]))
        .expect_one("/$defs/Template/openEnum", &["not both"]);
}

#[test]
fn values_stand_once() {
    Files::sound()
        .call(
            "/$defs/Template/openEnum",
            json!(["Audio", "Video", "Audio"]),
        )
        .expect_one("/$defs/Template", &["`Audio` stands twice"]);
}

#[test]
fn words_are_for_values_of_the_list() {
    Files::sound()
        .call("/$defs/Template/valueDescriptions/Adio", json!("A."))
        .expect_one(
            "/$defs/Template/valueDescriptions/Adio",
            &["not in the list"],
        );
    Files::sound()
        .call("/properties/Name/valueDescriptions", json!({ "a": "A." }))
        .expect_one("/properties/Name/valueDescriptions/a", &["not in the list"]);
}

#[test]
fn other_spellings_are_of_values_of_an_open_list() {
    Files::sound()
        .call("/$defs/Template/valueAliases", json!({ "video": "Vidio" }))
        .expect_one(
            "/$defs/Template/valueAliases/video",
            &["`Vidio` has to be in the list"],
        );
    Files::sound()
        .call("/$defs/Template/valueAliases", json!({ "Audio": "Video" }))
        .expect_one("/$defs/Template/valueAliases/Audio", &["and `Audio` not"]);
    Files::sound()
        .with(TYPES, "/$defs/Mode/valueAliases", json!({ "free": "Free" }))
        .expect(&[(
            TYPES,
            "/$defs/Mode/valueAliases/free",
            &["go with `openEnum`"],
        )]);
}

#[test]
fn a_narrower_list_is_part_of_the_wider_one() {
    let mode = |values| Files::sound().call("/properties/Mode/enum", values);
    mode(json!(["Free"])).expect_none();
    mode(json!(["Free", "Fre"])).expect_one(
        "/properties/Mode/enum",
        &["`Fre` is not in the list that `$ref` names"],
    );
    // An unknown value of an open list has no variant.
    let template = |value: &str| {
        Files::sound()
            .call("/properties/Template/enum", json!([value]))
            .without(CALL, "/$defs/Template/valueAliases")
    };
    template("Audio").expect_none();
    template("Karaoke").expect_one(
        "/properties/Template/enum",
        &["`Karaoke` is not in the list"],
    );
    // Another spelling would be refused by one and read as the canonical one by another.
    Files::sound()
        .call("/properties/Template/enum", json!(["Audio"]))
        .expect_one("/properties/Template/enum", &["cannot be narrowed"]);
}
