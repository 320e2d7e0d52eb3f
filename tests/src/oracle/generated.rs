//! The first oracle: generated validation.

use std::collections::BTreeSet;

use serde_json::Value;
use trtc_rooms_core::{Hint as ModelHint, MAX_VIOLATIONS, Violation};
use trtc_rooms_model::json::{JsonEndpoint, find};

use super::Oracle;
use crate::verdict::{Hint, Verdict};

/// Judges with the generated code.
#[derive(Debug)]
pub struct Generated(&'static JsonEndpoint);

/// What a typed caller sees of a request.
#[derive(Clone, Debug)]
pub struct Typed {
    /// The verdict of `validate()` and `hints()`.
    pub verdict: Verdict,
    /// What would be sent.
    pub sent: Value,
}

impl Generated {
    /// The name in reports.
    pub const NAME: &'static str = "generated";

    /// The oracle that judges with this code.
    pub fn over(endpoint: &'static JsonEndpoint) -> Self {
        Self(endpoint)
    }

    /// The oracle of an endpoint; none if nothing was generated for it.
    pub fn new(endpoint: &str) -> Option<Self> {
        find(endpoint).map(Self)
    }

    /// What was generated.
    pub fn endpoint(&self) -> &'static JsonEndpoint {
        self.0
    }
}

impl Oracle for Generated {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn judge(&self, request: &Value) -> Verdict {
        let report = self.0.check(request);
        verdict(report.violations(), report.hints())
    }

    fn typed(&self, request: &Value) -> Option<Typed> {
        let reading = self.0.read(request).ok()?;
        let violations = reading.violations.iter().flatten().cloned();
        Some(Typed {
            verdict: verdict(&violations.collect::<Vec<_>>(), &reading.hints),
            sent: reading.sent,
        })
    }
}

fn verdict(violations: &[Violation], hints: &[ModelHint]) -> Verdict {
    let mut verdict = Verdict {
        is_capped: violations.len() >= MAX_VIOLATIONS || hints.len() >= MAX_VIOLATIONS,
        ..Verdict::default()
    };
    for violation in violations {
        verdict.add(&violation.pointer, violation.rule.as_str(), violation.code);
    }
    let hints = hints
        .iter()
        .map(|hint| Hint::new(&hint.pointer, hint.kind.as_str()));
    verdict.hints = Some(hints.collect::<BTreeSet<_>>());
    verdict
}
