use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use trtc_usersig::{Clock, KeyError, SecretKey, Signer, SystemClock};

use crate::attempt::Wire;
use crate::base_url::BaseUrl;
use crate::client::{Inner, RandomSource};
use crate::http_client::TlsBackend;
use crate::options::Options;
use crate::quota::ClientQuota;
use crate::random::RandomNumbers;
use crate::request_url::RequestUrls;
use crate::retry::Jitter;
use crate::ticket::{ErasedProvider, Signed, Tickets};
use crate::time::deadline;
use crate::{
    BuildError, Client, FakeTransport, LocalQuota, Observer, Quota, QuotaMode, Region, RetryBudget,
    RetryPolicy, TicketProvider, Validation, http_client,
};

/// The name of the administrator that the console sets up.
const IDENTIFIER: &str = "administrator";
/// Every page that limits user ids names this limit.
pub(crate) const MAX_IDENTIFIER_BYTES: usize = 32;
/// Three attempts and the pauses between them.
const TIMEOUT: Duration = Duration::from_secs(30);
/// The service allows itself 3 seconds; a client that gives up earlier would lose
/// answers. A new connection and a slow network come on top.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(8);
/// Time for one lost packet, whose repetition comes after a second, and then some.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// At least a day is advised in the explanation of 70001 (ticket expired).
const TICKET_LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);
const MAX_REPLY_BYTES: usize = 1 << 20;

/// Sets up a [`Client`]. Made by [`Client::builder`].
///
/// Only the target is mandatory: [`region`](Self::region) or
/// [`base_url`](Self::base_url). Nothing is checked before [`build`](Self::build).
#[must_use = "a builder does nothing until `.build()`"]
pub struct ClientBuilder {
    sdkappid: u32,
    tickets: TicketSource,
    target: Option<Target>,
    allow_plain_http: bool,
    identifier: String,
    ticket_lifetime: Duration,
    options: Options,
    connect_timeout: Option<Duration>,
    max_reply_bytes: usize,
    http_client: Option<reqwest::Client>,
    tls_backend: TlsBackend,
    fake: Option<FakeTransport>,
    retry_budget: RetryBudget,
    quota: ClientQuota,
    observer: Option<Box<dyn Observer>>,
    clock: Arc<dyn Clock>,
    random: Option<RandomSource>,
    jitter: Option<Jitter>,
}

enum TicketSource {
    Key(Result<SecretKey, KeyError>),
    Provider(Box<dyn ErasedProvider>),
}

enum Target {
    Region(Region),
    BaseUrl(String),
}

impl ClientBuilder {
    pub(crate) fn new(sdkappid: u32, key: impl IntoSecretKey) -> Self {
        Self::with_tickets(sdkappid, TicketSource::Key(key.into_secret_key()))
    }

    pub(crate) fn with_provider(sdkappid: u32, provider: impl TicketProvider) -> Self {
        Self::with_tickets(sdkappid, TicketSource::Provider(Box::new(provider)))
    }

    fn with_tickets(sdkappid: u32, tickets: TicketSource) -> Self {
        Self {
            sdkappid,
            tickets,
            target: None,
            allow_plain_http: false,
            identifier: IDENTIFIER.to_owned(),
            ticket_lifetime: TICKET_LIFETIME,
            options: Options {
                validation: Validation::default(),
                timeout: TIMEOUT,
                attempt_timeout: ATTEMPT_TIMEOUT,
                retry: RetryPolicy::standard(),
                quota_mode: QuotaMode::default(),
                tag: None,
            },
            connect_timeout: None,
            max_reply_bytes: MAX_REPLY_BYTES,
            http_client: None,
            tls_backend: TlsBackend::default(),
            fake: None,
            retry_budget: RetryBudget::default(),
            quota: ClientQuota::Local(LocalQuota::new()),
            observer: None,
            clock: Arc::new(SystemClock),
            random: None,
            jitter: None,
        }
    }

    /// Sends calls to the data centre that the `SDKAppID` belongs to. The last of
    /// this and [`base_url`](Self::base_url) counts.
    pub fn region(mut self, region: Region) -> Self {
        self.target = Some(Target::Region(region));
        self
    }

