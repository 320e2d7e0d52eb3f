//! A complete reply with status 200, and what it says.

use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use trtc_rooms_core::{Endpoint, Payload};
use trtc_usersig::Ticket;

use crate::envelope::{Envelope, Malformed, is_object};
use crate::error::{ApiError, Cause, EXCERPT_BYTES, Undecodable, request_id};
use crate::observe;
use crate::reply::Meta;
use crate::text::{clean, excerpt};
use crate::{Error, RawReply, Reply};

/// The codes that count as success besides 0.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Accepted {
    /// In any answer.
    pub(crate) always: &'static [i32],
    /// In the answer to a repetition, after an attempt whose outcome is unknown.
    pub(crate) repeated: &'static [i32],
}

impl Accepted {
    fn contains(self, code: i32) -> bool {
        self.always.contains(&code) || self.repeated.contains(&code)
    }
}

/// A reply that says that the call succeeded. `Content-Type` is not looked at:
/// gateways relabel, and the text shows by itself whether it is an answer of the
/// service.
pub(crate) struct Answer {
    endpoint: &'static Endpoint,
    text: String,
    /// Where in the text the payload stands, or nothing if there is none.
    payload: Option<Range<usize>>,
    meta: Meta,
    /// To mask it where the reply repeats it.
    ticket: Arc<Ticket>,
    /// The parameter of the request, by which the vendor may find it.
    random: Option<u32>,
}

impl Answer {
    /// Reads the envelope. `ErrorCode` decides: 0 is success, and no code is never
    /// success.
    pub(crate) fn new(
        endpoint: &'static Endpoint,
        body: Vec<u8>,
        ticket: Arc<Ticket>,
        accepted: Accepted,
    ) -> Result<Self, Error> {
        let text = match String::from_utf8(body) {
            Ok(text) => text,
            Err(error) => {
                let body = error.as_bytes();
                let excerpt = excerpt(endpoint, body, EXCERPT_BYTES, ticket.as_str());
                let reply = Undecodable {
                    reason: "it is not UTF-8".to_owned(),
                    excerpt,
                    bytes: error.as_bytes().len(),
                    cut: error.utf8_error().error_len().is_none(),
                    succeeded: false,
                    request_id: None,
                };
                return Err(Error::new(endpoint, Cause::Undecodable(reply)));
            }
        };
        let unread = Unread {
            endpoint,
            text: &text,
            ticket: ticket.as_str(),
        };
        let envelope = unread.envelope()?;
        let confirmed_by = unread.success(&envelope, accepted)?;
        let payload = match endpoint.payload {
            Payload::Beside => Some(0..text.len()),
            Payload::Nested => envelope.response.map(|part| {
                // A part of the text, so it begins somewhere in it.
                let start = part.as_ptr().addr() - text.as_ptr().addr();
                start..start + part.len()
            }),
        };
        let meta = Meta {
            request_id: request_id(&envelope, ticket.as_str()),
            confirmed_by,
            attempts: 1,
        };
        Ok(Self {
            endpoint,
            text,
            payload,
            meta,
            random: None,
            ticket,
        })
    }

    pub(crate) fn request_id(&self) -> Option<&str> {
        self.meta.request_id.as_deref()
    }

    /// The answer to the last of so many attempts, which was sent with this `random`.
    pub(crate) fn of_attempt(mut self, attempts: u32, random: u32) -> Self {
        self.meta.attempts = attempts;
        self.random = Some(random);
        self
    }

    /// The payload, where this endpoint has it.
    pub(crate) fn into_reply<T: DeserializeOwned>(self) -> Result<Reply<T>, Error> {
        // No data is no object.
        let payload = self
            .payload
            .clone()
            .and_then(|range| self.text.get(range))
            .unwrap_or("{}");
        if !is_object(payload) {
            return Err(self.undecodable(Reason::Ours("`Response` is no object")));
        }
        match serde_json::from_str(payload) {
            Ok(payload) => Ok(Reply::new(payload, self.meta)),
            Err(error) => Err(self.undecodable(Reason::Serde(error))),
        }
    }

    /// The text as it is.
    pub(crate) fn into_raw_reply(self) -> RawReply {
        RawReply::new(self.text, self.meta)
    }

    fn undecodable(&self, reason: Reason) -> Error {
        let unread = Unread {
            endpoint: self.endpoint,
            text: &self.text,
            ticket: self.ticket.as_str(),
        };
        let mut error = unread.undecodable(reason, false, true, self.meta.request_id.clone());
        let history = error.history_mut();
        history.attempts = self.meta.attempts;
        history.random = self.random;
        error
    }
}

/// Why a reply cannot be read.
enum Reason {
    Ours(&'static str),
    /// It may repeat values of the reply.
    Serde(serde_json::Error),
}

/// The text of a reply that is yet to be judged.
struct Unread<'a> {
    endpoint: &'static Endpoint,
    text: &'a str,
    ticket: &'a str,
}

impl<'a> Unread<'a> {
    fn envelope(&self) -> Result<Envelope<'a>, Error> {
        Envelope::read(self.text).map_err(|malformed| match malformed {
            Malformed::NoObject => {
                self.undecodable(Reason::Ours("it is no JSON object"), false, false, None)
            }
            Malformed::Json(error) => {
                let cut = error.is_eof();
                self.undecodable(Reason::Serde(error), cut, false, None)
            }
        })
    }

    /// Nothing if the code is 0, and another code that counts as success.
    fn success(&self, envelope: &Envelope<'_>, accepted: Accepted) -> Result<Option<i32>, Error> {
        let failed = envelope.says_failed();
        let contradicts = match envelope.code {
            Some(0) => failed,
            Some(_) => envelope.action_status.as_deref() == Some("OK"),
            None => false,
        };
        if contradicts {
            let request_id = request_id(envelope, self.ticket);
            observe::contradiction(self.endpoint, envelope.code, request_id.as_deref());
        }
        match envelope.code {
            Some(0) => Ok(None),
            Some(code) if accepted.contains(code) => Ok(Some(code)),
            None if !failed => {
                let request_id = request_id(envelope, self.ticket);
                let reason = Reason::Ours("it has no ErrorCode");
                Err(self.undecodable(reason, false, false, request_id))
            }
            _ => {
                let api = ApiError::new(self.endpoint, envelope, self.ticket);
                Err(Error::new(self.endpoint, Cause::Api(api)))
            }
        }
    }

    /// `cut` says that the text ends too early, `succeeded` that the envelope says
    /// that the call was carried out.
    fn undecodable(
        &self,
        reason: Reason,
        cut: bool,
        succeeded: bool,
        request_id: Option<String>,
    ) -> Error {
        let reply = Undecodable {
            reason: match reason {
                Reason::Ours(words) => words.to_owned(),
                Reason::Serde(_) if self.endpoint.has_secrets => {
                    "it is not as documented".to_owned()
                }
                Reason::Serde(error) => clean(&error.to_string(), EXCERPT_BYTES, self.ticket),
            },
            excerpt: excerpt(
                self.endpoint,
                self.text.as_bytes(),
                EXCERPT_BYTES,
                self.ticket,
            ),
            bytes: self.text.len(),
            cut,
            succeeded,
            request_id,
        };
        Error::new(self.endpoint, Cause::Undecodable(reply))
    }
}
