//! The ticket (`usersig`) that a client shows with every call.
//!
//! A ticket is made when the first call needs it, kept, and replaced well before it
//! expires. This is the only module that knows how tickets are made.

mod provided;
mod provider;
mod signed;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use trtc_usersig::{SignError, Ticket};

use provided::Provided;
pub(crate) use provider::ErasedProvider;
pub use provider::{ProvidedTicket, TicketProvider, TicketRequest};
pub(crate) use signed::Signed;

/// How long no further ticket is made because one was refused. The service locks
/// callers out for a minute whose tickets fail over and over (70050).
const BETWEEN_REFUSALS: Duration = Duration::from_secs(60);

/// Makes and keeps the ticket of one identifier.
pub(crate) struct Tickets {
    source: Source,
    /// When a ticket was last replaced because it was refused.
    refused_at: Mutex<Option<Instant>>,
}

enum Source {
    Signed(Signed),
    Provided(Provided),
}

impl Tickets {
    pub(crate) fn signed(signed: Signed) -> Self {
        Self::new(Source::Signed(signed))
    }

    pub(crate) fn provided(
        provider: Box<dyn ErasedProvider>,
        sdkappid: u32,
        identifier: String,
    ) -> Self {
        Self::new(Source::Provided(Provided::new(
            provider, sdkappid, identifier,
        )))
    }

    fn new(source: Source) -> Self {
        Self {
            source,
            refused_at: Mutex::new(None),
        }
    }

    /// The ticket to use now, if it is there without asking anybody.
    pub(crate) fn at_hand(&self) -> Option<Result<Arc<Ticket>, TicketError>> {
        match &self.source {
            Source::Signed(signed) => Some(signed.current().map_err(TicketError::from)),
            Source::Provided(provided) => provided.fresh().map(Ok),
        }
    }

    /// The ticket to use now, with a good part of its lifetime left.
    /// For a call whose time is over at `end`.
    pub(crate) async fn current(&self, end: Instant) -> Result<Arc<Ticket>, TicketError> {
        match &self.source {
            Source::Signed(signed) => Ok(signed.current()?),
            Source::Provided(provided) => provided.current(end).await,
        }
    }

    /// The seconds since 1970 by the clock that tickets are signed by, if they are
    /// signed here.
    pub(crate) fn unix_seconds(&self) -> Option<i64> {
        match &self.source {
            Source::Signed(signed) => Some(signed.clock_seconds()),
            Source::Provided(_) => None,
        }
    }

    /// Takes note that the service refused a ticket as expired or invalid, and says
    /// whether there is hope for another one.
    ///
    /// Of many calls that were refused together the first makes way for a new
    /// ticket, and the others find it. After that there is none for a minute: if
    /// the new one is refused too, something else is wrong, and going on would get
    /// the caller locked out.
    ///
    /// `clock_offset` is by how much the server's clock is ahead. New tickets are
    /// signed by its clock then, since it is the one that they are judged by.
    pub(crate) fn refused(&self, ticket: &Arc<Ticket>, clock_offset: Option<i64>) -> bool {
        let mut refused_at = self
            .refused_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let has_another = match &self.source {
            Source::Signed(signed) => !signed.is_kept(ticket),
            Source::Provided(provided) => !provided.is_kept(ticket),
        };
        if has_another {
            return true;
        }
        let now = Instant::now();
        if refused_at.is_some_and(|at| now.duration_since(at) < BETWEEN_REFUSALS) {
            return false;
        }
        let dropped = match &self.source {
            Source::Signed(signed) => signed.replace(clock_offset),
            Source::Provided(provided) => provided.discard(),
        };
        if dropped {
            *refused_at = Some(now);
        }
        dropped
    }
}

/// Why there is no ticket.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TicketError {
    #[error("it cannot be signed: {0}")]
    Sign(#[from] SignError),
    #[error("the provider has none: {0}")]
    Provider(#[source] Arc<dyn std::error::Error + Send + Sync>),
    #[error("the provider gave an empty ticket, or one that is valid for less than a second")]
    Useless,
    #[error("the provider did not give one in time")]
    Late,
}
