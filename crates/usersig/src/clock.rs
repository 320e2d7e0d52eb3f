use std::fmt::Debug;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Where a [`Signer`](crate::Signer) reads the time.
///
/// Tickets are the only part of the protocol that looks at the wall clock, and they look at
/// whole seconds.
pub trait Clock: Send + Sync + Debug {
    /// Seconds since 1970-01-01 00:00:00 UTC; negative before that.
    fn unix_seconds(&self) -> i64;
}

/// The computer's clock.
///
/// A clock that runs behind makes tickets that end early, down to instantly expired (70001) ones
/// when the validity is short; one that runs ahead makes tickets that begin in the future. How
/// much of that the server forgives is not documented.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    /// The current second, or -1 for every time before 1970, which no ticket can be signed at.
    fn unix_seconds(&self) -> i64 {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(-1, |since| {
                i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
            })
    }
}

/// A clock that stands still until it is moved: for tests and simulations.
///
/// ```
/// use trtc_usersig::{Clock, FixedClock};
///
/// let clock = FixedClock::new(1_700_000_000);
/// clock.advance(60);
/// assert_eq!(clock.unix_seconds(), 1_700_000_060);
/// clock.set(-1);
/// assert_eq!(clock.unix_seconds(), -1);
/// ```
#[derive(Debug, Default)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// A clock that shows `seconds` since 1970.
    pub const fn new(seconds: i64) -> Self {
        Self(AtomicI64::new(seconds))
    }

    /// Moves the hands to `seconds` since 1970.
    pub fn set(&self, seconds: i64) {
        self.0.store(seconds, Ordering::SeqCst);
    }

    /// Moves the hands by `seconds`, backwards if negative; stops at either end of `i64`.
    pub fn advance(&self, seconds: i64) {
        let moved = |now: i64| Some(now.saturating_add(seconds));
        // The closure always gives a value, so the update cannot be turned down.
        let _ = self
            .0
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, moved);
    }
}

impl Clock for FixedClock {
    fn unix_seconds(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_clock_is_past_2024() {
        assert!(SystemClock.unix_seconds() > 1_704_067_200);
    }

    #[test]
    fn a_fixed_clock_stops_at_the_ends() {
        let clock = FixedClock::new(i64::MAX - 1);
        clock.advance(5);
        assert_eq!(clock.unix_seconds(), i64::MAX);
        clock.set(i64::MIN);
        clock.advance(-1);
        assert_eq!(clock.unix_seconds(), i64::MIN);
    }
}
