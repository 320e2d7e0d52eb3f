use thiserror::Error;

use crate::Reply;

/// Why a request is not taken for a webhook of one's own application.
///
/// [`status`](Self::status) and [`reply`](Self::reply) say what to answer. The service
/// takes any status but 200 for a failure: a gift is not sent then, and an event after
/// the fact is lost, unless repeating was switched on. No variant holds a signature or a
/// token.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DeliveryError {
    /// The query is longer than any of the service.
    #[error("the query is {len} bytes long, at most 8192 are read")]
    LongQuery {
        /// Its length.
        len: usize,
    },
    /// A parameter stands twice in the query, with different values.
    #[error("the parameter {0} stands twice in the query, with different values")]
    RepeatedParameter(&'static str),
    /// The query does not say which application it is for.
    #[error("the parameter SdkAppid is missing")]
    MissingApp,
    /// The parameter `SdkAppid` is no `SDKAppID`.
    #[error("the parameter SdkAppid is no positive number of 32 bits")]
    MalformedApp,
    /// The webhook is one of another application. Check which URL is configured where.
    #[error("the webhook is for the application {found}, and not for {own}")]
    OtherApp {
        /// The application that it is for.
        found: u32,
        /// One's own.
        own: u32,
    },
    /// A token is set, and there is no `Sign` or no `RequestTime`. Set the same token
    /// for the application.
    #[error("the webhook is not signed: Sign or RequestTime is missing")]
    Unsigned,
    /// The signature was not made with the token.
    #[error("the signature of the webhook is wrong: it was made with another token")]
    WrongSignature,
    /// The parameter `RequestTime` is no number of seconds.
    #[error("the parameter RequestTime is no number of seconds")]
    MalformedTime,
    /// The webhook is well signed, and too old or too new: it is sent again by somebody
    /// who saw it, or a clock is wrong.
    #[error(
        "the webhook was signed {} s {} now, at most {window} s are allowed: check the clock",
        .early.unsigned_abs(),
        if *.early > 0 { "after" } else { "before" }
    )]
    OutsideWindow {
        /// How many seconds the signature is ahead of the clock.
        early: i64,
        /// How many are allowed, in either direction.
        window: u64,
    },
    /// The body is no JSON.
    #[error("the body is no JSON: line {line}, column {column}")]
    NoJson {
        /// The line at which reading ended.
        line: usize,
        /// The column at which reading ended.
        column: usize,
    },
    /// The body is JSON, and no object.
    #[error("the body is no JSON object")]
    NoObject,
    /// Neither the body nor the query has a `CallbackCommand`.
    #[error("CallbackCommand is missing in the body and in the query")]
    NoCommand,
    /// The service asks before it acts, and the body is not built as documented. To
    /// answer such a question without having read it would be a guess.
    #[error("the event {command} cannot be read: {reason}")]
    UnreadableQuestion {
        /// The command word.
        command: String,
        /// What is wrong. It may quote the body, and is short.
        reason: String,
    },
}

impl DeliveryError {
    /// The HTTP status to answer with.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            DeliveryError::LongQuery { .. } => 414,
            DeliveryError::OtherApp { .. } => 403,
            DeliveryError::Unsigned
            | DeliveryError::WrongSignature
            | DeliveryError::OutsideWindow { .. } => 401,
            DeliveryError::RepeatedParameter(_)
            | DeliveryError::MissingApp
            | DeliveryError::MalformedApp
            | DeliveryError::MalformedTime
            | DeliveryError::NoJson { .. }
            | DeliveryError::NoObject
            | DeliveryError::NoCommand
            | DeliveryError::UnreadableQuestion { .. } => 400,
        }
    }

    /// The body to answer with. It tells a stranger no more than the status does.
    #[must_use]
    pub fn reply(&self) -> Reply {
        Reply::failed(match self.status() {
            401 => "not signed as expected",
            403 => "another application",
            414 => "the query is too long",
            _ => "not a webhook that can be read",
        })
    }
}
