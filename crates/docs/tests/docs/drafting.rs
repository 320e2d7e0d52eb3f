use std::fmt::Write as _;

use trtc_rooms_docs::{Decision, Draft, Wording, compare, scaffold};
use trtc_rooms_schema::SchemaSet;

use crate::support::{FORMS, fixture, lines, page, schemas, schemas_with};

/// The draft of a page whose schema is not there yet.
fn draft(name: &str, file: &str) -> Draft {
    let set = schemas_with(file, None);
    scaffold(&page(name, &fixture(name)), &set).unwrap()
}

#[test]
fn drafts() {
    for (name, file) in [
        ("live_create_room.html", "live/create_room.json"),
        ("conference_create_room.txt", "conference/create_room.json"),
    ] {
        let draft = draft(name, file);
        let mut text = draft.text;
        for decision in draft.decisions {
            let _ = writeln!(
                text,
                "{:>4} {}: {}",
                decision.line, decision.pointer, decision.what
            );
        }
        insta::assert_snapshot!(name.replace('.', "_"), text);
    }
}

#[test]
fn all_forms_give_the_same_draft() {
    for (name, file) in [
        ("live_update_room_info", "live/update_room_info.json"),
        ("live_create_room", "live/create_room.json"),
    ] {
        let [html, md, txt] = FORMS.map(|form| draft(&format!("{name}.{form}"), file).text);
        assert_eq!(html, md);
        assert_eq!(md, txt);
    }
}

#[test]
fn a_draft_is_refused_until_it_is_decided_and_then_agrees_with_the_page() {
    let name = "live_update_room_info.txt";
    let file = "live/update_room_info.json";
    let draft = draft(name, file);
    assert_eq!(draft.file.as_deref(), Some(file));
    let with = |text: &str| {
        let others = schemas().files().filter(|known| known.name != file);
        let files = others.map(|file| (file.name.as_str(), file.text.as_str()));
        SchemaSet::from_files(files.chain([(file, text)]))
    };
    let problems = with(&draft.text).unwrap_err().to_string();
    assert!(problems.contains("#/endpoint/repeat/safe"), "{problems}");
    let decided = draft
        .text
        .replace(r#""safe": "UNDECIDED""#, r#""safe": true"#)
        .replace(r#""payload": "UNDECIDED""#, r#""payload": "nested""#)
        .replace(
            r#""url": "UNDECIDED""#,
            r#""url": "https://trtc.io/document/63403""#,
        );
    let problems = with(&decided).unwrap_err();
    let message = "nobody has decided this since the file was drafted";
    assert!(
        problems
            .iter()
            .all(|problem| problem.to_string().contains(message)),
        "{problems}"
    );
    assert!(problems.to_string().contains("#/description"), "{problems}");
    let decided = decided.replace("\"UNDECIDED\"", "\"What it is about.\"");
    let set = with(&decided).unwrap_or_else(|problems| panic!("{problems}"));
    let report = compare(name, &page(name, &fixture(name)), &set, &Wording::default());
    assert_eq!(lines(&report), Vec::<String>::new());
}

#[test]
fn what_has_a_schema_gets_no_draft() {
    let name = "live_create_room.txt";
    let refused = scaffold(&page(name, &fixture(name)), schemas()).unwrap_err();
    assert!(refused.contains("live/create_room.json"), "{refused}");
    assert!(scaffold(&page("a.txt", ""), schemas()).is_err());
}

#[test]
fn a_product_with_groups_asks_for_the_group() {
    let file = "live/update_room_info.json";
    let product = schemas().file("live/product.json").unwrap();
    let text = product.text.replace(
        "\"product\": {",
        "\"product\": { \"groups\": { \"rooms\": { \"description\": \"Rooms.\" } },",
    );
    let mut files: Vec<(String, String)> = schemas()
        .files()
        .filter(|known| known.name != file && known.name != product.name)
        .map(|known| {
            let grouped = "\"endpoint\": { \"group\": \"rooms\",";
            let text = if known.name.starts_with("live/") {
                known.text.replace("\"endpoint\": {", grouped)
            } else {
                known.text.clone()
            };
            (known.name.clone(), text)
        })
        .collect();
    files.push((product.name.clone(), text));
    let set = SchemaSet::from_files(files).unwrap_or_else(|problems| panic!("{problems}"));
    let name = "live_update_room_info.txt";
    let draft = scaffold(&page(name, &fixture(name)), &set).unwrap();
    assert!(
        draft.text.contains("\"group\": \"UNDECIDED\""),
        "{}",
        draft.text
    );
    let asked = |decision: &Decision| {
        decision.pointer == "/endpoint/group" && decision.what.ends_with("rooms")
    };
    assert!(draft.decisions.iter().any(asked));
}
