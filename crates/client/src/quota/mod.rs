//! Keeping to the documented rates of calls.

mod counted;
mod gate;
mod local;
mod spacing;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use trtc_rooms_core::{Endpoint, Rate};

pub(crate) use counted::counted_values;
pub use local::LocalQuota;

/// What a call does if the documented rate of its endpoint leaves no room for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum QuotaMode {
    /// It waits for its turn, in the order of arrival. If its time would be over
    /// before that, it fails at once.
    #[default]
    Wait,
    /// It fails at once, with [`ErrorKind::Quota`](crate::ErrorKind::Quota) and the
    /// time after which there is room.
    FailFast,
    /// It is sent. The service decides, and the call is not counted.
    Off,
}

/// Decides when a call may be sent. The client has a [`LocalQuota`] unless it is
/// given another one with [`ClientBuilder::quota`](crate::ClientBuilder::quota).
///
/// Implement it to let several processes share the rates of one app, for example
/// with counters in Redis. It is asked before each attempt, repetitions included,
/// and has to be safe to cancel: a call that is dropped while it waits must not use
/// up anything.
///
/// ```
/// use std::sync::atomic::{AtomicU32, Ordering};
/// use trtc_rooms::{Quota, QuotaExceeded, QuotaRequest};
///
/// /// For tests: lets so many calls through.
/// #[derive(Debug)]
/// struct Countdown(AtomicU32);
///
/// impl Quota for Countdown {
///     async fn acquire(&self, _: QuotaRequest<'_>) -> Result<(), QuotaExceeded> {
///         self.0
///             .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
///             .map(|_| ())
///             .map_err(|_| QuotaExceeded::new(None))
///     }
/// }
/// ```
pub trait Quota: Send + Sync + fmt::Debug + 'static {
    /// Returns when the call may be sent.
    ///
    /// # Errors
    ///
    /// [`QuotaExceeded`] if that would take longer than
    /// [`wait_at_most`](QuotaRequest::wait_at_most). Better at once than after it.
    fn acquire(
        &self,
        request: QuotaRequest<'_>,
    ) -> impl Future<Output = Result<(), QuotaExceeded>> + Send;
}

/// A call that wants to be sent.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct QuotaRequest<'a> {
    /// The app. Rates are counted for each one apart.
    pub sdkappid: u32,
    /// The endpoint, with its documented rates: [`Endpoint::rate`], and
    /// [`Endpoint::rate_shared_by`] where endpoints have one together.
    pub endpoint: &'static Endpoint,
    /// The values that [`Endpoint::other_rates`] are counted over, as JSON text and
    /// in the same order; `None` where the request has no such member.
    pub counted: &'a [Option<&'a str>],
    /// How long the call may wait. Zero if it is to fail at once.
    pub wait_at_most: Duration,
}

/// The rate leaves no room for a call in its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotaExceeded {
    retry_after: Option<Duration>,
    rate: Option<Rate>,
    counted_over: Option<&'static str>,
}

impl QuotaExceeded {
    /// There is no room now; after this time there may be.
    pub const fn new(retry_after: Option<Duration>) -> Self {
        Self {
            retry_after,
            rate: None,
            counted_over: None,
        }
    }

    pub(crate) const fn of(
        retry_after: Duration,
        rate: Rate,
        counted_over: Option<&'static str>,
    ) -> Self {
        Self {
            retry_after: Some(retry_after),
            rate: Some(rate),
            counted_over,
        }
    }

    /// When there may be room.
    pub const fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }
}

impl fmt::Display for QuotaExceeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.rate {
            None => f.write_str("the quota has no room for the call in its time")?,
            Some(Rate { calls, per_seconds }) => {
                write!(
                    f,
                    "the documented rate (calls: {calls}, in seconds: {per_seconds}"
                )?;
                if let Some(pointer) = self.counted_over {
                    write!(f, ", for one value of {pointer}")?;
                }
                f.write_str(") has no room for the call in its time")?;
            }
        }
        match self.retry_after {
            Some(after) => write!(f, ", but in {after:?}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for QuotaExceeded {}

/// A quota whose future has a size that is not known here.
pub(crate) trait ErasedQuota: Send + Sync + fmt::Debug {
    fn acquire_boxed<'a>(
        &'a self,
        request: QuotaRequest<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<(), QuotaExceeded>> + Send + 'a>>;
}

impl<Q: Quota> ErasedQuota for Q {
    fn acquire_boxed<'a>(
        &'a self,
        request: QuotaRequest<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<(), QuotaExceeded>> + Send + 'a>> {
        Box::pin(Quota::acquire(self, request))
    }
}

/// The quota of a client. The usual one needs no box.
#[derive(Debug)]
pub(crate) enum ClientQuota {
    Local(LocalQuota),
    Custom(Box<dyn ErasedQuota>),
}

impl ClientQuota {
    pub(crate) async fn acquire(&self, request: QuotaRequest<'_>) -> Result<(), QuotaExceeded> {
        match self {
            ClientQuota::Local(local) => local.acquire(request).await,
            ClientQuota::Custom(custom) => custom.acquire_boxed(request).await,
        }
    }
}
