//! What each call does, by the name of its schema.
//!
//! A call that has a schema and no entry here is validated and then refused with
//! 60009 and a text that says that it is not modelled: never a false OK. To model
//! one, write a file beside this one and add a line to `table.rs`. A behaviour
//! sees the app read-only and gives the change to make, so a refused call cannot
//! leave a trace.
//!
//! # Decisions
//!
//! Where the documents are silent, this is how the calls behave.
//!
//! **Creating a room** (Live and Conference), the first that applies:
//!
//! 1. Less than a second (up to 0.999 s) after the id was created: 100012, whoever
//!    asks. A refused attempt does not begin a new second.
//! 2. The id is that of a Chat group: 100011.
//! 3. The id is that of a room of the other product: 100003, even with the same
//!    owner, since such a room cannot be used "as it is".
//! 4. The id is that of a room with the same owner: 100010, and the room stays as it
//!    is. With another owner: 100003. The owner that counts is that of the request:
//!    `Owner_Account`, or the caller in its absence. (The Conference page speaks of
//!    "the operator"; read as the account on whose behalf the call is made.)
//!
//! * Ids are compared byte by byte. Neither an empty one nor one with a prefix that
//!   Chat reserves is refused: no page on rooms says so.
//! * What is stored are the documented members, with the documented defaults.
//!   Numbers are stored as they are written: `8.0` stays `8.0`.
//! * The package is a trial: a meeting has at most 20 members and 20 seats unless
//!   the request says otherwise. No maximum is enforced.
//! * A meeting of which only the end is given begins now, and the rule about its
//!   length holds from there (100002). A time is a whole second, rounded down.
//! * Sensitive texts, missing packages and rates other than the one above are not
//!   modelled; [script](crate::Script) 100026, 100007 or 60007 instead.
//!
//! **Changing a live room**, the first that applies:
//!
//! 1. There is no such room: 100004.
//! 2. It is no live room: 100006.
//! 3. The operator lacks the right: 100006. Every administrator of the app has it,
//!    unless [`Rights`](crate::Rights) say otherwise.
//!
//! * What is absent stays as it is; an empty list removes what was there.
//!
//! **Dismissing a room**: 100004 if there is none; 100006 as for a change.
//!
//! **Members**
//!
//! * A banned user is put out of the room and off the seat, and cannot enter before the
//!   ban ends. Banning or muting somebody who was never there is no error for Live; for
//!   a meeting it is 100005, and then nobody is banned.
//! * `change_room_owner` of a meeting from somebody who is not the owner is 100006. The
//!   new owner is no administrator any more.
//! * A live room has at most 5 administrators (100020).
//! * Lists are ordered by user id, and `Next` is the last user id of the page.
//!
//! **Seats** are numbered from 0; another number is 100252. A room without seats answers
//! 100211. Flags of a seat that is empty or locked are ignored, and go with the user.
//!
//! **Gifts**: adding what exists replaces it. An unknown gift or category is 102002,
//! except where the page says that deleting it succeeds. Rates are not counted.
//!
//! **Battles**: a room is in one battle at a time (`ResultCode` 3); a room that does not
//! exist is a failure of the service (`ResultCode` 5). `Status` is left out, since its
//! values are not documented. An unknown battle is 100411.
//!
//! **Webhooks** are configured by product and listed in [`App::stored`](crate::App::stored); before-events
//! are not asked.

mod battles;
mod call;
mod callbacks;
mod conference_create_room;
mod creation;
mod gifts;
mod live_create_room;
mod members;
mod messages;
mod metadata;
mod mixing;
mod outcome;
mod robots;
mod rooms;
mod seats;
mod table;

use crate::refusal::Refusal;
use table::BEHAVIOURS;

pub(crate) use call::Call;
use call::{check_present, missing};
pub(crate) use outcome::{Change, Outcome, Told};

/// What a call does: a function of the call and of what is stored.
pub(crate) type Behaviour = fn(&Call<'_>) -> Result<Outcome, Refusal>;

/// How much of a call is modelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Depth {
    /// It reads or changes what is stored.
    Stateful,
    /// The request is checked, and the room has to be there; the reply has the
    /// documented shape. Nothing else happens.
    ShapeOnly,
}

/// The calls that are modelled, such as `live/create_room`, and how much of them.
pub fn modelled() -> impl Iterator<Item = (&'static str, Depth)> {
    BEHAVIOURS.iter().map(|(name, depth, _)| (*name, *depth))
}

pub(crate) fn find(name: &str) -> Option<Behaviour> {
    let found = BEHAVIOURS.iter().find(|(modelled, ..)| *modelled == name);
    found.map(|(.., behaviour)| *behaviour)
}

#[cfg(test)]
mod tests;
