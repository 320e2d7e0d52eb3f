use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};

use tokio::time::Instant;

use super::gate::Gate;
use super::spacing::{Key, Spacings};
use super::{Quota, QuotaExceeded, QuotaRequest};
use crate::time::after;

/// The documented rates, kept within this process.
///
/// Each endpoint has its own rate, and endpoints whose rate is documented to be
/// shared have one together. In no period of the length that the documents name,
/// wherever it begins, do more calls go out than they allow. Calls that wait go out in
/// the order of arrival. Where a rate is counted over a member of the request too, as
/// when one room id may be created once a second, calls with the same value are kept
/// apart; values are forgotten when they no longer matter.
///
/// Clones of a client share its quota. Several clients for one app, in one process,
/// share one that is given to each of them as an `Arc`:
///
/// ```
/// use std::sync::Arc;
/// use trtc_rooms::{Client, LocalQuota};
///
/// let quota = Arc::new(LocalQuota::new());
/// let one = Client::builder(1_400_000_000, "key").quota(Arc::clone(&quota));
/// let other = Client::builder(1_400_000_000, "key").quota(quota);
/// ```
pub struct LocalQuota {
    share: u32,
    gates: RwLock<HashMap<(u32, &'static str), Arc<Gate>>>,
    spacings: Spacings,
    hashes: RandomState,
}

impl LocalQuota {
    /// The whole of each documented rate.
    pub fn new() -> Self {
        Self::with_share(100)
    }

    /// A share of each documented rate, in percent: 25 for each of four processes
    /// that call for the same app. 0 counts as 1. More than 100 is for apps whose
    /// rates have been raised in the console.
    ///
    /// The rates for one value of a member are not shared out: processes rarely call
    /// for the same room.
    pub fn with_share(percent: u32) -> Self {
        Self {
            share: percent.max(1),
            gates: RwLock::new(HashMap::new()),
            spacings: Spacings::new(),
            hashes: RandomState::new(),
        }
    }

    fn gate(&self, request: &QuotaRequest<'_>) -> Arc<Gate> {
        let endpoint = request.endpoint;
        let name = endpoint.rate_shared_by.unwrap_or(endpoint.name);
        let key = (request.sdkappid, name);
        let gates = self.gates.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(gate) = gates.get(&key) {
            return Arc::clone(gate);
        }
        drop(gates);
        let mut gates = self.gates.write().unwrap_or_else(PoisonError::into_inner);
        let gate = gates
            .entry(key)
            .or_insert_with(|| Arc::new(Gate::new(endpoint.rate, self.share)));
        Arc::clone(gate)
    }

    /// Passes the rates from number `index` on, and then the one of the endpoint.
    fn narrow<'a>(
        &'a self,
        request: QuotaRequest<'a>,
        index: usize,
        latest: Instant,
        gate: &'a Gate,
    ) -> Pin<Box<dyn Future<Output = Result<(), QuotaExceeded>> + Send + 'a>> {
        Box::pin(async move {
            let Some(narrow) = request.endpoint.other_rates.get(index) else {
                return gate.pass(latest).await;
            };
            let inner = self.narrow(request, index + 1, latest, gate);
            let Some(value) = request.counted.get(index).copied().flatten() else {
                return inner.await;
            };
            // A value may be as long as the request, a hash is not. Should two values
            // ever share one, they wait for each other.
            let value = self.hashes.hash_one(value);
            let key: Key = (request.sdkappid, narrow.code, narrow.counted_over, value);
            let spacing = self.spacings.of(key);
            spacing.pass(narrow, latest, inner).await
        })
    }
}

impl Default for LocalQuota {
    fn default() -> Self {
        Self::new()
    }
}

impl Quota for LocalQuota {
    async fn acquire(&self, request: QuotaRequest<'_>) -> Result<(), QuotaExceeded> {
        let latest = after(request.wait_at_most);
        let gate = self.gate(&request);
        if request.endpoint.other_rates.is_empty() {
            gate.pass(latest).await
        } else {
            self.narrow(request, 0, latest, &gate).await
        }
    }
}

impl<Q: Quota> Quota for Arc<Q> {
    fn acquire(
        &self,
        request: QuotaRequest<'_>,
    ) -> impl Future<Output = Result<(), QuotaExceeded>> + Send {
        (**self).acquire(request)
    }
}

impl fmt::Debug for LocalQuota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalQuota")
            .field("share", &self.share)
            .finish_non_exhaustive()
    }
}
