//! Clients without a network, in stopped time.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use trtc_rooms::{
    Client, ClientBuilder, FakeReply, FakeRequest, FakeTransport, FixedClock, QuotaMode,
};

use crate::operation::{KEY, NOW, SDKAPPID};

/// A client without a network and without a quota, whose pauses are half as long as
/// they may get.
pub(crate) fn faking(fake: &FakeTransport) -> ClientBuilder {
    Client::builder(SDKAPPID, KEY)
        .fake(fake.clone())
        .quota_mode(QuotaMode::Off)
        .jitter(|| 0.5)
        .clock(Arc::new(FixedClock::new(NOW)))
}

/// A transport that answers the first requests from a list, and those after it with
/// success.
pub(crate) fn script(first: Vec<FakeReply>) -> FakeTransport {
    FakeTransport::new(move |request: &FakeRequest<'_>| {
        let succeeded = || request.success(serde_json::Value::Null);
        first
            .get(request.number())
            .cloned()
            .unwrap_or_else(succeeded)
    })
}

/// A transport that always answers the same.
pub(crate) fn always(reply: &FakeReply) -> FakeTransport {
    let reply = reply.clone();
    FakeTransport::new(move |_| reply.clone())
}

/// A reply with an error code.
pub(crate) fn code(code: i32) -> FakeReply {
    let envelope =
        format!(r#"{{"ActionStatus":"FAIL","ErrorCode":{code},"RequestId":"Id-{code}"}}"#);
    FakeReply::http(200, envelope)
}

/// What came of something, and how long it took.
pub(crate) async fn timed<T>(work: impl IntoFuture<Output = T>) -> (T, Duration) {
    let started = Instant::now();
    let result = work.await;
    (result, started.elapsed())
}

pub(crate) const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}
