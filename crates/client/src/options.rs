use std::borrow::Cow;
use std::time::Duration;

use crate::quota::QuotaMode;
use crate::{RetryPolicy, Validation};

/// What a call may have otherwise than its client.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) validation: Validation,
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) quota_mode: QuotaMode,
    pub(crate) tag: Option<Cow<'static, str>>,
}

/// The setters of these options, for everything that has a field `options`.
macro_rules! option_setters {
    () => {
        /// How long this call may take in all: waiting for the quota, attempts and
        /// the pauses between them. The default is the client's.
        pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
            self.options.timeout = timeout;
            self
        }

        /// How long one attempt of this call may take, from sending to the end of
        /// the reply. The default is the client's.
        pub fn attempt_timeout(mut self, timeout: std::time::Duration) -> Self {
            self.options.attempt_timeout = timeout;
            self
        }

        /// How often this call is repeated. The default is the client's.
        pub fn retry(mut self, policy: $crate::RetryPolicy) -> Self {
            self.options.retry = policy;
            self
        }

        /// What this call does if the rate of its endpoint leaves no room for it.
        /// The default is the client's.
        pub fn quota_mode(mut self, mode: $crate::QuotaMode) -> Self {
            self.options.quota_mode = mode;
            self
        }

        /// A word of yours that goes with this call into its `tracing` span and to
        /// the [`Observer`](crate::Observer), such as a tenant or a job. It is not
        /// sent.
        pub fn tag(mut self, tag: impl Into<std::borrow::Cow<'static, str>>) -> Self {
            self.options.tag = Some(tag.into());
            self
        }
    };
}
pub(crate) use option_setters;
