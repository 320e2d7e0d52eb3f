//! Signing and checking `UserSig` tickets of Tencent RTC, and `PrivateMapKey`s.
//!
//! A `UserSig` is the text that proves to Tencent RTC who is calling: the media SDK takes one at
//! login, and each server-side call carries one in its `usersig` parameter. It is a JSON object
//! with a user, an app, a time and a mac (HMAC-SHA256 with the app's secret key), packed with zlib
//! and a base64 of the vendor's own. This crate makes tickets, checks them and reads them. It is
//! unofficial, does no I/O, and knows nothing of HTTP or of the room APIs: the `trtc-rooms` crate
//! builds on it. Only version 2 exists here (HMAC-SHA256; document 1047/34385), not the ECDSA
//! scheme that it replaced in 2019.
//!
//! Start with [`Signer`] to make tickets, [`Verifier`] to check them with the key, and [`decode`]
//! to look into one without it. [`private_map_key`] has the tickets that open rooms.
//!
//! ```
//! use trtc_usersig::{Clock, DEFAULT_EXPIRE, Expect, SecretKey, Signer, SystemClock, Verifier};
//!
//! let key = SecretKey::new("the key that the console shows")?;
//! let ticket = Signer::new(1_400_000_000, key.clone()).sign("administrator", DEFAULT_EXPIRE)?;
//!
//! let claims = Verifier::new(1_400_000_000, key).verify(
//!     ticket.as_str(),
//!     Expect::user("administrator"),
//!     SystemClock.unix_seconds(),
//! )?;
//! assert_eq!(claims.expire, 15_552_000);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Secrets
//!
//! [`SecretKey`] and [`Ticket`] never show themselves in `Debug` or in an error and are wiped
//! when dropped. That is best effort: buffers in which a ticket was put together or taken apart
//! are not wiped, and neither is what the caller does with the text.

#![forbid(unsafe_code)]

mod alphabet;
mod claims;
mod clock;
mod content;
mod document;
mod key;
mod malformed;
pub mod private_map_key;
mod sign;
mod ticket;
mod verify;
mod zlib;

use std::time::Duration;

pub use claims::{Claims, decode};
pub use clock::{Clock, FixedClock, SystemClock};
pub use key::{KeyError, SecretKey};
pub use malformed::Malformed;
pub use private_map_key::{Privileges, RoomRef, UserBuf};
pub use sign::{SignError, Signer};
pub use ticket::Ticket;
pub use verify::{Expect, ExpectUserBuf, Verifier, VerifyError};

/// The validity that most of the vendor's libraries and the console use: 180 days.
pub const DEFAULT_EXPIRE: Duration = Duration::from_secs(180 * 24 * 60 * 60);

/// The longest user id that the documents allow, in bytes (document 1047/34385).
///
/// Advice only: neither the vendor's libraries nor this crate refuse longer ones.
pub const USER_ID_ADVISED_MAX_BYTES: usize = 32;

/// The longest ticket text that is read or made, in bytes.
///
/// A limit of this crate, not of the service. Usual tickets have 180 to 400 characters.
pub const MAX_TICKET_LEN: usize = 4096;

/// The longest JSON document that is read from a ticket or put into one, in bytes.
///
/// A limit of this crate, not of the service. Usual documents have 170 to 270 bytes.
pub const MAX_DOCUMENT_LEN: usize = 8192;
