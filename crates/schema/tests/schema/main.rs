//! What the checks of schema files find, and what the dialect means.

#![allow(
    clippy::needless_pass_by_value,
    clippy::too_many_lines,
    reason = "tables of cases are long, and are given literals"
)]

mod codes;
mod dialect;
mod documentation;
mod endpoints;
mod events;
mod examples;
mod files;
mod folder;
mod keywords;
mod lists;
mod lowering;
mod members;
mod mutations;
mod products;
mod references;
mod repository;
mod support;
mod values;
mod vocabulary;
