//! Replies with status 200: part H of the catalogue, and what comes next to it.
//!
//! Each row is bytes and what a call makes of them. The rows run for every endpoint,
//! since where an endpoint has its payload changes what a reply means.

use serde_json::{Value, json};
use trtc_rooms::{ErrorClass, ErrorKind, Payload};

use crate::http::{
    Answer, Ear, Expected, Replied, Retry, Run, Stub, Target, app, secrets, unlisted,
};

/// The reply limit of a client unless it is told otherwise.
const LIMIT: usize = 1 << 20;

/// What a call makes of a reply.
enum Makes {
    /// Success, with the payload that the function looks at.
    Success(fn(&Target, &Replied) -> bool),
    /// An error.
    Failure(Expected),
}

struct Case {
    id: &'static str,
    bytes: Vec<u8>,
    makes: Makes,
    /// What the line of the error, or a warning, has to say.
    says: &'static str,
}

/// Sends each reply to a call of `target`.
pub async fn run(stub: &Stub, target: &Target) -> Run {
    let client = app::client(&stub.url());
    let mut run = Run::default();
    for case in cases(target) {
        stub.begin(Answer::Body(case.bytes.clone())).await;
        let result = target.call(&client).await;
        let outcome = match (&case.makes, result) {
            (Makes::Success(looks_right), Ok(reply)) => match looks_right(target, &reply) {
                true => Ok(()),
                false => Err(format!("the reply is {reply:?}")),
            },
            (Makes::Success(_), Err(error)) => Err(error.to_string()),
            (Makes::Failure(_), Ok(reply)) => Err(format!("it was taken for success: {reply:?}")),
            (Makes::Failure(expected), Err(error)) => {
                let line = error.to_string();
                expected
                    .compare(target, &error)
                    .and_then(|()| match line.contains(case.says) {
                        true => Ok(()),
                        false => Err(format!("`{}` is not in: {line}", case.says)),
                    })
            }
        };
        let once = stub.only().map(drop);
        run.add(format!("{}/reply/{}", target.name, case.id), outcome.and(once));
    }
    run
}

/// H7: that a reply which contradicts itself leaves a warning, and only such a one.
pub async fn contradictions(stub: &Stub, target: &Target, ear: &Ear) -> Run {
    let client = app::client(&stub.url());
    let mut run = Run::default();
    for (id, status, code, warns) in [
        ("H7-fail-0", "FAIL", 0, true),
        ("H7-ok-100002", "OK", 100_002, true),
        ("H7-fail-100002", "FAIL", 100_002, false),
        ("H7-ok-0", "OK", 0, false),
    ] {
        let body = json!({ "ActionStatus": status, "ErrorCode": code, "RequestId": "Id-7" });
        stub.begin(Answer::body(body.to_string())).await;
        ear.clear();
        let _ = target.call(&client).await;
        let warnings = ear.said("WARN", "trtc_rooms");
        let outcome = match &warnings[..] {
            [] if !warns => Ok(()),
            [one] if warns && one.text.contains("contradict") && one.text.contains("Id-7") => Ok(()),
            other => Err(format!("the warnings are {other:?}")),
        };
        run.add(format!("{}/reply/{id}", target.name), outcome);
    }
    run
}

fn cases(target: &Target) -> Vec<Case> {
    let mut cases = shapes();
    cases.extend(envelopes());
    cases.extend(members());
    cases.extend(payloads(target));
    cases.extend(encodings());
    cases.extend(sizes());
    if target.name == unlisted::NAME {
        cases.extend(values());
    }
    cases
}

