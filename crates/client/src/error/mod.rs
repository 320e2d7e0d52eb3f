//! What can go wrong with a call, in a form to decide by.

mod api;
mod decide;
mod display;
mod history;
mod kind;

use std::error::Error as StdError;
use std::time::Duration;

use reqwest::StatusCode;
use trtc_rooms_core::{Endpoint, ErrorCode, Violations};

pub use api::ApiError;
pub(crate) use api::request_id;
pub use history::Outcome;
pub(crate) use history::{CLOCK_TOLERANCE, Earlier, History, Stopped};
pub use kind::ErrorKind;

use crate::quota::QuotaExceeded;
use crate::text::clean;
use crate::ticket::TicketError;

/// How many bytes of a reply that could not be read are shown.
pub(crate) const EXCERPT_BYTES: usize = 256;

/// Why a call failed.
///
/// To decide what to do, ask [`code`](Self::code) for the service's own codes,
/// [`kind`](Self::kind) for everything, and
/// [`is_outcome_unknown`](Self::is_outcome_unknown) before repeating by hand what
/// must not happen twice. `Display` is one line: where, what, what it means on that
/// endpoint, what can be done about it, and the `RequestId`.
///
/// Neither this nor its sources hold the key, a ticket or a URL. Text from the
/// network is escaped and cut, and the ticket masked where a server echoes it.
///
/// ```
/// use trtc_rooms::Error;
/// use trtc_rooms::common::room_codes::{ROOM_ALREADY_YOURS, ROOM_ID_TAKEN};
///
/// fn room_exists(result: Result<(), Error>) -> Result<bool, Error> {
///     match result {
///         Ok(()) => Ok(false),
///         Err(error) => match error.code() {
///             Some(ROOM_ALREADY_YOURS | ROOM_ID_TAKEN) => Ok(true),
///             _ => Err(error),
///         },
///     }
/// }
/// ```
#[derive(Debug)]
pub struct Error(Box<Inner>);

struct Inner {
    endpoint: &'static Endpoint,
    cause: Cause,
    history: History,
}

#[derive(Debug)]
pub(crate) enum Cause {
    Invalid(Violations),
    Api(ApiError),
    Status(BadStatus),
    Undecodable(Undecodable),
    TooLarge {
        limit: usize,
    },
    Connect {
        detail: String,
        tls: bool,
        source: Option<reqwest::Error>,
    },
    Timeout {
        after: Option<Duration>,
        source: Option<reqwest::Error>,
    },
    Transport {
        detail: String,
        source: Option<reqwest::Error>,
    },
    Quota(QuotaExceeded),
    Signing(TicketError),
    Build {
        reason: String,
    },
}

/// A reply with another HTTP status than 200.
#[derive(Debug)]
pub(crate) struct BadStatus {
    pub(crate) status: StatusCode,
    /// From the header `Retry-After`.
    pub(crate) retry_after: Option<Duration>,
    /// What the body says, if it is an envelope all the same.
    pub(crate) api: Option<ApiError>,
    pub(crate) excerpt: String,
}

/// A reply with status 200 that could not be read.
#[derive(Debug)]
pub(crate) struct Undecodable {
    pub(crate) reason: String,
    pub(crate) excerpt: String,
    pub(crate) bytes: usize,
    /// Whether the text ends too early.
    pub(crate) cut: bool,
    /// Whether the envelope says that the call succeeded, so that only the payload
    /// is lost.
    pub(crate) succeeded: bool,
    pub(crate) request_id: Option<String>,
}

impl Error {
    pub(crate) fn new(endpoint: &'static Endpoint, cause: Cause) -> Self {
        Self(Box::new(Inner {
            endpoint,
            cause,
            history: History::default(),
        }))
    }

    pub(crate) fn invalid(endpoint: &'static Endpoint, violations: Violations) -> Self {
        Self::new(endpoint, Cause::Invalid(violations))
    }

    pub(crate) fn build(endpoint: &'static Endpoint, reason: impl Into<String>) -> Self {
        Self::new(
            endpoint,
            Cause::Build {
                reason: reason.into(),
            },
        )
    }

    /// An error of the HTTP client.
    pub(crate) fn http(endpoint: &'static Endpoint, error: reqwest::Error, ticket: &str) -> Self {
        let source = error.without_url();
        let detail = clean(&innermost(&source).to_string(), EXCERPT_BYTES, ticket);
        let cause = if source.is_builder() {
            Cause::Build { reason: detail }
        } else if source.is_connect() {
            Cause::Connect {
                detail,
                tls: is_tls(&source),
                source: Some(source),
            }
        } else if source.is_timeout() {
            Cause::Timeout {
                after: None,
                source: Some(source),
            }
        } else {
            Cause::Transport {
                detail,
                source: Some(source),
            }
        };
        Self::new(endpoint, cause)
    }

