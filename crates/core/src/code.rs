use std::fmt;

use serde::{Serialize, Serializer};

/// What a documented error code of the service means, and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorCode {
    /// The number, as it stands in `ErrorCode` of a reply.
    pub code: i32,
    /// A short name for it, such as `RoomIdTaken`. The names are ours, the
    /// documents only have numbers.
    pub name: &'static str,
    /// Which kind of failure it is.
    pub class: ErrorClass,
    /// Whether the same call may succeed later, and after what.
    pub retry: RetryAdvice,
    /// What it means.
    pub meaning: &'static str,
    /// What a caller can do about it.
    pub remedy: &'static str,
}

/// The kind of failure that an error code stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorClass {
    /// The call itself is wrong: its URL, its JSON, or a parameter.
    Request,
    /// The ticket, the key or the identifier is wrong.
    Authentication,
    /// The operator may not do this.
    Permission,
    /// The application: its package, its settings, its quota.
    Account,
    /// Too many calls.
    RateLimit,
    /// What the call is about does not exist.
    NotFound,
    /// The call contradicts the present state, such as a taken room id.
    Conflict,
    /// The text is not acceptable.
    Content,
    /// The service failed.
    Server,
    /// No document lists this code.
    Unknown,
}

impl ErrorClass {
    /// The stable text form, such as `rateLimit`.
    pub const fn as_str(self) -> &'static str {
        match self {
            ErrorClass::Request => "request",
            ErrorClass::Authentication => "authentication",
            ErrorClass::Permission => "permission",
            ErrorClass::Account => "account",
            ErrorClass::RateLimit => "rateLimit",
            ErrorClass::NotFound => "notFound",
            ErrorClass::Conflict => "conflict",
            ErrorClass::Content => "content",
            ErrorClass::Server => "server",
            ErrorClass::Unknown => "unknown",
        }
    }
}

impl fmt::Display for ErrorClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for ErrorClass {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Whether the same call may succeed when it is made again.
///
/// This is about the code alone. Whether repeating a call is harmless is a
/// property of the endpoint: see [`Repeat`](crate::Repeat).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum RetryAdvice {
    /// No: something has to change first.
    Never,
    /// Yes, after a pause that grows.
    Backoff,
    /// Yes, after this many seconds at the earliest.
    AfterSeconds(u32),
    /// Yes, with a new ticket.
    NewTicket,
}

/// Finds a code in a table that is sorted by code.
pub fn find_code(table: &'static [ErrorCode], code: i32) -> Option<&'static ErrorCode> {
    let index = table.binary_search_by_key(&code, |entry| entry.code).ok()?;
    Some(&table[index])
}
