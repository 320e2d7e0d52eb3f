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
//! **Webhooks** are configured by product and listed in [`App::stored`]; before-events
//! are not asked.

mod battles;
mod callbacks;
mod conference_create_room;
mod creation;
mod gifts;
mod live_create_room;
mod members;
mod messages;
mod metadata;
mod mixing;
mod robots;
mod rooms;
mod seats;

use serde_json::{Map, Value, json};

use crate::app::App;
use crate::contract::Endpoint;
use crate::refusal::{Refusal, code};
use crate::room::{Room, RoomType, whole};
use crate::settings::{Rights, Settings};
use crate::stored::Stored;
use crate::time::UnixMillis;

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

const BEHAVIOURS: &[(&str, Depth, Behaviour)] = &[
    (
        "conference/ban_room_member",
        Depth::Stateful,
        members::ban_from_meeting,
    ),
    (
        "conference/change_room_owner",
        Depth::Stateful,
        members::hand_over_meeting,
    ),
    (
        "conference/create_room",
        Depth::Stateful,
        conference_create_room::call,
    ),
    (
        "conference/delete_callback",
        Depth::Stateful,
        callbacks::delete,
    ),
    (
        "conference/destroy_room",
        Depth::Stateful,
        rooms::destroy_meeting,
    ),
    (
        "conference/get_banned_member_list",
        Depth::Stateful,
        members::banned,
    ),
    ("conference/get_callback", Depth::Stateful, callbacks::get),
    (
        "conference/get_room_info",
        Depth::Stateful,
        rooms::meeting_info,
    ),
    (
        "conference/get_room_member_list",
        Depth::Stateful,
        members::of_meeting,
    ),
    ("conference/kick_user_out", Depth::Stateful, members::kick),
    (
        "conference/mark_room_member",
        Depth::Stateful,
        members::mark,
    ),
    ("conference/set_callback", Depth::Stateful, callbacks::set),
    (
        "conference/unban_room_member",
        Depth::Stateful,
        members::unban,
    ),
    (
        "conference/update_callback",
        Depth::Stateful,
        callbacks::update,
    ),
    (
        "conference/update_room_info",
        Depth::Stateful,
        rooms::update_meeting,
    ),
    (
        "conference/update_room_member_info",
        Depth::Stateful,
        members::update_profile,
    ),
    ("live/add_gift", Depth::Stateful, gifts::add),
    (
        "live/add_gift_category",
        Depth::Stateful,
        gifts::add_category,
    ),
    (
        "live/add_gift_category_relations",
        Depth::Stateful,
        gifts::add_relations,
    ),
    ("live/add_robot", Depth::Stateful, robots::add),
    ("live/ban_member", Depth::Stateful, members::ban),
    (
        "live/change_room_owner",
        Depth::Stateful,
        members::hand_over,
    ),
    (
        "live/copy_default_gift_config",
        Depth::Stateful,
        gifts::copy_default,
    ),
    ("live/create_battle", Depth::Stateful, battles::create),
    ("live/create_room", Depth::Stateful, live_create_room::call),
    ("live/del_gift", Depth::Stateful, gifts::delete),
    (
        "live/del_gift_category",
        Depth::Stateful,
        gifts::delete_category,
    ),
    (
        "live/del_gift_category_language",
        Depth::Stateful,
        gifts::delete_category_text,
    ),
    (
        "live/del_gift_category_relations",
        Depth::Stateful,
        gifts::delete_relations,
    ),
    (
        "live/del_gift_language",
        Depth::Stateful,
        gifts::delete_text,
    ),
    ("live/del_robot", Depth::Stateful, robots::delete),
    ("live/del_room_metadata", Depth::Stateful, metadata::delete),
    ("live/delete_callback", Depth::Stateful, callbacks::delete),
    (
        "live/delete_callback_token",
        Depth::Stateful,
        callbacks::delete_token,
    ),
    ("live/destroy_room", Depth::Stateful, rooms::destroy_live),
    (
        "live/get_admin_list",
        Depth::Stateful,
        members::administrators,
    ),
    (
        "live/get_banned_member_list",
        Depth::Stateful,
        members::banned,
    ),
    ("live/get_battle_info", Depth::Stateful, battles::get),
    ("live/get_callback", Depth::Stateful, callbacks::get),
    (
        "live/get_callback_token",
        Depth::Stateful,
        callbacks::get_token,
    ),
    ("live/get_gift", Depth::Stateful, gifts::get),
    (
        "live/get_gift_category",
        Depth::Stateful,
        gifts::get_category,
    ),
    (
        "live/get_gift_category_language",
        Depth::Stateful,
        gifts::get_category_text,
    ),
    (
        "live/get_gift_category_relations",
        Depth::Stateful,
        gifts::get_relations,
    ),
    ("live/get_gift_count", Depth::Stateful, gifts::count),
    ("live/get_gift_language", Depth::Stateful, gifts::get_text),
    ("live/get_member_list", Depth::Stateful, members::of_live),
    (
        "live/get_muted_member_list",
        Depth::Stateful,
        members::muted,
    ),
    ("live/get_robot", Depth::Stateful, robots::get),
    ("live/get_room_info", Depth::Stateful, rooms::live_info),
    ("live/get_room_list", Depth::Stateful, rooms::list),
    ("live/get_room_metadata", Depth::Stateful, metadata::get),
    ("live/get_room_stats", Depth::Stateful, rooms::statistics),
    (
        "live/modify_admin",
        Depth::Stateful,
        members::modify_administrators,
    ),
    ("live/mute_member", Depth::Stateful, members::mute),
    ("live/resume_mcu_task", Depth::ShapeOnly, mixing::call),
    ("live/send_custom_msg", Depth::Stateful, messages::custom),
    ("live/send_gift", Depth::Stateful, gifts::send),
    ("live/send_text_msg", Depth::Stateful, messages::text),
    ("live/set_battle_score", Depth::Stateful, battles::set_score),
    ("live/set_callback", Depth::Stateful, callbacks::set),
    (
        "live/set_callback_token",
        Depth::Stateful,
        callbacks::set_token,
    ),
    (
        "live/set_gift_category_language",
        Depth::Stateful,
        gifts::set_category_text,
    ),
    ("live/set_gift_language", Depth::Stateful, gifts::set_text),
    ("live/set_mix_stream", Depth::ShapeOnly, mixing::call),
    ("live/set_room_metadata", Depth::Stateful, metadata::set),
    ("live/unban_member", Depth::Stateful, members::unban),
    ("live/update_callback", Depth::Stateful, callbacks::update),
    ("live/update_room_info", Depth::Stateful, rooms::update_live),
    ("seats/get_seat_list", Depth::Stateful, seats::list),
    ("seats/kick_user_off_seat", Depth::Stateful, seats::kick),
    ("seats/lock_seat", Depth::Stateful, seats::lock),
    ("seats/move_user_to_seat", Depth::Stateful, seats::relocate),
    ("seats/pick_user_on_seat", Depth::Stateful, seats::pick),
    ("seats/switch_seat", Depth::Stateful, seats::switch),
];

