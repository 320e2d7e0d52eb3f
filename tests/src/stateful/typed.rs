//! Calls through the methods that users call.

use std::collections::BTreeSet;

use trtc_rooms::conference::create_room as meeting;
use trtc_rooms::live::{create_room as live, update_room_info as change};
use trtc_rooms::{Client, Endpoint, Error, Validation};

use super::expectation::Outcome;
use super::request::{ChangeLive, CreateLive, CreateMeeting, Request};
use super::step::{Call, Checks};

/// Sets the members that are there.
macro_rules! set {
    ($request:expr, $members:expr, [$($member:ident),* $(,)?]) => {{
        let (mut request, members) = ($request, $members);
        $(
            if let Some(value) = members.$member.clone() {
                request = request.$member(value);
            }
        )*
        request
    }};
}

/// Makes a call.
pub(super) async fn make(client: &Client, call: &Call) -> Outcome {
    let validation = match call.checks {
        Checks::Enforce => Validation::Enforce,
        Checks::Warn => Validation::Warn,
        Checks::Off => Validation::Off,
    };
    if call.twist.is_some() {
        let reply = client.call_raw(endpoint(&call.request), call.body()).await;
        return match reply {
            Err(error) => failed(&error),
            Ok(reply) => done(reply.request_id(), room_id(reply.json())),
        };
    }
    match &call.request {
        Request::CreateLive(request) => {
            let call = client.live().create_room(typed_live(request));
            match call.validation(validation).await {
                Err(error) => failed(&error),
                Ok(reply) => done(reply.request_id(), reply.room_id.clone()),
            }
        }
        Request::ChangeLive(request) => {
            let call = client.live().update_room_info(typed_change(request));
            match call.validation(validation).await {
                Err(error) => failed(&error),
                Ok(reply) => done(reply.request_id(), None),
            }
        }
        Request::CreateMeeting(request) => {
            let call = client.conference().create_room(typed_meeting(request));
            match call.validation(validation).await {
                Err(error) => failed(&error),
                Ok(reply) => done(reply.request_id(), None),
            }
        }
    }
}

fn typed_live(request: &CreateLive) -> live::RoomInfo {
    let info = &request.room_info;
    let mut room = set!(
        live::RoomInfo::new(&info.room_id, info.seat_template.as_str()),
        info,
        [
            owner_account,
            take_seat_mode,
            max_seat_count,
            is_message_disabled,
            is_public_visible,
            room_name,
            cover_url,
            category,
            activity_status,
        ]
    );
    room.room_type = info.room_type.as_str().into();
    room
}

fn typed_change(request: &ChangeLive) -> change::RoomInfo {
    let info = &request.room_info;
    set!(
        change::RoomInfo::new(&info.room_id),
        info,
        [
            room_name,
            max_member_count,
            is_message_disabled,
            cover_url,
            category,
            activity_status,
            is_public_visible,
            take_seat_mode,
            notice,
        ]
    )
}

fn typed_meeting(request: &CreateMeeting) -> meeting::CreateRoomRequest {
    let info = &request.room_info;
    let mut room = set!(
        meeting::RoomInfo::new(&info.room_id),
        info,
        [
            room_name,
            owner_account,
            max_member_count,
            schedule_start_time,
            schedule_end_time,
            is_video_disabled,
            is_audio_disabled,
            is_message_disabled,
            is_screen_sharing_disabled,
            is_cloud_recording_disabled,
            custom_info,
            is_seat_enabled,
            max_seat_count,
            take_seat_mode,
        ]
    );
    room.room_type = info.room_type.as_str().into();
    let typed = meeting::CreateRoomRequest::new(room);
    match &request.invitees {
        Some(invitees) => typed.schedule_invitee_list_account(invitees),
        None => typed,
    }
}

fn endpoint(request: &Request) -> &'static Endpoint {
    match request {
        Request::CreateLive(_) => &live::ENDPOINT,
        Request::ChangeLive(_) => &change::ENDPOINT,
        Request::CreateMeeting(_) => &meeting::ENDPOINT,
    }
}

fn done(request_id: Option<&str>, room_id: Option<String>) -> Outcome {
    match request_id {
        Some(_) => Outcome::Done { room_id },
        None => Outcome::Odd("a reply without RequestId".to_owned()),
    }
}

/// The `RoomId` of a raw reply, which stands beside the envelope.
fn room_id(reply: &str) -> Option<String> {
    let reply: serde_json::Value = serde_json::from_str(reply).ok()?;
    reply["RoomId"].as_str().map(str::to_owned)
}

fn failed(error: &Error) -> Outcome {
    if let Some(violations) = error.violations() {
        let named: BTreeSet<(String, String)> = violations
            .iter()
            .map(|violation| (violation.pointer.clone(), violation.rule.to_string()))
            .collect();
        return Outcome::Invalid(named);
    }
    match (error.code(), error.request_id()) {
        (Some(code), Some(_)) => Outcome::Refused(code),
        (Some(code), None) => Outcome::Odd(format!("ErrorCode {code} without RequestId")),
        (None, _) => Outcome::Odd(format!("another error: {error}")),
    }
}
