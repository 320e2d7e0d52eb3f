//! What a schema file says about a webhook event: how it is recognised, and, if the
//! service asks before it acts, what can be answered.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::facts::Page;

/// A webhook event: what the service posts to an application's own URL.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct EventFacts {
    /// The command word, such as `Live.CallbackAfterCreateRoom`. The name of the file
    /// follows from it: `live_after_create_room.json`.
    #[schemars(regex(pattern = r"^[A-Z][a-z]+\.Callback[A-Z][A-Za-z]+$"))]
    pub command: String,
    /// Other command words that stand for the same event, where documents contradict
    /// each other.
    #[serde(default)]
    #[schemars(inner(regex(pattern = r"^[A-Z][a-z]+\.Callback[A-Z][A-Za-z]+$")))]
    pub also_named: Vec<String>,
    /// The products that send it, by their folders.
    #[schemars(length(min = 1))]
    pub products: Vec<String>,
    /// The vendor's page.
    pub page: Page,
    /// JSON pointers to the room that the event is about; the first one that is there
    /// counts.
    #[serde(default)]
    pub room: Vec<String>,
    /// JSON pointers to when it happened, in milliseconds; the first one that is there
    /// counts.
    #[serde(default)]
    pub time: Vec<String>,
    /// Makes the event a question: the service waits for the answer before it acts.
    /// What the answer can carry beyond code and text stands in `response`.
    pub before: Option<Question>,
}

/// What can be answered to an event before the service acts.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Question {
    /// How long the service waits.
    #[schemars(range(min = 1))]
    pub answer_within_seconds: u32,
    /// What happens when there is no valid answer in time, in a sentence.
    pub without_answer: String,
    /// The codes that refuse, ascending. 0 allows.
    #[schemars(length(min = 1))]
    pub refusals: Vec<Refusal>,
    /// Codes of the application's own, which refuse and are passed on to whoever is
    /// refused.
    pub own_codes: Option<OwnCodes>,
}

/// A code that refuses.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// The number.
    #[schemars(range(min = 1))]
    pub code: i32,
    /// A short name in camel case. The documents have none.
    #[schemars(regex(pattern = r"^[A-Z][A-Za-z0-9]*$"))]
    pub name: String,
    /// What the service does then.
    pub meaning: String,
}

/// A range of codes, ends included.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnCodes {
    /// The least code.
    #[schemars(range(min = 1))]
    pub from: i32,
    /// The greatest code.
    #[schemars(range(min = 1))]
    pub to: i32,
    /// What the service does with it.
    pub meaning: String,
}
