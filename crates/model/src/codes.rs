use trtc_rooms_core::{Endpoint, ErrorCode, find_code};

use crate::COMMON_CODES;

/// What an error code means: on this endpoint, if its page lists the code, or else
/// in the tables that are common to all endpoints.
///
/// One number means different things on different pages, so give the endpoint
/// whenever it is known.
///
/// ```
/// use trtc_rooms_model::{conference, explain, live};
///
/// let code = explain(Some(&conference::create_room::ENDPOINT), 100_011).unwrap();
/// assert!(code.remedy.contains("destroy the group"));
/// assert_eq!(explain(None, 70_001).unwrap().name, "TicketExpired");
/// assert!(explain(Some(&live::create_room::ENDPOINT), 100_999).is_none());
/// ```
pub fn explain(endpoint: Option<&Endpoint>, code: i32) -> Option<&'static ErrorCode> {
    endpoint
        .and_then(|endpoint| endpoint.code(code))
        .or_else(|| COMMON_CODES.iter().find_map(|table| find_code(table, code)))
}
