//! Pages with one change each, in all three forms, and what is reported of it.

use trtc_rooms_docs::report::Outcome;

use crate::support::{FORMS, fixture, in_form, lines, report};

const UPDATE: &str = "live_update_room_info";
const LIVE: &str = "live_create_room";
const MEETING: &str = "conference_create_room";

/// A page, what is replaced in it, by what, and what is reported.
type Planted = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

fn check(table: &[Planted]) {
    for (page, from, to, expected) in table {
        for form in FORMS {
            let name = format!("{page}.{form}");
            let old = fixture(&name);
            let text = old.replace(&in_form(form, from), &in_form(form, to));
            assert_ne!(text, old, "{name} has no `{from}`");
            let report = report(&name, &text);
            assert_eq!(lines(&report), *expected, "{name}: {from} -> {to}");
        }
    }
}

#[test]
fn limits() {
    check(&[
        (
            UPDATE,
            "100 bytes",
            "120 bytes",
            &["loosenedLimit Notice: at most 120 bytes / at most 100 bytes"],
        ),
        (
            UPDATE,
            "100 bytes",
            "99 bytes",
            &["tightenedLimit Notice: at most 99 bytes / at most 100 bytes"],
        ),
        (
            UPDATE,
            "length is 3",
            "length is 5",
            &["loosenedLimit Category: at most 5 / at most 3"],
        ),
        (
            LIVE,
            "48 bytes",
            "32 bytes",
            &["tightenedLimit RoomId: at most 32 bytes / at most 48 bytes"],
        ),
        (
            LIVE,
            "Up to 200 bytes",
            "Up to 2 KB",
            &[
                "unassignedLimit CoverURL: at most 2 KB / no such limit",
                "loosenedLimit CoverURL: no such limit / at most 200 bytes",
            ],
        ),
        (
            LIVE,
            "48 bytes",
            "48 characters",
            &[
                "unassignedLimit RoomId: at most 48 characters / no such limit",
                "loosenedLimit RoomId: no such limit / at most 48 bytes",
            ],
        ),
        (
            LIVE,
            "48 bytes",
            "48 bytes and at least 2 bytes",
            &[
                "tightenedLimit RoomId: at least 2 bytes / no such limit",
                "meaning request RoomId: other words than before / follows the words before",
            ],
        ),
        (
            UPDATE,
            "What the room is called",
            "What the room is called, up to 64 bytes",
            &[
                "tightenedLimit RoomName: at most 64 bytes / no such limit",
                "meaning request RoomName: other words than before / follows the words before",
            ],
        ),
        (
            MEETING,
            "5 minutes",
            "10 minutes",
            &["tightenedLimit ScheduleEndTime: at least 600 seconds / at least 300 seconds"],
        ),
        (
            MEETING,
            "24 hours",
            "2 days",
            &["loosenedLimit ScheduleEndTime: at most 172800 seconds / at most 86400 seconds"],
        ),
        // A number that is not understood is a limit that is gone, not one of another amount.
        (
            MEETING,
            "300 members",
            "one hundred members",
            &[
                "loosenedLimit ScheduleInviteeList_Account: no such limit / at most 300",
                "meaning request ScheduleInviteeList_Account: other words than before / follows the words before",
            ],
        ),
    ]);
}

#[test]
fn fields() {
    check(&[
        (
            UPDATE,
            "Notice",
            "Bulletin",
            &[
                "newField Bulletin: Bulletin: string, optional / not there",
                "removedField RoomInfo.Notice: RoomInfo.Notice: not in the table / there",
            ],
        ),
        (
            UPDATE,
            "\"ActivityStatus\"",
            "\"Activity\"",
            &[
                "newField RoomInfo.Activity: RoomInfo.Activity: in a sample, not in the table / not there",
            ],
        ),
        // The table has it still: a sample leaves out what is optional.
        (UPDATE, "\"MaxMemberCount\" : 250,", "", &[]),
        // The sample shows another object around it.
        (
            MEETING,
            "\"TakeSeatMode\": \"ApplyToTake\"",
            "\"Seats\": {\"TakeSeatMode\": \"ApplyToTake\"}",
            &[
                "place TakeSeatMode: RoomInfo.Seats.TakeSeatMode / RoomInfo.TakeSeatMode",
                "newField RoomInfo.Seats: RoomInfo.Seats: in a sample, not in the table / not there",
            ],
        ),
    ]);
}

