use serde_json::{Value, json};

use super::rooms::common_info;
use super::{Call, Change, Outcome, creation};
use crate::refusal::Refusal;
use crate::room::{RoomType, whole};
use crate::settings::UnknownMembers;

/// The most members and seats of a trial package.
const TRIAL_MAXIMUM: i64 = 20;

const HOUR: i64 = 60 * 60;

pub(super) fn call(call: &Call<'_>) -> Result<Outcome, Refusal> {
    check_length(call)?;
    let mut info = creation::info(call)?;
    creation::default(&mut info, "ScheduleStartTime", call.now.seconds());
    if let Some(start) = info.get("ScheduleStartTime").and_then(whole) {
        creation::default(&mut info, "ScheduleEndTime", start.saturating_add(HOUR));
    }
    creation::default(&mut info, "MaxMemberCount", TRIAL_MAXIMUM);
    creation::default(&mut info, "MaxSeatCount", TRIAL_MAXIMUM);

    let invitees = call.request.get("ScheduleInviteeList_Account");
    let invitees = invitees.and_then(Value::as_array).cloned();
    let invitees = invitees.unwrap_or_default();
    let room = creation::create(call, RoomType::Conference, info, invitees.clone())?;
    let body = json!({
        "Operator_Account": call.operator, "RoomInfo": common_info(&room),
        "ScheduleInviteeList_Account": invitees,
    });
    let outcome = Outcome::done(Change::Create(Box::new(room)));
    Ok(outcome.told("Room.CallbackAfterCreateRoom", RoomType::Conference, body))
}

/// Checks the length of a meeting of which only the end is given. The limits are
/// those of the schema, which cannot know the start.
fn check_length(call: &Call<'_>) -> Result<(), Refusal> {
    let sent = call.room_info()?;
    if sent.contains_key("ScheduleStartTime") || !sent.contains_key("ScheduleEndTime") {
        return Ok(());
    }
    let mut request = call.request.clone();
    request["RoomInfo"]["ScheduleStartTime"] = Value::from(call.now.seconds());
    call.endpoint.check(&request, UnknownMembers::Ignore)
}
