use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

macro_rules! count {
    ($(#[$docs:meta])* $name:ident) => {
        $(#[$docs])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(i64);

        impl $name {
            /// Takes the number as it stands on the wire.
            #[must_use]
            pub const fn new(number: i64) -> Self {
                Self(number)
            }

            /// The number as it stands on the wire.
            #[must_use]
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl From<i64> for $name {
            fn from(number: i64) -> Self {
                Self(number)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

count! {
    /// A time in **seconds** since 1970-01-01 00:00:00 UTC.
    ///
    /// The service counts some times in seconds and others in milliseconds, in one
    /// document. They are types of their own, which cannot be compared or subtracted by
    /// mistake.
    ///
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    /// use trtc_rooms_core::{UnixMillis, UnixSeconds};
    ///
    /// let time = UNIX_EPOCH + Duration::from_secs(1_790_000_000);
    /// assert_eq!(UnixSeconds::new(1_790_000_000).to_system_time(), Some(time));
    /// assert_eq!(UnixMillis::new(1_790_000_000_000).to_system_time(), Some(time));
    /// ```
    UnixSeconds
}

count! {
    /// A time in **milliseconds** since 1970-01-01 00:00:00 UTC. See [`UnixSeconds`].
    UnixMillis
}

count! {
    /// A duration in **milliseconds**.
    Millis
}

impl UnixSeconds {
    /// The time, if the clock of this system can show it.
    #[must_use]
    pub fn to_system_time(self) -> Option<SystemTime> {
        shifted(Duration::from_secs(self.0.unsigned_abs()), self.0 < 0)
    }

    /// The time in milliseconds; the ends of the range stay its ends.
    #[must_use]
    pub const fn to_millis(self) -> UnixMillis {
        UnixMillis(self.0.saturating_mul(1000))
    }
}

impl UnixMillis {
    /// The time, if the clock of this system can show it.
    #[must_use]
    pub fn to_system_time(self) -> Option<SystemTime> {
        shifted(Duration::from_millis(self.0.unsigned_abs()), self.0 < 0)
    }

    /// The time in whole seconds, rounded down.
    #[must_use]
    pub const fn to_seconds(self) -> UnixSeconds {
        UnixSeconds(self.0.div_euclid(1000))
    }
}

impl Millis {
    /// The duration, unless it is negative.
    #[must_use]
    pub fn to_duration(self) -> Option<Duration> {
        u64::try_from(self.0).ok().map(Duration::from_millis)
    }
}

impl From<SystemTime> for UnixSeconds {
    /// Whole seconds, rounded down; the ends of the range stay its ends.
    fn from(time: SystemTime) -> Self {
        let seconds = |duration: Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
        Self(match time.duration_since(UNIX_EPOCH) {
            Ok(after) => seconds(after),
            Err(before) => {
                let before = before.duration();
                let whole = -seconds(before);
                whole - i64::from(before.subsec_nanos() > 0)
            }
        })
    }
}

fn shifted(distance: Duration, is_before: bool) -> Option<SystemTime> {
    if is_before {
        UNIX_EPOCH.checked_sub(distance)
    } else {
        UNIX_EPOCH.checked_add(distance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_survive_their_extremes() {
        for number in [i64::MIN, -1, 0, 1, i64::MAX] {
            // Whether a clock can show them depends on the system.
            let _ = UnixSeconds::new(number).to_system_time();
            let _ = UnixMillis::new(number).to_system_time();
            let _ = UnixSeconds::new(number).to_millis();
        }
        assert_eq!(UnixMillis::new(-1).to_seconds(), UnixSeconds::new(-1));
        assert_eq!(UnixMillis::new(1_999).to_seconds(), UnixSeconds::new(1));
        assert_eq!(Millis::new(-1).to_duration(), None);
    }

    #[test]
    fn seconds_are_rounded_down_on_both_sides_of_1970() {
        let half = Duration::from_millis(500);
        assert_eq!(UnixSeconds::from(UNIX_EPOCH + half).get(), 0);
        assert_eq!(UnixSeconds::from(UNIX_EPOCH - half).get(), -1);
        assert_eq!(
            UnixSeconds::from(UNIX_EPOCH - Duration::from_secs(2)).get(),
            -2
        );
    }
}
