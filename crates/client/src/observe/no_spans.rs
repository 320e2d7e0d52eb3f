//! Without the feature `tracing`: nothing.

use std::fmt::Display;
use std::future::Future;
use std::time::Duration;

use trtc_rooms_core::Endpoint;

use super::{AttemptReport, CallReport};
use crate::Error;

pub(crate) struct CallSpan;

impl CallSpan {
    pub(crate) fn new(_: &'static Endpoint, _: Option<&str>) -> Self {
        Self
    }

    #[expect(clippy::unused_self, reason = "as with the feature")]
    pub(crate) fn run<F: Future>(&self, work: F) -> F {
        work
    }

    #[expect(clippy::unused_self, reason = "as with the feature")]
    pub(crate) fn finish(&self, _: &CallReport<'_>) {}
}

pub(crate) struct AttemptSpan;

impl AttemptSpan {
    pub(crate) fn new(_: u32) -> Self {
        Self
    }

    #[expect(clippy::unused_self, reason = "as with the feature")]
    pub(crate) fn run<F: Future>(&self, work: F) -> F {
        work
    }

    #[expect(clippy::unused_self, reason = "as with the feature")]
    pub(crate) fn finish(&self, _: &AttemptReport<'_>) {}
}

pub(crate) fn repeating(_: &Endpoint, _: u32, _: Duration, _: &Error) {}

pub(crate) fn contradiction(_: &Endpoint, _: Option<i32>, _: Option<&str>) {}

pub(crate) fn hints_wanted() -> bool {
    false
}

pub(crate) fn hint(_: &Endpoint, _: &dyn Display) {}

pub(crate) fn ignored_violation(_: &Endpoint, _: &dyn Display) {}