#[test]
fn types_values_and_defaults() {
    check(&[
        (
            UPDATE,
            "ApplyToTake",
            "AskToTake",
            &[
                "newValue TakeSeatMode: AskToTake / not listed",
                "removedValue TakeSeatMode: ApplyToTake: ApplyToTake: not listed / listed",
                "meaning request TakeSeatMode: other words than before / follows the words before",
            ],
        ),
        (
            UPDATE,
            "ask for one ApplyToTake",
            "ask for one ApplyToTake, or be led to one LeadToTake",
            &[
                "newValue TakeSeatMode: LeadToTake / not listed",
                "meaning request TakeSeatMode: other words than before / follows the words before",
            ],
        ),
        (
            LIVE,
            "Fixed value: Live",
            "Fixed value: Stream",
            &[
                "newValue RoomType: Stream / not listed",
                "removedValue RoomType: no value / Live",
                "meaning request RoomType: other words than before / follows the words before",
            ],
        ),
        (
            LIVE,
            "AudioSalon",
            "AudioLounge",
            &[
                "newValue SeatTemplate: AudioLounge / not listed",
                "removedValue SeatTemplate: AudioSalon: AudioSalon: not listed / listed",
                "meaning request MaxSeatCount: other words than before / follows the words before",
            ],
        ),
        // A word like any other, but in the column of the values.
        (
            LIVE,
            "Karaoke",
            "Podcast",
            &[
                "newValue SeatTemplate: Podcast / not listed",
                "removedValue SeatTemplate: Karaoke: Karaoke: not listed / listed",
            ],
        ),
        (
            LIVE,
            "find the room. Default is true",
            "find the room. Default is false",
            &["default IsPublicVisible: false / true"],
        ),
        (
            LIVE,
            "Default is FreeToTake.",
            "",
            &[
                "default TakeSeatMode: no default / FreeToTake",
                "meaning request TakeSeatMode: other words than before / follows the words before",
            ],
        ),
        (
            UPDATE,
            "Shows the room to everybody.",
            "Shows the room to everybody. Default: true.",
            &[
                "default IsPublicVisible: true / no default",
                "meaning request IsPublicVisible: other words than before / follows the words before",
            ],
        ),
    ]);
}

#[test]
fn codes_rates_and_hosts() {
    check(&[
        (
            UPDATE,
            "100004",
            "100005",
            &[
                "newCode 100005: 100005: listed / not listed",
                "removedCode 100004 RoomNotFound: 100004: not listed / listed",
            ],
        ),
        (
            UPDATE,
            "200 queries",
            "100 queries",
            &["rate : 100 calls per second / 200 calls per second"],
        ),
        (
            UPDATE,
            "200 queries/sec.",
            "once every 10 seconds",
            &["rate : 1 call per 10 seconds / 200 calls per second"],
        ),
        (
            LIVE,
            "once per second",
            "once per minute",
            &[
                "rate of code 100012: 1 call per 60 seconds / 1 call per second",
                "meaning code 100012: other words than before / follows the words before",
            ],
        ),
        (
            UPDATE,
            "adminapiusa.im.qcloud.com",
            "adminapiidn.im.qcloud.com",
            &[
                "region jakarta: adminapiidn.im.qcloud.com / not listed",
                "region usa: usa: not listed / listed",
            ],
        ),
        (
            UPDATE,
            "console.tim.qq.com.",
            "console.tim.qq.comMoon: adminapimoon.im.qcloud.com.",
            &["region : adminapimoon.im.qcloud.com / no region has this host"],
        ),
        (
            UPDATE,
            "200 queries/sec.",
            "see the console",
            &[
                "unread: no rate of calls was found",
                "unread: `see the console` stands where the rate is expected",
            ],
        ),
    ]);
}

#[test]
fn words_and_titles() {
    check(&[
        (
            UPDATE,
            "The server failed, try again.",
            "The server failed, do not try again.",
            &["meaning code 100001: other words than before / follows the words before"],
        ),
        (
            UPDATE,
            "Silences the chat for all but staff",
            "Silences the chat for all",
            &[
                "meaning request IsMessageDisabled: other words than before / follows the words before",
            ],
        ),
        (
            UPDATE,
            "edits a room with this call",
            "edits rooms with this call",
            &["meaning overview: other words than before / follows the words before"],
        ),
        // Punctuation and case are no words.
        (
            UPDATE,
            "What the room is called.",
            "what the room is called",
            &[],
        ),
        (UPDATE, "The reason in words.", "The reason, in words!", &[]),
        (
            MEETING,
            "Create a Room",
            "Create Room",
            &["title : Create Room / Create a Room"],
        ),
        (
            MEETING,
            "makes a room for a meeting",
            "makes up to 7 rooms for a meeting",
            &[
                "unassignedLimit : at most 7 / no such limit",
                "meaning overview: other words than before / follows the words before",
            ],
        ),
    ]);
}

