use std::fmt;
use std::sync::Arc;

use trtc_rooms_core::Endpoint;
use trtc_usersig::Clock;

use crate::attempt::Wire;
use crate::base_url::BaseUrl;
use crate::builder::IntoSecretKey;
use crate::options::Options;
use crate::quota::ClientQuota;
use crate::request_url::RequestUrls;
use crate::retry::Jitter;
use crate::ticket::Tickets;
use crate::{ClientBuilder, Observer, RawCall, RetryBudget, TicketProvider};

/// Where the `random` parameter comes from.
pub(crate) type RandomSource = Box<dyn Fn() -> u32 + Send + Sync>;

/// Calls the room APIs on behalf of one app administrator.
///
/// A client holds a pool of connections, a ticket, the quotas of the endpoints and
/// the budget of repetitions. Clones share them all, so make one client and clone it
/// into every task; cloning costs a counter.
///
/// Neither the key nor a ticket shows up in `Debug`, in errors or in `tracing`
/// events.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

/// What clones of a client share.
pub(crate) struct Inner {
    pub(crate) sdkappid: u32,
    pub(crate) identifier: String,
    pub(crate) base_url: BaseUrl,
    pub(crate) urls: RequestUrls,
    pub(crate) tickets: Tickets,
    pub(crate) wire: Wire,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: RandomSource,
    pub(crate) jitter: Jitter,
    /// What calls have unless they are told otherwise.
    pub(crate) options: Options,
    pub(crate) max_reply_bytes: usize,
    pub(crate) retry_budget: RetryBudget,
    pub(crate) quota: ClientQuota,
    pub(crate) observer: Option<Box<dyn Observer>>,
}

impl Client {
    /// Starts to set up a client for an app, with the secret key that the console
    /// shows for it: a [`SecretKey`](crate::SecretKey), or its text.
    pub fn builder(sdkappid: u32, key: impl IntoSecretKey) -> ClientBuilder {
        ClientBuilder::new(sdkappid, key)
    }

    /// Starts to set up a client whose tickets somebody else makes, so that this
    /// process need not hold the key of the app.
    pub fn builder_with_provider(sdkappid: u32, provider: impl TicketProvider) -> ClientBuilder {
        ClientBuilder::with_provider(sdkappid, provider)
    }

    pub(crate) fn new(inner: Inner) -> Self {
        Self {
            inner: Arc::new(inner),
        }
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }

    /// The app that calls are made for.
    pub fn sdkappid(&self) -> u32 {
        self.inner.sdkappid
    }

    /// The administrator that makes the calls.
    pub fn identifier(&self) -> &str {
        &self.inner.identifier
    }

    /// What repetitions are paid from, to be watched.
    pub fn retry_budget(&self) -> &RetryBudget {
        &self.inner.retry_budget
    }

    /// The address that calls go to, without the path of the endpoint.
    pub fn base_url(&self) -> &str {
        self.inner.base_url.as_str()
    }

    /// Calls an endpoint with JSON text as it is, and gives back the reply's text.
    ///
    /// `body` is sent byte for byte and not compared with any limit; it need not
    /// even be JSON. This is the way for members that the typed requests do not
    /// know yet, and for tools.
    ///
    /// All else is as for typed calls: quota, repetition, errors.
    pub fn call_raw(&self, endpoint: &'static Endpoint, body: impl Into<String>) -> RawCall {
        RawCall::new(self, endpoint, body.into())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("sdkappid", &self.inner.sdkappid)
            .field("identifier", &self.inner.identifier)
            .field("base_url", &self.inner.base_url.as_str())
            .field("timeout", &self.inner.options.timeout)
            .field("validation", &self.inner.options.validation)
            .finish_non_exhaustive()
    }
}
