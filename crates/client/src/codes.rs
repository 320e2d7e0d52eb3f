//! What an error code means in the reply of one endpoint.

use trtc_rooms_core::{Endpoint, ErrorCode};

/// The meaning of `code` on the endpoint's own page or, if that does not list it,
/// in the tables that all endpoints share.
///
/// The order matters: one number means different things on different pages.
pub(crate) fn explain(endpoint: &Endpoint, code: i32) -> Option<&'static ErrorCode> {
    endpoint.code(code).or_else(|| common(code))
}

/// The tables that all endpoints share.
fn common(_code: i32) -> Option<&'static ErrorCode> {
    // The generated table goes here: trtc_rooms_model::common::codes::find(code).
    None
}
