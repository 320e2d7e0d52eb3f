//! A draft of a schema file for a page that has none.
//!
//! What a page states plainly is written down; what only a person can tell is marked
//! `UNDECIDED` and listed. `cargo xtask codegen` refuses a file with such a mark, and says
//! where it stands, until somebody has decided.

mod example;
mod node;
mod properties;

use serde_json::{Map, Value, json};
use trtc_rooms_schema::SchemaSet;

use crate::diff::endpoint_of;
use crate::page::Page;
use crate::report::Outcome;
use crate::sample::Direction;
use crate::style;
use node::Node;

/// The mark of what a person has to decide.
pub(crate) const UNDECIDED: &str = "UNDECIDED";

/// A draft.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The text of the file.
    pub text: String,
    /// Where it would belong, relative to `schemas/`, if a schema of the same service
    /// tells.
    pub file: Option<String>,
    /// What a person has to decide.
    pub decisions: Vec<Decision>,
}

/// Something to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The line of the page, or 0.
    pub line: usize,
    /// The JSON pointer into the draft.
    pub pointer: String,
    /// What.
    pub what: String,
}

impl Draft {
    /// How drafting ends: there is always something left to decide.
    pub fn outcome(&self) -> Outcome {
        Outcome::Different
    }
}

/// Drafts a file for a page.
///
/// # Errors
///
/// In words: the page has no path, or a file describes it already.
pub fn scaffold(page: &Page, set: &SchemaSet) -> Result<Draft, String> {
    let path = page
        .path
        .as_ref()
        .ok_or("no path of the form v4/service/command was found on the page")?;
    if let Some((file, _)) = endpoint_of(set, &path.value) {
        return Err(format!(
            "schemas/{} describes this page already: `cargo xtask docs diff` compares them",
            file.name
        ));
    }
    let mut drafting = Drafting {
        page,
        set,
        decisions: Vec::new(),
        definitions: Map::new(),
    };
    let file = drafting.file(&path.value);
    let value = drafting.document(&path.value, file.as_deref());
    Ok(Draft {
        text: style::format(&value, 0) + "\n",
        file,
        decisions: drafting.decisions,
    })
}

struct Drafting<'a> {
    page: &'a Page,
    set: &'a SchemaSet,
    decisions: Vec<Decision>,
    /// Lists of values, which stand in `$defs`.
    definitions: Map<String, Value>,
}

/// Where the file of a new endpoint belongs: beside those of the same service.
pub(crate) fn file_for(set: &SchemaSet, path: &str) -> Option<String> {
    let (service, command) = path.rsplit_once('/')?;
    let product = set.endpoints().find_map(|file| {
        let facts = file.document.endpoint.as_ref()?;
        let (other, _) = facts.path.rsplit_once('/')?;
        let (product, _) = file.name.split_once('/')?;
        (other == service).then_some(product)
    })?;
    Some(format!("{product}/{command}.json"))
}

