//! What a change of the schemas means to those who use the crates.
//!
//! [`compare`] takes two sets of schema files, yesterday's and today's, and lists what
//! differs. Each difference has a [`Rule`] with a stable id, and with it a [`Class`]
//! and a reason. Two audiences decide the class: somebody whose Rust program is
//! compiled against the generated types, and somebody whose call was accepted yesterday
//! and may be refused today, which includes those who send JSON of their own. What is
//! sent and what is received differ: a stricter limit of a request is breaking, one of
//! a reply is not.
//!
//! The files are read as JSON and not as documents of the dialect, so that an old set
//! can be compared although the dialect has moved on. In return no difference may go
//! unnoticed: whatever no rule knows is reported as [`Rule::Unclassified`].
//!
//! [`Changelog`] holds the result against `CHANGELOG.md`, and [`report`] puts all of it
//! into words. Nothing here reads a file or calls git: `cargo xtask compat` does.
//!
//! Start reading at [`Rule`], then at `src/compare/value.rs`.

mod change;
mod changelog;
mod compare;
mod kind;
mod node;
mod pairs;
mod rule;
mod schemas;
mod uses;
mod version;

pub mod report;

pub use change::{Change, Place};
pub use changelog::{Changelog, Demand};
pub use compare::compare;
pub use rule::{Affected, Class, Rule};
pub use schemas::Schemas;
pub use version::next_version;
