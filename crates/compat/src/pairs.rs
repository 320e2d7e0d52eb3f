//! Which definition of yesterday is which of today.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::kind::Kind;
use crate::node::Node;
use crate::schemas::Schemas;
use crate::uses::{Definition, Uses, definitions};

/// Definitions of yesterday with their counterparts of today.
#[derive(Debug, Default)]
pub(crate) struct Pairs<'a> {
    today: BTreeMap<Definition<'a>, Definition<'a>>,
}

impl<'a> Pairs<'a> {
    /// Pairs definitions of the same name; then those that took the place of another
    /// where it was used, and those that say the same under another name. So a renamed
    /// definition is one change, and what changes inside it is seen as well.
    pub(crate) fn of(old: (&'a Schemas, &Uses<'a>), new: (&'a Schemas, &Uses<'a>)) -> Self {
        let (yesterday, today) = (all(old.0), all(new.0));
        let mut pairs = Self::default();
        let mut left: BTreeSet<Definition<'a>> = today.keys().copied().collect();
        for definition in yesterday.keys() {
            if left.remove(definition) {
                pairs.today.insert(*definition, *definition);
            }
        }
        let gone = yesterday
            .iter()
            .filter(|(name, _)| !today.contains_key(name));
        for (definition, node) in gone {
            let successor = successor(*definition, node, old.1, new.1, &left, &today);
            if let Some(successor) = successor {
                left.remove(&successor);
                pairs.today.insert(*definition, successor);
            }
        }
        pairs
    }

    /// The pairs, ordered by yesterday's name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Definition<'a>, Definition<'a>)> {
        self.today.iter().map(|(old, new)| (*old, *new))
    }

    pub(crate) fn has_old(&self, definition: Definition<'a>) -> bool {
        self.today.contains_key(&definition)
    }

    pub(crate) fn has_new(&self, definition: Definition<'a>) -> bool {
        self.today.values().any(|new| *new == definition)
    }

    pub(crate) fn is_pair(&self, old: Definition<'a>, new: Definition<'a>) -> bool {
        self.today.get(&old) == Some(&new)
    }
}

fn all(set: &Schemas) -> BTreeMap<Definition<'_>, Node<'_>> {
    let mut found = BTreeMap::new();
    for (file, value) in set.files() {
        for (name, definition) in definitions(value) {
            let root = Node::root(set, file, value);
            let node = root.part(&["$defs", name], definition);
            found.insert(Definition { file, name }, node);
        }
    }
    found
}

fn successor<'a>(
    definition: Definition<'a>,
    node: &Node<'a>,
    old: &Uses<'a>,
    new: &Uses<'a>,
    left: &BTreeSet<Definition<'a>>,
    today: &BTreeMap<Definition<'a>, Node<'a>>,
) -> Option<Definition<'a>> {
    let is_like = |candidate: &Definition<'a>| {
        today.get(candidate).is_some_and(|other| {
            let (left, right) = (
                node.view().kind(definition.name),
                other.view().kind(candidate.name),
            );
            left.is_like(&right) && !matches!(left, Kind::Odd(_))
        })
    };
    let by_use = old
        .sites_of(definition)
        .filter_map(|site| new.at_site(site))
        .find(|candidate| left.contains(candidate) && is_like(candidate));
    by_use.or_else(|| {
        let meaning = without_words(node.value);
        left.iter()
            .filter(|candidate| is_like(candidate))
            .find(|candidate| without_words(today[*candidate].value) == meaning)
            .copied()
    })
}

/// A schema without what is only read by people.
fn without_words(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .filter(|(name, _)| {
                !matches!(
                    name.as_str(),
                    "title" | "description" | "$comment" | "valueDescriptions" | "examples"
                )
            })
            .map(|(name, value)| (name.clone(), without_words(value)))
            .collect(),
        other => other.clone(),
    }
}
