use std::sync::LazyLock;

use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{Keyword, ValidationError, Validator};
use serde_json::Value;

use super::dialect;
use crate::problem::{Problem, join, nearest};

/// How many characters of a wrong value are shown.
const SHOWN: usize = 60;

/// Compares files with the meta-schema.
pub(crate) struct DialectValidator {
    dialect: Value,
    validator: Validator,
}

impl DialectValidator {
    /// The only one: the meta-schema does not change.
    pub(crate) fn shared() -> &'static Self {
        static SHARED: LazyLock<DialectValidator> = LazyLock::new(DialectValidator::new);
        &SHARED
    }

    fn new() -> Self {
        let dialect = dialect();
        // The vocabulary constrains the schemas that use the dialect; the dialect
        // itself is plain JSON Schema.
        let validator = jsonschema::draft202012::options()
            .with_keyword("type", |_, value, _| Ok(Box::new(WrittenType::new(value))))
            .build(&dialect)
            .expect("a meta-schema derived from Rust types compiles");
        Self { dialect, validator }
    }

    /// What in a file is not in the dialect.
    pub(crate) fn problems(&self, file: &str, value: &Value) -> Vec<Problem> {
        self.validator
            .iter_errors(value)
            .flat_map(|error| self.problem(file, &error))
            .collect()
    }

    fn problem(&self, file: &str, error: &ValidationError<'_>) -> Vec<Problem> {
        let place = error.instance_path().as_str();
        let message = match error.kind() {
            Kind::AdditionalProperties { unexpected } => {
                let known = self.keywords(error);
                return unexpected
                    .iter()
                    .map(|keyword| unknown_keyword(file, place, keyword, &known))
                    .collect();
            }
            Kind::Required { property } => {
                format!("`{}` is missing", property.as_str().unwrap_or_default())
            }
            Kind::OneOfNotValid { .. } => return vec![self.unknown_value(file, place, error)],
            _ if error.instance().to_string().chars().count() > SHOWN => {
                error.masked_with("this").to_string()
            }
            _ => error.to_string(),
        };
        vec![Problem::new(file, place, message)]
    }

    /// The schema in the meta-schema that an error is about.
    fn schema(&self, error: &ValidationError<'_>) -> Option<&Value> {
        let (schema, _) = error.schema_path().as_str().rsplit_once('/')?;
        self.dialect.pointer(schema)
    }

    /// The keywords that are known where an unknown one stands.
    fn keywords(&self, error: &ValidationError<'_>) -> Vec<&str> {
        self.schema(error)
            .and_then(|schema| schema["properties"].as_object())
            .into_iter()
            .flat_map(|properties| properties.keys().map(String::as_str))
            .collect()
    }

    fn unknown_value(&self, file: &str, place: &str, error: &ValidationError<'_>) -> Problem {
        let known: Vec<&str> = self
            .schema(error)
            .and_then(|schema| schema["oneOf"].as_array())
            .into_iter()
            .flatten()
            .filter_map(|value| value["const"].as_str())
            .collect();
        let message = format!("this has to be one of {}", known.join(", "));
        let problem = Problem::new(file, place, message);
        let written = error.instance().as_str().unwrap_or_default();
        match nearest(written, known) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem,
        }
    }
}

fn unknown_keyword(file: &str, place: &str, keyword: &str, known: &[&str]) -> Problem {
    let message = format!("unknown keyword `{keyword}`");
    let help = match keyword {
        "maxLength" | "minLength" => {
            "the documents count bytes: use `maxBytes` or `minBytes`".to_owned()
        }
        "const" => "use `enum` with a single value".to_owned(),
        _ => match nearest(keyword, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "schemas/README.md lists the keywords of the dialect".to_owned(),
        },
    };
    Problem::new(file, join(place, keyword), message).help(help)
}

/// The keyword `type`, for integers as Rust reads them: `3.0` is one for JSON
/// Schema, but a limit of `3.0` would be refused later, without a place.
struct WrittenType(String);

impl WrittenType {
    fn new(value: &Value) -> Self {
        Self(value.as_str().unwrap_or_default().to_owned())
    }

    fn fits(&self, instance: &Value) -> bool {
        match self.0.as_str() {
            "integer" => instance.is_i64() || instance.is_u64(),
            "boolean" => instance.is_boolean(),
            "string" => instance.is_string(),
            "array" => instance.is_array(),
            "object" => instance.is_object(),
            _ => false,
        }
    }
}

impl<'i> Keyword<'i> for WrittenType {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if self.fits(instance) {
            return Ok(());
        }
        let article = if self.0.starts_with(['a', 'i', 'o']) {
            "an"
        } else {
            "a"
        };
        let message = format!("this has to be {article} {}", self.0);
        Err(ValidationError::custom(message))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        self.fits(instance)
    }
}