    /// Which kind of failure this is.
    pub fn kind(&self) -> ErrorKind {
        match self.cause() {
            Cause::Invalid(_) => ErrorKind::Invalid,
            Cause::Api(_) => ErrorKind::Api,
            Cause::Status(_) => ErrorKind::HttpStatus,
            Cause::Undecodable(_) => ErrorKind::Undecodable,
            Cause::TooLarge { .. } => ErrorKind::TooLarge,
            Cause::Connect { .. } => ErrorKind::Connect,
            Cause::Timeout { .. } => ErrorKind::Timeout,
            Cause::Transport { .. } => ErrorKind::Transport,
            Cause::Quota(_) => ErrorKind::Quota,
            Cause::Signing(_) => ErrorKind::Signing,
            Cause::Build { .. } => ErrorKind::Build,
        }
    }

    /// What the documents say about the endpoint that was called.
    pub fn endpoint(&self) -> &'static Endpoint {
        self.0.endpoint
    }

    /// The documented limits that the request breaks, for [`ErrorKind::Invalid`].
    pub fn violations(&self) -> Option<&Violations> {
        match self.cause() {
            Cause::Invalid(violations) => Some(violations),
            _ => None,
        }
    }

    /// What the service answered, for [`ErrorKind::Api`], and for
    /// [`ErrorKind::HttpStatus`] if the body is an answer of the service.
    pub fn api(&self) -> Option<&ApiError> {
        match self.cause() {
            Cause::Api(api) => Some(api),
            Cause::Status(status) => status.api.as_ref(),
            _ => None,
        }
    }

    /// The `ErrorCode` of the reply. See [`ApiError::code`].
    pub fn code(&self) -> Option<i32> {
        self.api()?.code()
    }

    /// What the code means on this endpoint, if a document lists it.
    pub fn meaning(&self) -> Option<&'static ErrorCode> {
        self.api()?.meaning()
    }

    /// What the service calls this request. Quote it to the vendor's support.
    pub fn request_id(&self) -> Option<&str> {
        match self.cause() {
            Cause::Undecodable(reply) => reply.request_id.as_deref(),
            _ => self.api()?.request_id(),
        }
    }

    /// The HTTP status, for [`ErrorKind::HttpStatus`]. All others have 200 or none.
    pub fn http_status(&self) -> Option<u16> {
        match self.cause() {
            Cause::Status(status) => Some(status.status.as_u16()),
            _ => None,
        }
    }

    /// The start of a reply that could not be read, for [`ErrorKind::HttpStatus`]
    /// and [`ErrorKind::Undecodable`]: at most 256 bytes, escaped.
    pub fn excerpt(&self) -> Option<&str> {
        match self.cause() {
            Cause::Status(status) => Some(&status.excerpt),
            Cause::Undecodable(reply) => Some(&reply.excerpt),
            _ => None,
        }
    }

    /// How many requests were made for the call, 0 if none was.
    pub fn attempts(&self) -> u32 {
        self.0.history.attempts
    }

    /// The `random` parameter of the last request that was made. Together with the
    /// time it tells the vendor's support which request it was if no `RequestId`
    /// came back.
    pub fn random(&self) -> Option<u32> {
        self.0.history.random
    }

    /// By how many seconds the server's clock is ahead of this machine's (behind it,
    /// if negative), where a ticket was refused and the clocks are more than 30
    /// seconds apart. Then set this machine's clock.
    pub fn clock_offset(&self) -> Option<i64> {
        let offset = self.0.history.clock_offset?;
        (offset.unsigned_abs() > CLOCK_TOLERANCE.as_secs()).then_some(offset)
    }

    pub(crate) fn cause(&self) -> &Cause {
        &self.0.cause
    }

    pub(crate) fn history(&self) -> &History {
        &self.0.history
    }

    pub(crate) fn history_mut(&mut self) -> &mut History {
        &mut self.0.history
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self.cause() {
            Cause::Invalid(violations) => Some(violations),
            Cause::Connect { source, .. }
            | Cause::Transport { source, .. }
            | Cause::Timeout { source, .. } => source.as_ref().map(|source| source as _),
            Cause::Signing(source) => Some(source),
            Cause::Quota(source) => Some(source),
            Cause::Api(_)
            | Cause::Status(_)
            | Cause::Undecodable(_)
            | Cause::TooLarge { .. }
            | Cause::Build { .. } => None,
        }
    }
}

fn innermost(error: &dyn StdError) -> &dyn StdError {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost
}

/// Whether the TLS handshake failed, as opposed to the connection below it.
fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    // An I/O error does not name what it wraps as its source, but the source of
    // that; and one may wrap another.
    let wrapped = error
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref)
        .map(|wrapped| wrapped as &(dyn StdError + 'static));
    is_tls_itself(error) || wrapped.or_else(|| error.source()).is_some_and(is_tls)
}

fn is_tls_itself(error: &(dyn StdError + 'static)) -> bool {
    #[cfg(feature = "rustls")]
    if error.is::<rustls::Error>() {
        return true;
    }
    #[cfg(feature = "native-tls")]
    if error.is::<native_tls::Error>() {
        return true;
    }
    let _ = error;
    false
}
