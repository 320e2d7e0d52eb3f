//! The contracts of this crate, in one binary. `catalogue` and the test names that start with
//! `g01` to `g23` follow the project's catalogue of bad inputs, part G.

mod catalogue;
mod common;
mod documents;
mod layout;
mod properties;
mod secrets;
mod signing;
mod vectors;
