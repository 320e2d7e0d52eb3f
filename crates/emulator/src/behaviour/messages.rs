//! Messages that are sent into a live room.

use serde_json::json;

use super::{Call, Change, Outcome};
use crate::refusal::{Refusal, code};
use crate::room::RoomType;

pub(super) fn text(call: &Call<'_>) -> Result<Outcome, Refusal> {
    send(call, Some(call.text("Sender_Account")?))
}

pub(super) fn custom(call: &Call<'_>) -> Result<Outcome, Refusal> {
    send(call, call.text("Sender_Account").ok())
}

fn send(call: &Call<'_>, sender: Option<&str>) -> Result<Outcome, Refusal> {
    let room = call.room_of_type(RoomType::Live)?;
    if sender.is_some_and(|sender| room.is_muted(sender, call.now)) {
        return Err(Refusal::new(code::MUTED, "the sender is muted"));
    }
    let number = room.statistics.messages.saturating_add(1);
    let data = json!({ "MsgTime": call.now.seconds(), "MsgSeq": number });
    let change = Change::room(room, move |room| room.statistics.messages = number);
    Ok(Outcome::new(change, data))
}