#[test]
fn samples() {
    check(&[
        (
            UPDATE,
            "\"Category\": [4,5]",
            "\"Category\": [4,5,6,7]",
            &["sample : /RoomInfo/Category: maxItems / value has more than 3 items"],
        ),
        (
            UPDATE,
            "\"RoomName\" : \"Evening show\"",
            "\"RoomName\" : 7",
            &["sample : /RoomInfo/RoomName: type / is integer, string is expected"],
        ),
        (
            MEETING,
            "1767259000",
            "1767258001",
            &[
                "sample : /RoomInfo/ScheduleEndTime: minDifference / is 1 after ScheduleStartTime, at least 300 is needed",
            ],
        ),
        (
            LIVE,
            "\"RoomId\": \"talk-1\", // the room",
            "\"RoomId\": 7",
            &["sample RoomId: RoomId: integer / string"],
        ),
        (
            LIVE,
            "\"RoomId\": \"talk-1\", // the room",
            "\"Response\": {\"RoomId\": \"talk-1\"}",
            &["payload : nested / beside"],
        ),
        // A comma too few or too many is a slip that changes nothing.
        (UPDATE, "\"ActivityStatus\":3,", "\"ActivityStatus\":3", &[]),
        (
            UPDATE,
            "\"ActivityStatus\":3,",
            "\"ActivityStatus\":three,",
            &["sample : is no JSON: Unexpected token / a request or a response"],
        ),
        // A sample that says so may leave out what is mandatory; one that does not, may not.
        (
            LIVE,
            "// other fields: see the table",
            "",
            &["sample : /RoomInfo/SeatTemplate: required / is missing"],
        ),
    ]);
}

#[test]
fn what_changes_nothing() {
    check(&[
        (UPDATE, "100 bytes", "１００　bytes", &[]),
        (UPDATE, "maximum 100 bytes", "up to 100 bytes", &[]),
        (
            UPDATE,
            "maximum array length is 3",
            "no more than three",
            &[],
        ),
        (
            LIVE,
            "Up to 3 tags per room",
            "Supports up to three",
            &["meaning request Category: other words than before / follows the words before"],
        ),
        (LIVE, "100 bytes", "100\u{a0}\u{200b}bytes", &[]),
        (UPDATE, "Mandatory", "REQUIRED", &[]),
        (UPDATE, "Bool", "Boolean", &[]),
        (
            UPDATE,
            "Request packet fields",
            "Request Packet Field Description",
            &[],
        ),
        (UPDATE, "Request packet fields", "Things to send", &[]),
        (UPDATE, "Error code", "Return code", &[]),
        (UPDATE, "Maximum calling frequency", "Rate limits：", &[]),
        (UPDATE, "200 queries/sec.", "２００ times per second", &[]),
    ]);
}

#[test]
fn full_width_digits_are_digits() {
    check(&[
        (
            UPDATE,
            "100 bytes",
            "９９ bytes",
            &["tightenedLimit Notice: at most 99 bytes / at most 100 bytes"],
        ),
        (
            UPDATE,
            "200 queries",
            "１００ queries",
            &["rate : 100 calls per second / 200 calls per second"],
        ),
    ]);
}

#[test]
fn dates_in_other_languages_are_dates() {
    for (label, outcome) in [
        ("Dernière mise à jour : 26 mars 2026", Outcome::Same),
        ("最終更新日：2026年3月26日", Outcome::Same),
        ("Sist oppdatert: 2026-03-26 17:11:44", Outcome::Same),
        ("Zuletzt aktualisiert: 27. März 2026", Outcome::Same),
        ("Last updated: 03/04/2026", Outcome::Unreadable),
        ("Someday", Outcome::Unreadable),
    ] {
        for form in FORMS {
            let name = format!("{UPDATE}.{form}");
            let text = fixture(&name)
                .replace("Last updated: 2026-03-26 17:11:44", label)
                .replace("Last updated:&nbsp;2026-03-26 17:11:44", label);
            let report = report(&name, &text);
            assert_eq!(
                report.outcome(),
                outcome,
                "{name}: {label} {:?}",
                lines(&report)
            );
        }
    }
}

#[test]
fn a_new_date_alone_is_no_difference() {
    check(&[(
        UPDATE,
        "2026-03-26",
        "2026-05-01",
        &["date : 2026-05-01 / 2026-03-26"],
    )]);
    let name = "live_update_room_info.txt";
    let report = report(name, &fixture(name).replace("2026-03-26", "2025-05-01"));
    assert_eq!(report.outcome(), Outcome::Same);
    assert!(report.notes[0].contains("older copy"), "{:?}", report.notes);
}

#[test]
fn a_path_without_a_schema_is_a_new_endpoint() {
    check(&[(
        UPDATE,
        "/update_room_info",
        "/destroy_room",
        &["newEndpoint destroy_room: describes it / no file describes it"],
    )]);
}
