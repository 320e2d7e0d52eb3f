//! What the meta-schema refuses, and that it says what the Rust types say.

use serde_json::{Value, json};
use trtc_rooms_schema::{DIALECT_URI, VOCABULARY_URI, dialect};

use crate::support::{CALL, Files, TYPES};

#[test]
fn misspelt_keywords_are_reported_wherever_they_stand() {
    let places = [
        ("/requird", "required"),
        ("/propertys", "properties"),
        ("/exmaples", "examples"),
        ("/properties/Name/maxByte", "maxBytes"),
        ("/properties/Inner/properties/Id/desciption", "description"),
        ("/properties/Tags/items/typ", "type"),
        (
            "/properties/Labels/additionalProperties/minByte",
            "minBytes",
        ),
        ("/$defs/Template/openenum", "openEnum"),
        ("/response/properties/RoomId/maxbytes", "maxBytes"),
        ("/response/requird", "required"),
        ("/endpoint/otherRate", "otherRates"),
        ("/endpoint/rate/perSecond", "perSeconds"),
        ("/endpoint/page/update", "updated"),
        ("/endpoint/repeat/doneCode", "doneCodes"),
        ("/codes/0/meening", "meaning"),
        ("/counterexamples/0/titel", "title"),
    ];
    for (pointer, near) in places {
        let keyword = pointer.rsplit('/').next().unwrap();
        Files::sound().call(pointer, json!("x")).expect_one(
            pointer,
            &[
                &format!("unknown keyword `{keyword}`"),
                &format!("did you mean `{near}`?"),
            ],
        );
    }
}

#[test]
fn unknown_keywords_beside_known_ones_are_all_reported() {
    Files::sound()
        .call("/properties/Name/pattern", json!("a"))
        .call("/properties/Name/format", json!("uri"))
        .call("/if", json!({}))
        .expect(&[
            (CALL, "/properties/Name/pattern", &["unknown keyword"]),
            (CALL, "/properties/Name/format", &["unknown keyword"]),
            (CALL, "/if", &["schemas/README.md"]),
        ]);
}

#[test]
fn keywords_that_would_mean_something_else_are_explained() {
    for keyword in ["maxLength", "minLength"] {
        Files::sound()
            .call(&format!("/properties/Name/{keyword}"), json!(8))
            .expect_one(
                &format!("/properties/Name/{keyword}"),
                &["the documents count bytes", "`maxBytes` or `minBytes`"],
            );
    }
    Files::sound()
        .call("/properties/Name/const", json!("a"))
        .expect_one("/properties/Name/const", &["`enum` with a single value"]);
}

#[test]
fn a_misspelt_member_name_is_no_misspelt_keyword() {
    Files::sound()
        .member(
            "requird",
            json!({ "description": "A member.", "type": "string" }),
        )
        .expect_none();
}

#[test]
fn values_of_keywords_have_their_types() {
    let cases = [
        (
            "/properties/Name/maxBytes",
            json!("8"),
            "has to be an integer",
        ),
        (
            "/properties/Name/maxBytes",
            json!(8.0),
            "has to be an integer",
        ),
        (
            "/properties/Name/maxBytes",
            json!(null),
            "has to be an integer",
        ),
        (
            "/properties/Name/maxBytes",
            json!(-1),
            "less than the minimum of 0",
        ),
        (
            "/properties/Name/maxBytes",
            json!(4_294_967_296_u64),
            "4294967295",
        ),
        (
            "/properties/Start/minimum",
            json!(9_223_372_036_854_775_808_u64),
            "maximum",
        ),
        (
            "/properties/Name/type",
            json!("text"),
            "one of string, integer",
        ),
        (
            "/properties/Name/type",
            json!("strnig"),
            "did you mean `string`?",
        ),
        (
            "/properties/Name/type",
            json!(["string", "null"]),
            "one of string, integer",
        ),
        ("/properties/Start/unit", json!("fortnights"), "unixSeconds"),
        (
            "/properties/Name/description",
            json!(1),
            "has to be a string",
        ),
        ("/properties", json!([]), "has to be an object"),
        ("/required", json!({}), "has to be an array"),
        ("/required/0", json!(1), "has to be a string"),
        ("/properties/Name", json!(true), "has to be an object"),
        ("/$defs/Template/openEnum", json!([]), "less than 1 item"),
        ("/properties/Mode/enum", json!([]), "less than 1 item"),
        ("/requiredTogether", json!([["Start"]]), "less than 2 items"),
        ("/atLeastOneOf", json!([["Start"]]), "less than 2 items"),
        (
            "/counterexamples/0/violations",
            json!([]),
            "less than 1 item",
        ),
        ("/endpoint/path", json!("/v4/live/call"), "does not match"),
        ("/endpoint/path", json!("v4/live"), "does not match"),
        (
            "/endpoint/payload",
            json!("inside"),
            "one of beside, nested",
        ),
        ("/endpoint/regions", json!([]), "less than 1 item"),
        (
            "/endpoint/rate/calls",
            json!(0),
            "less than the minimum of 1",
        ),
        ("/endpoint/rate/calls", json!(0.5), "has to be an integer"),
        ("/endpoint/repeat/safe", json!("yes"), "has to be a boolean"),
        (
            "/endpoint/page/updated",
            json!("2026-13-01"),
            "does not match",
        ),
        (
            "/endpoint/page/url",
            json!("https://example.com/) [x](y"),
            "does not match",
        ),
        (
            "/endpoint/page/url",
            json!("javascript:alert(1)"),
            "does not match",
        ),
        (
            "/codes/0/class",
            json!("ratelimit"),
            "did you mean `rateLimit`?",
        ),
        ("/codes/0/code", json!(2_147_483_648_u64), "maximum"),
        (
            "/codes/0/name",
            json!("invalid parameter"),
            "does not match",
        ),
        ("/codes/0/retry", json!("never "), "did you mean `never`?"),
    ];
    for (pointer, value, words) in cases {
        let shown = format!("{pointer} {value}");
        let files = Files::sound().call(pointer, value);
        let problems = files.problems();
        let is_found = problems.iter().any(|problem| {
            let help = problem.help.as_deref().unwrap_or_default();
            problem.file == CALL
                && problem.place.starts_with(pointer)
                && format!("{} {help}", problem.message).contains(words)
        });
        assert!(is_found, "{shown}: {problems:?}");
    }
}

