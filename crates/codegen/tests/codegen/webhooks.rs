//! What is generated from webhook events.

use serde_json::json;

use crate::support::{expect, generated, ir_of, text, texts};

#[test]
fn the_events_of_a_small_set() {
    let files = generated("events");
    let files: Vec<String> = files
        .iter()
        .filter(|file| file.path.starts_with("crates/webhooks/"))
        .map(|file| format!("==> {}\n{}", file.path, file.text))
        .collect();
    insta::assert_snapshot!(files.join("\n"));
}

#[test]
fn what_only_events_use_is_not_in_the_model() {
    let files = generated("events");
    let of_model = |file: &&trtc_rooms_codegen::GeneratedFile| file.path.contains("crates/model/");
    assert!(
        files
            .iter()
            .filter(of_model)
            .all(|file| !file.path.contains("parts"))
    );
    let root = text(&files, "crates/model/src/generated/mod.rs");
    assert!(!root.contains("common"), "{root}");
}

#[test]
fn nothing_is_generated_without_events() {
    let files = generated("small");
    assert!(files.iter().all(|file| !file.path.contains("webhooks")));
}

#[test]
fn what_endpoints_and_events_use_is_in_both() {
    // The shared types of the small set hold what is received, too.
    let mut files = texts("events");
    files.extend(texts("small"));
    let shared = json!({
        "$schema": "../dialect.json", "title": "Both", "description": "Both.",
        "$defs": { "Both": {
            "description": "Both.", "type": "object",
            "properties": { "A": { "description": "A.", "type": "string" } },
        } },
    });
    files.insert("common/both.json".to_owned(), shared.to_string());
    let both = json!({ "description": "Both.", "$ref": "../common/both.json#/$defs/Both" });
    for (name, pointer) in [
        ("live/take_seat.json", "/response/properties"),
        ("callbacks/live_after_open.json", "/properties"),
    ] {
        let mut file: serde_json::Value = serde_json::from_str(&files[name]).unwrap();
        file.pointer_mut(pointer).unwrap()["Both"] = both.clone();
        files.insert(name.to_owned(), file.to_string());
    }
    let files = trtc_rooms_codegen::generate(&ir_of(files)).unwrap();
    for crate_name in ["model", "webhooks"] {
        let path = format!("crates/{crate_name}/src/generated/common/both.rs");
        assert!(text(&files, &path).contains("pub struct Both"));
    }
}

#[test]
fn names_that_generated_code_uses_are_refused() {
    let mut files = texts("events");
    let name = "callbacks/live_after_open.json";
    let mut event: serde_json::Value = serde_json::from_str(&files[name]).unwrap();
    event["properties"]["UnixMillis"] = json!({
        "description": "A clash.", "type": "object",
        "properties": { "A": { "description": "A.", "type": "string" } },
    });
    files.insert(name.to_owned(), event.to_string());
    expect(
        &ir_of(files),
        name,
        "/properties/UnixMillis",
        "`UnixMillis`",
    );
}
