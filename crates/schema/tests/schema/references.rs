//! `$ref` and `$defs`.

use serde_json::json;

use crate::support::{CALL, Files, TYPES};

fn mode(reference: &str) -> Files {
    Files::sound().call("/properties/Mode/$ref", json!(reference))
}

#[test]
fn references_that_lead_nowhere_are_reported() {
    let cases = [
        (
            "#/$defs/Nothing",
            "schemas/live/call.json has no definition `Nothing`",
        ),
        (
            "../common/types.json#/$defs/Nothing",
            "schemas/common/types.json has no definition",
        ),
        (
            "../common/nothing.json#/$defs/Mode",
            "there is no file schemas/common/nothing.json",
        ),
        (
            "types.json#/$defs/Mode",
            "there is no file schemas/live/types.json",
        ),
        ("../common/types.json", "has no `#/$defs/Name`"),
        ("#", "is not of the form `#/$defs/Name`"),
        ("", "has no `#/$defs/Name`"),
        ("#/properties/Name", "is not of the form `#/$defs/Name`"),
        (
            "#/nowhere/at/all/Template",
            "is not of the form `#/$defs/Name`",
        ),
        (
            "#/$defs/Template/openEnum",
            "is not of the form `#/$defs/Name`",
        ),
        ("#Template", "is not of the form `#/$defs/Name`"),
        (
            "../../etc/passwd#/$defs/Mode",
            "leads out of the folder schemas",
        ),
        (
            "../../schemas/common/types.json#/$defs/Mode",
            "leads out of the folder schemas",
        ),
        ("/etc/passwd#/$defs/Mode", "is no relative path"),
        ("..//common/types.json#/$defs/Mode", "is no relative path"),
        (
            "https://example.com/a.json#/$defs/Mode",
            "is no relative path",
        ),
        ("%2e%2e/common/types.json#/$defs/Mode", "there is no file"),
    ];
    for (reference, words) in cases {
        mode(reference).expect_one("/properties/Mode/$ref", &[words]);
    }
}

#[test]
fn references_are_looked_at_wherever_they_stand() {
    let nothing = json!({ "description": "A.", "$ref": "#/$defs/Nothing" });
    for parent in [
        "/properties/Inner/properties/Id",
        "/properties/New",
        "/response/properties/RoomId",
        "/response/properties/New",
    ] {
        Files::sound()
            .call(parent, nothing.clone())
            .expect_one(&format!("{parent}/$ref"), &["no definition `Nothing`"]);
    }
    for parent in [
        "/properties/Tags/items",
        "/properties/Labels/additionalProperties",
    ] {
        Files::sound()
            .call(parent, json!({ "$ref": "#/$defs/Nothing" }))
            .expect_one(&format!("{parent}/$ref"), &["no definition `Nothing`"]);
    }
    Files::sound()
        .with(TYPES, "/$defs/UserIds/items/$ref", json!("#/$defs/Nothing"))
        .expect(&[(
            TYPES,
            "/$defs/UserIds/items/$ref",
            &["no definition `Nothing`"],
        )]);
}

#[test]
fn a_definition_is_no_reference() {
    // A chain, and a circle of references alone.
    Files::sound()
        .call("/$defs/Alias", json!({ "$ref": "#/$defs/Template" }))
        .expect_one("/$defs/Alias/$ref", &["a definition cannot be a reference"]);
    let files = Files::sound()
        .call("/$defs/A", json!({ "$ref": "#/$defs/B" }))
        .call("/$defs/B", json!({ "$ref": "#/$defs/A" }));
    let places: Vec<String> = files
        .problems()
        .iter()
        .map(|found| found.place.clone())
        .collect();
    for place in ["/$defs/A", "/$defs/A/$ref", "/$defs/B", "/$defs/B/$ref"] {
        assert!(
            places.iter().any(|found| found == place),
            "{place}: {places:?}"
        );
    }
    let files = Files::sound()
        .call("/$defs/Alias", json!({ "$ref": "#/$defs/Template" }))
        .call("/properties/Template/$ref", json!("#/$defs/Alias"));
    files.expect(&[
        (CALL, "/$defs/Alias/$ref", &["cannot be a reference"]),
        (
            CALL,
            "/properties/Template/$ref",
            &["is itself a reference"],
        ),
    ]);
}