    /// Sends calls to another address, such as `http://127.0.0.1:4321`: an
    /// emulator, a proxy of yours, or a host that this crate does not know. A path
    /// in it is put before the path of the endpoint. The last of this and
    /// [`region`](Self::region) counts.
    ///
    /// A user name, a password, a query and a fragment are refused, and so is plain
    /// http to another machine.
    ///
    /// ```
    /// # use trtc_rooms::Client;
    /// let client = Client::builder(1_400_000_000, "key").base_url("http://127.0.0.1:4321").build()?;
    /// assert_eq!(client.base_url(), "http://127.0.0.1:4321");
    ///
    /// let error = Client::builder(1_400_000_000, "key").base_url("http://example.com").build();
    /// assert!(error.unwrap_err().to_string().contains("allow_plain_http"));
    /// # Ok::<(), trtc_rooms::BuildError>(())
    /// ```
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.target = Some(Target::BaseUrl(url.into()));
        self
    }

    /// Allows a [`base_url`](Self::base_url) that sends the ticket to another
    /// machine without encryption. Whoever can read it is administrator of the app
    /// until the ticket expires.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.allow_plain_http = allow;
        self
    }

    /// The `UserID` of the app administrator that makes the calls, 1 to 32 bytes.
    /// Default: `administrator`.
    pub fn identifier(mut self, identifier: impl Into<String>) -> Self {
        self.identifier = identifier.into();
        self
    }

    /// For how long a ticket is valid, in whole seconds. Default: 24 hours, the
    /// least that is advised. A new one is signed when a quarter of it is left.
    pub fn ticket_lifetime(mut self, lifetime: Duration) -> Self {
        self.ticket_lifetime = lifetime;
        self
    }

    /// How long a call may take in all: waiting for the quota, attempts, and the
    /// pauses between them. Default: 30 seconds. Nothing makes a call last longer.
    /// [`Call::timeout`](crate::Call::timeout) changes it for one call.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = timeout;
        self
    }

    /// How long one attempt may take, from sending to the end of the reply, and the
    /// connection before that if there is none. Default: 8 seconds. The service gives
    /// itself 3 seconds, so more than that is needed.
    /// [`Call::attempt_timeout`](crate::Call::attempt_timeout) changes it for one
    /// call.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.options.attempt_timeout = timeout;
        self
    }

    /// How long the name look-up, the connection and the TLS handshake may take
    /// together. Default: 3 seconds. An attempt that fails here was certainly not
    /// sent.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// How often calls are repeated. Default: [`RetryPolicy::standard`].
    /// [`Call::retry`](crate::Call::retry) changes it for one call.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = policy;
        self
    }

    /// What repetitions are paid from. Default: a bucket of the client's own, with
    /// 500 tokens.
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.retry_budget = budget;
        self
    }

    /// What decides when a call may be sent, for example to share the rates of an app
    /// between processes. Default: a [`LocalQuota`] of the client's own.
    pub fn quota(mut self, quota: impl Quota) -> Self {
        self.quota = ClientQuota::Custom(Box::new(quota));
        self
    }

    /// What calls do if the documented rate leaves no room for them. Default:
    /// [`QuotaMode::Wait`]. [`Call::quota_mode`](crate::Call::quota_mode) changes it
    /// for one call.
    pub fn quota_mode(mut self, mode: QuotaMode) -> Self {
        self.options.quota_mode = mode;
        self
    }

    /// Who is told of every attempt and call, for metrics. Default: nobody.
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    /// What to do with requests that break a documented limit. Default:
    /// [`Validation::Enforce`]. [`Call::validation`](crate::Call::validation)
    /// changes it for one call.
    pub fn validation(mut self, validation: Validation) -> Self {
        self.options.validation = validation;
        self
    }

    /// How many bytes a reply may have, counted after decompression. Default: 1 MiB.
    pub fn max_reply_bytes(mut self, limit: usize) -> Self {
        self.max_reply_bytes = limit;
        self
    }

    /// Sends calls with an HTTP client of yours, for example one that several
    /// clients share.
    ///
    /// Its settings are yours then: proxy, certificates, connect timeout, user
    /// agent, and **redirects**. The ticket stands in the URL, so make it with
    /// `redirect(Policy::none())` and `referer(false)`: as reqwest comes, it
    /// follows redirects and shows the whole URL to the next host. Leave
    /// `connection_verbose` off too, it logs every byte.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// Encrypts with the TLS library of the platform although rustls is built in too.
    /// Has no effect on a client given to [`http_client`](Self::http_client).
    #[cfg(feature = "native-tls")]
    pub fn native_tls(mut self) -> Self {
        self.tls_backend = TlsBackend::Native;
        self
    }

    /// Answers calls without a network, for the tests of those who use the client.
    /// No address is needed then.
    pub fn fake(mut self, transport: FakeTransport) -> Self {
        self.fake = Some(transport);
        self
    }

    /// The clock that tickets are signed by, and that the date of a `Retry-After` is
    /// compared with if the reply has no `Date`, for tests. Default: the computer's.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Where the `random` parameter comes from, for tests that need to know it.
    /// Called once for each request. By default the numbers start anywhere and do
    /// not repeat.
    pub fn random(mut self, source: impl Fn() -> u32 + Send + Sync + 'static) -> Self {
        self.random = Some(Box::new(source));
        self
    }

    /// Where the pauses between attempts come from, for tests that need to know them:
    /// numbers from 0 up to 1. Called once for each repetition.
    pub fn jitter(mut self, source: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.jitter = Some(Box::new(source));
        self
    }

    /// Makes the client. Reads the root certificates of this machine, which takes
    /// some milliseconds: make one client and clone it.
    ///
    /// # Errors
    ///
    /// [`BuildError`] for a setting that cannot work, and when the HTTP client
    /// cannot be set up.
    pub fn build(self) -> Result<Client, BuildError> {
        if self.sdkappid == 0 {
            return Err(BuildError::SdkAppId);
        }
        let base_url = match self.target {
            None if self.fake.is_some() => BaseUrl::of_fake(),
            None => return Err(BuildError::NoTarget),
            Some(Target::Region(region)) => BaseUrl::of_region(region),
            Some(Target::BaseUrl(url)) => BaseUrl::parse(&url, self.allow_plain_http)?,
        };
        let length = self.identifier.len();
        if !(1..=MAX_IDENTIFIER_BYTES).contains(&length)
            || self.identifier.contains(char::is_control)
        {
            return Err(BuildError::Identifier);
        }
        check_duration(self.options.timeout, "timeout")?;
        check_duration(self.options.attempt_timeout, "attempt_timeout")?;
        if self.max_reply_bytes == 0 {
            return Err(BuildError::MaxReplyBytes);
        }
        let tickets = match self.tickets {
            TicketSource::Key(key) => {
                let lifetime = lifetime_seconds(self.ticket_lifetime)?;
                let signer = Signer::new(self.sdkappid, key?);
                let identifier = self.identifier.clone();
                let clock = Arc::clone(&self.clock);
                Tickets::signed(Signed::new(signer, identifier, lifetime, clock))
            }
            TicketSource::Provider(provider) => {
                Tickets::provided(provider, self.sdkappid, self.identifier.clone())
            }
        };
        let wire = match (self.fake, self.http_client, self.connect_timeout) {
            (Some(fake), _, _) => Wire::Fake(fake),
            (None, Some(_), Some(_)) => return Err(BuildError::ConnectTimeout),
            (None, Some(http), None) => Wire::Http(http),
            (None, None, connect_timeout) => {
                let connect_timeout = connect_timeout.unwrap_or(CONNECT_TIMEOUT);
                check_duration(connect_timeout, "connect_timeout")?;
                let http =
                    http_client::build(base_url.stays_here(), connect_timeout, self.tls_backend)
                        .map_err(BuildError::Http)?;
                Wire::Http(http)
            }
        };
        let urls = RequestUrls::new(base_url.as_str(), self.sdkappid, &self.identifier).ok_or(
            BuildError::BaseUrl {
                reason: "it is no absolute URL",
            },
        )?;
        Ok(Client::new(Inner {
            sdkappid: self.sdkappid,
            urls,
            tickets,
            identifier: self.identifier,
            base_url,
            wire,
            clock: self.clock,
            random: self.random.unwrap_or_else(|| {
                let numbers = RandomNumbers::new();
                Box::new(move || numbers.draw())
            }),
            jitter: self.jitter.unwrap_or_else(|| {
                let numbers = RandomNumbers::new();
                Box::new(move || numbers.draw_fraction())
            }),
            options: self.options,
            max_reply_bytes: self.max_reply_bytes,
            retry_budget: self.retry_budget,
            quota: self.quota,
            observer: self.observer,
        }))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base URL is not checked yet and may hold a password.
        f.debug_struct("ClientBuilder")
            .field("sdkappid", &self.sdkappid)
            .field("identifier", &self.identifier)
            .field("timeout", &self.options.timeout)
            .field("validation", &self.options.validation)
            .finish_non_exhaustive()
    }
}

