//! Generated code, compiled and used: it says about a request what the schema says.
//!
//! The files under `tests/generated` stand where those of the model and the client
//! stand, so that their paths lead to what stands in for the crates here.

// The client names the model by its crate.
extern crate self as trtc_rooms_model;

mod differential;
mod operations;
mod replies;
mod requests;
mod strategy;
mod support;
mod validation;

#[allow(dead_code, reason = "not everything that is generated is used here")]
#[path = "../generated/everything/model/mod.rs"]
#[rustfmt::skip]
pub mod generated;

#[allow(dead_code, reason = "not everything that is generated is used here")]
#[path = "../generated/everything/client/mod.rs"]
#[rustfmt::skip]
pub mod client;

/// What the catalogue of the model uses of its own crate.
pub mod json {
    pub use model::json::JsonEndpoint;
}

pub use generated::*;
/// What list operations of the client use of it.
pub mod operation {
    pub use super::operations::go_on_optional;
}

pub use operations::{Call, Client, ListOperation, Operation};
