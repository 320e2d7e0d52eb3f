use std::fmt;

use zeroize::Zeroizing;

/// A `UserSig`: the text that goes into the `usersig` parameter of a call, or into the media SDK.
///
/// Whoever holds a ticket *is* that user until it expires, so the type guards against leaks:
/// there is no `Display`, `Debug` hides the text, and the memory is wiped on drop. Take the text
/// out with [`as_str`](Self::as_str) where it is sent, and nowhere else. It consists of
/// `A-Z a-z 0-9 * - _` only and needs no escaping in a URL.
///
/// Two tickets for the same user and second can differ in text and mean the same, and each
/// encoder has its own text. Compare what [`decode`](crate::decode) gives, never the text; this
/// is why there is no `PartialEq`.
#[derive(Clone)]
pub struct Ticket(Zeroizing<String>);

impl Ticket {
    /// Wraps the text of a ticket that was made elsewhere. Nothing is checked; that is the
    /// business of [`decode`](crate::decode) and [`Verifier`](crate::Verifier).
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ticket(<redacted>)")
    }
}
