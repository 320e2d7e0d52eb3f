//! Tickets that are refused, that run out, and that somebody else makes.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::JoinSet;
use trtc_rooms::live::create_room::{RoomInfo, SeatTemplate};
use trtc_rooms::{
    Client, ClientBuilder, Clock, ErrorKind, FakeReply, FakeTransport, FixedClock, ProvidedTicket,
    QuotaMode, TicketProvider, TicketRequest,
};

use crate::fakes::{always, code, faking, ms, script, timed};
use crate::operation::{NOW, SDKAPPID, open_room};

const DAY: Duration = Duration::from_secs(86_400);

/// A date, as a server shows it, some seconds after the client's.
fn date(offset: i64) -> String {
    let seconds = u64::try_from(NOW + offset).unwrap();
    let date = std::time::UNIX_EPOCH + Duration::from_secs(seconds);
    httpdate::fmt_http_date(date)
}

#[tokio::test(start_paused = true)]
async fn an_expired_ticket_is_replaced_once() {
    let clock = Arc::new(FixedClock::new(NOW));
    let client =
        |fake: &FakeTransport| faking(fake).clock(Arc::clone(&clock) as _).build().unwrap();
    let hands = Arc::clone(&clock);
    let fake = FakeTransport::new(move |request| {
        hands.advance(1);
        match request.number() {
            0 => code(70_001),
            _ => request.success(serde_json::Value::Null),
        }
    });
    let (reply, elapsed) = timed(open_room(&client(&fake))).await;
    assert_eq!(reply.unwrap().attempts(), 2);
    assert_eq!(elapsed, ms(0), "there is nothing to wait for");

    // If the new one is refused too, something else is wrong: two requests for the
    // first call, and one for each further one within a minute.
    let hands = Arc::clone(&clock);
    let fake = FakeTransport::new(move |_| {
        hands.advance(1);
        code(70_001)
    });
    let client = client(&fake);
    for _ in 0..20 {
        let error = open_room(&client).await.unwrap_err();
        assert_eq!(error.code(), Some(70_001));
        assert!(!error.is_retryable());
    }
    assert_eq!(fake.requests(), 21);
    tokio::time::sleep(Duration::from_secs(61)).await;
    assert!(open_room(&client).await.is_err());
    assert_eq!(fake.requests(), 23);
}

#[tokio::test(start_paused = true)]
async fn authentication_failures_never_loop() {
    for number in [70_009, 70_013, 70_014, 70_050, 60_010, 60_004] {
        let fake = always(&code(number));
        let client = faking(&fake).build().unwrap();
        for _ in 0..5 {
            assert!(open_room(&client).await.is_err());
        }
        assert_eq!(fake.requests(), 5, "{number}");
    }
}

#[tokio::test(start_paused = true)]
async fn i13_a_clock_that_is_wrong_is_noticed_named_and_made_up_for() {
    for (offset, words) in [(3600, "3600 s behind"), (-7200, "7200 s ahead of")] {
        let refused = code(70_001).header("date", &date(offset));
        // The ticket by the server's clock is accepted.
        let fake = script(vec![refused.clone()]);
        let client = faking(&fake).build().unwrap();
        assert_eq!(open_room(&client).await.unwrap().attempts(), 2);
        assert_eq!(open_room(&client).await.unwrap().attempts(), 1);

        let client = faking(&always(&refused)).build().unwrap();
        let error = open_room(&client).await.unwrap_err();
        assert_eq!(error.clock_offset(), Some(offset));
        assert!(error.to_string().contains(words), "{error}");
    }
    // A clock that is right is not mentioned, and the ticket would be the same.
    let fake = always(&code(70_001).header("date", &date(2)));
    let client = faking(&fake).build().unwrap();
    let error = open_room(&client).await.unwrap_err();
    assert_eq!((error.clock_offset(), fake.requests()), (None, 1));
}

#[tokio::test(start_paused = true)]
async fn a_hundred_calls_with_an_expired_ticket_make_one_new_ticket() {
    let clock = Arc::new(FixedClock::new(NOW));
    let refusals = Arc::new(AtomicUsize::new(0));
    let (hands, counted) = (Arc::clone(&clock), Arc::clone(&refusals));
    let fake = FakeTransport::new(move |request| {
        if request.number() < 100 {
            counted.fetch_add(1, Ordering::SeqCst);
            // All are under way before the first is answered.
            return code(70_001).after(ms(100));
        }
        hands.advance(1);
        request.success(serde_json::Value::Null)
    });
    let client = faking(&fake)
        .clock(Arc::clone(&clock) as _)
        .build()
        .unwrap();
    let mut tasks = JoinSet::new();
    for _ in 0..100 {
        tasks.spawn(open_room(&client).send());
    }
    tokio::time::sleep(ms(50)).await;
    clock.advance(100);
    while let Some(result) = tasks.join_next().await {
        assert_eq!(result.unwrap().unwrap().attempts(), 2);
    }
    assert_eq!(
        (refusals.load(Ordering::SeqCst), fake.requests()),
        (100, 200)
    );
}

