//! What to do about an error.

use std::time::Duration;

use trtc_rooms_core::{ErrorClass, RetryAdvice};

use super::{ApiError, BadStatus, Cause, Earlier, Error, Outcome};
use crate::retry::{Verdict, verdict};

impl Error {
    /// Which class of failure the service (or a gateway before it) reported. `None`
    /// if no answer came, or none that could be read.
    pub fn class(&self) -> Option<ErrorClass> {
        match self.cause() {
            Cause::Invalid(_) => Some(ErrorClass::Request),
            Cause::Api(api) => Some(api.class()),
            Cause::Status(status) => status.class(),
            _ => None,
        }
    }

    /// What became of the call: the question to ask before repeating by hand what
    /// must not happen twice.
    ///
    /// ```
    /// use trtc_rooms::{Error, Outcome};
    ///
    /// fn next_step(error: &Error) -> &'static str {
    ///     match error.outcome() {
    ///         Outcome::NotSent | Outcome::Refused => "nothing has happened: safe to give up",
    ///         Outcome::Unknown if error.endpoint().repeat.safe => "repeat it: that does no harm",
    ///         Outcome::Unknown => "look at the room before doing it again",
    ///         Outcome::CarriedOut => "it is done",
    ///     }
    /// }
    /// ```
    pub fn outcome(&self) -> Outcome {
        let last = self.last_outcome();
        match (self.history().earlier, last) {
            (_, Outcome::CarriedOut) => Outcome::CarriedOut,
            (Earlier::Lost, _) => Outcome::Unknown,
            (Earlier::Refused, Outcome::NotSent) => Outcome::Refused,
            _ => last,
        }
    }

    /// What became of the last attempt.
    pub(crate) fn last_outcome(&self) -> Outcome {
        match self.cause() {
            Cause::Invalid(_)
            | Cause::Connect { .. }
            | Cause::Quota(_)
            | Cause::Signing(_)
            | Cause::Build { .. } => Outcome::NotSent,
            Cause::Api(api) => api.outcome(),
            Cause::Status(status) => status.outcome(),
            Cause::Undecodable(reply) if reply.succeeded => Outcome::CarriedOut,
            Cause::Undecodable(_)
            | Cause::Timeout { .. }
            | Cause::Transport { .. }
            | Cause::TooLarge { .. } => Outcome::Unknown,
        }
    }

    /// Whether a request may have reached the service. `false` means certainly not.
    pub fn was_sent(&self) -> bool {
        self.outcome() != Outcome::NotSent
    }

    /// Whether it is unknown if the call was carried out. The same as
    /// [`outcome()`](Self::outcome) being [`Outcome::Unknown`].
    pub fn is_outcome_unknown(&self) -> bool {
        self.outcome() == Outcome::Unknown
    }

    /// Whether the same call may succeed when it is simply made again, and making
    /// it again does no harm. The client has done so already, as often as its
    /// [`RetryPolicy`](crate::RetryPolicy) allows.
    ///
    /// That is so
    /// - if nothing was sent because there was no connection or no room in the
    ///   quota,
    /// - if the service refused the call, and the documents say of the code that a
    ///   later call may succeed,
    /// - if the outcome is unknown, and the documents say of the endpoint that it
    ///   may be called twice ([`Repeat::safe`](crate::Repeat)).
    ///
    /// A failed check of the ticket never is: the service locks out callers that try
    /// over and over.
    pub fn is_retryable(&self) -> bool {
        let last = match self.cause() {
            Cause::Quota(_) => true,
            _ => matches!(verdict(self), Verdict::Repeat { .. }),
        };
        // The last attempt may be harmless, and an earlier one not.
        last && (self.endpoint().repeat.safe || self.outcome() != Outcome::Unknown)
    }

    /// How long to wait at least before the call is made again, if the documents or
    /// the header `Retry-After` say so, or until the quota
    /// has room.
    pub fn retry_after(&self) -> Option<Duration> {
        match self.cause() {
            Cause::Api(api) => api.retry_after(),
            Cause::Status(status) => status
                .retry_after
                .or_else(|| status.api.as_ref()?.retry_after()),
            Cause::Quota(exceeded) => exceeded.retry_after(),
            _ => None,
        }
    }
}

impl ApiError {
    fn retry_after(&self) -> Option<Duration> {
        match self.meaning()?.retry {
            RetryAdvice::AfterSeconds(seconds) => Some(Duration::from_secs(seconds.into())),
            _ => None,
        }
    }

    /// An error code is an answer: the call was refused. Unless the service says that
    /// it failed, since it does not say how far it came.
    fn outcome(&self) -> Outcome {
        match self.class() {
            ErrorClass::Server => Outcome::Unknown,
            _ => Outcome::Refused,
        }
    }
}

impl BadStatus {
    /// What the body says, if it names a code that a document lists.
    pub(crate) fn answer(&self) -> Option<&ApiError> {
        self.api.as_ref().filter(|api| api.meaning().is_some())
    }

    fn class(&self) -> Option<ErrorClass> {
        if let Some(answer) = self.answer() {
            return Some(answer.class());
        }
        match self.status.as_u16() {
            429 => Some(ErrorClass::RateLimit),
            400..500 => Some(ErrorClass::Request),
            500.. => Some(ErrorClass::Server),
            _ => None,
        }
    }

    /// A gateway that fails may have passed the call on; one that redirects or
    /// refuses has not.
    fn outcome(&self) -> Outcome {
        match self.answer() {
            Some(answer) => answer.outcome(),
            None if self.status.is_redirection() || self.status.is_client_error() => {
                Outcome::Refused
            }
            None => Outcome::Unknown,
        }
    }
}
