use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use thiserror::Error;

use crate::content::Content;
use crate::document::Written;
use crate::private_map_key::{EncodeError, Privileges, RoomRef, UserBuf};
use crate::{
    Clock, MAX_DOCUMENT_LEN, MAX_TICKET_LEN, SecretKey, SystemClock, Ticket, alphabet, zlib,
};

/// Makes tickets for the users of one app (document 1047/34385).
///
/// Signing is deterministic: the same user, second and validity give the same text. It touches
/// neither network nor disk and takes microseconds, so nothing has to be cached for speed: keep a
/// ticket for as long as it is comfortably valid, or make one per call.
///
/// ```
/// use std::time::Duration;
/// use trtc_usersig::{SecretKey, Signer};
///
/// let key = SecretKey::new("the key that the console shows")?;
/// let signer = Signer::new(1_400_000_000, key);
/// let ticket = signer.sign("administrator", Duration::from_secs(24 * 60 * 60))?;
/// let query = format!("usersig={}", ticket.as_str());
/// # assert!(query.len() > 150);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Signer {
    sdkappid: u32,
    key: SecretKey,
    clock: Arc<dyn Clock>,
}

/// Why a ticket could not be made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SignError {
    /// The user id is empty.
    #[error("the user id is empty")]
    EmptyUserId,
    /// The user id has a control character. A line end would make foreign lines of the signed
    /// content; the vendor's libraries let it pass.
    #[error("the user id has a control character at byte {offset}")]
    ControlCharacter {
        /// Offset in bytes from the start of the id.
        offset: usize,
    },
    /// The time of signing is before 1970: the clock is wrong.
    #[error("the clock shows a time before 1970 ({time} s)")]
    BeforeEpoch {
        /// The time of signing, in seconds since 1970.
        time: i64,
    },
    /// The ticket would be born expired.
    #[error("a validity of {expire} s is not positive")]
    ExpireNotPositive {
        /// The validity in whole seconds.
        expire: i64,
    },
    /// Time of signing plus validity is beyond 63 bits, or beyond 32 bits for a
    /// [`PrivateMapKey`](Signer::private_map_key), whose end must come before
    /// 2106-02-07 06:28:16 UTC.
    #[error("the validity ends later than {latest} s after 1970")]
    EndOutOfRange {
        /// The latest second that can be written.
        latest: i64,
    },
    /// The userbuf is there, but empty. The vendor's libraries disagree on what that means, and
    /// what some of them make of it passes no check.
    #[error("the userbuf is empty")]
    EmptyUserBuf,
    /// The room cannot be written into a [`UserBuf`].
    #[error(transparent)]
    UserBuf(#[from] EncodeError),
    /// The ticket would be longer than [`MAX_TICKET_LEN`], or its content than
    /// [`MAX_DOCUMENT_LEN`], so that [`decode`](crate::decode) would not read it back. It takes a
    /// user id or userbuf of thousands of bytes to get there.
    #[error(
        "the ticket would be longer than {MAX_TICKET_LEN} bytes, or its content longer than {MAX_DOCUMENT_LEN}"
    )]
    TooLong,
}

impl Signer {
    /// A signer for the app `sdkappid`, on the computer's clock.
    pub fn new(sdkappid: u32, key: SecretKey) -> Self {
        Self {
            sdkappid,
            key,
            clock: Arc::new(SystemClock),
        }
    }

