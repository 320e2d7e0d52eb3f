//! Changing, reading, listing and dismissing rooms.

use serde_json::{Map, Value, json};

use super::{Call, Change, Outcome};
use crate::refusal::{Refusal, code};
use crate::room::{Room, RoomType, whole};

/// How many rooms a page of the list has at most.
const PAGE: usize = 20;

pub(super) fn update_live(call: &Call<'_>) -> Result<Outcome, Refusal> {
    update(call, RoomType::Live)
}

pub(super) fn update_meeting(call: &Call<'_>) -> Result<Outcome, Refusal> {
    update(call, RoomType::Conference)
}

fn update(call: &Call<'_>, room_type: RoomType) -> Result<Outcome, Refusal> {
    let room = call.room_to_change(room_type)?;
    let sent = call.room_info()?;
    let mut info = match call.endpoint.members.inside("RoomInfo") {
        Some(members) => members.known_of(sent),
        None => sent.clone(),
    };
    info.retain(|name, _| name != "RoomId");
    let room_id = room.id.clone();
    let command = match room_type {
        RoomType::Live => "Live.CallbackAfterUpdateRoomInfo",
        RoomType::Conference => "Room.CallbackAfterUpdateRoomInfo",
    };
    let mut told = info.clone();
    told.insert("RoomId".to_owned(), room_id.as_str().into());
    let body = json!({ "Operator_Account": call.operator, "RoomInfo": told });
    let change = Change::Update { room_id, info };
    Ok(Outcome::done(change).told(command, room_type, body))
}

pub(super) fn destroy_live(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_to_change(RoomType::Live)?;
    let change = Change::Destroy(room.id.clone());
    let body = json!({
        "Operator_Account": call.operator, "RoomId": room.id, "EventType": "DestroyByUser",
        "RoomInfo": live_details(room), "Statistic": totals(room),
    });
    let outcome = Outcome::new(change, json!({ "Statistic": totals(room) }));
    Ok(outcome.told("Live.CallbackAfterDestroyRoom", RoomType::Live, body))
}

pub(super) fn destroy_meeting(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_to_change(RoomType::Conference)?;
    let body = json!({ "Operator_Account": call.operator, "RoomId": room.id });
    let outcome = Outcome::done(Change::Destroy(room.id.clone()));
    Ok(outcome.told("Room.CallbackAfterDestroyRoom", RoomType::Conference, body))
}

pub(super) fn statistics(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_of_type(RoomType::Live)?;
    let mut totals = totals(room);
    totals["TotalMsgCount"] = room.statistics.messages.into();
    Ok(Outcome::read(totals))
}

fn totals(room: &Room) -> Value {
    let gifts = room.statistics.gifts();
    json!({
        "TotalViewers": room.statistics.entries,
        "TotalGiftsSent": gifts.gifts,
        "TotalGiftCoins": gifts.coins,
        "TotalUniqueGiftSenders": room.statistics.sent.len(),
        "TotalLikesReceived": 0,
    })
}

pub(super) fn live_info(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_of_type(RoomType::Live)?;
    Ok(Outcome::read(json!({ "RoomInfo": live_details(room) })))
}

fn live_details(room: &Room) -> Map<String, Value> {
    let mut info = common_info(room);
    info.insert("IsSeatEnabled".to_owned(), true.into());
    info.insert("MaxSeatCount".to_owned(), room.seat_count().into());
    info.insert("ViewCount".to_owned(), room.statistics.entries.into());
    // It can be set, and no version of the page gives it back.
    info.remove("SeatTemplate");
    info
}

pub(super) fn meeting_info(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_of_type(RoomType::Conference)?;
    let mut info = common_info(room);
    let start = info.get("ScheduleStartTime").and_then(whole);
    let has_begun = start.is_none_or(|start| start <= call.now.seconds());
    let status = if has_begun { "Running" } else { "NotStarted" };
    info.insert("RoomStatus".to_owned(), status.into());
    info.insert("MemberCount".to_owned(), room.members.len().into());
    if info.get("IsSeatEnabled") != Some(&Value::Bool(true)) {
        info.insert("TakeSeatMode".to_owned(), "None".into());
    }
    Ok(Outcome::read(json!({ "RoomInfo": info })))
}

pub(super) fn common_info(room: &Room) -> Map<String, Value> {
    let mut info = Map::new();
    info.insert("RoomId".to_owned(), room.id.as_str().into());
    info.insert(
        "RoomType".to_owned(),
        format!("{:?}", room.room_type).into(),
    );
    info.insert("Owner_Account".to_owned(), room.owner.as_str().into());
    info.insert("CreateTime".to_owned(), room.created_at.seconds().into());
    info.extend(room.info.clone());
    info
}

/// The visible live rooms, those with most entries first. `Next` is a time and how many
/// rooms the pages before had, as in the documents' sample; to a caller it is opaque.
pub(super) fn list(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let start = match call.text("Next")? {
        "" => 0,
        next => next
            .rsplit_once('-')
            .and_then(|(_, start)| start.parse::<usize>().ok())
            .ok_or_else(|| {
                Refusal::new(code::INVALID_PARAMETER, "/Next is not of an earlier reply")
            })?,
    };
    let count = call
        .number("Count")
        .ok()
        .and_then(|count| usize::try_from(count).ok());
    let count = count.unwrap_or(PAGE).clamp(1, PAGE);
    let is_listed = |room: &&Room| {
        room.room_type == RoomType::Live
            && room.info.get("IsPublicVisible") != Some(&Value::Bool(false))
    };
    let mut rooms: Vec<&Room> = call.app.rooms().filter(is_listed).collect();
    rooms.sort_unstable_by(|left, right| {
        let by_entries = right.statistics.entries.cmp(&left.statistics.entries);
        by_entries.then_with(|| left.id.cmp(&right.id))
    });
    let end = start.saturating_add(count);
    let next = if end < rooms.len() {
        format!("{}-{end}", call.now.seconds())
    } else {
        String::new()
    };
    let page = rooms.into_iter().skip(start).take(count).map(listed);
    Ok(Outcome::read(
        json!({ "Next": next, "RoomList": page.collect::<Vec<_>>() }),
    ))
}

fn listed(room: &Room) -> Value {
    let mut info = common_info(room);
    info.insert("ViewCount".to_owned(), room.statistics.entries.into());
    let shown = [
        "RoomName",
        "RoomId",
        "Owner_Account",
        "CoverURL",
        "Category",
        "CreateTime",
        "ActivityStatus",
        "ViewCount",
    ];
    info.retain(|name, _| shown.contains(&name.as_str()));
    Value::Object(info)
}
