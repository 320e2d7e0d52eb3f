use std::fmt;
use std::ops::{BitOr, BitOrAssign};

use serde::Serialize;

/// A set of rights in a room.
///
/// Bits that this crate has no name for are kept as they are. Serialises as the number.
///
/// ```
/// use trtc_usersig::Privileges;
///
/// let rights = Privileges::AUDIENCE | Privileges::SEND_AUDIO;
/// assert_eq!(rights.bits(), 46);
/// assert!(rights.contains(Privileges::ENTER_ROOM));
/// assert!(!rights.contains(Privileges::SEND_VIDEO));
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Privileges(u32);

impl Privileges {
    /// Create the room.
    pub const CREATE_ROOM: Self = Self(1);
    /// Enter the room.
    pub const ENTER_ROOM: Self = Self(2);
    /// Send audio.
    pub const SEND_AUDIO: Self = Self(4);
    /// Receive audio.
    pub const RECEIVE_AUDIO: Self = Self(8);
    /// Send video.
    pub const SEND_VIDEO: Self = Self(16);
    /// Receive video.
    pub const RECEIVE_VIDEO: Self = Self(32);
    /// Send the substream, which is screen sharing.
    pub const SEND_SUBSTREAM: Self = Self(64);
    /// Receive the substream. (Comments in most of the vendor's libraries say 200 here, by
    /// mistake.)
    pub const RECEIVE_SUBSTREAM: Self = Self(128);
    /// All eight rights, 255.
    pub const ALL: Self = Self(255);
    /// Enter, and receive audio and video, 42: what the documents propose for viewers.
    pub const AUDIENCE: Self = Self(42);

    /// The set with these bits, named or not.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// The bits of the set.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Whether the set has all rights of `other`.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    const NAMES: [(Self, &'static str); 8] = [
        (Self::CREATE_ROOM, "CREATE_ROOM"),
        (Self::ENTER_ROOM, "ENTER_ROOM"),
        (Self::SEND_AUDIO, "SEND_AUDIO"),
        (Self::RECEIVE_AUDIO, "RECEIVE_AUDIO"),
        (Self::SEND_VIDEO, "SEND_VIDEO"),
        (Self::RECEIVE_VIDEO, "RECEIVE_VIDEO"),
        (Self::SEND_SUBSTREAM, "SEND_SUBSTREAM"),
        (Self::RECEIVE_SUBSTREAM, "RECEIVE_SUBSTREAM"),
    ];
}

impl BitOr for Privileges {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Privileges {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

/// `Privileges(ENTER_ROOM | SEND_AUDIO)`; bits without a name in hexadecimal.
impl fmt::Debug for Privileges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = Self::NAMES
            .iter()
            .filter(|(right, _)| self.contains(*right))
            .map(|(_, name)| (*name).to_owned());
        let unnamed = self.0 & !Self::ALL.0;
        let rest = (unnamed != 0).then(|| format!("{unnamed:#x}"));
        let parts: Vec<String> = named.chain(rest).collect();
        write!(f, "Privileges({})", parts.join(" | "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_named_sets_are_made_of_the_rights() {
        let all = Privileges::NAMES
            .iter()
            .fold(Privileges::default(), |set, (right, _)| set | *right);
        assert_eq!(all, Privileges::ALL);
        assert_eq!(
            Privileges::AUDIENCE,
            Privileges::ENTER_ROOM | Privileges::RECEIVE_AUDIO | Privileges::RECEIVE_VIDEO
        );
    }

    #[test]
    fn debug_names_the_rights() {
        let mut rights = Privileges::AUDIENCE;
        rights |= Privileges::from_bits(0x300);
        assert_eq!(
            format!("{rights:?}"),
            "Privileges(ENTER_ROOM | RECEIVE_AUDIO | RECEIVE_VIDEO | 0x300)"
        );
        assert_eq!(format!("{:?}", Privileges::default()), "Privileges()");
    }
}
