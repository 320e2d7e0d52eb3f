//! Every change of a schema that the harness has to notice.
//!
//! What stands in a file of several endpoints is changed there, and each of them may be
//! the one that notices.

mod codes;
mod edit;
mod facts;
mod objects;
mod values;
mod walk;

use std::collections::BTreeMap;

use serde_json::Value;
use trtc_rooms_schema::SchemaSet;

use super::{Mutation, Through};
use crate::common_codes;
use crate::documented::Tables;

pub use edit::Edit;

/// One change, and whom it concerns.
#[derive(Clone, Debug)]
pub struct Change {
    /// The file that is changed, such as `live/create_room.json`.
    pub file: String,
    /// The edits that make it.
    pub edits: Vec<Edit>,
    /// The endpoints that are judged by the changed file; none if it is about the codes
    /// of all of them.
    pub endpoints: Vec<String>,
    /// Its id and kind.
    pub mutation: Mutation,
}

/// A change before it is known whom it concerns.
#[derive(Clone, Debug)]
struct Draft {
    file: String,
    /// A JSON pointer into the file.
    place: String,
    kind: &'static str,
    /// What is done there: `more`, `dropped`.
    what: String,
    edits: Vec<Edit>,
}

impl Draft {
    fn id(&self) -> String {
        let file = self.file.trim_end_matches(".json");
        format!("{file}#{}:{}", self.place, self.what)
    }
}

/// Every change of the schemas of these endpoints, or of all and of what they have in
/// common.
pub fn changes(schemas: &SchemaSet, tables: &Tables, endpoint: Option<&str>) -> Vec<Change> {
    let mut found: BTreeMap<String, Change> = BTreeMap::new();
    let mut order = Vec::new();
    let mut add = |draft: Draft, endpoint: Option<&str>| {
        let id = draft.id();
        let change = found.entry(id.clone()).or_insert_with(|| {
            order.push(id.clone());
            Change {
                mutation: Mutation {
                    id,
                    suite: draft.file.trim_end_matches(".json").to_owned(),
                    kind: draft.kind.to_owned(),
                    through: Through::Interpreter,
                },
                file: draft.file,
                edits: draft.edits,
                endpoints: Vec::new(),
            }
        });
        change.endpoints.extend(endpoint.map(str::to_owned));
    };
    for file in schemas.endpoints() {
        let name = file.stem();
        let Some(table) = tables
            .get(name)
            .filter(|_| endpoint.is_none_or(|it| it == name))
        else {
            continue;
        };
        for draft in walk::drafts(schemas, &file.name) {
            add(draft, Some(name));
        }
        for draft in facts::drafts(schemas, file, table) {
            add(draft, Some(name));
        }
        for draft in codes::drafts(file, |_| codes::Documented::ALL) {
            add(draft, Some(name));
        }
    }
    if endpoint.is_none() {
        for name in common_codes::FILES {
            let Some(file) = schemas.file(&format!("{name}.json")) else {
                continue;
            };
            let documented = codes::common(name);
            for draft in codes::drafts(file, documented) {
                add(draft, None);
            }
        }
    }
    let changes = order.iter().filter_map(|id| found.remove(id));
    changes.collect()
}

/// A pointer to a member.
fn join(pointer: &str, member: &str) -> String {
    format!("{pointer}/{}", member.replace('~', "~0").replace('/', "~1"))
}

/// The texts of a list; none if there is no list.
fn texts(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array);
    let texts = list.into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}
