use serde::{Serialize, Serializer};
use serde_json::Value;

/// An event that is kept as it came.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UnknownEvent {
    /// The command word.
    pub command: String,
    /// The JSON object that was posted.
    pub body: Value,
    /// Why it is not a typed event.
    pub reason: UnknownReason,
}

/// Why an event is not a typed one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnknownReason {
    /// This version does not know the command.
    Command,
    /// The command is known, and something in the body has another JSON type than is
    /// documented. The text says what; it may quote the body, and is short.
    Shape(String),
}

impl Serialize for UnknownEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.body.serialize(serializer)
    }
}
