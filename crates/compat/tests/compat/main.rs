//! What is planted in the repository's schemas has to be found, and classified as what
//! it is.

mod changelog;
mod keywords;
mod mutations;
mod properties;
mod public_api;
mod set;
mod snapshots;
mod table;
