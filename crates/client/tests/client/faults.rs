//! Faults on real sockets, with repetition: what the error is, how many requests came,
//! how long it took at most, and whether the connection was used again. Part J of the
//! catalogue.

use std::time::{Duration, Instant};

use tokio::net::TcpListener;
use trtc_rooms::{Client, Error, ErrorKind, Outcome, RetryPolicy};

use crate::fakes::ms;
use crate::operation::{builder, get_room, open_room};
use crate::stub::{Act, Stub, response};

/// One attempt may take this long.
const ATTEMPT: Duration = ms(150);
/// And a call this long. What is above it is the machine's.
const CALL: Duration = ms(1_000);
const LATE: Duration = ms(500);

fn client(url: &str) -> Client {
    builder(url)
        .retry(RetryPolicy::standard().throttled_base(ms(50)))
        .jitter(|| 0.2)
        .attempt_timeout(ATTEMPT)
        .timeout(CALL)
        .build()
        .unwrap()
}

struct Case {
    name: &'static str,
    act: Act,
    kind: ErrorKind,
    outcome: Outcome,
    /// The requests of a call that may be made twice, and of one that may not.
    requests: [usize; 2],
    /// Whether repetitions use the same connection.
    reuses: bool,
}

fn cases() -> Vec<Case> {
    let whole = response("200 OK", &[], r#"{"ErrorCode":0,"RoomId":"live-1"}"#);
    let half = whole[..whole.len() - 5].to_vec();
    let promise = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n".to_vec();
    let huge = b"HTTP/1.1 200 OK\r\ncontent-length: 4000000000\r\n\r\n".to_vec();
    let unbounded = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"ErrorCode\":0,\"Ro".to_vec();
    let page = "<html><body>Bad Gateway</body></html>";
    let unknown = |name, act, kind, reuses| Case {
        name,
        act,
        kind,
        outcome: Outcome::Unknown,
        requests: [3, 1],
        reuses,
    };
    vec![
        unknown(
            "reset after the request",
            Act::WriteAndReset(vec![]),
            ErrorKind::Transport,
            false,
        ),
        unknown(
            "closed after the request",
            Act::WriteAndClose(vec![]),
            ErrorKind::Transport,
            false,
        ),
        unknown(
            "reset in the body",
            Act::WriteAndReset(half.clone()),
            ErrorKind::Transport,
            false,
        ),
        unknown(
            "closed in the body",
            Act::WriteAndClose(half),
            ErrorKind::Transport,
            false,
        ),
        unknown(
            "cut without a length",
            Act::WriteAndClose(unbounded),
            ErrorKind::Undecodable,
            false,
        ),
        unknown("no headers", Act::Silence, ErrorKind::Timeout, false),
        unknown(
            "no body",
            Act::Write(promise.clone()),
            ErrorKind::Timeout,
            false,
        ),
        unknown(
            "headers that drip",
            Act::Drip(promise, ms(20)),
            ErrorKind::Timeout,
            false,
        ),
        unknown(
            "no HTTP",
            Act::WriteAndClose(b"\x16\x03\x01 SSH-2.0\r\n\r\n".to_vec()),
            ErrorKind::Transport,
            false,
        ),
        unknown(
            "502",
            Act::Write(response("502 Bad Gateway", &[], page)),
            ErrorKind::HttpStatus,
            true,
        ),
        unknown(
            "503",
            Act::Write(response("503 Busy", &["retry-after: 0"], page)),
            ErrorKind::HttpStatus,
            true,
        ),
        Case {
            outcome: Outcome::Refused,
            requests: [3, 3],
            ..unknown(
                "429",
                Act::Write(response("429 Slow down", &[], "")),
                ErrorKind::HttpStatus,
                true,
            )
        },
        Case {
            requests: [1, 1],
            ..unknown("oversize", Act::Write(huge), ErrorKind::TooLarge, false)
        },
        Case {
            requests: [1, 1],
            ..unknown("garbage", Act::ok(page), ErrorKind::Undecodable, true)
        },
    ]
}

#[tokio::test]
async fn each_fault_ends_in_time_with_the_right_error() {
    for case in cases() {
        let name = case.name;
        for (index, safe) in [(0, true), (1, false)] {
            let stub = Stub::new(case.act.clone()).await;
            let client = client(&stub.url());
            let (error, elapsed) = fail(&client, safe).await;
            let requests = case.requests[index];
            assert_eq!(error.kind(), case.kind, "{name}: {error}");
            assert_eq!(error.outcome(), case.outcome, "{name}: {error}");
            assert_eq!(stub.requests().len(), requests, "{name}");
            assert_eq!(error.attempts() as usize, requests, "{name}");
            assert!(elapsed < CALL + LATE, "{name}: {elapsed:?}");
            let connections = if case.reuses { 1 } else { requests };
            assert_eq!(stub.connections(), connections, "{name}");
        }
    }
}

async fn fail(client: &Client, safe: bool) -> (Error, Duration) {
    let started = Instant::now();
    let error = if safe {
        get_room(client).await.unwrap_err()
    } else {
        open_room(client).await.unwrap_err()
    };
    (error, started.elapsed())
}

#[tokio::test]
async fn what_never_left_is_repeated_for_every_call() {
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    for url in [
        format!("http://{closed}"),
        "https://rooms.invalid".to_owned(),
    ] {
        for safe in [true, false] {
            let (error, elapsed) = fail(&client(&url), safe).await;
            assert_eq!(error.kind(), ErrorKind::Connect, "{url}");
            assert_eq!(
                (error.outcome(), error.attempts()),
                (Outcome::NotSent, 3),
                "{url}"
            );
            assert!(elapsed < CALL + LATE, "{url}: {elapsed:?}");
        }
    }
}

#[tokio::test]
async fn a_handshake_that_fails_is_not_repeated() {
    let stub = Stub::new(Act::Silence).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        use tokio::io::AsyncWriteExt;
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    let (error, _) = fail(&client(&url), true).await;
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Connect, 1),
        "{error}"
    );
    assert!(stub.requests().is_empty());
}

