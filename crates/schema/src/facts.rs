//! What a schema file says beyond the shape of the request: where and how an
//! endpoint is called, error codes, regions, and decisions about contradictions.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

/// Where an endpoint is called and how it behaves.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct EndpointFacts {
    /// The path of the URL without a leading slash: version, service, command.
    #[schemars(regex(pattern = r"^v4/[a-z0-9_]+/[a-z0-9_]+$"))]
    pub path: String,
    /// The documented rate of calls.
    pub rate: Rate,
    /// Further documented rates, each counted over something narrower.
    #[serde(default)]
    pub other_rates: Vec<NarrowRate>,
    /// The regions whose domains the page lists, by their names in
    /// `common/regions.json`.
    pub regions: Vec<String>,
    /// The vendor's page.
    pub page: Page,
    /// Whether making the same call twice does harm.
    pub repeat: Repeat,
    /// Where the reply carries its data.
    pub payload: Payload,
}

/// A rate of calls.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Rate {
    /// How many calls are allowed in the period.
    #[schemars(range(min = 1))]
    pub calls: u32,
    /// The period in seconds.
    #[schemars(range(min = 1))]
    pub per_seconds: u32,
}

/// A rate that is counted over something narrower than the endpoint.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NarrowRate {
    /// How many calls are allowed in the period.
    #[schemars(range(min = 1))]
    pub calls: u32,
    /// The period in seconds.
    #[schemars(range(min = 1))]
    pub per_seconds: u32,
    /// A JSON pointer into the request: calls with the same value there share
    /// the rate.
    pub counted_over: String,
    /// The code that answers a call over this rate.
    pub code: i32,
}

/// A page of the vendor's documentation.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// The vendor's title of the page.
    pub title: String,
    /// Where it can be read.
    pub url: String,
    /// When the vendor last changed the version that this file follows.
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    pub updated: String,
}

/// Whether making the same call twice does harm.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Repeat {
    /// Whether the call may be repeated when its outcome is unknown.
    pub safe: bool,
    /// Why.
    pub reason: String,
    /// Codes which, in the answer to a repeated call, say that the first one was
    /// carried out.
    #[serde(default)]
    pub done_codes: Vec<i32>,
}

/// Where a reply carries its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Payload {
    /// Beside the members of the envelope.
    Beside,
    /// In an object `Response` beside the members of the envelope.
    Nested,
}

/// A product: the endpoints in the same folder.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// The vendor's overview page.
    pub page: Page,
}

/// An error code.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Code {
    /// The number.
    pub code: i32,
    /// A short name in camel case. The documents have none.
    #[schemars(regex(pattern = r"^[A-Z][A-Za-z0-9]*$"))]
    pub name: String,
    /// The kind of failure.
    pub class: CodeClass,
    /// Whether the same call may succeed later.
    pub retry: CodeRetry,
    /// After how many seconds at the earliest, with `"retry": "later"`.
    pub retry_after_seconds: Option<u32>,
    /// What it means here.
    pub meaning: String,
    /// What a caller can do about it.
    pub remedy: String,
}

/// The kind of failure that a code stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum CodeClass {
    /// The call itself is wrong: its URL, its JSON, or a parameter.
    Request,
    /// The ticket, the key or the identifier is wrong.
    Authentication,
    /// The operator may not do this.
    Permission,
    /// The application: its package, its settings, its quota.
    Account,
    /// Too many calls.
    RateLimit,
    /// What the call is about does not exist.
    NotFound,
    /// The call contradicts the present state, such as a taken room id.
    Conflict,
    /// The text is not acceptable.
    Content,
    /// The service failed.
    Server,
}

/// Whether the same call may succeed when it is made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum CodeRetry {
    /// No: something has to change first.
    Never,
    /// Yes, after a pause.
    Later,
    /// Yes, with a new ticket.
    NewTicket,
}

/// A region of the service.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RegionFacts {
    /// The name, in lower case with hyphens.
    #[schemars(regex(pattern = r"^[a-z]+(-[a-z]+)*$"))]
    pub name: String,
    /// Which data centre this is, and which pages name it.
    pub description: String,
    /// The host of its REST interface.
    pub host: String,
    /// The host for the case that the name of the main one is hijacked.
    pub backup_host: Option<String>,
}

/// A contradiction or gap in the documents, and how it was decided.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quirk {
    /// A JSON pointer into this file: what the quirk is about.
    pub about: String,
    /// What the documents say.
    pub documents: String,
    /// What was decided, and why.
    pub decision: String,
}

/// A request that breaks rules.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counterexample {
    /// What is wrong with it.
    pub title: String,
    /// The request.
    pub request: Value,
    /// Every rule that it breaks, and no other.
    #[schemars(length(min = 1))]
    pub violations: Vec<ExpectedViolation>,
}

/// A rule that a counterexample breaks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpectedViolation {
    /// A JSON pointer into the request.
    pub pointer: String,
    /// The keyword of the rule.
    pub rule: String,
}
