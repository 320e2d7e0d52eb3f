//! The codes that any call may be answered with, compared: typed by hand from the lists
//! of all pages, in the schemas, and in the generated tables.

use trtc_rooms_model::COMMON_CODES;
use trtc_rooms_schema::SchemaSet;

use crate::agreement::First;
use crate::facts::{Fact, Meaning, of_model, of_schema};
use crate::http::tables::codes::{CommonCode, common};

/// The files of the tables.
pub(crate) const FILES: [&str; 2] = ["common/codes", "common/room_codes"];

/// Compares every code of the tables that are among the schemas. Facts by the name of
/// their file.
pub(crate) fn compare(schemas: &SchemaSet, first: First) -> Vec<(&'static str, Fact)> {
    let mut facts = Vec::new();
    for name in FILES {
        if let Some(file) = schemas.file(&format!("{name}.json")) {
            let compared = of_file(name, &file.document.codes, first);
            facts.extend(compared.into_iter().map(|fact| (name, fact)));
        }
    }
    facts
}

fn of_file(name: &str, read: &[trtc_rooms_schema::facts::Code], first: First) -> Vec<Fact> {
    let mut numbers: Vec<i32> = common(name).map(|row| row.code).collect();
    numbers.extend(read.iter().map(|code| code.code));
    numbers.sort_unstable();
    numbers.dedup();
    let facts = numbers.into_iter().map(|number| {
        let documented = common(name).find(|row| row.code == number);
        let index = read.iter().position(|code| code.code == number);
        let schema = index.map(|index| of_schema(&read[index]));
        let made = COMMON_CODES
            .iter()
            .find_map(|table| trtc_rooms_core::find_code(table, number));
        let made = made.map(of_model);
        let mut problem = None;
        if !fits(documented.as_ref(), schema.as_ref()) {
            problem = Some(format!("documented {documented:?}\nschema     {schema:?}"));
        }
        if matches!(first, First::Generated) && made != schema {
            problem = Some(format!("schema     {schema:?}\ngenerated  {made:?}"));
        }
        Fact {
            name: format!("codes/{number}"),
            pointer: index.map_or_else(|| "/codes".to_owned(), |index| format!("/codes/{index}")),
            problem,
        }
    });
    facts.collect()
}

/// Whether a schema says what is documented. Where the documents disagree with
/// themselves, each reading fits.
fn fits(documented: Option<&CommonCode>, schema: Option<&Meaning>) -> bool {
    match (documented, schema) {
        (Some(row), Some((class, retry))) => {
            row.class
                .as_ref()
                .is_none_or(|documented| documented == class)
                && row
                    .retry
                    .as_ref()
                    .is_none_or(|documented| documented == retry)
        }
        (None, None) => true,
        _ => false,
    }
}