impl Drafting<'_> {
    fn decide(&mut self, line: usize, pointer: &str, what: impl Into<String>) {
        self.decisions.push(Decision {
            line,
            pointer: pointer.to_owned(),
            what: what.into(),
        });
    }

    fn file(&mut self, path: &str) -> Option<String> {
        let file = file_for(self.set, path);
        if file.is_none() {
            let what = format!("no schema of the service of `{path}` tells which product this is");
            self.decide(0, "", what);
        }
        file
    }

    fn document(&mut self, path: &str, file: Option<&str>) -> Value {
        let mut document = Map::new();
        document.insert("$schema".to_owned(), json!("../dialect.json"));
        let title = self
            .page
            .title
            .as_ref()
            .map_or(UNDECIDED, |title| &title.value);
        document.insert("title".to_owned(), json!(title));
        self.decide(
            0,
            "/title",
            "our title: what the call does, in a few words of ours",
        );
        document.insert("description".to_owned(), json!(UNDECIDED));
        let line = self
            .page
            .overview
            .as_ref()
            .map_or(0, |overview| overview.line);
        self.decide(
            line,
            "/description",
            "what the call does, in sentences of ours",
        );
        document.insert("endpoint".to_owned(), self.endpoint(path, file));

        let mut request = Node::tree(&self.page.request, &self.page.samples, Direction::Request);
        self.report_guesses(&request, "");
        request.sort();
        let Value::Object(schema) = self.schema(&request, "") else {
            return Value::Null;
        };
        document.extend(schema);
        if !self.definitions.is_empty() {
            let definitions = std::mem::take(&mut self.definitions);
            document.insert("$defs".to_owned(), Value::Object(definitions));
        }
        document.insert("response".to_owned(), self.response());
        document.insert("codes".to_owned(), self.codes());
        let draft = Value::Object(document.clone());
        let example = example::of(&draft, &draft, self.set);
        document.insert("examples".to_owned(), json!([example]));
        self.decide(
            0,
            "/examples",
            "requests that a reader learns from, with every member in one of them",
        );
        self.decide(
            0,
            "/counterexamples",
            "a request for each limit that breaks it (a list, behind `examples`)",
        );
        Value::Object(document)
    }

    fn endpoint(&mut self, path: &str, file: Option<&str>) -> Value {
        let rate = match &self.page.rate {
            Some(rate) => {
                json!({ "calls": rate.value.calls, "perSeconds": rate.value.per_seconds })
            }
            None => {
                self.decide(0, "/endpoint/rate", "the rate: none was found on the page");
                json!(UNDECIDED)
            }
        };
        let updated = match &self.page.updated {
            Some(date) => date.value.to_string(),
            None => {
                self.decide(
                    0,
                    "/endpoint/page/updated",
                    "the date: none was found on the page",
                );
                UNDECIDED.to_owned()
            }
        };
        let title = self
            .page
            .title
            .as_ref()
            .map_or(UNDECIDED, |title| &title.value);
        self.decide(0, "/endpoint/page/url", "the address of the page");
        self.decide(
            0,
            "/endpoint/repeat",
            "whether the call may be repeated when its outcome is unknown, and why",
        );
        let mut endpoint = Map::new();
        endpoint.insert("path".to_owned(), json!(path));
        if self.has_groups(file) {
            endpoint.insert("group".to_owned(), json!(UNDECIDED));
        }
        let rest = json!({
            "rate": rate,
            "regions": self.regions(),
            "page": { "title": title, "url": UNDECIDED, "updated": updated },
            "repeat": { "safe": UNDECIDED, "reason": UNDECIDED },
            "payload": self.payload(),
        });
        endpoint.extend(rest.as_object().cloned().unwrap_or_default());
        Value::Object(endpoint)
    }

    /// Whether the product of the file has groups, which is one more decision.
    fn has_groups(&mut self, file: Option<&str>) -> bool {
        let product = file
            .and_then(|file| file.split_once('/'))
            .and_then(|(folder, _)| self.set.file(&format!("{folder}/product.json")))
            .and_then(|file| file.document.product.as_ref());
        let groups: Vec<&str> = product
            .into_iter()
            .flat_map(|product| product.groups.keys().map(String::as_str))
            .collect();
        if groups.is_empty() {
            return false;
        }
        let what = format!(
            "the group that users find the call in: {}",
            groups.join(", ")
        );
        self.decide(0, "/endpoint/group", what);
        true
    }

    fn regions(&mut self) -> Vec<String> {
        let mut regions = Vec::new();
        for region in self.set.files().flat_map(|file| &file.document.regions) {
            let named = |host: &str| self.page.hosts.iter().any(|known| known.value == host);
            if named(&region.host) || region.backup_host.as_deref().is_some_and(named) {
                regions.push(region.name.clone());
            }
        }
        let all: Vec<_> = self.set.files().flat_map(|f| &f.document.regions).collect();
        for host in &self.page.hosts {
            let known = all.iter().any(|region| {
                region.host == host.value || region.backup_host.as_ref() == Some(&host.value)
            });
            if !known {
                let what = format!(
                    "the host {} is in no region of common/regions.json",
                    host.value
                );
                self.decide(host.line, "/endpoint/regions", what);
            }
        }
        regions
    }

    fn payload(&mut self) -> &'static str {
        let replies = self.page.samples.iter();
        let mut data = replies
            .filter(|sample| sample.direction == Direction::Response)
            .filter_map(|sample| sample.value.as_ref().ok()?.as_object());
        if data.clone().any(|reply| reply.contains_key("Response")) {
            return "nested";
        }
        let is_data = |name: &String| {
            !["ActionStatus", "ErrorCode", "ErrorInfo", "RequestId"].contains(&name.as_str())
        };
        if data.any(|reply| reply.keys().any(is_data)) {
            return "beside";
        }
        self.decide(
            0,
            "/endpoint/payload",
            "whether data stand in `Response` or beside the envelope: no sample of a reply has any",
        );
        UNDECIDED
    }

    fn response(&mut self) -> Value {
        let mut tree = Node::tree(&self.page.response, &self.page.samples, Direction::Response);
        tree.sort();
        self.report_guesses(&tree, "/response");
        let before = self.definitions.len();
        let mut schema = self.schema(&tree, "/response");
        if self.definitions.len() > before {
            // Replies have no lists of values: what is new is read all the same.
            self.definitions.clear();
        }
        self.decide(0, "/response/description", "what the reply tells");
        if let Value::Object(members) = &mut schema {
            members.remove("required");
            let mut described = Map::new();
            described.insert("description".to_owned(), json!(UNDECIDED));
            described.extend(std::mem::take(members));
            *members = described;
        }
        schema
    }

    fn codes(&mut self) -> Value {
        let mut rows: Vec<_> = self.page.codes.iter().collect();
        rows.sort_by_key(|row| row.code);
        let mut codes = Vec::new();
        for row in rows {
            let pointer = format!("/codes/{}", codes.len());
            let common = self
                .set
                .files()
                .filter(|file| file.document.endpoint.is_none())
                .filter_map(|file| file.value["codes"].as_array())
                .flatten()
                .find(|code| code["code"] == json!(row.code));
            if let Some(common) = common {
                codes.push(common.clone());
                self.decide(
                    row.line,
                    &pointer,
                    format!("whether {} means here what the common table says", row.code),
                );
            } else {
                codes.push(json!({
                    "code": row.code,
                    "name": UNDECIDED,
                    "class": UNDECIDED,
                    "retry": UNDECIDED,
                    "meaning": UNDECIDED,
                    "remedy": UNDECIDED,
                }));
                self.decide(
                    row.line,
                    &pointer,
                    format!("name, class, retry, meaning and remedy of {}", row.code),
                );
            }
        }
        Value::Array(codes)
    }
}
