use std::collections::BTreeSet;
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
}

impl Room {
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
