//! Three oracles, asked about the same requests.
//!
//! 1. the generated validation (or an [`Interpreter`](crate::oracle::Interpreter) in its
//!    place, for schemas that nothing was generated from),
//! 2. the `jsonschema` crate over the schema file,
//! 3. the tables typed by hand.
//!
//! That 1 and 2 agree proves the generator, that 2 and 3 agree proves the schema. What
//! they say is compared as sets of (pointer, rule); the codes are compared as well, and
//! the hints of those that give any. [`run`] does all of it and makes a
//! [`Report`](crate::report::Report).

mod disagreement;
mod random;
mod replay;
mod run;
mod subject;

use std::path::Path;

use trtc_rooms_schema::{SchemaSet, lower};

use crate::common_codes;
use crate::deviations::Deviations;
use crate::documented::Tables;
use crate::lines::line_of;
use crate::report::{Check, Failure, Location};

pub use disagreement::Disagreement;
pub use replay::Shown;
pub use subject::{First, Judgement, Subject};

/// What a run does.
#[derive(Clone, Debug)]
pub struct Options {
    /// Only this endpoint.
    pub endpoint: Option<String>,
    /// How many requests are drawn by chance for each endpoint.
    pub cases: u32,
    /// What chance begins with.
    pub seed: u64,
    /// Only the case with this id.
    pub case: Option<String>,
    /// Whether the first failure ends the run. It is not made small: this is for those
    /// who want to know whether there is one.
    pub stop_early: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            endpoint: None,
            cases: 600,
            seed: 1,
            case: None,
            stop_early: false,
        }
    }
}

/// What came of a run.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The report.
    pub report: crate::report::Report,
    /// Every kind of disagreement, with the first request that showed it; known ones
    /// included.
    pub disagreements: Vec<Disagreement>,
    /// The one case that was asked for.
    pub shown: Option<Shown>,
    /// How many requests were judged.
    pub requests: u64,
}

/// How far a run is.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// The endpoint.
    pub endpoint: &'a str,
    /// How many requests were judged.
    pub done: u64,
    /// How many there are.
    pub total: u64,
}

/// The oracles of a set of schemas.
pub struct Harness {
    subjects: Vec<Subject>,
    deviations: Deviations,
    /// What is wrong with the harness itself: an endpoint without a table.
    setup: Vec<Check>,
    /// What is documented for all endpoints, compared.
    common: Vec<Check>,
}

/// Runs the harness over the schemas of this repository.
///
/// # Errors
///
/// When schemas or tables cannot be read, or there is no such endpoint or case.
pub fn run(options: &Options) -> Result<Outcome, String> {
    Harness::repository()?.run(options, &mut |_| ())
}

impl Harness {
    /// The schemas of this repository and the code generated from them.
    ///
    /// # Errors
    ///
    /// What cannot be read.
    pub fn repository() -> Result<Self, String> {
        let folder = crate::home().join("../schemas");
        Self::folder(&folder, First::Generated)
    }

    /// Other schemas, in a folder.
    ///
    /// # Errors
    ///
    /// What cannot be read.
    pub fn folder(folder: &Path, first: First) -> Result<Self, String> {
        let schemas = SchemaSet::load(folder).map_err(|problems| problems.to_string())?;
        let tables = Tables::repository().map_err(|mistakes| {
            mistakes
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("\n")
        })?;
        Self::new(&schemas, &tables, Deviations::repository()?, first)
    }

    /// Schemas and tables that were read.
    ///
    /// # Errors
    ///
    /// When a schema cannot be lowered or compiled.
    pub fn new(
        schemas: &SchemaSet,
        tables: &Tables,
        deviations: Deviations,
        first: First,
    ) -> Result<Self, String> {
        let ir = lower(schemas).map_err(|problems| problems.to_string())?;
        let mut harness = Self {
            subjects: Vec::new(),
            deviations,
            setup: Vec::new(),
            common: common(schemas, first),
        };
        for endpoint in &ir.endpoints {
            let name = format!("{}/{}", endpoint.product, endpoint.operation);
            let Some(table) = tables.get(&name) else {
                harness.missing(
                    &name,
                    format!("tests/documented/{name}.md is missing: type it from the page"),
                );
                continue;
            };
            match Subject::new(schemas, &ir, endpoint, table.clone(), first) {
                Ok(subject) => harness.subjects.push(subject),
                Err(problem) => harness.missing(&name, problem),
            }
        }
        for name in tables.names() {
            let is_known = |endpoint: &&Subject| endpoint.name == name;
            if !harness.subjects.iter().any(|subject| is_known(&subject))
                && !harness.setup.iter().any(|check| check.suite == name)
            {
                harness.missing(
                    name,
                    format!("tests/documented/{name}.md is about no schema"),
                );
            }
        }
        Ok(harness)
    }

    /// The endpoints that can be judged.
    pub fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    /// What is not the same everywhere of what all endpoints have in common.
    pub fn common_failure(&self) -> Option<String> {
        let failed = self.common.iter().find(|check| check.failure.is_some());
        failed.map(|check| check.id.clone())
    }

    fn missing(&mut self, endpoint: &str, problem: String) {
        let failure = Failure::new(problem);
        self.setup.push(Check::failed(
            endpoint,
            format!("{endpoint}/setup"),
            failure,
        ));
    }
}

/// The codes that any call may be answered with.
fn common(schemas: &SchemaSet, first: First) -> Vec<Check> {
    let facts = common_codes::compare(schemas, first).into_iter();
    let checks = facts.map(|(name, fact)| {
        let id = format!("{name}/{}", fact.name);
        let failure = fact.problem.map(|problem| Failure {
            summary: format!("{} is not the same everywhere", fact.name),
            detail: problem,
            location: schemas.file(&format!("{name}.json")).map(|file| Location {
                file: format!("schemas/{name}.json"),
                line: line_of(&file.text, &fact.pointer),
            }),
        });
        Check {
            failure,
            ..Check::passed(name, id, 0)
        }
    });
    checks.collect()
}
