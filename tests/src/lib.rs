//! The contract harness: it shows that what was generated says what the documents say,
//! and that it would notice if that were not so.
//!
//! - [`documented`] reads what the pages say, typed by hand (`tests/documented/`), and
//!   judges requests by it.
//! - [`cases`] and [`strategy`] derive requests from any schema: those at which a
//!   mistake would show, and random ones.
//! - [`oracle`] holds the other two opinions: generated code, and the schema itself.
//! - [`agreement`] asks all three about every request; `cargo xtask contract` runs it.
//! - [`http`] sends requests through the real client to stubs that judge them.
//! - [`stateful`] plays sequences of calls against the emulator and a small model.
//! - [`mutants`] changes schemas and generated code, and looks whether all of the above
//!   notices; `cargo xtask mutants` runs it.
//!
//! Start reading at [`agreement`]. Nothing here depends on the code generator: a check
//! that shares the code it checks proves nothing.

pub mod agreement;
pub mod cases;
mod common_codes;
pub mod compare;
pub mod coverage;
pub mod deviations;
pub mod documented;
pub mod facts;
mod home;
pub mod http;
mod lines;
pub mod mutants;
pub mod oracle;
pub mod report;
pub mod request;
mod shrink;
pub mod stateful;
pub mod strategy;
pub mod verdict;

pub use agreement::{Harness, Options, Outcome, run};
pub use home::home;
