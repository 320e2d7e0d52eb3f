use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::time::UnixMillis;

/// How long after its end a meeting is recycled when nobody is in it.
const RECYCLED_AFTER: Duration = Duration::from_secs(6 * 60 * 60);

/// The kind of a room, which is fixed by the product that it was created with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum RoomType {
    /// Live streaming or voice chat.
    Live,
    /// A meeting.
    Conference,
}

/// What is stored about a room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Room {
    /// The id, byte by byte as it was sent: nothing is trimmed, folded or
    /// normalised.
    pub id: String,
    /// The kind.
    pub room_type: RoomType,
    /// The owner: `Owner_Account`, or the account that made the call.
    pub owner: String,
    /// The administrators of the room.
    pub administrators: BTreeSet<String>,
    /// The users who are in the room.
    pub members: BTreeSet<String>,
    /// When it was created.
    pub created_at: UnixMillis,
    /// The other members of `RoomInfo` by their documented names, with the
    /// documented defaults.
    pub info: Map<String, Value>,
    /// Who is invited to a meeting: `ScheduleInviteeList_Account`.
    pub invitees: Vec<Value>,
    /// The texts of the application's own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// Who may not enter, and until when.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub banned: BTreeMap<String, UnixMillis>,
    /// Who may not send messages, and until when.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub muted: BTreeMap<String, UnixMillis>,
    /// The robots in the audience.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub robots: BTreeSet<String>,
    /// The seats that are not as they were at first, by their index.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub seats: BTreeMap<i64, Seat>,
    /// What members of a meeting are called and marked with.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub profiles: BTreeMap<String, Profile>,
    /// What has happened in the room so far.
    #[serde(default, skip_serializing_if = "Statistics::is_empty")]
    pub statistics: Statistics,
}

/// A seat.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Seat {
    /// Who sits there.
    pub user: Option<String>,
    /// Whether nobody may take it.
    pub is_locked: bool,
    /// Whether who sits there may not send video. It goes when the user leaves.
    pub is_video_disabled: bool,
    /// Whether who sits there may not send audio. It goes when the user leaves.
    pub is_audio_disabled: bool,
}

/// What is known of a member of a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Profile {
    /// The name that is shown in the room.
    pub name_card: String,
    /// A text of the application's own.
    pub custom_info: String,
    /// The marks.
    pub marks: BTreeSet<i64>,
}

/// What has happened in a room so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Statistics {
    /// How often somebody entered. Who enters twice counts twice.
    pub entries: i64,
    /// How many messages were sent.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub messages: i64,
    /// The gifts that each user sent.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sent: BTreeMap<String, GiftCount>,
}

/// Gifts, and what they are worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GiftCount {
    /// How many.
    pub gifts: i64,
    /// What they are worth together.
    pub coins: i64,
}

fn is_zero(count: &i64) -> bool {
    *count == 0
}

impl Statistics {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The gifts of all users.
    pub fn gifts(&self) -> GiftCount {
        let add = |sum: GiftCount, count: &GiftCount| GiftCount {
            gifts: sum.gifts.saturating_add(count.gifts),
            coins: sum.coins.saturating_add(count.coins),
        };
        self.sent.values().fold(GiftCount::default(), add)
    }
}

impl Room {
    /// A new room without anybody in it.
    pub(crate) fn new(
        id: &str,
        room_type: RoomType,
        owner: &str,
        created_at: UnixMillis,
        info: Map<String, Value>,
    ) -> Self {
        Self {
            id: id.to_owned(),
            room_type,
            owner: owner.to_owned(),
            administrators: BTreeSet::new(),
            members: BTreeSet::new(),
            created_at,
            info,
            invitees: Vec::new(),
            metadata: BTreeMap::new(),
            banned: BTreeMap::new(),
            muted: BTreeMap::new(),
            robots: BTreeSet::new(),
            seats: BTreeMap::new(),
            profiles: BTreeMap::new(),
            statistics: Statistics::default(),
        }
    }

    /// How many seats there are. A meeting has none unless it was created with seats.
    /// In a live room the template decides, or `MaxSeatCount` where the template is for
    /// voice; the documents give no figure for its absence, and here it is 10.
    pub fn seat_count(&self) -> i64 {
        let count = || self.info.get("MaxSeatCount").and_then(whole);
        if self.room_type == RoomType::Conference {
            let is_enabled = self.info.get("IsSeatEnabled") == Some(&Value::Bool(true));
            return if is_enabled { count().unwrap_or(0) } else { 0 };
        }
        match self.info.get("SeatTemplate").and_then(Value::as_str) {
            Some("VideoDynamicGrid9Seats" | "VideoFixedGrid9Seats") => 9,
            Some("VideoDynamicFloat7Seats" | "VideoFixedFloat7Seats") => 7,
            _ => count().unwrap_or(10),
        }
    }

    /// The seat that a user sits on.
    pub fn seat_of(&self, user: &str) -> Option<i64> {
        let mut seats = self.seats.iter();
        let found = seats.find(|(_, seat)| seat.user.as_deref() == Some(user));
        found.map(|(index, _)| *index)
    }

    /// Whether a user may not enter.
    pub fn is_banned(&self, user: &str, now: UnixMillis) -> bool {
        self.banned.get(user).is_some_and(|until| *until > now)
    }

    /// Whether a user may not send messages.
    pub fn is_muted(&self, user: &str, now: UnixMillis) -> bool {
        self.muted.get(user).is_some_and(|until| *until > now)
    }

    /// Takes a user off the seat. What was switched off for the user goes with it.
    pub(crate) fn vacate(&mut self, user: &str) {
        if let Some(seat) = self.seat_of(user)
            && let Some(seat) = self.seats.get_mut(&seat)
        {
            *seat = Seat {
                is_locked: seat.is_locked,
                ..Seat::default()
            };
        }
    }

    /// Lets a user out of the room, and off the seat. Gives whether the user was in it.
    pub(crate) fn leave(&mut self, user: &str) -> bool {
        self.vacate(user);
        self.profiles.remove(user);
        self.members.remove(user)
    }

    /// When the room is recycled if nobody is in it: for a meeting, 6 hours after
    /// its end; for a live room, never.
    pub fn recycled_at(&self) -> Option<UnixMillis> {
        if self.room_type != RoomType::Conference {
            return None;
        }
        let end = whole(self.info.get("ScheduleEndTime")?)?;
        Some(UnixMillis::from_seconds(end).plus(RECYCLED_AFTER))
    }
}

/// A whole number, also when it is written as `8.0` or `1e1`, which are integers
/// in JSON Schema.
pub(crate) fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        let float = value.as_f64().filter(|float| float.fract() == 0.0)?;
        // A float that is whole prints as an integer, and exactly.
        format!("{float}").parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whole_numbers_may_be_written_as_floats() {
        assert_eq!(whole(&json!(8)), Some(8));
        assert_eq!(whole(&json!(8.0)), Some(8));
        assert_eq!(whole(&json!(-1e15)), Some(-1_000_000_000_000_000));
        assert_eq!(whole(&json!(-0.0)), Some(0));
        assert_eq!(whole(&json!(i64::MIN)), Some(i64::MIN));
        for value in [
            json!(8.5),
            json!(1e300),
            json!(u64::MAX),
            json!("8"),
            json!(null),
        ] {
            assert_eq!(whole(&value), None, "{value}");
        }
    }
}
