//! What is documented about a call as a whole: path, rate, regions, codes. The table is
//! compared with the schema and with what was generated.

use std::fmt::{Debug, Write as _};

use trtc_rooms_core::{Endpoint as Generated, ErrorCode, Payload as ModelPayload, RetryAdvice};
use trtc_rooms_schema::facts::{Code, CodeClass, CodeRetry, EndpointFacts, Payload};
use trtc_rooms_schema::ir::Endpoint as Schema;

use crate::documented::{CodeRow, Facts as Documented, Retry, Table};

/// One fact, and what is wrong with it.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its name: `facts/path`, `codes/100003`.
    pub name: String,
    /// The place in the schema.
    pub pointer: String,
    /// Who says what, if they do not say the same.
    pub problem: Option<String>,
}

/// Compares all facts of an endpoint.
pub fn compare(table: &Table, schema: &Schema, generated: Option<&Generated>) -> Vec<Fact> {
    let mut facts = call(table, schema, generated);
    facts.extend(codes(table, schema, generated));
    facts
}

fn call(table: &Table, schema: &Schema, generated: Option<&Generated>) -> Vec<Fact> {
    let (documented, read) = (&table.facts, &schema.facts);
    let number = documented.page.rsplit('/').next().unwrap_or_default();
    let url = format!("https://trtc.io/document/{number}");
    let mut facts = vec![
        fact(
            "page",
            "page/url",
            &url,
            &read.page.url,
            generated.map(|it| it.page.url.to_owned()),
        ),
        fact(
            "path",
            "path",
            &documented.path,
            &read.path,
            generated.map(|it| it.path.to_owned()),
        ),
        fact(
            "rate",
            "rate",
            &rate(documented.rate, documented.rate_shared_by.as_deref()),
            &rate(
                (read.rate.calls, read.rate.per_seconds),
                read.rate.shared_by.as_deref(),
            ),
            generated.map(|it| rate((it.rate.calls, it.rate.per_seconds), it.rate_shared_by)),
        ),
        fact(
            "regions",
            "regions",
            &sorted(&documented.regions),
            &sorted(&read.regions),
            generated.map(|it| sorted(it.regions)),
        ),
        fact(
            "repeat",
            "repeat",
            &(documented.repeat_is_safe, documented.done_codes.clone()),
            &(read.repeat.safe, read.repeat.done_codes.clone()),
            generated.map(|it| (it.repeat.safe, it.repeat.done_codes.to_vec())),
        ),
    ];
    if let Some(updated) = &documented.updated {
        let made = generated.map(|it| it.page.updated.unwrap_or_default().to_owned());
        facts.push(fact(
            "updated",
            "page/updated",
            updated,
            read.page.updated.as_ref().unwrap_or(&String::new()),
            made,
        ));
    }
    if let Some(payload) = &documented.payload {
        let read = match read.payload {
            Payload::Beside => "beside",
            Payload::Nested => "nested",
        };
        let made = generated.map(|it| match it.payload {
            ModelPayload::Beside => "beside".to_owned(),
            ModelPayload::Nested => "nested".to_owned(),
        });
        facts.push(fact("payload", "payload", payload, &read.to_owned(), made));
    }
    facts.push(narrow_rates(documented, read));
    facts
}

fn narrow_rates(documented: &Documented, read: &EndpointFacts) -> Fact {
    let narrow = |rates: &[(u32, u32, String, i32)]| {
        let mut rates = rates.to_vec();
        rates.sort();
        rates
    };
    let documented: Vec<_> = documented
        .narrow_rates
        .iter()
        .map(|narrow| {
            (
                narrow.rate.0,
                narrow.rate.1,
                narrow.counted_over.clone(),
                narrow.code,
            )
        })
        .collect();
    let read: Vec<_> = read
        .other_rates
        .iter()
        .map(|narrow| {
            (
                narrow.calls,
                narrow.per_seconds,
                narrow.counted_over.clone(),
                narrow.code,
            )
        })
        .collect();
    fact(
        "narrow-rates",
        "otherRates",
        &narrow(&documented),
        &narrow(&read),
        None,
    )
}

