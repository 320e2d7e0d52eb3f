//! How a run ends: the exit codes, and what is said on standard error.

use std::io;
use std::process::ExitCode;

use crate::output;

/// The exit codes. Every command's help says what they mean there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// It was done, and the answer is yes.
    Success = 0,
    /// It was done, and the answer is no.
    Negative = 1,
    /// It was not done: usage, unreadable input, refused before anything was sent.
    Refused = 2,
    /// Network, timeout, or a reply that cannot be read.
    Network = 3,
    /// Whoever read standard output has gone. This is what a shell reports for a
    /// program that the closed pipe ends (128 plus SIGPIPE), so that a run that was
    /// cut short is never taken for a good one.
    ClosedPipe = 141,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// Why a run ends early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The reason is said on standard error.
    Said { exit: Exit, message: String },
    /// Nobody reads on, so there is nobody to say it to.
    ClosedPipe,
}

impl Failure {
    /// Usage, unreadable input, or refused before anything was sent.
    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self::Said {
            exit: Exit::Refused,
            message: message.into(),
        }
    }

    /// Network, timeout, or an unreadable reply.
    pub(crate) fn network(message: impl Into<String>) -> Self {
        Self::Said {
            exit: Exit::Network,
            message: message.into(),
        }
    }

    /// Standard output could not be written to.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "this is for `map_err`, which gives the error away"
    )]
    pub(crate) fn stdout(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::ClosedPipe;
        }
        Self::refused(format!(
            "cannot write to standard output: {}",
            output::reason(&error)
        ))
    }

    /// Says it, and gives the exit code.
    pub(crate) fn report(self) -> Exit {
        match self {
            Self::Said { exit, message } => {
                output::error(&message);
                exit
            }
            Self::ClosedPipe => Exit::ClosedPipe,
        }
    }
}
