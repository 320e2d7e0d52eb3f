//! HTTP, and the life of an emulator.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use trtc_rooms_emulator::{Emulator, Script, StartError};

use crate::support::{
    APP, CREATE, KEY, call, create, exchange, key, live, parse, post, start, target,
};

#[tokio::test]
async fn a_room_is_created_over_http() {
    let emulator = start().await;
    assert!(emulator.addr().ip().is_loopback());
    assert_eq!(emulator.url(), format!("http://{}", emulator.addr()));
    let (status, reply) = call(&emulator, &create(&emulator, "a")).await;
    assert_eq!((status, &reply["RoomId"]), (200, &json!("a")));
    emulator.handle().clock().advance(Duration::from_secs(1));
    let (status, reply) = call(&emulator, &create(&emulator, "a")).await;
    assert_eq!((status, &reply["ErrorCode"]), (200, &json!(100_010)));
    let entries = emulator.handle().journal();
    assert_eq!(entries.len(), 2);
    assert!(!format!("{entries:?}{emulator:?}").contains(&target(&emulator)[100..160]));
    assert!(!format!("{emulator:?}").contains(KEY));

    emulator.handle().reset();
    assert!(emulator.handle().journal().is_empty());
    let (_, reply) = call(&emulator, &create(&emulator, "a")).await;
    assert_eq!(reply["ErrorCode"], 0);
    assert_eq!(emulator.handle().connections(), 3);
    assert_eq!(
        emulator.handle().counters().answered("live/create_room", 0),
        1
    );
}

#[tokio::test]
async fn e09_one_connection_for_many_requests() {
    let emulator = start().await;
    let mut pair = create(&emulator, "a");
    pair.extend(create(&emulator, "b"));
    pair.extend(b"GET / HTTP/1.0\r\n\r\n");
    let received = exchange(emulator.addr(), &pair).await.unwrap();
    let text = String::from_utf8_lossy(&received);
    assert_eq!(
        text.matches("HTTP/1.1 200 OK").count() + text.matches("HTTP/1.0 200 OK").count(),
        3,
        "{text}"
    );
    assert_eq!(text.matches("\"ErrorCode\":0,").count(), 2, "{text}");
    assert_eq!(emulator.handle().connections(), 1);
}

#[tokio::test]
async fn e01_e03_methods_and_headers() {
    let emulator = start().await;
    for method in ["GET", "PUT", "OPTIONS", "TRACE", "DELETE", "post", "PATCH"] {
        let request = String::from_utf8(create(&emulator, "a"))
            .unwrap()
            .replacen("POST", method, 1);
        let (status, reply) = call(&emulator, request.as_bytes()).await;
        assert_eq!(
            (status, &reply["ErrorCode"]),
            (200, &json!(60_009)),
            "{method}"
        );
    }
    let head = b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n";
    assert_eq!(call(&emulator, head).await, (200, Value::Null));
    let (status, _) = call(&emulator, b"CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert_eq!(status, 405);
    for (id, kind) in [
        "text/plain",
        "APPLICATION/JSON",
        "application/json; charset=latin1",
    ]
    .iter()
    .enumerate()
    {
        let request = String::from_utf8(create(&emulator, &id.to_string())).unwrap();
        let request = request.replacen("Host: x", &format!("Host: x\r\nContent-Type: {kind}"), 1);
        let (_, reply) = call(&emulator, request.as_bytes()).await;
        assert_eq!(reply["ErrorCode"], 0, "{kind}");
    }
}

#[tokio::test]
async fn e06_e07_ways_to_send_a_body() {
    let emulator = start().await;
    let (target, body) = (target(&emulator), live("a"));
    let (half, rest) = body.split_at(20);
    let chunked = format!(
        "POST {target} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{half}\r\n{:x}\r\n{rest}\r\n0\r\n\r\n",
        half.len(),
        rest.len(),
    );
    assert_eq!(call(&emulator, chunked.as_bytes()).await.1["ErrorCode"], 0);
    let none = format!("POST {target} HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_eq!(
        call(&emulator, none.as_bytes()).await.1["ErrorCode"],
        60_003
    );

    let expect = post(&target, &live("b"));
    let expect = String::from_utf8(expect).unwrap();
    let expect = expect.replacen("Host: x", "Host: x\r\nExpect: 100-continue", 1);
    let (head, body) = expect.split_once("\r\n\r\n").unwrap();
    let mut stream = TcpStream::connect(emulator.addr()).await.unwrap();
    stream
        .write_all(format!("{head}\r\n\r\n").as_bytes())
        .await
        .unwrap();
    let mut buffer = [0; 25];
    stream.read_exact(&mut buffer).await.unwrap();
    assert_eq!(&buffer, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(body.as_bytes()).await.unwrap();
    let mut line = [0; 15];
    stream.read_exact(&mut line).await.unwrap();
    assert_eq!(&line, b"HTTP/1.1 200 OK");
}

/// Time stands still but jumps when nobody has anything to do.
#[tokio::test(start_paused = true)]
async fn e06_requests_that_never_end() {
    let emulator = start().await;
    let request = create(&emulator, "a");
    let (_, but_one) = request.split_last().unwrap();
    let received = exchange(emulator.addr(), but_one).await.unwrap();
    assert_eq!(parse(&received).0, 408);
    let received = exchange(emulator.addr(), &request[..40]).await.unwrap();
    assert!(received.is_empty());
    assert!(emulator.handle().journal().is_empty());
}

#[tokio::test]
async fn e04_paths_are_not_normalised() {
    let emulator = start().await;
    for near in [
        format!("/{CREATE}"),
        format!("/v4/..{CREATE}"),
        format!("{CREATE}/"),
        format!("http://x{CREATE}/"),
    ] {
        let target = target(&emulator).replacen(CREATE, &near, 1);
        let (status, reply) = call(&emulator, &post(&target, &live("a"))).await;
        assert_eq!(
            (status, &reply["ErrorCode"]),
            (200, &json!(60_009)),
            "{near}"
        );
    }
    let target = format!("http://x{}#fragment", target(&emulator));
    assert_eq!(
        call(&emulator, &post(&target, &live("a"))).await.1["ErrorCode"],
        0
    );
}

#[tokio::test]
async fn e06_e08_e09_malformed_http_is_turned_down() {
    let emulator = start().await;
    let many: Vec<String> = (0..10_000)
        .map(|index| format!("h{index}: x\r\n"))
        .collect();
    for request in [
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n".to_owned(),
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab".to_owned(),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
        "GET /\r\n".to_owned(),
        "\u{0}\u{1}\u{2}\r\n\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\n{}\r\n", many.concat()),
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n".to_owned(),
        format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(70_000)),
    ] {
        // A reset is fine as well: the rest of the request was not read.
        if let Ok(received) = exchange(emulator.addr(), request.as_bytes()).await {
            let status = parse(&received).0;
            assert!(
                status < 500 && (received.is_empty() || status >= 400),
                "{status} {request:.40}"
            );
        }
    }
    assert!(emulator.handle().journal().is_empty());
    assert_eq!(call(&emulator, &create(&emulator, "a")).await.0, 200);
}

