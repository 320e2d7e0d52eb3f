//! What the creation of a room does, for both products.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::decisions::Decisions;
use super::limits::{INVALID_PARAMETER, wrong_length};
use super::request::{CreateMeeting, LiveRoom, without_absent};
use super::world::{App, Kind, Room};

const ROOM_ID_TAKEN: i32 = 100_003;
const ROOM_ALREADY_YOURS: i32 = 100_010;
const ROOM_ID_TAKEN_BY_GROUP: i32 = 100_011;
const TOO_FREQUENT: i32 = 100_012;

/// A room that is not stored yet.
pub(super) struct NewRoom {
    id: String,
    room: Room,
}

impl NewRoom {
    pub(super) fn live(room: &LiveRoom, operator: &str, now: i64) -> Self {
        let mut info = Map::new();
        info.insert("TakeSeatMode".to_owned(), json!("FreeToTake"));
        info.insert("IsMessageDisabled".to_owned(), json!(false));
        info.insert("IsPublicVisible".to_owned(), json!(true));
        info.insert("RoomName".to_owned(), json!(room.room_id));
        info.extend(members(room));
        let owner = room.owner_account.as_deref().unwrap_or(operator);
        Self::new(Kind::Live, &room.room_id, owner, info, now)
    }

    /// A meeting of which only the end is given begins now, and no client can know
    /// that its length is wrong then.
    pub(super) fn meeting(
        request: &CreateMeeting,
        operator: &str,
        now: i64,
        decisions: &Decisions,
    ) -> Result<Self, i32> {
        let meeting = &request.room_info;
        let start = meeting
            .schedule_start_time
            .unwrap_or_else(|| now.div_euclid(1_000));
        if let Some(end) = meeting.schedule_end_time
            && wrong_length(start, end, decisions).is_some()
        {
            return Err(INVALID_PARAMETER);
        }
        let end = meeting
            .schedule_end_time
            .unwrap_or(start.saturating_add(decisions.meeting_length));

        let mut info = Map::new();
        for switch in [
            "IsVideoDisabled",
            "IsAudioDisabled",
            "IsMessageDisabled",
            "IsScreenSharingDisabled",
            "IsCloudRecordingDisabled",
            "IsSeatEnabled",
        ] {
            info.insert(switch.to_owned(), json!(false));
        }
        info.insert("RoomName".to_owned(), json!(meeting.room_id));
        info.insert("ScheduleStartTime".to_owned(), json!(start));
        info.insert("ScheduleEndTime".to_owned(), json!(end));
        info.insert("MaxMemberCount".to_owned(), json!(decisions.trial_maximum));
        info.insert("MaxSeatCount".to_owned(), json!(decisions.trial_maximum));
        info.extend(members(meeting));
        let owner = meeting.owner_account.as_deref().unwrap_or(operator);
        let mut new = Self::new(Kind::Conference, &meeting.room_id, owner, info, now);
        new.room.ends = Some(end);
        new.room.invitees = request.invitees.clone().unwrap_or_default();
        Ok(new)
    }

    fn new(kind: Kind, id: &str, owner: &str, info: Map<String, Value>, now: i64) -> Self {
        let room = Room {
            kind,
            owner: owner.to_owned(),
            administrators: BTreeSet::new(),
            members: BTreeSet::new(),
            entries: 0,
            created_at: now,
            info,
            invitees: Vec::new(),
            ends: None,
        };
        Self {
            id: id.to_owned(),
            room,
        }
    }
}

/// What was sent of `RoomInfo` and has no place of its own.
fn members(info: &impl serde::Serialize) -> Map<String, Value> {
    let Value::Object(mut sent) = without_absent(info) else {
        return Map::new();
    };
    sent.retain(|name, _| !["RoomId", "RoomType", "Owner_Account"].contains(&name.as_str()));
    sent
}

/// Stores a new room, unless its id is taken.
pub(super) fn creation(
    app: &mut App,
    new: NewRoom,
    now: i64,
    decisions: &Decisions,
) -> Result<(), i32> {
    let created = app.created.get(&new.id);
    if created.is_some_and(|created| now - created < decisions.creation_period) {
        if decisions.refusals_begin_a_period {
            app.created.insert(new.id, now);
        }
        return Err(TOO_FREQUENT);
    }
    if decisions.groups_count && app.groups.contains(&new.id) {
        return Err(ROOM_ID_TAKEN_BY_GROUP);
    }
    let is_taken = |id: &String, room: &Room| {
        let same = *id == new.id || (!decisions.ids_are_bytes && id.eq_ignore_ascii_case(&new.id));
        same && (decisions.one_namespace || room.kind == new.room.kind)
    };
    if let Some((_, taken)) = app.rooms.iter().find(|(id, room)| is_taken(id, room)) {
        let other_product = decisions.product_counts && taken.kind != new.room.kind;
        let other_owner = decisions.owner_counts && taken.owner != new.room.owner;
        return Err(if other_product || other_owner {
            ROOM_ID_TAKEN
        } else {
            ROOM_ALREADY_YOURS
        });
    }
    app.created.insert(new.id.clone(), now);
    app.rooms.insert(new.id, new.room);
    Ok(())
}
