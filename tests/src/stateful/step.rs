use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::request::{Request, without_absent};

/// One step of a sequence. Every step is possible in every state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// A call through the client.
    Call(Call),
    /// Time passes, for the emulator and for the client.
    Wait {
        /// How much, in milliseconds.
        millis: i64,
    },
    /// A user enters a room of the first app. Nothing happens if there is none.
    Enter {
        /// The room.
        room: String,
        /// The user.
        user: String,
    },
    /// A user leaves a room of the first app.
    Leave {
        /// The room.
        room: String,
        /// The user.
        user: String,
    },
    /// A Chat group of the first app comes into being.
    FoundGroup {
        /// The group.
        group: String,
    },
    /// It is dissolved.
    DissolveGroup {
        /// The group.
        group: String,
    },
    /// The emulator goes on with a snapshot of itself. It forgets which ids were
    /// created a moment ago.
    Restart,
    /// The same, with one more administrator of a room of the first app.
    Appoint {
        /// The room.
        room: String,
        /// The new administrator.
        user: String,
    },
}

/// A call through the client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// Who makes it.
    #[serde(default)]
    pub by: Caller,
    /// What the client does about broken limits.
    #[serde(default)]
    pub checks: Checks,
    /// Makes it a call that the typed client cannot express.
    #[serde(default)]
    pub twist: Option<Twist>,
    /// The endpoint and the request.
    #[serde(flatten)]
    pub request: Request,
}

/// An administrator of an app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Caller {
    /// `administrator` of the first app.
    #[default]
    Administrator,
    /// `second` of the first app.
    Second,
    /// `administrator` of the second app.
    OtherApp,
}

/// What the client does about broken limits: its `Validation`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Checks {
    /// It refuses the request.
    #[default]
    Enforce,
    /// It warns and sends it.
    Warn,
    /// It does not look.
    Off,
}

/// A change of the body after which it goes out as a raw call. Nothing is checked
/// then before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Twist {
    /// `RoomId` is missing.
    NoRoomId,
    /// `Owner_Account` is a number. An update has no such member.
    OwnerIsNumber,
    /// `RoomName` is null.
    NameIsNull,
    /// A member is there that no document knows.
    UnknownMember,
    /// The last brace is missing.
    CutShort,
    /// `RoomInfo` stands twice.
    Twice,
}

/// The app that everything happens in but the calls of [`Caller::OtherApp`].
pub(super) const FIRST_APP: u32 = 1_400_000_001;
/// Another one, which must not notice.
pub(super) const SECOND_APP: u32 = 1_400_000_002;

impl Caller {
    /// Everybody.
    pub const ALL: [Caller; 3] = [Caller::Administrator, Caller::Second, Caller::OtherApp];

    /// The app.
    pub const fn sdkappid(self) -> u32 {
        match self {
            Caller::Administrator | Caller::Second => FIRST_APP,
            Caller::OtherApp => SECOND_APP,
        }
    }

    /// The user id.
    pub const fn identifier(self) -> &'static str {
        match self {
            Caller::Administrator | Caller::OtherApp => "administrator",
            Caller::Second => "second",
        }
    }
}

impl Call {
    /// The body that goes over the wire.
    pub fn body(&self) -> String {
        let mut body = self.request.body();
        let mut info = |change: &dyn Fn(&mut Map<String, Value>)| {
            let info = body.get_mut("RoomInfo").and_then(Value::as_object_mut);
            info.into_iter().for_each(change);
        };
        let mut set = |name: &str, value: Value| {
            info(&|info| {
                info.insert(name.to_owned(), value.clone());
            });
        };
        match self.twist {
            None => {}
            Some(Twist::NoRoomId) => info(&|info| info.retain(|name, _| name != "RoomId")),
            Some(Twist::OwnerIsNumber) => set("Owner_Account", Value::from(27_149)),
            Some(Twist::NameIsNull) => set("RoomName", Value::Null),
            Some(Twist::UnknownMember) => set("roomid", Value::from("x")),
            Some(Twist::CutShort) => {
                let text = body.to_string();
                return text[..text.len() - 1].to_owned();
            }
            Some(Twist::Twice) => {
                let info = body["RoomInfo"].to_string();
                return format!(r#"{{"RoomInfo":{info},"RoomInfo":{info}}}"#);
            }
        }
        body.to_string()
    }
}

/// A step in words.
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Call(call) => {
                let (who, endpoint) = (call.by.identifier(), call.request.endpoint());
                write!(f, "{who}@{} calls {endpoint}", call.by.sdkappid())?;
                match call.checks {
                    _ if call.twist.is_some() => f.write_str(" (raw)")?,
                    Checks::Enforce => {}
                    Checks::Warn => f.write_str(" (validation: warn)")?,
                    Checks::Off => f.write_str(" (validation: off)")?,
                }
                write!(f, " with {}", call.body())
            }
            Step::Wait { millis } => {
                let (seconds, rest) = (millis / 1_000, millis % 1_000);
                write!(f, "{seconds}.{rest:03} s pass")
            }
            Step::Enter { room, user } => write!(f, "{user} enters {room:?}"),
            Step::Leave { room, user } => write!(f, "{user} leaves {room:?}"),
            Step::FoundGroup { group } => write!(f, "a Chat group {group:?} is founded"),
            Step::DissolveGroup { group } => write!(f, "the Chat group {group:?} is dissolved"),
            Step::Restart => f.write_str("the emulator restarts with its snapshot"),
            Step::Appoint { room, user } => {
                write!(
                    f,
                    "the emulator restarts with {user} as administrator of {room:?}"
                )
            }
        }
    }
}

impl Step {
    /// The id of the room or group that it is about.
    pub(super) fn id_mut(&mut self) -> Option<&mut String> {
        match self {
            Step::Call(call) => Some(match &mut call.request {
                Request::CreateLive(request) => &mut request.room_info.room_id,
                Request::ChangeLive(request) => &mut request.room_info.room_id,
                Request::CreateMeeting(request) => &mut request.room_info.room_id,
            }),
            Step::Enter { room, .. } | Step::Leave { room, .. } | Step::Appoint { room, .. } => {
                Some(room)
            }
            Step::FoundGroup { group } | Step::DissolveGroup { group } => Some(group),
            Step::Wait { .. } | Step::Restart => None,
        }
    }

    /// Moves the times of a meeting by so many seconds.
    pub(super) fn move_schedule(&mut self, seconds: i64) {
        if let Step::Call(Call {
            request: Request::CreateMeeting(request),
            ..
        }) = self
        {
            let info = &mut request.room_info;
            for time in [&mut info.schedule_start_time, &mut info.schedule_end_time] {
                *time = time.map(|time| time.saturating_add(seconds));
            }
        }
    }

    /// The step as one line of a [`Script`](super::Script).
    pub fn line(&self) -> String {
        without_absent(self).to_string()
    }
}
