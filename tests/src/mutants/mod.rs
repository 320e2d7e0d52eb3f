//! The proof that the harness would notice: every documented statement and every check
//! that was generated from one is changed, one at a time, and something has to turn red.
//!
//! - [`schema`] lists the changes of a schema: each limit shifted and dropped, each value,
//!   mandatory member, code, class, advice, path and rate. The harness judges the changed
//!   schema in this process, with an interpreter in the place of generated code
//!   ([`interpreted`]).
//! - [`emitted`] lists the changes of generated code. Compiling it once for each would
//!   take hours, so a copy of it is compiled once, in which every check asks a [`switch`]
//!   whether it is the one that is changed.
//!
//! `cargo xtask mutants` runs both and makes a [`Score`]. It works in
//! `target/mutants/` and changes no file of the repository.

pub mod emitted;
pub mod interpreted;
mod queue;
pub mod schema;
mod score;
pub mod switch;

use serde::{Deserialize, Serialize};

pub use queue::run;
pub use score::Score;

/// A change that the harness has to notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mutation {
    /// Where, and which: `live/create_room#/properties/..../maxBytes:more`.
    pub id: String,
    /// The endpoint, or the file of what is common to several.
    pub suite: String,
    /// What kind of statement is changed: `limit`, `value`, `required`, `code`, ...
    pub kind: String,
    /// How the harness sees it.
    pub through: Through,
}

/// How the harness sees a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Through {
    /// The schema is changed, and an interpreter stands for the code that would be
    /// generated from it.
    Interpreter,
    /// Generated code is changed, compiled and run.
    CompiledCode,
    /// A generated table is changed, and compiled code runs by it or it is compared.
    CompiledTable,
}

impl Through {
    /// In words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Through::Interpreter => "schema, interpreted",
            Through::CompiledCode => "generated code, compiled",
            Through::CompiledTable => "generated tables, compiled",
        }
    }
}

/// What came of a change.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// The change.
    #[serde(flatten)]
    pub mutation: Mutation,
    /// Who noticed: the check that turned red. None if nobody did.
    pub killed_by: Option<String>,
}
