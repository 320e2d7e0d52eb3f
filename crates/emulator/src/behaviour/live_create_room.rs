use serde_json::{Map, Value};

use super::{Call, Outcome, creation};
use crate::refusal::Refusal;
use crate::room::RoomType;

pub(super) fn call(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let info = creation::info(call)?;
    let change = creation::create(call, RoomType::Live, info, Vec::new())?;
    let data = Map::from_iter([("RoomId".to_owned(), Value::from(call.room_id()?))]);
    Ok(Outcome { change, data })
}
