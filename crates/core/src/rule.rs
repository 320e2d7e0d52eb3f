use std::fmt;

use serde::{Serialize, Serializer};

/// The kind of rule that a request breaks.
///
/// The text form ([`Rule::as_str`]) is the keyword that states the rule in the
/// schemas. It is stable: programs may compare it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// The member has another JSON type than documented.
    Type,
    /// A mandatory member is missing.
    Required,
    /// The value is not in the closed list of documented values.
    Enum,
    /// The text has fewer UTF-8 bytes than documented.
    MinBytes,
    /// The text has more UTF-8 bytes than documented.
    MaxBytes,
    /// The list has fewer elements than documented.
    MinItems,
    /// The list has more elements than documented.
    MaxItems,
    /// The number is below the documented range.
    Minimum,
    /// The number is above the documented range.
    Maximum,
    /// One member minus another is less than documented.
    MinDifference,
    /// One member minus another is more than documented.
    MaxDifference,
    /// The elements of a list or map add up to more than documented.
    MaxSum,
    /// One of several members that go together is missing.
    RequiredTogether,
    /// None of several members is there, and one is needed.
    AtLeastOneOf,
}

impl Rule {
    /// Every rule, in the order of this list.
    pub const ALL: &'static [Rule] = &[
        Rule::Type,
        Rule::Required,
        Rule::Enum,
        Rule::MinBytes,
        Rule::MaxBytes,
        Rule::MinItems,
        Rule::MaxItems,
        Rule::Minimum,
        Rule::Maximum,
        Rule::MinDifference,
        Rule::MaxDifference,
        Rule::MaxSum,
        Rule::RequiredTogether,
        Rule::AtLeastOneOf,
    ];

    /// The schema keyword that states this rule, such as `maxBytes`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Rule::Type => "type",
            Rule::Required => "required",
            Rule::Enum => "enum",
            Rule::MinBytes => "minBytes",
            Rule::MaxBytes => "maxBytes",
            Rule::MinItems => "minItems",
            Rule::MaxItems => "maxItems",
            Rule::Minimum => "minimum",
            Rule::Maximum => "maximum",
            Rule::MinDifference => "minDifference",
            Rule::MaxDifference => "maxDifference",
            Rule::MaxSum => "maxSum",
            Rule::RequiredTogether => "requiredTogether",
            Rule::AtLeastOneOf => "atLeastOneOf",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
