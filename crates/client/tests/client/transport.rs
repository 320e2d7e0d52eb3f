//! Connections that fail in every way: part J of the catalogue.

use std::time::{Duration, Instant};

use tokio::net::{TcpListener, TcpSocket};
use trtc_rooms::{Client, Error, ErrorKind};

use crate::operation::{KEY, SDKAPPID, builder, client, get_room, open_room};
use crate::stub::{Act, Stub, response};

const SHORT: Duration = Duration::from_millis(200);

fn impatient(url: &str) -> Client {
    builder(url).timeout(SHORT).build().unwrap()
}

/// Calls both operations, the one that may be repeated last. Both fail with one of
/// these kinds, after one request each and in time.
async fn fails(act: Act, kinds: &[ErrorKind]) -> [Error; 2] {
    let stub = Stub::new(act).await;
    let client = impatient(&stub.url());
    let started = Instant::now();
    let errors = [
        open_room(&client).await.unwrap_err(),
        get_room(&client).await.unwrap_err(),
    ];
    assert!(
        started.elapsed() < 2 * SHORT + Duration::from_secs(2),
        "{:?}",
        started.elapsed()
    );
    assert_eq!(stub.requests().len(), 2);
    for error in &errors {
        assert!(kinds.contains(&error.kind()), "{error:?}");
    }
    errors
}

fn assert_unknown([open, get]: [Error; 2]) {
    for error in [&open, &get] {
        assert!(error.was_sent() && error.is_outcome_unknown(), "{error:?}");
        assert!(error.to_string().contains("unknown"), "{error}");
    }
    assert!(!open.is_retryable() && get.is_retryable());
}

fn assert_not_sent(error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Connect, "{error:?}");
    assert!(!error.was_sent() && !error.is_outcome_unknown());
    assert!(error.to_string().contains("nothing was sent"), "{error}");
    assert!(std::error::Error::source(error).is_some());
}

#[tokio::test]
async fn j1_a_refused_connection_was_not_sent() {
    let free = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let error = open_room(&client(&format!("http://{free}")))
        .await
        .unwrap_err();
    assert_not_sent(&error);
    assert!(error.is_retryable());
    assert!(error.to_string().contains("refused"), "{error}");
}