/// The calls that are modelled, such as `live/create_room`, and how much of them.
pub fn modelled() -> impl Iterator<Item = (&'static str, Depth)> {
    BEHAVIOURS.iter().map(|(name, depth, _)| (*name, *depth))
}

pub(crate) fn find(name: &str) -> Option<Behaviour> {
    let found = BEHAVIOURS.iter().find(|(modelled, ..)| *modelled == name);
    found.map(|(.., behaviour)| *behaviour)
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
    /// What the app's server is told once the change is made.
    pub(crate) events: Vec<Told>,
}

/// What is told of a change, made of what is stored after it.
pub(crate) struct Told {
    pub(crate) command: &'static str,
    pub(crate) room_type: RoomType,
    pub(crate) body: Box<dyn FnOnce(&App) -> Value>,
}

impl Outcome {
    /// A call that only reads. `data` is an object.
    fn read(data: Value) -> Self {
        Self::new(Change::Nothing, data)
    }

    /// A call without data in its reply.
    fn done(change: Change) -> Self {
        Self::new(change, Value::Null)
    }

    fn new(change: Change, data: Value) -> Self {
        let data = match data {
            Value::Object(data) => data,
            _ => Map::new(),
        };
        let events = Vec::new();
        Self {
            change,
            data,
            events,
        }
    }

