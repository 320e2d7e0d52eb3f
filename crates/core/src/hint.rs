use std::borrow::Cow;
use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

/// Something in a request that is allowed, but has no effect or looks like a
/// mistake. A hint never keeps a request from being sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hint {
    /// Where: a JSON pointer into the request.
    pub pointer: String,
    /// What kind of remark this is.
    pub kind: HintKind,
    /// The remark in words, without the pointer.
    pub message: Cow<'static, str>,
}

/// What kind of remark a [`Hint`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HintKind {
    /// The member has no effect in this request.
    NoEffect,
    /// The value is in no documented list; the list is not closed.
    UnknownValue,
    /// The member is in no documented table.
    UnknownField,
    /// The time looks like milliseconds, and seconds are documented.
    Milliseconds,
}

impl HintKind {
    /// The stable text form, such as `noEffect`.
    pub const fn as_str(self) -> &'static str {
        match self {
            HintKind::NoEffect => "noEffect",
            HintKind::UnknownValue => "unknownValue",
            HintKind::UnknownField => "unknownField",
            HintKind::Milliseconds => "milliseconds",
        }
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.pointer, self.message)
    }
}

impl Serialize for Hint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("pointer", &self.pointer)?;
        map.serialize_entry("hint", self.kind.as_str())?;
        map.serialize_entry("message", &self.message)?;
        map.end()
    }
}
