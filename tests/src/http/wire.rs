//! Everything about an endpoint that only shows on the wire: each code that it may be
//! answered with, each fault that it may meet, and what becomes of each derived request.
//! For the report of a run.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tokio::runtime::Builder;

use super::tables::requests::follows_the_schema;
use super::tables::{codes, redirects, replies, statuses, transport};
use super::{Run, Stub, TARGETS, Target};
use crate::agreement::Subject;
use crate::report::{Check, Failure, Report};
use crate::request::canonical;

/// The columns that [`Wire::add_to`] adds to a report.
pub const COLUMNS: [&str; 2] = ["codes covered", "faults survived"];

/// What was seen of one endpoint.
#[derive(Clone, Debug)]
pub struct Wire {
    /// The endpoint.
    pub endpoint: &'static str,
    /// The codes, by `endpoint/code/number`.
    pub codes: Run,
    /// The faults, by `endpoint/kind/id`.
    pub faults: Run,
    /// The derived requests: what is valid arrives as it was meant, what is not is kept
    /// back, and refused if it is not.
    pub requests: Run,
}

/// Sends calls of these endpoints to stubs, on so many threads.
///
/// # Errors
///
/// When there is no runtime to be had, or an endpoint cannot be called.
pub fn all(subjects: &[&Subject], jobs: usize) -> Result<Vec<Wire>, String> {
    let mut targets = Vec::new();
    for subject in subjects {
        let name = &subject.name;
        let target = TARGETS.iter().find(|target| target.name == *name);
        let target = target.ok_or_else(|| format!("{name} is not in TARGETS (http/target.rs)"))?;
        targets.push((target, *subject));
    }
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, targets.len().max(1)) {
            scope.spawn(|| {
                while let Some((target, subject)) =
                    targets.get(next.fetch_add(1, Ordering::Relaxed))
                {
                    let wire = one(target, subject);
                    done.lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push(wire);
                }
            });
        }
    });
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut wires = done.into_iter().collect::<Result<Vec<Wire>, String>>()?;
    wires.sort_by_key(|wire| wire.endpoint);
    Ok(wires)
}

fn one(target: &'static Target, subject: &Subject) -> Result<Wire, String> {
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("no runtime: {error}"))?;
    Ok(runtime.block_on(async {
        let (stub, other) = (Stub::start().await, Stub::start().await);
        let mut faults = statuses::run(&stub, target).await;
        faults.merge(redirects::run(&stub, &other, target).await);
        faults.merge(transport::run(target).await);
        // These begin with the bare envelope.
        if target.needs_no_payload() {
            faults.merge(replies::run(&stub, target).await);
            faults.merge(statuses::by_hand(target).await);
        }
        let mut requests = Run::default();
        for case in &subject.cases {
            let request = case.request(&subject.request);
            let sent = canonical(&subject.request, &request);
            let outcome = follows_the_schema(&stub, target, &request, &sent).await;
            requests.add(format!("{}/sent/{}", target.name, case.id), outcome);
        }
        Wire {
            endpoint: target.name,
            codes: codes::run(&stub, target).await,
            faults,
            requests,
        }
    }))
}

impl Wire {
    /// Adds what was seen to a report that has a row for the endpoint.
    pub fn add_to(&self, report: &mut Report) {
        let listed = codes::listed(self.endpoint);
        let id = |code: i32| format!("{}/code/{code}", self.endpoint);
        let covered = listed
            .iter()
            .filter(|code| self.codes.passed.contains(&id(**code)));
        let covered = covered.count();
        for code in &listed {
            let id = id(*code);
            let failed = self.codes.failed.iter().find(|(failed, _)| *failed == id);
            let is_passed = self.codes.passed.contains(&id);
            let failure = match failed {
                Some((_, problem)) => Some(Failure::new(problem.clone())),
                None if !is_passed => Some(Failure::new("no reply had this documented code")),
                None => None,
            };
            report.checks.push(Check {
                failure,
                ..Check::passed(self.endpoint, id, 1)
            });
        }
        report.checks.extend(self.kinds());
        if let Some(row) = report
            .rows
            .iter_mut()
            .find(|row| row.endpoint == self.endpoint)
        {
            let faults = &self.faults;
            row.cells.push(format!("{covered} of {}", listed.len()));
            row.cells
                .push(format!("{} of {}", faults.passed.len(), faults.len()));
        }
    }

