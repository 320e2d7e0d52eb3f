//! Replies with status 200: part H of the catalogue, and what comes next to it.
//!
//! Each row is bytes and what a call makes of them. The rows run for every endpoint,
//! since where an endpoint has its payload changes what a reply means.

use serde_json::json;

use super::{reply_envelopes, reply_payloads};
use crate::http::{Answer, Ear, Expected, Replied, Run, Stub, Target, app, same};

/// What a call makes of a reply.
#[derive(Clone)]
pub(super) enum Makes {
    /// Success, with the payload that the function looks at.
    Success(fn(&Target, &Replied) -> bool),
    /// An error.
    Failure(Expected),
}

#[derive(Clone)]
pub(super) struct Case {
    id: &'static str,
    bytes: Vec<u8>,
    makes: Makes,
    /// What the line of the error, or a warning, has to say.
    says: &'static str,
    /// Whether that stands in the reply.
    quotes: bool,
}

/// Endpoints whose request or reply has a password or a token. An error quotes no reply of
/// the service there.
pub const WITH_SECRETS: [&str; 4] = [
    "conference/get_room_info",
    "conference/update_room_info",
    "live/get_callback_token",
    "live/set_callback_token",
];

/// Sends each reply to a call of `target`.
pub async fn run(stub: &Stub, target: &Target) -> Run {
    let client = app::client(&stub.url());
    let mut run = Run::default();
    let cases = reply_envelopes::cases().into_iter();
    for case in cases.chain(reply_payloads::cases(target)) {
        stub.begin(Answer::Body(case.bytes.clone())).await;
        let result = target.call(&client).await;
        let outcome = match (&case.makes, result) {
            (Makes::Success(looks_right), Ok(reply)) => {
                let right = looks_right(target, &reply);
                same(&format!("whether {reply:?} is right"), right, true)
            }
            (Makes::Success(_), Err(error)) => Err(error.to_string()),
            (Makes::Failure(_), Ok(reply)) => Err(format!("it was taken for success: {reply:?}")),
            (Makes::Failure(expected), Err(error)) => {
                let line = error.to_string();
                expected
                    .compare(target, &error)
                    .and_then(|()| says(&line, case.words(target)))
            }
        };
        let once = stub.only().map(drop);
        run.add(
            format!("{}/reply/{}", target.name, case.id),
            outcome.and(once),
        );
    }
    run
}

/// H7: that a reply which contradicts itself leaves a warning, and only such a one.
pub async fn contradictions(stub: &Stub, target: &Target, ear: &Ear) -> Run {
    let client = app::client(&stub.url());
    let mut run = Run::default();
    for (id, status, code, warns) in [
        ("H7-fail-0", "FAIL", 0, true),
        ("H7-ok-100002", "OK", 100_002, true),
        ("H7-fail-100002", "FAIL", 100_002, false),
        ("H7-ok-0", "OK", 0, false),
    ] {
        let body = json!({ "ActionStatus": status, "ErrorCode": code, "RequestId": "Id-7" });
        stub.begin(Answer::body(body.to_string())).await;
        ear.clear();
        let _ = target.call(&client).await;
        let warnings = ear.said("WARN", "trtc_rooms");
        let outcome = match &warnings[..] {
            [] if !warns => Ok(()),
            [one] if warns && one.text.contains("contradict") && one.text.contains("Id-7") => {
                Ok(())
            }
            other => Err(format!("the warnings are {other:?}")),
        };
        run.add(format!("{}/reply/{id}", target.name), outcome);
    }
    run
}

/// That a line says what it should.
fn says(line: &str, words: &str) -> Result<(), String> {
    same(
        &format!("whether `{words}` is in `{line}`"),
        line.contains(words),
        true,
    )
}

pub(super) fn success(
    id: &'static str,
    bytes: impl Into<Vec<u8>>,
    looks_right: fn(&Target, &Replied) -> bool,
) -> Case {
    Case {
        id,
        bytes: bytes.into(),
        makes: Makes::Success(looks_right),
        says: "",
        quotes: false,
    }
}

pub(super) fn failure(id: &'static str, bytes: impl Into<Vec<u8>>, expected: Expected) -> Case {
    Case {
        id,
        bytes: bytes.into(),
        makes: Makes::Failure(expected),
        says: "",
        quotes: false,
    }
}

impl Case {
    pub(super) fn saying(mut self, words: &'static str) -> Self {
        self.says = words;
        self
    }

    /// An error that repeats this part of the reply.
    pub(super) fn quoting(mut self, words: &'static str) -> Self {
        self.quotes = true;
        self.saying(words)
    }

    fn words(&self, target: &Target) -> &'static str {
        if self.quotes && WITH_SECRETS.contains(&target.name) {
            "may hold a secret"
        } else {
            self.says
        }
    }
}
