use serde::Serialize;
use serde::de::DeserializeOwned;
use trtc_rooms_core::{Endpoint, Validate};

/// One operation of the service: the types of its request and reply, and what the
/// documents say about its endpoint.
///
/// The implementations are generated, one for each schema; the methods of
/// [`Client`](crate::Client) return a [`Call`](crate::Call) of them. Write one by
/// hand for an operation that this crate does not know yet.
pub trait Operation: 'static {
    /// The request, sent as JSON in the body.
    type Request: Serialize + Validate + Clone + Send + Sync + 'static;

    /// The reply's payload, without the envelope.
    type Response: DeserializeOwned + Send + 'static;

    /// What the documents say about the endpoint.
    const ENDPOINT: &'static Endpoint;
}
