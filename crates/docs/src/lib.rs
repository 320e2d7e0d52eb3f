//! Reading the vendor's saved pages, and comparing them with the schema files.
//!
//! The pages are the only specification there is, they are prose, and they change
//! without notice. This crate reads a page that a maintainer has saved ([`read()`]), in
//! any of three forms (HTML, Markdown, plain text), into one model ([`page`]). It
//! compares that with the schema file of the endpoint ([`compare`]), applies what is
//! mechanical about the differences ([`accept()`]), and drafts a schema file for a page
//! that has none ([`scaffold()`]). `cargo xtask docs` is its front.
//!
//! What it cannot read it says, with the line; it never guesses silently, and no input
//! makes it panic or take long. It is no part of anything that is shipped, and it does
//! not know what is generated from the schemas.
//!
//! Start reading at [`page`]. The words that pages use stand in one file,
//! `src/phrases.rs`; how tables are found in plain text is explained in
//! `src/read/text/tables.rs`.

mod accept;
mod block;
mod date;
mod diff;
mod edit;
mod normal;
pub mod page;
#[rustfmt::skip]
mod phrases;
mod rate;
mod read;
pub mod report;
mod sample;
mod scaffold;
mod statement;
mod style;
mod wording;

pub use accept::{Accepted, accept};
pub use date::Date;
pub use diff::compare;
pub use rate::Rate;
pub use read::{read, read_bytes, unreadable};
pub use sample::{Direction, Sample, SampleMember};
pub use scaffold::{Decision, Draft, scaffold};
pub use statement::{Bound, DefaultValue, Limit, Measure, Statements};
pub use wording::Wording;
