use trtc_rooms_core::{Endpoint, ErrorClass, ErrorCode};

use crate::envelope::Envelope;
use crate::text::clean;

const ERROR_INFO_BYTES: usize = 512;
const REQUEST_ID_BYTES: usize = 256;

/// An answer of the service that says that the call failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    code: Option<i32>,
    meaning: Option<&'static ErrorCode>,
    action_status: Option<String>,
    error_info: Option<String>,
    request_id: Option<String>,
}

impl ApiError {
    pub(crate) fn new(endpoint: &Endpoint, envelope: &Envelope<'_>, ticket: &str) -> Self {
        // Zero is the code of success, which an error does not have.
        let code = envelope.code.filter(|code| *code != 0);
        let info = envelope
            .error_info
            .as_deref()
            .filter(|info| !info.is_empty());
        Self {
            code,
            meaning: code.and_then(|code| trtc_rooms_model::explain(Some(endpoint), code)),
            action_status: envelope
                .action_status
                .as_deref()
                .map(|status| clean(status, 64, ticket)),
            error_info: info.map(|info| clean(info, ERROR_INFO_BYTES, ticket)),
            request_id: request_id(envelope, ticket),
        }
    }

    /// The `ErrorCode`. `None` if the reply says `FAIL` and has no code that could
    /// be read, which no document foresees.
    pub fn code(&self) -> Option<i32> {
        self.code
    }

    /// What the code means: on the page of the endpoint or, if that does not list
    /// it, on the pages for all endpoints.
    pub fn meaning(&self) -> Option<&'static ErrorCode> {
        self.meaning
    }

    /// What kind of failure the code stands for; [`ErrorClass::Unknown`] if no
    /// document lists it.
    pub fn class(&self) -> ErrorClass {
        self.meaning
            .map_or(ErrorClass::Unknown, |meaning| meaning.class)
    }

    /// The reason in the service's words, escaped and cut after 512 bytes.
    pub fn error_info(&self) -> Option<&str> {
        self.error_info.as_deref()
    }

    /// What the service calls this request. Quote it to the vendor's support.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The `ActionStatus`, by the documents `FAIL`. The code decides, whatever
    /// stands here.
    pub fn action_status(&self) -> Option<&str> {
        self.action_status.as_deref()
    }
}

/// The `RequestId`, fit for a log line.
pub(crate) fn request_id(envelope: &Envelope<'_>, ticket: &str) -> Option<String> {
    let id = envelope.request_id.as_deref()?;
    // Every successful call comes by here. The ids on the pages have this form, and
    // a ticket is never so short.
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':');
    if id.len() <= 96 && id.bytes().all(is_plain) {
        return Some(id.to_owned());
    }
    Some(clean(id, REQUEST_ID_BYTES, ticket))
}
