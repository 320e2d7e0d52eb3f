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
//! # What is covered
//!
//! Every call that a page of the vendor documents: [`pages`] maps the pages to methods.
//! Methods stand in groups, such as `client.live().members()`, and most of them once more
//! on the product; a call that answers one page of a list goes through all of it with
//! [`Call::items`]. Webhooks are received with the crate `trtc-rooms-webhooks`.
//!
//! Not covered, because no page describes it: ending a battle, putting a member out of a
//! live room without a ban, connecting rooms, likes; and `get_gift_info_list`,
//! `edit_gift`, `edit_gift_category` and `get_room_statistic`, which only the vendor's own
//! sample code calls; and `add_robot` of Conference, whose page could not be read. Nor are
//! the calls of Chat, such as importing accounts, and those of the previous generation
//! (`room_api/v1`). [`Client::call_raw`] takes any call, and an [`Operation`] of your own
//! makes it a typed one.
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
//! # When the network or the service fails
//!
//! People wait while rooms are created, so a call does what can be done and then says
//! clearly what happened. These are the defaults; each can be set for a client
//! ([`ClientBuilder`]) and, but for the connection and the budget, for one call
//! ([`Call`]):
//!
//! | | default | why |
//! |---|---|---|
//! | [`connect_timeout`](ClientBuilder::connect_timeout) | 3 s | a lost packet is sent again after one |
//! | [`attempt_timeout`](ClientBuilder::attempt_timeout) | 8 s | the service gives itself 3, and a connection may come before |
//! | [`timeout`](ClientBuilder::timeout) | 30 s | the whole call: nothing makes it last longer |
//! | [`retry`](ClientBuilder::retry) | 3 attempts | |
//! | pause before repetition *n* | even between 0 and 0.1 s · 2ⁿ⁻¹, after throttling 1 s · 2ⁿ⁻¹, at most 5 s | clients that failed together must not come back together |
//! | longest pause that a server may ask for | 20 s | beyond that the caller knows better |
//! | [`retry_budget`](ClientBuilder::retry_budget) | 500 tokens; a repetition takes 5, after silence 10; a success gives 1 | an outage is not multiplied |
//! | [`quota_mode`](ClientBuilder::quota_mode) | wait | |
//! | [`max_reply_bytes`](ClientBuilder::max_reply_bytes) | 1 MiB | memory stays bounded, whoever answers |
//! | [`ticket_lifetime`](ClientBuilder::ticket_lifetime) | 24 h, renewed when a quarter is left | the least that is advised |
//!
//! **What is repeated** is decided by the error and by what the documents say about the
//! endpoint ([`Endpoint::repeat`], [`Endpoint::codes`]), never by the policy:
//!
//! | what happened | repeated |
//! |---|---|
//! | no connection: nothing has left | always |
//! | the reply was lost, cut off, or did not come in time; a gateway failed | if calling twice does no harm |
//! | the service says that it failed (class `server`) | if calling twice does no harm |
//! | too many calls (class `rateLimit`, HTTP 429) | always, it was refused; after the pause that the code or `Retry-After` names |
//! | the state does not allow it yet, and the page says to call again later (class `conflict` and others) | always, it was refused; after the pause that throttling has |
//! | the ticket has expired (70001 and its like) | once, at once, with a new ticket |
//! | any other failed check of the ticket, such as 70050 | never: the service locks out those who go on |
//! | certificates that are not trusted, requests that are wrong, codes that no document lists | never |
//!
//! No key of idempotency exists. So after a lost reply it is the endpoint that tells:
//! a repeated `create_room` that finds the room there and yours (100010) is a success,
//! and [`Reply::confirmed_by`] says so: the room is there and yours, though it may be an
//! older one with other settings if the first request was lost on its way. If the last
//! attempt has failed too, the [`outcome`](Error::outcome) of the call is
//! [`Outcome::Unknown`], a case of its own, even if the last attempt alone was refused. For
//! rooms, [`ensure_room`](live::Rooms::ensure_room) finds out. No repetition begins in the
//! last seconds of a call's time, where it would be cut off and leave such a doubt.
//!
//! # Documented rates
//!
//! Each page names a rate, mostly 200 calls a second. A client keeps to them by itself:
//! calls that would be too many wait for their turn, in the order of arrival, and fail
//! at once with [`ErrorKind::Quota`] if their time would be over before it. In no second,
//! wherever it begins, do more calls go out than documented, repetitions included.
//! Creating the same room twice within a second waits as well. The rates hold for all
//! clones of a client; processes that call for the same app divide them with
//! [`LocalQuota::with_share`], or share them through a [`Quota`] of their own. What is
//! spaced here can still bunch up on the way, so a throttling code is no surprise, and
//! is repeated.
//!
//! # Watching
//!
//! With the feature `tracing` (on by default) each call is a span
//! `trtc_rooms.call` at level INFO with `endpoint`, `tag`, `attempts`, `code`, `class`,
//! `outcome`, `request_id` and `elapsed_ms`, and each attempt a span
//! `trtc_rooms.attempt` in it at level DEBUG. For metrics there is [`Observer`]. Every
//! error names the `RequestId` or, if no reply came,
//! [the `random` parameter](Error::random) of the request.
//!
//! # Testing code that uses this crate
//!
//! [`FakeTransport`] answers calls without a network. The crate `trtc-rooms-emulator`
//! is a server that behaves as documented.
//!
//! # Features
//!
//! | | |
//! |---|---|
//! | `rustls` (default) | TLS by rustls, trusting the certificates that the platform trusts |
//! | `native-tls` | TLS by the library of the platform; with `rustls` too, `ClientBuilder::native_tls` chooses it |
//! | `tracing` (default) | spans and events |
//! | `blocking` | `call.wait()` in the place of `call.await`, for programs without a runtime |
//!
//! Proxies are those of the system, as with reqwest, but for plain http to this machine.
//!
//! # Secrets
//!
//! The ticket stands in the URL of each request, as the service wants it. Therefore
//! redirects are never followed, plain http is refused except to this machine, and
//! neither errors nor `tracing` events hold a URL, a ticket or the key.
//!
//! # Reading the source
//!
//! `client.rs` and `builder.rs` are what users see, `call.rs` is a call, `run.rs` its
//! way from attempt to attempt, `attempt.rs` one HTTP request, `answer.rs` and
//! `envelope.rs` the reply. `retry/` decides what is repeated, `quota/` when a call may
//! go out, `ticket/` makes the `UserSig`, `observe/` tells of it all. The operations are
//! generated into `src/generated/`.

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
    Actual, Endpoint, ErrorClass, ErrorCode, FieldShape, Hint, HintKind, Incomplete, Limit,
    NarrowRate, ObjectShape, OpenEnum, Page, Path, Payload, Rate, Repeat, Report, RetryAdvice,
    Rule, Shape, Validate, Violation, Violations,
};
/// What tickets are made with.
pub use trtc_usersig::{Clock, FixedClock, KeyError, SecretKey, SignError, SystemClock};

/// The HTTP client that [`ClientBuilder::http_client`] takes.
pub use reqwest;

// The example in the README is compiled with the other examples.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
