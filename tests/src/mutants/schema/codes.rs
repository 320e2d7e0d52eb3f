//! Tables of error codes: each code dropped and renumbered, its class and its advice
//! changed.

use serde_json::json;
use trtc_rooms_schema::SchemaFile;
use trtc_rooms_schema::facts::{Code, CodeClass, CodeRetry};

use super::{Draft, Edit};
use crate::http::tables::codes;

/// What the documents say about a code. Nobody notices a change of what they leave open.
#[derive(Clone, Copy)]
pub(super) struct Documented {
    is_listed: bool,
    class: bool,
    retry: bool,
}

impl Documented {
    pub(super) const ALL: Self = Self {
        is_listed: true,
        class: true,
        retry: true,
    };
}

/// What the documents say about the codes of a common table.
pub(super) fn common(file: &str) -> impl Fn(i32) -> Documented {
    let rows: Vec<codes::CommonCode> = codes::common(file).collect();
    move |code| {
        let row = rows.iter().find(|row| row.code == code);
        Documented {
            is_listed: row.is_some(),
            class: row.is_some_and(|row| row.class.is_some()),
            retry: row.is_some_and(|row| row.retry.is_some()),
        }
    }
}

/// Every change of the table of codes in a file.
pub(super) fn drafts(file: &SchemaFile, documented: impl Fn(i32) -> Documented) -> Vec<Draft> {
    let list = &file.document.codes;
    let mut drafts = Vec::new();
    for (index, code) in list.iter().enumerate() {
        let at = format!("/codes/{index}");
        let known = documented(code.code);
        let mut add = |kind: &'static str, what: &str, edits: Vec<Edit>| {
            drafts.push(Draft {
                file: file.name.clone(),
                place: format!("/codes/{}", code.code),
                kind,
                what: what.to_owned(),
                edits,
            });
        };
        if known.is_listed {
            add("code", "dropped", vec![Edit::Remove(at.clone())]);
            if let Some(other) = neighbour(list, index) {
                let edit = Edit::Set(format!("{at}/code"), json!(other));
                add("code", &format!("becomes-{other}"), vec![edit]);
            }
        }
        if known.class {
            let other = if code.class == CodeClass::Request {
                "server"
            } else {
                "request"
            };
            let edit = Edit::Set(format!("{at}/class"), json!(other));
            add("class", &format!("becomes-{other}"), vec![edit]);
        }
        if known.retry {
            retry(code, &at, &mut add);
        }
    }
    drafts
}

fn retry(code: &Code, at: &str, add: &mut impl FnMut(&'static str, &str, Vec<Edit>)) {
    let place = format!("{at}/retry");
    let pause = format!("{at}/retryAfterSeconds");
    let set = |other: &str| Edit::Set(place.clone(), json!(other));
    match (code.retry, code.retry_after_seconds) {
        (CodeRetry::Later, None) => add("retry", "becomes-never", vec![set("never")]),
        (CodeRetry::Later, Some(seconds)) => {
            let never = vec![set("never"), Edit::Remove(pause.clone())];
            add("retry", "becomes-never", never);
            add("retry", "pause-dropped", vec![Edit::Remove(pause.clone())]);
            let more = Edit::Set(pause, json!(seconds + 1));
            add("retry", "pause-more", vec![more]);
        }
        (CodeRetry::Never | CodeRetry::NewTicket, _) => {
            add("retry", "becomes-later", vec![set("later")]);
        }
    }
}

/// A number near a code that keeps the table in order.
fn neighbour(list: &[Code], index: usize) -> Option<i32> {
    let code = list[index].code;
    let next = list.get(index + 1).map(|next| next.code);
    let previous = index.checked_sub(1).map(|previous| list[previous].code);
    if next.is_none_or(|next| next > code + 1) {
        return Some(code + 1);
    }
    previous
        .is_none_or(|previous| previous < code - 1)
        .then(|| code - 1)
}