    /// The same, of which the app's server is told.
    fn told(mut self, command: &'static str, room_type: RoomType, body: Value) -> Self {
        self.events.push(Told {
            command,
            room_type,
            body: Box::new(|_| body),
        });
        self
    }

    /// The same for the seats of a room, as they are after the change.
    fn seats_told(mut self, room: &Room) -> Self {
        let id = room.id.clone();
        self.events.push(Told {
            command: "Mic.CallbackAfterSeatInfoChanged",
            room_type: room.room_type,
            body: Box::new(move |app| match app.room(&id) {
                Some(room) => json!({ "RoomId": id, "SeatList": seats::listed(room) }),
                None => Value::Null,
            }),
        });
        self
    }

    /// The same for members who are put out of a room.
    fn removal_told(self, room: &Room, users: &[String], reason: &str, operator: &str) -> Self {
        let gone: Vec<&String> = users
            .iter()
            .filter(|user| room.members.contains(*user))
            .collect();
        if gone.is_empty() {
            return self;
        }
        let sat = gone.iter().any(|user| room.seat_of(user).is_some());
        let id = &room.id;
        let told = if room.room_type == RoomType::Live {
            let members: Vec<Value> = gone
                .iter()
                .map(|user| json!({ "Member_Account": user }))
                .collect();
            let body = json!({
                "RoomId": id, "EventType": "Offline", "EventCause": "Leave", "MemberList": members,
            });
            self.told("Live.CallbackAfterMemberStateChanged", RoomType::Live, body)
        } else {
            let body = json!({
                "Operator_Account": operator, "RoomId": id, "Type": "Kicked",
                "MemberCount": room.members.len() - gone.len(), "MemberList_Account": gone,
                "Reason": reason,
            });
            self.told("Room.CallbackAfterMemberLeave", RoomType::Conference, body)
        };
        if sat { told.seats_told(room) } else { told }
    }
}

/// A change of what is stored.
pub(crate) enum Change {
    /// None.
    Nothing,
    /// A new room.
    Create(Box<Room>),
    /// Other values for members of `RoomInfo`.
    Update {
        room_id: String,
        info: Map<String, Value>,
    },
    /// A room is dismissed.
    Destroy(String),
    /// Anything else about one room.
    Room(String, Box<dyn FnOnce(&mut Room)>),
    /// Anything beside the rooms.
    Stored(Box<dyn FnOnce(&mut Stored)>),
}

impl Change {
    fn room(room: &Room, change: impl FnOnce(&mut Room) + 'static) -> Self {
        Change::Room(room.id.clone(), Box::new(change))
    }

    fn stored(change: impl FnOnce(&mut Stored) + 'static) -> Self {
        Change::Stored(Box::new(change))
    }

    pub(crate) fn apply(self, app: &mut App) {
        match self {
            Change::Nothing => {}
            Change::Create(room) => app.rooms.create(*room),
            Change::Update { room_id, info } => app.rooms.update(&room_id, info),
            Change::Destroy(room_id) => app.rooms.destroy(&room_id),
            Change::Room(room_id, change) => app.rooms.edit(&room_id, change),
            Change::Stored(change) => change(&mut app.stored),
        }
    }
}

