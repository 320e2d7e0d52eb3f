//! The calls as they stand in the file.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::{self, Display};

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use trtc_rooms_core::{Hint, Violation};
use trtc_rooms_model::json::JsonEndpoint;

use crate::exit::Failure;
use crate::input::{Line, Lines, Problem, is_blank, misread, parse};
use crate::near;
use crate::service::ValidationMode;

/// Where requests name the room that they are about.
const ROOM_POINTERS: [&str; 3] = ["/RoomId", "/RoomInfo/RoomId", "/FromRoomId"];

/// A call that a line asks for.
pub(super) struct Entry {
    pub(super) line: u64,
    /// What the user calls it.
    pub(super) id: Option<String>,
    pub(super) endpoint: &'static JsonEndpoint,
    /// The request as it stands in the line, byte for byte.
    pub(super) request: String,
    /// The room that the request names. Empty if it names none.
    pub(super) room: String,
    pub(super) key: CallKey,
}

/// What a call is known by from one run to the next: its text, and which one it is of
/// those with the same text. The line is no part of it, so that lines can be added,
/// removed and moved between runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct CallKey {
    /// The first half of a SHA-256.
    pub(super) digest: u128,
    /// Counted from 1.
    pub(super) nth: u32,
}

/// What a line holds.
pub(super) enum Found {
    Call(Entry, Check),
    Invalid(Invalid),
}

/// How a request compares with the documents.
#[derive(Default)]
pub(super) struct Check {
    pub(super) violations: Vec<Violation>,
    pub(super) hints: Vec<Hint>,
}

/// A line that asks for no call that could be made.
pub(super) struct Invalid {
    pub(super) line: u64,
    pub(super) id: Option<String>,
    pub(super) endpoint: Option<&'static str>,
    pub(super) why: Why,
}

/// What is wrong with a line.
pub(super) enum Why {
    /// It is not JSON, or not of this form.
    Text(Problem),
    NoSuchEndpoint(String),
    Violations(Vec<Violation>),
}

/// The form of a line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form<'a> {
    #[serde(borrow, default)]
    id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    endpoint: Cow<'a, str>,
    #[serde(borrow)]
    request: &'a RawValue,
}

/// Reads the file from its first line to its last.
pub(super) struct Entries {
    lines: Lines,
    mode: ValidationMode,
    seen: HashMap<u128, u32>,
}

impl Entries {
    pub(super) fn new(lines: Lines, mode: ValidationMode) -> Self {
        Self {
            lines,
            mode,
            seen: HashMap::new(),
        }
    }

    /// What the next line holds that is not blank.
    pub(super) fn next(&mut self) -> Result<Option<Found>, Failure> {
        loop {
            let read = match self.lines.next(|| Ok(()))? {
                None => return Ok(None),
                Some(Line::Text(text)) if is_blank(text) => continue,
                Some(Line::Text(text)) => read(text, self.mode),
                Some(Line::TooLong) => Err(Invalid::text(Problem::too_long(0))),
            };
            let line = self.lines.number();
            return Ok(Some(match read {
                Ok((mut entry, check)) => {
                    let nth = self.seen.entry(entry.key.digest).or_default();
                    *nth += 1;
                    entry.key.nth = *nth;
                    entry.line = line;
                    Found::Call(entry, check)
                }
                Err(invalid) => Found::Invalid(invalid.at(line)),
            }));
        }
    }
}

fn read(text: &[u8], mode: ValidationMode) -> Result<(Entry, Check), Invalid> {
    // Strictly, so that no member is lost that stands there twice.
    let value = parse(text).map_err(Invalid::text)?;
    if !value.is_object() {
        let message = "a call is an object with `endpoint` and `request`".to_owned();
        return Err(Invalid::text(Problem {
            line: 0,
            column: 1,
            message,
        }));
    }
    // It has just been read as UTF-8.
    let text = str::from_utf8(text).unwrap_or_default();
    let form: Form<'_> =
        serde_json::from_str(text).map_err(|error| Invalid::text(misread(text, &error)))?;
    let id = form.id.map(Cow::into_owned);
    let endpoint = match near::find_or_suggest(&form.endpoint) {
        Ok(endpoint) => endpoint,
        Err(message) => return Err(Invalid::new(id, None, Why::NoSuchEndpoint(message))),
    };
    let request = &value["request"];
    let mut check = Check::default();
    if mode != ValidationMode::Off {
        let report = endpoint.check(request);
        check.violations = report.violations().to_vec();
        check.hints = report.hints().to_vec();
    }
    let name = endpoint.endpoint().name;
    if mode == ValidationMode::Enforce && !check.violations.is_empty() {
        let why = Why::Violations(check.violations);
        return Err(Invalid::new(id, Some(name), why));
    }
    let entry = Entry {
        line: 0,
        key: CallKey {
            digest: digest(name, id.as_deref(), form.request.get()),
            nth: 0,
        },
        room: room(request),
        request: form.request.get().to_owned(),
        id,
        endpoint,
    };
    Ok((entry, check))
}

