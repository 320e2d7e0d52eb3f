//! What becomes of replies with status 200: part H of the catalogue.

use trtc_rooms::{Error, ErrorClass, ErrorKind, Outcome, RawReply, Reply};

use crate::operation::{GET_ROOM, OPEN_ROOM, OpenResponse, client, get_room, open_room, ticket};
use crate::stub::{Act, Stub, response};

async fn beside(body: impl AsRef<[u8]>) -> Result<Reply<OpenResponse>, Error> {
    let stub = Stub::new(Act::ok(body)).await;
    open_room(&client(&stub.url())).await
}

async fn nested(body: impl AsRef<[u8]>) -> Result<Reply<OpenResponse>, Error> {
    let stub = Stub::new(Act::ok(body)).await;
    get_room(&client(&stub.url())).await
}

async fn raw(body: impl AsRef<[u8]>) -> Result<RawReply, Error> {
    let stub = Stub::new(Act::ok(body)).await;
    client(&stub.url()).call_raw(&OPEN_ROOM, "{}").await
}

/// The error for a reply that says nothing: the outcome is unknown.
async fn undecodable(body: impl AsRef<[u8]>) -> Error {
    let body = body.as_ref();
    let error = beside(body).await.unwrap_err();
    let shown = String::from_utf8_lossy(body);
    assert_eq!(error.kind(), ErrorKind::Undecodable, "{shown}");
    assert!(
        error.is_outcome_unknown() && error.was_sent() && !error.is_retryable(),
        "{shown}"
    );
    assert!(error.to_string().len() < 800, "{error}");
    assert_eq!(
        raw(body).await.unwrap_err().kind(),
        ErrorKind::Undecodable,
        "{shown}"
    );
    error
}

async fn api(body: impl AsRef<[u8]>) -> Error {
    let body = body.as_ref();
    let error = beside(body).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api, "{error}");
    assert!(error.was_sent() && !error.is_outcome_unknown());
    assert_eq!(raw(body).await.unwrap_err().to_string(), error.to_string());
    error
}

#[tokio::test]
async fn h16_the_payload_is_read_where_the_endpoint_has_it() {
    let both = r#"{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","RequestId":"Id-1",
        "RoomId":"beside","Response":{"RoomId":"nested"}}"#;
    let reply = beside(both).await.unwrap();
    assert_eq!(reply.room_id.as_deref(), Some("beside"));
    assert_eq!(reply.request_id(), Some("Id-1"));
    let reply = nested(both).await.unwrap();
    assert_eq!(reply.room_id.as_deref(), Some("nested"));
    assert_eq!(reply.into_inner().count, None);
    assert_eq!(raw(both).await.unwrap().json(), both);
    assert_eq!(raw(both).await.unwrap().request_id(), Some("Id-1"));
}

#[tokio::test]
async fn a_missing_response_is_an_empty_one() {
    for body in [
        r#"{"ErrorCode":0}"#,
        r#"{"ErrorCode":0,"Response":null}"#,
        r#"{"ErrorCode":0,"Response":{}}"#,
    ] {
        let reply = nested(body).await.unwrap();
        assert_eq!(*reply, OpenResponse::default());
        assert_eq!(reply.request_id(), None);
    }
}

#[tokio::test]
async fn h1_h2_h3_a_reply_without_a_code_is_no_success() {
    let error = undecodable("").await;
    assert!(error.to_string().contains("0 bytes"), "{error}");
    for body in [
        "{}",
        "null",
        "[]",
        "\"OK\"",
        "0",
        r#"{"ActionStatus":"OK"}"#,
        r#"{"ErrorCode":null}"#,
    ] {
        undecodable(body).await;
    }
}

