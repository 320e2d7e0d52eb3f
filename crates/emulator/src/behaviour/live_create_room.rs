use serde_json::json;

use super::rooms::common_info;
use super::{Call, Change, Outcome, creation};
use crate::refusal::Refusal;
use crate::room::RoomType;

pub(super) fn call(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let info = creation::info(call)?;
    let room = creation::create(call, RoomType::Live, info, Vec::new())?;
    let data = json!({ "RoomId": room.id });
    let body = json!({ "Operator_Account": call.operator, "RoomInfo": common_info(&room) });
    let outcome = Outcome::new(Change::Create(Box::new(room)), data);
    Ok(outcome.told("Live.CallbackAfterCreateRoom", RoomType::Live, body))
}
