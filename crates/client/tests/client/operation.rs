//! Operations written by hand in the shape that the generator gives them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use trtc_rooms::{
    Call, Client, ClientBuilder, Endpoint, ErrorClass, ErrorCode, FixedClock, HintKind,
    ObjectShape, Operation, Page, Path, Payload, QuotaMode, Rate, Repeat, Report, RetryAdvice,
    RetryPolicy, Validate,
};
use trtc_usersig::{SecretKey, Signer};

pub(crate) const SDKAPPID: u32 = 1_400_000_000;
pub(crate) const KEY: &str = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
pub(crate) const NOW: i64 = 1_700_000_000;
pub(crate) const DAY: i64 = 86_400;

/// A client for an address, with a clock that stands still. It makes one attempt, at
/// once.
pub(crate) fn builder(url: &str) -> ClientBuilder {
    Client::builder(SDKAPPID, KEY)
        .base_url(url)
        .clock(Arc::new(FixedClock::new(NOW)))
        .random(|| 7)
        .retry(RetryPolicy::never())
        .quota_mode(QuotaMode::Off)
}

pub(crate) fn client(url: &str) -> Client {
    builder(url).build().unwrap()
}

/// The ticket of such a client: signing is deterministic.
pub(crate) fn ticket() -> String {
    let signer = Signer::new(SDKAPPID, SecretKey::new(KEY).unwrap());
    signer
        .sign_at("administrator", NOW, DAY, None)
        .unwrap()
        .as_str()
        .to_owned()
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct OpenRequest {
    pub(crate) room_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) start: Option<i64>,
}

impl OpenRequest {
    pub(crate) fn new(room_id: impl Into<String>) -> Self {
        Self {
            room_id: room_id.into(),
            start: None,
        }
    }
}

impl Validate for OpenRequest {
    fn check(&self, at: &Path<'_>, report: &mut Report) {
        report.at(&at.member("RoomId")).max_bytes(&self.room_id, 48);
    }

    fn advise(&self, at: &Path<'_>, report: &mut Report) {
        if self.room_id.is_empty() {
            report.hint(&at.member("RoomId"), HintKind::NoEffect, "is empty");
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct OpenResponse {
    pub(crate) room_id: Option<String>,
    pub(crate) count: Option<i64>,
}

const fn code(code: i32, name: &'static str, class: ErrorClass, retry: RetryAdvice) -> ErrorCode {
    ErrorCode {
        code,
        name,
        class,
        retry,
        meaning: "The room id is taken.",
        remedy: "Use another id.",
    }
}

static CODES: [ErrorCode; 5] = [
    code(
        70_001,
        "TicketExpired",
        ErrorClass::Authentication,
        RetryAdvice::NewTicket,
    ),
    code(
        100_001,
        "Internal",
        ErrorClass::Server,
        RetryAdvice::Backoff,
    ),
    code(
        100_002,
        "InvalidParameter",
        ErrorClass::Request,
        RetryAdvice::Never,
    ),
    code(
        100_003,
        "RoomIdTaken",
        ErrorClass::Conflict,
        RetryAdvice::Never,
    ),
    code(
        100_012,
        "TooFrequent",
        ErrorClass::RateLimit,
        RetryAdvice::AfterSeconds(1),
    ),
];

static SHAPE: ObjectShape = ObjectShape { fields: &[] };

/// The payload stands beside the envelope, and the call must not be made twice.
pub(crate) static OPEN_ROOM: Endpoint = Endpoint {
    name: "test/open_room",
    group: None,
    title: "Open a room",
    path: "v4/test_http_srv/open_room",
    rate: Rate {
        calls: 200,
        per_seconds: 1,
    },
    rate_shared_by: None,
    other_rates: &[],
    incomplete: &[],
    regions: &["singapore"],
    page: Page {
        title: "Open a room",
        url: "https://example.com",
        updated: Some("2026-01-01"),
    },
    repeat: Repeat {
        safe: false,
        done_codes: &[],
    },
    payload: Payload::Beside,
    codes: &CODES,
    request: &SHAPE,
    has_secrets: false,
};

/// The payload stands in `Response`, and the call may be made twice.
pub(crate) static GET_ROOM: Endpoint = Endpoint {
    name: "test/get_room",
    path: "v4/test_http_srv/get_room",
    repeat: Repeat {
        safe: true,
        done_codes: &[],
    },
    payload: Payload::Nested,
    codes: &[],
    ..OPEN_ROOM
};

pub(crate) enum OpenRoom {}

impl Operation for OpenRoom {
    type Request = OpenRequest;
    type Response = OpenResponse;
    const ENDPOINT: &'static Endpoint = &OPEN_ROOM;
}

pub(crate) enum GetRoom {}

impl Operation for GetRoom {
    type Request = OpenRequest;
    type Response = OpenResponse;
    const ENDPOINT: &'static Endpoint = &GET_ROOM;
}

pub(crate) fn open_room(client: &Client) -> Call<OpenRoom> {
    Call::new(client, OpenRequest::new("live-1"))
}

pub(crate) fn get_room(client: &Client) -> Call<GetRoom> {
    Call::new(client, OpenRequest::new("live-1"))
}
