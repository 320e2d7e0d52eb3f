//! What is wrong with schema files beyond the shape of the documents: names that
//! point nowhere, rules that contradict each other, examples that contradict their
//! schema.

mod codes;
mod examples;
mod schemas;

use std::collections::{BTreeMap, BTreeSet};

use crate::files::{SchemaFile, SchemaSet};
use crate::problem::{Problem, nearest};

/// Everything that is wrong with a set of files.
pub(crate) fn problems(set: &SchemaSet) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in set.files() {
        schemas::check(set, file, &mut problems);
        codes::check(set, file, &mut problems);
        quirks(file, &mut problems);
        endpoint(set, file, &mut problems);
    }
    paths(set, &mut problems);
    // An example can only be judged by a schema that makes sense.
    if problems.is_empty() {
        for file in set.files() {
            examples::check(set, file, &mut problems);
        }
    }
    problems
}

fn quirks(file: &SchemaFile, problems: &mut Vec<Problem>) {
    for (index, quirk) in file.document.quirks.iter().enumerate() {
        if file.value.pointer(&quirk.about).is_none() {
            let place = format!("/quirks/{index}/about");
            let message = format!("`{}` is no place in this file", quirk.about);
            problems.push(Problem::new(&file.name, place, message));
        }
    }
}

fn endpoint(set: &SchemaSet, file: &SchemaFile, problems: &mut Vec<Problem>) {
    let Some(endpoint) = &file.document.endpoint else {
        return;
    };
    let mut problem = |place: &str, message: String| {
        problems.push(Problem::new(&file.name, place, message));
    };
    for (keyword, text) in [
        ("title", &file.document.schema.title),
        ("description", &file.document.schema.description),
    ] {
        if text.as_ref().is_none_or(String::is_empty) {
            problem(
                "",
                format!("an endpoint needs a `{keyword}`: it becomes documentation"),
            );
        }
    }
    match file.stem().split_once('/') {
        Some((product, operation)) if !operation.contains('/') => {
            if !endpoint.path.ends_with(&format!("/{operation}")) {
                let message =
                    format!("the file is named `{operation}.json`, the path ends otherwise");
                problem("/endpoint/path", message);
            }
            if !set
                .files()
                .any(|file| file.name == format!("{product}/product.json"))
            {
                problem("", format!("schemas/{product}/product.json is missing"));
            }
        }
        _ => problem(
            "",
            "an endpoint's file stands in the folder of its product".to_owned(),
        ),
    }
    if file.document.response.is_none() {
        problem(
            "",
            "an endpoint needs a `response`, if only an empty object".to_owned(),
        );
    }
    let regions: Vec<&str> = set
        .files()
        .flat_map(|file| &file.document.regions)
        .map(|region| region.name.as_str())
        .collect();
    for (index, region) in endpoint.regions.iter().enumerate() {
        if !regions.contains(&region.as_str()) {
            let known = nearest(region, regions.iter().copied())
                .map_or_else(|| regions.join(", "), str::to_owned);
            problem(
                &format!("/endpoint/regions/{index}"),
                format!("there is no region `{region}`; known: {known}"),
            );
        }
    }
    for (index, rate) in endpoint.other_rates.iter().enumerate() {
        if !schemas::has_member(set, file, &rate.counted_over) {
            problem(
                &format!("/endpoint/otherRates/{index}/countedOver"),
                format!("the request has no member at `{}`", rate.counted_over),
            );
        }
    }
}

fn paths(set: &SchemaSet, problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for file in set.endpoints() {
        let path = file
            .document
            .endpoint
            .iter()
            .map(|endpoint| endpoint.path.as_str());
        for path in path {
            if let Some(other) = seen.insert(path, &file.name) {
                let message = format!("schemas/{other} has the same path `{path}`");
                problems.push(Problem::new(&file.name, "/endpoint/path", message));
            }
        }
    }
}

/// The first value that stands twice.
fn duplicate<'a, T: Ord>(values: impl IntoIterator<Item = &'a T>) -> Option<&'a T> {
    let mut seen = BTreeSet::new();
    values.into_iter().find(|value| !seen.insert(*value))
}
