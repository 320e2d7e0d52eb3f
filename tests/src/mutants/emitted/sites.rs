//! The places in generated code that can be changed.

use serde::{Deserialize, Serialize};

use crate::mutants::switch::Deed;

/// A place in generated code that can be changed. Its number is its index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// File, type, function and member: `live/create_room.rs/RoomInfo.check/RoomId.max_bytes`.
    pub name: String,
    /// What stands there.
    pub kind: SiteKind,
}

/// What stands at a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SiteKind {
    /// A check of a limit, or of what is inside of a value.
    Check,
    /// A hint.
    Hint,
    /// A limit.
    Limit,
    /// The code that a limit provokes.
    Code,
    /// The name of a member, in a pointer.
    Name,
    /// The values of a closed list.
    Values,
    /// The spelling of a value.
    Spelling,
    /// A spelling from which a value is read.
    Reading,
    /// Whether a member of a group is there.
    Presence,
}

impl SiteKind {
    /// The kind of mutation, in the words of the report.
    pub const fn as_str(self) -> &'static str {
        match self {
            SiteKind::Check => "check",
            SiteKind::Hint => "hint",
            SiteKind::Limit => "limit",
            SiteKind::Code => "limit code",
            SiteKind::Name => "name",
            SiteKind::Values | SiteKind::Spelling | SiteKind::Reading => "value",
            SiteKind::Presence => "group",
        }
    }

    /// What can be done there; `length` is that of the list, if it is one.
    pub fn deeds(self, length: usize) -> Vec<(String, Deed)> {
        let one = |name: &str, deed: Deed| vec![(name.to_owned(), deed)];
        match self {
            SiteKind::Check | SiteKind::Hint | SiteKind::Reading => one("dropped", Deed::Drop),
            SiteKind::Limit => vec![
                ("less".to_owned(), Deed::Less),
                ("more".to_owned(), Deed::More),
            ],
            SiteKind::Code => one("another", Deed::More),
            SiteKind::Name | SiteKind::Spelling => one("misspelt", Deed::Misspell),
            SiteKind::Presence => one("flipped", Deed::Flip),
            SiteKind::Values => (0..length)
                .flat_map(|index| {
                    [
                        (format!("{index}-dropped"), Deed::DropValue(index)),
                        (format!("{index}-misspelt"), Deed::MisspellValue(index)),
                    ]
                })
                .collect(),
        }
    }
}
