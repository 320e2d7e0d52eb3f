//! The keywords of our vocabulary, for the `jsonschema` crate.
//!
//! These are the second opinion on every generated check, so they share no code
//! with what is generated. The message of each error begins with the rule and the
//! member that a violation points at, which `jsonschema` has no place for.

use jsonschema::paths::Location;
use jsonschema::{Keyword, ValidationError, ValidationOptions};
use serde_json::{Map, Value};

use crate::dialect::VOCABULARY_URI;

type Factory<'a> = Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>>;

/// Registers the vocabulary.
pub(crate) fn register(options: ValidationOptions<'_>) -> ValidationOptions<'_> {
    options
        .with_vocabulary(VOCABULARY_URI)
        .with_keyword("type", |_, value, _| json_type(value))
        .with_keyword("minBytes", min_bytes)
        .with_keyword("maxBytes", max_bytes)
        .with_keyword("differences", differences)
        .with_keyword("sums", sums)
        .with_keyword("requiredTogether", required_together)
        .with_keyword("atLeastOneOf", at_least_one_of)
}

/// One rule that an instance breaks: its keyword, the member that it is about (if
/// it is not the instance itself), and the rest of the message.
pub(crate) struct Broken<'a> {
    pub(crate) rule: &'a str,
    pub(crate) member: Option<&'a str>,
    pub(crate) text: &'a str,
}

impl<'a> Broken<'a> {
    /// Reads the message of an error that one of these keywords made.
    pub(crate) fn parse(message: &'a str) -> Option<Self> {
        let mut parts = message.splitn(3, '|');
        let (rule, length, rest) = (parts.next()?, parts.next()?, parts.next()?);
        let (member, text) = match length {
            "" => (None, rest),
            length => {
                let (member, text) = rest.split_at_checked(length.parse().ok()?)?;
                (Some(member), text)
            }
        };
        Some(Self { rule, member, text })
    }
}

/// A broken rule that is about the instance itself.
fn broken(rule: &str, text: &str) -> ValidationError<'static> {
    ValidationError::custom(format!("{rule}||{text}"))
}

/// A broken rule that is about a member, whose name may hold any character.
fn broken_by(rule: &str, member: &str, text: &str) -> ValidationError<'static> {
    ValidationError::custom(format!("{rule}|{}|{member}{text}", member.len()))
}

/// A keyword that is a function from an instance to the rules which it breaks.
struct Check<F>(F);

impl<'i, F> Keyword<'i> for Check<F>
where
    F: Fn(&Value) -> Vec<ValidationError<'static>> + Send + Sync,
{
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        match self.0(instance).into_iter().next() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        self.0(instance).is_empty()
    }

    fn iter_errors(
        &self,
        instance: &'i Value,
    ) -> Box<dyn Iterator<Item = ValidationError<'i>> + 'i> {
        Box::new(self.0(instance).into_iter())
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "a factory ends with it, and a factory may fail"
)]
fn keyword<'a, F>(check: F) -> Factory<'a>
where
    F: Fn(&Value) -> Vec<ValidationError<'static>> + Send + Sync + 'static,
{
    Ok(Box::new(Check(check)))
}

/// The standard keyword, but for integers: they have to fit 64 bits with a sign.
fn json_type(value: &Value) -> Factory<'_> {
    let expected = text(value)?;
    keyword(move |instance| {
        let found = match instance {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
            Value::Number(number) if fits_i64(number) => "integer",
            Value::Number(_) => "number",
        };
        if found == expected || (found == "integer" && expected == "number") {
            Vec::new()
        } else {
            vec![broken(
                "type",
                &format!("is {found}, {expected} is expected"),
            )]
        }
    })
}

fn fits_i64(number: &serde_json::Number) -> bool {
    // -2^63 is exact as a float, 2^63 is the first one that does not fit.
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if number.is_i64() || number.is_u64() {
        return number.is_i64();
    }
    number
        .as_f64()
        .is_some_and(|float| float.fract() == 0.0 && (-LIMIT..LIMIT).contains(&float))
}

fn min_bytes<'a>(_: &'a Map<String, Value>, value: &'a Value, _: Location) -> Factory<'a> {
    let limit = size(value)?;
    keyword(move |instance| match instance.as_str().map(str::len) {
        Some(length) if length < limit => {
            vec![broken(
                "minBytes",
                &format!("is {length} bytes long, at least {limit} are needed"),
            )]
        }
        _ => Vec::new(),
    })
}

fn max_bytes<'a>(_: &'a Map<String, Value>, value: &'a Value, _: Location) -> Factory<'a> {
    let limit = size(value)?;
    keyword(move |instance| match instance.as_str().map(str::len) {
        Some(length) if length > limit => {
            vec![broken(
                "maxBytes",
                &format!("is {length} bytes long, at most {limit} are allowed"),
            )]
        }
        _ => Vec::new(),
    })
}

