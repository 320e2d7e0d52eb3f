/// The kind of failure behind an [`Error`](crate::Error).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request breaks documented limits. Nothing was sent. See
    /// [`Error::violations`](crate::Error::violations).
    Invalid,
    /// The service answered with an error code. See
    /// [`Error::code`](crate::Error::code).
    Api,
    /// The reply has another HTTP status than 200, so a gateway or proxy answered
    /// and not the service. A redirect is one of these: none is followed.
    HttpStatus,
    /// The reply has status 200 and could not be read.
    Undecodable,
    /// The reply is longer than the client's limit.
    TooLarge,
    /// There was no connection. Nothing was sent.
    Connect,
    /// There was no complete reply in time.
    Timeout,
    /// The connection broke.
    Transport,
    /// The documented rate of the endpoint leaves no room for the call in its time.
    /// Nothing was sent.
    Quota,
    /// There is no ticket: none could be signed, or the provider has none. Nothing
    /// was sent.
    Signing,
    /// No HTTP request could be made of the call, or its timeout is no time.
    /// Nothing was sent.
    Build,
}
