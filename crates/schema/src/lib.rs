//! The schema dialect of trtc-rooms: what a file in `schemas/` may say, and what
//! it means.
//!
//! This crate reads the files ([`SchemaSet`]), checks them against the meta-schema
//! ([`dialect`]) and against themselves, and lowers them to a small intermediate
//! representation ([`ir`]) from which code is generated. It also judges requests
//! by the files themselves, with the `jsonschema` crate ([`RequestValidator`]): the
//! emulator and the contract harness use that as an opinion which owes nothing to
//! generated code. It knows nothing of Rust output.
//!
//! Start reading at [`document`], the types that a file is read into;
//! `schemas/README.md` explains the same to people who write schemas.

mod check;
mod dialect;
mod files;
mod folder;
mod keywords;
mod lower;
mod oracle;
mod problem;
mod reference;
mod roles;
mod validator;

pub mod document;
pub mod event;
pub mod facts;
pub mod ir;

pub use dialect::{DIALECT_URI, VOCABULARY_URI, dialect};
pub use files::{SchemaFile, SchemaSet};
pub use lower::lower;
pub use problem::{Problem, Problems};
pub use validator::{Finding, RequestValidator};
