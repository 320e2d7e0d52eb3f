//! Replies without a network, for the tests of those who use this crate.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value};
use trtc_rooms_core::{Endpoint, Payload};

/// Stands in for the network, so that code which uses a [`Client`](crate::Client)
/// can be tested without one.
///
/// The client does everything else as always: it validates, signs, waits for its
/// quota, reads the reply, and repeats what may be repeated. With tokio's
/// `start_paused` all its waiting takes no time.
///
/// ```
/// use trtc_rooms::live::create_room::{RoomInfo, SeatTemplate};
/// use trtc_rooms::{Client, FakeReply, FakeTransport};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let fake = FakeTransport::new(|request| match request.number() {
///     0 => FakeReply::lost(),
///     _ => request.error(100_010, "the room is yours"),
/// });
/// let client = Client::builder(1_400_000_000, "key").fake(fake.clone()).build()?;
///
/// // The first reply is lost. The repetition finds that the room is there.
/// let room = RoomInfo::new("live-1", SeatTemplate::Karaoke);
/// let reply = client.live().create_room(room).await?;
/// assert_eq!(reply.confirmed_by(), Some(100_010));
/// assert_eq!(fake.requests(), 2);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct FakeTransport {
    answer: Arc<dyn Fn(&FakeRequest<'_>) -> FakeReply + Send + Sync>,
    requests: Arc<AtomicUsize>,
}

impl FakeTransport {
    /// Answers each request with what the closure makes of it.
    pub fn new(answer: impl Fn(&FakeRequest<'_>) -> FakeReply + Send + Sync + 'static) -> Self {
        Self {
            answer: Arc::new(answer),
            requests: Arc::new(AtomicUsize::new(0)),
        }
    }

    /// How many requests came so far.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    pub(crate) fn answer(&self, request: &FakeRequest<'_>) -> FakeReply {
        let number = self.requests.fetch_add(1, Ordering::SeqCst);
        (self.answer)(&FakeRequest { number, ..*request })
    }
}

impl fmt::Debug for FakeTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeTransport")
            .field("requests", &self.requests())
            .finish_non_exhaustive()
    }
}

/// A request that a [`FakeTransport`] is to answer.
#[derive(Clone, Copy, Debug)]
pub struct FakeRequest<'a> {
    endpoint: &'static Endpoint,
    body: &'a [u8],
    number: usize,
}

impl<'a> FakeRequest<'a> {
    pub(crate) fn new(endpoint: &'static Endpoint, body: &'a [u8]) -> Self {
        Self {
            endpoint,
            body,
            number: 0,
        }
    }

    /// The endpoint that is called.
    pub fn endpoint(&self) -> &'static Endpoint {
        self.endpoint
    }

    /// How many requests came before this one.
    pub fn number(&self) -> usize {
        self.number
    }

    /// The JSON text that is sent.
    pub fn body(&self) -> &'a [u8] {
        self.body
    }

    /// What is sent, as a JSON value; null if it is no JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(self.body).unwrap_or_default()
    }

    /// A successful reply. The members of `payload`, an object, stand where this
    /// endpoint has them.
    pub fn success(&self, payload: Value) -> FakeReply {
        let mut reply = envelope("OK", 0, "");
        match (self.endpoint.payload, payload) {
            (Payload::Beside, Value::Object(members)) => reply.extend(members),
            (Payload::Nested, payload) if !payload.is_null() => {
                reply.insert("Response".to_owned(), payload);
            }
            _ => {}
        }
        FakeReply::http(200, Value::Object(reply).to_string())
    }

    /// A reply with an error code.
    pub fn error(&self, code: i32, info: &str) -> FakeReply {
        let reply = envelope("FAIL", code, info);
        FakeReply::http(200, Value::Object(reply).to_string())
    }
}

fn envelope(status: &str, code: i32, info: &str) -> Map<String, Value> {
    let members: [(&str, Value); 4] = [
        ("ActionStatus", status.into()),
        ("ErrorCode", code.into()),
        ("ErrorInfo", info.into()),
        ("RequestId", "Id-fake".into()),
    ];
    members
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// What a [`FakeTransport`] answers.
#[derive(Clone, Debug)]
pub struct FakeReply {
    played: Played,
    delay: Option<Duration>,
}

#[derive(Clone, Debug)]
pub(crate) struct Played {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    pub(crate) end: FakeEnd,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum FakeEnd {
    Complete,
    Refused,
    Lost,
}

impl FakeReply {
    /// Any HTTP reply. A status that is none becomes 500.
    pub fn http(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::ending(
            FakeEnd::Complete,
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            body.into(),
        )
    }

    /// There is no connection: nothing is sent.
    pub fn refused() -> Self {
        Self::ending(FakeEnd::Refused, StatusCode::OK, Vec::new())
    }

    /// The request is sent, and the connection breaks before the reply.
    pub fn lost() -> Self {
        Self::ending(FakeEnd::Lost, StatusCode::OK, Vec::new())
    }

    /// The request is sent, and no reply ever comes.
    pub fn silence() -> Self {
        Self {
            delay: None,
            ..Self::lost()
        }
    }

    /// Adds a header to the reply, such as `Retry-After`. What is no header is left
    /// out.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) {
            self.played.headers.insert(name, value);
        }
        self
    }

    /// Lets the reply come this much later.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = self.delay.map(|before| before.saturating_add(delay));
        self
    }

    fn ending(end: FakeEnd, status: StatusCode, body: Vec<u8>) -> Self {
        Self {
            played: Played {
                status,
                headers: HeaderMap::new(),
                body,
                end,
            },
            delay: Some(Duration::ZERO),
        }
    }

    pub(crate) async fn play(self) -> Played {
        match self.delay {
            None => std::future::pending().await,
            Some(Duration::ZERO) => {}
            Some(delay) => tokio::time::sleep(delay).await,
        }
        self.played
    }
}
