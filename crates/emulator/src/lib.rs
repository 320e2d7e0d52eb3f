//! An emulator of Tencent RTC's server-side room APIs: their documented behaviour,
//! to develop and test against without an account, a network or a bill.
//!
//! It answers as the public pages say that the service answers: the checks of the
//! URL, the ticket and the request, the error codes, what is stored and when it goes
//! away. Requests are judged by the files of `schemas/` themselves, with the
//! `jsonschema` crate, and never by generated code, so that the emulator is a second
//! opinion on the client. It is *not* the real service: where the pages are silent
//! it does what was decided here, and each decision is written down at the place
//! that decides ([`Service`], [`behaviour`], [`Settings`], [`Emulator`]). It is
//! unofficial, and no stand-in for a test against the real one.
//!
//! Start with [`Service`], the core: a state machine without I/O and without a
//! clock. [`Emulator`] puts it on a port, and its [`Handle`] turns the knobs.
//!
//! # Without a network
//!
//! ```
//! use trtc_rooms_emulator::{App, Request, Service, UnixMillis};
//! use trtc_usersig::{SecretKey, Signer};
//!
//! let now = UnixMillis::from_seconds(1_767_258_000);
//! let key = SecretKey::new("the key of the app")?;
//! let ticket = Signer::new(1_400_000_000, key.clone())
//!     .sign_at("administrator", now.seconds(), 86_400, None)?;
//! let mut service = Service::new(App::new(1_400_000_000, key).admin("administrator"))?;
//!
//! let query = format!(
//!     "sdkappid=1400000000&identifier=administrator&usersig={}&random=7&contenttype=json",
//!     ticket.as_str()
//! );
//! let body = br#"{"RoomInfo": {"RoomId": "live-1", "RoomType": "Live", "SeatTemplate": "Karaoke"}}"#;
//! let request = Request::post("/v4/live_engine_http_srv/create_room", &query, body);
//!
//! let reply = service.handle(&request, now);
//! println!("{}", reply.text());
//! assert_eq!(reply.error_code(), Some(0));
//! assert_eq!(service.app(1_400_000_000).map(App::room_count), Some(1));
//!
//! // A second later the id is taken, by a room of the same owner.
//! let later = UnixMillis::from_seconds(now.seconds() + 1);
//! assert_eq!(service.handle(&request, later).error_code(), Some(100_010));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Over HTTP
//!
//! ```
//! use trtc_rooms_emulator::{Emulator, Script};
//! use trtc_usersig::SecretKey;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let emulator = Emulator::builder()
//!     .sdkappid(1_400_000_000)
//!     .key(SecretKey::new("the key of the app")?)
//!     .admin("administrator")
//!     .start()
//!     .await?;
//! println!("point a client at {}", emulator.url());
//!
//! // The next creation of a room is done, but its reply gets lost.
//! let lost = Script::reset().carried_out().on("live/create_room");
//! emulator.handle().script(lost)?;
//! emulator.shutdown().await;
//! # Ok(())
//! # }
//! ```

mod app;
pub mod behaviour;
mod contract;
mod gateway;
mod http;
mod journal;
mod json;
mod query;
mod random;
mod refusal;
mod reply;
mod request;
mod room;
mod rooms;
mod schemas;
mod script;
mod service;
mod settings;
mod snapshot;
mod stored;
mod tickets;
mod time;
mod webhook;

#[cfg(test)]
mod testing;

pub use app::App;
pub use http::{Builder, Emulator, Handle, StartError, WebhookDelivery};
pub use journal::{Counters, JournalEntry};
pub use reply::{Delivery, Reply};
pub use request::Request;
pub use room::{GiftCount, Profile, Room, RoomType, Seat, Statistics};
pub use schemas::schemas;
pub use script::{Script, UnknownEndpoint};
pub use service::Service;
pub use settings::{Rights, Settings, UnknownMembers};
pub use snapshot::{AppSnapshot, RestoreError, Snapshot};
pub use stored::{Battle, Callback, CallbackToken, Stored};
pub use time::{EmulatorClock, UnixMillis};
pub use webhook::Webhook;