#[tokio::test]
async fn c16_a_body_that_is_too_long_is_answered() {
    let emulator = start().await;
    let (status, reply) = call(
        &emulator,
        &post(&target(&emulator), &" ".repeat(10_000_000)),
    )
    .await;
    assert_eq!((status, &reply["ErrorCode"]), (200, &json!(60_002)));
    assert!(emulator.handle().journal()[0].body.len() <= 1_048_577);
}

#[tokio::test]
async fn a_shutdown_lets_calls_finish_and_a_drop_does_not() {
    let emulator = start().await;
    let (addr, handle) = (emulator.addr(), emulator.handle().clone());
    let idle = TcpStream::connect(addr).await.unwrap();
    handle
        .script(Script::delay(Duration::from_millis(300)))
        .unwrap();
    let request = create(&emulator, "a");
    let under_way = tokio::spawn(async move { exchange(addr, &request).await });
    while handle.counters().requests == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let start = Instant::now();
    emulator.shutdown().await;
    assert!(
        start.elapsed() < Duration::from_secs(4),
        "{:?}",
        start.elapsed()
    );
    let received = under_way.await.unwrap().unwrap();
    assert_eq!(parse(&received).1["ErrorCode"], 0);
    assert!(TcpStream::connect(addr).await.is_err());
    drop(idle);

    let emulator = self::start().await;
    let addr = emulator.addr();
    emulator
        .handle()
        .script(Script::delay(Duration::from_secs(60)))
        .unwrap();
    let (request, handle) = (create(&emulator, "a"), emulator.handle().clone());
    let under_way = tokio::spawn(async move { exchange(addr, &request).await });
    while handle.counters().requests == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    drop(emulator);
    let ended = tokio::time::timeout(Duration::from_secs(5), under_way)
        .await
        .unwrap()
        .unwrap();
    assert!(ended.map_or(true, |received| received.is_empty()));
    assert!(TcpStream::connect(addr).await.is_err());
    assert_eq!(handle.counters().requests, 1, "the handle outlives it");
}

#[tokio::test]
async fn what_keeps_an_emulator_from_starting() {
    let builder = || Emulator::builder().sdkappid(APP).key(key());
    let emulator = builder().listen("localhost:0").start().await.unwrap();
    let addr = emulator.addr();
    let error = builder()
        .listen(addr.to_string())
        .start()
        .await
        .unwrap_err();
    assert!(
        matches!(error, StartError::AddressInUse(used) if used == addr),
        "{error}"
    );
    assert!(error.to_string().contains("in use"));
    for remote in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let error = builder().listen(remote).start().await.unwrap_err();
        assert!(matches!(error, StartError::NotLoopback(_)), "{error}");
    }
    let allowed = builder()
        .listen("0.0.0.0:0")
        .beyond_loopback(true)
        .start()
        .await;
    assert!(allowed.is_ok());
    for text in [
        "",
        "x",
        "localhost",
        "127.0.0.1",
        "localhost:x",
        "example.com:80",
    ] {
        let error = builder().listen(text).start().await.unwrap_err();
        assert!(matches!(error, StartError::NoAddress(_)), "{error}");
    }
    let error = Emulator::builder().start().await.unwrap_err();
    assert!(matches!(error, StartError::NoSdkAppId));
    let error = Emulator::builder().key(key()).start().await.unwrap_err();
    assert!(matches!(error, StartError::NoSdkAppId));
    let error = Emulator::builder().sdkappid(1).start().await.unwrap_err();
    assert!(matches!(error, StartError::NoKey));
}
