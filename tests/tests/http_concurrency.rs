//! Calls that are dropped, raced, shared and made in the wrong place: part O of the
//! catalogue, with the generated operations.

use std::fs;
use std::future::{Future, IntoFuture};
use std::panic::{self, AssertUnwindSafe};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};
use trtc_rooms::live::create_room::{RoomInfo, SeatTemplate};
use trtc_rooms::{Client, Clock};
use trtc_rooms_contract::http::script::response;
use trtc_rooms_contract::http::{FaultServer, Gate, Script, TARGETS, Target, app, secrets};

const OK: &str = r#"{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","RequestId":"Id-1"}"#;

/// Held by tests that count the descriptors of the process.
static ALONE: Mutex<()> = Mutex::const_new(());

async fn server() -> FaultServer {
    // Far more answers than any test makes calls on one connection.
    let answers = (0..200).fold(Script::new(), |script, _| script.answer(OK));
    FaultServer::every(answers).await.unwrap()
}

fn target() -> &'static Target {
    Target::named("live/create_room")
}

/// Polls a future at most so many times, and only when it was woken.
struct Polls<F> {
    future: Pin<Box<F>>,
    left: usize,
}

impl<F: Future> Future for Polls<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        self.future.as_mut().poll(context).map(Some)
    }
}

#[tokio::test]
async fn o1_a_call_can_be_dropped_at_every_point() {
    let _alone = ALONE.lock().await;
    // A connection for each call and a reply in pieces, for more points to drop it at.
    let reply = response("200 OK", &["connection: close"], OK);
    let beat = Duration::from_millis(5);
    let script = reply
        .chunks(60)
        .fold(Script::new().read_request(), |script, piece| {
            script.write(piece).pause(beat)
        });
    let server = FaultServer::every(script).await.unwrap();
    let client = app::client(&server.url());
    let mut polls = 0;
    loop {
        let future = Box::pin(target().call(&client));
        let finished = Polls {
            future,
            left: polls,
        }
        .await;
        // Whatever was cut off, the next call knows nothing of it.
        target().call(&client).await.unwrap();
        if let Some(result) = finished {
            result.unwrap();
            break;
        }
        polls += 1;
        assert!(polls < 100, "a call takes no hundred polls");
    }
    assert!(
        polls > 2,
        "it was dropped before, while and after sending: {polls}"
    );
    let sent = server.requests().len();
    assert!(
        (polls + 2..=2 * polls + 2).contains(&sent),
        "{sent} requests after {polls} drops"
    );
    drop(client);
    for connection in server.connections() {
        // A request that was cut off while it was written is no request.
        let cut = |problem: &String| problem.contains("closed inside");
        assert!(
            connection.problem.as_ref().is_none_or(cut),
            "{connection:?}"
        );
    }
}

#[tokio::test]
async fn o2_a_thousand_races_leave_nothing_behind() {
    let _alone = ALONE.lock().await;
    let descriptors = || fs::read_dir("/proc/self/fd").unwrap().count();
    let server = server().await;
    let client = app::client(&server.url());
    target().call(&client).await.unwrap();
    let before = descriptors();
    let mut lost = 0;
    for round in 0..1_000_u64 {
        let limit = Duration::from_micros(round % 50 * 40);
        if timeout(limit, target().call(&client)).await.is_err() {
            lost += 1;
        }
    }
    assert!(lost > 20, "hardly a call was cut off: {lost}");
    target().call(&client).await.unwrap();
    // Each lost call takes its connection with it, on both sides.
    for _ in 0..200 {
        if descriptors() <= before {
            break;
        }
        sleep(Duration::from_millis(5)).await;
    }
    assert!(
        descriptors() <= before,
        "{before} descriptors became {}",
        descriptors()
    );
}

#[tokio::test]
async fn o4_calls_under_way_outlive_the_last_client() {
    let gate = Gate::new();
    let script = Script::new()
        .read_request()
        .gate(&gate)
        .write(response("200 OK", &[], OK));
    let server = FaultServer::every(script).await.unwrap();
    let client = app::client(&server.url());
    let calls: Vec<_> = (0..50)
        .map(|number| {
            let client = client.clone();
            tokio::spawn(async move { TARGETS[number % TARGETS.len()].call(&client).await })
        })
        .collect();
    drop(client);
    while server.requests().len() < calls.len() {
        sleep(Duration::from_millis(1)).await;
    }
    gate.open();
    for call in calls {
        assert_eq!(
            call.await.unwrap().unwrap().request_id.as_deref(),
            Some("Id-1")
        );
    }
    server.finish().await.unwrap();
}

#[test]
fn o6_outside_of_a_runtime_the_panic_says_what_is_missing() {
    let client = app::client("http://127.0.0.1:1");
    let call = || {
        let room = RoomInfo::new("live-1", SeatTemplate::Karaoke);
        let mut call = pin!(client.live().create_room(room).into_future());
        call.as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
            .is_ready()
    };
    let panic = panic::catch_unwind(AssertUnwindSafe(call)).unwrap_err();
    let text = panic.downcast_ref::<String>().cloned();
    let text = text
        .or_else(|| panic.downcast_ref::<&str>().map(|&text| text.to_owned()))
        .unwrap();
    assert!(text.contains("runtime"), "{text}");
    assert_eq!(secrets::find(&text), None);
    // The client is as good as before.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async { target().call(&client).await.unwrap_err() });
}

#[tokio::test]
async fn o7_generated_calls_move_between_threads_and_are_small() {
    fn movable<T: Send + 'static>(future: &T) -> usize {
        size_of_val(future)
    }
    let client = app::client("http://127.0.0.1:1");
    let live = client
        .live()
        .create_room(RoomInfo::new("a", SeatTemplate::Karaoke))
        .send();
    let update = trtc_rooms::live::update_room_info::RoomInfo::new("a");
    let update = client.live().update_room_info(update).send();
    let meeting = trtc_rooms::conference::create_room::RoomInfo::new("a");
    let meeting = client.conference().create_room(meeting).send();
    for size in [movable(&live), movable(&update), movable(&meeting)] {
        assert!(size < 8 * 1024, "{size} bytes");
    }
}

#[tokio::test]
async fn o8_a_clock_that_panics_spoils_one_call() {
    #[derive(Debug)]
    struct Faulty(AtomicBool);
    impl Clock for Faulty {
        fn unix_seconds(&self) -> i64 {
            assert!(self.0.load(Ordering::SeqCst), "the clock stopped");
            app::NOW
        }
    }
    let server = server().await;
    let clock = Arc::new(Faulty(AtomicBool::new(false)));
    let builder = app::builder(&server.url());
    let client: Client = builder.clock(Arc::clone(&clock) as _).build().unwrap();
    let spoilt = tokio::spawn({
        let client = client.clone();
        async move { target().call(&client).await }
    });
    assert!(spoilt.await.unwrap_err().is_panic());
    assert!(server.requests().is_empty());
    clock.0.store(true, Ordering::SeqCst);
    target().call(&client).await.unwrap();
}

#[tokio::test]
async fn o9_a_hundred_calls_share_one_ticket() {
    let server = server().await;
    let client = app::client(&server.url());
    let calls: Vec<_> = (0..100)
        .map(|number| {
            let client = client.clone();
            tokio::spawn(async move { TARGETS[number % TARGETS.len()].call(&client).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 100);
    let shown = format!("&usersig={}&", app::ticket());
    assert!(
        requests
            .iter()
            .all(|request| request.target.contains(&shown))
    );
}
