//! The Rust types of a schema file. The meta-schema `schemas/dialect.json` is
//! generated from them, doc comments included: they are what an editor shows to
//! a maintainer.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::event::EventFacts;
use crate::facts::{Code, Counterexample, EndpointFacts, Incomplete, Product, Quirk, RegionFacts};

/// One file of `schemas/`.
///
/// The file of an endpoint is the JSON Schema of its request, with what else the
/// documents say about the endpoint beside it. That of a webhook event is the JSON
/// Schema of what the service posts.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct Document {
    /// Names this dialect: the path from the file to `dialect.json`. A validator
    /// that does not know the dialect's vocabulary has to refuse the file.
    #[serde(rename = "$schema")]
    pub dialect: String,
    /// Makes the file that of an endpoint: where it is called and how it behaves.
    pub endpoint: Option<EndpointFacts>,
    /// Makes the file that of a webhook event: how it is recognised, and what can be
    /// answered.
    pub event: Option<EventFacts>,
    /// Makes the file that of a product, a group of endpoints in one folder.
    pub product: Option<Product>,
    /// The data of the reply, without the envelope. Of an event before the fact: what
    /// the answer can carry.
    pub response: Option<Schema>,
    /// Error codes, in ascending order: those which the page lists, or a table
    /// that is common to all endpoints.
    #[serde(default)]
    pub codes: Vec<Code>,
    /// The regions of the service and their hosts.
    #[serde(default)]
    pub regions: Vec<RegionFacts>,
    /// Each contradiction or gap in the documents, and how it was decided.
    #[serde(default)]
    pub quirks: Vec<Quirk>,
    /// What could not be read on the page, so that more may be there than this file
    /// says.
    #[serde(default)]
    pub incomplete: Vec<Incomplete>,
    /// Requests that break rules, and exactly which ones.
    #[serde(default)]
    pub counterexamples: Vec<Counterexample>,
    /// The schema of the request.
    #[serde(flatten)]
    pub schema: Schema,
}

/// A schema: what a JSON value may look like.
///
/// The keywords are those of JSON Schema 2020-12, as far as the generator can
/// turn them into code, and a vocabulary for what the documents state and JSON
/// Schema cannot say.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct Schema {
    /// A definition that applies here: `#/$defs/Name` in this file, or
    /// `../common/rooms.json#/$defs/Name` in another.
    #[serde(rename = "$ref")]
    pub reference: Option<String>,
    /// Named definitions. The names become names of Rust types.
    #[serde(rename = "$defs", default)]
    pub definitions: IndexMap<String, Schema>,
    /// A remark for maintainers; it appears nowhere else.
    #[serde(rename = "$comment")]
    pub comment: Option<String>,
    /// A short title.
    pub title: Option<String>,
    /// The meaning, in full sentences. It becomes public documentation.
    pub description: Option<String>,
    /// The JSON type.
    #[serde(rename = "type")]
    pub json_type: Option<JsonType>,
    /// The members of an object, in document order.
    #[serde(default)]
    pub properties: IndexMap<String, Schema>,
    /// The members that the service insists on.
    #[serde(default)]
    pub required: Vec<String>,
    /// Makes the object a map: the schema of the values under freely chosen
    /// names.
    pub additional_properties: Option<Box<Schema>>,
    /// Other names under which a reply may have this member.
    #[serde(default)]
    pub also_named: Vec<String>,
    /// The schema of every element of a list.
    pub items: Option<Box<Schema>>,
    /// A closed list of text values: the service refuses any other. Beside a
    /// `$ref`, it narrows the referenced list.
    #[serde(rename = "enum")]
    #[schemars(length(min = 1))]
    pub closed_values: Option<Vec<String>>,
    /// The documented text values of a list that is not closed: another value is
    /// sent, with a hint.
    #[schemars(length(min = 1))]
    pub open_enum: Option<Vec<String>>,
    /// What each value of `enum` or `openEnum` means.
    #[serde(default)]
    pub value_descriptions: IndexMap<String, String>,
    /// Other spellings of values of `openEnum`, each with the canonical one.
    #[serde(default)]
    pub value_aliases: IndexMap<String, String>,
    /// The least length of a text in UTF-8 bytes.
    pub min_bytes: Option<u32>,
    /// The greatest length of a text in UTF-8 bytes. The documents count bytes;
    /// `maxLength` would count characters.
    pub max_bytes: Option<u32>,
    /// The least number of elements of a list.
    pub min_items: Option<u32>,
    /// The greatest number of elements of a list.
    pub max_items: Option<u32>,
    /// The least value of an integer.
    pub minimum: Option<i64>,
    /// The greatest value of an integer.
    pub maximum: Option<i64>,
    /// Limits of one integer member minus another.
    #[serde(default)]
    pub differences: Vec<Difference>,
    /// Limits of what the elements of a list or map add up to.
    #[serde(default)]
    pub sums: Vec<Sum>,
    /// Groups of members that come together or not at all. None of them is
    /// mandatory.
    #[serde(default)]
    #[schemars(inner(length(min = 2)))]
    pub required_together: Vec<Vec<String>>,
    /// Groups of members of which at least one is there. None of them is mandatory.
    #[serde(default)]
    #[schemars(inner(length(min = 2)))]
    pub at_least_one_of: Vec<Vec<String>>,
    /// The error codes that the rules of this schema provoke, by keyword, where
    /// the page names another one than 100002. A mandatory member that is missing
    /// always provokes 100002.
    #[serde(default)]
    pub limit_codes: IndexMap<String, i32>,
    /// Limits that a page states in a way that cannot be enforced.
    #[serde(default)]
    pub recorded_limits: Vec<RecordedLimit>,
    /// The condition under which this member has an effect. Sent otherwise, it
    /// provokes a hint.
    pub applies_when: Option<AppliesWhen>,
    /// Whether this text is a secret: it never shows in `Debug`.
    #[serde(default)]
    pub secret: bool,
    /// What a number counts.
    pub unit: Option<Unit>,
    /// The value that the service takes when the member is absent. The client
    /// never sends it on its own.
    pub default: Option<Value>,
    /// The same in words, where it is no fixed value.
    pub server_default: Option<String>,
    /// Values that this schema accepts. The first request becomes the example in
    /// the documentation.
    #[serde(default)]
    pub examples: Vec<Value>,
}

