use serde::{Deserialize, Serialize};

/// What can be chosen about the emulated service, mostly because the documents
/// leave it open.
///
/// ```
/// use trtc_rooms_emulator::{Rights, Settings};
///
/// let mut settings = Settings::default();
/// settings.rights = Rights::OwnerOrRoomAdministrator;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settings {
    /// After how many failed tickets in a row an account is locked out for a
    /// minute (70050). The documents give no figure; 10 unless set otherwise.
    /// `None` locks nobody out.
    pub failed_tickets_allowed: Option<u32>,
    /// Who may change a room.
    pub rights: Rights,
    /// What happens to members of a request that no document knows.
    pub unknown_members: UnknownMembers,
    /// The longest body in bytes; a longer one is 60002. The documents give no
    /// figure; 1 MiB unless set otherwise.
    pub max_body: usize,
    /// How many requests the journal keeps, 1,000 unless set otherwise. The oldest
    /// ones go first.
    pub journal_requests: usize,
    /// How many bytes of requests the journal keeps, 16 MiB unless set otherwise.
    pub journal_bytes: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            failed_tickets_allowed: Some(10),
            rights: Rights::default(),
            unknown_members: UnknownMembers::default(),
            max_body: 1024 * 1024,
            journal_requests: 1_000,
            journal_bytes: 16 * 1024 * 1024,
        }
    }
}

/// Who may change a room. The page of `update_room_info` refuses an operator who
/// "is neither the owner nor an administrator" (100006), and does not say of what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Rights {
    /// Every administrator of the app may change every room. Since nobody else may
    /// call at all (60010), no call fails for want of rights.
    #[default]
    AppAdministrator,
    /// The strict reading: the owner and the administrators of the room alone.
    OwnerOrRoomAdministrator,
}

/// What happens to members of a request that no document knows. The documents do
/// not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum UnknownMembers {
    /// They are ignored, and not stored.
    #[default]
    Ignore,
    /// They are refused (100002). Good for finding misspelt names.
    Refuse,
}
