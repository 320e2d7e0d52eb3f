use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::creation::{NewRoom, creation};
use super::decisions::Decisions;
use super::expectation::{Expectation, Outcome};
use super::limits::{INVALID_PARAMETER, broken};
use super::request::{LiveChange, Request, without_absent};
use super::step::{Call, Caller, Checks, FIRST_APP, SECOND_APP, Step, Twist};

/// The moment at which every sequence begins, in milliseconds. It is no whole second,
/// and one can count from it in one's head.
pub(super) const START: i64 = 2_000_000_000_250;

const MALFORMED_JSON: i32 = 60_003;
const ACCOUNT_NOT_TEXT: i32 = 60_015;
const ROOM_NOT_FOUND: i32 = 100_004;
const PERMISSION_DENIED: i32 = 100_006;

/// The model: two apps, what is stored in them, and the time.
#[derive(Clone, Debug)]
pub struct World {
    /// What it holds for right.
    pub decisions: Decisions,
    /// Whether only the owner and the administrators of a room may change it. The
    /// emulator lets one choose, since the page can be read both ways.
    pub strict_rights: bool,
    /// Milliseconds since 1970.
    pub now: i64,
    first: App,
    second: App,
    /// What the last step should have led to.
    pub expected: Expectation,
}

#[derive(Clone, Debug, Default)]
pub(super) struct App {
    pub(super) rooms: BTreeMap<String, Room>,
    pub(super) groups: BTreeSet<String>,
    /// When ids were created.
    pub(super) created: BTreeMap<String, i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Live,
    Conference,
}

#[derive(Clone, Debug)]
pub(super) struct Room {
    pub(super) kind: Kind,
    pub(super) owner: String,
    pub(super) administrators: BTreeSet<String>,
    pub(super) members: BTreeSet<String>,
    /// How often somebody entered.
    pub(super) entries: u32,
    pub(super) created_at: i64,
    /// The members of `RoomInfo` but for the three above.
    pub(super) info: Map<String, Value>,
    pub(super) invitees: Vec<String>,
    /// When a meeting ends, in seconds.
    pub(super) ends: Option<i64>,
}

impl World {
    /// The world before the first step.
    pub fn new(strict_rights: bool, decisions: Decisions) -> Self {
        Self {
            decisions,
            strict_rights,
            now: START,
            first: App::default(),
            second: App::default(),
            expected: Expectation {
                outcome: Outcome::Silent,
                received: None,
            },
        }
    }

    /// The ids of the rooms of the first app.
    pub fn room_ids(&self) -> Vec<String> {
        self.first.rooms.keys().cloned().collect()
    }

    /// The ids of its live rooms.
    pub fn live_ids(&self) -> Vec<String> {
        let rooms = self.first.rooms.iter();
        let live = rooms.filter(|(_, room)| room.kind == Kind::Live);
        live.map(|(id, _)| id.clone()).collect()
    }

    /// Who is in which of its rooms: room and user.
    pub fn inside(&self) -> Vec<(String, String)> {
        let rooms = self.first.rooms.iter();
        let inside = rooms.flat_map(|(id, room)| {
            let members = room.members.iter();
            members.map(|user| (id.clone(), user.clone()))
        });
        inside.collect()
    }

    /// When the meetings of the first app are due, in milliseconds from now.
    pub fn dues(&self) -> Vec<i64> {
        let dues = self.first.rooms.values().filter_map(|room| {
            let due = room.due(&self.decisions)? - i128::from(self.now);
            i64::try_from(due).ok().filter(|due| *due > 0)
        });
        dues.collect()
    }

    /// Does a step.
    #[must_use]
    pub fn apply(mut self, step: &Step) -> Self {
        self.elapse();
        let (outcome, received) = match step {
            Step::Call(call) => self.call(call),
            other => {
                self.happen(other);
                (Outcome::Silent, None)
            }
        };
        self.elapse();
        self.expected = Expectation { outcome, received };
        self
    }

    /// What happens without a call.
    fn happen(&mut self, step: &Step) {
        match step {
            Step::Call(_) => {}
            Step::Wait { millis } => self.now += millis,
            Step::Enter { room, user } => {
                if let Some(room) = self.first.rooms.get_mut(room)
                    && room.members.insert(user.clone())
                {
                    room.entries += 1;
                }
            }
            Step::Leave { room, user } => {
                let room = self.first.rooms.get_mut(room);
                room.map(|room| room.members.remove(user));
            }
            Step::FoundGroup { group } => {
                self.first.groups.insert(group.clone());
            }
            Step::DissolveGroup { group } => {
                self.first.groups.remove(group);
            }
            Step::Restart => self.restart(),
            Step::Appoint { room, user } => {
                self.restart();
                let room = self.first.rooms.get_mut(room);
                room.map(|room| room.administrators.insert(user.clone()));
            }
        }
    }

    fn restart(&mut self) {
        if !self.decisions.period_survives_restart {
            self.first.created.clear();
            self.second.created.clear();
        }
    }

