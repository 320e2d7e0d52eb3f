use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::{Serialize, Serializer};
use zeroize::Zeroizing;

use crate::content::Content;
use crate::document::{Member, Members};
use crate::{MAX_TICKET_LEN, Malformed, alphabet, zlib};

/// What a ticket says about itself.
///
/// Claims that come from [`decode`] are only claims: anyone can write them. Those
/// that come from [`Verifier::verify`](crate::Verifier::verify) are backed by the secret key,
/// except for the version, which no mac covers.
///
/// Serialises as an object with the field names below, plus `expires_at`, and with `userbuf` in
/// base64 if there is one. The mac is part of the secret: it is neither serialised nor shown by
/// `Debug`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claims {
    /// `TLS.ver`, `2.0` in all known tickets. The vendor's checkers do not look at it, and
    /// neither does this crate.
    pub version: Option<String>,
    /// `TLS.identifier`: the user id. Free of control characters.
    pub identifier: String,
    /// `TLS.sdkappid`. Wider than a real one, because a faulty signer writes 64 bits.
    pub sdkappid: u64,
    /// `TLS.time`: when the ticket was signed, in seconds since 1970.
    pub time: i64,
    /// `TLS.expire`: how long it is valid from then on, in seconds. Go's signer leaves a 0 out,
    /// so an absent member reads as 0.
    pub expire: i64,
    /// `TLS.userbuf`: the signed extra bytes, such as a
    /// [`UserBuf`](crate::private_map_key::UserBuf).
    pub userbuf: Option<Vec<u8>>,
    mac: Mac,
}

/// Reads a ticket without any key, and without trusting it.
///
/// The text is base64 in the vendor's spelling (`*`, `-` and `_` for `+`, `/` and `=`; the
/// standard spelling is accepted as the vendor's decoders do) of a zlib stream of a JSON object.
/// Texts above [`MAX_TICKET_LEN`] are refused unseen and inflation stops above
/// [`MAX_DOCUMENT_LEN`](crate::MAX_DOCUMENT_LEN), so memory stays below 100 KiB whatever comes in.
/// Unknown members are skipped.
///
/// Several texts can decode to the same claims: compare these, never texts.
///
/// ```
/// # use trtc_usersig::{FixedClock, SecretKey, Signer};
/// # use std::{sync::Arc, time::Duration};
/// # let signer = Signer::new(1_400_000_000, SecretKey::new("key")?)
/// #     .clock(Arc::new(FixedClock::new(1_700_000_000)));
/// # let ticket = signer.sign("administrator", Duration::from_secs(86_400))?;
/// let claims = trtc_usersig::decode(ticket.as_str())?;
/// assert_eq!(claims.identifier, "administrator");
/// assert_eq!(claims.expires_at(), 1_700_086_400);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`Malformed`] names the first layer that is not as it should be.
pub fn decode(ticket: &str) -> Result<Claims, Malformed> {
    if ticket.is_empty() {
        return Err(Malformed::Empty);
    }
    if ticket.len() > MAX_TICKET_LEN {
        return Err(Malformed::TooLong { len: ticket.len() });
    }
    let stream = alphabet::decode(ticket)?;
    let document = zlib::inflate(&stream)?;
    Claims::from_document(&document)
}

impl Claims {
    /// The last second at which the ticket is valid: `time` plus `expire`.
    pub const fn expires_at(&self) -> i64 {
        self.time.saturating_add(self.expire)
    }

    /// Whether the ticket is over at `now`, in seconds since 1970.
    ///
    /// The second [`expires_at`](Self::expires_at) itself is still valid, as for the vendor's
    /// checkers. A ticket whose validity is zero or negative never is. One from the future
    /// is not expired: the server's tolerance for skewed clocks is not documented.
    pub const fn is_expired_at(&self, now: i64) -> bool {
        self.expire <= 0 || now > self.expires_at()
    }

    fn from_document(document: &[u8]) -> Result<Self, Malformed> {
        let mut members = Members::parse(document)?;

        let version = members.text(Member::Version)?;
        let identifier = members
            .text(Member::Identifier)?
            .ok_or(Member::Identifier.missing())?;
        let sdkappid = members
            .unsigned(Member::SdkAppId)?
            .ok_or(Member::SdkAppId.missing())?;
        let time = members
            .integer(Member::Time)?
            .ok_or(Member::Time.missing())?;
        let expire = members.integer(Member::Expire)?.unwrap_or(0);
        let userbuf = members
            .text(Member::UserBuf)?
            .map(|text| bytes_of(Member::UserBuf, &text))
            .transpose()?;
        let sig = members.text(Member::Sig)?.ok_or(Member::Sig.missing())?;
        let mac = bytes_of(Member::Sig, &sig)?;

        if identifier.contains(char::is_control) {
            return Err(Malformed::ControlCharacter);
        }
        if time.checked_add(expire).is_none() {
            return Err(Malformed::EndOutOfRange);
        }
        Ok(Self {
            version,
            identifier,
            sdkappid,
            time,
            expire,
            userbuf,
            mac: Mac(Zeroizing::new(mac)),
        })
    }

    /// The text that the mac should be of.
    pub(crate) fn signed_content(&self) -> String {
        let userbuf = self
            .userbuf
            .as_ref()
            .map(|bytes| BASE64_STANDARD.encode(bytes));
        Content {
            identifier: &self.identifier,
            sdkappid: self.sdkappid,
            time: self.time,
            expire: self.expire,
            userbuf: userbuf.as_deref(),
        }
        .text()
    }

    /// The mac as it stands in the ticket, of any length.
    pub(crate) fn mac(&self) -> &[u8] {
        &self.mac.0
    }
}

fn bytes_of(member: Member, text: &str) -> Result<Vec<u8>, Malformed> {
    BASE64_STANDARD
        .decode(text)
        .map_err(|_| Malformed::MemberNotBase64 {
            member: member.name(),
        })
}

#[derive(Clone, PartialEq, Eq)]
struct Mac(Zeroizing<Vec<u8>>);

impl fmt::Debug for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

impl Serialize for Claims {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shown<'a> {
            version: &'a Option<String>,
            identifier: &'a str,
            sdkappid: u64,
            time: i64,
            expire: i64,
            expires_at: i64,
            #[serde(skip_serializing_if = "Option::is_none")]
            userbuf: Option<String>,
        }

        Shown {
            version: &self.version,
            identifier: &self.identifier,
            sdkappid: self.sdkappid,
            time: self.time,
            expire: self.expire,
            expires_at: self.expires_at(),
            userbuf: self
                .userbuf
                .as_ref()
                .map(|bytes| BASE64_STANDARD.encode(bytes)),
        }
        .serialize(serializer)
    }
}
