use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::query;
use crate::request::Request;
use crate::time::UnixMillis;

/// A request that was received, and what it was answered. It has no ticket in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct JournalEntry {
    /// When it was received.
    pub at: UnixMillis,
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The query as it was sent, but without the ticket. Values of more than 128
    /// bytes are replaced by their length.
    pub query: String,
    /// The body. A ticket in it is replaced by `(usersig)`.
    #[serde(serialize_with = "as_text")]
    pub body: Vec<u8>,
    /// The endpoint that was called, such as `live/create_room`.
    pub endpoint: Option<String>,
    /// The `ErrorCode` of the reply, if it was one of the service.
    pub error_code: Option<i32>,
    /// The `RequestId`, also if no reply carried it to the client.
    pub request_id: String,
    /// Whether a script took the call.
    pub scripted: bool,
}

impl JournalEntry {
    pub(crate) fn new(request: &Request<'_>, at: UnixMillis) -> Self {
        Self {
            at,
            method: request.method.to_owned(),
            path: query::path_without_ticket(request.path).to_owned(),
            query: query::without_ticket(request.query),
            body: query::body_without_ticket(request),
            endpoint: None,
            error_code: None,
            request_id: String::new(),
            scripted: false,
        }
    }

    /// The body as text. What is not UTF-8 in it is replaced.
    pub fn body_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// The body as JSON, if it is that.
    pub fn body_json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    fn size(&self) -> usize {
        self.method.len() + self.path.len() + self.query.len() + self.body.len()
    }
}

fn as_text<S: Serializer>(body: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&String::from_utf8_lossy(body))
}

/// The last requests, as many as there is room for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Journal {
    entries: VecDeque<JournalEntry>,
    bytes: usize,
}

impl Journal {
    pub(crate) fn push(&mut self, entry: JournalEntry, requests: usize, bytes: usize) {
        self.bytes += entry.size();
        self.entries.push_back(entry);
        while self.entries.len() > requests || self.bytes > bytes {
            let Some(oldest) = self.entries.pop_front() else {
                break;
            };
            self.bytes -= oldest.size();
        }
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &JournalEntry> {
        self.entries.iter()
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

/// How many requests there were, and how they were answered. Unlike the journal,
/// this forgets nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Counters {
    /// All requests.
    pub requests: u64,
    /// Those that a script took.
    pub scripted: u64,
    /// Replies of the service by endpoint (or the empty text if a request was to
    /// none) and `ErrorCode`.
    pub answers: BTreeMap<String, BTreeMap<i32, u64>>,
}

impl Counters {
    /// How often an endpoint answered with a code.
    pub fn answered(&self, endpoint: &str, code: i32) -> u64 {
        let codes = self.answers.get(endpoint);
        codes
            .and_then(|codes| codes.get(&code))
            .copied()
            .unwrap_or(0)
    }

    pub(crate) fn count(&mut self, entry: &JournalEntry) {
        self.requests += 1;
        self.scripted += u64::from(entry.scripted);
        if let Some(code) = entry.error_code {
            let endpoint = entry.endpoint.clone().unwrap_or_default();
            *self
                .answers
                .entry(endpoint)
                .or_default()
                .entry(code)
                .or_default() += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_journal_is_bounded_in_requests_and_bytes() {
        let mut journal = Journal::default();
        let at = UnixMillis::default();
        for index in 0..10_u8 {
            let body = [index; 100];
            let entry = JournalEntry::new(&Request::post("/", "", &body), at);
            journal.push(entry, 5, 420);
            assert!(journal.bytes <= 420);
        }
        let kept: Vec<u8> = journal.iter().map(|entry| entry.body[0]).collect();
        assert_eq!(kept, [6, 7, 8, 9]);
        let entry = JournalEntry::new(&Request::post("/", "", &[0; 500]), at);
        journal.push(entry, 5, 420);
        assert_eq!((journal.iter().count(), journal.bytes), (0, 0));
    }

    #[test]
    fn a_ticket_in_the_body_is_not_kept() {
        let ticket = "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwk";
        let query = format!("usersig={ticket}&random=1");
        let body = format!("{{\"a\":\"{ticket}\"}}");
        let request = Request::post("/", &query, body.as_bytes());
        let entry = JournalEntry::new(&request, UnixMillis::default());
        assert_eq!(entry.body_text(), r#"{"a":"(usersig)"}"#);
        assert_eq!(entry.query, "random=1");
        assert!(!format!("{entry:?}{request:?}").contains(ticket));
    }
}