    /// What comes of a call, and the body that the emulator receives.
    fn call(&mut self, call: &Call) -> (Outcome, Option<String>) {
        let broken = broken(&call.request, &self.decisions);
        if call.checks == Checks::Enforce && call.twist.is_none() && !broken.is_empty() {
            let named = broken
                .iter()
                .map(|(pointer, rule)| ((*pointer).to_owned(), (*rule).to_owned()));
            return (Outcome::Invalid(named.collect()), None);
        }
        let mut refusals: Vec<(&str, i32)> = broken
            .iter()
            .map(|(pointer, _)| (*pointer, INVALID_PARAMETER))
            .collect();
        let is_change = matches!(call.request, Request::ChangeLive(_));
        match call.twist {
            Some(Twist::CutShort | Twist::Twice) => refusals = vec![("", MALFORMED_JSON)],
            Some(Twist::NoRoomId) => {
                refusals.retain(|(pointer, _)| *pointer != "/RoomInfo/RoomId");
                refusals.push(("/RoomInfo/RoomId", INVALID_PARAMETER));
            }
            Some(Twist::NameIsNull) => refusals.push(("/RoomInfo/RoomName", INVALID_PARAMETER)),
            Some(Twist::OwnerIsNumber) if !is_change => {
                refusals.push(("/RoomInfo/Owner_Account", ACCOUNT_NOT_TEXT));
            }
            Some(Twist::OwnerIsNumber | Twist::UnknownMember) | None => {}
        }
        // The first in the order of pointers decides.
        refusals.sort_unstable();
        let result = match refusals.first() {
            Some((_, code)) => Err(*code),
            None => self.carry_out(call),
        };
        let outcome = match result {
            Ok(room_id) => Outcome::Done { room_id },
            Err(code) => Outcome::Refused(code),
        };
        (outcome, Some(call.body()))
    }

    /// Does what a well-formed call asks for. Gives the `RoomId` of the reply.
    fn carry_out(&mut self, call: &Call) -> Result<Option<String>, i32> {
        let (now, decisions, operator) = (self.now, self.decisions, call.by.identifier());
        match &call.request {
            Request::CreateLive(request) => {
                let new = NewRoom::live(&request.room_info, operator, now);
                creation(self.app(call.by), new, now, &decisions)?;
                Ok(Some(request.room_info.room_id.clone()))
            }
            Request::CreateMeeting(request) => {
                let new = NewRoom::meeting(request, operator, now, &decisions)?;
                creation(self.app(call.by), new, now, &decisions)?;
                Ok(None)
            }
            Request::ChangeLive(request) => {
                self.change(call.by, &request.room_info)?;
                Ok(None)
            }
        }
    }

    fn change(&mut self, by: Caller, change: &LiveChange) -> Result<(), i32> {
        let (strict, decisions) = (self.strict_rights, self.decisions);
        let room = self.app(by).rooms.get_mut(&change.room_id);
        let room = room.ok_or(ROOM_NOT_FOUND)?;
        if room.kind != Kind::Live {
            return Err(PERMISSION_DENIED);
        }
        let operator = by.identifier();
        let appointed =
            decisions.administrators_may_change && room.administrators.contains(operator);
        if strict && room.owner != operator && !appointed {
            return Err(PERMISSION_DENIED);
        }
        let Value::Object(mut sent) = without_absent(change) else {
            return Ok(());
        };
        sent.remove("RoomId");
        if !decisions.empty_list_clears {
            sent.retain(|_, value| *value != json!([]));
        }
        if decisions.absent_is_kept {
            room.info.extend(sent);
        } else {
            room.info = sent;
        }
        Ok(())
    }

    fn app(&mut self, caller: Caller) -> &mut App {
        match caller.sdkappid() {
            FIRST_APP => &mut self.first,
            _ => &mut self.second,
        }
    }

    /// Does what is due.
    fn elapse(&mut self) {
        let (decisions, now) = (self.decisions, i128::from(self.now));
        let stays = |room: &Room| {
            let kept = decisions.members_keep_a_meeting && !room.members.is_empty();
            kept || room.due(&decisions).is_none_or(|due| due > now)
        };
        self.first.rooms.retain(|_, room| stays(room));
        self.second.rooms.retain(|_, room| stays(room));
    }

    /// Everything that is stored, as the emulator's snapshot has it.
    pub fn stored(&self) -> Value {
        let app = |sdkappid: u32, admins: &[&str], app: &App| {
            let rooms: Vec<Value> = app.rooms.iter().map(|(id, room)| room.stored(id)).collect();
            json!({ "sdkappid": sdkappid, "admins": admins, "chat_groups": app.groups, "rooms": rooms })
        };
        json!({ "apps": [
            app(FIRST_APP, &["administrator", "second"], &self.first),
            app(SECOND_APP, &["administrator"], &self.second),
        ] })
    }
}

impl Room {
    /// When it is recycled if nobody is in it, in milliseconds since 1970.
    fn due(&self, decisions: &Decisions) -> Option<i128> {
        let end = i128::from(self.ends?) * 1_000;
        Some(end + i128::from(decisions.recycled_after))
    }

    fn stored(&self, id: &str) -> Value {
        let mut stored = json!({
            "id": id,
            "room_type": match self.kind { Kind::Live => "Live", Kind::Conference => "Conference" },
            "owner": self.owner,
            "administrators": self.administrators,
            "members": self.members,
            "created_at": self.created_at,
            "info": self.info,
            "invitees": self.invitees,
        });
        if self.entries > 0 {
            stored["statistics"] = json!({ "entries": self.entries });
        }
        stored
    }
}
