//! The vocabulary of the dialect: that it is required, and that each of its
//! keywords refuses what it is there to refuse.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use trtc_rooms_schema::{DIALECT_URI, RequestValidator, dialect};

use crate::support::{Files, TYPES};

fn found(validator: &RequestValidator, request: &Value) -> BTreeSet<(String, String, i32)> {
    let findings = validator.findings(request);
    assert_eq!(
        validator.is_valid(request),
        findings.is_empty(),
        "{request}"
    );
    let findings = findings.into_iter();
    findings
        .map(|finding| (finding.pointer, finding.rule, finding.code))
        .collect()
}

/// The rules that requests with one changed member break.
#[track_caller]
fn expect(files: &Files, cases: &[(Value, &[(&str, &str)])]) {
    let validator = RequestValidator::new(&files.set(), "live/call").unwrap();
    for (more, expected) in cases {
        let mut request = json!({ "Name": "a" });
        request
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let found = found(&validator, &request);
        let found: BTreeSet<(&str, &str)> = found
            .iter()
            .map(|(pointer, rule, _)| (pointer.as_str(), rule.as_str()))
            .collect();
        let expected: BTreeSet<(&str, &str)> = expected.iter().copied().collect();
        assert_eq!(found, expected, "{more}");
    }
}

#[test]
fn a_validator_without_the_vocabulary_refuses_the_dialect() {
    let registry = jsonschema::Registry::new()
        .add(DIALECT_URI, dialect())
        .unwrap();
    let registry = registry.prepare().unwrap();
    let mut schema = Files::sound().0[TYPES].clone();
    schema["$schema"] = json!(DIALECT_URI);
    let error = jsonschema::options()
        .with_registry(&registry)
        .build(&schema)
        .unwrap_err();
    assert!(
        error.to_string().contains("trtc-rooms:///vocabulary"),
        "{error}"
    );
    // A validator that does not even know the dialect refuses as well.
    assert!(jsonschema::options().build(&schema).is_err());
}

#[test]
fn only_endpoints_have_requests() {
    let set = Files::sound().set();
    for name in [
        "live/nothing",
        "common/types",
        "live/product",
        "live/call.json",
        "",
    ] {
        let problem = RequestValidator::new(&set, name).unwrap_err();
        assert!(problem.message.contains("no such endpoint"), "{problem}");
    }
}

#[test]
fn lengths_count_bytes() {
    let files = Files::sound()
        .call("/properties/Name/minBytes", json!(2))
        .call("/examples", json!([]));
    expect(
        &files,
        &[
            (json!({ "Name": "房间" }), &[]),
            (json!({ "Name": "房间ab" }), &[]),
            (json!({ "Name": "房间abc" }), &[("/Name", "maxBytes")]),
            (json!({ "Name": "é" }), &[]),
            (json!({ "Name": "e" }), &[("/Name", "minBytes")]),
            (json!({ "Name": "" }), &[("/Name", "minBytes")]),
        ],
    );
}

#[test]
fn integers_fit_64_bits_however_they_are_written() {
    let number = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let mut cases: Vec<(Value, &[(&str, &str)])> = Vec::new();
    for text in [
        "0",
        "-0",
        "8",
        "8.0",
        "1e1",
        "-0.0",
        "9223372036854775807",
        "-9223372036854775808",
        "-9.223372036854775808e18",
    ] {
        cases.push((json!({ "Start": number(text) }), &[]));
    }
    for text in [
        "9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "1e300",
        "8.5",
        "9.3e18",
        "-9.3e18",
        "null",
        "true",
        "\"8\"",
        "[]",
        "{}",
    ] {
        cases.push((json!({ "Start": number(text) }), &[("/Start", "type")]));
    }
    expect(&Files::sound(), &cases);
}

#[test]
fn every_type_refuses_every_other() {
    let files = ["string", "integer", "number", "boolean"]
        .iter()
        .fold(Files::sound(), |files, ty| {
            files.member(ty, json!({ "description": "A.", "type": ty }))
        });
    let values = [
        ("string", json!("a")),
        ("integer", json!(1)),
        ("number", json!(1.5)),
        ("boolean", json!(true)),
        ("null", json!(null)),
    ];
    for member in ["string", "integer", "number", "boolean"] {
        for (ty, value) in &values {
            let pointer = format!("/{member}");
            let broken = [(pointer.as_str(), "type")];
            let fits = member == *ty || (member == "number" && *ty == "integer");
            let expected: &[(&str, &str)] = if fits { &[] } else { &broken };
            expect(&files, &[(json!({ member: value }), expected)]);
        }
    }
    expect(
        &files,
        &[
            (json!({ "number": u64::MAX }), &[]),
            (json!({ "Tags": {} }), &[("/Tags", "type")]),
            (json!({ "Tags": null }), &[("/Tags", "type")]),
            (json!({ "Labels": [] }), &[("/Labels", "type")]),
            (json!({ "Inner": ["a", 1] }), &[("/Inner", "type")]),
            (
                json!({ "Tags": ["a", 1, null] }),
                &[("/Tags/1", "type"), ("/Tags/2", "type")],
            ),
            (json!({ "Labels": { "a": 1 } }), &[("/Labels/a", "type")]),
        ],
    );
}

