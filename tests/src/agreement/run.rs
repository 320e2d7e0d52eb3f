//! A run: every case of every endpoint, and the report about it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Instant;

use serde_json::Value;

use super::disagreement::Disagreement;
use super::random::{Draw, Kind};
use super::subject::Subject;
use super::{Harness, Options, Outcome, Progress};
use crate::cases::{TextCase, group};
use crate::coverage::Coverage;
use crate::deviations::Deviations;
use crate::report::{Check, Failure, Location, Report, Row, Section};

/// The counts of the report.
const COLUMNS: [&str; 4] = [
    "limits checked",
    "facts compared",
    "requests generated",
    "verdicts compared",
];

impl Harness {
    /// Judges everything that the options ask for.
    ///
    /// # Errors
    ///
    /// When there is no such endpoint or case.
    pub fn run(
        &self,
        options: &Options,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Outcome, String> {
        if let Some(case) = &options.case {
            return self.replay(case, options.seed);
        }
        let started = Instant::now();
        let subjects = self.chosen(options.endpoint.as_deref())?;
        let mut outcome = Outcome {
            report: Report {
                command: command(options),
                columns: COLUMNS.to_vec(),
                checks: self.setup.clone(),
                ..Report::default()
            },
            ..Outcome::default()
        };
        if options.endpoint.is_none() {
            outcome.report.checks.extend(self.common.iter().cloned());
        }
        for subject in subjects {
            let mut run = Run::new(subject, options, &self.deviations);
            run.all(progress);
            run.finish(&mut outcome);
            if options.stop_early && !outcome.report.is_ok() {
                break;
            }
        }
        if outcome.requests == 0 {
            let failure = Failure::new("no request was judged");
            outcome
                .report
                .checks
                .push(Check::failed("run", "run/requests", failure));
        }
        if options.endpoint.is_none() && !options.stop_early {
            self.stale_deviations(&mut outcome);
        }
        outcome.report.elapsed = started.elapsed();
        Ok(outcome)
    }

    fn chosen(&self, endpoint: Option<&str>) -> Result<Vec<&Subject>, String> {
        let is_chosen = |subject: &&Subject| endpoint.is_none_or(|name| subject.name == name);
        let chosen: Vec<&Subject> = self.subjects.iter().filter(is_chosen).collect();
        match endpoint {
            Some(name) if chosen.is_empty() => {
                let known: Vec<&str> = self
                    .subjects
                    .iter()
                    .map(|subject| subject.name.as_str())
                    .collect();
                Err(format!(
                    "there is no endpoint `{name}`; there are {}",
                    known.join(", ")
                ))
            }
            _ => Ok(chosen),
        }
    }

    /// Known deviations that nothing showed.
    fn stale_deviations(&self, outcome: &mut Outcome) {
        for id in self.deviations.ids() {
            let is_alive = outcome
                .disagreements
                .iter()
                .any(|disagreement| disagreement.id == id);
            let check_id = format!("known-deviations/{id}");
            outcome.report.checks.push(if is_alive {
                Check::passed("known-deviations", check_id, 0)
            } else {
                let failure = Failure::new(format!(
                    "`{id}` no longer deviates: take it out of tests/known-deviations.txt"
                ));
                Check::failed("known-deviations", check_id, failure)
            });
        }
    }
}

fn command(options: &Options) -> String {
    let mut command = format!(
        "cargo xtask contract --cases {} --seed {}",
        options.cases, options.seed
    );
    if let Some(endpoint) = &options.endpoint {
        let _ = write!(command, " --endpoint {endpoint}");
    }
    command
}

/// The run over one endpoint.
struct Run<'a> {
    subject: &'a Subject,
    options: &'a Options,
    deviations: &'a Deviations,
    coverage: Coverage,
    checks: BTreeMap<String, Check>,
    disagreements: BTreeMap<String, Disagreement>,
    requests: u64,
}

impl<'a> Run<'a> {
    fn new(subject: &'a Subject, options: &'a Options, deviations: &'a Deviations) -> Self {
        Self {
            subject,
            options,
            deviations,
            coverage: Coverage::new(subject.table.statements.len()),
            checks: BTreeMap::new(),
            disagreements: BTreeMap::new(),
            requests: 0,
        }
    }

