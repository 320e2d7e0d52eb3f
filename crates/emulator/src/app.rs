use std::collections::BTreeSet;

use serde_json::{Value, json};
use trtc_usersig::{SecretKey, Verifier};

use crate::room::{Room, RoomType};
use crate::rooms::Rooms;
use crate::stored::Stored;
use crate::tickets::Failures;
use crate::webhook::Event;

/// An app of the service: who may call, and what is stored.
///
/// Apps know nothing of each other. Every account counts as imported.
///
/// ```
/// use trtc_rooms_emulator::App;
/// use trtc_usersig::SecretKey;
///
/// let app = App::new(1_400_000_000, SecretKey::new("the key of the app")?)
///     .admin("administrator")
///     .chat_group("taken");
/// assert_eq!(app.rooms().count(), 0);
/// # Ok::<(), trtc_usersig::KeyError>(())
/// ```
#[derive(Clone, Debug)]
pub struct App {
    pub(crate) sdkappid: u32,
    pub(crate) verifier: Verifier,
    pub(crate) admins: BTreeSet<String>,
    pub(crate) chat_groups: BTreeSet<String>,
    pub(crate) rooms: Rooms,
    pub(crate) stored: Stored,
    pub(crate) failures: Failures,
    /// What happened, and has not been told yet.
    pub(crate) events: Vec<Event>,
}

impl App {
    /// An app without administrators, so that nobody may call yet.
    pub fn new(sdkappid: u32, key: SecretKey) -> Self {
        Self {
            sdkappid,
            verifier: Verifier::new(sdkappid, key),
            admins: BTreeSet::new(),
            chat_groups: BTreeSet::new(),
            rooms: Rooms::default(),
            stored: Stored::default(),
            failures: Failures::default(),
            events: Vec::new(),
        }
    }

    /// The same app with one more administrator.
    #[must_use]
    pub fn admin(mut self, user_id: impl Into<String>) -> Self {
        self.add_admin(user_id);
        self
    }

    /// The same app with a Chat group. No room can have its id (100011).
    #[must_use]
    pub fn chat_group(mut self, group_id: impl Into<String>) -> Self {
        self.add_chat_group(group_id);
        self
    }

    /// The same app with nothing stored. The administrators stay.
    pub(crate) fn emptied(&self) -> Self {
        Self {
            sdkappid: self.sdkappid,
            verifier: self.verifier.clone(),
            admins: self.admins.clone(),
            chat_groups: BTreeSet::new(),
            rooms: Rooms::default(),
            stored: Stored::default(),
            failures: Failures::default(),
            events: Vec::new(),
        }
    }

    /// What the app stores beside its rooms.
    pub fn stored(&self) -> &Stored {
        &self.stored
    }

    /// The number of the app.
    pub fn sdkappid(&self) -> u32 {
        self.sdkappid
    }

    /// Makes an account an administrator of the app.
    pub fn add_admin(&mut self, user_id: impl Into<String>) {
        self.admins.insert(user_id.into());
    }

    /// Makes an administrator an ordinary account again.
    pub fn remove_admin(&mut self, user_id: &str) {
        self.admins.remove(user_id);
    }

    /// Founds a Chat group.
    pub fn add_chat_group(&mut self, group_id: impl Into<String>) {
        self.chat_groups.insert(group_id.into());
    }

    /// Dissolves a Chat group.
    pub fn remove_chat_group(&mut self, group_id: &str) {
        self.chat_groups.remove(group_id);
    }

    /// A room.
    pub fn room(&self, room_id: &str) -> Option<&Room> {
        self.rooms.get(room_id)
    }

    /// The rooms, in no order.
    pub fn rooms(&self) -> impl Iterator<Item = &Room> {
        self.rooms.iter()
    }

    /// How many rooms there are.
    pub fn room_count(&self) -> usize {
        self.rooms.len()
    }

    /// Lets a user into a room, as the media SDK of a client does. Gives whether there
    /// is such a room that the user is not banned from.
    pub fn enter(&mut self, room_id: &str, user_id: &str) -> bool {
        let entered = self.rooms.enter(room_id, user_id);
        if entered {
            self.tell_of_member(room_id, user_id, true);
        }
        entered
    }

    /// Lets a user out of a room. Gives whether the user was in it.
    pub fn leave(&mut self, room_id: &str, user_id: &str) -> bool {
        let left = self.rooms.leave(room_id, user_id);
        if left {
            self.tell_of_member(room_id, user_id, false);
        }
        left
    }

    fn tell_of_member(&mut self, room_id: &str, user_id: &str, enters: bool) {
        let Some(room) = self.rooms.get(room_id) else {
            return;
        };
        let (command, body) = match (room.room_type, enters) {
            (RoomType::Live, _) => (
                "Live.CallbackAfterMemberStateChanged",
                json!({
                    "RoomId": room_id,
                    "EventType": if enters { "Online" } else { "Offline" },
                    "EventCause": if enters { "Enter" } else { "Leave" },
                    "MemberList": [{ "Member_Account": user_id }],
                }),
            ),
            (RoomType::Conference, true) => (
                "Room.CallbackAfterMemberEnter",
                json!({
                    "Operator_Account": user_id,
                    "RoomId": room_id,
                    "MemberCount": room.members.len(),
                    "Type": "Enter",
                    "MemberList_Account": [user_id],
                }),
            ),
            (RoomType::Conference, false) => (
                "Room.CallbackAfterMemberLeave",
                json!({
                    "Operator_Account": user_id,
                    "RoomId": room_id,
                    "MemberCount": room.members.len(),
                    "Type": "Leave",
                    "MemberList_Account": [user_id],
                    "Reason": "",
                }),
            ),
        };
        let room_type = room.room_type;
        self.tell(command, room_type, false, body);
    }

    /// Keeps what happened until it is told, if the app wants to hear of it. `body` is an
    /// object.
    pub(crate) fn tell(
        &mut self,
        command: &'static str,
        room_type: RoomType,
        by_call: bool,
        body: Value,
    ) {
        if let (Value::Object(body), true) = (body, self.listens_to(command, room_type)) {
            self.events.push(Event {
                command,
                room_type,
                by_call,
                body,
            });
        }
    }
}
