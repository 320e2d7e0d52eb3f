//! Reading requests that are JSON text: `trtc_rooms_model::json`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use trtc_rooms_model::ENDPOINTS;
use trtc_rooms_model::json::parse;
use trtc_rooms_schema::RequestValidator;

use super::schema::repository;

/// Compares a text with each endpoint.
///
/// # Panics
///
/// If something does not hold that should.
pub fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    let request = match parse(text) {
        Ok(request) => request,
        Err(error) => {
            let _ = error.to_string();
            return;
        }
    };
    for (endpoint, validator) in ENDPOINTS.iter().zip(&*VALIDATORS) {
        let report = endpoint.check(&request);
        let name = endpoint.endpoint().name;
        for violation in report.violations() {
            assert!(violation.message().len() < 400, "{name}: {violation:?}");
        }
        let _ = report.hints().iter().map(ToString::to_string).count();

        // A second opinion, which owes nothing to the first.
        let found: BTreeSet<(String, String)> = report
            .violations()
            .iter()
            .map(|violation| (violation.pointer.clone(), violation.rule.to_string()))
            .collect();
        let valid = validator.is_valid(&request);
        assert_eq!(found.is_empty(), valid, "{name}: {found:?}\n{text}");
    }
}

/// In the order of [`ENDPOINTS`].
static VALIDATORS: LazyLock<Vec<RequestValidator>> = LazyLock::new(|| {
    let schemas = repository();
    let validator = |name| RequestValidator::new(schemas, name).expect("the schema compiles");
    ENDPOINTS
        .iter()
        .map(|endpoint| validator(endpoint.endpoint().name))
        .collect()
});