    fn all(&mut self, progress: &mut dyn FnMut(Progress<'_>)) {
        let subject = self.subject;
        let total = subject.cases.len() as u64 + u64::from(self.options.cases);
        let mut report = |done: u64| {
            let endpoint = &subject.name;
            progress(Progress {
                endpoint,
                done,
                total,
            });
        };
        self.facts();
        for text in &subject.texts {
            self.text(text);
        }
        for case in &subject.cases {
            if self.is_over() {
                return;
            }
            self.judge(&case.id, &case.request(&subject.request));
            report(self.requests);
        }
        let draw = Draw::new(subject, self.options.seed);
        for number in 0..self.options.cases {
            if self.is_over() {
                return;
            }
            let kind = Kind::ALL[number as usize % Kind::ALL.len()];
            if let Some(request) = draw.request(kind, number) {
                self.judge(&draw.id(kind, number), &request);
                report(self.requests);
            }
        }
        self.covered();
    }

    fn is_over(&self) -> bool {
        self.options.stop_early && self.checks.values().any(|check| check.failure.is_some())
    }

    fn facts(&mut self) {
        for fact in &self.subject.facts {
            let failure = fact.problem.as_ref().map(|problem| Failure {
                summary: format!("{} is not the same everywhere", fact.name),
                detail: problem.clone(),
                location: Some(self.subject.location(&fact.pointer)),
            });
            self.check(&format!("{}/{}", self.subject.name, fact.name), 0, failure);
        }
    }

    fn text(&mut self, case: &TextCase) {
        self.check(group(&case.id), 1, super::replay::text_failure(case));
    }

    fn judge(&mut self, id: &str, request: &Value) {
        let subject = self.subject;
        let coverage = &mut self.coverage;
        let judgement = subject.judge(request, &mut |seen| coverage.see(seen));
        self.requests += 1;
        let mut failure = None;
        for difference in &judgement.differences {
            let deviation = difference.id(&subject.name);
            let is_known = self.deviations.reason(&deviation).is_some();
            if self.options.stop_early && !is_known {
                failure = Some(Failure::new(format!(
                    "the oracles disagree on {difference}"
                )));
                break;
            }
            let disagreement = self.disagreements.entry(deviation).or_insert_with(|| {
                let replay = super::replay::command(id, self.options.seed);
                Disagreement::new(subject, id, replay, request, difference)
            });
            if !is_known && failure.is_none() {
                failure = Some(disagreement.failure(group(id)));
            }
        }
        self.check(group(id), 1, failure);
    }

    /// Every documented statement, with what was seen of it.
    fn covered(&mut self) {
        for (index, statement) in self.subject.table.statements.iter().enumerate() {
            let gap = self.coverage.tally(index).gap(statement);
            let failure = gap.map(|gap| Failure {
                summary: format!("not checked: {gap}"),
                detail: format!("`{}` {}: {gap}", statement.field, statement.text),
                location: Some(Location {
                    file: format!("tests/documented/{}.md", self.subject.name),
                    line: statement.line,
                }),
            });
            let name = &self.subject.name;
            self.check(
                &format!("{name}/documented/{} {}", statement.field, statement.text),
                0,
                failure,
            );
        }
    }

    /// Adds to a check. Its first failure stays.
    fn check(&mut self, id: &str, requests: u64, failure: Option<Failure>) {
        let fresh = || Check::passed(&self.subject.name, id, 0);
        let check = self.checks.entry(id.to_owned()).or_insert_with(fresh);
        check.requests += requests;
        if check.failure.is_none() {
            check.failure = failure;
        }
    }

    fn finish(self, outcome: &mut Outcome) {
        let statements = &self.subject.table.statements;
        let is_checked =
            |index: usize| self.coverage.tally(index).gap(&statements[index]).is_none();
        let checked = (0..statements.len())
            .filter(|index| is_checked(*index))
            .count();
        let facts = &self.subject.facts;
        let same = facts.iter().filter(|fact| fact.problem.is_none()).count();
        outcome.report.rows.push(Row {
            endpoint: self.subject.name.clone(),
            cells: vec![
                format!("{checked} of {}", statements.len()),
                format!("{same} of {}", facts.len()),
                self.requests.to_string(),
                (self.requests * Subject::ORACLES as u64).to_string(),
            ],
        });
        outcome.report.sections.push(self.section());
        outcome.requests += self.requests;
        outcome.report.checks.extend(self.checks.into_values());
        outcome
            .disagreements
            .extend(self.disagreements.into_values());
    }

    fn section(&self) -> Section {
        let statements = self.subject.table.statements.iter().enumerate();
        let rows = statements.map(|(index, statement)| {
            let tally = self.coverage.tally(index);
            let count = |all: u64, barely: u64| format!("{all}, {barely} barely");
            vec![
                statement.field.clone(),
                statement.text.clone(),
                count(tally.kept, tally.barely_kept),
                count(tally.broken, tally.barely_broken),
            ]
        });
        Section {
            title: format!(
                "{}: what is documented, and the requests on each side",
                self.subject.name
            ),
            columns: vec![
                "field",
                "documented",
                "requests that keep to it",
                "requests that do not",
            ],
            rows: rows.collect(),
        }
    }
}
