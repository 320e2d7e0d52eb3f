//! The codes that the pages of the endpoints list, by the hand-typed tables.

use trtc_rooms::{ErrorClass, RetryAdvice};

use crate::documented::{CodeRow, Retry};
use crate::http::tables;

/// What a page says about a code.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) code: i32,
    /// None where the documents admit more than one.
    pub(super) class: Option<ErrorClass>,
    pub(super) retry: Option<RetryAdvice>,
    /// Words without which meaning and remedy would say something else.
    pub(super) says: &'static [&'static str],
}

pub(super) const fn row(
    code: i32,
    class: ErrorClass,
    retry: RetryAdvice,
    says: &'static [&'static str],
) -> Row {
    Row {
        code,
        class: Some(class),
        retry: Some(retry),
        says,
    }
}

/// The rows of the page of an endpoint.
pub(super) fn of(endpoint: &str) -> Vec<Row> {
    let table = tables().get(endpoint);
    let rows = table.into_iter().flat_map(|table| &table.codes);
    let rows = rows.map(|listed| {
        let says = WORDS
            .iter()
            .find(|(of, code, _)| *of == endpoint && *code == listed.code);
        row(
            listed.code,
            class(listed),
            advice(listed.retry),
            says.map_or(&[], |(_, _, words)| words),
        )
    });
    rows.collect()
}

fn class(listed: &CodeRow) -> ErrorClass {
    let classes = [
        ErrorClass::Request,
        ErrorClass::Authentication,
        ErrorClass::Permission,
        ErrorClass::Account,
        ErrorClass::RateLimit,
        ErrorClass::NotFound,
        ErrorClass::Conflict,
        ErrorClass::Content,
        ErrorClass::Server,
    ];
    let class = classes.iter().find(|class| class.as_str() == listed.class);
    // The reader of the tables knows no other.
    class.copied().unwrap_or(ErrorClass::Unknown)
}

fn advice(retry: Retry) -> RetryAdvice {
    match retry {
        Retry::Never => RetryAdvice::Never,
        Retry::Later => RetryAdvice::Backoff,
        Retry::AfterSeconds(seconds) => RetryAdvice::AfterSeconds(seconds),
        Retry::NewTicket => RetryAdvice::NewTicket,
    }
}

/// Words that stand on a page and have to come back, for the codes that mean something
/// else elsewhere.
static WORDS: &[(&str, i32, &[&str])] = &[
    ("live/create_room", 100_001, &["repeat"]),
    ("live/create_room", 100_002, &["parameter", "errorinfo"]),
    ("live/create_room", 100_003, &["taken", "another room id"]),
    ("live/create_room", 100_007, &["package", "console"]),
    ("live/create_room", 100_010, &["same owner", "as it is"]),
    (
        "live/create_room",
        100_011,
        &["chat group", "another room id"],
    ),
    ("live/create_room", 100_012, &["once per second", "wait"]),
    (
        "live/create_room",
        100_026,
        &["sensitive", "change the text"],
    ),
    ("conference/create_room", 100_001, &["repeat"]),
    ("conference/create_room", 100_002, &["parameter"]),
    (
        "conference/create_room",
        100_003,
        &["taken", "another room id"],
    ),
    ("conference/create_room", 100_007, &["package", "console"]),
    (
        "conference/create_room",
        100_010,
        &["operator owns", "as it is"],
    ),
    (
        "conference/create_room",
        100_011,
        &["chat group", "destroy the group"],
    ),
    (
        "conference/create_room",
        100_012,
        &["once per second", "wait"],
    ),
    ("live/update_room_info", 100_001, &["repeat"]),
    ("live/update_room_info", 100_002, &["parameter"]),
    (
        "live/update_room_info",
        100_004,
        &["does not exist", "dismissed"],
    ),
    (
        "live/update_room_info",
        100_006,
        &["neither the owner nor an administrator", "not a live room"],
    ),
];