#[tokio::test]
async fn a_connection_that_is_reset_before_the_request_is_read() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            stream.set_zero_linger().unwrap();
        }
    });
    let (error, elapsed) = fail(&client(&url), true).await;
    assert!(
        matches!(error.kind(), ErrorKind::Transport | ErrorKind::Connect),
        "{error}"
    );
    assert_eq!(error.attempts(), 3);
    assert!(elapsed < CALL + LATE);
}

#[tokio::test]
async fn every_fault_is_survived_if_it_passes() {
    for case in cases().into_iter().filter(|case| case.requests[0] == 3) {
        let act = case.act;
        let stub = Stub::with(move |number| match number {
            0 | 1 => act.clone(),
            _ => Act::ok(r#"{"ErrorCode":0,"RequestId":"Id-3"}"#),
        })
        .await;
        let reply = get_room(&client(&stub.url())).await.unwrap();
        assert_eq!(
            (reply.attempts(), reply.request_id()),
            (3, Some("Id-3")),
            "{}",
            case.name
        );
    }
}

#[tokio::test]
async fn connections_are_used_again_and_stale_ones_replaced() {
    let stub = Stub::new(Act::ok(r#"{"ErrorCode":0}"#)).await;
    let one_after_the_other = client(&stub.url());
    for _ in 0..100 {
        get_room(&one_after_the_other).await.unwrap();
    }
    assert_eq!(stub.connections(), 1);

    // The server closes after each answer, and does not say so before.
    let ok = response("200 OK", &[], r#"{"ErrorCode":0}"#);
    let stub = Stub::new(Act::WriteAndClose(ok)).await;
    let stale = client(&stub.url());
    for _ in 0..20 {
        get_room(&stale).await.unwrap();
    }
    assert_eq!(stub.connections(), stub.requests().len());
}
