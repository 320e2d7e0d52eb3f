use std::time::Duration;

use trtc_rooms_core::Endpoint;

use crate::Error;

/// Is told of every attempt and every call, to count and to time them.
///
/// Its methods are called in the task of the call, so they should be quick: count,
/// and return. Nothing they are told holds a secret or a part of the request. A
/// client without an observer does nothing instead.
///
/// A call that is dropped before its end is not reported.
///
/// ```
/// use std::sync::Arc;
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use trtc_rooms::{CallReport, Client, Observer};
///
/// #[derive(Default)]
/// struct Failures(AtomicU64);
///
/// impl Observer for Failures {
///     fn call(&self, report: &CallReport<'_>) {
///         if report.error.is_some() {
///             self.0.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
///
/// let failures = Arc::new(Failures::default());
/// let client = Client::builder(1_400_000_000, "key")
///     .base_url("http://127.0.0.1:4321")
///     .observer(Arc::clone(&failures))
///     .build()?;
/// # Ok::<(), trtc_rooms::BuildError>(())
/// ```
pub trait Observer: Send + Sync + 'static {
    /// An attempt has ended.
    fn attempt(&self, report: &AttemptReport<'_>) {
        let _ = report;
    }

    /// A call has ended, with all its attempts.
    fn call(&self, report: &CallReport<'_>) {
        let _ = report;
    }
}

impl<O: Observer> Observer for std::sync::Arc<O> {
    fn attempt(&self, report: &AttemptReport<'_>) {
        (**self).attempt(report);
    }

    fn call(&self, report: &CallReport<'_>) {
        (**self).call(report);
    }
}

/// One attempt of a call.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct AttemptReport<'a> {
    /// What was called.
    pub endpoint: &'static Endpoint,
    /// The call's own [`tag`](crate::Call::tag).
    pub tag: Option<&'a str>,
    /// Which attempt it was, counted from 1.
    pub attempt: u32,
    /// How long it waited for the quota and for a ticket.
    pub waited: Duration,
    /// How long it took from sending on.
    pub elapsed: Duration,
    /// Why it failed, if it did.
    pub error: Option<&'a Error>,
    /// What the service calls the request.
    pub request_id: Option<&'a str>,
}

/// A call, from the first attempt to the last.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CallReport<'a> {
    /// What was called.
    pub endpoint: &'static Endpoint,
    /// The call's own [`tag`](crate::Call::tag).
    pub tag: Option<&'a str>,
    /// How many attempts it took; 0 if nothing was tried.
    pub attempts: u32,
    /// How long it took in all.
    pub elapsed: Duration,
    /// Why it failed, if it did.
    pub error: Option<&'a Error>,
    /// What the service calls the last request.
    pub request_id: Option<&'a str>,
}
