use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until, timeout_at};
use trtc_rooms_core::Rate;

use super::QuotaExceeded;

/// The calls to one endpoint, or to several that share a rate.
///
/// `governor` counts; what it does not have is an order among those that wait and
/// an answer for those that would wait in vain. So only the first in the queue
/// waits for the limiter, and the others for their turn. Nothing is taken from the
/// limiter before the call goes out, so whoever is dropped has used up nothing.
pub(super) struct Gate {
    rate: Rate,
    /// The time from one call to the next.
    interval: Duration,
    limiter: RateLimiter<NotKeyed, InMemoryState, TokioClock, NoOpMiddleware<Duration>>,
    turn: Mutex<()>,
    waiting: AtomicU32,
}

impl Gate {
    /// Lets `share` percent of a rate through.
    ///
    /// A bucket that is full and fills up at the documented rate would let nearly
    /// twice the calls through in the first second. Here one call in twenty may come
    /// early, to make up for timers that are late, and the rate is lower by as much.
    /// Then no period, wherever it begins, sees more calls than documented.
    pub(super) fn new(rate: Rate, share: u32) -> Self {
        let calls = u64::from(rate.calls) * u64::from(share) / 100;
        let calls = u32::try_from(calls).unwrap_or(u32::MAX).max(1);
        let burst = NonZeroU32::new(calls / 20).unwrap_or(NonZeroU32::MIN);
        // A share below one call makes the period longer.
        let period = Duration::from_secs(rate.per_seconds.max(1).into());
        let stretched = u64::from(rate.calls) * u64::from(share) < 100;
        let interval = if stretched {
            period * 100 / (rate.calls * share).max(1)
        } else {
            period / (calls - (burst.get() - 1))
        };
        // Division rounds down, and so many intervals have to fill the period.
        let interval = interval + Duration::from_nanos(1);
        let quota = Quota::with_period(interval).map_or_else(
            || Quota::per_second(NonZeroU32::MIN),
            |quota| quota.allow_burst(burst),
        );
        Self {
            rate,
            interval,
            limiter: RateLimiter::direct_with_clock(quota, TokioClock::default()),
            turn: Mutex::new(()),
            waiting: AtomicU32::new(0),
        }
    }

    /// Returns when a call may go out. Fails at once if that is after `latest`.
    pub(super) async fn pass(&self, latest: Instant) -> Result<(), QuotaExceeded> {
        let mut expected = Duration::ZERO;
        if let Ok(_turn) = self.turn.try_lock() {
            match self.limiter.check() {
                Ok(()) => return Ok(()),
                Err(early) => expected = early.wait_time_from(self.limiter.clock().now()),
            }
        }
        let place = Place::behind(&self.waiting);
        expected = expected.saturating_add(self.interval.saturating_mul(place.ahead));
        if too_late(Instant::now(), expected, latest) {
            return Err(self.exceeded(expected));
        }
        let Ok(_turn) = timeout_at(latest, self.turn.lock()).await else {
            return Err(self.exceeded(self.interval));
        };
        while let Err(early) = self.limiter.check() {
            let wait = early.wait_time_from(self.limiter.clock().now());
            let now = Instant::now();
            if too_late(now, wait, latest) {
                return Err(self.exceeded(wait));
            }
            sleep_until(now + wait).await;
        }
        Ok(())
    }

    fn exceeded(&self, retry_after: Duration) -> QuotaExceeded {
        QuotaExceeded::of(retry_after, self.rate, None)
    }
}

fn too_late(now: Instant, wait: Duration, latest: Instant) -> bool {
    now.checked_add(wait).is_none_or(|at| at > latest)
}

/// A place in a queue, given up when dropped.
pub(super) struct Place<'a> {
    queue: &'a AtomicU32,
    /// How many are ahead.
    pub(super) ahead: u32,
}

impl<'a> Place<'a> {
    pub(super) fn behind(queue: &'a AtomicU32) -> Self {
        let ahead = queue.fetch_add(1, Ordering::Relaxed);
        Self { queue, ahead }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.queue.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The clock of the runtime, which tests can stop and move.
#[derive(Clone, Debug)]
struct TokioClock {
    start: Instant,
}

impl Default for TokioClock {
    fn default() -> Self {
        Self {
            start: Instant::now(),
        }
    }
}

impl Clock for TokioClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.start.elapsed()
    }
}