#[test]
fn what_a_file_cannot_do_without_is_reported() {
    for (pointer, name) in [
        ("", "$schema"),
        ("/endpoint", "path"),
        ("/endpoint", "rate"),
        ("/endpoint", "payload"),
        ("/endpoint/rate", "calls"),
        ("/endpoint/page", "url"),
        ("/endpoint/repeat", "safe"),
        ("/codes/0", "remedy"),
        ("/counterexamples/0", "violations"),
    ] {
        Files::sound()
            .without(CALL, &format!("{pointer}/{name}"))
            .expect_one(pointer, &[&format!("`{name}` is missing")]);
    }
}

#[test]
fn long_values_are_not_repeated() {
    let long = "a".repeat(10_000);
    let problems = Files::sound()
        .call("/endpoint/path", json!(long))
        .problems();
    assert!(problems[0].message.len() < 200, "{}", problems[0]);
    let problems = Files::sound().call("/properties", json!([long])).problems();
    assert!(problems[0].message.len() < 200, "{}", problems[0]);
}

#[test]
fn values_that_are_no_documents_are_refused() {
    for value in [json!(null), json!([]), json!("a"), json!(1)] {
        Files::sound()
            .file(TYPES, value)
            .expect(&[(TYPES, "", &["has to be an object"])]);
    }
}

#[test]
fn the_dialect_is_json_schema() {
    let dialect = dialect();
    jsonschema::meta::validate(&dialect).unwrap();
    assert_eq!(dialect["$id"], DIALECT_URI);
    assert_eq!(dialect["$vocabulary"][VOCABULARY_URI], true);
    // All references in it lead somewhere.
    jsonschema::draft202012::options().build(&dialect).unwrap();
}

#[test]
fn nothing_in_the_dialect_can_be_null() {
    fn look(value: &Value) {
        match value {
            Value::Object(members) => {
                // Among properties, `type` is the keyword itself.
                let ty = members.get("type");
                assert!(
                    ty.is_none_or(|ty| ty.is_string() || ty.is_object()),
                    "{value}"
                );
                assert_ne!(members.get("default"), Some(&Value::Null), "{value}");
                members.values().for_each(look);
            }
            Value::Array(elements) => elements.iter().for_each(look),
            Value::String(text) => assert_ne!(text, "null"),
            _ => {}
        }
    }
    look(&dialect());
}

#[test]
fn every_doc_comment_of_a_document_is_in_the_dialect() {
    let dialect = dialect().to_string().replace("\\n", " ");
    for source in [
        include_str!("../../src/document.rs"),
        include_str!("../../src/facts.rs"),
    ] {
        // What follows an `impl` documents functions.
        let mut paragraph = Vec::new();
        let mut is_function = false;
        for line in source.lines() {
            is_function = (is_function || line.starts_with("impl ")) && line != "}";
            if let (Some(text), false) = (line.trim_start().strip_prefix("///"), is_function) {
                paragraph.push(text.trim());
            } else if !paragraph.is_empty() {
                let text = Value::from(paragraph.join(" ")).to_string();
                let text = text.trim_matches('"').replace("  ", " ");
                // That one is on a flattened field, which has no place of its own.
                let is_flattened = text == "The schema of the request.";
                assert!(
                    is_flattened || dialect.replace("  ", " ").contains(&text),
                    "{text}"
                );
                paragraph.clear();
            }
        }
    }
}
