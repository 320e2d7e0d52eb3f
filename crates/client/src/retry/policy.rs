use std::time::Duration;

use super::Pace;

/// How often a call is repeated, and how long is waited in between.
///
/// *Whether* it is repeated is not a matter of policy: that follows from the error
/// and from what the documents say about the endpoint, see
/// [`Error::is_retryable`](crate::Error::is_retryable).
///
/// The pause before repetition `n` is drawn evenly from zero to
/// `base · 2^(n-1)`, and to the longest pause at most ("full jitter"): clients that
/// failed together must not come back together. Where the documents or a
/// `Retry-After` ask for a pause, that is waited first.
///
/// ```
/// use std::time::Duration;
/// use trtc_rooms::{Client, RetryPolicy};
///
/// let patient = RetryPolicy::standard().max_attempts(6).longest_pause(Duration::from_secs(20));
/// let client = Client::builder(1_400_000_000, "key")
///     .base_url("http://127.0.0.1:4321")
///     .retry(patient)
///     .build()?;
/// # Ok::<(), trtc_rooms::BuildError>(())
/// ```
#[must_use = "a policy does nothing until it is given to a client or a call"]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    base: Duration,
    throttled_base: Duration,
    longest_pause: Duration,
    longest_asked_pause: Duration,
}

impl RetryPolicy {
    /// Three attempts, pauses from 0.1 s (1 s after throttling), none over 5 s, and
    /// none over 20 s that the server asks for.
    pub const fn standard() -> Self {
        Self {
            max_attempts: 3,
            base: Duration::from_millis(100),
            throttled_base: Duration::from_secs(1),
            longest_pause: Duration::from_secs(5),
            longest_asked_pause: Duration::from_secs(20),
        }
    }

    /// One attempt, whatever happens. Not even an expired ticket is replaced.
    pub const fn never() -> Self {
        Self::standard().max_attempts(1)
    }

    /// How many attempts a call gets, the first included. 0 counts as 1.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = if attempts == 0 { 1 } else { attempts };
        self
    }

    /// The upper end of the first pause after a failure. Default: 0.1 s.
    pub const fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// The upper end of the first pause after a call too many. Default: 1 s, the
    /// period that the documents count calls over.
    pub const fn throttled_base(mut self, base: Duration) -> Self {
        self.throttled_base = base;
        self
    }

    /// How far pauses grow. Default: 5 s.
    pub const fn longest_pause(mut self, pause: Duration) -> Self {
        self.longest_pause = pause;
        self
    }

    /// The longest pause that is waited because the server or the documents ask for
    /// it. Default: 20 s. Who asks for more is not called again: the call fails, and
    /// [`Error::retry_after`](crate::Error::retry_after) tells when to come back.
    pub const fn longest_asked_pause(mut self, pause: Duration) -> Self {
        self.longest_asked_pause = pause;
        self
    }

    pub(crate) const fn attempts(&self) -> u32 {
        self.max_attempts
    }

    /// The pause before the repetition with this number, counted from 1. Nothing if
    /// the server asks for more patience than there is.
    pub(crate) fn pause(
        &self,
        repetition: u32,
        pace: Pace,
        asked: Option<Duration>,
        jitter: f64,
    ) -> Option<Duration> {
        let base = match pace {
            Pace::Failure => self.base,
            Pace::Throttled => self.throttled_base,
        };
        let ceiling = 2_u32
            .checked_pow(repetition.saturating_sub(1))
            .and_then(|factor| base.checked_mul(factor))
            .map_or(self.longest_pause, |grown| grown.min(self.longest_pause));
        // A source of jitter that leaves its range must not lead to a panic.
        let jitter = if jitter.is_finite() {
            jitter.clamp(0.0, 1.0)
        } else {
            1.0
        };
        // The longest durations do not survive the way through a float.
        let drawn = Duration::try_from_secs_f64(ceiling.as_secs_f64() * jitter)
            .map_or(ceiling, |drawn| drawn.min(ceiling));
        match asked {
            None => Some(drawn),
            Some(asked) if asked > self.longest_asked_pause => None,
            // The longest pauses would overflow, and nobody waits for them.
            Some(asked) => asked.checked_add(drawn),
        }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::standard()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn pauses_double_up_to_the_longest() {
        let policy = RetryPolicy::standard().longest_pause(ms(500));
        let ceilings: Vec<_> = (1..6)
            .map(|n| policy.pause(n, Pace::Failure, None, 1.0).unwrap())
            .collect();
        assert_eq!(ceilings, [ms(100), ms(200), ms(400), ms(500), ms(500)]);
        assert_eq!(
            policy.pause(2, Pace::Failure, None, 0.25),
            Some(ms(50)),
            "full jitter starts at zero"
        );
        assert_eq!(policy.pause(9, Pace::Failure, None, 0.0), Some(ms(0)));
    }

    #[test]
    fn nothing_overflows() {
        for (base, longest) in [
            (Duration::MAX, Duration::MAX),
            (Duration::MAX, ms(7)),
            (Duration::ZERO, Duration::MAX),
        ] {
            let policy = RetryPolicy::standard().base(base).longest_pause(longest);
            for repetition in [0, 1, 2, 31, 32, 33, u32::MAX] {
                for jitter in [0.0, 0.5, 0.999_999, -1.0, 7.0, f64::NAN, f64::INFINITY] {
                    let pause = policy.pause(repetition, Pace::Failure, None, jitter);
                    assert!(pause.is_some_and(|pause| pause <= longest));
                }
            }
        }
    }

    #[test]
    fn what_the_server_asks_for_is_waited_first_or_not_at_all() {
        let policy = RetryPolicy::standard();
        assert_eq!(
            policy.pause(1, Pace::Throttled, Some(ms(1000)), 0.5),
            Some(ms(1500))
        );
        assert_eq!(
            policy.pause(1, Pace::Throttled, Some(Duration::from_secs(21)), 0.5),
            None
        );
        let boundless = policy.longest_asked_pause(Duration::MAX);
        assert_eq!(
            boundless.pause(1, Pace::Throttled, Some(Duration::MAX), 0.5),
            None
        );
    }
}
