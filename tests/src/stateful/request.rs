use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A request as the pages have it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "endpoint", content = "request", deny_unknown_fields)]
pub enum Request {
    /// Creates a live room.
    #[serde(rename = "live/create_room")]
    CreateLive(CreateLive),
    /// Changes a live room.
    #[serde(rename = "live/update_room_info")]
    ChangeLive(ChangeLive),
    /// Creates a meeting.
    #[serde(rename = "conference/create_room")]
    CreateMeeting(CreateMeeting),
}

/// The request of `live/create_room`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CreateLive {
    /// The room.
    pub room_info: LiveRoom,
}

/// The request of `live/update_room_info`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ChangeLive {
    /// The room and what changes.
    pub room_info: LiveChange,
}

/// The request of `conference/create_room`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CreateMeeting {
    /// The room.
    pub room_info: Meeting,
    /// Who is invited.
    #[serde(rename = "ScheduleInviteeList_Account")]
    pub invitees: Option<Vec<String>>,
}

/// A live room to create.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
#[expect(missing_docs, reason = "they are the members of the page")]
pub struct LiveRoom {
    pub room_id: String,
    pub room_type: String,
    #[serde(rename = "Owner_Account")]
    pub owner_account: Option<String>,
    pub take_seat_mode: Option<String>,
    pub seat_template: String,
    pub max_seat_count: Option<i64>,
    pub is_message_disabled: Option<bool>,
    pub is_public_visible: Option<bool>,
    pub room_name: Option<String>,
    #[serde(rename = "CoverURL")]
    pub cover_url: Option<String>,
    pub category: Option<Vec<i64>>,
    pub activity_status: Option<i64>,
}

/// What changes about a live room.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
#[expect(missing_docs, reason = "they are the members of the page")]
pub struct LiveChange {
    pub room_id: String,
    pub room_name: Option<String>,
    pub max_member_count: Option<i64>,
    pub is_message_disabled: Option<bool>,
    #[serde(rename = "CoverURL")]
    pub cover_url: Option<String>,
    pub category: Option<Vec<i64>>,
    pub activity_status: Option<i64>,
    pub is_public_visible: Option<bool>,
    pub take_seat_mode: Option<String>,
    pub notice: Option<String>,
}

/// A meeting to create.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
#[expect(missing_docs, reason = "they are the members of the page")]
pub struct Meeting {
    pub room_id: String,
    pub room_name: Option<String>,
    pub room_type: String,
    #[serde(rename = "Owner_Account")]
    pub owner_account: Option<String>,
    pub max_member_count: Option<i64>,
    pub schedule_start_time: Option<i64>,
    pub schedule_end_time: Option<i64>,
    pub is_video_disabled: Option<bool>,
    pub is_audio_disabled: Option<bool>,
    pub is_message_disabled: Option<bool>,
    pub is_screen_sharing_disabled: Option<bool>,
    pub is_cloud_recording_disabled: Option<bool>,
    pub custom_info: Option<String>,
    pub is_seat_enabled: Option<bool>,
    pub max_seat_count: Option<i64>,
    pub take_seat_mode: Option<String>,
}

impl Request {
    /// Product and operation.
    pub const fn endpoint(&self) -> &'static str {
        match self {
            Request::CreateLive(_) => "live/create_room",
            Request::ChangeLive(_) => "live/update_room_info",
            Request::CreateMeeting(_) => "conference/create_room",
        }
    }

    /// The body on the wire: what is absent is not there.
    pub fn body(&self) -> Value {
        match self {
            Request::CreateLive(request) => without_absent(request),
            Request::ChangeLive(request) => without_absent(request),
            Request::CreateMeeting(request) => without_absent(request),
        }
    }
}

/// A value as JSON, without the members that are `None`.
pub(super) fn without_absent(value: &impl Serialize) -> Value {
    fn strip(value: &mut Value) {
        if let Value::Object(members) = value {
            members.retain(|_, value| !value.is_null());
            members.values_mut().for_each(strip);
        }
    }
    let mut value = serde_json::to_value(value).unwrap_or_default();
    strip(&mut value);
    value
}
