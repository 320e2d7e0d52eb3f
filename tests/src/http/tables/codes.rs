//! Every code that the documents list for an endpoint, and some that they do not.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::Value;
use trtc_rooms::{Error, ErrorClass, ErrorKind, RetryAdvice};

use super::page_codes::{self, Row};
use super::{gateway_codes, room_codes};
use crate::facts;
use crate::http::{Answer, Expected, REQUEST_ID, Retry, Run, Stub, Target, app, same, schemas};

/// Codes that no document lists. The first two are H11; the others are the ends of the
/// type, a client-side code, and gaps in the lists.
pub const UNDOCUMENTED: [i32; 9] = [
    100_999,
    60_099,
    60_022,
    70_011,
    100_014,
    100_021,
    -2_105,
    i32::MAX,
    i32::MIN,
];

/// A code that any call may be answered with, as the documents have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommonCode {
    /// The number.
    pub code: i32,
    /// None where the documents admit more than one.
    pub class: Option<String>,
    /// None where the documents admit more than one.
    pub retry: Option<crate::documented::Retry>,
}

/// The documented rows of a common table, `common/codes` or `common/room_codes`.
pub fn common(file: &str) -> impl Iterator<Item = CommonCode> {
    let rows = match file {
        "common/codes" => gateway_codes::ROWS,
        "common/room_codes" => room_codes::ROWS,
        _ => &[],
    };
    rows.iter().map(|row| CommonCode {
        code: row.code,
        class: row.class.map(|class| class.as_str().to_owned()),
        retry: row.retry.map(facts::advice),
    })
}

/// Where the text of a code comes from.
enum Source {
    Page,
    Common,
    Nowhere,
}

/// Lets the stub answer a call of `target` with each code, and looks at the error.
pub async fn run(stub: &Stub, target: &Target) -> Run {
    let client = app::client(&stub.url());
    let mut run = Run::default();
    let listed = documented(target.name);
    for code in listed.iter().chain(&UNDOCUMENTED).copied() {
        // The blank after the colon and the letter outside of ASCII have to survive.
        let info = format!("reason: {code} 房");
        stub.begin(Answer::Code(code, info.clone())).await;
        let outcome = match target.call(&client).await {
            Ok(_) => Err("it was taken for a success".to_owned()),
            Err(error) => judge(target, code, &error, &info),
        };
        let once = stub.only().map(drop);
        run.add(format!("{}/code/{code}", target.name), outcome.and(once));
    }
    run
}

/// The error for one code of one endpoint, for snapshots.
///
/// # Panics
///
/// If the call succeeds.
pub async fn error(stub: &Stub, target: &Target, code: i32) -> Error {
    stub.begin(Answer::Code(code, "reason".to_owned())).await;
    let result = target.call(&app::client(&stub.url())).await;
    result.expect_err("a code is an error")
}

/// That this table and the schemas list the same codes.
///
/// # Errors
///
/// Names those that are in one of them only.
pub fn complete(endpoint: &str) -> Result<(), String> {
    let typed = |rows: &[Row]| rows.iter().map(|row| row.code).collect::<BTreeSet<_>>();
    let lists = [
        (endpoint, typed(&page_codes::of(endpoint))),
        ("common/codes", typed(gateway_codes::ROWS)),
        ("common/room_codes", typed(room_codes::ROWS)),
    ];
    for (file, typed) in lists {
        let listed: BTreeSet<i32> = schema_codes(file).collect();
        let differ: Vec<_> = listed.symmetric_difference(&typed).collect();
        if !differ.is_empty() {
            return Err(format!(
                "{file}: only in the schema or only here: {differ:?}"
            ));
        }
    }
    Ok(())
}

