//! Receiving the webhooks of Tencent RTC's room services (Live and Conference): what
//! they tell or ask, as Rust types; the check that they come from the service; and the
//! replies that it understands.
//!
//! The types in [`callbacks`] are generated from the schemas of this project. What a
//! page says about an event and what really comes are not always the same, so they are
//! read leniently: any member may be missing, ids may be numbers, truth values text, and
//! an event that is not known arrives as [`Event::Unknown`] with its JSON. Times in
//! seconds and in milliseconds have types of their own, [`UnixSeconds`] and
//! [`UnixMillis`].
//!
//! This crate brings no HTTP: a server of any kind passes the query of the URL and the
//! body to [`Receiver::receive`], and answers with the [`Reply`]. With the feature
//! `axum` there are an extractor and a router. Where the service sends its webhooks, and
//! with which token, is configured with the calls of `trtc-rooms`
//! (`client.live().callbacks()`); `trtc-rooms webhooks listen` prints what comes.
//!
//! ```
//! use trtc_rooms_webhooks::{Event, Receiver, Reply};
//!
//! /// The HTTP status and the body to answer with.
//! fn webhook(receiver: &Receiver, query: &str, body: &[u8]) -> (u16, String) {
//!     let delivery = match receiver.receive(query, body) {
//!         Ok(delivery) => delivery,
//!         Err(error) => return (error.status(), error.reply().to_json()),
//!     };
//!     match &delivery.event {
//!         Event::LiveAfterCreateRoom(event) => {
//!             println!("{:?} opened {:?}", event.operator_account, delivery.event.room_id());
//!         }
//!         Event::MicAfterSeatInfoChanged(event) => {
//!             for seat in event.seat_list.iter().flatten() {
//!                 println!("{:?}: {:?}", seat.index, seat.member_account);
//!             }
//!         }
//!         Event::Unknown(event) => println!("{}: {}", event.command, event.body),
//!         _ => {}
//!     }
//!     (200, Reply::accept().to_json())
//! }
//!
//! let receiver = Receiver::new(1_400_000_000);
//! let query = "SdkAppid=1400000000&CallbackCommand=Live.CallbackAfterSomethingNew";
//! let (status, _) = webhook(&receiver, query, b"{}");
//! assert_eq!(status, 200);
//! ```
//!
//! Start reading at [`Receiver`], then at [`Event`].

mod describe;
mod error;
#[rustfmt::skip]
mod generated;
mod query;
mod read;
mod receiver;
mod reply;
mod token;
mod unknown;

#[cfg(feature = "axum")]
pub mod axum;

pub use describe::{BeforeEvent, EventInfo, OwnCodes, Question, Refusal, UndocumentedCode};
pub use error::DeliveryError;
pub use generated::common::events::Platform;
pub use generated::{Event, callbacks, common};
pub use receiver::{Delivery, Receiver, parse};
pub use reply::Reply;
pub use token::{EmptyToken, Token};
pub use trtc_rooms_core::{Millis, OpenEnum, UnixMillis, UnixSeconds};
pub use unknown::{UnknownEvent, UnknownReason};
