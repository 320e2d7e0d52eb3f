//! A schema together with what its `$ref` brings in, read leniently.

use serde_json::Value;

use crate::change::{Place, join};
use crate::schemas::Schemas;
use crate::uses::Definition;

/// A longer chain of references, or a deeper schema, than any that makes sense.
pub(crate) const DEPTH: usize = 100;

/// A schema at its place.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    pub(crate) set: &'a Schemas,
    pub(crate) file: &'a str,
    pub(crate) pointer: String,
    pub(crate) value: &'a Value,
}

/// A schema, followed by those which its references lead to.
#[derive(Clone, Debug)]
pub(crate) struct View<'a> {
    chain: Vec<(Option<Definition<'a>>, Node<'a>)>,
}

/// A keyword of a schema, or of the definition that the schema refers to.
#[derive(Clone, Debug)]
pub(crate) struct Found<'a> {
    pub(crate) value: &'a Value,
    pub(crate) place: Place,
    /// The schema that it stands in.
    pub(crate) holder: Node<'a>,
    /// The definition that brought it in, unless it stands in the schema itself.
    pub(crate) definition: Option<Definition<'a>>,
}

impl<'a> Node<'a> {
    /// The top of a file.
    pub(crate) fn root(set: &'a Schemas, file: &'a str, value: &'a Value) -> Self {
        Self {
            set,
            file,
            pointer: String::new(),
            value,
        }
    }

    /// The part of this schema behind some steps.
    pub(crate) fn part(&self, steps: &[&str], value: &'a Value) -> Self {
        let pointer = steps
            .iter()
            .fold(self.pointer.clone(), |pointer, step| join(&pointer, step));
        Self {
            set: self.set,
            file: self.file,
            pointer,
            value,
        }
    }

    pub(crate) fn place(&self) -> Place {
        Place::new(self.file, self.pointer.clone())
    }

    /// A keyword that stands in the schema itself.
    pub(crate) fn own(&self, keyword: &str) -> Option<&'a Value> {
        self.value.get(keyword)
    }

    /// The definition that its `$ref` points at, if there is one.
    pub(crate) fn target(&self) -> Option<(Definition<'a>, Self)> {
        let reference = self.own("$ref")?.as_str()?;
        let definition = Definition::resolve(self.set, self.file, reference)?;
        let (_, file) = self.set.entry(definition.file)?;
        let root = Self::root(self.set, definition.file, file);
        let value = file.get("$defs")?.get(definition.name)?;
        Some((definition, root.part(&["$defs", definition.name], value)))
    }

    pub(crate) fn view(&self) -> View<'a> {
        let mut chain = vec![(None, self.clone())];
        // The dialect allows one reference after another nowhere, but a circle must
        // not keep us here.
        while let Some((definition, node)) = chain.last().and_then(|(_, node)| node.target()) {
            if chain.len() >= DEPTH {
                break;
            }
            chain.push((Some(definition), node));
        }
        View { chain }
    }
}

impl<'a> View<'a> {
    /// A keyword beside the `$ref`, or else that of the definition.
    pub(crate) fn get(&self, keyword: &str) -> Option<Found<'a>> {
        self.chain.iter().find_map(|(definition, node)| {
            let value = node.own(keyword)?;
            Some(Found {
                value,
                place: node.place().at(keyword),
                holder: node.clone(),
                definition: *definition,
            })
        })
    }

    /// Every keyword in it, once each.
    pub(crate) fn keywords(&self) -> impl Iterator<Item = &'a str> {
        let schemas = self.chain.iter().map(|(_, node)| node.value);
        schemas
            .filter_map(Value::as_object)
            .flat_map(|members| members.keys().map(String::as_str))
    }

    /// The schemas, each with the definition that it is.
    pub(crate) fn chain(&self) -> impl Iterator<Item = (Option<Definition<'a>>, &Node<'a>)> {
        self.chain
            .iter()
            .map(|(definition, node)| (*definition, node))
    }
}

/// A value for a sentence: text without its quotes, and nothing long.
pub(crate) fn in_words(value: &Value) -> String {
    match value {
        Value::String(text) => shortened(text),
        value => shortened(&value.to_string()),
    }
}

/// The beginning of a text as code.
pub(crate) fn shortened(text: &str) -> String {
    let mut letters = text.chars();
    let short: String = letters.by_ref().take(60).collect();
    match letters.next() {
        Some(_) => format!("`{short}…`"),
        None => format!("`{short}`"),
    }
}
