//! What the creation of a room has in common for both products.

use serde_json::{Map, Value};

use super::Call;
use crate::refusal::{Refusal, code};
use crate::room::{Room, RoomType};

/// Members of `RoomInfo` that have a place of their own in a [`Room`].
const OWN_PLACE: &[&str] = &["RoomId", "RoomType", "Owner_Account"];

/// What is stored of `RoomInfo`: its documented members and their defaults.
pub(super) fn info(call: &Call<'_>) -> Result<Map<String, Value>, Refusal> {
    let sent = call.room_info()?;
    let mut info = match call.endpoint.members.inside("RoomInfo") {
        Some(members) => members.known_of_or_default(sent),
        None => sent.clone(),
    };
    info.retain(|name, _| !OWN_PLACE.contains(&name.as_str()));
    default(&mut info, "RoomName", call.room_id()?);
    Ok(info)
}

/// Sets a member that is absent.
pub(super) fn default(info: &mut Map<String, Value>, name: &str, value: impl Into<Value>) {
    if !info.contains_key(name) {
        info.insert(name.to_owned(), value.into());
    }
}

/// The new room, if its id is free.
pub(super) fn create(
    call: &Call<'_>,
    room_type: RoomType,
    info: Map<String, Value>,
    invitees: Vec<Value>,
) -> Result<Room, Refusal> {
    let id = call.room_id()?;
    let owner = call.room_info()?.get("Owner_Account");
    let owner = owner.and_then(Value::as_str).unwrap_or(call.operator);
    let app = call.app;

    let refused = |code, info: &str| Err(Refusal::new(code, info));
    if app.rooms.is_too_frequent(id, call.now) {
        return refused(
            code::TOO_FREQUENT,
            "a room with one id can be created once per second",
        );
    }
    if app.chat_groups.contains(id) {
        return refused(
            code::ROOM_ID_TAKEN_BY_GROUP,
            "the room id is taken by a Chat group",
        );
    }
    if let Some(room) = app.room(id) {
        return if room.room_type != room_type {
            let info = "the room id is taken by a room of the other product";
            refused(code::ROOM_ID_TAKEN, info)
        } else if room.owner == owner {
            let info = "the room id is taken by a room of the same owner";
            refused(code::ROOM_ALREADY_YOURS, info)
        } else {
            let info = "the room id is taken by a room of another owner";
            refused(code::ROOM_ID_TAKEN, info)
        };
    }
    let mut room = Room::new(id, room_type, owner, call.now, info);
    room.invitees = invitees;
    Ok(room)
}
