use std::fmt;
use std::ops::Deref;

/// The payload of a successful reply, with the `RequestId` of the envelope.
///
/// Dereferences to the payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply<T> {
    payload: T,
    request_id: Option<String>,
}

impl<T> Reply<T> {
    pub(crate) fn new(payload: T, request_id: Option<String>) -> Self {
        Self {
            payload,
            request_id,
        }
    }

    /// What the service calls this request. Quote it to the vendor's support.
    /// Escaped, and cut after 256 bytes.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
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
}

impl RawReply {
    pub(crate) fn new(json: String, request_id: Option<String>) -> Self {
        Self { json, request_id }
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
}

impl fmt::Debug for RawReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawReply")
            .field("bytes", &self.json.len())
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}
