//! Replies with another status than 200: part I of the catalogue.

use std::time::{Duration, Instant};

use trtc_rooms::{Error, ErrorClass, ErrorKind};

use crate::operation::{builder, client, get_room, open_room};
use crate::stub::{Act, Stub, response};

async fn both(act: Act) -> [Error; 2] {
    let stub = Stub::new(act).await;
    let client = client(&stub.url());
    let errors = [
        open_room(&client).await.unwrap_err(),
        get_room(&client).await.unwrap_err(),
    ];
    assert_eq!(stub.requests().len(), 2, "one request for each call");
    for error in &errors {
        assert_eq!(error.kind(), ErrorKind::HttpStatus, "{error}");
        assert!(error.was_sent());
        assert!(error.to_string().len() < 800, "{error}");
        assert!(error.excerpt().unwrap().len() <= 256);
    }
    errors
}

#[tokio::test]
async fn i1_a_failing_gateway_leaves_the_outcome_unknown() {
    let page = format!(
        "<html>\r\n<body>\u{1b}[31m{}</body>",
        "Bad Gateway ".repeat(10_000)
    );
    for status in [
        "502 Bad Gateway",
        "503 Service Unavailable",
        "504 Gateway Timeout",
        "500 Oops",
    ] {
        let [open, get] = both(Act::Write(response(status, &[], &page))).await;
        assert_eq!(open.http_status(), status[..3].parse().ok());
        assert!(open.is_outcome_unknown() && get.is_outcome_unknown());
        assert!(!open.is_retryable() && get.is_retryable());
        assert_eq!(open.class(), Some(ErrorClass::Server));
        assert!(open.to_string().contains("<html>"), "{open}");
        assert!(!open.to_string().contains(['\u{1b}', '\n']), "{open}");
    }
}

#[tokio::test]
async fn i2_an_envelope_behind_a_bad_status_is_read() {
    let body =
        r#"{"ActionStatus":"FAIL","ErrorCode":100012,"ErrorInfo":"slow","RequestId":"Id-5"}"#;
    let [error, _] = both(Act::Write(response("500 Internal", &[], body))).await;
    assert_eq!(
        (error.code(), error.request_id()),
        (Some(100_012), Some("Id-5"))
    );
    assert_eq!(error.class(), Some(ErrorClass::RateLimit));
    assert!(error.is_retryable() && !error.is_outcome_unknown());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(1)));
    let text = error.to_string();
    assert!(
        text.contains("500") && text.contains("TooFrequent") && text.contains("Id-5"),
        "{text}"
    );

    for body in [
        r#"["FAIL",100012]"#,
        r#"{"error":"x"}"#,
        r#"{"ErrorCode":0}"#,
    ] {
        let [error, _] = both(Act::Write(response("500 Internal", &[], body))).await;
        assert_eq!(error.code(), None, "{body}");
        assert!(error.is_outcome_unknown());
    }
}

#[tokio::test]
async fn i3_a_refusing_gateway_has_passed_nothing_on() {
    for status in ["400", "401", "403", "404", "405", "413", "414"] {
        for body in ["", "<html>no</html>", "{}"] {
            let [open, get] = both(Act::Write(response(&format!("{status} No"), &[], body))).await;
            assert!(!open.is_outcome_unknown() && !open.is_retryable() && !get.is_retryable());
            assert_eq!(open.class(), Some(ErrorClass::Request));
            assert!(open.to_string().contains(status), "{open}");
        }
    }
}

#[tokio::test]
async fn i4_the_seconds_of_retry_after_are_read() {
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    for (header, expected) in [
        ("retry-after: 3", seconds(3)),
        ("retry-after: 1000000000", seconds(1_000_000_000)),
        ("retry-after: 18446744073709551615", seconds(u64::MAX)),
        ("retry-after: 18446744073709551616", None),
        ("retry-after: -3", None),
        ("retry-after: soon", None),
        ("x-other: 3", None),
    ] {
        let [open, get] = both(Act::Write(response("429 Too Many", &[header], ""))).await;
        assert_eq!(open.retry_after(), expected, "{header}");
        assert!(open.is_retryable() && get.is_retryable());
        assert_eq!(open.class(), Some(ErrorClass::RateLimit));
    }
}

#[tokio::test]
async fn i6_i8_i9_other_statuses_are_errors_too() {
    for status in ["201 Created", "203 X", "299 X", "600 X", "999 X"] {
        let [error, _] = both(Act::Write(response(status, &[], r#"{"ErrorCode":0}"#))).await;
        assert_eq!(error.http_status(), status[..3].parse().ok());
        assert!(error.is_outcome_unknown(), "{error}");
    }
    for status in ["204 No Content", "304 Not Modified", "205 Reset Content"] {
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
        let [error, _] = both(Act::Write(head.into_bytes())).await;
        assert_eq!(error.http_status(), status[..3].parse().ok());
    }
    // What is no HTTP at all is a broken connection.
    for line in [
        "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x",
        "HTTP/1.1 099 X",
        "HTTP/1.1 000",
        "nonsense",
    ] {
        let stub = Stub::new(Act::WriteAndClose(format!("{line}\r\n\r\n").into_bytes())).await;
        let error = open_room(&client(&stub.url())).await.unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::Transport | ErrorKind::HttpStatus),
            "{line}: {error}"
        );
        assert!(error.is_outcome_unknown(), "{line}: {error}");
    }
}

#[tokio::test]
async fn the_status_is_reported_whatever_becomes_of_the_body() {
    let head = b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 1000000\r\n\r\n<html>half".to_vec();
    both(Act::WriteAndClose(head.clone())).await;
    both(Act::WriteAndReset(head.clone())).await;
    both(Act::Flood(head.clone(), vec![b'x'; 4096])).await;

    let stub = Stub::new(Act::Write(head)).await;
    let client = builder(&stub.url())
        .timeout(Duration::from_millis(500))
        .build()
        .unwrap();
    let started = Instant::now();
    let error = open_room(&client).await.unwrap_err();
    assert_eq!(
        error.http_status(),
        Some(502),
        "the body never ends: {error}"
    );
    assert!(started.elapsed() < Duration::from_secs(5));
}
