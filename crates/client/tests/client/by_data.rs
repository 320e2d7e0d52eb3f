//! What every endpoint does after every failure, derived from nothing but its data.
//!
//! The rules stand here once more, as a table of their own. A new endpoint is proven
//! by being in the catalogue.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;
use trtc_rooms::{
    Client, Endpoint, Error, ErrorClass, ErrorCode, FakeReply, FakeTransport, FixedClock, Outcome,
    QuotaMode, RetryAdvice,
};
use trtc_rooms_model::{COMMON_CODES, ENDPOINTS, explain};

use crate::fakes::{always, code, faking, ms, script, timed};
use crate::operation::{GET_ROOM, KEY, NOW, OPEN_ROOM, SDKAPPID};

/// Every endpoint there is, and two that are made up: one that may be called twice,
/// and one that may not.
fn endpoints() -> impl Iterator<Item = &'static Endpoint> {
    let made_up: [&'static Endpoint; 2] = [&GET_ROOM, &OPEN_ROOM];
    ENDPOINTS
        .iter()
        .map(trtc_rooms_model::json::JsonEndpoint::endpoint)
        .chain(made_up)
}

/// How many endpoints share the work of trying the codes that are common to all.
const TURNS: usize = 16;

/// The codes on an endpoint's own page, and its share of the codes that are common to
/// all endpoints, each with its meaning there.
fn codes(endpoint: &'static Endpoint, turn: usize) -> Vec<&'static ErrorCode> {
    let common = COMMON_CODES
        .iter()
        .flat_map(|table| table.iter())
        .skip(turn % TURNS)
        .step_by(TURNS);
    let mut codes: Vec<i32> = endpoint
        .codes
        .iter()
        .chain(common)
        .map(|entry| entry.code)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
        .into_iter()
        .map(|code| explain(Some(endpoint), code).unwrap())
        .collect()
}

/// What is to happen if every attempt fails in the same way: the number of requests,
/// and the time in all, with pauses half as long as they may get.
struct Expected {
    requests: usize,
    elapsed: Duration,
    outcome: Outcome,
}

const ONCE: (usize, Duration) = (1, Duration::ZERO);
/// Half of 0.1 and of 0.2 seconds.
const FAILING: (usize, Duration) = (3, ms(150));
/// Half of 1 and of 2 seconds.
const THROTTLED: (usize, Duration) = (3, ms(1500));

fn expected(endpoint: &Endpoint, meaning: &ErrorCode) -> Expected {
    let asked = match meaning.retry {
        RetryAdvice::AfterSeconds(seconds) => Duration::from_secs(seconds.into()),
        _ => Duration::ZERO,
    };
    let (requests, pauses) = match (meaning.retry, meaning.class) {
        (RetryAdvice::NewTicket, _) => (2, Duration::ZERO),
        (RetryAdvice::Never, _) | (_, ErrorClass::Authentication) => ONCE,
        (_, ErrorClass::Server) if !endpoint.repeat.safe => ONCE,
        // That is more patience than there is.
        _ if asked > Duration::from_secs(20) => ONCE,
        // Twice 15 seconds do not fit into the 30 of a call.
        _ if asked >= Duration::from_secs(15) => (2, ms(500)),
        (_, ErrorClass::Server) => FAILING,
        // Something has to happen first.
        _ => THROTTLED,
    };
    let repetitions = u32::try_from(requests - 1).unwrap();
    let outcome = match meaning.class {
        ErrorClass::Server => Outcome::Unknown,
        _ => Outcome::Refused,
    };
    Expected {
        requests,
        elapsed: pauses + asked * repetitions,
        outcome,
    }
}

/// A clock that has moved on whenever a request is answered, so that a new ticket is
/// another one.
fn moving(fake: impl Fn(usize) -> FakeReply + Send + Sync + 'static) -> (FakeTransport, Client) {
    let clock = Arc::new(FixedClock::new(NOW));
    let hands = Arc::clone(&clock);
    let fake = FakeTransport::new(move |request| {
        hands.advance(1);
        fake(request.number())
    });
    let client = faking(&fake).clock(clock).build().unwrap();
    (fake, client)
}

#[tokio::test(start_paused = true)]
async fn every_code_of_every_endpoint_is_repeated_as_its_data_say() {
    let mut cases = 0;
    for (turn, endpoint) in endpoints().enumerate() {
        for meaning in codes(endpoint, turn) {
            let what = format!("{} {} ({})", endpoint.name, meaning.code, meaning.name);
            let number = meaning.code;
            let expected = expected(endpoint, meaning);

            let (fake, client) = moving(move |_| code(number));
            let (result, elapsed) = timed(client.call_raw(endpoint, "{}")).await;
            let error = result.unwrap_err();
            assert_eq!(error.code(), Some(number), "{what}");
            assert_eq!(fake.requests(), expected.requests, "{what}");
            assert_eq!(error.attempts() as usize, expected.requests, "{what}");
            assert_eq!(error.outcome(), expected.outcome, "{what}");
            assert_near(elapsed, expected.elapsed, &what);
            assert_eq!(error.request_id(), Some(&*format!("Id-{number}")), "{what}");

            let (_, client) = moving(move |request| match request {
                0 => code(number),
                _ => FakeReply::http(200, r#"{"ErrorCode":0}"#),
            });
            let recovered = client.call_raw(endpoint, "{}").await;
            assert_eq!(recovered.is_ok(), expected.requests > 1, "{what}");
            cases += 1;
        }
    }
    assert!(cases > 300, "{cases} cases");
}

#[tokio::test(start_paused = true)]
async fn an_unknown_code_is_not_repeated() {
    for endpoint in endpoints() {
        for number in [100_999, 60_099, -1] {
            let fake = always(&code(number));
            let client = faking(&fake).build().unwrap();
            assert!(client.call_raw(endpoint, "{}").await.is_err());
            assert_eq!(fake.requests(), 1, "{} {number}", endpoint.name);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn every_fault_is_repeated_where_that_does_no_harm() {
    let attempt = Duration::from_secs(8);
    let faults: [(&str, FakeReply, Fault); 7] = [
        ("refused", FakeReply::refused(), Fault::NEVER_LEFT),
        ("lost", FakeReply::lost(), Fault::UNKNOWN),
        (
            "silence",
            FakeReply::silence(),
            Fault {
                each: attempt,
                ..Fault::UNKNOWN
            },
        ),
        (
            "cut",
            FakeReply::http(200, r#"{"ErrorCode":0,"Ro"#),
            Fault::UNKNOWN,
        ),
        ("502", FakeReply::http(502, "<html>"), Fault::UNKNOWN),
        ("429", FakeReply::http(429, ""), Fault::REFUSED),
        (
            "garbage",
            FakeReply::http(200, "<html>"),
            Fault {
                repeated: Some(false),
                ..Fault::UNKNOWN
            },
        ),
    ];
    for endpoint in endpoints() {
        for (name, reply, fault) in &faults {
            let what = format!("{} {name}", endpoint.name);
            let fake = always(reply);
            let client = faking(&fake).build().unwrap();
            let (result, elapsed) = timed(client.call_raw(endpoint, "{}")).await;
            let error = result.unwrap_err();
            let repeated = fault.repeated.unwrap_or(endpoint.repeat.safe);
            assert_eq!(fake.requests(), if repeated { 3 } else { 1 }, "{what}");
            assert_eq!(error.outcome(), fault.outcome, "{what}");
            assert_eq!(error.is_retryable(), repeated, "{what}");
            let requests = u32::try_from(fake.requests()).unwrap();
            let pauses = if repeated {
                fault.pauses
            } else {
                Duration::ZERO
            };
            assert_near(elapsed, fault.each * requests + pauses, &what);
        }
    }
}

struct Fault {
    outcome: Outcome,
    /// `None`: if the endpoint may be called twice.
    repeated: Option<bool>,
    /// How long one attempt takes.
    each: Duration,
    pauses: Duration,
}

impl Fault {
    const UNKNOWN: Self = Self {
        outcome: Outcome::Unknown,
        repeated: None,
        each: Duration::ZERO,
        pauses: FAILING.1,
    };
    const NEVER_LEFT: Self = Self {
        outcome: Outcome::NotSent,
        repeated: Some(true),
        ..Self::UNKNOWN
    };
    const REFUSED: Self = Self {
        outcome: Outcome::Refused,
        repeated: Some(true),
        pauses: THROTTLED.1,
        ..Self::UNKNOWN
    };
}

#[tokio::test(start_paused = true)]
async fn after_a_lost_reply_the_done_codes_are_success() {
    for endpoint in endpoints() {
        for done in endpoint.repeat.done_codes {
            let what = format!("{} {done}", endpoint.name);
            for lost in [
                FakeReply::lost(),
                FakeReply::silence(),
                FakeReply::http(502, ""),
            ] {
                let fake = script(vec![lost, code(*done)]);
                let client = faking(&fake).build().unwrap();
                let result = client.call_raw(endpoint, "{}").await;
                if endpoint.repeat.safe {
                    let reply = result.unwrap();
                    assert_eq!(reply.confirmed_by(), Some(*done), "{what}");
                    assert_eq!(reply.attempts(), 2, "{what}");
                } else {
                    assert!(result.unwrap_err().is_outcome_unknown(), "{what}");
                }
            }
            // An attempt that did not reach the service is no reason to believe it.
            for not_carried_out in [
                vec![],
                vec![FakeReply::refused()],
                vec![FakeReply::http(429, "")],
            ] {
                let fake = script([not_carried_out, vec![code(*done)]].concat());
                let client = faking(&fake).build().unwrap();
                let error = client.call_raw(endpoint, "{}").await.unwrap_err();
                assert_eq!(error.code(), Some(*done), "{what}");
                assert_eq!(error.outcome(), Outcome::Refused, "{what}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn every_endpoint_keeps_to_its_documented_rates() {
    for endpoint in endpoints() {
        let rate = endpoint.rate;
        let period = Duration::from_secs(rate.per_seconds.into());
        let times = sent_times(endpoint, 2 * rate.calls as usize + 3, |_| "{}".to_owned()).await;
        assert_window(&times, rate.calls as usize, period, endpoint.name);
        // And does not dawdle either.
        let took = *times.last().unwrap() - times[0];
        let allowed = period * u32::try_from(times.len()).unwrap() / rate.calls;
        assert!(
            took < allowed + allowed / 10,
            "{} took {took:?} instead of {allowed:?}",
            endpoint.name
        );

        for narrow in endpoint.other_rates {
            let body = move |value: usize| {
                let members: Vec<&str> = narrow.counted_over.split('/').skip(1).collect();
                members
                    .iter()
                    .rev()
                    .fold(format!("\"{value}\""), |inner, member| {
                        format!("{{\"{member}\":{inner}}}")
                    })
            };
            let calls = narrow.rate.calls as usize;
            let period = Duration::from_secs(narrow.rate.per_seconds.into());
            let same = sent_times(endpoint, 3 * calls, move |_| body(0)).await;
            assert_window(&same, calls, period, endpoint.name);
            // Other values are counted apart.
            let (_, elapsed) = timed(sent_times(endpoint, 3 * calls, body)).await;
            let wide = Duration::from_secs(rate.per_seconds.into()) * 3 / rate.calls;
            assert!(
                elapsed <= wide.max(ms(100)),
                "{} took {elapsed:?}",
                endpoint.name
            );
        }
    }
}

/// When requests arrive that are all made at once.
async fn sent_times(
    endpoint: &'static Endpoint,
    calls: usize,
    body: impl Fn(usize) -> String,
) -> Vec<Instant> {
    let times = Arc::new(std::sync::Mutex::new(Vec::new()));
    let seen = Arc::clone(&times);
    let fake = FakeTransport::new(move |request| {
        seen.lock().unwrap().push(Instant::now());
        request.success(serde_json::Value::Null)
    });
    let client = Client::builder(SDKAPPID, KEY)
        .fake(fake)
        .timeout(Duration::from_secs(86_400))
        .quota_mode(QuotaMode::Wait)
        .build()
        .unwrap();
    let failures = Arc::new(AtomicUsize::new(0));
    let mut tasks = JoinSet::new();
    for number in 0..calls {
        let call = client.call_raw(endpoint, body(number));
        let failures = Arc::clone(&failures);
        tasks.spawn(async move {
            if call.await.is_err() {
                failures.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    while tasks.join_next().await.is_some() {}
    assert_eq!(failures.load(Ordering::Relaxed), 0);
    let times = times.lock().unwrap();
    times.clone()
}

/// Fails if any period, wherever it begins, has more calls than allowed.
fn assert_window(times: &[Instant], calls: usize, period: Duration, what: &str) {
    for window in times.windows(calls + 1) {
        let span = window[calls] - window[0];
        assert!(
            span >= period,
            "{what}: {} calls within {span:?}",
            calls + 1
        );
    }
}

/// Timers have a resolution of a millisecond, and several add up.
fn assert_near(elapsed: Duration, expected: Duration, what: &str) {
    let late = elapsed.checked_sub(expected);
    assert!(
        late.is_some_and(|late| late <= ms(5)),
        "{what}: {elapsed:?} instead of {expected:?}"
    );
}

#[test]
fn errors_are_one_pointer() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}
