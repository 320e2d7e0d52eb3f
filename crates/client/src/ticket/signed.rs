use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use trtc_usersig::{Clock, SignError, Signer, Ticket};

use crate::error::CLOCK_TOLERANCE;

/// By how much a clock may be set back before the ticket counts as signed in the
/// future and is replaced. Below that the difference is jitter between clocks.
const SET_BACK_SECONDS: i64 = 60;

/// Tickets that are signed here, with the key of the app.
pub(crate) struct Signed {
    signer: Signer,
    identifier: String,
    lifetime_seconds: i64,
    clock: Arc<dyn Clock>,
    /// What is added to the clock, since a server said that it is wrong.
    offset: AtomicI64,
    kept: RwLock<Option<Kept>>,
}

struct Kept {
    ticket: Arc<Ticket>,
    signed_at: i64,
    renew_at: i64,
}

impl Kept {
    fn is_fresh(&self, now: i64) -> bool {
        let earliest = self.signed_at.saturating_sub(SET_BACK_SECONDS);
        (earliest..self.renew_at).contains(&now)
    }
}

impl Signed {
    pub(crate) fn new(
        signer: Signer,
        identifier: String,
        lifetime_seconds: i64,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            signer,
            identifier,
            lifetime_seconds,
            clock,
            offset: AtomicI64::new(0),
            kept: RwLock::new(None),
        }
    }

    /// The ticket to use now, with at least a quarter of its lifetime left.
    ///
    /// Whoever finds that there is none signs it while the others wait: that takes
    /// some microseconds, and the lock is never held across an await.
    pub(super) fn current(&self) -> Result<Arc<Ticket>, SignError> {
        let now = self.now();
        // A panic while the lock was held leaves either the old or the new ticket,
        // so a poisoned lock is no reason to fail.
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = kept.as_ref().filter(|kept| kept.is_fresh(now)) {
            return Ok(Arc::clone(&kept.ticket));
        }
        drop(kept);

        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = kept.as_ref().filter(|kept| kept.is_fresh(now)) {
            return Ok(Arc::clone(&kept.ticket));
        }
        let lifetime = self.lifetime_seconds;
        let ticket = Arc::new(self.signer.sign_at(&self.identifier, now, lifetime, None)?);
        *kept = Some(Kept {
            ticket: Arc::clone(&ticket),
            signed_at: now,
            renew_at: now.saturating_add(lifetime - lifetime / 4),
        });
        Ok(ticket)
    }

    pub(super) fn clock_seconds(&self) -> i64 {
        self.clock.unix_seconds()
    }

    fn now(&self) -> i64 {
        let offset = self.offset.load(Ordering::Relaxed);
        self.clock.unix_seconds().saturating_add(offset)
    }

    pub(super) fn is_kept(&self, ticket: &Arc<Ticket>) -> bool {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref()
            .is_some_and(|kept| Arc::ptr_eq(&kept.ticket, ticket))
    }

    /// Forgets the ticket, and goes by the server's clock from now on. `false` if
    /// the next ticket would be the same.
    pub(super) fn replace(&self, clock_offset: Option<i64>) -> bool {
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(offset) = clock_offset {
            // Replies are dated in whole seconds and take some time. A clock that is right
            // by that has perhaps been set right, and is gone by again.
            let is_right = offset.unsigned_abs() <= CLOCK_TOLERANCE.as_secs();
            let offset = if is_right { 0 } else { offset };
            self.offset.store(offset, Ordering::Relaxed);
        }
        let now = self.now();
        if kept.as_ref().is_some_and(|kept| kept.signed_at == now) {
            return false;
        }
        *kept = None;
        true
    }
}

#[cfg(test)]
mod tests;
