//! Replies whose payload is odd, or stands in another place.

use serde_json::{Value, json};
use trtc_rooms::{ErrorClass, Payload};

use super::replies::{Case, failure, success};
use crate::http::{Expected, Replied, Retry, Target, schemas, unlisted};

/// All of them for one endpoint: where it has its payload decides what a reply means.
pub(super) fn cases(target: &Target) -> Vec<Case> {
    let mut cases = payloads(target);
    if target.name == unlisted::NAME {
        cases.extend(values());
    }
    cases
}

/// Where the payload stands, and payloads that nobody expects.
fn payloads(target: &Target) -> Vec<Case> {
    let any: fn(&Target, &Replied) -> bool = |_, _| true;
    let refused = Expected::api(100_002, ErrorClass::Request, Retry::No);
    let deep = format!("{}{}", "{\"a\":[".repeat(20_000), "]}".repeat(20_000));
    let digits = "9".repeat(400);
    let mut cases = vec![
        success(
            "H16-both",
            r#"{"ErrorCode":0,"RoomId":"beside","Response":{"RoomId":"nested"}}"#,
            |target, reply| room_id(target, reply, Some("beside"), Some("nested")),
        ),
        success(
            "H16-beside",
            r#"{"RoomId":"beside","ErrorCode":0}"#,
            |target, reply| room_id(target, reply, Some("beside"), None),
        ),
        // The other place is not looked at: nobody knows what would stand there.
        success(
            "H16-nested",
            r#"{"ErrorCode":0,"Response":{"RoomId":"nested"}}"#,
            |target, reply| room_id(target, reply, None, Some("nested")),
        ),
        success(
            "H16-response-null",
            r#"{"ErrorCode":0,"Response":null}"#,
            any,
        ),
        success(
            "H23-other-room",
            r#"{"ErrorCode":0,"RoomId":"of-somebody-else"}"#,
            |target, reply| room_id(target, reply, Some("of-somebody-else"), None),
        ),
        success(
            "H13-unknown-members",
            r#"{"ErrorCode":0,"New":{"A":[]},"Neu":null,"":1}"#,
            any,
        ),
        success(
            "H13-deep",
            format!(r#"{{"ErrorCode":0,"New":{deep}}}"#),
            any,
        ),
        success(
            "H13-huge-number",
            format!(r#"{{"New":{digits},"X":1e400,"ErrorCode":0}}"#),
            any,
        ),
        success(
            "H13-lone-surrogate",
            r#"{"New":"\ud800","ErrorCode":0}"#,
            any,
        ),
    ];
    for (id, odd) in [
        ("H14-deep", deep.as_str()),
        ("H14-null", "null"),
        ("H14-list", r#"["x",1]"#),
        ("H14-text", "\"no\""),
        (
            "H14-types",
            r#"{"RoomId":[],"SeatTemplate":7,"Result":"x"}"#,
        ),
    ] {
        let body = format!(r#"{{"Response":{odd},"RoomId":{odd},"ErrorCode":100002}}"#);
        cases.push(failure(id, body, refused));
    }
    match target.endpoint.payload {
        Payload::Nested => cases.extend([
            failure(
                "H14-success-list",
                r#"{"ErrorCode":0,"Response":[]}"#,
                Expected::payload_lost(),
            )
            .saying("the call succeeded"),
            failure(
                "H14-success-text",
                r#"{"ErrorCode":0,"Response":"x"}"#,
                Expected::payload_lost(),
            ),
        ]),
        Payload::Beside if has_room_id(target) => cases.extend([
            success(
                "H18-account-as-number",
                r#"{"ErrorCode":0,"RoomId":27149}"#,
                |target, reply| room_id(target, reply, Some("27149"), None),
            ),
            failure(
                "H14-success-list",
                r#"{"ErrorCode":0,"RoomId":["x"]}"#,
                Expected::payload_lost(),
            )
            .saying("the call succeeded"),
        ]),
        Payload::Beside => {}
    }
    cases
}

/// Whether the schema documents a `RoomId` in the data of the reply.
fn has_room_id(target: &Target) -> bool {
    let file = schemas().file(&format!("{}.json", target.name));
    file.is_some_and(|file| file.value["response"]["properties"].get("RoomId").is_some())
}

/// Values in a reply that only the hand-written operation has.
fn values() -> Vec<Case> {
    vec![
        success(
            "H17-unknown-values",
            r#"{"ErrorCode":0,"Response":{"SeatTemplate":"Hexagon","TakeSeatMode":"AuctionToTake"}}"#,
            |_, reply| {
                reply.payload
                    == json!({ "SeatTemplate": "Hexagon", "TakeSeatMode": "AuctionToTake" })
            },
        ),
        success(
            "H17-known-values",
            r#"{"ErrorCode":0,"Response":{"SeatTemplate":"Karaoke","TakeSeatMode":"FreeToTake"}}"#,
            |_, reply| {
                reply.payload == json!({ "SeatTemplate": "Karaoke", "TakeSeatMode": "FreeToTake" })
            },
        ),
        success(
            "H19-results-of-items",
            r#"{"ErrorCode":0,"Response":{"Result":[{"ResultCode":0},{"ResultCode":100004}]}}"#,
            |_, reply| {
                reply.payload
                    == json!({ "Result": [{ "ResultCode": 0 }, { "ResultCode": 100_004 }] })
            },
        ),
        failure(
            "H19-results-that-are-none",
            r#"{"ErrorCode":0,"Response":{"Result":{"ResultCode":0}}}"#,
            Expected::payload_lost(),
        ),
    ]
}

/// Whether a typed reply holds a room id, if the documents give it one: what stood
/// beside the envelope or in `Response`.
fn room_id(target: &Target, reply: &Replied, beside: Option<&str>, nested: Option<&str>) -> bool {
    let file = schemas().file(&format!("{}.json", target.name));
    let members = file.and_then(|file| file.value.pointer("/response/properties")?.as_object());
    let expected = match target.endpoint.payload {
        Payload::Beside => beside,
        Payload::Nested => nested,
    };
    match members {
        Some(members) if members.contains_key("RoomId") => {
            reply.payload.get("RoomId").and_then(Value::as_str) == expected
        }
        // Data of another kind are not what these replies are about.
        Some(_) => true,
        None => reply.payload == json!({}) || target.name == unlisted::NAME,
    }
}
