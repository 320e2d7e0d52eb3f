//! Keywords on schemas that they say nothing about.

use serde_json::{Value, json};

use crate::support::{CALL, Files, TYPES};

#[test]
fn keywords_need_their_type() {
    let text = json!({ "description": "A.", "type": "string" });
    let number = json!({ "description": "A.", "type": "integer" });
    let free = json!({ "description": "A." });
    let cases = [
        (&number, "minBytes", json!(1), "string"),
        (&number, "maxBytes", json!(1), "string"),
        (&free, "maxBytes", json!(1), "string"),
        (&text, "minItems", json!(1), "array"),
        (&text, "maxItems", json!(1), "array"),
        (&text, "items", json!({ "type": "string" }), "array"),
        (&text, "minimum", json!(1), "integer"),
        (&text, "maximum", json!(1), "integer"),
        (&text, "unit", json!("seconds"), "integer"),
        (
            &text,
            "additionalProperties",
            json!({ "type": "string" }),
            "object",
        ),
        (
            &free,
            "additionalProperties",
            json!({ "type": "string" }),
            "object",
        ),
    ];
    for (base, keyword, value, needed) in cases {
        let mut member = base.clone();
        member[keyword] = value;
        Files::sound().member("New", member).expect_one(
            &format!("/properties/New/{keyword}"),
            &[&format!("`{keyword}` needs `\"type\": \"{needed}\"`")],
        );
    }
    let number = json!({ "description": "A.", "type": "number", "minimum": 1 });
    Files::sound()
        .member("New", number)
        .expect_one("/properties/New/minimum", &["integer"]);
}

#[test]
fn rules_about_members_need_an_object() {
    let cases = [
        ("required", json!(["A"])),
        (
            "differences",
            json!([{ "of": "A", "minus": "B", "minimum": 1 }]),
        ),
        ("sums", json!([{ "over": "A", "maximum": 1 }])),
        ("requiredTogether", json!([["A", "B"]])),
        ("atLeastOneOf", json!([["A", "B"]])),
        (
            "properties",
            json!({ "A": { "description": "A.", "type": "string" } }),
        ),
    ];
    for (keyword, value) in cases {
        let member = json!({ "description": "A.", "type": "string", keyword: value });
        let problems = Files::sound().member("New", member).problems();
        let place = format!("/properties/New/{keyword}");
        let is_found = problems.iter().any(|problem| {
            problem.place == place && problem.message.contains("needs `\"type\": \"object\"`")
        });
        assert!(is_found, "{keyword}: {problems:?}");
    }
}

#[test]
fn lists_and_objects_say_what_is_in_them() {
    Files::sound()
        .member("New", json!({ "description": "A.", "type": "array" }))
        .expect_one("/properties/New", &["a list needs `items`"]);
    Files::sound()
        .member("New", json!({ "description": "A.", "type": "object" }))
        .expect_one(
            "/properties/New",
            &["`properties`, or `additionalProperties`"],
        );
    Files::sound()
        .call(
            "/properties/Inner/additionalProperties",
            json!({ "type": "string" }),
        )
        .expect_one("/properties/Inner/additionalProperties", &["not both"]);
}

#[test]
fn the_least_is_not_above_the_greatest() {
    let cases = [
        ("string", "minBytes", "maxBytes"),
        ("integer", "minimum", "maximum"),
    ];
    for (ty, least, most) in cases {
        let member = |low: u32| json!({ "description": "A.", "type": ty, least: low, most: 5 });
        Files::sound().member("New", member(5)).expect_none();
        Files::sound().member("New", member(6)).expect_one(
            &format!("/properties/New/{least}"),
            &["6 is above the greatest value, 5"],
        );
    }
    Files::sound()
        .call("/properties/Tags/minItems", json!(4))
        .expect_one(
            "/properties/Tags/minItems",
            &["4 is above the greatest value, 3"],
        );
}

/// A keyword in a place where nothing would be generated from it.
#[track_caller]
fn misplaced(file: &str, pointer: &str, value: Value) {
    let keyword = pointer.rsplit('/').next().unwrap();
    Files::sound().with(file, pointer, value).expect(&[(
        file,
        pointer,
        &[&format!("`{keyword}` has no meaning here")],
    )]);
}

