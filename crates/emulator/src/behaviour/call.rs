use serde_json::{Map, Value};

use crate::app::App;
use crate::contract::Endpoint;
use crate::refusal::{Refusal, code};
use crate::room::{Room, RoomType, whole};
use crate::settings::{Rights, Settings};
use crate::time::UnixMillis;

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

impl<'a> Call<'a> {
    /// The member `RoomInfo` of the request.
    pub(super) fn room_info(&self) -> Result<&'a Map<String, Value>, Refusal> {
        let info = self.request.get("RoomInfo").and_then(Value::as_object);
        info.ok_or_else(|| missing("/RoomInfo"))
    }

    /// The id of the room that the call is about: in `RoomInfo`, or beside nothing.
    pub(super) fn room_id(&self) -> Result<&'a str, Refusal> {
        match self.request.get("RoomId").and_then(Value::as_str) {
            Some(id) => Ok(id),
            None => {
                let id = self.room_info()?.get("RoomId").and_then(Value::as_str);
                id.ok_or_else(|| missing("/RoomInfo/RoomId"))
            }
        }
    }

    /// A text of the request.
    pub(super) fn text(&self, name: &str) -> Result<&'a str, Refusal> {
        let text = self.request.get(name).and_then(Value::as_str);
        text.ok_or_else(|| missing(&format!("/{name}")))
    }

    /// A whole number of the request.
    pub(super) fn number(&self, name: &str) -> Result<i64, Refusal> {
        let number = self.request.get(name).and_then(whole);
        number.ok_or_else(|| missing(&format!("/{name}")))
    }

    /// A list of the request; an empty one if it is absent.
    pub(super) fn list(&self, name: &str) -> &'a [Value] {
        let list = self.request.get(name).and_then(Value::as_array);
        list.map_or(&[], Vec::as_slice)
    }

    /// A list of texts of the request; an empty one if it is absent.
    pub(super) fn texts(&self, name: &str) -> Vec<&'a str> {
        self.list(name).iter().filter_map(Value::as_str).collect()
    }

    /// The room that the call is about, if it exists.
    pub(super) fn room(&self) -> Result<&'a Room, Refusal> {
        self.room_with_id(self.room_id()?)
    }

    pub(super) fn room_with_id(&self, id: &str) -> Result<&'a Room, Refusal> {
        self.app.room(id).ok_or_else(|| {
            let info = "the room does not exist: it was never created, or it is gone";
            Refusal::new(code::ROOM_NOT_FOUND, info)
        })
    }

    /// The same, if it is of the right kind.
    pub(super) fn room_of_type(&self, room_type: RoomType) -> Result<&'a Room, Refusal> {
        let room = self.room()?;
        if room.room_type != room_type {
            let info = format!("the room is not of the type {room_type:?}");
            return Err(Refusal::new(code::PERMISSION_DENIED, info));
        }
        Ok(room)
    }

    /// The same, if the operator may change it.
    pub(super) fn room_to_change(&self, room_type: RoomType) -> Result<&'a Room, Refusal> {
        let room = self.room_of_type(room_type)?;
        self.check_rights(room)?;
        Ok(room)
    }

    pub(super) fn check_rights(&self, room: &Room) -> Result<(), Refusal> {
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
    pub(super) fn product(&self) -> &'a str {
        let name = &self.endpoint.name;
        name.split_once('/').map_or(name, |(product, _)| product)
    }
}

pub(super) fn check_present(room: &Room, user: &str) -> Result<(), Refusal> {
    if room.members.contains(user) {
        return Ok(());
    }
    let info = "the user is not a member of the room";
    Err(Refusal::new(code::NOT_ROOM_MEMBER, info))
}

/// A schema that does not insist on what a behaviour needs. It would be a gap
/// between the two, so it must not look like success.
pub(super) fn missing(pointer: &str) -> Refusal {
    let info = format!("{pointer} is missing (required)");
    Refusal::new(code::INVALID_PARAMETER, info)
}