fn room(request: &Value) -> String {
    let mut named = ROOM_POINTERS.iter();
    let room = named.find_map(|pointer| request.pointer(pointer)?.as_str());
    room.unwrap_or_default().to_owned()
}

fn digest(endpoint: &str, id: Option<&str>, request: &str) -> u128 {
    let mut sha256 = Sha256::new();
    for part in [endpoint, id.unwrap_or_default(), request] {
        // With its length, so that no two calls make the same bytes.
        sha256.update((part.len() as u64).to_le_bytes());
        sha256.update(part.as_bytes());
    }
    let digest: [u8; 32] = sha256.finalize().into();
    let half: [u8; 16] = std::array::from_fn(|at| digest[at]);
    u128::from_be_bytes(half)
}

impl Entry {
    /// Whether making the call twice does no harm.
    pub(super) fn repeats_safely(&self) -> bool {
        self.endpoint.endpoint().repeat.safe
    }

    pub(super) fn endpoint_name(&self) -> &'static str {
        self.endpoint.endpoint().name
    }
}

impl Invalid {
    fn new(id: Option<String>, endpoint: Option<&'static str>, why: Why) -> Self {
        Self {
            line: 0,
            id,
            endpoint,
            why,
        }
    }

    fn text(problem: Problem) -> Self {
        Self::new(None, None, Why::Text(problem))
    }

    fn at(self, line: u64) -> Self {
        let why = match self.why {
            Why::Text(problem) => Why::Text(Problem { line, ..problem }),
            why => why,
        };
        Self { line, why, ..self }
    }
}

impl Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Text(problem) => write!(f, "column {}: {}", problem.column, problem.message),
            Why::NoSuchEndpoint(message) => f.write_str(message),
            Why::Violations(_) => f.write_str("the request breaks documented limits"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"endpoint":"live/destroy_room","request": {"RoomId": "a"},"id":"one"}"#;

    fn found(text: &str) -> Result<Entry, String> {
        match read(text.as_bytes(), ValidationMode::Enforce) {
            Ok((entry, _)) => Ok(entry),
            Err(Invalid { why, .. }) => Err(why.to_string()),
        }
    }

    #[test]
    fn a_call_is_read_as_it_stands() {
        let entry = found(LINE).ok().unwrap();
        assert_eq!(entry.request, r#"{"RoomId": "a"}"#);
        assert_eq!(entry.room, "a");
        assert_eq!(entry.id.as_deref(), Some("one"));
        assert_eq!(entry.endpoint_name(), "live/destroy_room");
    }

    #[test]
    fn what_is_no_call_is_said() {
        let cases = [
            ("", "empty"),
            ("[]", "is an object with `endpoint`"),
            (
                r#"{"endpoint":"live/destroy_room"}"#,
                "missing field `request`",
            ),
            (r#"{"request":{}}"#, "missing field `endpoint`"),
            (
                r#"{"endpoint":"live/destroy_rom","request":{}}"#,
                "did you mean live/destroy_room",
            ),
            (
                r#"{"endpoint":"live/destroy_room","request":{"RoomId":"a","RoomId":"b"}}"#,
                "RoomId",
            ),
            (
                r#"{"endpoint":"live/destroy_room","request":{"RoomId":"a"},"x":1}"#,
                "unknown field `x`",
            ),
            (
                r#"{"endpoint":"live/destroy_room","request":{}}"#,
                "breaks documented limits",
            ),
            (
                r#"{"endpoint":"live/destroy_room","request":{"RoomId":"a"}"#,
                "EOF",
            ),
        ];
        for (text, expected) in cases {
            let message = found(text).err().unwrap_or_default();
            assert!(message.contains(expected), "{text}: {message}");
        }
    }

    #[test]
    fn calls_are_told_apart_by_all_that_is_theirs() {
        let digests = [
            digest("live/a", None, "{}"),
            digest("live/b", None, "{}"),
            digest("live/a", Some("x"), "{}"),
            digest("live/a", Some("x{"), "}"),
            digest("live/a", None, "{ }"),
        ];
        for (at, one) in digests.iter().enumerate() {
            assert!(digests[..at].iter().all(|other| other != one), "{at}");
        }
    }
}
