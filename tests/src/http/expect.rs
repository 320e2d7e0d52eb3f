//! What a failed call has to tell its caller, in one comparable form.

use std::time::Duration;

use trtc_rooms::{Error, ErrorClass, ErrorKind, Violations};

use super::run::same;
use super::secrets;
use super::target::Target;

/// How long the one line of an error may be. Text from the network is cut, so nothing
/// that a server sends makes it longer.
const LINE: usize = 1_000;

/// What is expected of an error. Everything that a caller decides by is compared, so
/// a new field here is a new check on all tables.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    /// Its kind.
    pub kind: ErrorKind,
    /// Whether the request may have reached the service.
    pub sent: bool,
    /// Whether nobody knows if the call was carried out.
    pub unknown: bool,
    /// Whether the client advises to repeat the call.
    pub retry: Retry,
    /// The class.
    pub class: Option<ErrorClass>,
    /// The HTTP status, if it is not 200.
    pub status: Option<u16>,
    /// The `ErrorCode`.
    pub code: Option<i32>,
    /// How long to wait.
    pub after: Option<Duration>,
}

/// Whether to repeat a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// No.
    No,
    /// Yes, since nothing was done.
    Yes,
    /// If the endpoint may be called twice.
    IfSafe,
}

impl Expected {
    const fn new(kind: ErrorKind, sent: bool, unknown: bool, retry: Retry) -> Self {
        Self {
            kind,
            sent,
            unknown,
            retry,
            class: None,
            status: None,
            code: None,
            after: None,
        }
    }

    /// An answer of the service with a code.
    pub const fn api(code: i32, class: ErrorClass, retry: Retry) -> Self {
        let mut expected = Self::new(ErrorKind::Api, true, false, retry);
        expected.code = Some(code);
        expected.class = Some(class);
        expected
    }

    /// A reply that says nothing.
    pub const fn undecodable() -> Self {
        Self::new(ErrorKind::Undecodable, true, true, Retry::No)
    }

    /// A reply that ends too early.
    pub const fn cut() -> Self {
        Self::new(ErrorKind::Undecodable, true, true, Retry::IfSafe)
    }

    /// A reply that says that the call succeeded, with a payload that nobody can read.
    pub const fn payload_lost() -> Self {
        Self::new(ErrorKind::Undecodable, true, false, Retry::No)
    }

    /// A reply over the limit.
    pub const fn too_large() -> Self {
        Self::new(ErrorKind::TooLarge, true, true, Retry::No)
    }

    /// No connection.
    pub const fn not_sent() -> Self {
        Self::new(ErrorKind::Connect, false, false, Retry::Yes)
    }

    /// No connection, because no trust could be established.
    pub const fn not_trusted() -> Self {
        Self::new(ErrorKind::Connect, false, false, Retry::No)
    }

    /// A connection that broke.
    pub const fn broken() -> Self {
        Self::new(ErrorKind::Transport, true, true, Retry::IfSafe)
    }

    /// No answer in time.
    pub const fn timeout() -> Self {
        Self::new(ErrorKind::Timeout, true, true, Retry::IfSafe)
    }

    /// A gateway that answered instead of the service: what a status says by itself.
    pub const fn status(status: u16) -> Self {
        let (unknown, retry, class) = match status {
            300..400 => (false, Retry::No, None),
            429 => (false, Retry::Yes, Some(ErrorClass::RateLimit)),
            400..500 => (false, Retry::No, Some(ErrorClass::Request)),
            // RFC 9110, 15: a status beyond all classes counts as one of the server.
            500.. => (true, Retry::IfSafe, Some(ErrorClass::Server)),
            _ => (true, Retry::No, None),
        };
        let mut expected = Self::new(ErrorKind::HttpStatus, true, unknown, retry);
        expected.status = Some(status);
        expected.class = class;
        expected
    }

    /// The same with a time to wait.
    #[must_use]
    pub const fn after(mut self, seconds: u64) -> Self {
        self.after = Some(Duration::from_secs(seconds));
        self
    }

    /// The same, but the gateway passed on an answer of the service.
    #[must_use]
    pub const fn answered(mut self, code: i32, class: ErrorClass, retry: Retry) -> Self {
        self.code = Some(code);
        self.class = Some(class);
        self.retry = retry;
        self.unknown = matches!(class, ErrorClass::Server);
        self
    }

    /// Compares an error with this, and looks for secrets in it.
    ///
    /// # Errors
    ///
    /// Says what differs.
    pub fn compare(&self, target: &Target, error: &Error) -> Result<(), String> {
        let shown = |problem: String| format!("{problem} [{error}]");
        self.compare_parts(target, error).map_err(shown)?;
        // The line is not repeated if it is the line that leaks.
        secrets::scan(error)
    }

    fn compare_parts(&self, target: &Target, error: &Error) -> Result<(), String> {
        same("the kind", error.kind(), self.kind)?;
        same("was_sent", error.was_sent(), self.sent)?;
        same(
            "is_outcome_unknown",
            error.is_outcome_unknown(),
            self.unknown,
        )?;
        let retry = match self.retry {
            Retry::No => false,
            Retry::Yes => true,
            Retry::IfSafe => target.repeat_is_safe(),
        };
        same("is_retryable", error.is_retryable(), retry)?;
        same("the class", error.class(), self.class)?;
        same("http_status", error.http_status(), self.status)?;
        same("the code", error.code(), self.code)?;
        same("retry_after", error.retry_after(), self.after)?;
        same("the endpoint", error.endpoint().name, target.name)?;
        fits_a_log_line(target, error)
    }
}

/// An error is one line of bounded length that starts with the endpoint and says
/// whether anything was sent, if nobody answered.
fn fits_a_log_line(target: &Target, error: &Error) -> Result<(), String> {
    let line = error.to_string();
    if !line.starts_with(&format!("{}: ", target.name)) {
        return Err("the line does not begin with the endpoint".to_owned());
    }
    // Our own words about a request grow with what is wrong with it.
    let rules = error.violations().map_or(1, Violations::len);
    if line.len() > LINE * rules || format!("{error:?}").len() > 4 * LINE * rules {
        return Err(format!("the line has {} bytes", line.len()));
    }
    let steers = |character: char| character.is_control() || character == '\u{202e}';
    if format!("{line}{error:?}").contains(steers) {
        return Err("the line holds control characters".to_owned());
    }
    if error.is_outcome_unknown() && error.kind() != ErrorKind::HttpStatus {
        if !line.contains("unknown") {
            return Err("the line does not say that the outcome is unknown".to_owned());
        }
    } else if !error.was_sent() && !line.contains("nothing was sent") {
        return Err("the line does not say that nothing was sent".to_owned());
    }
    Ok(())
}