fn differences<'a>(_: &'a Map<String, Value>, value: &'a Value, _: Location) -> Factory<'a> {
    struct Rule {
        of: String,
        minus: String,
        minimum: Option<i64>,
        maximum: Option<i64>,
    }
    let mut rules = Vec::new();
    for rule in list(value)? {
        rules.push(Rule {
            of: text(&rule["of"])?,
            minus: text(&rule["minus"])?,
            minimum: rule["minimum"].as_i64(),
            maximum: rule["maximum"].as_i64(),
        });
    }
    keyword(move |instance| {
        let mut errors = Vec::new();
        for Rule {
            of,
            minus,
            minimum,
            maximum,
        } in &rules
        {
            let (Some(end), Some(start)) = (whole(&instance[of]), whole(&instance[minus])) else {
                continue;
            };
            let difference = end - start;
            if let Some(least) = minimum.filter(|least| difference < i128::from(*least)) {
                let text = format!("is {difference} after {minus}, at least {least} is needed");
                errors.push(broken_by("minDifference", of, &text));
            }
            if let Some(most) = maximum.filter(|most| difference > i128::from(*most)) {
                let text = format!("is {difference} after {minus}, at most {most} is allowed");
                errors.push(broken_by("maxDifference", of, &text));
            }
        }
        errors
    })
}

fn sums<'a>(_: &'a Map<String, Value>, value: &'a Value, _: Location) -> Factory<'a> {
    let mut rules = Vec::new();
    for rule in list(value)? {
        let member = rule["member"].as_str().map(str::to_owned);
        rules.push((text(&rule["over"])?, member, size(&rule["maximum"])?));
    }
    keyword(move |instance| {
        let mut errors = Vec::new();
        for (over, member, maximum) in &rules {
            let elements: Vec<&Value> = match &instance[over] {
                Value::Array(elements) => elements.iter().collect(),
                Value::Object(map) => map.values().collect(),
                _ => continue,
            };
            let sum: usize = elements
                .into_iter()
                .map(|element| member.as_ref().map_or(element, |member| &element[member]))
                .filter_map(Value::as_str)
                .map(str::len)
                .sum();
            if sum > *maximum {
                let text = format!("adds up to {sum} bytes, at most {maximum} are allowed");
                errors.push(broken_by("maxSum", over, &text));
            }
        }
        errors
    })
}

fn required_together<'a>(_: &'a Map<String, Value>, value: &'a Value, _: Location) -> Factory<'a> {
    let groups = groups(value)?;
    keyword(move |instance| {
        let mut errors = Vec::new();
        for group in groups.iter().filter(|_| instance.is_object()) {
            let present = group
                .iter()
                .filter(|member| instance.get(member).is_some())
                .count();
            if present != 0 && present != group.len() {
                let text = format!("needs all of {} or none of them", group.join(", "));
                errors.push(broken("requiredTogether", &text));
            }
        }
        errors
    })
}

fn at_least_one_of<'a>(_: &'a Map<String, Value>, value: &'a Value, _: Location) -> Factory<'a> {
    let groups = groups(value)?;
    keyword(move |instance| {
        let mut errors = Vec::new();
        for group in groups.iter().filter(|_| instance.is_object()) {
            if !group.iter().any(|member| instance.get(member).is_some()) {
                let text = format!("needs at least one of {}", group.join(", "));
                errors.push(broken("atLeastOneOf", &text));
            }
        }
        errors
    })
}

/// A JSON number that is whole, wherever it stands.
fn whole(value: &Value) -> Option<i128> {
    let number = value.as_number().filter(|number| fits_i64(number))?;
    match number.as_i64() {
        Some(integer) => Some(i128::from(integer)),
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the float is whole and fits"
        )]
        None => number.as_f64().map(|float| float as i128),
    }
}

fn text(value: &Value) -> Result<String, ValidationError<'static>> {
    let text = value
        .as_str()
        .ok_or_else(|| ValidationError::schema("text is expected"))?;
    Ok(text.to_owned())
}

fn size(value: &Value) -> Result<usize, ValidationError<'static>> {
    value
        .as_u64()
        .and_then(|size| usize::try_from(size).ok())
        .ok_or_else(|| ValidationError::schema("a size is expected"))
}

fn list(value: &Value) -> Result<&Vec<Value>, ValidationError<'static>> {
    value
        .as_array()
        .ok_or_else(|| ValidationError::schema("a list is expected"))
}

fn groups(value: &Value) -> Result<Vec<Vec<String>>, ValidationError<'static>> {
    list(value)?
        .iter()
        .map(|group| list(group)?.iter().map(text).collect())
        .collect()
}
