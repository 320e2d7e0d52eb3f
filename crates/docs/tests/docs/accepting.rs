use trtc_rooms_docs::{Accepted, Wording, accept, compare};

use crate::support::{fixture, lines, page, report, schemas, schemas_with};

fn accepted(name: &str, text: &str) -> Accepted {
    accept(&report(name, text), schemas()).unwrap()
}

#[test]
fn nothing_to_accept_changes_no_byte() {
    let name = "live_create_room.md";
    let accepted = accepted(name, &fixture(name));
    assert_eq!(
        accepted.text,
        schemas().file("live/create_room.json").unwrap().text
    );
    assert!(accepted.applied.is_empty() && accepted.left.is_empty());
}

#[test]
fn what_is_mechanical_is_applied_and_nothing_else_moves() {
    let name = "live_create_room.txt";
    let text = fixture(name)
        .replace("2026-03-06", "2026-04-09")
        .replace("100 bytes", "120 bytes")
        .replace("Up to 200 bytes.", "")
        .replace("A number of your own.", "A number of your own, at most 9.")
        .replace("200 requests", "100 requests")
        .replace(
            "USA: adminapiusa.im.qcloud.com",
            "Jakarta: adminapiidn.im.qcloud.com",
        )
        .replace("100026\n", "100004\n")
        .replace(
            "find the room. Default is true",
            "find the room. Default is false",
        );
    let accepted = accepted(name, &text);
    let code = |code: i32| {
        let codes = &schemas().file("common/room_codes.json").unwrap().text;
        block(codes, code).to_owned()
    };
    let old = &schemas().file("live/create_room.json").unwrap().text;
    let gone = block(old, 100_026);
    let expected = old
        .replace("\"rate\": { \"calls\": 200,", "\"rate\": { \"calls\": 100,")
        .replace("\"singapore\", \"usa\"", "\"singapore\", \"jakarta\"")
        .replace("2026-03-06", "2026-04-09")
        .replace("\"maxBytes\": 100", "\"maxBytes\": 120")
        .replace(",\n          \"maxBytes\": 200", "")
        .replace(
            "own.\",\n          \"type\": \"integer\"",
            "own.\",\n          \"type\": \"integer\",\n          \"maximum\": 9",
        )
        .replace(&format!(",\n{gone}"), "")
        .replace(
            block(old, 100_007),
            &format!("{},\n{}", code(100_004), block(old, 100_007)),
        );
    assert_eq!(accepted.text, expected);
    // Comparing again shows what is left and no more.
    let set = schemas_with("live/create_room.json", Some(&accepted.text));
    let again = compare(name, &page(name, &text), &set, &Wording::default());
    assert_eq!(lines(&again), ["default IsPublicVisible: false / true"]);
    assert_eq!(
        accepted.left.len(),
        3,
        "the default, and two things that are worded anew"
    );
    let last = accept(&again, &set).unwrap();
    assert_eq!(last.text, accepted.text, "a second time changes nothing");
}

#[test]
fn an_edit_that_the_examples_contradict_is_left_with_its_reason() {
    let name = "live_create_room.txt";
    let text = fixture(name).replace("48 bytes", "40 bytes");
    let accepted = accepted(name, &text);
    assert!(accepted.applied.is_empty());
    let (entry, reason) = &accepted.left[0];
    assert_eq!(entry.page, "at most 40 bytes");
    assert!(
        reason.as_ref().unwrap().contains("/examples/2"),
        "{reason:?}"
    );
}

#[test]
fn a_code_that_no_table_knows_is_left() {
    let name = "live_create_room.txt";
    let accepted = accepted(name, &fixture(name).replace("100012", "100777"));
    let left: Vec<String> = accepted
        .left
        .iter()
        .map(|(entry, reason)| format!("{} {}", entry.subject, reason.is_some()))
        .collect();
    assert_eq!(left, ["100777 false"]);
    // 100012 is still in the common table: that it answers a rate stays right.
    assert_eq!(
        accepted.applied,
        ["removed code 100012 TooFrequent: 100012: not listed (was: listed)"]
    );
}