    /// One check for each kind of fault, and for the codes that nobody documents.
    fn kinds(&self) -> Vec<Check> {
        let listed = codes::listed(self.endpoint);
        let is_documented = |id: &str| {
            let code = id.rsplit('/').next().and_then(|code| code.parse().ok());
            code.is_some_and(|code: i32| listed.contains(&code))
        };
        let codes = outcomes(&self.codes).filter(|(id, _)| !is_documented(id));
        let mut kinds: BTreeMap<&str, Check> = BTreeMap::new();
        let sent = format!("{}/sent", self.endpoint);
        let all = outcomes(&self.faults)
            .chain(codes)
            .chain(outcomes(&self.requests));
        for (id, problem) in all {
            let kind = match id.starts_with(&sent) {
                true => sent.as_str(),
                false => id.rsplit_once('/').map_or(id, |(kind, _)| kind),
            };
            let fresh = || Check::passed(self.endpoint, format!("{kind}/all"), 0);
            let check = kinds.entry(kind).or_insert_with(fresh);
            check.requests += 1;
            if let Some(problem) = problem
                && check.failure.is_none()
            {
                check.failure = Some(Failure::new(format!("{id}: {problem}")));
            }
        }
        kinds.into_values().collect()
    }
}

/// The ids of a run, each with what went wrong.
fn outcomes(run: &Run) -> impl Iterator<Item = (&str, Option<&str>)> {
    let passed = run.passed.iter().map(|id| (id.as_str(), None));
    let failed = run.failed.iter();
    passed.chain(failed.map(|(id, problem)| (id.as_str(), Some(problem.as_str()))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Row;

    fn report(wire: &Wire) -> Report {
        let mut report = Report {
            rows: vec![Row {
                endpoint: wire.endpoint.to_owned(),
                cells: Vec::new(),
            }],
            ..Report::default()
        };
        wire.add_to(&mut report);
        report
    }

    #[test]
    fn a_code_that_no_reply_had_and_a_fault_that_went_wrong_are_failures() {
        let endpoint = "live/create_room";
        let mut wire = Wire {
            endpoint,
            codes: Run::default(),
            faults: Run::default(),
            requests: Run::default(),
        };
        for code in codes::listed(endpoint) {
            wire.codes.add(format!("{endpoint}/code/{code}"), Ok(()));
        }
        wire.codes.add(format!("{endpoint}/code/60099"), Ok(()));
        wire.faults
            .add(format!("{endpoint}/reply/H1-empty"), Ok(()));
        let whole = report(&wire);
        assert!(whole.is_ok(), "{}", whole.to_text());
        let all = codes::listed(endpoint).len();
        assert_eq!(
            whole.rows[0].cells,
            [format!("{all} of {all}"), "1 of 1".to_owned()]
        );
        let lost = format!("{endpoint}/code/100003");
        wire.codes.passed.retain(|id| *id != lost);
        let wrong = format!("{endpoint}/reply/H2-nothing");
        wire.faults.add(wrong, Err("it was a success".to_owned()));
        let report = report(&wire);
        let failed: Vec<&str> = report
            .failures()
            .map(|(check, _)| check.id.as_str())
            .collect();
        assert_eq!(failed, [lost.as_str(), "live/create_room/reply/all"]);
        let cells = [format!("{} of {all}", all - 1), "1 of 2".to_owned()];
        assert_eq!(report.rows[0].cells, cells);
    }
}
