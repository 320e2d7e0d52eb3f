use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::{MAX_VIOLATIONS, Rule};

/// The code with which the service refuses an invalid parameter, unless the page
/// names another one: 100002.
pub const INVALID_PARAMETER: i32 = 100_002;

/// One documented rule that a request breaks.
///
/// A violation says where (a JSON pointer), which rule, what the limit is and
/// what was found (a size or a type), and with which code the service would
/// refuse it. It never holds the value itself, so it is safe to log.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Where: a JSON pointer into the request, such as `/RoomInfo/RoomId`.
    pub pointer: String,
    /// The rule that is broken.
    pub rule: Rule,
    /// What the rule allows.
    pub limit: Limit,
    /// What was found, as far as it can be told without repeating the value.
    pub actual: Actual,
    /// The error code with which the service is documented to refuse this.
    pub code: i32,
}

/// What a rule allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// There is nothing to compare with (a mandatory member is missing).
    None,
    /// A number of bytes, elements, seconds, or the end of a range.
    Number(i64),
    /// A least or greatest difference to another member.
    Difference {
        /// The other member, by wire name.
        from: &'static str,
        /// The least or greatest difference.
        number: i64,
    },
    /// The closed list of documented values.
    OneOf(&'static [&'static str]),
    /// The documented JSON type.
    Type(&'static str),
    /// The members that the rule is about, by wire name.
    Members(&'static [&'static str]),
}

/// What was found in the place of a violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Actual {
    /// Nothing that can be told without repeating the value.
    None,
    /// A size: bytes, elements, or the difference between two members.
    Size(i64),
    /// A JSON type.
    Type(&'static str),
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pointer.is_empty() {
            f.write_str("the request ")?;
        } else {
            write!(f, "{} ", self.pointer)?;
        }
        self.fmt_message(f)
    }
}

impl Violation {
    /// What is wrong in words, without the pointer: `is 49 bytes long, at most 48
    /// are allowed`.
    pub fn message(&self) -> String {
        struct Message<'a>(&'a Violation);
        impl fmt::Display for Message<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt_message(f)
            }
        }
        Message(self).to_string()
    }

    fn fmt_message(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { limit, actual, .. } = self;
        match self.rule {
            Rule::Type => write!(f, "is {actual}, {limit} is expected"),
            Rule::Required => f.write_str("is missing, it is mandatory"),
            Rule::Enum => write!(f, "is not one of the documented values: {limit}"),
            Rule::MinBytes => {
                let bytes = actual.counted("byte");
                write!(
                    f,
                    "is {bytes} long, at least {limit} {} needed",
                    limit.verb()
                )
            }
            Rule::MaxBytes => {
                let bytes = actual.counted("byte");
                write!(
                    f,
                    "is {bytes} long, at most {limit} {} allowed",
                    limit.verb()
                )
            }
            Rule::MinItems => {
                let elements = actual.counted("element");
                write!(
                    f,
                    "has {elements}, at least {limit} {} needed",
                    limit.verb()
                )
            }
            Rule::MaxItems => {
                let elements = actual.counted("element");
                write!(
                    f,
                    "has {elements}, at most {limit} {} allowed",
                    limit.verb()
                )
            }
            Rule::Minimum => write!(f, "is below {limit}, the least that is allowed"),
            Rule::Maximum => write!(f, "is above {limit}, the most that is allowed"),
            Rule::MinDifference | Rule::MaxDifference => {
                let (word, end) = match self.rule {
                    Rule::MinDifference => ("at least", "needed"),
                    _ => ("at most", "allowed"),
                };
                match limit {
                    Limit::Difference { from, number } => {
                        write!(f, "minus {from} is {actual}, {word} {number} is {end}")
                    }
                    _ => write!(f, "differs by {actual}, {word} {limit} is {end}"),
                }
            }
            Rule::MaxSum => write!(f, "adds up to {actual}, at most {limit} is allowed"),
            Rule::RequiredTogether => write!(f, "needs all of {limit} or none of them"),
            Rule::AtLeastOneOf => write!(f, "needs at least one of {limit}"),
        }
    }
}

impl Limit {
    /// What agrees with so many things.
    fn verb(&self) -> &'static str {
        match self {
            Limit::Number(1) => "is",
            _ => "are",
        }
    }
}

impl Actual {
    /// The size with the name of what is counted: `1 byte`, `2 bytes`.
    fn counted(&self, name: &str) -> String {
        let plural = if *self == Actual::Size(1) { "" } else { "s" };
        format!("{self} {name}{plural}")
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Limit::None => Ok(()),
            Limit::Number(number) | Limit::Difference { number, .. } => number.fmt(f),
            Limit::Type(name) => f.write_str(name),
            Limit::OneOf(values) | Limit::Members(values) => f.write_str(&values.join(", ")),
        }
    }
}

impl fmt::Display for Actual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Actual::None => Ok(()),
            Actual::Size(size) => size.fmt(f),
            Actual::Type(name) => f.write_str(name),
        }
    }
}

impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("pointer", &self.pointer)?;
        map.serialize_entry("rule", &self.rule)?;
        match self.limit {
            Limit::None => {}
            Limit::Number(number) | Limit::Difference { number, .. } => {
                map.serialize_entry("limit", &number)?;
            }
            Limit::Type(name) => map.serialize_entry("limit", name)?,
            Limit::OneOf(values) | Limit::Members(values) => {
                map.serialize_entry("limit", values)?;
            }
        }
        match self.actual {
            Actual::None => {}
            Actual::Size(size) => map.serialize_entry("actual", &size)?,
            Actual::Type(name) => map.serialize_entry("actual", name)?,
        }
        map.serialize_entry("code", &self.code)?;
        map.serialize_entry("message", &self.message())?;
        map.end()
    }
}

/// The violations of one request, in document order; never empty when it is the
/// error of [`Validate::validate`](crate::Validate::validate).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations {
    items: Vec<Violation>,
}

impl Violations {
    pub(crate) fn new(items: Vec<Violation>) -> Self {
        Self { items }
    }

    /// The violations.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.items.iter()
    }

    /// How many violations are listed.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether there may be more violations than are listed here: collecting
    /// stops after [`MAX_VIOLATIONS`].
    pub fn is_capped(&self) -> bool {
        self.items.len() >= MAX_VIOLATIONS
    }

    /// The violations as a list.
    pub fn into_vec(self) -> Vec<Violation> {
        self.items
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.items.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            violation.fmt(f)?;
        }
        if self.is_capped() {
            f.write_str("; and possibly more")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}
