//! The requests and replies of the Tencent RTC room APIs as Rust types, with their
//! documented limits and error codes.
//!
//! Everything in [`live`], [`conference`] and [`common`] is generated from the
//! schemas of this project. A request is a struct with ordinary public fields; what
//! is mandatory goes into `new`, the rest into setters. [`Validate::validate`]
//! compares it with every limit that the documents state, and `hints` says what is
//! allowed but has no effect. Most users depend on `trtc-rooms`, which re-exports
//! these types and sends them; this crate alone builds and checks requests and pulls
//! no HTTP.
//!
//! ```
//! use trtc_rooms_model::Validate;
//! use trtc_rooms_model::live::create_room::{CreateRoomRequest, RoomInfo, SeatTemplate};
//!
//! let room = RoomInfo::new("live-1", SeatTemplate::AudioSalon).max_seat_count(8);
//! let request = CreateRoomRequest::new(room);
//! assert!(request.validate().is_ok());
//!
//! // The documents count bytes: 17 characters can be 51 of them.
//! let room = RoomInfo::new("房".repeat(17), SeatTemplate::AudioSalon);
//! let violations = CreateRoomRequest::new(room).validate().unwrap_err();
//! assert_eq!(
//!     violations.to_string(),
//!     "/RoomInfo/RoomId is 51 bytes long, at most 48 are allowed",
//! );
//! ```
//!
//! [`json`] does the same for a JSON text that is not a Rust value yet, and finds
//! endpoints by name.

mod codes;
#[rustfmt::skip]
mod generated;
mod repair;
mod shape;

pub mod json;

pub use codes::explain;
pub use generated::catalog::{COMMON_CODES, ENDPOINTS};
pub use generated::*;
pub use trtc_rooms_core::{Hint, Validate, Violation, Violations};
