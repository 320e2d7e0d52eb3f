//! What a schema file says beyond the shape of the request: where and how an
//! endpoint is called, error codes, regions, and decisions about contradictions.

use indexmap::IndexMap;
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
    /// The group of the product that the method stands in, such as `members`.
    pub group: Option<String>,
    /// The documented rate of calls.
    pub rate: Rate,
    /// Further documented rates, each counted over something narrower.
    #[serde(default)]
    pub other_rates: Vec<NarrowRate>,
    /// The regions whose domains the page lists, by their names in
    /// `common/regions.json`.
    #[schemars(length(min = 1))]
    pub regions: Vec<String>,
    /// The vendor's page.
    pub page: Page,
    /// Whether making the same call twice does harm.
    pub repeat: Repeat,
    /// Where the reply carries its data.
    pub payload: Payload,
    /// Makes the call one page of a list.
    pub list: Option<List>,
}

/// How a list goes on: the reply has a mark, and the next request carries it. The list
/// has ended when the mark is absent, empty or 0.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct List {
    /// The member of the reply that holds the elements of the page.
    pub items: String,
    /// The member of the reply that holds the mark, such as `NextOffset`.
    pub mark: String,
    /// The member of the request that carries it, such as `Offset`.
    pub next: String,
}

/// A rate of calls.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Rate {
    /// How many calls are allowed in the period.
    #[schemars(range(min = 1))]
    pub calls: u32,
    /// The period in seconds.
    #[schemars(range(min = 1))]
    pub per_seconds: u32,
    /// A name that endpoints have in common whose calls count together.
    #[schemars(regex(pattern = r"^[a-z]+(-[a-z]+)*$"))]
    pub shared_by: Option<String>,
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
    #[schemars(regex(pattern = r"^https://[A-Za-z0-9./_~%?=&#-]+$"))]
    pub url: String,
    /// When the vendor last changed the version that this file follows. Absent only
    /// where the page that was read had no date.
    #[schemars(regex(pattern = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"))]
    pub updated: Option<String>,
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
    /// The groups that users find the methods in, in the order of the documentation. If
    /// there are any, every endpoint of the product stands in one.
    #[serde(default)]
    pub groups: IndexMap<String, Group>,
    /// Other products whose calls serve this one as well, by their folders.
    #[serde(default)]
    pub shares: Vec<String>,
}

/// A group of endpoints of one product.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// What the calls of the group are about.
    pub description: String,
}

/// A part of a page that could not be read.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Incomplete {
    /// A JSON pointer into this file: what may be lacking there.
    pub about: String,
    /// What could not be read.
    pub reason: String,
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
    #[schemars(regex(pattern = r"^[a-z0-9-]+(\.[a-z0-9-]+)+$"))]
    pub host: String,
    /// The host for the case that the name of the main one is hijacked.
    #[schemars(regex(pattern = r"^[a-z0-9-]+(\.[a-z0-9-]+)+$"))]
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
    /// The differences between page and file that this decision makes on purpose:
    /// `cargo xtask docs diff` leaves them out of its report, and reports an excuse
    /// when the page no longer says what is excused.
    #[serde(default)]
    pub excuses: Vec<Excuse>,
}

/// A difference between page and file that is made on purpose.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Excuse {
    /// The kind of the difference. It is excused where the quirk is about: at that
    /// place, or directly in it.
    pub difference: Deviation,
    /// What the page says, in the words of the report's line `page`.
    pub page: String,
}

/// A kind of difference between a page and the file that follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Deviation {
    /// The title of the page.
    Title,
    /// The page names another path beside the one that it describes.
    Path,
    /// Where the reply carries its data.
    Payload,
    /// The rate of calls.
    Rate,
    /// A host that the page lists or does not list.
    Region,
    /// A field that the page has.
    NewField,
    /// A field that the page does not have.
    RemovedField,
    /// A field that a sample has in another object.
    Place,
    /// The JSON type.
    Type,
    /// Whether a field is mandatory.
    Required,
    /// A limit that is tighter on the page, or only there.
    TightenedLimit,
    /// A limit that is looser on the page, or not there.
    LoosenedLimit,
    /// A limit that the page states of nothing in particular.
    UnassignedLimit,
    /// The default.
    Default,
    /// A value that the page lists.
    NewValue,
    /// A value that the page does not list.
    RemovedValue,
    /// An error code that the page lists.
    NewCode,
    /// An error code that the page does not list.
    RemovedCode,
    /// A sample of the page that the schema refuses.
    Sample,
    /// Something on the page that cannot be read.
    Unread,
}

impl Deviation {
    /// The name in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Deviation::Title => "title",
            Deviation::Path => "path",
            Deviation::Payload => "payload",
            Deviation::Rate => "rate",
            Deviation::Region => "region",
            Deviation::NewField => "newField",
            Deviation::RemovedField => "removedField",
            Deviation::Place => "place",
            Deviation::Type => "type",
            Deviation::Required => "required",
            Deviation::TightenedLimit => "tightenedLimit",
            Deviation::LoosenedLimit => "loosenedLimit",
            Deviation::UnassignedLimit => "unassignedLimit",
            Deviation::Default => "default",
            Deviation::NewValue => "newValue",
            Deviation::RemovedValue => "removedValue",
            Deviation::NewCode => "newCode",
            Deviation::RemovedCode => "removedCode",
            Deviation::Sample => "sample",
            Deviation::Unread => "unread",
        }
    }
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