/// Makes a ticket in a second, and fails as long as it is told to.
#[derive(Debug, Default)]
struct Vault {
    asked: AtomicUsize,
    failing: AtomicUsize,
    after_refusal: AtomicUsize,
    asked_for: Mutex<String>,
}

#[derive(Debug)]
struct Asking(Arc<Vault>);

impl TicketProvider for Asking {
    async fn ticket(
        &self,
        request: TicketRequest<'_>,
    ) -> Result<ProvidedTicket, Box<dyn std::error::Error + Send + Sync>> {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let vault = &self.0;
        let number = vault.asked.fetch_add(1, Ordering::SeqCst);
        *vault.asked_for.lock().unwrap() = format!("{} {}", request.sdkappid, request.identifier);
        vault
            .after_refusal
            .fetch_add(usize::from(request.last_was_refused), Ordering::SeqCst);
        if vault.failing.load(Ordering::SeqCst) > 0 {
            return Err("the vault is sealed".into());
        }
        Ok(ProvidedTicket::new(format!("ticket-{number}"), DAY))
    }
}

fn provided(fake: &FakeTransport) -> (Arc<Vault>, ClientBuilder) {
    let vault = Arc::new(Vault::default());
    let builder = Client::builder_with_provider(SDKAPPID, Asking(Arc::clone(&vault)))
        .fake(fake.clone())
        .quota_mode(QuotaMode::Off);
    (vault, builder)
}

