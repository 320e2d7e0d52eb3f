//! The HTTP half of the harness: what goes over the wire, and what comes back.
//!
//! A [`Stub`] judges each request as the documents do ([`Judge`]) and answers with the
//! documented envelope, or with whatever a case wants to see. A [`FaultServer`] plays
//! [`Script`]s of bytes, closes and resets on a raw socket. Both speak with the real
//! client through the methods that users call ([`Target`]). What a failed call has to
//! tell is written down as [`Expected`] and compared field by field; every error and
//! every event on the way is searched for [`secrets`].
//!
//! The tables are in `tests/tests/http_*.rs`. Each case has a stable id, so that a
//! report can name it: `live/create_room/code/100003`, or the id of
//! the catalogue of bad inputs and faults that it covers, such as `H16-both`.

pub mod app;
mod ear;
mod envelope;
mod expect;
pub mod faults;
mod judge;
mod query;
mod received;
mod run;
pub mod script;
pub mod secrets;
mod stub;
pub mod tables;
mod target;
pub mod tls;
pub mod unlisted;
pub mod wire;

use std::sync::LazyLock;

use trtc_rooms_schema::SchemaSet;

use crate::documented::Tables;

pub use ear::{Ear, Said};
pub use envelope::{REQUEST_ID, envelope, with_payload};
pub use expect::{Expected, Retry};
pub use faults::{Connection, FaultServer};
pub use judge::{Fault, Judge, Judgement, PARAMETERS};
pub use received::Received;
pub use run::{Run, same};
pub use script::{Gate, Script};
pub use stub::{Answer, Seen, Stub};
pub use target::{Replied, TARGETS, Target, UNLISTED};

/// The hand-typed tables of this repository.
///
/// # Panics
///
/// If they cannot be read.
pub fn tables() -> &'static Tables {
    static TABLES: LazyLock<Tables> =
        LazyLock::new(|| Tables::repository().unwrap_or_else(|mistakes| panic!("{}", mistakes[0])));
    &TABLES
}

/// The schema files of this repository.
///
/// # Panics
///
/// If they cannot be read.
pub fn schemas() -> &'static SchemaSet {
    static SCHEMAS: LazyLock<SchemaSet> = LazyLock::new(|| {
        let folder = crate::home().join("../schemas");
        SchemaSet::load(&folder).unwrap_or_else(|problems| panic!("{problems}"))
    });
    &SCHEMAS
}
