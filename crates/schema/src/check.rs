//! What is wrong with schema files beyond the shape of the documents: names that
//! point nowhere, rules that contradict each other, what would be dropped
//! silently, examples that contradict their schema.

mod codes;
mod cycles;
mod docs;
mod endpoint;
mod event;
mod examples;
mod keywords;
mod members;
mod product;
mod purpose;
mod references;
mod undecided;
mod values;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::files::{SchemaFile, SchemaSet};
use crate::problem::{Problem, join, join_all, nearest};
use crate::reference::{Located, resolve};
use crate::roles::Roles;
use walk::{Place, Position, Side, Walk};

/// Everything that is wrong with a set of files, apart from their examples.
pub(crate) fn problems(set: &SchemaSet) -> Vec<Problem> {
    let mut problems = Vec::new();
    let directions = Roles::of(set);
    for file in set.files() {
        purpose::check(file, &mut problems);
        undecided::check(file, &mut problems);
        product::check(set, file, &mut problems);
        codes::check(file, &mut problems);
        quirks(file, &mut problems);
        endpoint::check(set, file, &mut problems);
        event::check(set, file, &mut problems);
        Walk::new(set, file, &directions, &mut problems).file();
    }
    codes::common(set, &mut problems);
    cycles::check(set, &mut problems);
    roles(set, &mut problems);
    paths(set, &mut problems);
    event::commands(set, &mut problems);
    regions(set, &mut problems);
    problems
}

/// Examples and defaults that contradict their schemas.
pub(crate) fn example_problems(set: &SchemaSet) -> Vec<Problem> {
    let files: Vec<&SchemaFile> = set.files().collect();
    let problems = files.into_par_iter().flat_map_iter(|file| {
        let mut problems = Vec::new();
        examples::check(set, file, &mut problems);
        problems
    });
    problems.collect()
}

fn quirks(file: &SchemaFile, problems: &mut Vec<Problem>) {
    let document = &file.document;
    let quirks = document.quirks.iter().map(|quirk| &quirk.about);
    let incomplete = document.incomplete.iter().map(|gap| &gap.about);
    let quirks = quirks.enumerate().map(|about| ("quirks", about));
    let incomplete = incomplete.enumerate().map(|about| ("incomplete", about));
    for (keyword, (index, about)) in quirks.chain(incomplete) {
        if file.value.pointer(about).is_none() {
            let place = format!("/{keyword}/{index}/about");
            let message = format!("`{about}` is no place in this file");
            problems.push(Problem::new(&file.name, place, message));
        }
    }
}

fn paths(set: &SchemaSet, problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for file in set.endpoints() {
        if let Some(endpoint) = &file.document.endpoint
            && let Some(other) = seen.insert(&endpoint.path, &file.name)
        {
            let message = format!("schemas/{other} has the same path `{}`", endpoint.path);
            problems.push(Problem::new(&file.name, "/endpoint/path", message));
        }
    }
}

/// One type cannot be strict, as requests are, and lenient, as replies are.
fn roles(set: &SchemaSet, problems: &mut Vec<Problem>) {
    for (file, name) in Roles::of(set).ambiguous(set) {
        problems.push(
            Problem::new(
                *file,
                join("/$defs", name),
                "this object stands in requests and in replies",
            )
            .help("write a definition for each: replies are read leniently, and never checked"),
        );
    }
}

/// The regions stand in one file, each once.
fn regions(set: &SchemaSet, problems: &mut Vec<Problem>) {
    let mut first: Option<&str> = None;
    for file in set.files() {
        let regions = &file.document.regions;
        if let (Some(first), false) = (first, regions.is_empty()) {
            let message = format!("schemas/{first} lists the regions already");
            problems.push(Problem::new(&file.name, "/regions", message));
        }
        if !regions.is_empty() {
            first.get_or_insert(&file.name);
        }
        let mut seen = BTreeSet::new();
        for (index, region) in regions.iter().enumerate() {
            if !seen.insert(&region.name) {
                let place = format!("/regions/{index}/name");
                let message = format!("the region `{}` stands twice", region.name);
                problems.push(Problem::new(&file.name, place, message));
            }
        }
    }
}

/// The first value that stands twice.
fn duplicate<'a, T: Ord>(values: impl IntoIterator<Item = &'a T>) -> Option<&'a T> {
    let mut seen = BTreeSet::new();
    values.into_iter().find(|value| !seen.insert(*value))
}
