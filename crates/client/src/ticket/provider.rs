use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use trtc_usersig::Ticket;

/// Makes tickets for a client whose process does not hold the key of the app: a
/// service of yours, or a vault that signs.
///
/// The client keeps a ticket, asks for the next one when a quarter of its validity
/// is left, and never asks twice at the same time. While it asks, other calls go on
/// with the ticket that they have, and the one that asked does so after two seconds; the
/// answer serves a later call. If the provider fails, the ticket at hand is used on, and
/// the provider is left alone for ten seconds. Only when there is no valid ticket left
/// does a provider that fails or hangs fail a call.
///
/// ```
/// use std::time::Duration;
/// use trtc_rooms::{Client, ProvidedTicket, TicketProvider, TicketRequest};
///
/// #[derive(Debug)]
/// struct Vault;
///
/// impl TicketProvider for Vault {
///     async fn ticket(
///         &self,
///         request: TicketRequest<'_>,
///     ) -> Result<ProvidedTicket, Box<dyn std::error::Error + Send + Sync>> {
/// # let ask_the_vault = async |_, _| Ok::<_, std::io::Error>("eJw*".to_owned());
///         let usersig = ask_the_vault(request.sdkappid, request.identifier).await?;
///         Ok(ProvidedTicket::new(usersig, Duration::from_secs(86_400)))
///     }
/// }
///
/// let client = Client::builder_with_provider(1_400_000_000, Vault)
///     .base_url("http://127.0.0.1:4321")
///     .build()?;
/// # Ok::<(), trtc_rooms::BuildError>(())
/// ```
pub trait TicketProvider: Send + Sync + 'static {
    /// Makes a ticket. Called while a call waits, so within its time.
    ///
    /// # Errors
    ///
    /// Whatever keeps the provider from making one. It becomes the source of the
    /// call's error, so it must not hold a secret.
    fn ticket(
        &self,
        request: TicketRequest<'_>,
    ) -> impl Future<Output = Result<ProvidedTicket, Box<dyn StdError + Send + Sync>>> + Send;
}

/// What a ticket is wanted for.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TicketRequest<'a> {
    /// The app.
    pub sdkappid: u32,
    /// The administrator that the ticket is for.
    pub identifier: &'a str,
    /// Whether the service refused the ticket before, so that one from a cache may
    /// not do.
    pub last_was_refused: bool,
}

/// A ticket from a [`TicketProvider`], and for how long it is valid.
pub struct ProvidedTicket {
    pub(super) ticket: Ticket,
    pub(super) valid_for: Duration,
}

impl ProvidedTicket {
    /// A ticket that is valid from now on for this long.
    pub fn new(usersig: impl Into<String>, valid_for: Duration) -> Self {
        Self {
            ticket: Ticket::new(usersig),
            valid_for,
        }
    }
}

impl fmt::Debug for ProvidedTicket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProvidedTicket")
            .field("valid_for", &self.valid_for)
            .finish_non_exhaustive()
    }
}

/// A provider whose future has a size that is not known here.
pub(crate) trait ErasedProvider: Send + Sync {
    fn ticket<'a>(&'a self, request: TicketRequest<'a>) -> Pin<Box<dyn Provision + 'a>>;
}

/// What a provider is at.
pub(crate) trait Provision:
    Future<Output = Result<ProvidedTicket, Box<dyn StdError + Send + Sync>>> + Send
{
}

impl<F> Provision for F where
    F: Future<Output = Result<ProvidedTicket, Box<dyn StdError + Send + Sync>>> + Send
{
}

impl<P: TicketProvider> ErasedProvider for P {
    fn ticket<'a>(&'a self, request: TicketRequest<'a>) -> Pin<Box<dyn Provision + 'a>> {
        Box::pin(TicketProvider::ticket(self, request))
    }
}