/// A JSON type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum JsonType {
    /// Text.
    String,
    /// A whole number between -2^63 and 2^63-1. `8.0` and `1e1` are whole numbers.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list.
    Array,
    /// An object.
    Object,
}

impl JsonType {
    /// The name in JSON Schema.
    pub const fn as_str(self) -> &'static str {
        match self {
            JsonType::String => "string",
            JsonType::Integer => "integer",
            JsonType::Number => "number",
            JsonType::Boolean => "boolean",
            JsonType::Array => "array",
            JsonType::Object => "object",
        }
    }
}

/// Limits of one integer member minus another. It applies when both are there.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// The member that is subtracted from. Violations point at it.
    pub of: String,
    /// The member that is subtracted.
    pub minus: String,
    /// The least difference.
    pub minimum: Option<i64>,
    /// The greatest difference.
    pub maximum: Option<i64>,
}

/// A limit of what the elements of a list, or the values of a map, add up to.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sum {
    /// The list or map. Violations point at it.
    pub over: String,
    /// The text member of each element whose bytes count; without it, the
    /// elements themselves are text.
    pub member: Option<String>,
    /// The greatest sum of UTF-8 bytes.
    pub maximum: u32,
}

/// A limit that a page states, and that is not enforced.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordedLimit {
    /// The keyword that would state it.
    pub rule: String,
    /// What the page says.
    pub limit: String,
    /// Why it is not enforced.
    pub reason: String,
}

/// A condition on a sibling member.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppliesWhen {
    /// The sibling, a member with listed values.
    pub member: String,
    /// The values of it with which this member has an effect.
    #[schemars(length(min = 1))]
    pub values: Vec<String>,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Unit {
    /// Seconds since 1970-01-01 00:00:00 UTC. A value that looks like
    /// milliseconds provokes a hint.
    UnixSeconds,
    /// Milliseconds since 1970-01-01 00:00:00 UTC.
    UnixMilliseconds,
    /// A duration in seconds.
    Seconds,
    /// A duration in milliseconds.
    Milliseconds,
    /// A number of bytes.
    Bytes,
}
