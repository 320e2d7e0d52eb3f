//! Keeping to the documented rates: part M of the catalogue.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};
use trtc_rooms::live::create_room::{RoomInfo, SeatTemplate};
use trtc_rooms::{
    Client, ClientBuilder, Endpoint, ErrorKind, FakeReply, FakeTransport, LocalQuota, Quota,
    QuotaExceeded, QuotaMode, QuotaRequest, Rate,
};
use trtc_rooms_emulator::{App, Request, Service, UnixMillis};
use trtc_usersig::{SecretKey, Signer};

use crate::fakes::{always, code, faking, ms, timed};
use crate::operation::{DAY, KEY, NOW, OPEN_ROOM, SDKAPPID, get_room, open_room};

/// A client with the usual quota.
fn waiting(fake: &FakeTransport) -> ClientBuilder {
    faking(fake).quota_mode(QuotaMode::Wait)
}

fn success() -> FakeTransport {
    always(&FakeReply::http(200, r#"{"ErrorCode":0}"#))
}

fn room(id: impl Into<String>) -> RoomInfo {
    RoomInfo::new(id, SeatTemplate::Karaoke)
}

/// An emulator that tells the time by the runtime's clock, and answers 60007 to every
/// call above the documented rate, over any second.
struct StrictService {
    service: Service,
    ticket: String,
    started: Instant,
    last_second: VecDeque<Instant>,
}

impl StrictService {
    fn new() -> Self {
        let key = SecretKey::new(KEY).unwrap();
        let signer = Signer::new(SDKAPPID, key.clone());
        let ticket = signer.sign_at("administrator", NOW, DAY, None).unwrap();
        let app = App::new(SDKAPPID, key).admin("administrator");
        Self {
            service: Service::new(app).unwrap(),
            ticket: ticket.as_str().to_owned(),
            started: Instant::now(),
            last_second: VecDeque::new(),
        }
    }

    fn answer(&mut self, endpoint: &Endpoint, body: &[u8]) -> FakeReply {
        let now = Instant::now();
        let period = Duration::from_secs(endpoint.rate.per_seconds.into());
        while self
            .last_second
            .front()
            .is_some_and(|at| now - *at >= period)
        {
            self.last_second.pop_front();
        }
        if self.last_second.len() >= endpoint.rate.calls as usize {
            return code(60_007);
        }
        self.last_second.push_back(now);
        let query = format!(
            "sdkappid={SDKAPPID}&identifier=administrator&usersig={}&random=7&contenttype=json",
            self.ticket
        );
        let path = format!("/{}", endpoint.path);
        let at = UnixMillis::from_seconds(NOW).plus(now - self.started);
        let reply = self.service.handle(&Request::post(&path, &query, body), at);
        FakeReply::http(reply.status(), reply.body())
    }
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_rooms_are_created_without_one_throttling_error() {
    let service = Arc::new(Mutex::new(StrictService::new()));
    let answering = Arc::clone(&service);
    let fake = FakeTransport::new(move |request| {
        let mut service = answering.lock().unwrap();
        service.answer(request.endpoint(), request.body())
    });
    let client = waiting(&fake).build().unwrap();
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for number in 0..10_000 {
        let call = client
            .clone()
            .live()
            .create_room(room(format!("live-{number}")))
            .timeout(Duration::from_secs(120));
        tasks.spawn(call.send());
    }
    while let Some(result) = tasks.join_next().await {
        let reply = result.unwrap().unwrap();
        assert_eq!(reply.attempts(), 1);
    }
    let elapsed = started.elapsed();
    assert_eq!(fake.requests(), 10_000);
    assert_eq!(
        service
            .lock()
            .unwrap()
            .service
            .app(SDKAPPID)
            .unwrap()
            .room_count(),
        10_000
    );
    // 50 seconds is what the documents allow.
    assert!((50..54).contains(&elapsed.as_secs()), "{elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn m4_one_room_is_created_once_a_second_whatever_is_asked_for() {
    let service = Arc::new(Mutex::new(StrictService::new()));
    let answering = Arc::clone(&service);
    let fake = FakeTransport::new(move |request| {
        let mut service = answering.lock().unwrap();
        service.answer(request.endpoint(), request.body())
    });
    let client = waiting(&fake).build().unwrap();
    let mut tasks = JoinSet::new();
    for _ in 0..5 {
        tasks.spawn(client.live().rooms().ensure_room(room("live-1")).send());
    }
    let mut confirmed = 0;
    while let Some(result) = tasks.join_next().await {
        let reply = result.unwrap().unwrap();
        assert_eq!(reply.attempts(), 1, "never too frequent");
        confirmed += u32::from(reply.confirmed_by().is_some());
    }
    assert_eq!(confirmed, 4);
}

#[tokio::test(start_paused = true)]
async fn m1_m2_clones_share_a_quota_and_clients_do_not() {
    let fake = success();
    let client = waiting(&fake).build().unwrap();
    let clone = client.clone();
    let ((), elapsed) = timed(async {
        for _ in 0..100 {
            open_room(&client).await.unwrap();
            open_room(&clone).await.unwrap();
        }
    })
    .await;
    assert!((ms(900)..ms(1100)).contains(&elapsed), "{elapsed:?}");

    let other = waiting(&fake).build().unwrap();
    let (_, elapsed) = timed(open_room(&other)).await;
    assert_eq!(elapsed, ms(0));

    let shared = Arc::new(LocalQuota::new());
    let one = waiting(&fake).quota(Arc::clone(&shared)).build().unwrap();
    let other = waiting(&fake).quota(shared).build().unwrap();
    let ((), elapsed) = timed(async {
        for _ in 0..100 {
            open_room(&one).await.unwrap();
            open_room(&other).await.unwrap();
        }
    })
    .await;
    assert!((ms(900)..ms(1100)).contains(&elapsed), "{elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn m3_endpoints_have_rates_of_their_own_or_share_one() {
    static MIXING: Endpoint = Endpoint {
        name: "test/set_mix",
        rate: Rate {
            calls: 20,
            per_seconds: 1,
        },
        rate_shared_by: Some("mixing"),
        ..OPEN_ROOM
    };
    static RESUMING: Endpoint = Endpoint {
        name: "test/resume_mix",
        ..MIXING
    };
    let client = waiting(&success()).build().unwrap();
    let ((), elapsed) = timed(async {
        for _ in 0..10 {
            client.call_raw(&MIXING, "{}").await.unwrap();
            client.call_raw(&RESUMING, "{}").await.unwrap();
        }
    })
    .await;
    assert!((ms(940)..ms(1100)).contains(&elapsed), "{elapsed:?}");
    let (_, elapsed) = timed(open_room(&client)).await;
    assert_eq!(elapsed, ms(0), "others do not wait for them");
}

#[tokio::test(start_paused = true)]
async fn m6_who_cannot_make_it_fails_at_once() {
    let client = waiting(&success()).build().unwrap();
    let mut tasks = JoinSet::new();
    for _ in 0..10_000 {
        let call = open_room(&client).timeout(Duration::from_secs(1));
        tasks.spawn(timed(call));
    }
    let (mut made, mut at_once) = (0, 0);
    while let Some(result) = tasks.join_next().await {
        let (result, elapsed) = result.unwrap();
        match result {
            Ok(_) => made += 1,
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Quota);
                assert!(!error.was_sent() && error.is_retryable());
                at_once += usize::from(elapsed < ms(10));
            }
        }
    }
    assert!((190..=200).contains(&made), "{made} calls in a second");
    assert!(at_once >= 9_780, "{at_once} failed at once");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_will_not_wait_learns_when_there_is_room() {
    let fake = success();
    let client = waiting(&fake).build().unwrap();
    let strict = |id: &'static str| {
        client
            .live()
            .create_room(room(id))
            .quota_mode(QuotaMode::FailFast)
    };
    strict("live-1").await.unwrap();
    let error = strict("live-1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Quota);
    let text = error.to_string();
    assert!(text.contains("/RoomInfo/RoomId"), "{text}");
    assert!(text.contains("nothing was sent"), "{text}");
    let wait = error.retry_after().unwrap();
    assert!((ms(990)..=ms(1000)).contains(&wait), "{wait:?}");
    tokio::time::sleep(wait).await;
    strict("live-1").await.unwrap();

    // Not waiting for the endpoint's own rate either.
    let mut calls = 0;
    let error = loop {
        match open_room(&client).quota_mode(QuotaMode::FailFast).await {
            Ok(_) => calls += 1,
            Err(error) => break error,
        }
    };
    assert!((1..=20).contains(&calls), "a burst of {calls}");
    tokio::time::sleep(error.retry_after().unwrap() + ms(1)).await;
    open_room(&client)
        .quota_mode(QuotaMode::FailFast)
        .await
        .unwrap();
}

#[tokio::test(start_paused = true)]
async fn m7_without_a_quota_nothing_waits() {
    let client = faking(&success()).build().unwrap();
    let ((), elapsed) = timed(async {
        for _ in 0..1000 {
            open_room(&client).await.unwrap();
        }
    })
    .await;
    assert_eq!(elapsed, ms(0));
}

#[tokio::test(start_paused = true)]
async fn m8_repetitions_are_counted_too() {
    let fake = always(&FakeReply::refused());
    let client = waiting(&fake).jitter(|| 0.0).build().unwrap();
    let ((), elapsed) = timed(async {
        for _ in 0..100 {
            let _ = get_room(&client).await;
        }
    })
    .await;
    // 100 calls and the 100 repetitions that the budget pays for.
    assert_eq!(fake.requests(), 200);
    assert!((ms(900)..ms(1100)).contains(&elapsed), "{elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_while_it_waits_uses_up_nothing() {
    let fake = success();
    let client = waiting(&fake).build().unwrap();
    client.live().create_room(room("live-1")).await.unwrap();
    for _ in 0..1000 {
        let waits = client.live().create_room(room("live-1"));
        assert!(timeout(ms(0), waits.send()).await.is_err());
    }
    let (result, elapsed) = timed(client.live().create_room(room("live-1"))).await;
    result.unwrap();
    assert!(elapsed <= ms(1001), "{elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn a_share_of_the_rate_is_for_one_process_of_several() {
    let quota = LocalQuota::with_share(25);
    let client = waiting(&success()).quota(quota).build().unwrap();
    let ((), elapsed) = timed(async {
        for _ in 0..100 {
            open_room(&client).await.unwrap();
        }
    })
    .await;
    assert!((ms(1900)..ms(2200)).contains(&elapsed), "{elapsed:?}");
}

/// What a quota in Redis would be told, and answers like one that is used up.
#[derive(Debug, Default)]
struct Recorder(Mutex<Vec<String>>);

impl Quota for Recorder {
    async fn acquire(&self, request: QuotaRequest<'_>) -> Result<(), QuotaExceeded> {
        let mut seen = self.0.lock().unwrap();
        seen.push(format!(
            "{} {} {:?} {:?}",
            request.sdkappid, request.endpoint.name, request.counted, request.wait_at_most
        ));
        if seen.len() > 1 {
            return Err(QuotaExceeded::new(Some(ms(700))));
        }
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn a_fleet_brings_a_quota_of_its_own() {
    let recorder = Arc::new(Recorder::default());
    let fake = success();
    let client: Client = waiting(&fake).quota(Arc::clone(&recorder)).build().unwrap();
    client.live().create_room(room("live-1")).await.unwrap();
    let error = client
        .live()
        .create_room(room("live-1"))
        .quota_mode(QuotaMode::FailFast)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Quota);
    assert_eq!(error.retry_after(), Some(ms(700)));
    assert_eq!(fake.requests(), 1);
    assert_eq!(
        *recorder.0.lock().unwrap(),
        [
            r#"1400000000 live/create_room [Some("\"live-1\"")] 30s"#,
            r#"1400000000 live/create_room [Some("\"live-1\"")] 0ns"#,
        ]
    );
}