fn judge(target: &Target, code: i32, error: &Error, info: &str) -> Result<(), String> {
    let (source, row) = find(target.name, code);
    let unlisted = Row {
        code,
        class: Some(ErrorClass::Unknown),
        retry: Some(RetryAdvice::Never),
        says: &[],
    };
    let row = row.unwrap_or(unlisted);
    let retry = row.retry.unwrap_or(advice(error));
    let outcome = expected(&row, retry, error).compare(target, error);
    outcome.and_then(|()| same("the advice", advice(error), retry))?;
    let api = error.api().ok_or("there is no answer of the service")?;
    same("ErrorInfo", api.error_info(), Some(info))?;
    same("RequestId", error.request_id(), Some(REQUEST_ID))?;
    same("ActionStatus", api.action_status(), Some("FAIL"))?;
    same(
        "the number in the line",
        error.to_string().contains(&code.to_string()),
        true,
    )?;
    let Some(meaning) = error.meaning() else {
        return match source {
            Source::Nowhere => Ok(()),
            _ => Err("a listed code has no meaning".to_owned()),
        };
    };
    same("the code of the meaning", meaning.code, code)?;
    let own = target.endpoint.code(code).is_some();
    same(
        "whether the endpoint's own page explains it",
        own,
        matches!(source, Source::Page),
    )?;
    let text = format!("{} {}", meaning.meaning, meaning.remedy).to_lowercase();
    for words in row.says {
        if !text.contains(words) {
            return Err(format!("`{words}` is not in: {text}"));
        }
    }
    match source {
        Source::Nowhere => Err(format!("no document lists it, and yet: {text}")),
        _ => Ok(()),
    }
}

fn expected(row: &Row, advice: RetryAdvice, error: &Error) -> Expected {
    let class = row.class.or(error.class()).unwrap_or(ErrorClass::Unknown);
    // Whoever tries a bad ticket again is locked out, so no error about one invites to
    // that, whatever may help later.
    let later = class != ErrorClass::Authentication;
    // A service that failed inside may have carried the call out.
    let unknown = class == ErrorClass::Server;
    let retry = match advice {
        RetryAdvice::Backoff | RetryAdvice::AfterSeconds(_) if unknown => Retry::IfSafe,
        RetryAdvice::Backoff | RetryAdvice::AfterSeconds(_) if later => Retry::Yes,
        _ => Retry::No,
    };
    let mut expected = Expected::api(row.code, class, retry);
    expected.kind = ErrorKind::Api;
    expected.unknown = unknown;
    if let RetryAdvice::AfterSeconds(seconds) = advice {
        expected.after = Some(Duration::from_secs(seconds.into()));
    }
    expected
}

fn advice(error: &Error) -> RetryAdvice {
    error
        .meaning()
        .map_or(RetryAdvice::Never, |meaning| meaning.retry)
}

fn find(endpoint: &str, code: i32) -> (Source, Option<Row>) {
    let row = |rows: &[Row]| rows.iter().find(|row| row.code == code).copied();
    if let Some(row) = row(&page_codes::of(endpoint)) {
        return (Source::Page, Some(row));
    }
    match row(gateway_codes::ROWS).or_else(|| row(room_codes::ROWS)) {
        Some(row) => (Source::Common, Some(row)),
        None => (Source::Nowhere, None),
    }
}

/// The codes that the documents list for an endpoint or for all of them.
pub fn listed(endpoint: &str) -> BTreeSet<i32> {
    let own = page_codes::of(endpoint);
    let rows = own
        .iter()
        .chain(gateway_codes::ROWS)
        .chain(room_codes::ROWS);
    rows.map(|row| row.code).collect()
}

/// The codes that the schemas list for an endpoint or for all of them.
fn documented(endpoint: &str) -> BTreeSet<i32> {
    [endpoint, "common/codes", "common/room_codes"]
        .into_iter()
        .flat_map(schema_codes)
        .collect()
}

/// Read from the file and not from the model: a code that the generator drops is to be
/// missed.
fn schema_codes(file: &str) -> impl Iterator<Item = i32> {
    let file = schemas().file(&format!("{file}.json"));
    let codes = file.and_then(|file| file.value["codes"].as_array());
    let code = |entry: &Value| entry["code"].as_i64();
    codes
        .into_iter()
        .flatten()
        .filter_map(move |entry| i32::try_from(code(entry)?).ok())
}
