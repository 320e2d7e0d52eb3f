//! What each call does, by the name of its schema.
//!
//! A call that has a schema and no entry here is validated and then refused with
//! 60009 and a text that says that it is not modelled: never a false OK. To model
//! one, write a file beside this one and add a line to the table in it. A behaviour
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
//!    unless [`Rights`] say otherwise.
//!
//! * What is absent stays as it is; an empty list removes what was there.

mod creation;

mod conference_create_room;
mod live_create_room;
mod live_update_room_info;

use serde_json::{Map, Value};

use crate::app::App;
use crate::contract::Endpoint;
use crate::refusal::{Refusal, code};
use crate::room::{Room, RoomType};
use crate::settings::{Rights, Settings};
use crate::time::UnixMillis;

/// What a call does: a function of the call and of what is stored.
pub(crate) type Behaviour = fn(&Call<'_>) -> Result<Outcome, Refusal>;

const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("conference/create_room", conference_create_room::call),
    ("live/create_room", live_create_room::call),
    ("live/update_room_info", live_update_room_info::call),
];

/// The calls that are modelled, such as `live/create_room`.
pub fn modelled() -> impl Iterator<Item = &'static str> {
    BEHAVIOURS.iter().map(|(name, _)| *name)
}

pub(crate) fn find(name: &str) -> Option<Behaviour> {
    let found = BEHAVIOURS.iter().find(|(modelled, _)| *modelled == name);
    found.map(|(_, behaviour)| *behaviour)
}

/// A call that has passed all checks of the gateway.
pub(crate) struct Call<'a> {
    pub(crate) app: &'a App,
    pub(crate) endpoint: &'a Endpoint,
    pub(crate) settings: &'a Settings,
    /// The administrator of the app who makes the call.
    pub(crate) operator: &'a str,
    /// The request, which breaks no rule of its schema.
    pub(crate) request: &'a Value,
    pub(crate) now: UnixMillis,
}

/// What comes of a call that is carried out.
pub(crate) struct Outcome {
    pub(crate) change: Change,
    /// The data of the reply.
    pub(crate) data: Map<String, Value>,
}

/// A change of what is stored.
pub(crate) enum Change {
    /// A new room.
    Create(Box<Room>),
    /// Other values for members of `RoomInfo`.
    Update {
        room_id: String,
        info: Map<String, Value>,
    },
}

impl Change {
    pub(crate) fn apply(self, app: &mut App) {
        match self {
            Change::Create(room) => app.rooms.create(*room),
            Change::Update { room_id, info } => app.rooms.update(&room_id, info),
        }
    }
}

impl<'a> Call<'a> {
    /// The member `RoomInfo` of the request.
    fn room_info(&self) -> Result<&'a Map<String, Value>, Refusal> {
        let info = self.request.get("RoomInfo").and_then(Value::as_object);
        info.ok_or_else(|| missing("/RoomInfo"))
    }

    /// The id of the room that the call is about.
    fn room_id(&self) -> Result<&'a str, Refusal> {
        let id = self.room_info()?.get("RoomId").and_then(Value::as_str);
        id.ok_or_else(|| missing("/RoomInfo/RoomId"))
    }

    /// The room that the call is about, if it exists, is of the right kind, and the
    /// operator may change it.
    fn room_to_change(&self, room_type: RoomType) -> Result<&'a Room, Refusal> {
        let denied = |info: &str| Refusal::new(code::PERMISSION_DENIED, info);
        let Some(room) = self.app.room(self.room_id()?) else {
            let info = "the room does not exist: it was never created, or it is gone";
            return Err(Refusal::new(code::ROOM_NOT_FOUND, info));
        };
        if room.room_type != room_type {
            let wanted = format!("the room is not of the type {room_type:?}");
            return Err(denied(&wanted));
        }
        let allowed = match self.settings.rights {
            Rights::AppAdministrator => true,
            Rights::OwnerOrRoomAdministrator => {
                room.owner == self.operator || room.administrators.contains(self.operator)
            }
        };
        if !allowed {
            return Err(denied(
                "the operator is neither the owner nor an administrator of the room",
            ));
        }
        Ok(room)
    }
}

/// A schema that does not insist on what a behaviour needs. It would be a gap
/// between the two, so it must not look like success.
fn missing(pointer: &str) -> Refusal {
    let info = format!("{pointer} is missing (required)");
    Refusal::new(code::INVALID_PARAMETER, info)
}

#[cfg(test)]
mod tests;
