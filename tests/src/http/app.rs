//! The app that every HTTP case is made for: its key, its administrator, its clock.
//!
//! All clients of this harness come from here, so that a setting which concerns all
//! of them stands once.

use std::sync::Arc;

use trtc_rooms::{Client, ClientBuilder, FixedClock, QuotaMode, RetryPolicy};
use trtc_usersig::{SecretKey, Signer};

/// The app.
pub const SDKAPPID: u32 = 1_400_000_000;

/// Its key. The secret scan looks for pieces of it, so it has no piece that could
/// occur by chance.
pub const KEY: &str = "8f2b1c94e07d5a63b9e4d1780cf6a35292c7e61f4b0d83a5d7194ce2f3608ba1";

/// Its administrator.
pub const IDENTIFIER: &str = "administrator";

/// The time at which all tickets are signed and checked.
pub const NOW: i64 = 1_700_000_000;

/// For how long the tickets of a client are good unless it is told otherwise.
const DAY: i64 = 86_400;

/// A client of the app for an address, with a clock that stands still.
pub fn builder(url: &str) -> ClientBuilder {
    Client::builder(SDKAPPID, KEY)
        .base_url(url)
        .identifier(IDENTIFIER)
        .clock(Arc::new(FixedClock::new(NOW)))
        // What a reply means is judged one reply at a time, as fast as it comes; that
        // calls are repeated and keep to rates is proven in the client's own tests.
        .retry(RetryPolicy::never())
        .quota_mode(QuotaMode::Off)
}

/// A client of the app for an address.
///
/// # Panics
///
/// If the client cannot be built.
pub fn client(url: &str) -> Client {
    builder(url).build().expect("a client for a loopback stub")
}

/// The ticket that such a client sends: signing is deterministic.
///
/// # Panics
///
/// If it cannot be signed.
pub fn ticket() -> String {
    signed(IDENTIFIER, NOW, DAY)
}

/// A ticket of the app for any user and time.
///
/// # Panics
///
/// If it cannot be signed.
pub fn signed(user: &str, time: i64, expire: i64) -> String {
    let signer = Signer::new(SDKAPPID, secret_key());
    let ticket = signer.sign_at(user, time, expire, None);
    ticket.expect("a ticket").as_str().to_owned()
}

/// The key as the signing crate takes it.
pub(crate) fn secret_key() -> SecretKey {
    SecretKey::new(KEY).expect("the key is not empty")
}
