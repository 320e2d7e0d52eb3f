use std::collections::VecDeque;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc;

use super::webhooks::WebhookDelivery;
use crate::journal::{Counters, JournalEntry};
use crate::reply::Reply;
use crate::request::Request;
use crate::script::{Script, UnknownEndpoint};
use crate::service::Service;
use crate::snapshot::{RestoreError, Snapshot};
use crate::time::EmulatorClock;
use crate::webhook::Webhook;

/// How many deliveries of webhooks are remembered.
const MOST_DELIVERIES: usize = 1_000;

/// A running emulator's knobs, and what it shows of itself. Clones belong to the
/// same emulator.
///
/// [`with`](Self::with) gives access to everything; the other methods are short for
/// what is needed most.
#[derive(Clone)]
pub struct Handle(Arc<Shared>);

struct Shared {
    service: Mutex<Service>,
    /// The service as it was started.
    pristine: Service,
    clock: EmulatorClock,
    connections: AtomicU64,
    /// Where webhooks go out. Nobody takes them if the emulator has ended.
    webhooks: mpsc::UnboundedSender<Webhook>,
    deliveries: Mutex<VecDeque<WebhookDelivery>>,
}

impl Handle {
    pub(super) fn new(
        service: Service,
        clock: EmulatorClock,
        webhooks: mpsc::UnboundedSender<Webhook>,
    ) -> Self {
        Self(Arc::new(Shared {
            webhooks,
            deliveries: Mutex::default(),
            pristine: service.clone(),
            service: Mutex::new(service),
            clock,
            connections: AtomicU64::new(0),
        }))
    }

    /// Does something with the service, while no call is carried out. What is due by
    /// now has been done. The handle itself is not to be used meanwhile.
    ///
    /// ```no_run
    /// # fn example(handle: &trtc_rooms_emulator::Handle) {
    /// handle.with(|service| {
    ///     if let Some(app) = service.app_mut(1_400_000_000) {
    ///         app.add_chat_group("taken");
    ///         app.enter("meeting-1", "ada");
    ///     }
    /// });
    /// # }
    /// ```
    pub fn with<R>(&self, work: impl FnOnce(&mut Service) -> R) -> R {
        // Who panicked here did so between two calls: the state is whole.
        let service = self.0.service.lock();
        let mut service = service.unwrap_or_else(PoisonError::into_inner);
        let now = self.0.clock.now();
        service.elapse(now);
        let result = work(&mut service);
        for webhook in service.take_webhooks(now) {
            // The emulator may have ended; then there is nobody to send it.
            let _ = self.0.webhooks.send(webhook);
        }
        result
    }

    /// The clock, to look at and to turn.
    pub fn clock(&self) -> &EmulatorClock {
        &self.0.clock
    }

    /// Gives the emulator a script for some of the next calls.
    ///
    /// # Errors
    ///
    /// The script is about an endpoint that no schema describes.
    pub fn script(&self, script: Script) -> Result<(), UnknownEndpoint> {
        self.with(|service| service.script(script))
    }

    /// Drops all scripts.
    pub fn clear_scripts(&self) {
        self.with(Service::clear_scripts);
    }

    /// The last requests, the oldest one first.
    pub fn journal(&self) -> Vec<JournalEntry> {
        self.with(|service| service.journal().cloned().collect())
    }

    /// How many requests there were.
    pub fn counters(&self) -> Counters {
        self.with(|service| service.counters().clone())
    }

    /// How many connections there were.
    pub fn connections(&self) -> u64 {
        self.0.connections.load(Ordering::SeqCst)
    }

    /// What is stored. There are no keys in it.
    pub fn snapshot(&self) -> Snapshot {
        self.with(|service| service.snapshot())
    }

    /// Puts what is stored back to a snapshot.
    ///
    /// # Errors
    ///
    /// The snapshot does not fit. Then nothing has changed.
    pub fn restore(&self, snapshot: Snapshot) -> Result<(), RestoreError> {
        self.with(|service| service.restore(snapshot))
    }

    /// Makes everything as it was at the start: rooms, groups, administrators,
    /// settings, scripts, journal, counters, accounts that are locked out. Only the
    /// clock and the connections stay as they are, and request ids stay unique.
    pub fn reset(&self) {
        let pristine = self.0.pristine.clone();
        self.with(|service| service.reset_to(pristine));
    }

    /// Answers a request without any network.
    pub fn handle(&self, request: &Request<'_>) -> Reply {
        let now = self.0.clock.now();
        self.with(|service| service.handle(request, now))
    }

    /// The last webhooks that were sent, the oldest one first, and what came of each.
    pub fn deliveries(&self) -> Vec<WebhookDelivery> {
        let deliveries = self.0.deliveries.lock();
        let deliveries = deliveries.unwrap_or_else(PoisonError::into_inner);
        deliveries.iter().cloned().collect()
    }

    pub(super) fn note_delivery(&self, delivery: WebhookDelivery) {
        let deliveries = self.0.deliveries.lock();
        let mut deliveries = deliveries.unwrap_or_else(PoisonError::into_inner);
        if deliveries.len() == MOST_DELIVERIES {
            deliveries.pop_front();
        }
        deliveries.push_back(delivery);
    }

    pub(super) fn count_connection(&self) {
        self.0.connections.fetch_add(1, Ordering::SeqCst);
    }

    pub(super) fn max_body(&self) -> usize {
        self.with(|service| service.settings().max_body)
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle").finish_non_exhaustive()
    }
}
