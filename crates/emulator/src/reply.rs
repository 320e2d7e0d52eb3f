use std::borrow::Cow;
use std::time::Duration;

use serde_json::{Map, Value};
use trtc_rooms_schema::facts::Payload;

use crate::random::scattered;
use crate::refusal::Refusal;

/// What the service answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    pub(crate) error_code: Option<i32>,
    pub(crate) request_id: String,
    pub(crate) retry_after: Option<u32>,
    pub(crate) delay: Duration,
    pub(crate) delivery: Delivery,
}

/// How a reply reaches the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Delivery {
    /// In full.
    Whole,
    /// The head announces the whole body, but the connection ends after so many
    /// bytes of it.
    CutAfter(usize),
    /// Not at all: the connection is reset.
    Reset,
}

impl Reply {
    /// A reply with the documented envelope.
    pub(crate) fn envelope(request_id: String, answer: &Answer) -> Self {
        let (code, info) = match answer {
            Ok(_) => (0, ""),
            Err(refusal) => (refusal.code, refusal.info.as_str()),
        };
        let status = if code == 0 { "OK" } else { "FAIL" };
        let mut envelope = Map::new();
        envelope.insert("ActionStatus".to_owned(), Value::from(status));
        envelope.insert("ErrorCode".to_owned(), Value::from(code));
        envelope.insert("ErrorInfo".to_owned(), Value::from(info));
        envelope.insert("RequestId".to_owned(), Value::from(request_id.as_str()));
        match answer {
            Ok((Payload::Beside, data)) => envelope.extend(data.clone()),
            Ok((Payload::Nested, data)) if !data.is_empty() => {
                envelope.insert("Response".to_owned(), Value::Object(data.clone()));
            }
            _ => {}
        }
        let body = Value::Object(envelope).to_string().into_bytes();
        Self {
            error_code: Some(code),
            ..Self::plain(request_id, 200, body)
        }
    }

    /// A reply that is not one of the service.
    pub(crate) fn plain(request_id: String, status: u16, body: Vec<u8>) -> Self {
        Self {
            status,
            body,
            error_code: None,
            request_id,
            retry_after: None,
            delay: Duration::ZERO,
            delivery: Delivery::Whole,
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The body.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as text. What is not UTF-8 in it is replaced.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// The body as JSON, if it is that.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The `ErrorCode`, unless the reply is not one of the service: then a script
    /// made it.
    pub fn error_code(&self) -> Option<i32> {
        self.error_code
    }

    /// The id of the request. The journal knows it too.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// The seconds of a `Retry-After` header.
    pub fn retry_after(&self) -> Option<u32> {
        self.retry_after
    }

    /// How long the reply takes. The HTTP front waits so long, by the computer's
    /// clock.
    pub fn delay(&self) -> Duration {
        self.delay
    }

    /// How the reply reaches the client.
    pub fn delivery(&self) -> Delivery {
        self.delivery
    }
}

/// What comes of a call: the data of the reply and their place, or a refusal.
pub(crate) type Answer = Result<(Payload, Map<String, Value>), Refusal>;

/// Gives ids to requests. They look like the real ones and are the same in each
/// run.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestIds {
    last: u64,
}

impl RequestIds {
    pub(crate) fn next(&mut self) -> String {
        self.last += 1;
        let number = self.last;
        let (high, low) = (scattered(1, number), scattered(2, number));
        format!("Id-{high:016x}{low:016x}-O-Seq-{number}")
    }
}
