use std::fmt;
use std::ops::Deref;

use crate::observe::Observed;

/// What is known of a reply besides its payload.
pub(crate) struct Meta {
    pub(crate) request_id: Option<String>,
    pub(crate) confirmed_by: Option<i32>,
    pub(crate) attempts: u32,
}

/// The payload of a successful reply, with the `RequestId` of the envelope.
///
/// Dereferences to the payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply<T> {
    payload: T,
    request_id: Option<String>,
    confirmed_by: Option<i32>,
    attempts: u32,
}

impl<T> Reply<T> {
    pub(crate) fn new(payload: T, meta: Meta) -> Self {
        let Meta {
            request_id,
            confirmed_by,
            attempts,
        } = meta;
        Self {
            payload,
            request_id,
            confirmed_by,
            attempts,
        }
    }

    /// What the service calls this request. Quote it to the vendor's support.
    /// Escaped, and cut after 256 bytes.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The error code that says that what was asked for is so already, mostly by an earlier
    /// attempt whose reply was lost. If that one was lost on its way, or for a call that
    /// ensures something, it may be older, and made with other settings. `None` if the service carried out this very request.
    pub fn confirmed_by(&self) -> Option<i32> {
        self.confirmed_by
    }

    /// How many requests it took.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The payload alone.
    pub fn into_inner(self) -> T {
        self.payload
    }
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.payload
    }
}

impl<T> AsRef<T> for Reply<T> {
    fn as_ref(&self) -> &T {
        &self.payload
    }
}

/// The JSON text of a successful reply, envelope and all, as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct RawReply {
    json: String,
    request_id: Option<String>,
    confirmed_by: Option<i32>,
    attempts: u32,
}

impl RawReply {
    pub(crate) fn new(json: String, meta: Meta) -> Self {
        let Meta {
            request_id,
            confirmed_by,
            attempts,
        } = meta;
        Self {
            json,
            request_id,
            confirmed_by,
            attempts,
        }
    }

    /// The reply: a JSON object.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// The reply: a JSON object.
    pub fn into_json(self) -> String {
        self.json
    }

    /// What the service calls this request. Quote it to the vendor's support.
    /// Escaped, and cut after 256 bytes.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The error code that tells that the call had been carried out before, by an
    /// earlier attempt whose reply was lost; for a call that ensures something, by
    /// anybody. `None` if the service carried out this very request.
    pub fn confirmed_by(&self) -> Option<i32> {
        self.confirmed_by
    }

    /// How many requests it took.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

impl fmt::Debug for RawReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawReply")
            .field("bytes", &self.json.len())
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

impl<T> Observed for Reply<T> {
    fn request_id(&self) -> Option<&str> {
        self.request_id()
    }

    fn attempts(&self) -> u32 {
        self.attempts
    }
}

impl Observed for RawReply {
    fn request_id(&self) -> Option<&str> {
        self.request_id()
    }

    fn attempts(&self) -> u32 {
        self.attempts
    }
}
