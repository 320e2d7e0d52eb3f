//! Pages that are torn apart: nothing panics, nothing takes long, and every line that is
//! named exists.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use trtc_rooms_docs::page::Form;
use trtc_rooms_docs::{Wording, accept, compare, read, scaffold};

use crate::support::{FORMS, PAGES, fixture, schemas, schemas_with};

/// Far more than a page takes in a debug build on a busy machine.
const LONG: Duration = Duration::from_secs(20);

#[derive(Clone, Debug)]
enum Blow {
    Cut(usize, usize),
    Repeat(usize, usize),
    Swap(usize, usize),
    Insert(usize, String),
    Join(usize),
    End(usize),
}

fn blow() -> impl Strategy<Value = Blow> {
    let place = 0..400_usize;
    prop_oneof![
        (place.clone(), 1..30_usize).prop_map(|(at, many)| Blow::Cut(at, many)),
        (place.clone(), 1..30_usize).prop_map(|(at, many)| Blow::Repeat(at, many)),
        (place.clone(), place.clone()).prop_map(|(one, other)| Blow::Swap(one, other)),
        (place.clone(), fragment()).prop_map(|(at, text)| Blow::Insert(at, text)),
        place.clone().prop_map(Blow::Join),
        place.prop_map(Blow::End),
    ]
}

/// What a page may be torn into, and what it is not.
fn fragment() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,40}",
        "[{}\\[\\]\",:/*\\\\ ]{1,20}",
        "[<>/a-z|\\-` #]{1,20}",
        proptest::sample::select(vec![
            "Field",
            "Type",
            "Attribute",
            "Description",
            "String",
            "Mandatory",
            "Error code",
            "100001",
            "</table>",
            "<table>",
            "<td rowspan=3>",
            "| a | b |",
            "```",
            "up to 48 bytes",
            "Error codes",
            "Last updated: 2026-01-01",
            "{",
            "}",
            "\u{202e}",
            "v4/a/b",
            "https://x/v4/a/b",
            "default is",
        ])
        .prop_map(str::to_owned),
    ]
}

fn struck(text: &str, blows: &[Blow]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for blow in blows {
        let count = lines.len().max(1);
        match blow {
            Blow::Cut(at, many) => {
                let at = (at % count).min(lines.len());
                let end = (at + many).min(lines.len());
                lines.drain(at..end);
            }
            Blow::Repeat(at, many) => {
                let at = (at % count).min(lines.len());
                let end = (at + many).min(lines.len());
                let again = lines[at..end].to_vec();
                lines.splice(at..at, again);
            }
            Blow::Swap(one, other) if !lines.is_empty() => lines.swap(one % count, other % count),
            Blow::Insert(at, text) => lines.insert((at % count).min(lines.len()), text.clone()),
            Blow::Join(at) if lines.len() > 1 => {
                let at = at % (lines.len() - 1);
                let next = lines.remove(at + 1);
                lines[at].push_str(&next);
            }
            Blow::End(at) => {
                if let Some(line) = lines.get_mut(at % count) {
                    let half = line.chars().take(line.chars().count() / 2).collect();
                    *line = half;
                }
            }
            _ => {}
        }
    }
    lines.join("\n")
}

/// Reads a text in a form and does everything that can be done with the page.
fn survive(text: &str, form: Form) {
    let started = Instant::now();
    let page = read(text, form);
    let report = compare("page", &page, schemas(), &Wording::default());
    let lines = text.lines().count().max(1);
    for entry in &report.entries {
        assert!(entry.line <= lines, "{entry}");
    }
    for unread in &report.unread {
        assert!(unread.line <= lines, "{unread}");
    }
    let _ = (report.to_string(), report.to_json());
    if let Ok(accepted) = accept(&report, schemas()) {
        schemas_with(&accepted.file, Some(&accepted.text));
    }
    if let Ok(draft) = scaffold(&page, schemas()) {
        serde_json::from_str::<serde_json::Value>(&draft.text).unwrap();
    }
    assert!(started.elapsed() < LONG, "{:?}", started.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn torn_pages(page in 0..9_usize, form in 0..3_usize, blows in prop::collection::vec(blow(), 1..12)) {
        let text = fixture(&format!("{}.{}", PAGES[page / 3], FORMS[page % 3]));
        // Now and then a page is taken for one of another form.
        let form = if form == 0 { page % 3 } else { (page + form) % 3 };
        survive(&struck(&text, &blows), [Form::Html, Form::Markdown, Form::Text][form]);
    }

    #[test]
    fn no_pages_at_all(parts in prop::collection::vec(fragment(), 0..60), form in 0..3_usize) {
        survive(&parts.join("\n"), [Form::Html, Form::Markdown, Form::Text][form]);
    }
}

#[test]
fn large_pages_take_a_bounded_time() {
    let header = "Field\nType\nAttribute\nDescription\n";
    for (text, form) in [
        ("<div>".repeat(300_000), Form::Html),
        (
            format!("{}{}", "<div>".repeat(250), "<p><b>x".repeat(20_000)),
            Form::Html,
        ),
        (
            "<table><tr><td rowspan=500 colspan=50>x".repeat(5_000),
            Form::Html,
        ),
        ("- ".repeat(100_000), Form::Markdown),
        ("[".repeat(100_000), Form::Markdown),
        ("|a".repeat(50_000) + "\n|-|-|\n", Form::Markdown),
        ("{\n".repeat(50_000), Form::Text),
        ("{\"a\":".repeat(100_000), Form::Text),
        (header.repeat(5_000), Form::Text),
        (
            header.to_owned() + &"Description\n".repeat(20_000),
            Form::Text,
        ),
        (
            header.to_owned() + &"RoomId\nString\nMandatory\nUp to 48 bytes\n".repeat(3_000),
            Form::Text,
        ),
        ("a\t".repeat(90_000), Form::Text),
        ("up to ".repeat(100_000), Form::Text),
        ("x".repeat(3 << 20), Form::Text),
    ] {
        survive(&text, form);
    }
}
