//! Every change of generated code that the harness has to notice.
//!
//! [`instrument`] puts a switch into each emitted check, [`build`] compiles the result
//! once, and [`judge`] runs in that program: it throws one switch after the other. What
//! is generated as a table (shapes, paths, codes) is changed as data (`tables`), and
//! the same compiled code runs by it.

pub mod build;
pub mod instrument;
pub mod judge;
mod lists;
mod sites;
mod syntax;
mod tables;

pub use sites::{Site, SiteKind};
