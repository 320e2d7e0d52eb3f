//! The fixture's schemas as judges.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;
use trtc_rooms_core::{Report, Violation};
use trtc_rooms_schema::ir::Ir;
use trtc_rooms_schema::{RequestValidator, SchemaSet, lower};

use crate::catalog::ENDPOINTS;

/// A broken rule: pointer, rule, code.
pub(crate) type Broken = BTreeSet<(String, String, i32)>;

/// The schemas of the fixture.
pub(crate) struct Fixture {
    pub(crate) ir: Ir,
    validators: BTreeMap<&'static str, RequestValidator>,
}

pub(crate) static FIXTURE: LazyLock<Fixture> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/everything");
    let set = SchemaSet::load(&folder).unwrap_or_else(|problems| panic!("{problems}"));
    let names = ["live/all_limits", "live/odd_names", "move/async"];
    let validators = names.map(|name| (name, RequestValidator::new(&set, name).unwrap()));
    Fixture {
        ir: lower(&set).unwrap(),
        validators: validators.into(),
    }
});

/// What the schema itself says.
pub(crate) fn by_schema(endpoint: &str, request: &Value) -> Broken {
    let findings = FIXTURE.validators[endpoint].findings(request).into_iter();
    findings
        .map(|finding| (finding.pointer, finding.rule, finding.code))
        .collect()
}

pub(crate) fn broken<'a>(violations: impl IntoIterator<Item = &'a Violation>) -> Broken {
    let violations = violations.into_iter();
    violations
        .map(|found| (found.pointer.clone(), found.rule.to_string(), found.code))
        .collect()
}

/// What generated code says about JSON.
pub(crate) fn check(endpoint: &str, request: &Value) -> Report {
    let endpoint = ENDPOINTS
        .iter()
        .find(|found| found.endpoint().name == endpoint);
    endpoint.unwrap().check(request)
}