    /// The same signer on another clock.
    #[must_use]
    pub fn clock(self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self }
    }

    /// The app that the tickets are for.
    pub const fn sdkappid(&self) -> u32 {
        self.sdkappid
    }

    /// Makes a ticket for `user_id` that is valid from now on for `expire`.
    ///
    /// Validity counts in whole seconds; a fraction is dropped. No maximum is documented. The
    /// server's explanation of 70001 advises 24 hours or more, and most of the vendor's tools
    /// default to [`DEFAULT_EXPIRE`](crate::DEFAULT_EXPIRE).
    ///
    /// The documents allow user ids of at most
    /// [`USER_ID_ADVISED_MAX_BYTES`](crate::USER_ID_ADVISED_MAX_BYTES) from `a-z A-Z 0-9 _ -`, but
    /// no signing library holds anybody to it. Nor does this one: whether an id exists is for the
    /// server to say.
    ///
    /// # Errors
    ///
    /// [`SignError`], for an id or a validity that would give a ticket nobody accepts.
    pub fn sign(&self, user_id: &str, expire: Duration) -> Result<Ticket, SignError> {
        let time = self.clock.unix_seconds();
        self.sign_at(user_id, time, whole_seconds(expire)?, None)
    }

    /// Makes a ticket from explicit parts: signed at `time` (seconds since 1970), valid for
    /// `expire` seconds, with `userbuf` as signed extra bytes.
    ///
    /// # Errors
    ///
    /// As for [`sign`](Self::sign); also for an empty `userbuf`.
    pub fn sign_at(
        &self,
        user_id: &str,
        time: i64,
        expire: i64,
        userbuf: Option<&[u8]>,
    ) -> Result<Ticket, SignError> {
        check_user_id(user_id)?;
        check_validity(time, expire)?;
        if userbuf.is_some_and(<[u8]>::is_empty) {
            return Err(SignError::EmptyUserBuf);
        }

        let userbuf = userbuf.map(|bytes| BASE64_STANDARD.encode(bytes));
        let content = Content {
            identifier: user_id,
            sdkappid: self.sdkappid.into(),
            time,
            expire,
            userbuf: userbuf.as_deref(),
        };
        let mac = self.key.mac(content.text().as_bytes());
        pack(&content, &mac)
    }

    /// Makes a `PrivateMapKey`: a ticket that lets `user_id` into `room` with `privileges`
    /// (document 647/35157). The media SDK takes it on entering; the REST calls do not use it.
    ///
    /// From the moment that an app switches the feature on, all its users need such a ticket. The
    /// SDK checks it again when a viewer becomes a speaker: a validity of hours is advised,
    /// since five minutes throw viewers out.
    ///
    /// ```
    /// use std::time::Duration;
    /// use trtc_usersig::{Privileges, RoomRef, SecretKey, Signer};
    ///
    /// let signer = Signer::new(1_400_000_000, SecretKey::new("key")?);
    /// let hours = Duration::from_secs(6 * 60 * 60);
    /// let ticket = signer.private_map_key(
    ///     "viewer-12",
    ///     hours,
    ///     RoomRef::Text("live-room-1"),
    ///     Privileges::AUDIENCE | Privileges::RECEIVE_SUBSTREAM,
    /// )?;
    /// # drop(ticket);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`sign`](Self::sign), and if the room or the end of the validity does not fit the
    /// binary layout. Nothing is cut to fit, as the vendor's libraries do.
    pub fn private_map_key(
        &self,
        user_id: &str,
        expire: Duration,
        room: RoomRef<'_>,
        privileges: Privileges,
    ) -> Result<Ticket, SignError> {
        let time = self.clock.unix_seconds();
        let expire = whole_seconds(expire)?;
        let end = check_validity(time, expire)?;
        let userbuf = UserBuf {
            account: user_id,
            sdkappid: self.sdkappid,
            room,
            expires_at: u32::try_from(end).map_err(|_| SignError::EndOutOfRange {
                latest: u32::MAX.into(),
            })?,
            privileges,
        }
        .encode()?;
        self.sign_at(user_id, time, expire, Some(&userbuf))
    }
}

const BEYOND_I64: SignError = SignError::EndOutOfRange { latest: i64::MAX };

fn whole_seconds(expire: Duration) -> Result<i64, SignError> {
    i64::try_from(expire.as_secs()).map_err(|_| BEYOND_I64)
}

fn check_user_id(user_id: &str) -> Result<(), SignError> {
    if user_id.is_empty() {
        return Err(SignError::EmptyUserId);
    }
    match user_id.find(char::is_control) {
        Some(offset) => Err(SignError::ControlCharacter { offset }),
        None => Ok(()),
    }
}

/// Gives the last valid second.
fn check_validity(time: i64, expire: i64) -> Result<i64, SignError> {
    if time < 0 {
        return Err(SignError::BeforeEpoch { time });
    }
    if expire <= 0 {
        return Err(SignError::ExpireNotPositive { expire });
    }
    time.checked_add(expire).ok_or(BEYOND_I64)
}

fn pack(content: &Content<'_>, mac: &[u8]) -> Result<Ticket, SignError> {
    let document = serde_json::to_vec(&Written {
        version: "2.0",
        identifier: content.identifier,
        sdkappid: content.sdkappid,
        expire: content.expire,
        time: content.time,
        userbuf: content.userbuf,
        sig: &BASE64_STANDARD.encode(mac),
    })
    .expect("strings and integers always serialise");
    if document.len() > MAX_DOCUMENT_LEN {
        return Err(SignError::TooLong);
    }
    let text = alphabet::encode(&zlib::deflate(&document));
    if text.len() > MAX_TICKET_LEN {
        return Err(SignError::TooLong);
    }
    Ok(Ticket::new(text))
}
