//! What can be watched: spans and events of `tracing`, and the hook for metrics.

mod report;
#[cfg(feature = "tracing")]
mod spans;
#[cfg(not(feature = "tracing"))]
#[path = "no_spans.rs"]
mod spans;

use std::future::Future;
use std::pin::Pin;

use tokio::time::Instant;
use trtc_rooms_core::Endpoint;

pub use report::{AttemptReport, CallReport, Observer};
pub(crate) use spans::{
    AttemptSpan, contradiction, hint, hints_wanted, ignored_violation, repeating,
};

use crate::Error;
use crate::client::Inner;
use crate::options::Options;
use spans::CallSpan;

/// A reply of a call, as far as observers are concerned.
pub(crate) trait Observed {
    fn request_id(&self) -> Option<&str>;
    fn attempts(&self) -> u32;
}

impl Inner {
    /// Does the work of a call within its span, and reports it. The work stays where it
    /// is: a future that is handed on by value takes its size once more each time.
    pub(crate) async fn observed<T: Observed>(
        &self,
        endpoint: &'static Endpoint,
        options: &Options,
        work: Pin<&mut impl Future<Output = Result<T, Error>>>,
    ) -> Result<T, Error> {
        let started = Instant::now();
        let span = CallSpan::new(endpoint, options.tag.as_deref());
        let result = span.run(work).await;
        let (attempts, request_id, error) = match &result {
            Ok(reply) => (reply.attempts(), reply.request_id(), None),
            Err(error) => (error.attempts(), error.request_id(), Some(error)),
        };
        let report = CallReport {
            endpoint,
            tag: options.tag.as_deref(),
            attempts,
            elapsed: started.elapsed(),
            error,
            request_id,
        };
        span.finish(&report);
        if let Some(observer) = &self.observer {
            observer.call(&report);
        }
        result
    }
}
