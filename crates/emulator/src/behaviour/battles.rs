//! Battles between live rooms.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Call, Change, Outcome};
use crate::random::scattered;
use crate::refusal::{Refusal, code};
use crate::room::whole;
use crate::stored::Battle;

pub(super) fn create(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let from = call.room_with_id(call.text("FromRoomId")?)?;
    let mut scores = BTreeMap::from([(from.id.clone(), 0)]);
    let results = call.texts("ToRoomIdList").into_iter().map(|id| {
        let (code, message) = if call.app.room(id).is_none() {
            (5, "the room does not exist")
        } else if is_fighting(call, id) || is_fighting(call, &from.id) {
            (3, "the room is in another battle")
        } else {
            scores.insert(id.to_owned(), 0);
            (0, "success")
        };
        json!({ "RoomId": id, "ResultCode": code, "ResultMessage": message })
    });
    let results: Vec<Value> = results.collect();
    let number = call.app.stored.battles.len() as u64;
    let id = format!("{:016x}==", scattered(3, number));
    let data = json!({ "BattleId": id, "Result": results });
    if scores.len() < 2 {
        return Ok(Outcome::read(data));
    }
    let battle = Battle {
        from: from.id.clone(),
        scores,
        started_at: call.now,
        duration: call.number("Duration")?,
    };
    let change = Change::stored(|stored| {
        stored.battles.insert(id, battle);
    });
    Ok(Outcome::new(change, data))
}

fn is_fighting(call: &Call<'_>, room_id: &str) -> bool {
    let mut battles = call.app.stored.battles.values();
    battles.any(|battle| battle.ends_at() > call.now && battle.scores.contains_key(room_id))
}

fn battle<'a>(call: &Call<'a>) -> Result<(&'a str, &'a Battle), Refusal> {
    let id = call.text("BattleId")?;
    let battle = call.app.stored.battles.get(id);
    let battle = battle.ok_or_else(|| Refusal::new(code::NO_BATTLE, "there is no such battle"))?;
    Ok((id, battle))
}

pub(super) fn set_score(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let (id, battle) = battle(call)?;
    let adds = call.number("OpType")? == 1;
    let mut scores = battle.scores.clone();
    let mut results = Vec::new();
    for entry in call.list("ScoreList") {
        let room_id = entry
            .get("RoomId")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let score = entry.get("Score").and_then(whole).unwrap_or_default();
        if let Some(known) = scores.get_mut(room_id) {
            *known = if adds {
                known.saturating_add(score)
            } else {
                score
            };
        }
        // A room outside of the battle is ignored; that is no failure.
        let code = i32::from(call.app.room(room_id).is_none());
        results.push(json!({ "RoomId": room_id, "ResultCode": code }));
    }
    let id = id.to_owned();
    let change = Change::stored(move |stored| {
        if let Some(battle) = stored.battles.get_mut(&id) {
            battle.scores = scores;
        }
    });
    Ok(Outcome::new(change, json!({ "Result": results })))
}

pub(super) fn get(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let (id, battle) = battle(call)?;
    let room = |(room_id, score): (&String, &i64)| {
        let owner = call.app.room(room_id).map(|room| &room.owner);
        json!({ "RoomId": room_id, "Score": score, "Owner_Account": owner })
    };
    let (from, to): (Vec<_>, Vec<_>) = battle
        .scores
        .iter()
        .partition(|(room_id, _)| **room_id == battle.from);
    let from: Vec<Value> = from.into_iter().map(room).collect();
    let to: Vec<Value> = to.into_iter().map(room).collect();
    Ok(Outcome::read(json!({
        "BattleId": id,
        "Duration": battle.duration,
        "StartTime": battle.started_at.seconds(),
        "EndTime": battle.ends_at().seconds(),
        "FromRoomInfo": from.first(),
        "ToRoomList": to,
    })))
}