#[tokio::test]
async fn h3_a_list_never_passes_for_an_envelope() {
    undecodable(r#"["OK",0,""]"#).await;
    undecodable(r#"["OK",0,"","Id-1",null]"#).await;
}

#[tokio::test]
async fn h4_a_failure_without_a_code_is_an_api_error() {
    let error = api(r#"{"ActionStatus":"FAIL","ErrorInfo":"no","RequestId":"Id-9"}"#).await;
    assert_eq!(error.code(), None);
    assert_eq!(error.request_id(), Some("Id-9"));
    assert_eq!(error.class(), Some(ErrorClass::Unknown));
    assert!(error.to_string().contains("ErrorInfo: no"), "{error}");
}

#[tokio::test]
async fn h6_h7_h8_the_code_decides_and_not_the_status() {
    let error = api(r#"{"ActionStatus":"OK","ErrorCode":100002}"#).await;
    assert_eq!(error.code(), Some(100_002));
    for status in [
        r#""FAIL""#,
        r#""ok""#,
        r#""SUCCESS""#,
        "null",
        "1",
        r#"["OK"]"#,
    ] {
        let body = format!(r#"{{"ActionStatus":{status},"ErrorCode":0}}"#);
        assert!(beside(&body).await.is_ok(), "{body}");
        let body = format!(r#"{{"ActionStatus":{status},"ErrorCode":100003}}"#);
        assert_eq!(api(&body).await.code(), Some(100_003), "{body}");
    }
}

#[tokio::test]
async fn a_code_in_quotes_is_read_and_any_other_form_is_no_code() {
    assert!(beside(r#"{"ErrorCode":"0"}"#).await.is_ok());
    assert_eq!(api(r#"{"ErrorCode":"100002"}"#).await.code(), Some(100_002));
    for odd in ["0.0", "false", "[0]", "4294967296", "\"\"", "{}"] {
        undecodable(format!(r#"{{"ErrorCode":{odd}}}"#)).await;
    }
}

#[tokio::test]
async fn an_api_error_says_where_what_and_what_to_do() {
    let error = api(
        r#"{"ActionStatus":"FAIL","ErrorCode":100003,"ErrorInfo":"room exists","RequestId":"Id-1-O-Seq-2"}"#,
    )
    .await;
    assert_eq!(
        error.to_string(),
        "test/open_room: error 100003 (RoomIdTaken): The room id is taken. Use another id. \
         (ErrorInfo: room exists; RequestId: Id-1-O-Seq-2)"
    );
    let answer = error.api().unwrap();
    assert_eq!(answer.action_status(), Some("FAIL"));
    assert_eq!(answer.error_info(), Some("room exists"));
    assert_eq!(answer.meaning().unwrap().name, "RoomIdTaken");
    assert_eq!(error.class(), Some(ErrorClass::Conflict));
    assert_eq!(error.endpoint().name, "test/open_room");
}

#[tokio::test]
async fn h11_an_unlisted_code_is_an_api_error_of_unknown_class() {
    for code in [100_999, 60_099, -1, i32::MAX, i32::MIN] {
        let error = api(format!(r#"{{"ErrorCode":{code}}}"#)).await;
        assert_eq!(error.code(), Some(code));
        assert_eq!(error.class(), Some(ErrorClass::Unknown));
        assert!(!error.is_retryable());
        assert!(error.to_string().contains(&code.to_string()));
    }
}

#[tokio::test]
async fn h12_a_code_means_what_its_endpoint_says() {
    let body = r#"{"ErrorCode":100003}"#;
    let own = beside(body).await.unwrap_err().meaning();
    assert_eq!(own, OPEN_ROOM.code(100_003));
    // An endpoint whose page does not list the code falls back to the common table.
    assert!(GET_ROOM.code(100_003).is_none());
    let common = nested(body).await.unwrap_err().meaning();
    assert_eq!(common.map(|code| code.name), Some("RoomIdTaken"));
    assert_ne!(own, common);
}

#[tokio::test]
async fn h9_what_the_service_says_is_made_fit_for_a_log_line() {
    let info = |json: &str| {
        format!(r#"{{"ErrorCode":100002,"ErrorInfo":{json},"RequestId":"a\u001b[2J"}}"#)
    };
    for (json, shown) in [
        ("null", None),
        ("42", Some("42")),
        (r#""""#, None),
        (r#""a\nb\u001b[2J""#, Some(r"a\nb\u{1b}[2J")),
    ] {
        let error = api(info(json)).await;
        assert_eq!(error.api().unwrap().error_info(), shown, "{json}");
        assert!(
            !format!("{error}{error:?}").contains(['\n', '\u{1b}']),
            "{error:?}"
        );
    }
    let error = api(info(&format!("\"{}\"", "x".repeat(900_000)))).await;
    assert!(error.to_string().len() < 800);
    let echo = ticket();
    let error = api(info(&format!(
        "\"bad usersig={echo} or {}\"",
        &echo[30..60]
    )))
    .await;
    assert_eq!(
        error.api().unwrap().error_info(),
        Some("bad usersig=[ticket] or [ticket]")
    );
    let body = format!(r#"{{"ErrorCode":0,"RequestId":"{echo}"}}"#);
    assert_eq!(beside(body).await.unwrap().request_id(), Some("[ticket]"));
}

#[tokio::test]
async fn h13_h14_a_surprising_payload_never_hides_the_error() {
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    for odd in [
        deep.as_str(),
        "1e400",
        r#"["x",1]"#,
        "null",
        r#"{"RoomId":[],"Count":"x"}"#,
    ] {
        let failed = format!(
            r#"{{"Response":{odd},"RoomId":{odd},"Count":{odd},"New":{odd},"ErrorCode":100012}}"#
        );
        assert_eq!(beside(&failed).await.unwrap_err().code(), Some(100_012));
        assert_eq!(nested(&failed).await.unwrap_err().code(), Some(100_012));
        let fine = format!(r#"{{"Response":{{"New":{odd}}},"New":{odd},"ErrorCode":0}}"#);
        assert!(
            beside(&fine).await.is_ok() && nested(&fine).await.is_ok(),
            "{odd}"
        );
    }
}

#[tokio::test]
async fn a_payload_that_cannot_be_read_says_that_the_call_succeeded() {
    for body in [
        r#"{"ErrorCode":0,"RequestId":"Id-1","Response":["live-1",3]}"#,
        r#"{"ErrorCode":0,"RequestId":"Id-1","Response":"live-1"}"#,
        r#"{"ErrorCode":0,"RequestId":"Id-1","Response":{"Count":"many"}}"#,
    ] {
        let error = nested(body).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Undecodable);
        assert!(!error.is_outcome_unknown() && !error.is_retryable() && error.was_sent());
        assert_eq!(error.request_id(), Some("Id-1"));
        assert!(error.to_string().contains("the call succeeded"), "{error}");
    }
}

#[tokio::test]
async fn h21_h22_what_is_not_one_json_document_in_utf8_is_refused() {
    for body in [
        "{}{}",
        "{\"ErrorCode\":0}\n{\"ErrorCode\":0}",
        "{\"ErrorCode\":0}garbage",
        "\u{feff}{\"ErrorCode\":0}",
        "<html>\u{1b}[31m</html>",
    ] {
        let error = undecodable(body).await;
        assert!(!error.to_string().contains('\u{1b}'));
    }
    let utf16: Vec<u8> = r#"{"ErrorCode":0}"#.encode_utf16().flat_map(u16::to_le_bytes).collect();
    undecodable(utf16).await;
    let error = undecodable(b"{\"ErrorCode\":0,\"ErrorInfo\":\"gr\xfcn\"}").await;
    assert!(error.excerpt().unwrap().contains("gr\u{fffd}n"), "{error}");
    let error = undecodable(vec![b'x'; 100_000]).await;
    assert!(error.excerpt().unwrap().len() <= 256);
}

#[tokio::test]
async fn h24_the_content_type_is_not_looked_at() {
    let stub = Stub::new(Act::Write(response(
        "200 OK",
        &["content-type: text/html"],
        r#"{"ErrorCode":0}"#,
    )))
    .await;
    assert!(open_room(&client(&stub.url())).await.is_ok());
}

#[tokio::test]
async fn i7_interim_responses_are_skipped() {
    let interim = [
        b"HTTP/1.1 103 Early Hints\r\n\r\n".to_vec(),
        response("200 OK", &[], r#"{"ErrorCode":0}"#),
    ]
    .concat();
    let stub = Stub::new(Act::Write(interim)).await;
    assert!(open_room(&client(&stub.url())).await.is_ok());
}

/// Without a `RequestId`, `random` is what the vendor finds the request by.
#[tokio::test]
async fn a_payload_that_cannot_be_read_names_the_request() {
    let reply = beside(r#"{"ErrorCode":0,"Count":"many"}"#).await;
    let error = reply.unwrap_err();
    assert_eq!((error.request_id(), error.random()), (None, Some(7)));
    assert_eq!(error.outcome(), Outcome::CarriedOut);
}