fn codes(table: &Table, schema: &Schema, generated: Option<&Generated>) -> Vec<Fact> {
    let made = |code: i32| generated.map(|it| it.code(code).map(of_model));
    let mut numbers: Vec<i32> = table.codes.iter().map(|row| row.code).collect();
    numbers.extend(schema.codes.iter().map(|code| code.code));
    numbers.extend(
        generated
            .iter()
            .flat_map(|it| it.codes)
            .map(|code| code.code),
    );
    numbers.sort_unstable();
    numbers.dedup();
    let facts = numbers.into_iter().map(|number| {
        let documented = table
            .codes
            .iter()
            .find(|row| row.code == number)
            .map(of_table);
        let index = schema.codes.iter().position(|code| code.code == number);
        let read = index.map(|index| of_schema(&schema.codes[index]));
        Fact {
            name: format!("codes/{number}"),
            pointer: index.map_or_else(|| "/codes".to_owned(), |index| format!("/codes/{index}")),
            problem: problem(&documented, &read, made(number)),
        }
    });
    facts.collect()
}

/// Class and advice of a code, in the same form from all sources.
pub(crate) type Meaning = (String, Retry);

fn of_table(row: &CodeRow) -> Meaning {
    (row.class.clone(), row.retry)
}

pub(crate) fn of_schema(code: &Code) -> Meaning {
    let class = match code.class {
        CodeClass::Request => "request",
        CodeClass::Authentication => "authentication",
        CodeClass::Permission => "permission",
        CodeClass::Account => "account",
        CodeClass::RateLimit => "rateLimit",
        CodeClass::NotFound => "notFound",
        CodeClass::Conflict => "conflict",
        CodeClass::Content => "content",
        CodeClass::Server => "server",
    };
    let retry = match (code.retry, code.retry_after_seconds) {
        (CodeRetry::Never, _) => Retry::Never,
        (CodeRetry::Later, None) => Retry::Later,
        (CodeRetry::Later, Some(seconds)) => Retry::AfterSeconds(seconds),
        (CodeRetry::NewTicket, _) => Retry::NewTicket,
    };
    (class.to_owned(), retry)
}

pub(crate) fn of_model(code: &ErrorCode) -> Meaning {
    (code.class.as_str().to_owned(), advice(code.retry))
}

/// The advice of the model in the words of the tables.
pub(crate) fn advice(retry: RetryAdvice) -> Retry {
    match retry {
        RetryAdvice::Backoff => Retry::Later,
        RetryAdvice::AfterSeconds(seconds) => Retry::AfterSeconds(seconds),
        RetryAdvice::NewTicket => Retry::NewTicket,
        _ => Retry::Never,
    }
}

fn fact<T: PartialEq + Debug>(
    name: &str,
    pointer: &str,
    documented: &T,
    schema: &T,
    generated: Option<T>,
) -> Fact {
    Fact {
        name: format!("facts/{name}"),
        pointer: format!("/endpoint/{pointer}"),
        problem: problem(documented, schema, generated),
    }
}

fn problem<T: PartialEq + Debug>(
    documented: &T,
    schema: &T,
    generated: Option<T>,
) -> Option<String> {
    let is_same = documented == schema && generated.as_ref().is_none_or(|made| made == documented);
    if is_same {
        return None;
    }
    let mut problem = format!("documented {documented:?}\nschema     {schema:?}");
    if let Some(generated) = generated {
        let _ = write!(problem, "\ngenerated  {generated:?}");
    }
    Some(problem)
}

/// Calls, seconds, and whose calls count together, in the same form from all sources.
fn rate((calls, seconds): (u32, u32), shared_by: Option<&str>) -> String {
    let shared_by = shared_by.map_or_else(String::new, |name| format!(", shared by {name}"));
    format!("{calls} in {seconds} s{shared_by}")
}

fn sorted<T: AsRef<str>>(names: &[T]) -> Vec<String> {
    let mut names: Vec<String> = names.iter().map(|name| name.as_ref().to_owned()).collect();
    names.sort();
    names
}