#[tokio::test]
async fn j2_a_host_without_an_address_was_not_called() {
    let client = Client::builder(SDKAPPID, KEY)
        .base_url("https://rooms.invalid")
        .build()
        .unwrap();
    let error = open_room(&client).await.unwrap_err();
    assert_not_sent(&error);
    assert!(error.is_retryable());
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_connection_that_is_never_accepted_times_out_unsent() {
    // A full backlog: Linux answers no further connection.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(0).unwrap();
    let address = listener.local_addr().unwrap();
    let mut waiting = Vec::new();
    for _ in 0..4 {
        waiting.push(
            tokio::time::timeout(
                Duration::from_millis(50),
                tokio::net::TcpStream::connect(address),
            )
            .await,
        );
    }
    let client = builder(&format!("http://{address}"))
        .connect_timeout(SHORT)
        .build()
        .unwrap();
    let error = open_room(&client).await.unwrap_err();
    assert_not_sent(&error);
    assert!(error.is_retryable());
}

#[tokio::test]
async fn j16_a_server_without_tls_is_not_called_in_the_clear() {
    let stub = Stub::new(Act::ok(r#"{"ErrorCode":0}"#)).await;
    let url = format!("https://127.0.0.1:{}", stub.port());
    // The stub waits for the end of a request that the handshake is not, so close early.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let plain = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        use tokio::io::AsyncWriteExt;
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    let error = open_room(&client(&plain)).await.unwrap_err();
    assert_not_sent(&error);
    assert!(
        !error.is_retryable(),
        "it will not speak TLS in a second either"
    );
    assert!(error.to_string().contains("TLS"), "{error}");

    let error = open_room(&impatient(&url)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
    assert!(stub.requests().is_empty());
}

#[tokio::test]
async fn j4_a_connection_that_closes_instead_of_answering() {
    assert_unknown(fails(Act::WriteAndClose(Vec::new()), &[ErrorKind::Transport]).await);
    assert_unknown(fails(Act::WriteAndReset(Vec::new()), &[ErrorKind::Transport]).await);
}

#[tokio::test]
async fn j6_j7_a_reply_that_breaks_off_anywhere() {
    let whole = response("200 OK", &[], r#"{"ErrorCode":0,"RoomId":"live-1"}"#);
    for length in [5, 12, 20, 40, whole.len() - 1] {
        let part = whole[..length].to_vec();
        assert_unknown(fails(Act::WriteAndClose(part.clone()), &[ErrorKind::Transport]).await);
        assert_unknown(fails(Act::WriteAndReset(part), &[ErrorKind::Transport]).await);
    }
    let chunked =
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10\r\n{\"ErrorCode\":0,\r\n"
            .to_vec();
    assert_unknown(fails(Act::WriteAndClose(chunked), &[ErrorKind::Transport]).await);
    // Nothing but the JSON itself shows that this one is cut.
    let unbounded =
        b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"ErrorCode\":0,\"RoomId\":".to_vec();
    assert_unknown(fails(Act::WriteAndClose(unbounded), &[ErrorKind::Undecodable]).await);
}

#[tokio::test]
async fn j8_a_cut_after_a_complete_envelope_cannot_be_noticed() {
    let cut = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"ErrorCode\":0}".to_vec();
    let stub = Stub::new(Act::WriteAndClose(cut)).await;
    assert!(open_room(&client(&stub.url())).await.is_ok());
}

#[tokio::test]
async fn j9_j11_j12_j13_slow_servers_are_left_in_time() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n".to_vec();
    let pause = Duration::from_millis(20);
    for act in [
        Act::Silence,
        Act::Write(head.clone()),
        Act::Drip(head.clone(), pause),
        Act::Drip(
            [head.as_slice(), &[b' '; 900]].concat(),
            Duration::from_millis(1),
        ),
    ] {
        let errors = fails(act, &[ErrorKind::Timeout]).await;
        assert!(
            errors[0].to_string().contains("within 200ms"),
            "{}",
            errors[0]
        );
        assert_unknown(errors);
    }
}

#[tokio::test]
async fn k2_odd_timeouts_are_refused_or_work() {
    let stub = Stub::new(Act::ok(r#"{"ErrorCode":0}"#)).await;
    let client = client(&stub.url());
    for odd in [Duration::ZERO, Duration::MAX] {
        let error = open_room(&client).timeout(odd).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build);
        assert!(!error.was_sent());
        let raw = client
            .call_raw(&crate::operation::OPEN_ROOM, "{}")
            .timeout(odd);
        assert_eq!(raw.await.unwrap_err().kind(), ErrorKind::Build);
    }
    assert!(stub.requests().is_empty());
    let error = open_room(&client)
        .timeout(Duration::from_nanos(1))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(
        open_room(&client)
            .timeout(Duration::from_secs(1 << 40))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_reply_above_the_limit_is_not_read_on() {
    let promise = b"HTTP/1.1 200 OK\r\ncontent-length: 4000000000\r\n\r\n".to_vec();
    let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    let unbounded = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    let text = vec![b' '; 0x1000];
    let chunk = [b"1000\r\n".as_slice(), &text, b"\r\n"].concat();
    for act in [
        Act::Write(promise),
        Act::Flood(chunked, chunk),
        Act::Flood(unbounded, text),
    ] {
        let stub = Stub::new(act).await;
        let error = open_room(&client(&stub.url())).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge);
        assert!(error.is_outcome_unknown() && !error.is_retryable());
        assert!(error.to_string().contains("1048576 bytes"), "{error}");
    }
}

#[tokio::test]
async fn a_reply_of_exactly_the_limit_is_read() {
    let body = r#"{"ErrorCode":0,"RoomId":"live-1"}"#;
    let stub = Stub::new(Act::ok(body)).await;
    let exact = builder(&stub.url())
        .max_reply_bytes(body.len())
        .build()
        .unwrap();
    assert!(open_room(&exact).await.is_ok());
    let less = builder(&stub.url())
        .max_reply_bytes(body.len() - 1)
        .build()
        .unwrap();
    assert_eq!(
        open_room(&less).await.unwrap_err().kind(),
        ErrorKind::TooLarge
    );

    let chunked = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
        body.len()
    );
    let stub = Stub::new(Act::Write(chunked.into_bytes())).await;
    let exact = builder(&stub.url())
        .max_reply_bytes(body.len())
        .build()
        .unwrap();
    assert!(open_room(&exact).await.is_ok());
    let less = builder(&stub.url())
        .max_reply_bytes(body.len() - 1)
        .build()
        .unwrap();
    assert_eq!(
        open_room(&less).await.unwrap_err().kind(),
        ErrorKind::TooLarge
    );
}

#[tokio::test]
async fn i14_j17_j18_closed_connections_are_replaced() {
    let ok = response("200 OK", &["connection: close"], r#"{"ErrorCode":0}"#);
    let stub = Stub::new(Act::WriteAndClose(ok)).await;
    let client = client(&stub.url());
    for _ in 0..5 {
        assert!(open_room(&client).await.is_ok());
    }
    assert_eq!(stub.connections(), 5);

    // Broken once, fine afterwards, without a new client.
    let stub = Stub::with(|number| match number {
        0 => Act::WriteAndReset(Vec::new()),
        _ => Act::ok(r#"{"ErrorCode":0}"#),
    })
    .await;
    let client = crate::operation::client(&stub.url());
    assert!(open_room(&client).await.is_err());
    assert!(open_room(&client).await.is_ok());
}
