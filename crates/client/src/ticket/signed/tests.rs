use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::{panic, thread};

use trtc_usersig::{FixedClock, SecretKey, decode};

use super::*;

const NOW: i64 = 1_700_000_000;
const DAY: i64 = 86_400;

fn tickets(clock: &Arc<FixedClock>) -> Signed {
    let signer = Signer::new(1_400_000_000, SecretKey::new("key").unwrap());
    Signed::new(
        signer,
        "administrator".to_owned(),
        DAY,
        Arc::clone(clock) as Arc<dyn Clock>,
    )
}

#[test]
fn a_ticket_is_for_the_identifier_and_the_lifetime() {
    let clock = Arc::new(FixedClock::new(NOW));
    let claims = decode(tickets(&clock).current().unwrap().as_str()).unwrap();
    assert_eq!(claims.identifier, "administrator");
    assert_eq!(claims.sdkappid, 1_400_000_000);
    assert_eq!((claims.time, claims.expire), (NOW, DAY));
}

#[test]
fn a_ticket_is_kept_until_a_quarter_of_its_life_is_left() {
    let clock = Arc::new(FixedClock::new(NOW));
    let tickets = tickets(&clock);
    let first = tickets.current().unwrap();
    clock.advance(DAY * 3 / 4 - 1);
    assert!(Arc::ptr_eq(&first, &tickets.current().unwrap()));
    clock.advance(1);
    let second = tickets.current().unwrap();
    assert!(!Arc::ptr_eq(&first, &second));
    assert!(Arc::ptr_eq(&second, &tickets.current().unwrap()));
}

#[test]
fn a_clock_that_is_set_back_causes_one_signing() {
    let clock = Arc::new(FixedClock::new(NOW));
    let tickets = tickets(&clock);
    let first = tickets.current().unwrap();
    clock.advance(-SET_BACK_SECONDS);
    assert!(
        Arc::ptr_eq(&first, &tickets.current().unwrap()),
        "jitter is no reason to sign"
    );
    clock.advance(-10 * DAY);
    let second = tickets.current().unwrap();
    assert!(
        !Arc::ptr_eq(&first, &second),
        "a ticket from the future may be refused"
    );
    for _ in 0..100 {
        assert!(Arc::ptr_eq(&second, &tickets.current().unwrap()));
    }
}

#[test]
fn a_clock_at_the_end_of_time_is_an_error_and_not_a_panic() {
    let clock = Arc::new(FixedClock::new(i64::MAX));
    let tickets = tickets(&clock);
    assert!(matches!(
        tickets.current(),
        Err(SignError::EndOutOfRange { .. })
    ));
    clock.set(-1);
    assert!(matches!(
        tickets.current(),
        Err(SignError::BeforeEpoch { .. })
    ));
    clock.set(NOW);
    assert!(tickets.current().is_ok());
}

#[test]
fn o9_a_hundred_threads_share_one_signing() {
    let clock = Arc::new(FixedClock::new(NOW));
    let tickets = tickets(&clock);
    for _ in 0..20 {
        clock.advance(DAY);
        let start = Barrier::new(100);
        let drawn: Vec<_> = thread::scope(|scope| {
            let ask = || {
                start.wait();
                tickets.current().unwrap()
            };
            let threads: Vec<_> = (0..100).map(|_| scope.spawn(ask)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .collect()
        });
        assert!(drawn.iter().all(|ticket| Arc::ptr_eq(ticket, &drawn[0])));
    }
}

#[test]
fn o8_a_panicking_clock_does_no_lasting_harm() {
    #[derive(Debug)]
    struct Faulty(AtomicBool);
    impl Clock for Faulty {
        fn unix_seconds(&self) -> i64 {
            assert!(self.0.load(Ordering::SeqCst), "the clock stopped");
            NOW
        }
    }
    let clock = Arc::new(Faulty(AtomicBool::new(false)));
    let signer = Signer::new(1, SecretKey::new("key").unwrap());
    let tickets = Signed::new(signer, "a".to_owned(), DAY, Arc::clone(&clock) as _);
    assert!(panic::catch_unwind(panic::AssertUnwindSafe(|| tickets.current())).is_err());
    // Poison the lock itself as well.
    let poison = || {
        let _held = tickets.kept.write();
        panic!("while the lock is held");
    };
    assert!(panic::catch_unwind(panic::AssertUnwindSafe(poison)).is_err());
    assert!(tickets.kept.is_poisoned());
    clock.0.store(true, Ordering::SeqCst);
    let ticket = tickets.current().unwrap();
    assert!(Arc::ptr_eq(&ticket, &tickets.current().unwrap()));
}

#[test]
fn a_clock_that_was_set_right_is_gone_by_again() {
    let clock = Arc::new(FixedClock::new(NOW + 2 * DAY));
    let tickets = tickets(&clock);
    tickets.current().unwrap();
    assert!(tickets.replace(Some(-2 * DAY)));
    let signed_at = |tickets: &Signed| decode(tickets.current().unwrap().as_str()).unwrap().time;
    assert_eq!(signed_at(&tickets), NOW);
    clock.set(NOW + 60);
    assert!(tickets.replace(Some(1)));
    assert_eq!(signed_at(&tickets), NOW + 60);
}