#[test]
fn a_value_of_the_wrong_type_breaks_no_other_rule() {
    let files = Files::sound()
        .call("/properties/Start/minimum", json!(5))
        .call(
            "/differences",
            json!([{ "of": "End", "minus": "Start", "minimum": 1 }]),
        );
    expect(
        &files,
        &[
            (json!({ "Mode": 5 }), &[("/Mode", "type")]),
            (json!({ "Mode": "free" }), &[("/Mode", "enum")]),
            (json!({ "Start": 0.5 }), &[("/Start", "type")]),
            (json!({ "Start": 4 }), &[("/Start", "minimum")]),
            (json!({ "Start": "9", "End": 1 }), &[("/Start", "type")]),
        ],
    );
}

#[test]
fn missing_members_are_pointed_at() {
    let files = Files::sound();
    let validator = RequestValidator::new(&files.set(), "live/call").unwrap();
    let missing = [("/Name".to_owned(), "required".to_owned(), 100_002)];
    assert_eq!(found(&validator, &json!({})), missing.into());
    expect(
        &files,
        &[
            (json!({ "Inner": {} }), &[("/Inner/Id", "required")]),
            (
                json!({ "Entries": [{}, { "Key": "a" }, {}] }),
                &[
                    ("/Entries/0/Key", "required"),
                    ("/Entries/2/Key", "required"),
                ],
            ),
            (json!({ "unknown": 1 }), &[]),
        ],
    );
    for request in [json!([]), json!(null), json!("a"), json!(1)] {
        let broken = [(String::new(), "type".to_owned(), 100_002)];
        assert_eq!(found(&validator, &request), broken.into());
    }
}

#[test]
fn differences_apply_when_both_are_there() {
    let rule = json!([{ "of": "End", "minus": "Start", "minimum": 300, "maximum": 400 }]);
    let files = Files::sound().call("/differences", rule);
    expect(
        &files,
        &[
            (json!({ "Start": 0 }), &[]),
            (json!({ "End": 0 }), &[]),
            (json!({ "Start": 1000, "End": 1300 }), &[]),
            (json!({ "Start": 1000, "End": 1400.0 }), &[]),
            (
                json!({ "Start": 1000, "End": 1299 }),
                &[("/End", "minDifference")],
            ),
            (
                json!({ "Start": 1000, "End": 1401 }),
                &[("/End", "maxDifference")],
            ),
            (
                json!({ "Start": i64::MIN, "End": i64::MAX }),
                &[("/End", "maxDifference")],
            ),
            (
                json!({ "Start": i64::MAX, "End": i64::MIN }),
                &[("/End", "minDifference")],
            ),
            (json!({ "Start": "0", "End": 1 }), &[("/Start", "type")]),
        ],
    );
}

#[test]
fn sums_add_up_bytes() {
    let files = Files::sound().call(
        "/sums",
        json!([
            { "over": "Tags", "maximum": 6 },
            { "over": "Labels", "maximum": 6 },
            { "over": "Entries", "member": "Value", "maximum": 6 },
        ]),
    );
    expect(
        &files,
        &[
            (json!({ "Tags": ["房", "abc"] }), &[]),
            (json!({ "Tags": ["房", "abcd"] }), &[("/Tags", "maxSum")]),
            (json!({ "Labels": { "long name": "abcdef" } }), &[]),
            (
                json!({ "Labels": { "a": "abc", "b": "defg" } }),
                &[("/Labels", "maxSum")],
            ),
            (
                json!({ "Entries": [{ "Key": "1234567", "Value": "abcdef" }, { "Key": "" }] }),
                &[],
            ),
            (
                json!({ "Entries": [{ "Key": "", "Value": "abc" }, { "Key": "", "Value": "defg" }] }),
                &[("/Entries", "maxSum")],
            ),
            (json!({ "Tags": 5 }), &[("/Tags", "type")]),
            (
                json!({ "Tags": ["abcdefg", 5] }),
                &[("/Tags", "maxSum"), ("/Tags/1", "type")],
            ),
        ],
    );
}

#[test]
fn groups_point_at_the_object() {
    let files = Files::sound()
        .call("/requiredTogether", json!([["Start", "End"]]))
        .call(
            "/properties/Inner/properties/Other",
            json!({ "description": "A.", "type": "string" }),
        )
        .call(
            "/properties/Inner/atLeastOneOf",
            json!([["Count", "Other"]]),
        );
    expect(
        &files,
        &[
            (json!({}), &[]),
            (json!({ "Start": 1, "End": 2 }), &[]),
            (json!({ "Start": 1 }), &[("", "requiredTogether")]),
            (json!({ "Start": 1, "End": null }), &[("/End", "type")]),
            (
                json!({ "Inner": { "Id": "a" } }),
                &[("/Inner", "atLeastOneOf")],
            ),
            (json!({ "Inner": { "Id": "a", "Other": "" } }), &[]),
            (json!({ "Inner": [] }), &[("/Inner", "type")]),
        ],
    );
}

