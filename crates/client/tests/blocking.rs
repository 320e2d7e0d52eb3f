//! Calls that are waited for, in threads with and without a runtime.
#![cfg(feature = "blocking")]

use std::thread;
use std::time::Duration;

use trtc_rooms::live::create_room::{RoomInfo, SeatTemplate};
use trtc_rooms::{AttemptReport, Client, ErrorKind, FakeReply, FakeTransport, Observer, QuotaMode};

fn client(fake: &FakeTransport) -> Client {
    Client::builder(1_400_000_000, "key")
        .fake(fake.clone())
        .quota_mode(QuotaMode::Off)
        .build()
        .unwrap()
}

fn room() -> RoomInfo {
    RoomInfo::new("live-1", SeatTemplate::Karaoke)
}

#[test]
fn a_call_is_waited_for_without_a_runtime() {
    let fake = FakeTransport::new(|request| match request.number() {
        0 => FakeReply::lost(),
        1 => request.error(100_010, "yours"),
        _ => request.success(serde_json::json!({ "RoomId": "live-1" })),
    });
    let client = client(&fake);
    let reply = client.live().create_room(room()).wait().unwrap();
    assert_eq!((reply.attempts(), reply.confirmed_by()), (2, Some(100_010)));
    let endpoint = &trtc_rooms::live::create_room::ENDPOINT;
    let raw = client.call_raw(endpoint, "{}").wait().unwrap();
    assert!(raw.json().contains("live-1"));
    let late = client
        .live()
        .create_room(RoomInfo::new("x".repeat(49), SeatTemplate::Karaoke))
        .wait();
    assert_eq!(late.unwrap_err().kind(), ErrorKind::Invalid);
}

#[test]
fn many_threads_wait_at_once() {
    let fake = FakeTransport::new(|request| {
        request
            .success(serde_json::Value::Null)
            .after(Duration::from_millis(20))
    });
    let client = client(&fake);
    thread::scope(|scope| {
        for _ in 0..50 {
            scope.spawn(|| client.live().create_room(room()).wait().unwrap());
        }
    });
    assert_eq!(fake.requests(), 50);
}

#[tokio::test]
async fn waiting_inside_a_runtime_blocks_and_does_not_panic() {
    let fake = FakeTransport::new(|request| request.success(serde_json::Value::Null));
    let client = client(&fake);
    client.live().create_room(room()).wait().unwrap();
    let call = client.live().create_room(room());
    tokio::task::spawn_blocking(move || call.wait())
        .await
        .unwrap()
        .unwrap();
}

/// An error would have to say whether the call was sent.
#[test]
fn a_panic_in_code_of_the_caller_is_passed_on() {
    #[derive(Debug)]
    struct Bomb;

    impl Observer for Bomb {
        fn attempt(&self, _: &AttemptReport<'_>) {
            panic!("the observer fell over");
        }
    }

    let fake = FakeTransport::new(|request| request.success(serde_json::Value::Null));
    let client = Client::builder(1_400_000_000, "key")
        .fake(fake)
        .observer(Bomb)
        .build()
        .unwrap();
    let waiting = thread::spawn(move || client.live().create_room(room()).wait().map(drop));
    let panic = waiting.join().unwrap_err();
    assert_eq!(
        panic.downcast_ref::<&str>(),
        Some(&"the observer fell over")
    );
}
