use serde_json::Map;

use super::{Call, Change, Outcome};
use crate::refusal::Refusal;
use crate::room::RoomType;

pub(super) fn call(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_to_change(RoomType::Live)?;
    let sent = call.room_info()?;
    let mut info = match call.endpoint.members.inside("RoomInfo") {
        Some(members) => members.known_of(sent),
        None => sent.clone(),
    };
    info.retain(|name, _| name != "RoomId");
    Ok(Outcome {
        change: Change::Update {
            room_id: room.id.clone(),
            info,
        },
        data: Map::new(),
    })
}
