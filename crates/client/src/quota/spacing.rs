use std::collections::HashMap;
use std::future::Future;
use std::sync::atomic::AtomicU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Mutex as Turn;
use tokio::time::{Instant, sleep_until, timeout_at};
use trtc_rooms_core::NarrowRate;

use super::QuotaExceeded;
use super::gate::Place;

/// From this many values on, those that no longer matter are forgotten.
const SWEEP_FROM: usize = 1024;

/// What a rate is counted over: the app, the code that answers a call too many, the
/// member, and a hash of its value.
///
/// The endpoint is no part of it. Rates with the same code and member are taken for
/// one, since the pages of Live and Conference state the same rate of creating rooms
/// and the rooms share their ids.
pub(super) type Key = (u32, i32, &'static str, u64);

/// When calls with a certain value may be made next, for all values.
pub(super) struct Spacings {
    values: Mutex<Values>,
}

struct Values {
    spacings: HashMap<Key, Arc<Spacing>>,
    sweep_at: usize,
}

impl Spacings {
    pub(super) fn new() -> Self {
        Self {
            values: Mutex::new(Values {
                spacings: HashMap::new(),
                sweep_at: SWEEP_FROM,
            }),
        }
    }

    pub(super) fn of(&self, key: Key) -> Arc<Spacing> {
        let mut values = self.values.lock().unwrap_or_else(PoisonError::into_inner);
        if values.spacings.len() >= values.sweep_at && !values.spacings.contains_key(&key) {
            values.sweep();
        }
        Arc::clone(values.spacings.entry(key).or_default())
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.values.lock().unwrap().spacings.len()
    }
}

impl Values {
    /// Forgets values whose time has passed. The next time is when there are twice
    /// as many as are left, so that a call pays a constant price on average.
    fn sweep(&mut self) {
        let now = Instant::now();
        self.spacings.retain(|_, spacing| {
            // Nobody else can take a reference: that needs the lock held here.
            Arc::strong_count(spacing) > 1
                || spacing
                    .turn
                    .try_lock()
                    .map_or(true, |next| next.is_some_and(|next| next > now))
        });
        self.spacings.shrink_to_fit();
        self.sweep_at = (2 * self.spacings.len()).max(SWEEP_FROM);
    }
}

/// The calls with one value.
#[derive(Default)]
pub(super) struct Spacing {
    /// When the next call may be made. Held by the one whose turn it is.
    turn: Turn<Option<Instant>>,
    waiting: AtomicU32,
}

impl Spacing {
    /// Waits for the time of the next call with this value, then for `inner`, and
    /// takes note that the call goes out. Fails at once if the time is after
    /// `latest`.
    ///
    /// The turn is kept while `inner` waits: otherwise two calls that were spaced
    /// here could go out together.
    pub(super) async fn pass<F>(
        &self,
        narrow: &NarrowRate,
        latest: Instant,
        inner: F,
    ) -> Result<(), QuotaExceeded>
    where
        F: Future<Output = Result<(), QuotaExceeded>>,
    {
        let interval =
            Duration::from_secs(narrow.rate.per_seconds.into()) / narrow.rate.calls.max(1);
        let exceeded = |wait| QuotaExceeded::of(wait, narrow.rate, Some(narrow.counted_over));
        let place = Place::behind(&self.waiting);
        // The one ahead may be about to go out, and those behind it wait for it.
        let expected = interval.saturating_mul(place.ahead.saturating_sub(1));
        if Instant::now()
            .checked_add(expected)
            .is_none_or(|at| at > latest)
        {
            return Err(exceeded(expected));
        }
        let Ok(mut next) = timeout_at(latest, self.turn.lock()).await else {
            return Err(exceeded(interval));
        };
        if let Some(at) = *next {
            if at > latest {
                return Err(exceeded(at - Instant::now()));
            }
            sleep_until(at).await;
        }
        inner.await?;
        *next = Instant::now().checked_add(interval);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn values_are_forgotten_when_they_no_longer_matter() {
        let narrow = &trtc_rooms_model::live::create_room::ENDPOINT.other_rates[0];
        let spacings = Spacings::new();
        let mut most = 0;
        for value in 0..100_000 {
            let spacing = spacings.of((1, narrow.code, narrow.counted_over, value));
            let latest = Instant::now() + Duration::from_secs(10);
            let gone_out = spacing.pass(narrow, latest, async { Ok(()) }).await;
            assert_eq!(gone_out, Ok(()));
            most = most.max(spacings.len());
            // The rate of the endpoint.
            if value % 20 == 0 {
                tokio::time::advance(Duration::from_millis(100)).await;
            }
        }
        assert!(most <= SWEEP_FROM, "{most} values");

        // Those that matter are kept.
        let key = (1, narrow.code, narrow.counted_over, u64::MAX);
        let latest = Instant::now();
        let spacing = spacings.of(key);
        assert!(spacing.pass(narrow, latest, async { Ok(()) }).await.is_ok());
        drop(spacing);
        for value in 200_000..210_000 {
            drop(spacings.of((1, narrow.code, narrow.counted_over, value)));
        }
        let again = spacings
            .of(key)
            .pass(narrow, latest, async { Ok(()) })
            .await;
        assert!(again.is_err());
    }
}
