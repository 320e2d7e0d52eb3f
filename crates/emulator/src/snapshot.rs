use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::app::App;
use crate::room::Room;
use crate::stored::Stored;

/// What a service has stored. There is no key in it.
///
/// It is meant to be written as JSON and read again, such as for starting with the
/// rooms of yesterday. What lasts no longer than a minute is not part of it:
/// accounts that are locked out, ids that were created a moment ago. A file that was
/// cut off is no JSON, and what looks different from this is refused, so a broken
/// one never reads as an empty service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// The apps, ordered by number.
    pub apps: Vec<AppSnapshot>,
}

/// What is stored about one app.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppSnapshot {
    /// The number of the app.
    pub sdkappid: u32,
    /// The administrators of the app.
    pub admins: BTreeSet<String>,
    /// The ids of Chat groups.
    pub chat_groups: BTreeSet<String>,
    /// The rooms, ordered by id.
    pub rooms: Vec<Room>,
    /// What is stored beside the rooms.
    #[serde(default, skip_serializing_if = "Stored::is_empty")]
    pub stored: Stored,
}

/// A snapshot does not fit the service.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RestoreError {
    /// It is about an app that the service does not have. Its key is needed.
    #[error("the snapshot has an app {0} that this service does not have")]
    UnknownApp(u32),
    /// An app stands in it twice.
    #[error("the snapshot has the app {0} twice")]
    AppTwice(u32),
    /// A room stands in it twice.
    #[error("the snapshot has the room {room_id:?} of the app {sdkappid} twice")]
    RoomTwice {
        /// The app.
        sdkappid: u32,
        /// The room.
        room_id: String,
    },
}

impl Snapshot {
    pub(crate) fn of(apps: &BTreeMap<u32, App>) -> Self {
        let apps = apps.values().map(|app| {
            let mut rooms: Vec<Room> = app.rooms.iter().cloned().collect();
            rooms.sort_unstable_by(|left, right| left.id.cmp(&right.id));
            AppSnapshot {
                sdkappid: app.sdkappid,
                admins: app.admins.clone(),
                chat_groups: app.chat_groups.clone(),
                rooms,
                stored: app.stored.clone(),
            }
        });
        Self {
            apps: apps.collect(),
        }
    }

    /// The apps as the snapshot has them. Those that it does not have are empty.
    pub(crate) fn restored(
        self,
        apps: &BTreeMap<u32, App>,
    ) -> Result<BTreeMap<u32, App>, RestoreError> {
        let emptied = apps.values().map(|app| (app.sdkappid, app.emptied()));
        let mut restored: BTreeMap<u32, App> = emptied.collect();
        let mut seen = BTreeSet::new();
        for stored in self.apps {
            let sdkappid = stored.sdkappid;
            if !seen.insert(sdkappid) {
                return Err(RestoreError::AppTwice(sdkappid));
            }
            let app = restored.get_mut(&sdkappid);
            let app = app.ok_or(RestoreError::UnknownApp(sdkappid))?;
            app.admins = stored.admins;
            app.chat_groups = stored.chat_groups;
            app.stored = stored.stored;
            for room in stored.rooms {
                if app.rooms.get(&room.id).is_some() {
                    let room_id = room.id;
                    return Err(RestoreError::RoomTwice { sdkappid, room_id });
                }
                app.rooms.put(room);
            }
        }
        Ok(restored)
    }
}
