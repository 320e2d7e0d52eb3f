use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;
use trtc_usersig::Ticket;

use super::provider::{ErasedProvider, TicketRequest};
use super::{ProvidedTicket, TicketError};

/// How long a provider that failed is left alone while there is a valid ticket.
const AFTER_FAILURE: Duration = Duration::from_secs(10);

/// Tickets that somebody else makes.
pub(super) struct Provided {
    provider: Box<dyn ErasedProvider>,
    sdkappid: u32,
    identifier: String,
    kept: RwLock<Option<Kept>>,
    last_was_refused: AtomicBool,
    /// Held by the one that asks the provider, with the time before which it is not
    /// asked again.
    turn: Mutex<Option<Instant>>,
}

#[derive(Clone)]
struct Kept {
    ticket: Arc<Ticket>,
    renew_at: Instant,
    expires_at: Instant,
}

impl Provided {
    pub(super) fn new(
        provider: Box<dyn ErasedProvider>,
        sdkappid: u32,
        identifier: String,
    ) -> Self {
        Self {
            provider,
            sdkappid,
            identifier,
            kept: RwLock::new(None),
            last_was_refused: AtomicBool::new(false),
            turn: Mutex::new(None),
        }
    }

    /// The ticket, if it need not be renewed yet.
    pub(super) fn fresh(&self) -> Option<Arc<Ticket>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.as_ref()?;
        (Instant::now() < kept.renew_at).then(|| Arc::clone(&kept.ticket))
    }

    pub(super) async fn current(&self) -> Result<Arc<Ticket>, TicketError> {
        let now = Instant::now();
        let valid = self.kept().filter(|kept| now < kept.expires_at);
        let mut turn = match valid {
            Some(kept) if now < kept.renew_at => return Ok(kept.ticket),
            // One asks for the next ticket; the others need not wait for it.
            Some(kept) => match self.turn.try_lock() {
                Ok(turn) if turn.is_none_or(|at| at <= now) => turn,
                _ => return Ok(kept.ticket),
            },
            None => self.turn.lock().await,
        };
        // Somebody may have asked in the meantime.
        let now = Instant::now();
        if let Some(kept) = self.kept().filter(|kept| now < kept.renew_at) {
            return Ok(kept.ticket);
        }
        let request = TicketRequest {
            sdkappid: self.sdkappid,
            identifier: &self.identifier,
            last_was_refused: self.last_was_refused.load(Ordering::Relaxed),
        };
        match self.provider.ticket(request).await {
            Ok(provided) => {
                let kept = Kept::new(provided).ok_or(TicketError::Useless)?;
                let ticket = Arc::clone(&kept.ticket);
                *self.kept.write().unwrap_or_else(PoisonError::into_inner) = Some(kept);
                self.last_was_refused.store(false, Ordering::Relaxed);
                *turn = None;
                Ok(ticket)
            }
            Err(error) => {
                let now = Instant::now();
                *turn = Some(now + AFTER_FAILURE);
                match self.kept().filter(|kept| now < kept.expires_at) {
                    Some(kept) => Ok(kept.ticket),
                    None => Err(TicketError::Provider(error.into())),
                }
            }
        }
    }

    pub(super) fn is_kept(&self, ticket: &Arc<Ticket>) -> bool {
        self.kept()
            .is_some_and(|kept| Arc::ptr_eq(&kept.ticket, ticket))
    }

    pub(super) fn discard(&self) -> bool {
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = None;
        self.last_was_refused.store(true, Ordering::Relaxed);
        true
    }

    fn kept(&self) -> Option<Kept> {
        self.kept
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Kept {
    /// Nothing if the ticket is of no use.
    fn new(provided: ProvidedTicket) -> Option<Self> {
        let ProvidedTicket { ticket, valid_for } = provided;
        if ticket.as_str().is_empty() || valid_for < Duration::from_secs(1) {
            return None;
        }
        // Whoever promises more than the clock can count is asked again after a year.
        let valid_for = valid_for.min(Duration::from_secs(365 * 86_400));
        let now = Instant::now();
        Some(Self {
            ticket: Arc::new(ticket),
            renew_at: now + valid_for - valid_for / 4,
            expires_at: now + valid_for,
        })
    }
}
