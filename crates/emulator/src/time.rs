//! Time: a moment, and the clock of the HTTP front. The core reads no clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// A moment in milliseconds since 1970-01-01 00:00:00 UTC.
///
/// ```
/// use std::time::Duration;
/// use trtc_rooms_emulator::UnixMillis;
///
/// let noon = UnixMillis::from_seconds(1_767_258_000);
/// assert_eq!(noon.plus(Duration::from_millis(999)).seconds(), 1_767_258_000);
/// assert_eq!(UnixMillis::from_millis(-1).seconds(), -1);
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct UnixMillis(i64);

impl UnixMillis {
    /// The moment so many milliseconds after (or, if negative, before) 1970.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// The beginning of a second. One that lies too far away becomes the last
    /// moment there is.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000))
    }

    /// Milliseconds since 1970.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// The moment that comes so much later. It stops at the last one there is.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(millis_of(duration)))
    }

    /// Whether this moment is `earlier` or comes less than `duration` after it.
    /// Not so if it comes before: then somebody has turned back the clock.
    pub(crate) fn is_within(self, duration: Duration, earlier: Self) -> bool {
        let passed = self.0.saturating_sub(earlier.0);
        (0..millis_of(duration)).contains(&passed)
    }
}

fn millis_of(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// The clock that the emulator looks at. Clones are the same clock.
///
/// It is also a [`trtc_usersig::Clock`], so that tickets can be signed on it.
///
/// ```
/// use std::time::Duration;
/// use trtc_rooms_emulator::{EmulatorClock, UnixMillis};
///
/// let clock = EmulatorClock::standing_at(UnixMillis::from_seconds(1_767_258_000));
/// clock.advance(Duration::from_secs(60));
/// assert_eq!(clock.now().seconds(), 1_767_258_060);
/// ```
#[derive(Clone, Debug)]
pub struct EmulatorClock(Arc<Hands>);

#[derive(Debug)]
enum Hands {
    /// The computer's clock, put forward by so many milliseconds.
    Running(AtomicI64),
    /// A clock that shows this until it is moved.
    Standing(AtomicI64),
}

impl EmulatorClock {
    /// The computer's clock. It runs, and can be put forward or back.
    pub fn system() -> Self {
        Self(Arc::new(Hands::Running(AtomicI64::new(0))))
    }

    /// A clock that stands still until it is moved.
    pub fn standing_at(moment: UnixMillis) -> Self {
        Self(Arc::new(Hands::Standing(AtomicI64::new(moment.0))))
    }

    /// What the clock shows.
    pub fn now(&self) -> UnixMillis {
        match &*self.0 {
            Hands::Running(offset) => {
                UnixMillis(system_millis().saturating_add(offset.load(Ordering::SeqCst)))
            }
            Hands::Standing(moment) => UnixMillis(moment.load(Ordering::SeqCst)),
        }
    }

    /// Puts the clock forward.
    pub fn advance(&self, duration: Duration) {
        let (Hands::Running(hands) | Hands::Standing(hands)) = &*self.0;
        let moved = |hands: i64| Some(hands.saturating_add(millis_of(duration)));
        // The closure always gives a value, so the update cannot be turned down.
        let _ = hands.fetch_update(Ordering::SeqCst, Ordering::SeqCst, moved);
    }

    /// Puts the clock to a moment, be it later or earlier.
    pub fn set(&self, moment: UnixMillis) {
        match &*self.0 {
            Hands::Running(offset) => {
                offset.store(moment.0.saturating_sub(system_millis()), Ordering::SeqCst);
            }
            Hands::Standing(hands) => hands.store(moment.0, Ordering::SeqCst),
        }
    }
}

impl Default for EmulatorClock {
    fn default() -> Self {
        Self::system()
    }
}

impl trtc_usersig::Clock for EmulatorClock {
    fn unix_seconds(&self) -> i64 {
        self.now().seconds()
    }
}

fn system_millis() -> i64 {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => millis_of(since),
        Err(before) => -millis_of(before.duration()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_stop_at_the_end_of_time() {
        let end = UnixMillis::from_seconds(i64::MAX);
        assert_eq!(end.plus(Duration::MAX).millis(), i64::MAX);
        assert_eq!(UnixMillis::from_seconds(i64::MIN).millis(), i64::MIN);
    }

    #[test]
    fn within_a_second_ends_before_the_second_does() {
        let second = Duration::from_secs(1);
        let start = UnixMillis::from_millis(5_000);
        let within = |millis| UnixMillis::from_millis(millis).is_within(second, start);
        assert!(within(5_000) && within(5_999));
        assert!(!within(6_000) && !within(4_999));
    }

    #[test]
    fn a_running_clock_can_be_moved_and_keeps_running() {
        let clock = EmulatorClock::system();
        clock.set(UnixMillis::from_seconds(1_000));
        clock.clone().advance(Duration::from_secs(60));
        let now = clock.now();
        assert!((1_060..1_120).contains(&now.seconds()), "{now:?}");
    }
}
