//! Repeating calls, in stopped time: part L of the catalogue.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::timeout;
use trtc_rooms::live::create_room::{RoomInfo, SeatTemplate};
use trtc_rooms::{
    Client, ErrorKind, FakeReply, FakeTransport, Outcome, Quota, QuotaExceeded, QuotaMode,
    QuotaRequest, RetryBudget, RetryPolicy,
};

use crate::fakes::{always, code, faking, ms, script, timed};
use crate::operation::{GET_ROOM, OPEN_ROOM, get_room, open_room};

fn room() -> RoomInfo {
    RoomInfo::new("live-1", SeatTemplate::Karaoke)
}

#[tokio::test(start_paused = true)]
async fn l1_l2_three_attempts_and_no_more() {
    let fake = script(vec![code(100_001), code(100_001)]);
    let client = faking(&fake).build().unwrap();
    let reply = get_room(&client).await.unwrap();
    assert_eq!((reply.attempts(), fake.requests()), (3, 3));
    assert_eq!(reply.confirmed_by(), None);

    let fake = always(&code(100_001));
    let client = faking(&fake).build().unwrap();
    let error = get_room(&client).await.unwrap_err();
    assert_eq!((error.attempts(), fake.requests()), (3, 3));
    assert!(error.to_string().contains("after 3 attempts"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn l4_a_room_that_was_created_too_soon_waits_a_second() {
    let fake = script(vec![code(100_012)]);
    let client = faking(&fake).build().unwrap();
    let (result, elapsed) = timed(client.live().create_room(room())).await;
    result.unwrap();
    assert!((ms(1000)..ms(1510)).contains(&elapsed), "{elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn a_lost_creation_that_finds_its_room_is_a_success() {
    // Lost; too soon; there it is, and it is ours.
    let fake = script(vec![FakeReply::lost(), code(100_012), code(100_010)]);
    let client = faking(&fake).build().unwrap();
    let reply = client.live().create_room(room()).await.unwrap();
    assert_eq!(reply.confirmed_by(), Some(100_010));
    assert_eq!(reply.attempts(), 3);

    // Taken by somebody else: or is it the room that was just created?
    let fake = script(vec![FakeReply::lost(), code(100_003)]);
    let client = faking(&fake).build().unwrap();
    let error = client.live().create_room(room()).await.unwrap_err();
    assert_eq!(error.code(), Some(100_003));
    assert_eq!(error.outcome(), Outcome::Unknown);
    let text = error.to_string();
    assert!(text.contains("earlier attempt was lost"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_lost_reply_is_not_forgotten_when_the_connection_fails_too() {
    let fake = script(vec![
        FakeReply::lost(),
        FakeReply::refused(),
        FakeReply::refused(),
    ]);
    let client = faking(&fake).random(|| 4711).build().unwrap();
    let error = get_room(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert!(error.was_sent() && error.is_outcome_unknown());
    let text = error.to_string();
    assert!(!text.contains("nothing was sent"), "{text}");
    assert!(text.contains("repeating it does no harm"), "{text}");
    assert!(text.contains("random: 4711"), "{text}");
    assert_eq!(error.random(), Some(4711));
}

#[tokio::test(start_paused = true)]
async fn ensure_room_takes_the_room_that_is_there() {
    let fake = script(vec![code(100_010)]);
    let client = faking(&fake).build().unwrap();
    let reply = client.live().rooms().ensure_room(room()).await.unwrap();
    assert_eq!(reply.confirmed_by(), Some(100_010));
    let reply = client.live().rooms().ensure_room(room()).await.unwrap();
    assert_eq!(reply.confirmed_by(), None);

    let client = faking(&always(&code(100_003))).build().unwrap();
    let error = client.live().rooms().ensure_room(room()).await.unwrap_err();
    assert_eq!(error.code(), Some(100_003), "the room of somebody else");
}

#[tokio::test(start_paused = true)]
async fn i4_retry_after_is_waited_within_bounds() {
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    for (retry_after, least, most, requests) in [
        ("2", ms(2000), ms(3000), 2),
        ("Sun, 06 Nov 1994 08:49:40 GMT", ms(3000), ms(4000), 2),
        ("0", ms(0), ms(1000), 2),
        ("Sun, 06 Nov 1994 08:49:00 GMT", ms(0), ms(1000), 2),
        ("nonsense", ms(0), ms(1000), 2),
        ("-7", ms(0), ms(1000), 2),
        // Longer than anybody waits: the caller is told at once.
        ("21", ms(0), ms(0), 1),
        ("1000000000", ms(0), ms(0), 1),
        ("18446744073709551615", ms(0), ms(0), 1),
    ] {
        let busy = FakeReply::http(429, "")
            .header("retry-after", retry_after)
            .header("date", date);
        let fake = script(vec![busy]);
        let client = faking(&fake).build().unwrap();
        let (result, elapsed) = timed(open_room(&client)).await;
        assert!(
            (least..=most + ms(5)).contains(&elapsed),
            "{retry_after}: {elapsed:?}"
        );
        assert_eq!(fake.requests(), requests, "{retry_after}");
        match result {
            Ok(_) => assert_eq!(requests, 2),
            Err(error) => {
                assert!(error.retry_after().unwrap() > Duration::from_secs(20));
                assert!(error.to_string().contains("too long"), "{error}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn k1_k3_nothing_outlasts_the_time_of_the_call() {
    // One attempt is cut off by the end of the call.
    let fake = always(&FakeReply::silence());
    let client = faking(&fake).build().unwrap();
    let (result, elapsed) = timed(get_room(&client).timeout(ms(500))).await;
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.to_string().contains("500ms"), "{error}");
    assert_eq!((elapsed, fake.requests()), (ms(500), 1));

    // No pause begins that would end after it.
    let fake = always(&code(100_012));
    let client = faking(&fake).build().unwrap();
    let (result, elapsed) = timed(open_room(&client).timeout(ms(900))).await;
    let error = result.unwrap_err();
    assert_eq!(error.code(), Some(100_012));
    assert!(error.to_string().contains("time of the call"), "{error}");
    assert_eq!((elapsed, fake.requests()), (ms(0), 1));

    // With all its attempts silent, a call ends at 30 seconds at the latest.
    let fake = always(&FakeReply::silence());
    let patient = RetryPolicy::standard().max_attempts(50);
    let client = faking(&fake).retry(patient).build().unwrap();
    let (result, elapsed) = timed(get_room(&client)).await;
    assert_eq!(result.unwrap_err().outcome(), Outcome::Unknown);
    assert!(elapsed <= Duration::from_secs(30), "{elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn l7_an_outage_is_not_multiplied() {
    let fake = always(&code(100_001));
    let client = faking(&fake).build().unwrap();
    for _ in 0..1000 {
        assert!(get_room(&client.clone()).await.is_err());
    }
    assert_eq!(
        fake.requests(),
        1000 + 100,
        "500 tokens are 100 repetitions"
    );
    let error = get_room(&client).await.unwrap_err();
    assert!(error.to_string().contains("retry budget"), "{error}");
    assert!(client.retry_budget().tokens() < 5);
}

#[tokio::test(start_paused = true)]
async fn after_an_outage_everything_succeeds_and_the_budget_recovers() {
    let fake = FakeTransport::new(|request| match request.number() {
        0..200 => FakeReply::lost(),
        _ => request.success(serde_json::Value::Null),
    });
    let client = faking(&fake).build().unwrap();
    while fake.requests() < 200 {
        let _ = get_room(&client).await;
    }
    let left = client.retry_budget().tokens();
    for _ in 0..100 {
        get_room(&client).await.unwrap();
    }
    assert_eq!(client.retry_budget().tokens(), left + 100);
}

#[tokio::test(start_paused = true)]
async fn clients_may_share_a_budget_or_have_none() {
    let budget = RetryBudget::new(5);
    let fake = always(&FakeReply::refused());
    let one = faking(&fake).retry_budget(budget.clone()).build().unwrap();
    let other = faking(&fake).retry_budget(budget).build().unwrap();
    assert_eq!(open_room(&one).await.unwrap_err().attempts(), 2);
    assert_eq!(open_room(&other).await.unwrap_err().attempts(), 1);
}

#[tokio::test(start_paused = true)]
async fn l12_policies_differ_by_client_and_by_call() {
    let fake = always(&FakeReply::refused());
    let client = faking(&fake).retry(RetryPolicy::never()).build().unwrap();
    assert_eq!(open_room(&client).await.unwrap_err().attempts(), 1);
    let policy = RetryPolicy::standard().max_attempts(5);
    let error = open_room(&client).retry(policy).await.unwrap_err();
    assert_eq!(error.attempts(), 5);
    let raw = client.call_raw(&OPEN_ROOM, "{}").retry(policy);
    assert_eq!(raw.await.unwrap_err().attempts(), 5);
    let raw = client.call_raw(&GET_ROOM, "{}").timeout(ms(1));
    assert_eq!(raw.await.unwrap_err().attempts(), 1);
}

#[tokio::test(start_paused = true)]
async fn l8_pauses_are_drawn_evenly_from_zero_on() {
    let pauses = Arc::new(Mutex::new(Vec::new()));
    for _ in 0..200 {
        let fake = script(vec![FakeReply::refused()]);
        // The jitter of a client that is told nothing.
        let client = Client::builder(1_400_000_000, "key")
            .fake(fake)
            .build()
            .unwrap();
        let (result, elapsed) = timed(open_room(&client)).await;
        result.unwrap();
        pauses.lock().unwrap().push(elapsed);
    }
    let pauses = pauses.lock().unwrap();
    let below = pauses.iter().filter(|pause| **pause < ms(50)).count();
    assert!(
        (60..140).contains(&below),
        "{below} of 200 in the first half"
    );
    assert!(
        pauses.iter().all(|pause| *pause <= ms(101)),
        "{:?}",
        pauses.iter().max()
    );
}

#[tokio::test(start_paused = true)]
async fn o1_a_call_that_is_dropped_in_its_pause_leaves_the_budget_as_it_was() {
    let fake = always(&code(100_012));
    let client = faking(&fake).build().unwrap();
    let dropped = timeout(ms(500), open_room(&client).send()).await;
    assert!(dropped.is_err());
    assert_eq!(client.retry_budget().tokens(), 500);
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(fake.requests(), 1, "and nothing more is sent");
}

/// A quota with room for one call.
#[derive(Debug, Default)]
struct Once(AtomicBool);

impl Quota for Once {
    async fn acquire(&self, _: QuotaRequest<'_>) -> Result<(), QuotaExceeded> {
        if self.0.swap(true, Ordering::SeqCst) {
            return Err(QuotaExceeded::new(None));
        }
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn a_repetition_that_the_quota_stops_costs_nothing() {
    let fake = always(&code(100_012));
    let client = faking(&fake)
        .quota_mode(QuotaMode::Wait)
        .quota(Once::default())
        .build()
        .unwrap();
    let error = open_room(&client).await.unwrap_err();
    assert_eq!((error.code(), error.attempts()), (Some(100_012), 1));
    assert!(
        error.to_string().contains("the quota has no room"),
        "{error}"
    );
    assert_eq!(client.retry_budget().tokens(), 500);
}

/// A repetition without the time for an answer would turn "refused" into a doubt.
#[tokio::test(start_paused = true)]
async fn no_repetition_begins_that_would_be_cut_off() {
    // The pause is a second and half of another one.
    for (timeout, attempts) in [(ms(1_800), 1), (ms(2_200), 2)] {
        let fake = always(&code(100_012));
        let client = faking(&fake).build().unwrap();
        let error = open_room(&client).timeout(timeout).await.unwrap_err();
        assert_eq!(error.attempts(), attempts, "{error}");
        assert_eq!(error.outcome(), Outcome::Refused);
        assert!(error.to_string().contains("time of the call"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn l11_the_body_stays_and_the_random_number_does_not() {
    let bodies = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&bodies);
    let fake = FakeTransport::new(move |request| {
        seen.lock().unwrap().push(request.body().to_vec());
        FakeReply::refused()
    });
    let randoms = Arc::new(Mutex::new(Vec::new()));
    let drawn = Arc::clone(&randoms);
    let draw = move || {
        let mut drawn = drawn.lock().unwrap();
        let number = u32::try_from(drawn.len()).unwrap();
        drawn.push(number);
        number
    };
    let client = faking(&fake).random(draw).build().unwrap();
    let error = open_room(&client).await.unwrap_err();
    let bodies = bodies.lock().unwrap();
    assert_eq!(bodies.len(), 3);
    assert!(bodies.iter().all(|body| *body == bodies[0]));
    assert_eq!(*randoms.lock().unwrap(), [0, 1, 2]);
    assert_eq!(error.random(), Some(2));
}
