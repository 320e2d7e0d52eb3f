use trtc_usersig::KeyError;

use crate::builder::MAX_IDENTIFIER_BYTES;

/// Why no [`Client`](crate::Client) could be made from what the builder was given.
///
/// Each message says what to change. None holds the key, nor an address as it was
/// written, since that may hold a password.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// Neither a region nor an address was given.
    #[error(
        "it is not known where to send calls: give the data centre of the SDKAppID with `.region(..)`, \
         or another address with `.base_url(..)`"
    )]
    NoTarget,
    /// The address is not one that calls can be sent to.
    #[error("the base URL cannot be used: {reason}")]
    #[non_exhaustive]
    BaseUrl {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The address has the scheme http and does not name this machine.
    #[error(
        "the base URL would send the ticket to {host} without encryption: use https, or \
         `.allow_plain_http(true)` if the network in between is yours"
    )]
    #[non_exhaustive]
    PlainHttp {
        /// The host in the address.
        host: String,
    },
    /// The `SDKAppID` is zero.
    #[error("the SDKAppID is 0: the console shows the right one")]
    SdkAppId,
    /// The secret key cannot be used.
    #[error("the secret key cannot be used: {0}")]
    Key(#[from] KeyError),
    /// The identifier is empty, longer than documented, or has control characters.
    #[error(
        "the identifier has to be the UserID of an app administrator: 1 to {MAX_IDENTIFIER_BYTES} bytes \
         without control characters"
    )]
    Identifier,
    /// A duration is zero or longer than can be counted.
    #[error("`.{setting}(..)` is zero or longer than can be counted")]
    #[non_exhaustive]
    Duration {
        /// The method of the builder that it was given to.
        setting: &'static str,
    },
    /// The limit for replies is zero.
    #[error("`.max_reply_bytes(0)` would refuse every reply")]
    MaxReplyBytes,
    /// A setting was given that belongs to the HTTP client, together with an HTTP
    /// client that is ready made.
    #[error(
        "`.connect_timeout(..)` has no effect on the client given to `.http_client(..)`: set it there"
    )]
    ConnectTimeout,
    /// The HTTP client could not be made, for example because this machine has no
    /// root certificates.
    #[error("the HTTP client could not be set up: {0}")]
    Http(#[source] Box<dyn std::error::Error + Send + Sync>),
}
