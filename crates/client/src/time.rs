//! Moments of the runtime's clock, which tests can stop and move.

use std::time::Duration;

use tokio::time::Instant;

/// As good as for ever, and within what the clock can count.
const FAR: Duration = Duration::from_secs(10 * 365 * 86_400);

/// The moment after this time, or one that nobody lives to see.
pub(crate) fn after(wait: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(wait).unwrap_or_else(|| now + FAR)
}

/// When a timeout that starts now ends. Nothing if it is zero, or ends later than
/// the clock can count.
pub(crate) fn deadline(timeout: Duration) -> Option<Instant> {
    Instant::now()
        .checked_add(timeout)
        .filter(|_| !timeout.is_zero())
}
