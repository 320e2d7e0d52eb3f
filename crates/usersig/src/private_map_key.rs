//! `PrivateMapKey`: who may enter a room and what they may do there (document 647/35157).
//!
//! A `PrivateMapKey` is an ordinary ticket with a *userbuf*: a few signed bytes that name the
//! user, the room, the end of the right and the rights.
//! [`Signer::private_map_key`](crate::Signer::private_map_key) makes one; [`UserBuf`] writes and
//! reads the bytes on their own.

mod privileges;
mod user_buf;

pub use privileges::Privileges;
pub use user_buf::{DecodeError, EncodeError, RoomRef, UserBuf};