#[test]
fn nothing_is_dropped_silently() {
    let recorded = json!([{ "rule": "maximum", "limit": "A.", "reason": "b" }]);
    misplaced(CALL, "/properties/Name/title", json!("A"));
    misplaced(CALL, "/$defs/Template/title", json!("A"));
    misplaced(CALL, "/response/title", json!("A"));
    misplaced(CALL, "/default", json!({ "Name": "a" }));
    misplaced(CALL, "/serverDefault", json!("a"));
    misplaced(CALL, "/recordedLimits", recorded.clone());
    misplaced(CALL, "/properties/Tags/items/default", json!("a"));
    misplaced(CALL, "/properties/Tags/items/serverDefault", json!("a"));
    misplaced(CALL, "/properties/Tags/items/recordedLimits", recorded);
    misplaced(CALL, "/response/properties/RoomId/default", json!("a"));
    misplaced(
        CALL,
        "/response/properties/RoomId/serverDefault",
        json!("a"),
    );
    Files::sound()
        .call(
            "/response/properties/Other",
            json!({ "description": "A.", "type": "string" }),
        )
        .call("/response/requiredTogether", json!([["RoomId", "Other"]]))
        .expect_one("/response/requiredTogether", &["replies are not checked"]);
    misplaced(
        TYPES,
        "/$defs/UserId/appliesWhen",
        json!({ "member": "A", "values": ["B"] }),
    );
    Files::sound()
        .member(
            "Numbers",
            json!({
                "description": "A.", "type": "array",
                "items": { "type": "integer", "unit": "unixSeconds" },
            }),
        )
        .expect_one("/properties/Numbers/items/unit", &["has no meaning here"]);
    Files::sound()
        .call(
            "/response/properties/RoomId/limitCodes",
            json!({ "type": 100_010 }),
        )
        .expect_one(
            "/response/properties/RoomId/limitCodes",
            &["replies are not checked"],
        );
}

#[test]
fn a_default_is_a_value_or_words() {
    Files::sound()
        .call("/properties/Name/default", json!("a"))
        .call("/properties/Name/serverDefault", json!("the id"))
        .expect_one("/properties/Name/serverDefault", &["not both"]);
}

#[test]
fn codes_are_named_for_rules_that_are_stated() {
    let name = |rule: &str, code: i32| {
        Files::sound().call("/properties/Name/limitCodes", json!({ rule: code }))
    };
    name("maxBytes", 100_010).expect_none();
    name("type", 100_010).expect_none();
    name("minBytes", 100_010).expect_one(
        "/properties/Name/limitCodes/minBytes",
        &["states no `minBytes`"],
    );
    name("maxBytes", 1).expect_one(
        "/properties/Name/limitCodes/maxBytes",
        &["code 1 is in no table"],
    );
    name("maxByte", 100_010).expect_one(
        "/properties/Name/limitCodes/maxByte",
        &["is no rule", "did you mean `maxBytes`?"],
    );
    name("description", 100_010).expect_one(
        "/properties/Name/limitCodes/description",
        &["is no rule", "the rules are"],
    );
    // The rule stands in the definition, and so does its code.
    Files::sound()
        .call("/properties/Mode/limitCodes", json!({ "enum": 100_010 }))
        .expect_one("/properties/Mode/limitCodes/enum", &["states no `enum`"]);
    Files::sound()
        .call("/limitCodes", json!({ "required": 100_010 }))
        .expect_one("/limitCodes/required", &["is no rule"]);
    Files::sound()
        .call("/limitCodes", json!({ "type": 100_010 }))
        .expect_one("/limitCodes/type", &["always refused with 100002"]);
}

#[test]
fn recorded_limits_name_rules() {
    Files::sound()
        .call(
            "/properties/Name/recordedLimits",
            json!([{ "rule": "maxByts", "limit": "2 KB", "reason": "unclear" }]),
        )
        .expect_one(
            "/properties/Name/recordedLimits/0/rule",
            &["`maxByts` is no rule", "did you mean `maxBytes`?"],
        );
}