#[test]
fn definitions_that_contain_themselves_are_reported() {
    let node = |child: &str| {
        json!({
            "description": "A node.", "type": "object",
            "properties": { "Child": { "description": "The next.", "$ref": child } },
        })
    };
    Files::sound()
        .call("/$defs/Node", node("#/$defs/Node"))
        .expect_one("/$defs/Node", &["contains itself: Node -> Node"]);
    // Over a list, a map and another file; whoever merely leads there is innocent.
    Files::sound()
        .call("/$defs/Outside", node("#/$defs/A"))
        .call("/$defs/A", node("../common/types.json#/$defs/B"))
        .with(
            TYPES,
            "/$defs/B",
            json!({
                "description": "B.", "type": "array",
                "items": { "$ref": "../live/call.json#/$defs/C" },
            }),
        )
        .call(
            "/$defs/C",
            json!({
                "description": "C.", "type": "object",
                "additionalProperties": { "$ref": "#/$defs/A" },
            }),
        )
        .expect(&[
            (CALL, "/$defs/A", &["A -> B -> C -> A"]),
            (CALL, "/$defs/C", &["C -> A -> B -> C"]),
            (TYPES, "/$defs/B", &["B -> C -> A -> B"]),
        ]);
}

#[test]
fn definitions_are_named_as_types_are_and_stand_at_the_top() {
    for name in ["template", "1st", "My-Type", "My_Type", "模式", "A/B", ""] {
        let files = Files::sound();
        let template = files.0[CALL]["$defs"]["Template"].clone();
        let escaped = name.replace('/', "~1");
        files
            .call(&format!("/$defs/{escaped}"), template)
            .expect_one(&format!("/$defs/{escaped}"), &["letters and digits"]);
    }
    Files::sound()
        .call(
            "/properties/Inner/$defs",
            json!({
                "A": { "description": "A.", "type": "string" },
            }),
        )
        .expect_one("/properties/Inner/$defs", &["at the top of a file"]);
}

#[test]
fn what_belongs_to_a_definition_cannot_stand_beside_a_reference() {
    let entry = "../common/types.json#/$defs/Entry";
    let cases = [
        ("required", json!(["Key"])),
        ("differences", json!([])),
        (
            "properties",
            json!({ "Key": { "description": "A.", "type": "string" } }),
        ),
        ("requiredTogether", json!([["Key", "Value"]])),
        ("atLeastOneOf", json!([["Key", "Value"]])),
    ];
    for (keyword, value) in cases {
        let member = json!({ "description": "An entry.", "$ref": entry, keyword: value });
        let problems = Files::sound().member("One", member).problems();
        let place = format!("/properties/One/{keyword}");
        let is_found = problems.iter().any(|problem| {
            problem.place == place && problem.message.contains("cannot stand beside `$ref`")
        });
        // An empty list says nothing, and so nothing is lost.
        assert_eq!(
            is_found,
            keyword != "differences",
            "{keyword}: {problems:?}"
        );
    }
    let list = json!({
        "description": "A.", "$ref": "#/$defs/Template",
        "openEnum": ["Audio"], "valueDescriptions": { "Audio": "B." },
    });
    Files::sound().call("/properties/Template", list).expect(&[
        (CALL, "/properties/Template/openEnum", &["beside `$ref`"]),
        (
            CALL,
            "/properties/Template/valueDescriptions",
            &["beside `$ref`"],
        ),
    ]);
    Files::sound()
        .call("/properties/Mode/type", json!("string"))
        .expect_one("/properties/Mode/type", &["beside `$ref`"]);
}

#[test]
fn a_limit_beside_a_reference_is_not_wider() {
    let user =
        |keyword: &str, value: u32| {
            Files::sound().member("User", json!({
            "description": "A.", "$ref": "../common/types.json#/$defs/UserId", keyword: value,
        }))
        };
    user("maxBytes", 33).expect_one("/properties/User/maxBytes", &["33 is wider than 32"]);
    user("maxBytes", 31).expect_none();
    user("minBytes", 1).expect_none();
    Files::sound()
        .with(TYPES, "/$defs/UserId/minBytes", json!(2))
        .member(
            "User",
            json!({
                "description": "A.", "$ref": "../common/types.json#/$defs/UserId", "minBytes": 1,
            }),
        )
        .expect_one("/properties/User/minBytes", &["1 is wider than 2"]);
}

#[test]
fn an_object_in_a_definition_of_a_list_needs_a_name() {
    let object = json!({
        "description": "A.", "type": "object",
        "properties": { "Id": { "description": "An id.", "type": "string" } },
    });
    Files::sound()
        .with(TYPES, "/$defs/UserIds/items", object)
        .expect(&[(TYPES, "/$defs/UserIds/items", &["needs a name"])]);
}

#[test]
fn an_object_is_sent_or_received_but_not_both() {
    let entry = json!({ "description": "A.", "$ref": "../common/types.json#/$defs/Entry" });
    Files::sound()
        .call("/response/properties/Entry", entry)
        .expect(&[(
            TYPES,
            "/$defs/Entry",
            &["requests and in replies", "a definition for each"],
        )]);
    // Lists of values and texts have no role.
    let mode = json!({ "description": "A.", "$ref": "../common/types.json#/$defs/Mode" });
    Files::sound()
        .call("/response/properties/Mode", mode)
        .expect_none();
}
