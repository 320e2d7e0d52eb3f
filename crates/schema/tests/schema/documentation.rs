//! What is generated has to be documented.

use serde_json::json;

use crate::support::{CALL, Files, TYPES};

#[test]
fn files_have_a_title_and_a_description() {
    for file in [CALL, TYPES, "live/product.json", "common/regions.json"] {
        for keyword in ["title", "description"] {
            let files = Files::sound().without(file, &format!("/{keyword}"));
            files.expect(&[(file, "", &[&format!("a `{keyword}` is missing")])]);
            let files = Files::sound().with(file, &format!("/{keyword}"), json!(" "));
            files.expect(&[(file, "", &[&format!("a `{keyword}` is missing")])]);
        }
    }
}

#[test]
fn members_types_and_values_have_words() {
    for (file, schema) in [
        (CALL, "/properties/Name"),
        (CALL, "/properties/Inner"),
        (CALL, "/properties/Inner/properties/Id"),
        (CALL, "/$defs/Template"),
        (CALL, "/response"),
        (CALL, "/response/properties/RoomId"),
        (TYPES, "/$defs/Entry"),
        (TYPES, "/$defs/Entry/properties/Key"),
    ] {
        let files = Files::sound().without(file, &format!("{schema}/description"));
        let problems = files.problems();
        let is_found = problems.iter().any(|problem| {
            problem.file == file
                && problem.place == schema
                && problem.message.contains("a `description` is missing")
        });
        assert!(is_found, "{schema}: {problems:?}");
    }
    Files::sound()
        .without(CALL, "/$defs/Template/valueDescriptions/Audio")
        .expect_one(
            "/$defs/Template/valueDescriptions",
            &["words for `Audio` are missing"],
        );
}

#[test]
fn the_words_of_a_definition_serve_its_users() {
    Files::sound()
        .without(CALL, "/properties/Mode/description")
        .expect_none();
    // A text in a list needs none, an object in a list does.
    let object = json!({
        "type": "object",
        "properties": { "Id": { "description": "An id.", "type": "string" } },
    });
    Files::sound()
        .call("/properties/Tags/items", object)
        .expect_one("/properties/Tags/items", &["a `description` is missing"]);
}

#[test]
fn words_that_would_appear_nowhere_are_reported() {
    Files::sound()
        .call("/properties/Tags/items/description", json!("A tag."))
        .expect_one("/properties/Tags/items/description", &["would be lost"]);
}
