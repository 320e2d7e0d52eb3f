//! The documented envelope, written by hand.

use serde_json::{Map, Value, json};

/// An id of the form that the samples on the pages have.
pub const REQUEST_ID: &str = "Id-70dd50ff2cd44dd4bb2f5ee2d17c1c09-O-Seq-7315";

/// The envelope that the documents promise for a code, with all four members.
pub fn envelope(code: i32, info: &str) -> Value {
    json!({
        "ActionStatus": if code == 0 { "OK" } else { "FAIL" },
        "ErrorCode": code,
        "ErrorInfo": info,
        "RequestId": REQUEST_ID,
    })
}

/// The same with a payload beside the four members.
///
/// # Panics
///
/// If the payload is no object.
pub fn with_payload(mut envelope: Value, payload: &Value) -> Value {
    let payload: &Map<String, Value> = payload.as_object().expect("an object");
    for (name, value) in payload {
        envelope[name] = value.clone();
    }
    envelope
}
