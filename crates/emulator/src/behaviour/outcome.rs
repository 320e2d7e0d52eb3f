use serde_json::{Map, Value, json};

use super::seats;
use crate::app::App;
use crate::room::{Room, RoomType};
use crate::stored::Stored;

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
    pub(super) fn read(data: Value) -> Self {
        Self::new(Change::Nothing, data)
    }

    /// A call without data in its reply.
    pub(super) fn done(change: Change) -> Self {
        Self::new(change, Value::Null)
    }

    pub(super) fn new(change: Change, data: Value) -> Self {
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
    pub(super) fn told(mut self, command: &'static str, room_type: RoomType, body: Value) -> Self {
        self.events.push(Told {
            command,
            room_type,
            body: Box::new(|_| body),
        });
        self
    }

    /// The same for the seats of a room, as they are after the change.
    pub(super) fn seats_told(mut self, room: &Room) -> Self {
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
    pub(super) fn removal_told(
        self,
        room: &Room,
        users: &[String],
        reason: &str,
        operator: &str,
    ) -> Self {
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
    pub(super) fn room(room: &Room, change: impl FnOnce(&mut Room) + 'static) -> Self {
        Change::Room(room.id.clone(), Box::new(change))
    }

    pub(super) fn stored(change: impl FnOnce(&mut Stored) + 'static) -> Self {
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
