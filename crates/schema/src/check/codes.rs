use std::collections::BTreeMap;

use crate::facts::CodeRetry;
use crate::files::{SchemaFile, SchemaSet};
use crate::problem::Problem;

/// Tables of codes: order and duplicates.
pub(super) fn check(file: &SchemaFile, problems: &mut Vec<Problem>) {
    let codes = &file.document.codes;
    let mut problem = |place: String, message: String| {
        problems.push(Problem::new(&file.name, place, message));
    };
    for (index, pair) in codes.windows(2).enumerate() {
        let place = format!("/codes/{}/code", index + 1);
        if pair[0].code == pair[1].code {
            problem(place, format!("code {} stands twice", pair[1].code));
        } else if pair[0].code > pair[1].code {
            problem(
                place,
                format!(
                    "code {} stands after {}: list codes in ascending order",
                    pair[1].code, pair[0].code
                ),
            );
        }
    }
    for (index, code) in codes.iter().enumerate() {
        if let Some(first) = codes[..index].iter().find(|other| other.name == code.name) {
            problem(
                format!("/codes/{index}/name"),
                format!("code {} has the same name", first.code),
            );
        }
        if code.retry_after_seconds.is_some() && code.retry != CodeRetry::Later {
            problem(
                format!("/codes/{index}/retryAfterSeconds"),
                "a pause goes with `\"retry\": \"later\"`".to_owned(),
            );
        }
    }
}

/// A code that stands in two common tables has no meaning of its own.
pub(super) fn common(set: &SchemaSet, problems: &mut Vec<Problem>) {
    let mut first: BTreeMap<i32, &str> = BTreeMap::new();
    for file in set.files().filter(|file| file.document.endpoint.is_none()) {
        for (index, code) in file.document.codes.iter().enumerate() {
            match first.get(&code.code) {
                Some(other) if *other != file.name => {
                    let place = format!("/codes/{index}/code");
                    let message = format!("schemas/{other} lists code {} as well", code.code);
                    problems.push(Problem::new(&file.name, place, message));
                }
                _ => {
                    first.insert(code.code, &file.name);
                }
            }
        }
    }
}

/// Whether a code is in the endpoint's own table or in one that is common.
pub(super) fn is_known(set: &SchemaSet, file: &SchemaFile, code: i32) -> bool {
    let common = set.files().filter(|file| file.document.endpoint.is_none());
    std::iter::once(file)
        .chain(common)
        .flat_map(|file| &file.document.codes)
        .any(|known| known.code == code)
}
