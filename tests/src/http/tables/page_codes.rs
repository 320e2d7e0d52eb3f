//! The codes that the pages of the endpoints list, typed from `facts/seed-endpoints.md`.

use trtc_rooms::RetryAdvice::{AfterSeconds, Backoff, Never};
use trtc_rooms::{ErrorClass, RetryAdvice};

/// What a page says about a code.
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
pub(super) fn of(endpoint: &str) -> &'static [Row] {
    match endpoint {
        "conference/create_room" => &CONFERENCE_CREATE_ROOM,
        "live/create_room" => &LIVE_CREATE_ROOM,
        "live/update_room_info" => &LIVE_UPDATE_ROOM_INFO,
        _ => &[],
    }
}

/// Page 647/63401 of 2026-03-06.
static LIVE_CREATE_ROOM: [Row; 8] = [
    row(100_001, ErrorClass::Server, Backoff, &["repeat"]),
    row(
        100_002,
        ErrorClass::Request,
        Never,
        &["parameter", "errorinfo"],
    ),
    row(
        100_003,
        ErrorClass::Conflict,
        Never,
        &["taken", "another room id"],
    ),
    row(100_007, ErrorClass::Account, Never, &["package", "console"]),
    row(
        100_010,
        ErrorClass::Conflict,
        Never,
        &["same owner", "as it is"],
    ),
    row(
        100_011,
        ErrorClass::Conflict,
        Never,
        &["chat group", "another room id"],
    ),
    row(
        100_012,
        ErrorClass::RateLimit,
        AfterSeconds(1),
        &["once per second", "wait"],
    ),
    row(
        100_026,
        ErrorClass::Content,
        Never,
        &["sensitive", "change the text"],
    ),
];

/// Page 647/60707. There is no 100026 here: it comes from the list of all rooms.
static CONFERENCE_CREATE_ROOM: [Row; 7] = [
    row(100_001, ErrorClass::Server, Backoff, &["repeat"]),
    row(100_002, ErrorClass::Request, Never, &["parameter"]),
    row(
        100_003,
        ErrorClass::Conflict,
        Never,
        &["taken", "another room id"],
    ),
    row(100_007, ErrorClass::Account, Never, &["package", "console"]),
    row(
        100_010,
        ErrorClass::Conflict,
        Never,
        &["operator owns", "as it is"],
    ),
    row(
        100_011,
        ErrorClass::Conflict,
        Never,
        &["chat group", "destroy the group"],
    ),
    row(
        100_012,
        ErrorClass::RateLimit,
        AfterSeconds(1),
        &["once per second", "wait"],
    ),
];

/// The page of 2026-03-26.
static LIVE_UPDATE_ROOM_INFO: [Row; 4] = [
    row(100_001, ErrorClass::Server, Backoff, &["repeat"]),
    row(100_002, ErrorClass::Request, Never, &["parameter"]),
    row(
        100_004,
        ErrorClass::NotFound,
        Never,
        &["does not exist", "dismissed"],
    ),
    row(
        100_006,
        ErrorClass::Permission,
        Never,
        &["neither the owner nor an administrator", "not a live room"],
    ),
];
