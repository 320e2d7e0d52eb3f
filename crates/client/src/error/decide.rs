//! What to do about an error.

use std::time::Duration;

use trtc_rooms_core::{ErrorClass, RetryAdvice};

use super::{ApiError, BadStatus, Cause, Error};

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

    /// Whether the request may have reached the service. `false` means certainly
    /// not.
    pub fn was_sent(&self) -> bool {
        !matches!(
            self.cause(),
            Cause::Invalid(_) | Cause::Connect { .. } | Cause::Signing(_) | Cause::Build { .. }
        )
    }

    /// Whether it is unknown if the call was carried out: the request was sent, and
    /// no answer tells. Ask the service (is there a room now?) before repeating
    /// what must not happen twice.
    ///
    /// An error code of the service counts as an answer: the call was refused.
    pub fn is_outcome_unknown(&self) -> bool {
        match self.cause() {
            Cause::Timeout { .. } | Cause::Transport { .. } | Cause::TooLarge { .. } => true,
            Cause::Undecodable(reply) => !reply.succeeded,
            Cause::Status(status) => status.is_outcome_unknown(),
            Cause::Invalid(_)
            | Cause::Api(_)
            | Cause::Connect { .. }
            | Cause::Signing(_)
            | Cause::Build { .. } => false,
        }
    }

    /// Whether the same call may succeed when it is simply made again, and making
    /// it again does no harm.
    ///
    /// That is so if nothing was sent because there was no connection, if the
    /// documents say of the code that a later call may succeed, and if the outcome
    /// is unknown but the endpoint may be called twice
    /// ([`Repeat::safe`](crate::Repeat)). A failed check of the ticket never is:
    /// the service locks out callers that try over and over.
    pub fn is_retryable(&self) -> bool {
        let repeat_is_safe = self.endpoint().repeat.safe;
        match self.cause() {
            Cause::Api(api) => api.is_retryable(),
            Cause::Status(status) => status.is_retryable(repeat_is_safe),
            // A certificate that is not trusted will not be so in a second either.
            Cause::Connect { tls, .. } => !tls,
            Cause::Timeout { .. } | Cause::Transport { .. } => repeat_is_safe,
            Cause::Undecodable(reply) => reply.cut && !reply.succeeded && repeat_is_safe,
            Cause::Invalid(_)
            | Cause::TooLarge { .. }
            | Cause::Signing(_)
            | Cause::Build { .. } => false,
        }
    }

    /// How long to wait at least before the call is made again, if the documents or
    /// the header `Retry-After` (in seconds) say so.
    pub fn retry_after(&self) -> Option<Duration> {
        match self.cause() {
            Cause::Api(api) => api.retry_after(),
            Cause::Status(status) => status
                .retry_after
                .or_else(|| status.api.as_ref()?.retry_after()),
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

    fn is_retryable(&self) -> bool {
        self.class() != ErrorClass::Authentication
            && self.meaning().is_some_and(|meaning| {
                matches!(
                    meaning.retry,
                    RetryAdvice::Backoff | RetryAdvice::AfterSeconds(_)
                )
            })
    }
}

impl BadStatus {
    /// What the body says, if it names a code that a document lists.
    fn answer(&self) -> Option<&ApiError> {
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
    fn is_outcome_unknown(&self) -> bool {
        self.answer().is_none() && !(self.status.is_redirection() || self.status.is_client_error())
    }

    fn is_retryable(&self, repeat_is_safe: bool) -> bool {
        if let Some(answer) = self.answer() {
            return answer.is_retryable();
        }
        self.status.as_u16() == 429 || (self.status.is_server_error() && repeat_is_safe)
    }
}
