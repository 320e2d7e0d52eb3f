//! The stub: a wiremock server that judges each request as the documents do and
//! answers with the documented envelope, or with whatever a case wants to see.
//!
//! Two things about wiremock 0.6.5 shape this file (`reliability-notes.md`, findings 5
//! and 6). Dropping 43 servers in one poll hangs for ever, so there is one server for
//! a whole test, and cases start with [`Stub::begin`]. And it keeps every matched
//! request until it is reset, also with recording turned off, so `begin` resets it,
//! and what is wanted is kept here, bounded.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use trtc_rooms::Client;
use trtc_rooms_schema::facts::Payload;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use super::envelope::{envelope, with_payload};
use super::judge::{Judge, Judgement};
use super::received::Received;
use super::{app, schemas, unlisted};

/// How many requests of one case are kept. A case that sends more still has them
/// counted and judged.
const KEPT: usize = 16;

/// What the stub answers.
#[derive(Clone, Debug)]
pub enum Answer {
    /// What the documents answer to the request: success if they have nothing
    /// against it, or else the code.
    Documented,
    /// The documented envelope with this code and `ErrorInfo`.
    Code(i32, String),
    /// These bytes with status 200.
    Body(Vec<u8>),
    /// A status, headers and bytes.
    Http(u16, Vec<(&'static str, String)>, Vec<u8>),
}

impl Answer {
    /// JSON or any other text with status 200.
    pub fn body(bytes: impl Into<Vec<u8>>) -> Self {
        Self::Body(bytes.into())
    }
}

/// A request, and what the documents say about it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The request.
    pub request: Received,
    /// What is to be said about it.
    pub judgement: Judgement,
}

/// A running stub.
#[derive(Debug)]
pub struct Stub {
    server: MockServer,
    client: Client,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    judge: Judge,
    case: Mutex<Case>,
}

/// What belongs to one case.
#[derive(Debug)]
struct Case {
    answer: Answer,
    count: usize,
    seen: VecDeque<Seen>,
}

impl Stub {
    /// Starts a stub that answers as documented.
    pub async fn start() -> Self {
        let judge = Judge::new();
        Self::with(judge.with_endpoint(unlisted::NAME, unlisted::ENDPOINT.path)).await
    }

    /// Starts a stub with a judge of one's own.
    pub async fn with(judge: Judge) -> Self {
        let case = Mutex::new(Case {
            answer: Answer::Documented,
            count: 0,
            seen: VecDeque::new(),
        });
        let server = MockServer::builder();
        let server = server.disable_request_recording().start().await;
        let stub = Self {
            client: app::client(&server.uri()),
            server,
            shared: Arc::new(Shared { judge, case }),
        };
        stub.begin(Answer::Documented).await;
        stub
    }

    /// Starts a case: forgets all requests and sets what is answered from now on.
    pub async fn begin(&self, answer: Answer) {
        *self.shared.case() = Case {
            answer,
            count: 0,
            seen: VecDeque::new(),
        };
        self.server.reset().await;
        let responder = Responder(Arc::clone(&self.shared));
        self.server
            .register(Mock::given(any()).respond_with(responder))
            .await;
    }

    /// A client of this stub with all settings as they come.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The address, without a slash at its end.
    pub fn url(&self) -> String {
        self.server.uri()
    }

    /// How many requests arrived since the case began.
    pub fn count(&self) -> usize {
        self.shared.case().count
    }

    /// The requests since the case began, as far as they are kept.
    pub fn seen(&self) -> Vec<Seen> {
        self.shared.case().seen.iter().cloned().collect()
    }

    /// The one request of this case, against which the documents have nothing but
    /// what concerns the body.
    ///
    /// # Errors
    ///
    /// There was none, there were several, or something else is wrong with it.
    pub fn only(&self) -> Result<Seen, String> {
        let mut seen = self.seen();
        match (self.count(), seen.pop()) {
            (1, Some(only)) if only.judgement.faults.is_empty() => Ok(only),
            (1, Some(only)) => Err(format!(
                "the client sent a bad request: {:?}",
                only.judgement.faults
            )),
            (count, _) => Err(format!("{count} requests arrived and not one")),
        }
    }
}

impl Shared {
    fn case(&self) -> MutexGuard<'_, Case> {
        self.case.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Responder(Arc<Shared>);

impl Respond for Responder {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let request = received(request);
        let judgement = self.0.judge.judge(&request);
        let mut case = self.0.case();
        case.count += 1;
        let reply = match &case.answer {
            Answer::Documented => json_reply(&documented(&request, &judgement)),
            Answer::Code(code, info) => json_reply(&envelope(*code, info)),
            Answer::Body(bytes) => {
                ResponseTemplate::new(200).set_body_raw(bytes.clone(), "application/json")
            }
            Answer::Http(status, headers, bytes) => headers.iter().fold(
                ResponseTemplate::new(*status).set_body_bytes(bytes.clone()),
                |reply, (name, value)| reply.append_header(*name, value.as_str()),
            ),
        };
        if case.seen.len() == KEPT {
            case.seen.pop_front();
        }
        case.seen.push_back(Seen { request, judgement });
        reply
    }
}

fn json_reply(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(body.to_string(), "application/json")
}

/// The documented answer to a request.
pub(crate) fn documented(request: &Received, judgement: &Judgement) -> Value {
    let (code, info) = judgement.answer();
    let answer = envelope(code, &info);
    let name = judgement.endpoint.as_deref().filter(|_| code == 0);
    let file = name.and_then(|name| schemas().file(&format!("{name}.json")));
    let Some(mut payload) =
        file.and_then(|file| file.value.pointer("/response/examples/0").cloned())
    else {
        return answer;
    };
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    if let (Some(echoed), Some(sent)) =
        (payload.get_mut("RoomId"), body.pointer("/RoomInfo/RoomId"))
    {
        *echoed = sent.clone();
    }
    match file.and_then(|file| Some(file.document.endpoint.as_ref()?.payload)) {
        Some(Payload::Nested) => with_payload(answer, &json!({ "Response": payload })),
        _ => with_payload(answer, &payload),
    }
}

fn received(request: &Request) -> Received {
    // The URL was parsed and written again on the way here. That could have repaired
    // a query that was encoded badly: the raw-socket stub sees it as it was.
    let mut target = request.url.path().to_owned();
    if let Some(query) = request.url.query() {
        target.push('?');
        target.push_str(query);
    }
    let headers = request.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    });
    Received {
        method: request.method.as_str().to_owned(),
        target,
        headers: headers.collect(),
        body: request.body.clone(),
    }
}
