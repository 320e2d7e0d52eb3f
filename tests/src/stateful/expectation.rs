use std::collections::BTreeSet;
use std::fmt;

/// What comes of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is no call.
    Silent,
    /// The call succeeded.
    Done {
        /// The `RoomId` of the reply, where it has one.
        room_id: Option<String>,
    },
    /// The service refused it, with this code.
    Refused(i32),
    /// The client refused it: pointers and rules.
    Invalid(BTreeSet<(String, String)>),
    /// Something that should never happen.
    Odd(String),
}

/// What a step should lead to, beside what is stored afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// What comes of it.
    pub outcome: Outcome,
    /// What the emulator receives: nothing, or this body.
    pub received: Option<String>,
}

impl Outcome {
    /// In one word, to count by.
    pub fn word(&self) -> String {
        match self {
            Outcome::Silent => "silent".to_owned(),
            Outcome::Done { .. } => "ok".to_owned(),
            Outcome::Refused(code) => code.to_string(),
            Outcome::Invalid(_) => "invalid".to_owned(),
            Outcome::Odd(_) => "odd".to_owned(),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Silent => f.write_str("nothing"),
            Outcome::Done { room_id: None } => f.write_str("Ok"),
            Outcome::Done { room_id: Some(id) } => write!(f, "Ok with RoomId {id:?}"),
            Outcome::Refused(code) => write!(f, "ErrorCode {code}"),
            Outcome::Invalid(rules) => {
                f.write_str("a refusal of the client:")?;
                for (pointer, rule) in rules {
                    write!(f, " {pointer} {rule}")?;
                }
                Ok(())
            }
            Outcome::Odd(what) => f.write_str(what),
        }
    }
}