#[test]
fn limits_of_two_members_and_shared_lists() {
    let name = "conference_create_room.txt";
    let accepted = accepted(name, &fixture(name).replace("5 minutes", "4 minutes"));
    // The counterexample of 299 seconds is right then.
    assert!(
        accepted.left[0]
            .1
            .as_ref()
            .unwrap()
            .contains("counterexamples")
    );
    let accepted = accept(
        &report(name, &fixture(name).replace("24 hours", "23 hours")),
        schemas(),
    )
    .unwrap();
    let old = &schemas().file("conference/create_room.json").unwrap().text;
    assert_eq!(
        accepted.text,
        old.replace("\"maximum\": 86400", "\"maximum\": 82800")
    );
}

#[test]
fn a_page_that_is_not_read_in_full_or_older_is_refused() {
    let name = "live_create_room.txt";
    let torn = fixture(name).replace("    Error Code\n    Description\n", "");
    assert!(
        accept(&report(name, &torn), schemas())
            .unwrap_err()
            .contains("in full")
    );
    let old = fixture(name).replace("2026-03-06", "2025-03-06");
    assert!(
        accept(&report(name, &old), schemas())
            .unwrap_err()
            .contains("older")
    );
    let other = fixture(name).replace("/create_room", "/make_room");
    assert!(
        accept(&report(name, &other), schemas())
            .unwrap_err()
            .contains("scaffold")
    );
}

#[test]
fn quirks_excuse_what_they_name_until_it_is_gone() {
    let file = "live/update_room_info.json";
    let old = &schemas().file(file).unwrap().text;
    let quirk = r#"      "decision": "The table is followed.","#.to_owned()
        + r#" "excuses": [{ "difference": "tightenedLimit", "page": "at most 80 bytes" }]"#;
    let new = old.replace(r#"      "decision": "The table is followed.""#, &quirk);
    assert_ne!(*old, new);
    let set = schemas_with(file, Some(&new));
    let name = "live_update_room_info.md";
    let against = |from: &str, to: &str| {
        let page = page(name, &fixture(name).replace(from, to));
        lines(&compare(name, &page, &set, &Wording::default()))
    };
    assert_eq!(against("100 bytes", "80 bytes"), Vec::<String>::new());
    let stale = "staleQuirk Notice: no longer says this, or the schema agrees with it now / tightenedLimit: at most 80 bytes";
    assert_eq!(against("", ""), [stale]);
    assert_eq!(
        against("100 bytes", "70 bytes"),
        [
            "tightenedLimit Notice: at most 70 bytes / at most 100 bytes",
            stale
        ]
    );
    // The same limit of another field is not excused.
    assert_eq!(
        against("Picture of the room", "Picture, at most 80 bytes"),
        [
            "tightenedLimit CoverURL: at most 80 bytes / no such limit",
            stale
        ]
    );
}

#[test]
fn wording_is_recorded_once_and_on_request() {
    let name = "live_update_room_info.md";
    let endpoint = "live/update_room_info";
    let mut wording = Wording::default();
    let old = page(name, &fixture(name));
    let new = page(
        name,
        &fixture(name).replace("Which room it is", "Which room it was"),
    );
    assert_eq!(wording.record(endpoint, &old, false), 19);
    assert_eq!(wording.record(endpoint, &old, false), 0);
    let meaning = |wording: &Wording| lines(&compare(name, &new, schemas(), wording)).len();
    assert_eq!(meaning(&wording), 1);
    // What has changed stays to do until somebody says that it is done.
    assert_eq!(wording.record(endpoint, &new, false), 0);
    assert_eq!(meaning(&wording), 1);
    assert_eq!(wording.record(endpoint, &new, true), 1);
    assert_eq!(meaning(&wording), 0);
}

/// The lines of an error code in a schema file.
fn block(text: &str, code: i32) -> &str {
    let start = text
        .find(&format!("    {{\n      \"code\": {code},"))
        .unwrap();
    let end = start + text[start..].find("\n    }").unwrap() + 6;
    &text[start..end]
}
