//! Files as a whole: whether they are JSON, their names, what they are for.

use serde_json::json;
use trtc_rooms_schema::SchemaSet;

use crate::support::{CALL, Files, TYPES, code};

#[test]
fn the_sound_set_is_sound() {
    Files::sound().expect_none();
}

#[test]
fn malformed_json_is_reported_with_line_and_column() {
    let texts = [
        ("{\n  \"a\": 1,\n}", "line 3, column 1", "trailing comma"),
        ("", "line 1, column 0", "EOF while parsing a value"),
        ("{} {}", "line 1, column 4", "trailing characters"),
        ("\u{feff}{}", "line 1, column 1", "expected value"),
        ("{\"a\": \"\\ud800\"}", "line 1, column 14", "hex escape"),
        ("{\"a\": 1e999}", "line 1, column 11", "number out of range"),
        ("{\"a\": 1 // one\n}", "line 1, column 9", "expected"),
    ];
    for (text, place, words) in texts {
        let problems = SchemaSet::from_files([("live/a.json", text)]).unwrap_err();
        let problem = problems.iter().next().unwrap();
        assert_eq!(problem.file, "live/a.json");
        assert_eq!(problem.place, place, "{text:?}");
        assert!(problem.message.contains(words), "{problem}");
        assert!(!problem.message.contains("line"), "{problem}");
    }
}

#[test]
fn deeply_nested_json_is_refused_and_not_followed() {
    let text = "[".repeat(100_000);
    let problems = SchemaSet::from_files([("live/a.json", text)]).unwrap_err();
    assert!(
        problems.to_string().contains("recursion limit"),
        "{problems}"
    );
}

#[test]
fn members_that_stand_twice_are_refused_where_they_stand() {
    let text = "{\n  \"title\": \"a\",\n  \"properties\": {\n    \"A\": {},\n    \"A\": {}\n  }\n}";
    let problems = SchemaSet::from_files([("live/a.json", text)]).unwrap_err();
    assert_eq!(
        problems.to_string(),
        "schemas/live/a.json, line 5, column 7: the member \"A\" stands twice"
    );
}

#[test]
fn problems_of_all_files_are_reported_at_once() {
    let problems =
        SchemaSet::from_files([("live/b.json", "{"), ("live/a.json", "[]")]).unwrap_err();
    let files: Vec<&str> = problems
        .iter()
        .map(|problem| problem.file.as_str())
        .collect();
    assert_eq!(files, ["live/a.json", "live/b.json"]);
}

#[test]
fn a_file_can_be_there_once() {
    let texts = Files::sound().texts().collect::<Vec<_>>();
    let twice = texts.iter().cloned().chain([texts[0].clone()]);
    let problems = SchemaSet::from_files(twice).unwrap_err();
    assert!(
        problems.to_string().contains("two of this file"),
        "{problems}"
    );
}

#[test]
fn files_are_named_as_modules_are() {
    for name in [
        "types.json",
        "a/b/types.json",
        "Common/types.json",
        "common/my-types.json",
        "common/1st.json",
        "common/_a.json",
        "common/a b.json",
        "common/a.b.json",
        "common/类型.json",
        "common\\types.json",
        "/types.json",
        "common/types.JSON",
    ] {
        let mut files = Files::sound();
        let types = files.0[TYPES].clone();
        files.0.insert(name.to_owned(), types);
        files.expect(&[(name, "", &["folder/name.json"])]);
    }
}

#[test]
fn a_file_has_one_purpose() {
    let page = json!({ "title": "a", "url": "https://example.com/1", "updated": "2026-01-31" });
    Files::sound()
        .with(TYPES, "/codes", json!([code(1, "One")]))
        .expect(&[(TYPES, "/$defs", &["`codes`", "files of their own"])]);
    Files::sound()
        .with("common/regions.json", "/product", json!({ "page": page }))
        .expect(&[
            ("common/regions.json", "/regions", &["`product`"]),
            ("common/regions.json", "/product", &["`product.json`"]),
        ]);
    Files::sound()
        .with(TYPES, "/response", json!({ "type": "object" }))
        .with(
            TYPES,
            "/counterexamples",
            json!([{
                "title": "a", "request": 1, "violations": [{ "pointer": "", "rule": "type" }],
            }]),
        )
        .expect(&[
            (TYPES, "/response", &["goes with `endpoint`"]),
            (TYPES, "/counterexamples", &["goes with `endpoint`"]),
        ]);
}

#[test]
fn regions_stand_in_one_file_and_once() {
    let region = json!({ "name": "usa", "description": "Again.", "host": "a.example.com" });
    Files::sound()
        .with("common/regions.json", "/regions/-", region)
        .expect(&[(
            "common/regions.json",
            "/regions/2/name",
            &["`usa`", "twice"],
        )]);
    let regions = Files::sound().0["common/regions.json"].clone();
    Files::sound()
        .file("common/regions2.json", regions)
        .expect(&[("common/regions2.json", "/regions", &["common/regions.json"])]);
}

#[test]
fn the_hash_does_not_depend_on_line_ends() {
    let text = Files::sound().0[TYPES].to_string();
    let hash = |text: &str| {
        let set = SchemaSet::from_files([(TYPES, text)]).unwrap();
        set.file(TYPES).unwrap().sha256()
    };
    let spaced = text.replace(',', ",\n");
    assert_eq!(hash(&spaced), hash(&spaced.replace('\n', "\r\n")));
    assert_ne!(hash(&spaced), hash(&text));
    assert_eq!(hash(&text).len(), 64);
}

#[test]
fn problems_are_shown_with_file_and_pointer() {
    let problems = Files::sound()
        .call("/properties/Name/maxByte", json!(1))
        .problems();
    assert_eq!(
        problems[0].to_string(),
        format!(
            "schemas/{CALL}#/properties/Name/maxByte: unknown keyword `maxByte`\n  help: did you mean `maxBytes`?"
        )
    );
}
