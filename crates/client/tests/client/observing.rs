//! What observers are told.

use std::sync::{Arc, Mutex};

use trtc_rooms::{AttemptReport, CallReport, FakeReply, Observer};

use crate::fakes::{code, faking, script};
use crate::operation::{OPEN_ROOM, OpenRequest, OpenRoom, get_room, open_room};
use trtc_rooms::Call;

#[derive(Default)]
struct Log(Mutex<Vec<String>>);

impl Log {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Observer for Log {
    fn attempt(&self, report: &AttemptReport<'_>) {
        self.0.lock().unwrap().push(format!(
            "attempt {} {} tag={:?} code={:?} id={:?}",
            report.attempt,
            report.endpoint.name,
            report.tag,
            report.error.and_then(trtc_rooms::Error::code),
            report.request_id,
        ));
    }

    fn call(&self, report: &CallReport<'_>) {
        self.0.lock().unwrap().push(format!(
            "call {} attempts={} failed={} id={:?}",
            report.endpoint.name,
            report.attempts,
            report.error.is_some(),
            report.request_id,
        ));
    }
}

#[tokio::test(start_paused = true)]
async fn observers_hear_of_every_attempt_and_every_call() {
    let log = Arc::new(Log::default());
    let fake = script(vec![code(100_001)]);
    let client = faking(&fake).observer(Arc::clone(&log)).build().unwrap();
    get_room(&client).tag("tenant-7").await.unwrap();
    assert_eq!(
        log.take(),
        [
            r#"attempt 1 test/get_room tag=Some("tenant-7") code=Some(100001) id=Some("Id-100001")"#,
            r#"attempt 2 test/get_room tag=Some("tenant-7") code=None id=Some("Id-fake")"#,
            r#"call test/get_room attempts=2 failed=false id=Some("Id-fake")"#,
        ]
    );

    // Nothing was tried, and a call it was.
    let invalid: Call<OpenRoom> = Call::new(&client, OpenRequest::new("x".repeat(49)));
    invalid.await.unwrap_err();
    let raw = client.call_raw(&OPEN_ROOM, "{}");
    raw.await.unwrap();
    assert_eq!(
        log.take(),
        [
            "call test/open_room attempts=0 failed=true id=None",
            r#"attempt 1 test/open_room tag=None code=None id=Some("Id-fake")"#,
            r#"call test/open_room attempts=1 failed=false id=Some("Id-fake")"#,
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn every_error_of_a_request_names_it() {
    for reply in [
        FakeReply::lost(),
        FakeReply::silence(),
        FakeReply::http(502, "<html>"),
    ] {
        let client = faking(&script(vec![reply]))
            .random(|| 31_337)
            .build()
            .unwrap();
        let error = open_room(&client).await.unwrap_err();
        assert_eq!(error.request_id(), None);
        assert_eq!(error.random(), Some(31_337));
        assert!(error.to_string().contains("random: 31337"), "{error}");
    }
    let client = faking(&script(vec![code(100_002)])).build().unwrap();
    let error = open_room(&client).await.unwrap_err();
    assert_eq!(error.request_id(), Some("Id-100002"));
    assert!(error.to_string().contains("Id-100002"), "{error}");
}
