//! What the fuzz targets under `tests/fuzz` call, run here with proptest: arbitrary
//! bytes, seeds that are bent in a few places, and bombs. Nothing may panic, hang, or
//! allocate far beyond the size of what it was given.
//!
//! `PROPTEST_CASES=100000` looks longer than the ordinary run.

#![allow(
    clippy::similar_names,
    reason = "a verifier verifies; the last one is in a list"
)]

#[path = "../../fuzz/src/lib.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "it is the library of another package"
)]
mod entry_points;

mod bent;
mod bombs;
mod watched;

use std::fs;
use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;

use bent::bent;
use entry_points::{reply, request, schema, ticket};
use watched::Watched;

/// The seeds of a fuzz target.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/seeds")
        .join(target);
    let mut paths: Vec<_> = fs::read_dir(&folder)
        .expect("the folder can be read")
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "no seed is in {}", folder.display());
    let seeds = paths
        .into_iter()
        .map(|path| fs::read(path).expect("a seed can be read"));
    seeds.collect()
}

fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(any::<u8>(), 0..400),
        "\\PC{0,200}".prop_map(String::into_bytes)
    ]
}

#[test]
fn replies_of_any_bytes() {
    let watched = Watched::new(reply::run);
    watched.run_all(200, &any_bytes());
    watched.run_all(800, &bent(seeds("reply")));
}

#[test]
fn tickets_of_any_bytes() {
    let watched = Watched::new(ticket::run);
    watched.run_all(2_000, &any_bytes());
    watched.run_all(4_000, &bent(seeds("ticket")));
}

#[test]
fn schemas_of_any_bytes() {
    let watched = Watched::new(schema::run);
    watched.run_all(10, &any_bytes());
    watched.run_all(120, &bent(seeds("schema")));
}

// Each input is read as a request to every endpoint: few inputs are many readings.
#[test]
fn requests_of_any_bytes() {
    let watched = Watched::new(request::run);
    watched.run_all(40, &any_bytes());
    watched.run_all(200, &bent(seeds("request")));
}