fn lifetime_seconds(lifetime: Duration) -> Result<i64, BuildError> {
    match i64::try_from(lifetime.as_secs()) {
        Ok(seconds) if seconds > 0 => Ok(seconds),
        _ => Err(BuildError::Duration {
            setting: "ticket_lifetime",
        }),
    }
}

fn check_duration(timeout: Duration, setting: &'static str) -> Result<(), BuildError> {
    match deadline(timeout) {
        Some(_) => Ok(()),
        None => Err(BuildError::Duration { setting }),
    }
}

/// What [`Client::builder`] takes as the secret key: a [`SecretKey`], or its text.
pub trait IntoSecretKey: sealed::Sealed {
    #[doc(hidden)]
    fn into_secret_key(self) -> Result<SecretKey, KeyError>;
}

impl IntoSecretKey for SecretKey {
    fn into_secret_key(self) -> Result<SecretKey, KeyError> {
        Ok(self)
    }
}

impl IntoSecretKey for &str {
    fn into_secret_key(self) -> Result<SecretKey, KeyError> {
        SecretKey::new(self)
    }
}

impl IntoSecretKey for String {
    fn into_secret_key(self) -> Result<SecretKey, KeyError> {
        SecretKey::new(self)
    }
}

mod sealed {
    use trtc_usersig::SecretKey;

    pub trait Sealed {}
    impl Sealed for SecretKey {}
    impl Sealed for &str {}
    impl Sealed for String {}
}
