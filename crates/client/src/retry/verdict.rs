//! Whether a failed attempt is repeated. Decided by the error and by what the
//! documents say about the endpoint, and by nothing else.

use trtc_rooms_core::{ErrorClass, RetryAdvice};

use super::budget::{AFTER_SILENCE, REPETITION};
use crate::Error;
use crate::error::{ApiError, BadStatus, Cause};

/// What to do after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Stop,
    /// Repeat the call after a pause.
    Repeat {
        pace: Pace,
        /// The tokens that it takes from the budget.
        cost: u32,
    },
    /// Repeat it at once with another ticket, and once only.
    NewTicket,
}

/// What the pause depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    Failure,
    Throttled,
}

const FAILED: Verdict = Verdict::Repeat {
    pace: Pace::Failure,
    cost: REPETITION,
};
const SILENT: Verdict = Verdict::Repeat {
    pace: Pace::Failure,
    cost: AFTER_SILENCE,
};
const THROTTLED: Verdict = Verdict::Repeat {
    pace: Pace::Throttled,
    cost: REPETITION,
};

pub(crate) fn verdict(error: &Error) -> Verdict {
    let safe = error.endpoint().repeat.safe;
    let if_safe = |verdict| if safe { verdict } else { Verdict::Stop };
    match error.cause() {
        // Nothing has left. A certificate that is not trusted will not be so in a
        // second either.
        Cause::Connect { tls, .. } => {
            if *tls {
                Verdict::Stop
            } else {
                FAILED
            }
        }
        Cause::Timeout { .. } => if_safe(SILENT),
        Cause::Transport { .. } => if_safe(FAILED),
        Cause::Undecodable(reply) if reply.cut && !reply.succeeded => if_safe(FAILED),
        Cause::Api(api) => api_verdict(api, safe),
        Cause::Status(status) => status_verdict(status, safe),
        Cause::Undecodable(_)
        | Cause::Invalid(_)
        | Cause::TooLarge { .. }
        | Cause::Quota(_)
        | Cause::Signing(_)
        | Cause::Build { .. } => Verdict::Stop,
    }
}

fn api_verdict(api: &ApiError, safe: bool) -> Verdict {
    let Some(meaning) = api.meaning() else {
        return Verdict::Stop;
    };
    match (meaning.retry, meaning.class) {
        (RetryAdvice::NewTicket, _) => Verdict::NewTicket,
        // The service locks out callers whose tickets fail over and over.
        (_, ErrorClass::Authentication) => Verdict::Stop,
        // How far the service came before it failed, it does not say.
        (RetryAdvice::Backoff | RetryAdvice::AfterSeconds(_), ErrorClass::Server) if !safe => {
            Verdict::Stop
        }
        (RetryAdvice::Backoff | RetryAdvice::AfterSeconds(_), ErrorClass::Server) => FAILED,
        // There were too many calls, or something else has to happen first. Both take longer
        // than a failure.
        (RetryAdvice::Backoff | RetryAdvice::AfterSeconds(_), _) => THROTTLED,
        // `Never`, and what is not known yet.
        _ => Verdict::Stop,
    }
}

fn status_verdict(status: &BadStatus, safe: bool) -> Verdict {
    if let Some(answer) = status.answer() {
        return api_verdict(answer, safe);
    }
    match status.status.as_u16() {
        // A gateway that refuses has passed nothing on.
        429 => THROTTLED,
        503 if safe && status.retry_after.is_some() => THROTTLED,
        500.. if safe => FAILED,
        _ => Verdict::Stop,
    }
}
