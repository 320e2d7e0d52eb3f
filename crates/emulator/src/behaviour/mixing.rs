//! The mixed stream of a room, of which nothing can be read back.

use super::{Call, Change, Outcome};
use crate::refusal::Refusal;
use crate::room::RoomType;

pub(super) fn call(call: &Call<'_>) -> Result<Outcome, Refusal> {
    call.room_to_change(RoomType::Live)?;
    Ok(Outcome::done(Change::Nothing))
}
