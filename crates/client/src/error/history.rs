use std::fmt;
use std::time::Duration;

/// What became of a call, as far as anybody can tell.
///
/// Of a call with several attempts: if the reply to one of them was lost and no
/// later one succeeded, the outcome is unknown, whatever the last error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Nothing left this machine.
    NotSent,
    /// The service, or a gateway before it, refused the call.
    Refused,
    /// The request was sent, and no answer tells whether it was carried out: the
    /// reply was lost or cannot be read, or the service says that it failed, and not
    /// how far it came.
    Unknown,
    /// The call was carried out. Only the payload of the reply cannot be read.
    CarriedOut,
}

impl Outcome {
    /// A word for logs and metrics: `notSent`, `refused`, `unknown`, `carriedOut`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Outcome::NotSent => "notSent",
            Outcome::Refused => "refused",
            Outcome::Unknown => "unknown",
            Outcome::CarriedOut => "carriedOut",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The attempts that led to an error.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    /// How many requests were made.
    pub(crate) attempts: u32,
    /// What is known from the attempts before the last one.
    pub(crate) earlier: Earlier,
    /// The `random` parameter of the last request.
    pub(crate) random: Option<u32>,
    /// Why a call that could have been repeated was not.
    pub(crate) stopped: Option<Stopped>,
    /// By how many seconds the server's clock is ahead of this machine's.
    pub(crate) clock_offset: Option<i64>,
}

/// What the attempts before the last one leave behind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Earlier {
    #[default]
    NothingSent,
    /// The service has answered, and refused.
    Refused,
    /// Whether one of them was carried out is not known.
    Lost,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stopped {
    /// The retry budget has too few tokens left.
    Budget,
    /// The next attempt would begin after the end of the call's time.
    Deadline,
    /// The quota has no room for the next attempt.
    Quota,
    /// The server asks for a longer pause than the policy allows.
    Patience,
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Stopped::Budget => "not repeated, since the retry budget is used up",
            Stopped::Deadline => "not repeated, since the time of the call would have been over",
            Stopped::Quota => "not repeated, since the quota has no room for it",
            Stopped::Patience => "not repeated, since the pause asked for is too long",
        })
    }
}

/// How far the clocks may be apart before an error mentions it.
pub(crate) const CLOCK_TOLERANCE: Duration = Duration::from_secs(30);
