//! Judging changed schemas in this process.

use std::collections::BTreeMap;

use serde_json::Value;
use trtc_rooms_schema::SchemaSet;

use super::schema::Change;
use crate::agreement::First;
use crate::deviations::Deviations;
use crate::documented::Tables;
use crate::{Harness, Options};

/// What changed schemas are judged with. Each time only the files of one endpoint are
/// read, so that the time grows with the number of endpoints and not with its square.
pub struct Judge {
    files: BTreeMap<String, Value>,
    /// Files that no change is about, as texts.
    texts: BTreeMap<String, String>,
    tables: Tables,
    deviations: Deviations,
}

impl Judge {
    /// The schemas and tables of this repository.
    pub fn new(schemas: &SchemaSet, tables: &Tables, deviations: Deviations) -> Self {
        let files: BTreeMap<String, Value> = schemas
            .files()
            .map(|file| (file.name.clone(), bare(&file.value)))
            .collect();
        let texts = files
            .iter()
            .map(|(name, value)| (name.clone(), value.to_string()));
        Self {
            texts: texts.collect(),
            files,
            tables: tables.clone(),
            deviations,
        }
    }

    /// Who notices that nothing is changed. Nobody may.
    pub fn unchanged(&self, endpoint: &str) -> Option<String> {
        self.noticed(&BTreeMap::new(), Some(endpoint))
    }

    /// Who notices a change; none if nobody does.
    pub fn judge(&self, change: &Change) -> Option<String> {
        let Some(mut document) = self.files.get(&change.file).cloned() else {
            return Some(format!("there is no {}", change.file));
        };
        if !change.edits.iter().all(|edit| edit.apply(&mut document)) {
            // An edit that does nothing must not pass for one that was noticed.
            return None;
        }
        let changed = BTreeMap::from([(change.file.clone(), document.to_string())]);
        if change.endpoints.is_empty() {
            return self.noticed(&changed, None);
        }
        let mut endpoints = change.endpoints.iter();
        endpoints.find_map(|endpoint| self.noticed(&changed, Some(endpoint)))
    }

    fn noticed(
        &self,
        changed: &BTreeMap<String, String>,
        endpoint: Option<&str>,
    ) -> Option<String> {
        let text = |name: &str| changed.get(name).or_else(|| self.texts.get(name)).cloned();
        let files = self.texts.keys().filter(|name| concerns(name, endpoint));
        let files = files.filter_map(|name| Some((name.clone(), text(name)?)));
        let schemas = match SchemaSet::from_files(files) {
            Ok(schemas) => schemas,
            Err(problems) => {
                let problems = problems.to_string();
                let first = problems.lines().next().unwrap_or_default();
                return Some(format!("reading the schemas: {first}"));
            }
        };
        let tables = match endpoint {
            Some(endpoint) => self.tables.only(endpoint),
            None => Tables::default(),
        };
        let harness = Harness::new(
            &schemas,
            &tables,
            self.deviations.clone(),
            First::Interpreter,
        );
        let harness = match harness {
            Ok(harness) => harness,
            Err(problem) => return Some(format!("lowering the schemas: {problem}")),
        };
        if endpoint.is_none() {
            return harness.common_failure();
        }
        // The cases that are always tried have to notice, not chance.
        let options = Options {
            cases: 0,
            stop_early: true,
            ..Options::default()
        };
        match harness.run(&options, &mut |_| ()) {
            Ok(outcome) => {
                let failure = outcome.report.failures().next();
                failure.map(|(check, _)| check.id.clone())
            }
            Err(problem) => Some(problem),
        }
    }
}

/// Whether a file is needed to judge an endpoint, or what all have in common.
fn concerns(file: &str, endpoint: Option<&str>) -> bool {
    let Some(endpoint) = endpoint else {
        return file.starts_with("common/");
    };
    file.starts_with("common/") || file.strip_suffix(".json") == Some(endpoint) || is_product(file)
}

/// Products name each other, so that all of them have to be there.
fn is_product(file: &str) -> bool {
    file.ends_with("/product.json")
}

/// A file without its examples: the loader compares them with the schema, and would
/// notice before the harness does.
fn bare(document: &Value) -> Value {
    let mut document = document.clone();
    if let Value::Object(members) = &mut document
        && members.contains_key("endpoint")
    {
        for member in ["examples", "counterexamples", "quirks"] {
            members.shift_remove(member);
        }
    }
    document
}