/// What is no envelope at all.
fn shapes() -> Vec<Case> {
    let cut = Expected::cut();
    let nothing = Expected::undecodable();
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    vec![
        failure("H1-empty", "", cut).saying("(0 bytes)"),
        failure("H1-blank", " \r\n\t", cut),
        failure("H2-no-members", "{}", nothing).saying("no ErrorCode"),
        failure("H3-null", "null", nothing),
        failure("H3-list", "[]", nothing),
        failure("H3-text", "\"OK\"", nothing),
        failure("H3-number", "0", nothing),
        failure("H3-true", "true", nothing),
        failure("H3-positional", r#"["OK",0,"","Id-1",null]"#, nothing).saying("no JSON object"),
        failure("H3-positional-short", r#" ["OK",0,""]"#, nothing),
        failure("H3-deep", nested, nothing),
        failure("H22-garbage", r#"{"ErrorCode":0}garbage"#, nothing),
        failure("H22-two", "{\"ErrorCode\":0}{\"ErrorCode\":0}", nothing),
        failure("H22-lines", "{\"ErrorCode\":0}\n{\"ErrorCode\":0}\n", nothing),
        failure("H22-comma", r#"{"ErrorCode":0,}"#, nothing),
        failure("H22-comment", "{//ok\n\"ErrorCode\":0}", nothing),
        failure("H22-cut", r#"{"ErrorCode":0,"RoomId":"#, cut),
        failure("H22-cut-in-text", r#"{"ErrorCode":0,"RoomId":"live"#, cut),
        failure("H22-cut-at-the-end", r#"{"ErrorCode":0,"RoomId":"live-1""#, cut),
        failure("H22-html", "<html><body>Hello</body></html>", nothing).saying("<html>"),
        failure(
            "N3-meta-refresh",
            "<meta http-equiv=\"refresh\" content=\"0;url=http://127.0.0.1:1/\">",
            nothing,
        ),
    ]
}

/// Which of the four members decides.
fn envelopes() -> Vec<Case> {
    let any: fn(&Target, &Replied) -> bool = |_, _| true;
    let refused = Expected::api(100_002, ErrorClass::Request, Retry::No);
    let mut no_code = Expected::api(0, ErrorClass::Unknown, Retry::No);
    no_code.code = None;
    let nothing = Expected::undecodable();
    vec![
        success("H4-only-the-code", r#"{"ErrorCode":0}"#, |_, reply| {
            reply.request_id.is_none()
        }),
        failure("H4-ok-without-code", r#"{"ActionStatus":"OK"}"#, nothing),
        failure("H4-ok-null", r#"{"ActionStatus":"OK","ErrorCode":null}"#, nothing),
        failure(
            "H4-fail-without-code",
            r#"{"ActionStatus":"FAIL","ErrorInfo":"no"}"#,
            no_code,
        )
        .saying("no error code"),
        failure("H6-ok-100002", r#"{"ActionStatus":"OK","ErrorCode":100002}"#, refused),
        success("H7-fail-0", r#"{"ActionStatus":"FAIL","ErrorCode":0}"#, any),
        success("H8-lower-case", r#"{"ActionStatus":"ok","ErrorCode":0}"#, any),
        success("H8-other", r#"{"ActionStatus":"SUCCESS","ErrorCode":0}"#, any),
        success("H8-null", r#"{"ActionStatus":null,"ErrorCode":0}"#, any),
        success("H8-number", r#"{"ActionStatus":1,"ErrorCode":0}"#, any),
        failure("H8-other-100002", r#"{"ActionStatus":"success","ErrorCode":100002}"#, refused),
        failure("H4-code-as-text", r#"{"ErrorCode":"100002"}"#, refused),
        success("H4-success-as-text", r#"{"ErrorCode":"0"}"#, any),
        failure("H4-code-as-float", r#"{"ErrorCode":0.0}"#, nothing),
        failure("H4-code-as-power", r#"{"ErrorCode":0e0}"#, nothing),
        failure("H4-code-as-bool", r#"{"ErrorCode":false}"#, nothing),
        failure("H4-code-as-words", r#"{"ErrorCode":"OK"}"#, nothing),
        failure("H4-code-empty", r#"{"ErrorCode":""}"#, nothing),
        failure("H4-code-in-a-list", r#"{"ErrorCode":[0]}"#, nothing),
        failure("H4-code-too-large", r#"{"ErrorCode":4294967296}"#, nothing),
        failure("H4-code-twice", r#"{"ErrorCode":0,"ErrorCode":100002}"#, nothing),
        failure("H4-code-twice-escaped", r#"{"ErrorCode":0,"\u0045rrorCode":100002}"#, nothing),
        failure("H4-other-case", r#"{"errorCode":0,"ErrorCode ":0}"#, nothing),
    ]
}

/// What becomes of the texts beside the code.
fn members() -> Vec<Case> {
    let refused = Expected::api(100_002, ErrorClass::Request, Retry::No);
    let info = |info: &str| format!(r#"{{"ErrorCode":100002,"ErrorInfo":{info}}}"#);
    let echo = format!("\"bad url ?usersig={}&random=1\"", app::ticket());
    let piece = format!("\"bad ticket {}\"", &app::ticket()[40..70]);
    let long = format!("\"{}\"", "房\\n".repeat(200_000));
    vec![
        failure("H9-info-missing", r#"{"ErrorCode":100002}"#, refused),
        failure("H9-info-null", info("null"), refused),
        failure("H9-info-number", info("42"), refused).saying("ErrorInfo: 42"),
        failure("H9-info-object", info(r#"{"a":[1]}"#), refused).saying(r#"{"a":[1]}"#),
        failure("H9-info-escapes", info(r#""a\u001b[2Jb\nc""#), refused)
            .saying(r"a\u{1b}[2Jb\nc"),
        failure("H9-info-bidi", info("\"a\u{202e}b\""), refused).saying(r"a\u{202e}b"),
        failure("H9-info-long", info(&long), refused).saying("房"),
        failure("H9-info-echoes-the-ticket", info(&echo), refused).saying("usersig=[ticket]&"),
        failure("H9-info-echoes-a-piece", info(&piece), refused).saying("bad ticket [ticket]"),
        success("H9-id-missing", r#"{"ErrorCode":0,"ErrorInfo":""}"#, |_, reply| {
            reply.request_id.is_none()
        }),
        success("H9-id-number", r#"{"ErrorCode":0,"RequestId":27149}"#, |_, reply| {
            reply.request_id.as_deref() == Some("27149")
        }),
        success("H9-id-other-form", r#"{"ErrorCode":0,"RequestId":"requestId-123-456"}"#, |_, reply| {
            reply.request_id.as_deref() == Some("requestId-123-456")
        }),
        success(
            "H9-id-echoes-the-ticket",
            format!(r#"{{"ErrorCode":0,"RequestId":"{}"}}"#, app::ticket()),
            |_, reply| {
                let id = reply.request_id.as_deref().unwrap_or_default();
                id == "[ticket]" && secrets::find(id).is_none()
            },
        ),
        success(
            "H9-id-long",
            format!(r#"{{"ErrorCode":0,"RequestId":"\u001b{}"}}"#, "x".repeat(90_000)),
            |_, reply| {
                let id = reply.request_id.as_deref().unwrap_or_default();
                (1..=256).contains(&id.len()) && !id.contains('\u{1b}')
            },
        ),
    ]
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
            |target, reply| room_id(target, reply, Some("beside")),
        ),
        success("H16-beside", r#"{"RoomId":"beside","ErrorCode":0}"#, |target, reply| {
            room_id(target, reply, Some("beside"))
        }),
        // The other place is not looked at: nobody knows what would stand there.
        success("H16-nested", r#"{"ErrorCode":0,"Response":{"RoomId":"nested"}}"#, |target, reply| {
            room_id(target, reply, None)
        }),
        success("H16-response-null", r#"{"ErrorCode":0,"Response":null}"#, any),
        success("H23-other-room", r#"{"ErrorCode":0,"RoomId":"of-somebody-else"}"#, |target, reply| {
            room_id(target, reply, Some("of-somebody-else"))
        }),
        success("H13-unknown-members", r#"{"ErrorCode":0,"New":{"A":[]},"Neu":null,"":1}"#, any),
        success("H13-deep", format!(r#"{{"ErrorCode":0,"New":{deep}}}"#), any),
        success("H13-huge-number", format!(r#"{{"New":{digits},"X":1e400,"ErrorCode":0}}"#), any),
        success("H13-lone-surrogate", r#"{"New":"\ud800","ErrorCode":0}"#, any),
    ];
    for (id, odd) in [
        ("H14-deep", deep.as_str()),
        ("H14-null", "null"),
        ("H14-list", r#"["x",1]"#),
        ("H14-text", "\"no\""),
        ("H14-types", r#"{"RoomId":[],"SeatTemplate":7,"Result":"x"}"#),
    ] {
        let body = format!(r#"{{"Response":{odd},"RoomId":{odd},"ErrorCode":100002}}"#);
        cases.push(failure(id, body, refused));
    }
    match target.endpoint.payload {
        Payload::Nested => cases.extend([
            failure("H14-success-list", r#"{"ErrorCode":0,"Response":[]}"#, Expected::payload_lost())
                .saying("the call succeeded"),
            failure("H14-success-text", r#"{"ErrorCode":0,"Response":"x"}"#, Expected::payload_lost()),
        ]),
        Payload::Beside => cases.extend([
            success("H18-account-as-number", r#"{"ErrorCode":0,"RoomId":27149}"#, |target, reply| {
                room_id(target, reply, Some("27149"))
            }),
            failure("H14-success-list", r#"{"ErrorCode":0,"RoomId":["x"]}"#, Expected::payload_lost())
                .saying("the call succeeded"),
        ]),
    }
    cases
}

/// Bytes that are no UTF-8 text.
fn encodings() -> Vec<Case> {
    let nothing = Expected::undecodable();
    let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        r#"{"ErrorCode":0}"#.encode_utf16().flat_map(bytes).collect()
    };
    vec![
        failure("H21-bom", "\u{feff}{\"ErrorCode\":0}", nothing),
        failure("H21-utf16-le", utf16(u16::to_le_bytes), nothing),
        failure("H21-utf16-be", utf16(u16::to_be_bytes), nothing),
        failure("H21-latin1", b"{\"ErrorCode\":0,\"ErrorInfo\":\"gr\xfcn\"}".to_vec(), nothing)
            .saying("gr\u{fffd}n"),
        failure("H21-overlong", b"{\"ErrorCode\":0,\"A\":\"\xc0\xaf\"}".to_vec(), nothing),
        // Nobody can tell a broken character from one that has not come yet.
        failure("H21-cut-character", b"{\"ErrorCode\":0,\"A\":\"\xe6\x88".to_vec(), Expected::cut()),
    ]
}

/// Replies of the client's limit and above.
fn sizes() -> Vec<Case> {
    let padded = |bytes: usize| {
        let body = r#"{"ErrorCode":0}"#;
        format!("{}{body}", " ".repeat(bytes - body.len()))
    };
    vec![
        success("H9-body-of-the-limit", padded(LIMIT), |_, _| true),
        failure("H9-body-over-the-limit", padded(LIMIT + 1), Expected::too_large())
            .saying("1048576 bytes"),
        failure("H9-body-of-20-MB", padded(20_000_000), Expected::too_large()),
        failure("H21-bytes-of-20-MB", vec![0xff; 20_000_000], Expected::too_large()),
    ]
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
                reply.payload == json!({ "Result": [{ "ResultCode": 0 }, { "ResultCode": 100_004 }] })
            },
        ),
        failure(
            "H19-results-that-are-none",
            r#"{"ErrorCode":0,"Response":{"Result":{"ResultCode":0}}}"#,
            Expected::payload_lost(),
        ),
    ]
}

/// Only one endpoint so far has data in its reply.
fn room_id(target: &Target, reply: &Replied, expected: Option<&str>) -> bool {
    let expected = match target.name {
        "live/create_room" => expected.map_or(json!({}), |id| json!({ "RoomId": id })),
        _ => Value::Object(serde_json::Map::new()),
    };
    reply.payload == expected
}

fn success(
    id: &'static str,
    bytes: impl Into<Vec<u8>>,
    looks_right: fn(&Target, &Replied) -> bool,
) -> Case {
    Case {
        id,
        bytes: bytes.into(),
        makes: Makes::Success(looks_right),
        says: "",
    }
}

fn failure(id: &'static str, bytes: impl Into<Vec<u8>>, expected: Expected) -> Case {
    debug_assert!(expected.kind != ErrorKind::Invalid);
    Case {
        id,
        bytes: bytes.into(),
        makes: Makes::Failure(expected),
        says: "",
    }
}

impl Case {
    fn saying(mut self, words: &'static str) -> Self {
        self.says = words;
        self
    }
}
