//! Where definitions are used, and which Rust types a set of schemas makes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::node::{DEPTH, Node};
use crate::schemas::Schemas;

/// A definition: its file and its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Definition<'a> {
    pub(crate) file: &'a str,
    pub(crate) name: &'a str,
}

impl<'a> Definition<'a> {
    /// The definition that a reference means when it stands in `file`, if there is such
    /// a definition.
    pub(crate) fn resolve(set: &'a Schemas, file: &str, reference: &str) -> Option<Self> {
        let (path, pointer) = reference.split_once('#')?;
        let name = pointer.strip_prefix("/$defs/")?;
        let name = name.replace("~1", "/").replace("~0", "~");
        let mut steps: Vec<&str> = file.split('/').collect();
        if !path.is_empty() {
            steps.pop();
        }
        for step in path.split('/') {
            match step {
                "" | "." => {}
                ".." => {
                    steps.pop()?;
                }
                step => steps.push(step),
            }
        }
        let wanted = steps.join("/");
        let (file, document) = set.entry(&wanted)?;
        let definitions = document.get("$defs")?.as_object()?;
        let (name, _) = definitions.get_key_value(&name)?;
        Some(Self { file, name })
    }
}

/// Whether a schema is of what is sent or of what is received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Limits are checked, what is mandatory is mandatory.
    Sent,
    /// Nothing is checked, everything may be missing.
    Received,
}

/// Where definitions are used.
#[derive(Debug, Default)]
pub(crate) struct Uses<'a> {
    sent: BTreeSet<Definition<'a>>,
    received: BTreeSet<Definition<'a>>,
    /// The places of references: file, JSON pointer.
    sites: BTreeMap<(&'a str, String), Definition<'a>>,
    /// Every type that is generated: file, name.
    types: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Uses<'a> {
    pub(crate) fn of(set: &'a Schemas) -> Self {
        let mut uses = Self::default();
        for (file, value) in set.files() {
            let root = Node::root(set, file, value);
            let direction = direction_of_root(value);
            uses.collect(&root, direction, 0);
            if let Some(response) = value.get("response") {
                uses.collect(&root.part(&["response"], response), Direction::Received, 0);
            }
            uses.list(&root, "", 0);
            for (name, definition) in definitions(value) {
                let node = root.part(&["$defs", name], definition);
                uses.list(&node, name, 0);
            }
            if let Some(response) = value.get("response") {
                uses.list(&root.part(&["response"], response), "", 0);
            }
        }
        uses
    }

    /// Whether a definition is sent or received. What is both, or unused, counts as
    /// sent, which is the stricter way.
    pub(crate) fn direction(&self, definition: Definition<'a>) -> Direction {
        if self.received.contains(&definition) && !self.sent.contains(&definition) {
            Direction::Received
        } else {
            Direction::Sent
        }
    }

    /// The places at which a definition is referred to.
    pub(crate) fn sites_of(
        &self,
        definition: Definition<'a>,
    ) -> impl Iterator<Item = &(&'a str, String)> {
        self.sites
            .iter()
            .filter(move |(_, target)| **target == definition)
            .map(|(site, _)| site)
    }

    /// The definition that is referred to at a place.
    pub(crate) fn at_site(&self, site: &(&'a str, String)) -> Option<Definition<'a>> {
        self.sites.get(site).copied()
    }

    /// Whether a Rust path leads to a type: one of the file, or one that the file
    /// re-exports because it uses it.
    pub(crate) fn has_path(&self, file: &str, name: &str) -> bool {
        self.types.contains(&(file, name))
            || self
                .sites
                .iter()
                .any(|((site, _), target)| *site == file && target.name == name)
    }

    /// Whether a file makes a type of its own of this name.
    pub(crate) fn makes(&self, definition: Definition<'_>) -> bool {
        self.types.contains(&(definition.file, definition.name))
    }

    /// Notes every definition that a schema leads to.
    fn collect(&mut self, node: &Node<'a>, direction: Direction, depth: usize) {
        if depth > DEPTH {
            return;
        }
        if let Some((definition, target)) = node.target() {
            let found = match direction {
                Direction::Sent => &mut self.sent,
                Direction::Received => &mut self.received,
            };
            if found.insert(definition) {
                self.collect(&target, direction, depth + 1);
            }
        }
        for (_, part) in parts(node) {
            self.collect(&part, direction, depth + 1);
        }
    }

    /// Notes the references in a schema, and the objects that are written in place.
    fn list(&mut self, node: &Node<'a>, name: &'a str, depth: usize) {
        if depth > DEPTH {
            return;
        }
        if let Some((definition, _)) = node.target() {
            self.sites
                .insert((node.file, node.pointer.clone()), definition);
        } else if !name.is_empty() && node.view().kind(name).is_type() {
            self.types.insert((node.file, name));
        }
        for (member, part) in parts(node) {
            self.list(&part, member.unwrap_or(name), depth + 1);
        }
    }
}

/// The request of an endpoint is sent; a schema at the top of any other file, such as
/// the envelope, is of what is received.
pub(crate) fn direction_of_root(file: &Value) -> Direction {
    if file.get("endpoint").is_some() {
        Direction::Sent
    } else {
        Direction::Received
    }
}

/// The definitions of a file.
pub(crate) fn definitions(file: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let definitions = file.get("$defs").and_then(Value::as_object);
    definitions
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.as_str(), value))
}

/// The schemas that stand directly in one, each with the name of the member if it is one.
fn parts<'a>(node: &Node<'a>) -> Vec<(Option<&'a str>, Node<'a>)> {
    let mut parts = Vec::new();
    for (name, value) in node
        .own("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        parts.push((Some(name.as_str()), node.part(&["properties", name], value)));
    }
    for keyword in ["items", "additionalProperties"] {
        if let Some(value) = node.own(keyword) {
            parts.push((None, node.part(&[keyword], value)));
        }
    }
    parts
}
