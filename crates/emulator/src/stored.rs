use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::time::UnixMillis;

/// What an app stores beside its rooms.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Stored {
    /// The gifts by their ids, as they were added.
    pub gifts: BTreeMap<String, Map<String, Value>>,
    /// The categories of gifts by their ids, as they were added.
    pub gift_categories: BTreeMap<String, Map<String, Value>>,
    /// The gifts of each category.
    pub category_gifts: BTreeMap<String, BTreeSet<String>>,
    /// The texts of gifts, by gift and language.
    pub gift_texts: BTreeMap<String, BTreeMap<String, Map<String, Value>>>,
    /// The texts of categories, by category and language.
    pub category_texts: BTreeMap<String, BTreeMap<String, Map<String, Value>>>,
    /// Where webhooks go, by product.
    pub callbacks: BTreeMap<String, Callback>,
    /// What signs the webhooks of live rooms.
    pub callback_token: Option<CallbackToken>,
    /// The battles by their ids.
    pub battles: BTreeMap<String, Battle>,
}

impl Stored {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Where webhooks go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Callback {
    /// The address.
    pub url: String,
    /// The commands that are sent.
    pub commands: Vec<String>,
}

/// What signs webhooks.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CallbackToken {
    /// The secret.
    pub token: String,
    /// Whether webhooks are signed.
    pub is_enabled: bool,
}

/// Without the secret.
impl std::fmt::Debug for CallbackToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CallbackToken")
            .field("is_enabled", &self.is_enabled)
            .finish_non_exhaustive()
    }
}

/// A battle between rooms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Battle {
    /// The room that began it.
    pub from: String,
    /// The rooms that take part, the first one included, and their scores.
    pub scores: BTreeMap<String, i64>,
    /// When it began.
    pub started_at: UnixMillis,
    /// How long it takes, in milliseconds.
    pub duration: i64,
}

impl Battle {
    /// When it ends.
    pub fn ends_at(&self) -> UnixMillis {
        UnixMillis::from_millis(self.started_at.millis().saturating_add(self.duration))
    }
}
