//! One line for each error: where, what, what it means, what to do about it.

use std::fmt::{self, Debug, Display, Formatter};

use super::{ApiError, BadStatus, Cause, Earlier, Error, Inner, Outcome, Undecodable};

const UNKNOWN_OUTCOME: &str = "whether the call was carried out is unknown";
const NOT_SENT: &str = "nothing was sent";

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.endpoint().name)?;
        self.write_cause(f)?;
        self.write_history(f)
    }
}

impl Error {
    fn write_cause(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.cause() {
            Cause::Invalid(violations) => {
                write!(
                    f,
                    "the request breaks documented limits, {NOT_SENT}: {violations}"
                )
            }
            Cause::Api(api) => Display::fmt(api, f),
            Cause::Status(status) => Display::fmt(status, f),
            Cause::Undecodable(reply) => Display::fmt(reply, f),
            Cause::TooLarge { limit } => {
                write!(
                    f,
                    "the reply is longer than {limit} bytes, {UNKNOWN_OUTCOME}; `max_reply_bytes` sets the limit"
                )
            }
            Cause::Connect { detail, tls, .. } => {
                f.write_str(if *tls {
                    "no secure connection (TLS)"
                } else {
                    "no connection"
                })?;
                self.write_not_sent(f)?;
                write!(f, ": {detail}")
            }
            Cause::Timeout { after, .. } => {
                f.write_str("no complete reply ")?;
                match after {
                    Some(after) => write!(f, "within {after:?}")?,
                    None => f.write_str("in time")?,
                }
                write!(f, ", {UNKNOWN_OUTCOME}")
            }
            Cause::Transport { detail, .. } => {
                write!(f, "the connection broke, {UNKNOWN_OUTCOME}: {detail}")
            }
            Cause::Quota(exceeded) => {
                Display::fmt(exceeded, f)?;
                self.write_not_sent(f)
            }
            Cause::Signing(error) => {
                f.write_str("there is no ticket")?;
                self.write_not_sent(f)?;
                write!(f, ": {error}")
            }
            Cause::Build { reason } => write!(f, "the call cannot be made, {NOT_SENT}: {reason}"),
        }
    }

    /// Nothing was sent in the last attempt; perhaps in one before.
    fn write_not_sent(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.history().earlier {
            Earlier::NothingSent => write!(f, ", {NOT_SENT}"),
            Earlier::Refused | Earlier::Lost => Ok(()),
        }
    }

    fn write_history(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let history = self.history();
        if history.earlier == Earlier::Lost && self.last_outcome() != Outcome::Unknown {
            write!(
                f,
                "; the reply to an earlier attempt was lost, {UNKNOWN_OUTCOME}"
            )?;
        }
        if matches!(self.cause(), Cause::Api(_) | Cause::Status(_))
            && self.last_outcome() == Outcome::Unknown
        {
            write!(f, "; {UNKNOWN_OUTCOME}")?;
        }
        if self.outcome() == Outcome::Unknown {
            f.write_str(if self.endpoint().repeat.safe {
                "; repeating it does no harm"
            } else {
                "; do not repeat it before you know"
            })?;
        }
        if let Some(offset) = self.clock_offset() {
            let direction = if offset > 0 { "behind" } else { "ahead of" };
            let seconds = offset.unsigned_abs();
            write!(
                f,
                "; the clock of this machine is {seconds} s {direction} the server's"
            )?;
        }
        if history.attempts > 1 {
            write!(f, "; after {} attempts", history.attempts)?;
        }
        if let Some(stopped) = history.stopped {
            write!(f, "; {stopped}")?;
        }
        match (history.random, self.request_id()) {
            (Some(random), None) if self.was_sent() => write!(f, " (random: {random})"),
            _ => Ok(()),
        }
    }
}

impl Display for ApiError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match (self.code(), self.meaning()) {
            (Some(code), Some(meaning)) => {
                write!(
                    f,
                    "error {code} ({}): {} {}",
                    meaning.name, meaning.meaning, meaning.remedy
                )?;
            }
            (Some(code), None) => {
                write!(f, "error {code}, which no document lists for this endpoint")?;
            }
            (None, _) => {
                f.write_str("the service says that the call failed, and gives no error code")?;
            }
        }
        details(f, self.error_info(), self.request_id())
    }
}

impl std::error::Error for ApiError {}

impl Display for BadStatus {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "HTTP status {} instead of 200", self.status)?;
        if self.status.is_redirection() {
            f.write_str(" (redirects are not followed, since the URL holds the ticket)")?;
        }
        match &self.api {
            Some(api) => write!(f, ": {api}"),
            None if self.excerpt.is_empty() => f.write_str(", with an empty body"),
            None => write!(f, ": {}", self.excerpt),
        }
    }
}

impl Display for Undecodable {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self {
            reason,
            excerpt,
            bytes,
            ..
        } = self;
        if self.succeeded {
            write!(
                f,
                "the call succeeded, but the payload of its reply cannot be read: {reason}"
            )?;
        } else {
            write!(
                f,
                "the reply ({bytes} bytes) cannot be read, {UNKNOWN_OUTCOME}: {reason}"
            )?;
        }
        if !excerpt.is_empty() {
            write!(f, " in {excerpt}")?;
        }
        details(f, None, self.request_id.as_deref())
    }
}

fn details(
    f: &mut Formatter<'_>,
    error_info: Option<&str>,
    request_id: Option<&str>,
) -> fmt::Result {
    match (error_info, request_id) {
        (None, None) => Ok(()),
        (Some(info), None) => write!(f, " (ErrorInfo: {info})"),
        (None, Some(id)) => write!(f, " (RequestId: {id})"),
        (Some(info), Some(id)) => write!(f, " (ErrorInfo: {info}; RequestId: {id})"),
    }
}

impl Debug for Inner {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        // An endpoint holds its whole error table and request shape.
        f.debug_struct("Inner")
            .field("endpoint", &self.endpoint.name)
            .field("cause", &self.cause)
            .field("history", &self.history)
            .finish()
    }
}
