use std::collections::HashSet;
use std::sync::Arc;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;
use trtc_rooms_core::INVALID_PARAMETER;

use crate::files::SchemaSet;
use crate::keywords::Broken;
use crate::oracle::Oracle;
use crate::problem::{Problem, join};

/// Judges requests with the `jsonschema` crate over the schema file itself.
///
/// Nothing generated takes part, so that this and the generated validation can
/// check each other.
#[derive(Debug)]
pub struct RequestValidator {
    validator: Validator,
    oracle: Arc<Oracle>,
}

/// One rule that a request breaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// A JSON pointer into the request.
    pub pointer: String,
    /// The keyword of the rule, such as `maxBytes`.
    pub rule: String,
    /// The error code that the service is documented to answer with.
    pub code: i32,
    /// What is wrong in words. It may quote the request.
    pub message: String,
}

impl RequestValidator {
    /// Compiles the schema of an endpoint, such as `live/create_room`.
    ///
    /// # Errors
    ///
    /// A problem when there is no such endpoint, or when its schema does not compile.
    pub fn new(schemas: &SchemaSet, endpoint: &str) -> Result<Self, Problem> {
        let name = format!("{endpoint}.json");
        match schemas.file(&name) {
            Some(file) if file.document.endpoint.is_some() => Self::at(schemas, &name, ""),
            _ => Err(Problem::new(name, "", "there is no such endpoint")),
        }
    }

    /// Compiles the schema at a pointer of a file.
    pub(crate) fn at(schemas: &SchemaSet, file: &str, pointer: &str) -> Result<Self, Problem> {
        let oracle = Arc::clone(schemas.oracle());
        Ok(Self {
            validator: oracle.compile(file, pointer)?,
            oracle,
        })
    }

    /// Whether a request breaks no rule.
    pub fn is_valid(&self, request: &Value) -> bool {
        self.validator.is_valid(request)
    }

    /// Every rule that a request breaks, ordered by pointer and rule.
    ///
    /// The elements of a list that is too long are not looked at, and a value of the
    /// wrong type breaks no other rule.
    pub fn findings(&self, request: &Value) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self
            .validator
            .iter_errors(request)
            .map(|error| self.finding(&error))
            .collect();
        let pointers_of = |rule: &str| -> HashSet<String> {
            let broken = findings.iter().filter(|finding| finding.rule == rule);
            broken.map(|finding| finding.pointer.clone()).collect()
        };
        let (too_long, mistyped) = (pointers_of("maxItems"), pointers_of("type"));
        findings.retain(|finding| {
            let is_inside = !too_long.is_empty()
                && ancestors(&finding.pointer).any(|list| too_long.contains(list));
            let is_secondary = finding.rule != "type" && mistyped.contains(&finding.pointer);
            !is_inside && !is_secondary
        });
        findings.sort();
        findings.dedup_by(|left, right| left.pointer == right.pointer && left.rule == right.rule);
        findings
    }

    fn finding(&self, error: &ValidationError<'_>) -> Finding {
        let at = error.instance_path().as_str();
        let keyword = error.kind().keyword();
        let (pointer, rule, message) = match error.kind() {
            ValidationErrorKind::Required { property } => {
                let member = property.as_str().unwrap_or_default();
                (join(at, member), keyword, "is missing".to_owned())
            }
            ValidationErrorKind::Custom { message, .. } => match Broken::parse(message) {
                Some(Broken { rule, member, text }) => {
                    let pointer = member.map_or_else(|| at.to_owned(), |member| join(at, member));
                    (pointer, rule, text.to_owned())
                }
                None => (at.to_owned(), keyword, message.clone()),
            },
            _ => (at.to_owned(), keyword, error.masked().to_string()),
        };
        Finding {
            code: self.code(error),
            pointer,
            rule: rule.to_owned(),
            message,
        }
    }

    /// The code that the schema names for a rule beside the keyword that states
    /// it.
    fn code(&self, error: &ValidationError<'_>) -> i32 {
        error
            .absolute_keyword_location()
            .and_then(|location| self.oracle.parent(location.as_str()))
            .and_then(|schema| {
                schema
                    .get("limitCodes")?
                    .get(error.kind().keyword())?
                    .as_i64()
            })
            .and_then(|code| i32::try_from(code).ok())
            .unwrap_or(INVALID_PARAMETER)
    }
}

/// The pointers to everything that a place is inside of.
fn ancestors(pointer: &str) -> impl Iterator<Item = &str> {
    pointer
        .match_indices('/')
        .map(|(index, _)| &pointer[..index])
}
