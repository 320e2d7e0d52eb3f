//! Faults.

use std::io;
use std::time::{Duration, Instant};

use serde_json::Value;
use trtc_rooms_emulator::Script;

use crate::support::{call, closing, create, exchange, start};

#[tokio::test]
async fn p12_a_reset_is_a_reset() {
    let emulator = start().await;
    emulator.handle().script(Script::reset()).unwrap();
    let error = exchange(emulator.addr(), &create(&emulator, "a"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
    assert_eq!(emulator.handle().snapshot().apps[0].rooms.len(), 0);
    emulator
        .handle()
        .script(Script::reset().carried_out())
        .unwrap();
    let error = exchange(emulator.addr(), &create(&emulator, "a"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
    assert_eq!(emulator.handle().snapshot().apps[0].rooms.len(), 1);
    emulator.handle().script(Script::reset()).unwrap();
    let head = b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n";
    let error = exchange(emulator.addr(), head).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn p12_a_cut_reply_announces_more_than_it_has() {
    let emulator = start().await;
    emulator.handle().script(Script::cut()).unwrap();
    let received = exchange(emulator.addr(), &create(&emulator, "a"))
        .await
        .unwrap();
    let text = String::from_utf8(received).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.unwrap().parse().unwrap();
    assert_eq!(body.len(), length / 2, "{text}");
    assert!(body.starts_with("{\"ActionStatus\":\"OK\""));
    assert_eq!(emulator.handle().snapshot().apps[0].rooms.len(), 1);
}

#[tokio::test]
async fn p12_statuses_garbage_and_delays() {
    let emulator = start().await;
    let handle = emulator.handle();
    handle
        .script(Script::http(429, "slow down").retry_after(2))
        .unwrap();
    let received = exchange(emulator.addr(), &closing(&create(&emulator, "a")))
        .await
        .unwrap();
    let text = String::from_utf8(received).unwrap();
    assert!(
        text.starts_with("HTTP/1.1 429 ") && text.contains("retry-after: 2\r\n"),
        "{text}"
    );
    assert!(text.ends_with("slow down"), "{text}");
    for (status, expected) in [
        (502, 502),
        (204, 204),
        (302, 302),
        (99, 502),
        (101, 502),
        (1000, 502),
    ] {
        handle.script(Script::http(status, "")).unwrap();
        assert_eq!(
            call(&emulator, &create(&emulator, "a")).await.0,
            expected,
            "{status}"
        );
    }
    handle.script(Script::garbage()).unwrap();
    assert_eq!(
        call(&emulator, &create(&emulator, "a")).await,
        (200, Value::Null)
    );
    handle
        .script(Script::delay(Duration::from_millis(300)))
        .unwrap();
    let start = Instant::now();
    assert_eq!(
        call(&emulator, &create(&emulator, "a")).await.1["ErrorCode"],
        0
    );
    assert!(start.elapsed() >= Duration::from_millis(300));
}
