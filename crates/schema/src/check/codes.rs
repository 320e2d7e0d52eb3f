use crate::facts::CodeRetry;
use crate::files::{SchemaFile, SchemaSet};
use crate::problem::Problem;

/// Tables of codes: order, duplicates, and references to codes.
pub(super) fn check(set: &SchemaSet, file: &SchemaFile, problems: &mut Vec<Problem>) {
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
    let Some(endpoint) = &file.document.endpoint else {
        return;
    };
    let done = endpoint.repeat.done_codes.iter().enumerate();
    let done = done.map(|(index, code)| (format!("/endpoint/repeat/doneCodes/{index}"), *code));
    let rates = endpoint.other_rates.iter().enumerate();
    let rates =
        rates.map(|(index, rate)| (format!("/endpoint/otherRates/{index}/code"), rate.code));
    for (place, code) in done.chain(rates) {
        if !is_known(set, file, code) {
            problem(place, format!("code {code} is in no table"));
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
