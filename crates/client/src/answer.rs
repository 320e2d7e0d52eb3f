//! A complete reply with status 200, and what it says.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use tracing::warn;
use trtc_rooms_core::{Endpoint, Payload};
use trtc_usersig::Ticket;

use crate::envelope::{Envelope, Malformed, is_object};
use crate::error::{ApiError, Cause, EXCERPT_BYTES, Undecodable, request_id};
use crate::text::{clean, clean_bytes};
use crate::{Error, RawReply, Reply};

/// The text of a reply. `Content-Type` is not looked at: gateways relabel, and the
/// text shows by itself whether it is an answer of the service.
pub(crate) struct Answer {
    endpoint: &'static Endpoint,
    text: String,
    /// To mask it where the reply repeats it.
    ticket: Arc<Ticket>,
}

impl Answer {
    pub(crate) fn new(
        endpoint: &'static Endpoint,
        body: Vec<u8>,
        ticket: Arc<Ticket>,
    ) -> Result<Self, Error> {
        match String::from_utf8(body) {
            Ok(text) => Ok(Self {
                endpoint,
                text,
                ticket,
            }),
            Err(error) => {
                let excerpt = clean_bytes(error.as_bytes(), EXCERPT_BYTES, ticket.as_str());
                let reply = Undecodable {
                    reason: "it is not UTF-8".to_owned(),
                    excerpt,
                    bytes: error.as_bytes().len(),
                    cut: error.utf8_error().error_len().is_none(),
                    succeeded: false,
                    request_id: None,
                };
                Err(Error::new(endpoint, Cause::Undecodable(reply)))
            }
        }
    }

    /// The payload, where this endpoint has it.
    pub(crate) fn into_reply<T: DeserializeOwned>(self) -> Result<Reply<T>, Error> {
        let envelope = self.success()?;
        let payload = match self.endpoint.payload {
            Payload::Beside => &self.text,
            // No data is no object.
            Payload::Nested => envelope.response.unwrap_or("{}"),
        };
        if !is_object(payload) {
            return Err(self.undecodable("`Response` is no object", false, Some(&envelope)));
        }
        match serde_json::from_str(payload) {
            Ok(payload) => Ok(Reply::new(payload, self.request_id(&envelope))),
            Err(error) => Err(self.undecodable(&error.to_string(), false, Some(&envelope))),
        }
    }

    /// The text as it is.
    pub(crate) fn into_raw_reply(self) -> Result<RawReply, Error> {
        let request_id = self.request_id(&self.success()?);
        Ok(RawReply::new(self.text, request_id))
    }

    /// The envelope, if it says that the call succeeded. `ErrorCode` decides: 0 is
    /// success, and no code is never success.
    fn success(&self) -> Result<Envelope<'_>, Error> {
        let envelope = match Envelope::read(&self.text) {
            Ok(envelope) => envelope,
            Err(Malformed::NoObject) => {
                return Err(self.undecodable("it is no JSON object", false, None));
            }
            Err(Malformed::Json(error)) => {
                return Err(self.undecodable(&error.to_string(), error.is_eof(), None));
            }
        };
        let failed = envelope.says_failed();
        let contradicts = match envelope.code {
            Some(0) => failed,
            Some(_) => envelope.action_status.as_deref() == Some("OK"),
            None => false,
        };
        if contradicts {
            warn!(
                endpoint = self.endpoint.name,
                code = envelope.code,
                request_id = self.request_id(&envelope),
                "ActionStatus and ErrorCode of a reply contradict each other; ErrorCode decides"
            );
        }
        match envelope.code {
            Some(0) => Ok(envelope),
            None if !failed => Err(self.undecodable("it has no ErrorCode", false, Some(&envelope))),
            _ => {
                let api = ApiError::new(self.endpoint, &envelope, self.ticket.as_str());
                Err(Error::new(self.endpoint, Cause::Api(api)))
            }
        }
    }

    fn request_id(&self, envelope: &Envelope<'_>) -> Option<String> {
        request_id(envelope, self.ticket.as_str())
    }

    /// `cut` says that the text ends too early. An envelope with code 0 means that
    /// only the payload is the trouble.
    fn undecodable(&self, reason: &str, cut: bool, envelope: Option<&Envelope<'_>>) -> Error {
        let ticket = self.ticket.as_str();
        let reply = Undecodable {
            // serde repeats values of the reply in its messages.
            reason: clean(reason, EXCERPT_BYTES, ticket),
            excerpt: clean(&self.text, EXCERPT_BYTES, ticket),
            bytes: self.text.len(),
            cut,
            succeeded: envelope.is_some_and(|envelope| envelope.code == Some(0)),
            request_id: envelope.and_then(|envelope| self.request_id(envelope)),
        };
        Error::new(self.endpoint, Cause::Undecodable(reply))
    }
}
