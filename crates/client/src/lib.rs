//! The Rust SDK for the server-side room APIs of Tencent RTC: Live and Conference.
//!
//! It creates, changes and closes rooms from your server. It is **unofficial**: the
//! vendor publishes no Rust SDK and no machine-readable description of these APIs,
//! so the operations and their limits are generated from schemas that were written
//! from the vendor's pages. It is not the media SDK: no audio or video passes
//! through it.
//!
//! # Where to start
//!
//! Make one [`Client`] for your app and clone it wherever it is needed:
//!
//! ```
//! use trtc_rooms::{Client, Region};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let key = "5f1d0000000000000000000000000000000000000000000000000000000055aa";
//! let client = Client::builder(1_400_000_000, key)
//!     .region(Region::Singapore)
//!     .identifier("administrator")
//!     .build()?;
//! # assert_eq!(client.base_url(), "https://adminapisgp.im.qcloud.com");
//! # assert!(!format!("{client:?}").contains(key));
//! # Ok(())
//! # }
//! ```
//!
//! - The **`SDKAppID`** and the **secret key** stand in the console. The key signs
//!   tickets (`UserSig`) on this machine and is never sent.
//! - The **region** is the data centre that the app belongs to. An emulator or
//!   another host is given as [`base_url`](ClientBuilder::base_url).
//! - The **identifier** is an administrator of the app, `administrator` by default.
//!
//! Then call an operation and await it. What is mandatory goes into `new`, the rest
//! into setters:
//!
//! ```no_run
//! use trtc_rooms::live::create_room::{RoomInfo, SeatTemplate};
//!
//! # async fn example(client: trtc_rooms::Client) -> Result<(), trtc_rooms::Error> {
//! let room = RoomInfo::new("live-1", SeatTemplate::AudioSalon)
//!     .room_name("Friday night")
//!     .max_seat_count(8);
//! let reply = client.live().create_room(room).await?;
//! println!("{:?} (RequestId {:?})", reply.room_id, reply.request_id());
//! # Ok(())
//! # }
//! ```
//!
//! # What can go wrong
//!
//! A request is compared with the documented limits before it is sent, since the
//! service counts bytes where one expects characters and says no more than "a
//! parameter is invalid". [`Validation`] turns that into warnings, or off.
//!
//! The service answers with HTTP status 200 whatever happens; here, a reply with an
//! error code is an [`Error`]. It knows what the code means *on that endpoint* and
//! what can be done about it, whether the request was sent at all, and whether it
//! is unknown if the call was carried out:
//!
//! ```
//! use trtc_rooms::{Error, ErrorClass};
//!
//! fn advice(error: &Error) -> &'static str {
//!     match error.class() {
//!         _ if error.is_outcome_unknown() => "look whether the room exists",
//!         _ if error.is_retryable() => "try again later",
//!         Some(ErrorClass::Authentication) => "check key, identifier and clock",
//!         _ => "read the message: it says what can be done",
//!     }
//! }
//! ```
//!
//! # Secrets
//!
//! The ticket stands in the URL of each request, as the service wants it. Therefore
//! redirects are never followed, plain http is refused except to this machine, and
//! neither errors nor `tracing` events hold a URL, a ticket or the key.
//!
//! # Reading the source
//!
//! `client.rs` and `builder.rs` are what users see, `call.rs` is the way of a call,
//! `exchange.rs` the HTTP request, `answer.rs` and `envelope.rs` the reply,
//! `ticket.rs` the `UserSig`. The operations are generated into `src/generated/`.

mod answer;
mod attempt;
mod base_url;
#[cfg(feature = "blocking")]
mod blocking;
mod build_error;
mod builder;
mod call;
mod client;
mod ensure_room;
mod envelope;
mod error;
mod fake;
#[rustfmt::skip]
mod generated;
mod http_client;
mod observe;
mod operation;
mod options;
mod quota;
mod random;
mod region;
mod reply;
mod request_url;
mod retry;
mod run;
mod text;
mod ticket;
mod time;
mod validation;

#[cfg(feature = "blocking")]
pub use blocking::WaitItems;
pub use build_error::BuildError;
pub use builder::{ClientBuilder, IntoSecretKey};
pub use call::{Call, Items, RawCall};
pub use client::Client;
pub use ensure_room::{EnsureLiveRoom, EnsureMeeting};
pub use error::{ApiError, Error, ErrorKind, Outcome};
pub use fake::{FakeReply, FakeRequest, FakeTransport};
pub use observe::{AttemptReport, CallReport, Observer};
pub use operation::{ListOperation, Operation};
pub use quota::{LocalQuota, Quota, QuotaExceeded, QuotaMode, QuotaRequest};
pub use region::UnknownRegion;
pub use reply::{RawReply, Reply};
pub use retry::{RetryBudget, RetryPolicy};
pub use ticket::{ProvidedTicket, TicketProvider, TicketRequest};
pub use validation::Validation;

/// Requests and replies, by product and operation.
pub use generated::*;
/// What the endpoints of all products share: error codes, types.
pub use trtc_rooms_model::common;

/// What requests and errors are described with.
pub use trtc_rooms_core::{
    Actual, Endpoint, ErrorClass, ErrorCode, Hint, HintKind, Limit, NarrowRate, OpenEnum, Page,
    Payload, Rate, Repeat, RetryAdvice, Rule, Validate, Violation, Violations,
};
/// What tickets are made with.
pub use trtc_usersig::{Clock, FixedClock, KeyError, SecretKey, SignError, SystemClock};

/// The HTTP client that [`ClientBuilder::http_client`] takes.
pub use reqwest;

// The example in the README is compiled with the other examples.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