impl<'a> Call<'a> {
    /// The member `RoomInfo` of the request.
    fn room_info(&self) -> Result<&'a Map<String, Value>, Refusal> {
        let info = self.request.get("RoomInfo").and_then(Value::as_object);
        info.ok_or_else(|| missing("/RoomInfo"))
    }

    /// The id of the room that the call is about: in `RoomInfo`, or beside nothing.
    fn room_id(&self) -> Result<&'a str, Refusal> {
        match self.request.get("RoomId").and_then(Value::as_str) {
            Some(id) => Ok(id),
            None => {
                let id = self.room_info()?.get("RoomId").and_then(Value::as_str);
                id.ok_or_else(|| missing("/RoomInfo/RoomId"))
            }
        }
    }

    /// A text of the request.
    fn text(&self, name: &str) -> Result<&'a str, Refusal> {
        let text = self.request.get(name).and_then(Value::as_str);
        text.ok_or_else(|| missing(&format!("/{name}")))
    }

    /// A whole number of the request.
    fn number(&self, name: &str) -> Result<i64, Refusal> {
        let number = self.request.get(name).and_then(whole);
        number.ok_or_else(|| missing(&format!("/{name}")))
    }

    /// A list of the request; an empty one if it is absent.
    fn list(&self, name: &str) -> &'a [Value] {
        let list = self.request.get(name).and_then(Value::as_array);
        list.map_or(&[], Vec::as_slice)
    }

    /// A list of texts of the request; an empty one if it is absent.
    fn texts(&self, name: &str) -> Vec<&'a str> {
        self.list(name).iter().filter_map(Value::as_str).collect()
    }

    /// The room that the call is about, if it exists.
    fn room(&self) -> Result<&'a Room, Refusal> {
        self.room_with_id(self.room_id()?)
    }

    fn room_with_id(&self, id: &str) -> Result<&'a Room, Refusal> {
        self.app.room(id).ok_or_else(|| {
            let info = "the room does not exist: it was never created, or it is gone";
            Refusal::new(code::ROOM_NOT_FOUND, info)
        })
    }

    /// The same, if it is of the right kind.
    fn room_of_type(&self, room_type: RoomType) -> Result<&'a Room, Refusal> {
        let room = self.room()?;
        if room.room_type != room_type {
            let info = format!("the room is not of the type {room_type:?}");
            return Err(Refusal::new(code::PERMISSION_DENIED, info));
        }
        Ok(room)
    }

    /// The same, if the operator may change it.
    fn room_to_change(&self, room_type: RoomType) -> Result<&'a Room, Refusal> {
        let room = self.room_of_type(room_type)?;
        self.check_rights(room)?;
        Ok(room)
    }

    fn check_rights(&self, room: &Room) -> Result<(), Refusal> {
        let allowed = match self.settings.rights {
            Rights::AppAdministrator => true,
            Rights::OwnerOrRoomAdministrator => {
                room.owner == self.operator || room.administrators.contains(self.operator)
            }
        };
        if allowed {
            return Ok(());
        }
        let info = "the operator is neither the owner nor an administrator of the room";
        Err(Refusal::new(code::PERMISSION_DENIED, info))
    }

    /// The product of the call, such as `live`.
    fn product(&self) -> &'a str {
        let name = &self.endpoint.name;
        name.split_once('/').map_or(name, |(product, _)| product)
    }
}

fn check_present(room: &Room, user: &str) -> Result<(), Refusal> {
    if room.members.contains(user) {
        return Ok(());
    }
    let info = "the user is not a member of the room";
    Err(Refusal::new(code::NOT_ROOM_MEMBER, info))
}

/// A schema that does not insist on what a behaviour needs. It would be a gap
/// between the two, so it must not look like success.
fn missing(pointer: &str) -> Refusal {
    let info = format!("{pointer} is missing (required)");
    Refusal::new(code::INVALID_PARAMETER, info)
}

#[cfg(test)]
mod tests;
