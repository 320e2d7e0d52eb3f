//! Reports in words and as JSON, as people and machines see them.

use serde_json::json;
use trtc_rooms_compat::report::{Base, Counts, Report, Unreadable, Version};
use trtc_rooms_compat::{Changelog, Schemas, compare};

use crate::set::Set;

const LIVE: &str = "live/create_room.json";
const ROOM: &str = "/properties/RoomInfo/properties";

/// A bad day: something of every class.
fn changed() -> (Schemas, Schemas) {
    // The changes are planted in a small file, so that the snapshots do not move with
    // every edit of a schema.
    let mut old = Set::seed();
    for name in old.names() {
        if name != LIVE && name != "common/rooms.json" {
            old.remove_file(&name);
        }
    }
    let mut new = old.clone();
    new.set(
        LIVE,
        &format!("{ROOM}/RoomName"),
        json!({
            "description": "The name.", "type": "string", "maxBytes": 32
        }),
    );
    old.set(
        LIVE,
        &format!("{ROOM}/RoomName"),
        json!({
            "description": "The name of the room.", "type": "string", "maxBytes": 48
        }),
    );
    new.remove(LIVE, &format!("{ROOM}/CoverURL"));
    new.set(
        LIVE,
        &format!("{ROOM}/Notice"),
        json!({ "description": "New.", "type": "string" }),
    );
    new.set(LIVE, "/endpoint/page/updated", json!("2030-01-01"));
    old.set(LIVE, "/endpoint/page/updated", json!("2026-03-06"));
    let list = new.remove(LIVE, "/$defs/SeatTemplate");
    new.set(LIVE, "/$defs/SeatLayout", list);
    new.set(
        LIVE,
        &format!("{ROOM}/SeatTemplate/$ref"),
        json!("#/$defs/SeatLayout"),
    );
    (old.schemas(), new.schemas())
}

fn report(old: &Schemas, new: &Schemas, changelog: &str) -> Report {
    let changes = compare(old, new);
    let changelog = Changelog::parse(changelog).demand(&Changelog::default(), &changes);
    Report {
        base: Base {
            revision: "v0.1.0".to_owned(),
            commit: "0123456789abcdef0123456789abcdef01234567".to_owned(),
        },
        counts: Counts::of(&changes),
        unreadable: Vec::new(),
        notes: Vec::new(),
        changelog,
        version: Version::of("0.1.0", &changes),
        changes,
    }
}

#[test]
fn a_report_in_words() {
    let (old, new) = changed();
    insta::assert_snapshot!(report(&old, &new, "").to_text());
}

#[test]
fn a_report_as_json() {
    let (old, new) = changed();
    let mut report = report(
        &old,
        &new,
        "## [Unreleased]\n\n### Breaking\n\n- Shorter names.\n",
    );
    report.changes.truncate(2);
    insta::assert_json_snapshot!(report);
}

#[test]
fn a_report_of_nothing() {
    let (old, _) = changed();
    insta::assert_snapshot!(report(&old, &old, "").to_text());
}

#[test]
fn a_report_that_is_not_complete() {
    let (old, _) = changed();
    let mut report = report(&old, &old, "");
    report
        .notes
        .push("the base is of an earlier dialect".to_owned());
    report.unreadable.push(Unreadable {
        file: "live/stop_room.json".to_owned(),
        side: "the base",
        reason: "it is not JSON: expected value at line 1 column 1".to_owned(),
    });
    insta::assert_snapshot!(report.to_text());
}
