use jsonschema::error::ValidationErrorKind;
use jsonschema::{Registry, ValidationError, Validator};
use serde_json::{Value, json};

use crate::dialect::{DIALECT_URI, dialect};
use crate::files::SchemaSet;
use crate::keywords::{self, Broken};
use crate::problem::{Problem, join};

/// The code with which the service refuses an invalid parameter, unless the
/// schema names another one.
const INVALID_PARAMETER: i32 = 100_002;

/// Judges requests with the `jsonschema` crate over the schema file itself.
///
/// Nothing generated takes part, so that this and the generated validation can
/// check each other.
#[derive(Debug)]
pub struct RequestValidator {
    validator: Validator,
    schemas: Value,
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
    /// A problem when there is no such file, or when it does not compile.
    pub fn new(schemas: &SchemaSet, endpoint: &str) -> Result<Self, Problem> {
        let name = format!("{endpoint}.json");
        if schemas.file(&name).is_none() {
            return Err(Problem::new(name, "", "there is no such endpoint"));
        }
        Self::at(schemas, &name, "")
    }

    /// Compiles the schema at a pointer of a file.
    pub(crate) fn at(schemas: &SchemaSet, file: &str, pointer: &str) -> Result<Self, Problem> {
        let documents = schemas
            .files()
            .map(|file| (file.uri(), absolute_dialect(&file.value)));
        let problem =
            |error: &dyn std::fmt::Display| Problem::new(file, pointer, error.to_string());
        let mut registry = Registry::new()
            .add(DIALECT_URI, dialect())
            .map_err(|error| problem(&error))?;
        let mut all = serde_json::Map::new();
        for (uri, document) in documents {
            all.insert(uri.clone(), document.clone());
            registry = registry
                .add(uri, document)
                .map_err(|error| problem(&error))?;
        }
        let registry = registry.prepare().map_err(|error| problem(&error))?;
        let root = json!({
            "$schema": DIALECT_URI,
            "$ref": format!("{}#{pointer}", uri_of(file)),
        });
        let options = jsonschema::options().with_registry(&registry);
        let validator = keywords::register(options)
            .build(&root)
            .map_err(|error| problem(&error))?;
        Ok(Self {
            validator,
            schemas: Value::Object(all),
        })
    }

    /// Whether a request breaks no rule.
    pub fn is_valid(&self, request: &Value) -> bool {
        self.validator.is_valid(request)
    }

    /// Every rule that a request breaks, ordered by pointer and rule.
    ///
    /// The elements of a list that is too long are not looked at.
    pub fn findings(&self, request: &Value) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self
            .validator
            .iter_errors(request)
            .map(|error| self.finding(&error))
            .collect();
        let too_long: Vec<String> = findings
            .iter()
            .filter(|finding| finding.rule == "maxItems")
            .map(|finding| format!("{}/", finding.pointer))
            .collect();
        findings.retain(|finding| {
            !too_long
                .iter()
                .any(|list| finding.pointer.starts_with(list))
        });
        findings.sort();
        findings.dedup_by(|left, right| left.pointer == right.pointer && left.rule == right.rule);
        findings
    }

    fn finding(&self, error: &ValidationError<'_>) -> Finding {
        let at = error.instance_path().as_str();
        let (pointer, rule, message) = match error.kind() {
            ValidationErrorKind::Required { property } => {
                let member = property.as_str().unwrap_or_default();
                (
                    join(at, member),
                    "required".to_owned(),
                    "is missing".to_owned(),
                )
            }
            ValidationErrorKind::Custom { message, .. } => match Broken::parse(message) {
                Some(broken) => {
                    let pointer = match broken.member {
                        Some(member) => join(at, member),
                        None => at.to_owned(),
                    };
                    (pointer, broken.rule.to_owned(), broken.text.to_owned())
                }
                None => (
                    at.to_owned(),
                    error.kind().keyword().to_owned(),
                    message.clone(),
                ),
            },
            _ => (
                at.to_owned(),
                error.kind().keyword().to_owned(),
                error.masked().to_string(),
            ),
        };
        Finding {
            code: self.code(error),
            pointer,
            rule,
            message,
        }
    }

    /// The code that the schema names for a rule beside the keyword that states
    /// it.
    fn code(&self, error: &ValidationError<'_>) -> i32 {
        error
            .absolute_keyword_location()
            .and_then(|location| {
                let location = location.as_str();
                let (uri, pointer) = location.split_once('#')?;
                let (schema, _) = pointer.rsplit_once('/')?;
                let codes = self.schemas.get(uri)?.pointer(schema)?.get("limitCodes")?;
                codes.get(error.kind().keyword())?.as_i64()
            })
            .and_then(|code| i32::try_from(code).ok())
            .unwrap_or(INVALID_PARAMETER)
    }
}

/// The address under which a file is known to the validator.
pub(crate) fn uri_of(file: &str) -> String {
    format!("trtc-rooms:///{file}")
}

/// The same document with the absolute address of the dialect. In the files it is
/// relative, so that an editor finds the meta-schema without a network.
fn absolute_dialect(document: &Value) -> Value {
    let mut document = document.clone();
    if let Value::Object(members) = &mut document {
        members.insert("$schema".to_owned(), Value::from(DIALECT_URI));
    }
    document
}
