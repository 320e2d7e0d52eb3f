//! Lists of values.

use serde_json::json;

use crate::support::{Files, TYPES};

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
    let template = |values| Files::sound().call("/properties/Template/enum", values);
    template(json!(["Audio"])).expect_none();
    // Neither an unknown value of an open list nor another spelling has a variant.
    for value in ["Karaoke", "audio"] {
        template(json!([value])).expect_one("/properties/Template/enum", &[value]);
    }
}
