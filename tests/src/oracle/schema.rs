//! The second oracle: the `jsonschema` crate over the schema file itself.

use serde_json::Value;
use trtc_rooms_schema::{Problem, RequestValidator, SchemaSet};

use super::Oracle;
use crate::verdict::Verdict;

/// Judges by the schema file.
#[derive(Debug)]
pub struct Schema(RequestValidator);

impl Schema {
    /// The oracle of an endpoint.
    ///
    /// # Errors
    ///
    /// When its schema does not compile.
    pub fn new(schemas: &SchemaSet, endpoint: &str) -> Result<Self, Problem> {
        RequestValidator::new(schemas, endpoint).map(Self)
    }
}

impl Oracle for Schema {
    fn name(&self) -> &'static str {
        "schema"
    }

    fn judge(&self, request: &Value) -> Verdict {
        let mut verdict = Verdict::default();
        for finding in self.0.findings(request) {
            verdict.add(&finding.pointer, &finding.rule, finding.code);
        }
        verdict
    }
}
