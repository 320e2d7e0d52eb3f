//! The rooms of one app.
//!
//! # Decisions
//!
//! * A room id is unique in the app: Live and Conference share one namespace. The
//!   pages call it unique without saying in what, and a Live call can meet a
//!   Conference room (100006), which needs a common namespace.
//! * A meeting is recycled 6 hours after its end, to the millisecond, if nobody is
//!   in it. Otherwise it goes when the last member leaves. (The page says that the
//!   service "tries to", and no moment for the second case.)
//! * The second in which an id cannot be created again counts from the creation
//!   that succeeded, also if the room is gone by then.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};

use crate::room::Room;
use crate::time::UnixMillis;

/// One room id can be created once in this time.
const CREATION_PERIOD: Duration = Duration::from_secs(1);

#[derive(Clone, Debug, Default)]
pub(crate) struct Rooms {
    by_id: HashMap<Arc<str>, Room>,
    /// When rooms are recycled and bans end, the next one first.
    due: BTreeSet<(UnixMillis, Arc<str>)>,
    /// The creations of the last second.
    created: HashMap<Arc<str>, UnixMillis>,
    /// The same, the oldest one first. An id stands here once for each creation.
    creations: VecDeque<(UnixMillis, Arc<str>)>,
}

impl Rooms {
    pub(crate) fn get(&self, id: &str) -> Option<&Room> {
        self.by_id.get(id)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Room> {
        self.by_id.values()
    }

    pub(crate) fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether a room with this id was created less than a second ago.
    pub(crate) fn is_too_frequent(&self, id: &str, now: UnixMillis) -> bool {
        let created = self.created.get(id);
        created.is_some_and(|created| now.is_within(CREATION_PERIOD, *created))
    }

    /// Stores a new room.
    pub(crate) fn create(&mut self, room: Room) {
        let id: Arc<str> = Arc::from(room.id.as_str());
        self.created.insert(Arc::clone(&id), room.created_at);
        self.creations.push_back((room.created_at, id));
        self.put(room);
    }

    /// Stores a room, new or not.
    pub(crate) fn put(&mut self, room: Room) {
        self.remove(&room.id);
        let id: Arc<str> = Arc::from(room.id.as_str());
        for due in room.banned.values().copied().chain(room.recycled_at()) {
            self.due.insert((due, Arc::clone(&id)));
        }
        self.by_id.insert(id, room);
    }

    /// Changes members of `RoomInfo`. The others stay as they are.
    pub(crate) fn update(&mut self, id: &str, info: Map<String, Value>) {
        if let Some(mut room) = self.remove(id) {
            room.info.extend(info);
            self.put(room);
        }
    }

    /// Changes anything else about a room.
    pub(crate) fn edit(&mut self, id: &str, edit: impl FnOnce(&mut Room)) {
        if let Some(mut room) = self.remove(id) {
            edit(&mut room);
            self.put(room);
        }
    }

    /// Dismisses a room.
    pub(crate) fn destroy(&mut self, id: &str) {
        self.remove(id);
    }

    /// Lets a user into a room. Not if there is no such room, or if the user is banned.
    pub(crate) fn enter(&mut self, id: &str, user: &str) -> bool {
        let Some(room) = self.by_id.get_mut(id) else {
            return false;
        };
        if room.banned.contains_key(user) {
            return false;
        }
        if room.members.insert(user.to_owned()) {
            room.statistics.entries = room.statistics.entries.saturating_add(1);
        }
        true
    }

    /// Lets a user out of a room. Not if the user is not in it.
    pub(crate) fn leave(&mut self, id: &str, user: &str) -> bool {
        let Some(room) = self.by_id.get_mut(id) else {
            return false;
        };
        let left = room.leave(user);
        if let Some(due) = room.recycled_at() {
            // It may have come and passed while somebody was in the room.
            self.due.insert((due, Arc::from(id)));
        }
        left
    }

    /// Does what has become due.
    pub(crate) fn elapse(&mut self, now: UnixMillis) {
        while let Some((due, id)) = self.due.first().cloned() {
            if due > now {
                break;
            }
            self.due.pop_first();
            let Some(room) = self.by_id.get_mut(&id) else {
                continue;
            };
            room.banned.retain(|_, until| *until > now);
            let is_over = room.recycled_at().is_some_and(|recycled| recycled <= now);
            if is_over && room.members.is_empty() {
                self.by_id.remove(&id);
            }
        }
        while let Some((created, id)) = self.creations.front() {
            if now.is_within(CREATION_PERIOD, *created) {
                break;
            }
            if self.created.get(id) == Some(created) {
                self.created.remove(id);
            }
            self.creations.pop_front();
        }
    }

    fn remove(&mut self, id: &str) -> Option<Room> {
        let room = self.by_id.remove(id)?;
        for due in room.banned.values().copied().chain(room.recycled_at()) {
            self.due.remove(&(due, Arc::from(id)));
        }
        Some(room)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::room::RoomType;

    fn meeting(id: &str, created_at: i64, end: i64) -> Room {
        let info = Map::from_iter([("ScheduleEndTime".to_owned(), json!(end))]);
        let created_at = UnixMillis::from_millis(created_at);
        Room::new(id, RoomType::Conference, "", created_at, info)
    }

    #[test]
    fn nothing_is_left_of_what_is_over() {
        let mut rooms = Rooms::default();
        for index in 0..100 {
            rooms.create(meeting(&index.to_string(), index, 0));
        }
        rooms.elapse(UnixMillis::from_seconds(6 * 60 * 60));
        assert_eq!(rooms.len(), 0);
        assert!(rooms.due.is_empty() && rooms.created.is_empty() && rooms.creations.is_empty());
    }

    #[test]
    fn a_second_creation_begins_a_new_second() {
        let mut rooms = Rooms::default();
        let at = UnixMillis::from_millis;
        rooms.create(meeting("a", 0, 0));
        rooms.create(meeting("a", 1_500, 0));
        rooms.elapse(at(1_600));
        assert!(rooms.is_too_frequent("a", at(2_499)));
        assert!(!rooms.is_too_frequent("a", at(2_500)));
    }

    #[test]
    fn an_update_of_the_end_moves_the_recycling() {
        let mut rooms = Rooms::default();
        rooms.create(meeting("a", 0, 0));
        let later = Map::from_iter([("ScheduleEndTime".to_owned(), json!(3_600))]);
        rooms.update("a", later);
        rooms.elapse(UnixMillis::from_seconds(6 * 60 * 60));
        assert_eq!((rooms.len(), rooms.due.len()), (1, 1));
        rooms.elapse(UnixMillis::from_seconds(7 * 60 * 60));
        assert_eq!((rooms.len(), rooms.due.len()), (0, 0));
    }

    #[test]
    fn a_ban_ends_to_the_millisecond() {
        let mut rooms = Rooms::default();
        rooms.create(meeting("a", 0, 3_600));
        rooms.edit("a", |room| {
            room.banned
                .insert("mallory".to_owned(), UnixMillis::from_seconds(60));
        });
        rooms.elapse(UnixMillis::from_millis(59_999));
        assert!(!rooms.enter("a", "mallory"));
        rooms.elapse(UnixMillis::from_seconds(60));
        assert!(rooms.enter("a", "mallory"));
        assert_eq!(rooms.due.len(), 1);
    }

    #[test]
    fn a_clock_that_is_put_back_blocks_nothing() {
        let mut rooms = Rooms::default();
        rooms.create(meeting("a", 1_000_000, 0));
        assert!(!rooms.is_too_frequent("a", UnixMillis::from_millis(0)));
    }
}
