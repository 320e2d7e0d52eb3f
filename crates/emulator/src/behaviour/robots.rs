//! Robots in the audience of a live room.

use serde_json::json;

use super::{Call, Change, Outcome};
use crate::refusal::Refusal;
use crate::room::RoomType;

pub(super) fn add(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_to_change(RoomType::Live)?;
    let robots = named(call);
    Ok(Outcome::done(Change::room(room, |room| {
        room.robots.extend(robots);
    })))
}

pub(super) fn delete(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_to_change(RoomType::Live)?;
    let robots = named(call);
    let change = Change::room(room, move |room| {
        room.robots.retain(|robot| !robots.contains(robot));
    });
    Ok(Outcome::done(change))
}

pub(super) fn get(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_of_type(RoomType::Live)?;
    Ok(Outcome::read(json!({ "RobotList_Account": room.robots })))
}

fn named(call: &Call<'_>) -> Vec<String> {
    let robots = call.texts("RobotList_Account");
    robots.into_iter().map(str::to_owned).collect()
}
