//! With the feature `tracing`: a span for each call at level INFO, one for each of
//! its attempts at level DEBUG, and events. None holds a part of the request, of the
//! payload, or a secret.

use std::fmt::Display;
use std::future::Future;
use std::time::Duration;

use tracing::field::Empty;
use tracing::{Instrument, Level, Span, debug, enabled, warn};
use trtc_rooms_core::Endpoint;

use super::{AttemptReport, CallReport};
use crate::{Error, Outcome};

pub(crate) struct CallSpan(Span);

impl CallSpan {
    pub(crate) fn new(endpoint: &'static Endpoint, tag: Option<&str>) -> Self {
        Self(tracing::info_span!(
            "trtc_rooms.call",
            endpoint = endpoint.name,
            tag,
            attempts = Empty,
            code = Empty,
            class = Empty,
            outcome = Empty,
            request_id = Empty,
            elapsed_ms = Empty,
        ))
    }

    pub(crate) fn run<F: Future>(&self, work: F) -> impl Future<Output = F::Output> {
        work.instrument(self.0.clone())
    }

    pub(crate) fn finish(&self, report: &CallReport<'_>) {
        if !self.0.is_disabled() {
            self.0.record("attempts", report.attempts);
            let outcome = report.error.map(Error::outcome);
            record(
                &self.0,
                report.error,
                outcome,
                report.request_id,
                report.elapsed,
            );
        }
        let endpoint = report.endpoint.name;
        let _entered = self.0.enter();
        match report.error {
            None => debug!(endpoint, attempts = report.attempts, "a call succeeded"),
            Some(error) => debug!(
                endpoint,
                attempts = report.attempts,
                code = error.code(),
                %error,
                "a call failed"
            ),
        }
    }
}

pub(crate) struct AttemptSpan(Span);

impl AttemptSpan {
    pub(crate) fn new(attempt: u32) -> Self {
        Self(tracing::debug_span!(
            "trtc_rooms.attempt",
            attempt,
            code = Empty,
            class = Empty,
            outcome = Empty,
            request_id = Empty,
            elapsed_ms = Empty,
        ))
    }

    pub(crate) fn run<F: Future>(&self, work: F) -> impl Future<Output = F::Output> {
        work.instrument(self.0.clone())
    }

    pub(crate) fn finish(&self, report: &AttemptReport<'_>) {
        if !self.0.is_disabled() {
            let outcome = report.error.map(Error::last_outcome);
            record(
                &self.0,
                report.error,
                outcome,
                report.request_id,
                report.elapsed,
            );
        }
    }
}

fn record(
    span: &Span,
    error: Option<&Error>,
    outcome: Option<Outcome>,
    request_id: Option<&str>,
    elapsed: Duration,
) {
    if let Some(error) = error {
        if let Some(code) = error.code() {
            span.record("code", code);
        }
        if let Some(class) = error.class() {
            span.record("class", class.as_str());
        }
    }
    span.record("outcome", outcome.unwrap_or(Outcome::CarriedOut).as_str());
    if let Some(request_id) = request_id {
        span.record("request_id", request_id);
    }
    let elapsed = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
    span.record("elapsed_ms", elapsed);
}

pub(crate) fn repeating(endpoint: &Endpoint, attempt: u32, pause: Duration, error: &Error) {
    debug!(
        endpoint = endpoint.name,
        attempt,
        ?pause,
        %error,
        "an attempt failed and is repeated after a pause"
    );
}

pub(crate) fn contradiction(endpoint: &Endpoint, code: Option<i32>, request_id: Option<&str>) {
    warn!(
        endpoint = endpoint.name,
        code,
        request_id,
        "ActionStatus and ErrorCode of a reply contradict each other; ErrorCode decides"
    );
}

/// Whether it is worth while to look for hints.
pub(crate) fn hints_wanted() -> bool {
    enabled!(Level::DEBUG)
}

pub(crate) fn hint(endpoint: &Endpoint, hint: &dyn Display) {
    debug!(endpoint = endpoint.name, %hint, "hint about a request");
}

pub(crate) fn ignored_violation(endpoint: &Endpoint, violation: &dyn Display) {
    warn!(
        endpoint = endpoint.name,
        %violation,
        "a request breaks a documented limit and is sent anyway"
    );
}
