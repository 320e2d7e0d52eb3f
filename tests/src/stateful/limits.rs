//! The limits of the three requests, typed from the pages. A limit that a page does
//! not state is none: an update may rename a room to anything.

use super::decisions::Decisions;
use super::request::{LiveChange, LiveRoom, Meeting, Request};

/// The code of a request that breaks a limit, unless the page names another one.
pub(super) const INVALID_PARAMETER: i32 = 100_002;

/// A broken limit: where, and which.
pub(super) type Broken = (&'static str, &'static str);

const SEAT_MODES: [&str; 2] = ["FreeToTake", "ApplyToTake"];

/// The limits that a request breaks, as far as a client can tell.
pub(super) fn broken(request: &Request, decisions: &Decisions) -> Vec<Broken> {
    let mut broken = Findings::default();
    match request {
        Request::CreateLive(request) => live_room(&request.room_info, &mut broken),
        Request::ChangeLive(request) => live_change(&request.room_info, &mut broken),
        Request::CreateMeeting(request) => {
            meeting(&request.room_info, decisions, &mut broken);
            let invited = request.invitees.as_ref().map_or(0, Vec::len);
            broken.unless(invited <= 300, "/ScheduleInviteeList_Account", "maxItems");
        }
    }
    broken.0
}

fn live_room(room: &LiveRoom, broken: &mut Findings) {
    broken.bytes("/RoomInfo/RoomId", Some(&room.room_id), 48);
    broken.unless(room.room_type == "Live", "/RoomInfo/RoomType", "enum");
    broken.seat_mode(room.take_seat_mode.as_ref());
    broken.bytes("/RoomInfo/RoomName", room.room_name.as_ref(), 100);
    broken.bytes("/RoomInfo/CoverURL", room.cover_url.as_ref(), 200);
    broken.category(room.category.as_ref());
}

fn live_change(change: &LiveChange, broken: &mut Findings) {
    broken.category(change.category.as_ref());
    broken.seat_mode(change.take_seat_mode.as_ref());
    broken.bytes("/RoomInfo/Notice", change.notice.as_ref(), 100);
}

fn meeting(meeting: &Meeting, decisions: &Decisions, broken: &mut Findings) {
    broken.bytes("/RoomInfo/RoomId", Some(&meeting.room_id), 48);
    broken.bytes("/RoomInfo/RoomName", meeting.room_name.as_ref(), 100);
    let right = meeting.room_type == "Conference";
    broken.unless(right, "/RoomInfo/RoomType", "enum");
    broken.bytes("/RoomInfo/CustomInfo", meeting.custom_info.as_ref(), 500);
    broken.seat_mode(meeting.take_seat_mode.as_ref());
    if let (Some(start), Some(end)) = (meeting.schedule_start_time, meeting.schedule_end_time) {
        let rule = wrong_length(start, end, decisions);
        broken
            .0
            .extend(rule.map(|rule| ("/RoomInfo/ScheduleEndTime", rule)));
    }
}

/// The rule that a meeting breaks by its length.
pub(super) fn wrong_length(start: i64, end: i64, decisions: &Decisions) -> Option<&'static str> {
    let length = i128::from(end) - i128::from(start);
    if length < i128::from(decisions.shortest_meeting) {
        Some("minDifference")
    } else if length > i128::from(decisions.longest_meeting) {
        Some("maxDifference")
    } else {
        None
    }
}

#[derive(Default)]
struct Findings(Vec<Broken>);

impl Findings {
    fn unless(&mut self, right: bool, pointer: &'static str, rule: &'static str) {
        if !right {
            self.0.push((pointer, rule));
        }
    }

    fn bytes(&mut self, pointer: &'static str, text: Option<&String>, limit: usize) {
        self.unless(
            text.is_none_or(|text| text.len() <= limit),
            pointer,
            "maxBytes",
        );
    }

    fn seat_mode(&mut self, mode: Option<&String>) {
        let known = mode.is_none_or(|mode| SEAT_MODES.contains(&mode.as_str()));
        self.unless(known, "/RoomInfo/TakeSeatMode", "enum");
    }

    fn category(&mut self, tags: Option<&Vec<i64>>) {
        let few = tags.is_none_or(|tags| tags.len() <= 3);
        self.unless(few, "/RoomInfo/Category", "maxItems");
    }
}
