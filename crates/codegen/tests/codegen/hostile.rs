//! Texts of schemas come from pages, and so from anybody.

use serde_json::json;

use crate::support::{ENDPOINT, Small, generated};

/// The text of a comment, without its marker.
fn comments(code: &str) -> Vec<&str> {
    let lines = code.lines().map(str::trim_start);
    lines
        .filter_map(|line| {
            line.strip_prefix("///")
                .or_else(|| line.strip_prefix("//!"))
        })
        .collect()
}

#[test]
fn nothing_in_a_description_is_run_or_rendered() {
    for file in generated("everything") {
        let mut is_example = false;
        for line in comments(&file.text) {
            let line = line.trim_start();
            if line.starts_with("```") || line.starts_with("~~~") {
                assert!(
                    line == "```no_run" || line == "```",
                    "{}: {line}",
                    file.path
                );
                is_example = !is_example;
            } else if !is_example {
                let code_apart: String = line.split('`').step_by(2).collect();
                let is_ours = code_apart.contains("](") && !code_apart.contains("(y)");
                let links = code_apart.replace("\\[", "").replace("\\]", "");
                assert!(is_ours || !links.contains("]("), "{}: {line}", file.path);
                let tags = code_apart.replace("\\<", "").replace("<https://", "");
                assert!(
                    !tags.contains('<') || tags.contains("](<"),
                    "{}: {line}",
                    file.path
                );
            }
        }
        assert!(!is_example, "{}", file.path);
        let hidden = |letter: char| matches!(letter, '\u{202a}'..='\u{202e}');
        assert!(
            !comments(&file.text).concat().contains(hidden),
            "{}",
            file.path
        );
    }
}

#[test]
fn a_description_of_any_length_and_content_stays_a_comment() {
    for text in [
        "*/",
        "//",
        "\"#",
        "\\",
        "\0",
        "#![allow(warnings)]",
        "a\u{2028}b",
        "\u{feff}",
    ] {
        let hostile = format!("{text} {}", "x".repeat(10_000));
        let model = Small::new()
            .with(ENDPOINT, "/properties/RoomId/description", json!(hostile))
            .model();
        let lines = model.lines().filter(|line| line.contains("xxxx"));
        assert_eq!(lines.clone().count(), 1, "{text:?}");
        assert!(
            lines
                .clone()
                .all(|line| line.trim_start().starts_with("///")),
            "{text:?}"
        );
    }
}

#[test]
fn texts_of_codes_and_pages_stay_texts() {
    let text = "\"}; compile_error!(\"x\"); //\n\\";
    let files = Small::new()
        .with(ENDPOINT, "/codes/0/meaning", json!(text))
        .with(ENDPOINT, "/endpoint/page/title", json!(text))
        .with(ENDPOINT, "/title", json!(text))
        .generate()
        .unwrap();
    for file in files {
        let parsed = syn::parse_file(&file.text).unwrap();
        let is_macro = |item: &syn::Item| matches!(item, syn::Item::Macro(_));
        assert!(!parsed.items.iter().any(is_macro), "{}", file.path);
    }
}
