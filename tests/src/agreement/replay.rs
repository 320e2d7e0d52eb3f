//! One case by its id, again.

use std::fmt;
use std::time::Instant;

use serde_json::Value;
use trtc_rooms_model::json;

use super::disagreement::{Disagreement, printed};
use super::random::{self, Draw};
use super::subject::{Judgement, Subject};
use super::{Harness, Outcome};
use crate::cases::{TextCase, group};
use crate::report::{Check, Failure};

/// One case and what the oracles say about it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its id.
    pub id: String,
    /// The request, or its text.
    pub request: String,
    /// What the oracles say; none if the text is refused before anybody is asked.
    pub judgement: Option<Judgement>,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "case        {}", self.id)?;
        write!(f, "request     {}", self.request)?;
        for (oracle, verdict) in self
            .judgement
            .iter()
            .flat_map(|judgement| &judgement.opinions)
        {
            write!(f, "\n{oracle:<11} {verdict}")?;
        }
        Ok(())
    }
}

/// The command that shows a case again.
pub(super) fn command(id: &str, seed: u64) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-~".contains(&byte);
    let id = if id.bytes().all(is_plain) {
        id.to_owned()
    } else {
        format!("'{}'", id.replace('\'', r"'\''"))
    };
    // Only what is drawn depends on the seed.
    let seed = random::parse(&id)
        .map(|_| format!(" --seed {seed}"))
        .unwrap_or_default();
    format!("cargo xtask contract --case {id}{seed}")
}

/// What is wrong with reading a text.
pub(super) fn text_failure(case: &TextCase) -> Option<Failure> {
    let summary = match (json::parse(&case.text), &case.expect) {
        (Err(error), None) if error.line() > 0 || case.text.is_empty() => return None,
        (Err(error), None) => format!("it is refused without a place: {error}"),
        (Ok(value), Some(expected)) if value == *expected => return None,
        (Ok(value), Some(_)) => format!("it is read as {}", printed(&value)),
        (Ok(value), None) => format!("it is not refused but read as {}", printed(&value)),
        (Err(error), Some(_)) => format!("it is refused: {error}"),
    };
    let text = printed(&Value::from(case.text.as_str()));
    let replay = command(&case.id, 0);
    Some(Failure {
        detail: format!(
            "{summary}\ncase        {}\ntext        {text}\nreplay      {replay}",
            case.id
        ),
        summary,
        location: None,
    })
}

impl Harness {
    /// Judges one case.
    pub(super) fn replay(&self, id: &str, seed: u64) -> Result<Outcome, String> {
        let started = Instant::now();
        let is_of = |subject: &&Subject| {
            id.strip_prefix(&subject.name)
                .is_some_and(|rest| rest.starts_with('/'))
        };
        let subject = self.subjects.iter().find(is_of);
        let subject = subject.ok_or_else(|| format!("`{id}` begins with no endpoint"))?;
        let mut outcome = Outcome::default();
        outcome.report.command = command(id, seed);
        if let Some(text) = subject.texts.iter().find(|text| text.id == id) {
            outcome.shown = Some(Shown {
                id: id.to_owned(),
                request: printed(&Value::from(text.text.as_str())),
                judgement: None,
            });
            let check = Check {
                failure: text_failure(text),
                ..Check::passed(&subject.name, id, 1)
            };
            outcome.report.checks.push(check);
        } else {
            let request = request(subject, id, seed)?;
            self.show(subject, id, seed, &request, &mut outcome);
        }
        outcome.requests = 1;
        outcome.report.elapsed = started.elapsed();
        Ok(outcome)
    }

    fn show(&self, subject: &Subject, id: &str, seed: u64, request: &Value, outcome: &mut Outcome) {
        let judgement = subject.judge(request, &mut |_| ());
        for difference in &judgement.differences {
            let disagreement =
                Disagreement::new(subject, id, command(id, seed), request, difference);
            let is_known = self.deviations.reason(&disagreement.id).is_some();
            let check = Check::passed(&subject.name, &disagreement.id, 1);
            outcome.report.checks.push(Check {
                failure: (!is_known).then(|| disagreement.failure(group(id))),
                ..check
            });
            outcome.disagreements.push(disagreement);
        }
        if judgement.differences.is_empty() {
            outcome
                .report
                .checks
                .push(Check::passed(&subject.name, id, 1));
        }
        outcome.shown = Some(Shown {
            id: id.to_owned(),
            request: printed(request),
            judgement: Some(judgement),
        });
    }
}

fn request(subject: &Subject, id: &str, seed: u64) -> Result<Value, String> {
    if let Some(case) = subject.cases.iter().find(|case| case.id == id) {
        return Ok(case.request(&subject.request));
    }
    if let Some((kind, number)) = random::parse(id) {
        let drawn = Draw::new(subject, seed).request(kind, number);
        return drawn.ok_or_else(|| format!("nothing could be drawn for `{id}`"));
    }
    let near = subject.cases.iter().map(|case| case.id.as_str());
    let near: Vec<&str> = near
        .filter(|known| known.starts_with(crate::cases::group(id)))
        .take(12)
        .collect();
    let hint = if near.is_empty() {
        String::new()
    } else {
        format!("; there are\n  {}", near.join("\n  "))
    };
    Err(format!("there is no case `{id}`{hint}"))
}