fn success() -> FakeTransport {
    always(&FakeReply::http(200, r#"{"ErrorCode":0}"#))
}

async fn hundred_calls(client: &Client) -> Duration {
    let mut tasks = JoinSet::new();
    for _ in 0..100 {
        tasks.spawn(open_room(client).send());
    }
    let ((), elapsed) = timed(async {
        while let Some(result) = tasks.join_next().await {
            result.unwrap().unwrap();
        }
    })
    .await;
    elapsed
}

#[tokio::test(start_paused = true)]
async fn o9_a_provider_is_asked_once_and_in_time() {
    let (vault, builder) = provided(&success());
    let client = builder.identifier("admin-2").build().unwrap();
    assert!(
        hundred_calls(&client).await >= ms(1000),
        "there is no ticket yet"
    );
    assert_eq!(vault.asked.load(Ordering::SeqCst), 1);
    assert_eq!(*vault.asked_for.lock().unwrap(), "1400000000 admin-2");
    tokio::time::sleep(DAY / 2).await;
    assert_eq!(hundred_calls(&client).await, ms(0));
    // A quarter is left: one call asks for the next, the others go on.
    tokio::time::sleep(DAY / 4).await;
    let mut tasks = JoinSet::new();
    for _ in 0..100 {
        tasks.spawn(timed(open_room(&client)));
    }
    let mut slow = 0;
    while let Some(result) = tasks.join_next().await {
        let (result, elapsed) = result.unwrap();
        result.unwrap();
        slow += usize::from(elapsed > ms(0));
    }
    assert_eq!((slow, vault.asked.load(Ordering::SeqCst)), (1, 2));
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_fails_does_so_quietly_as_long_as_it_can() {
    let (vault, builder) = provided(&success());
    let client = builder.build().unwrap();
    open_room(&client).await.unwrap();
    vault.failing.store(1, Ordering::SeqCst);
    tokio::time::sleep(DAY * 4 / 5).await;
    for _ in 0..10 {
        open_room(&client).await.unwrap();
    }
    assert_eq!(
        vault.asked.load(Ordering::SeqCst),
        2,
        "and is left alone for a while"
    );
    tokio::time::sleep(Duration::from_secs(11)).await;
    open_room(&client).await.unwrap();
    assert_eq!(vault.asked.load(Ordering::SeqCst), 3);
    tokio::time::sleep(DAY / 4).await;
    let error = open_room(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Signing);
    assert!(!error.was_sent());
    assert!(error.to_string().contains("the vault is sealed"), "{error}");
    vault.failing.store(0, Ordering::SeqCst);
    open_room(&client).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_provider_learns_that_its_ticket_was_refused() {
    let (vault, builder) = provided(&script(vec![code(70_001)]));
    let client = builder.build().unwrap();
    assert_eq!(open_room(&client).await.unwrap().attempts(), 2);
    assert_eq!(vault.asked.load(Ordering::SeqCst), 2);
    assert_eq!(vault.after_refusal.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn a_slow_provider_does_not_outlast_the_call() {
    let (_, builder) = provided(&success());
    let client = builder.build().unwrap();
    let (result, elapsed) = timed(open_room(&client).timeout(ms(300))).await;
    assert_eq!(result.unwrap_err().kind(), ErrorKind::Signing);
    assert_eq!(elapsed, ms(300));
}

/// A provider that takes its time, or for ever, after the first ticket.
#[derive(Debug)]
struct Slow {
    asked: AtomicUsize,
    takes: Duration,
}

struct Shared(Arc<Slow>);

impl TicketProvider for Shared {
    async fn ticket(
        &self,
        _: TicketRequest<'_>,
    ) -> Result<ProvidedTicket, Box<dyn std::error::Error + Send + Sync>> {
        let number = self.0.asked.fetch_add(1, Ordering::SeqCst);
        if number > 0 {
            tokio::time::sleep(self.0.takes).await;
        }
        Ok(ProvidedTicket::new(format!("ticket-{number}"), DAY))
    }
}

fn slow(takes: Duration) -> (Arc<Slow>, Client) {
    let asked = AtomicUsize::new(0);
    let slow = Arc::new(Slow { asked, takes });
    let client = Client::builder_with_provider(SDKAPPID, Shared(Arc::clone(&slow)))
        .fake(success())
        .quota_mode(QuotaMode::Off)
        .build()
        .unwrap();
    (slow, client)
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_hangs_fails_no_call_with_a_valid_ticket() {
    let (slow, client) = slow(DAY);
    open_room(&client).await.unwrap();
    tokio::time::sleep(DAY * 4 / 5).await;
    for timeout in [ms(400), ms(30_000), ms(30_000)] {
        let (result, elapsed) = timed(open_room(&client).timeout(timeout)).await;
        result.unwrap();
        assert!(elapsed <= (timeout / 4).min(ms(2000)), "{elapsed:?}");
    }
    assert_eq!(slow.asked.load(Ordering::SeqCst), 2);
    // Whoever needs one waits as long as its call may take, and asks again for good.
    tokio::time::sleep(DAY / 5).await;
    let error = open_room(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Signing);
    assert_eq!(slow.asked.load(Ordering::SeqCst), 3);
}

#[tokio::test(start_paused = true)]
async fn calls_in_a_hurry_get_the_ticket_that_an_earlier_one_asked_for() {
    let (slow, client) = slow(Duration::from_secs(5));
    open_room(&client).await.unwrap();
    tokio::time::sleep(DAY * 4 / 5).await;
    for _ in 0..20 {
        let call = open_room(&client).timeout(ms(400));
        call.await.unwrap();
        tokio::time::sleep(ms(1000)).await;
    }
    assert_eq!(slow.asked.load(Ordering::SeqCst), 2);
    // The second ticket is there, long after the first has expired.
    tokio::time::sleep(DAY / 3).await;
    assert_eq!(timed(open_room(&client)).await.1, ms(0));
}

#[derive(Debug)]
struct Stumbling(AtomicUsize);

impl TicketProvider for Stumbling {
    async fn ticket(
        &self,
        _: TicketRequest<'_>,
    ) -> Result<ProvidedTicket, Box<dyn std::error::Error + Send + Sync>> {
        tokio::time::sleep(ms(10)).await;
        assert!(
            self.0.fetch_add(1, Ordering::SeqCst) > 0,
            "the provider fell over"
        );
        Ok(ProvidedTicket::new("ticket", DAY))
    }
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_panicked_is_asked_again() {
    let client = Client::builder_with_provider(SDKAPPID, Stumbling(AtomicUsize::new(0)))
        .fake(success())
        .quota_mode(QuotaMode::Off)
        .build()
        .unwrap();
    let first = tokio::spawn(open_room(&client).send()).await;
    assert!(first.unwrap_err().is_panic());
    open_room(&client).await.unwrap();
}

/// Waiting for the first ticket together must not let calls out together.
#[tokio::test(start_paused = true)]
async fn a_slow_provider_gathers_no_burst() {
    let vault = Arc::new(Vault::default());
    let started = tokio::time::Instant::now();
    let sent = Arc::new(Mutex::new(Vec::new()));
    let times = Arc::clone(&sent);
    let fake = FakeTransport::new(move |request| {
        times.lock().unwrap().push(started.elapsed());
        request.success(serde_json::Value::Null)
    });
    let client = Client::builder_with_provider(SDKAPPID, Asking(vault))
        .fake(fake)
        .build()
        .unwrap();
    let mut tasks = JoinSet::new();
    for number in 0..400 {
        let room = RoomInfo::new(format!("live-{number}"), SeatTemplate::Karaoke);
        tasks.spawn(client.live().create_room(room).send());
    }
    while let Some(result) = tasks.join_next().await {
        result.unwrap().unwrap();
    }
    let sent = sent.lock().unwrap();
    for (first, later) in sent.iter().zip(&sent[200..]) {
        assert!(*later >= *first + ms(999), "{first:?} {later:?}");
    }
}

/// The clock of the runtime, as a clock on the wall.
#[derive(Debug)]
struct Wall(tokio::time::Instant);

impl Clock for Wall {
    fn unix_seconds(&self) -> i64 {
        NOW + i64::try_from(self.0.elapsed().as_secs()).unwrap()
    }
}

#[tokio::test(start_paused = true)]
async fn tickets_are_never_shown_with_less_than_a_quarter_of_their_life() {
    let client = faking(&success())
        .clock(Arc::new(Wall(tokio::time::Instant::now())))
        .build()
        .unwrap();
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_secs(3_600)).await;
        open_room(&client).await.unwrap();
    }
}
