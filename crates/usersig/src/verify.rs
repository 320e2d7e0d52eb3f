use subtle::ConstantTimeEq;
use thiserror::Error;

use crate::{Claims, Malformed, SecretKey, decode};

/// Checks tickets of one app, as its server would.
///
/// The checks run in this order and the first that fails is reported:
///
/// 1. the text is a ticket at all ([`VerifyError::Malformed`]),
/// 2. it is for this app, 3. for this user,
/// 4. the mac is right, compared in constant time,
/// 5. it is not expired,
/// 6. the userbuf is the expected one.
///
/// This is the order of the vendor's Go checker, except that there the mac comes last. Here
/// nothing is said about the validity of a ticket that the key has not made, so `Expired` means a
/// genuine ticket that a new one can replace. App and user come before the mac because
/// otherwise a ticket of another app, which has another key, could never be called that.
///
/// ```
/// use trtc_usersig::{Expect, SecretKey, Signer, Verifier, VerifyError};
///
/// let key = SecretKey::new("the key of the app")?;
/// let ticket = Signer::new(1_400_000_000, key.clone())
///     .sign_at("alice", 1_700_000_000, 3_600, None)?;
///
/// let verifier = Verifier::new(1_400_000_000, key);
/// let verify = |user, now| verifier.verify(ticket.as_str(), Expect::user(user), now);
/// assert_eq!(verify("alice", 1_700_003_600)?.time, 1_700_000_000);
/// assert_eq!(verify("alice", 1_700_003_601).unwrap_err().reason(), "expired");
/// assert_eq!(verify("bob", 1_700_000_000), Err(VerifyError::IdentifierMismatch));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Verifier {
    sdkappid: u32,
    key: SecretKey,
}

/// What a ticket has to say to pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expect<'a> {
    /// The user it has to be for, byte by byte: no case folding, no normalisation.
    pub user_id: &'a str,
    /// What it may carry as userbuf.
    pub userbuf: ExpectUserBuf<'a>,
}

/// What a ticket may carry as userbuf.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExpectUserBuf<'a> {
    /// None: a plain ticket. A ticket that is bound to a room is not good for everything, so this
    /// is the default, as in the vendor's Go checker. (The PHP one lets any userbuf pass.)
    #[default]
    Absent,
    /// Exactly these bytes. Empty bytes are not the same as none.
    Exactly(&'a [u8]),
    /// Any or none: the caller looks at [`Claims::userbuf`].
    Any,
}

impl<'a> Expect<'a> {
    /// A plain ticket of `user_id`.
    pub const fn user(user_id: &'a str) -> Self {
        Self {
            user_id,
            userbuf: ExpectUserBuf::Absent,
        }
    }

    /// The same, but with exactly these bytes as userbuf.
    #[must_use]
    pub const fn userbuf(self, bytes: &'a [u8]) -> Self {
        Self {
            userbuf: ExpectUserBuf::Exactly(bytes),
            ..self
        }
    }

    /// The same, but with any userbuf or none.
    #[must_use]
    pub const fn any_userbuf(self) -> Self {
        Self {
            userbuf: ExpectUserBuf::Any,
            ..self
        }
    }
}

/// Why a ticket does not pass.
///
/// No message carries any part of the ticket.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// The text is no ticket (70002 to 70008, 70010).
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// The ticket is for another app (70014).
    #[error("the ticket is for SDKAppID {ticket}, not {expected}")]
    SdkAppIdMismatch {
        /// The app in the ticket.
        ticket: u64,
        /// The app of this verifier.
        expected: u32,
    },
    /// The ticket is for another user (70013).
    #[error("the ticket is for another user id")]
    IdentifierMismatch,
    /// The ticket was not made with this key, or was changed afterwards (70009).
    #[error("the ticket was not signed with this app's key, or was changed")]
    MacMismatch,
    /// The ticket is genuine, but its time is over (70001).
    #[error("the ticket expired {expires_at} s after 1970, and it is {now} s")]
    Expired {
        /// The last second of validity.
        expires_at: i64,
        /// The second of the check.
        now: i64,
    },
    /// The ticket is genuine, but carries another userbuf than expected, or one where none
    /// is, or none where one is.
    #[error("the ticket does not carry the expected userbuf")]
    UserBufMismatch,
}

impl VerifyError {
    /// The class of the failure, for scripts: `malformed`, `sdkappid_mismatch`,
    /// `identifier_mismatch`, `mac_mismatch`, `expired`, or, only if a userbuf is looked at,
    /// `userbuf_mismatch`.
    pub const fn reason(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "malformed",
            Self::SdkAppIdMismatch { .. } => "sdkappid_mismatch",
            Self::IdentifierMismatch => "identifier_mismatch",
            Self::MacMismatch => "mac_mismatch",
            Self::Expired { .. } => "expired",
            Self::UserBufMismatch => "userbuf_mismatch",
        }
    }
}

impl Verifier {
    /// A verifier for the app `sdkappid`.
    pub const fn new(sdkappid: u32, key: SecretKey) -> Self {
        Self { sdkappid, key }
    }

    /// The app whose tickets pass.
    pub const fn sdkappid(&self) -> u32 {
        self.sdkappid
    }

    /// Checks `ticket` at the time `now`, in seconds since 1970, and gives what it says.
    ///
    /// A ticket can be used any number of times until it expires; one that was signed in the
    /// future passes (see [`Claims::is_expired_at`]).
    ///
    /// # Errors
    ///
    /// [`VerifyError`], for the first check that fails.
    pub fn verify(
        &self,
        ticket: &str,
        expected: Expect<'_>,
        now: i64,
    ) -> Result<Claims, VerifyError> {
        let claims = decode(ticket)?;
        if claims.sdkappid != u64::from(self.sdkappid) {
            return Err(VerifyError::SdkAppIdMismatch {
                ticket: claims.sdkappid,
                expected: self.sdkappid,
            });
        }
        if claims.identifier != expected.user_id {
            return Err(VerifyError::IdentifierMismatch);
        }
        if !self.has_signed(&claims) {
            return Err(VerifyError::MacMismatch);
        }
        if claims.is_expired_at(now) {
            return Err(VerifyError::Expired {
                expires_at: claims.expires_at(),
                now,
            });
        }
        if !expected.userbuf.allows(claims.userbuf.as_deref()) {
            return Err(VerifyError::UserBufMismatch);
        }
        Ok(claims)
    }

    fn has_signed(&self, claims: &Claims) -> bool {
        let mac = self.key.mac(claims.signed_content().as_bytes());
        // Slices of different length are unequal at once, which gives away nothing: the length of
        // a mac is public.
        mac.as_slice().ct_eq(claims.mac()).into()
    }
}

impl ExpectUserBuf<'_> {
    fn allows(self, userbuf: Option<&[u8]>) -> bool {
        match self {
            Self::Absent => userbuf.is_none(),
            Self::Exactly(bytes) => userbuf == Some(bytes),
            Self::Any => true,
        }
    }
}