#[test]
fn a_list_that_is_too_long_is_not_looked_into() {
    let files = Files::sound().call("/properties/Entries/maxItems", json!(1));
    expect(
        &files,
        &[
            (json!({ "Tags": ["a", "b", "c"] }), &[]),
            (json!({ "Tags": [1, 2, 3, 4] }), &[("/Tags", "maxItems")]),
            (
                json!({ "Entries": [{}, { "Key": 1 }] }),
                &[("/Entries", "maxItems")],
            ),
        ],
    );
    let minimum = Files::sound().call("/properties/Tags/minItems", json!(1));
    expect(
        &minimum,
        &[(json!({ "Tags": [] }), &[("/Tags", "minItems")])],
    );
}

#[test]
fn ranges_include_their_ends() {
    let files = Files::sound()
        .call("/properties/Start/minimum", json!(-5))
        .call("/properties/Start/maximum", json!(5));
    expect(
        &files,
        &[
            (json!({ "Start": -5 }), &[]),
            (json!({ "Start": 5 }), &[]),
            (json!({ "Start": -6 }), &[("/Start", "minimum")]),
            (json!({ "Start": 6 }), &[("/Start", "maximum")]),
        ],
    );
}

#[test]
fn codes_are_those_beside_the_rule() {
    let files = Files::sound()
        .call(
            "/properties/Name/limitCodes",
            json!({ "maxBytes": 100_010, "type": 100_012 }),
        )
        .call(
            "/differences",
            json!([{ "of": "End", "minus": "Start", "minimum": 1 }]),
        )
        .call("/requiredTogether", json!([["Start", "End"]]))
        .call(
            "/limitCodes",
            json!({ "differences": 100_010, "requiredTogether": 100_012 }),
        )
        .with(TYPES, "/$defs/Mode/limitCodes", json!({ "enum": 100_010 }))
        .file(
            "common/codes.json",
            json!({
                "$schema": "../dialect.json", "title": "C", "description": "C.",
                "codes": [crate::support::code(100_010, "A")],
            }),
        );
    let validator = RequestValidator::new(&files.set(), "live/call").unwrap();
    let codes = |request: Value| -> Vec<i32> {
        found(&validator, &request)
            .into_iter()
            .map(|(_, _, code)| code)
            .collect()
    };
    assert_eq!(codes(json!({ "Name": "123456789" })), [100_010]);
    assert_eq!(codes(json!({ "Name": 1 })), [100_012]);
    assert_eq!(codes(json!({})), [100_002]);
    assert_eq!(codes(json!({ "Name": "a", "Mode": "x" })), [100_010]);
    assert_eq!(codes(json!({ "Name": "a", "Mode": 1 })), [100_002]);
    assert_eq!(
        codes(json!({ "Name": "a", "Start": 1, "End": 1 })),
        [100_010]
    );
    assert_eq!(codes(json!({ "Name": "a", "Start": 1 })), [100_012]);
}

#[test]
fn names_may_hold_any_character() {
    let name = "a|b~/房 %?#\"\\";
    let place = "a|b~0~1房 %?#\"\\";
    let integer = json!({ "description": "A.", "type": "integer", "default": 1 });
    let files = Files::sound()
        .call(&format!("/properties/{place}"), integer)
        .call(
            "/differences",
            json!([{ "of": name, "minus": "Start", "minimum": 1 }]),
        )
        .call("/required", json!(["Name", name]))
        .call("/examples", json!([]))
        .call("/counterexamples", json!([]));
    let validator = RequestValidator::new(&files.set(), "live/call").unwrap();
    let pointer = format!("/{place}");
    let at = |rule: &str| BTreeSet::from([(pointer.clone(), rule.to_owned(), 100_002)]);
    assert_eq!(found(&validator, &json!({ "Name": "a" })), at("required"));
    assert_eq!(
        found(&validator, &json!({ "Name": "a", name: "x" })),
        at("type")
    );
    let request = json!({ "Name": "a", name: 1, "Start": 1 });
    assert_eq!(found(&validator, &request), at("minDifference"));
}

#[test]
fn messages_do_not_repeat_values() {
    let secret = "s3cr3t-and-far-too-long";
    let files = Files::sound();
    let validator = RequestValidator::new(&files.set(), "live/call").unwrap();
    for request in [
        json!({ "Name": secret, "Mode": secret }),
        json!({ "Name": [secret] }),
    ] {
        for finding in validator.findings(&request) {
            assert!(!finding.message.contains("s3cr3t"), "{finding:?}");
        }
    }
}
