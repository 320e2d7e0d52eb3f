use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, timeout_at};
use trtc_usersig::Ticket;

use super::provider::{ErasedProvider, TicketRequest};
use super::{ProvidedTicket, TicketError};

/// How long a provider that failed is left alone while there is a valid ticket.
const AFTER_FAILURE: Duration = Duration::from_secs(10);

/// How long a call that has a valid ticket waits for the next one at most.
const PATIENCE: Duration = Duration::from_secs(2);

/// After this time an answer is not waited for any more, and the provider asked again.
const HOPELESS: Duration = Duration::from_secs(60);

/// Tickets that somebody else makes.
pub(super) struct Provided {
    provider: Arc<dyn ErasedProvider>,
    sdkappid: u32,
    identifier: Arc<str>,
    kept: RwLock<Option<Kept>>,
    last_was_refused: AtomicBool,
    /// Held by the one that waits for the provider.
    turn: Mutex<Turn>,
}

/// What a provider answers.
type Answer = Result<ProvidedTicket, TicketError>;

#[derive(Default)]
struct Turn {
    /// When the provider may be asked again.
    not_before: Option<Instant>,
    asking: Option<Asking>,
}

/// A question to the provider. It outlives the call that asked: one whose time is short
/// leaves it to the next one.
struct Asking {
    since: Instant,
    answer: Pin<Box<dyn Future<Output = Answer> + Send>>,
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
            provider: provider.into(),
            sdkappid,
            identifier: identifier.into(),
            kept: RwLock::new(None),
            last_was_refused: AtomicBool::new(false),
            turn: Mutex::default(),
        }
    }

    /// The ticket, if it need not be renewed yet.
    pub(super) fn fresh(&self) -> Option<Arc<Ticket>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.as_ref()?;
        (Instant::now() < kept.renew_at).then(|| Arc::clone(&kept.ticket))
    }

    /// The ticket to use now, for a call whose time is over at `end`.
    pub(super) async fn current(&self, end: Instant) -> Result<Arc<Ticket>, TicketError> {
        let now = Instant::now();
        let valid = self.kept().filter(|kept| now < kept.expires_at);
        let mut turn = match &valid {
            Some(kept) if now < kept.renew_at => return Ok(Arc::clone(&kept.ticket)),
            // One waits for the next ticket; the others need not.
            Some(kept) => match self.turn.try_lock() {
                Ok(turn) if turn.may_ask(now) => turn,
                _ => return Ok(Arc::clone(&kept.ticket)),
            },
            None => self.turn.lock().await,
        };
        // Somebody may have asked in the meantime.
        let now = Instant::now();
        if let Some(kept) = self.kept().filter(|kept| now < kept.renew_at) {
            return Ok(kept.ticket);
        }
        turn.forget_if_hopeless(now);
        let is_new = turn.asking.is_none();
        let answer = poll_fn(|context| turn.poll_answer(context, || self.ask(now)));
        let answer = match &valid {
            None => answer.await,
            Some(kept) => {
                // Only whoever asks waits, and leaves most of its time for the call.
                let patience = (end.saturating_duration_since(now) / 4).min(PATIENCE);
                let until = if is_new { now + patience } else { now };
                match timeout_at(until, answer).await {
                    Ok(answer) => answer,
                    Err(_) => return Ok(Arc::clone(&kept.ticket)),
                }
            }
        };
        let kept = answer.and_then(|provided| Kept::new(provided).ok_or(TicketError::Useless));
        match kept {
            Ok(kept) => {
                let ticket = Arc::clone(&kept.ticket);
                *self.kept.write().unwrap_or_else(PoisonError::into_inner) = Some(kept);
                self.last_was_refused.store(false, Ordering::Relaxed);
                turn.not_before = None;
                Ok(ticket)
            }
            Err(error) => {
                let now = Instant::now();
                turn.not_before = Some(now + AFTER_FAILURE);
                match self.kept().filter(|kept| now < kept.expires_at) {
                    Some(kept) => Ok(kept.ticket),
                    None => Err(error),
                }
            }
        }
    }

    fn ask(&self, now: Instant) -> Asking {
        let (provider, identifier) = (Arc::clone(&self.provider), Arc::clone(&self.identifier));
        let sdkappid = self.sdkappid;
        let last_was_refused = self.last_was_refused.load(Ordering::Relaxed);
        let answer = async move {
            let request = TicketRequest {
                sdkappid,
                identifier: &identifier,
                last_was_refused,
            };
            let answer = provider.ticket(request).await;
            answer.map_err(|error| TicketError::Provider(error.into()))
        };
        Asking {
            since: now,
            answer: Box::pin(answer),
        }
    }

    pub(super) fn is_kept(&self, ticket: &Arc<Ticket>) -> bool {
        self.kept()
            .is_some_and(|kept| Arc::ptr_eq(&kept.ticket, ticket))
    }

    pub(super) fn discard(&self) -> bool {
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = None;
        self.last_was_refused.store(true, Ordering::Relaxed);
        // An answer that is under way may bring the same ticket once more.
        if let Ok(mut turn) = self.turn.try_lock() {
            turn.asking = None;
        }
        true
    }

    fn kept(&self) -> Option<Kept> {
        self.kept
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Turn {
    /// Whether there is an answer to wait for, or a question to ask.
    fn may_ask(&self, now: Instant) -> bool {
        self.asking.is_some() || self.not_before.is_none_or(|at| at <= now)
    }

    /// Waits for the answer to what was asked, or to what is asked now. While the provider is
    /// at work nothing else has the question, so that one that panics takes it along.
    fn poll_answer(
        &mut self,
        context: &mut Context<'_>,
        ask: impl FnOnce() -> Asking,
    ) -> Poll<Answer> {
        let mut asking = self.asking.take().unwrap_or_else(ask);
        let answer = asking.answer.as_mut().poll(context);
        if answer.is_pending() {
            self.asking = Some(asking);
        }
        answer
    }

    /// A question without any hope of an answer is asked again.
    fn forget_if_hopeless(&mut self, now: Instant) {
        let is_hopeless = |asking: &mut Asking| asking.since + HOPELESS <= now;
        self.asking.take_if(is_hopeless);
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
