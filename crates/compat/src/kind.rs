//! What a schema is generated into.

use std::mem::discriminant;

use serde_json::Value;

use crate::node::{Found, Node, View, shortened};
use crate::uses::Definition;

/// What a schema is generated into.
#[derive(Clone, Debug)]
pub(crate) enum Kind<'a> {
    /// A scalar, by its JSON name; `any` when there is no type.
    Scalar(&'a str),
    Object(TypeName<'a>),
    /// With the JSON type of the values.
    ValueList(TypeName<'a>, &'a str),
    Array(Option<Found<'a>>),
    Map(Option<Found<'a>>),
    /// Something that the present dialect does not have.
    Odd(String),
}

/// The name of a Rust type: the file and the name in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TypeName<'a> {
    pub(crate) file: &'a str,
    pub(crate) name: &'a str,
    /// The definition that it names, unless it is that of an object written in place.
    pub(crate) definition: Option<Definition<'a>>,
}

impl<'a> View<'a> {
    /// What is generated from it. An object that is written in place has the name of
    /// the member that it stands in.
    pub(crate) fn kind(&self, name: &'a str) -> Kind<'a> {
        // As far as references lead, there have to be schemas.
        if let Some((_, odd)) = self.chain().find(|(_, node)| !node.value.is_object()) {
            return Kind::Odd(format!("{}", odd.value));
        }
        if let Some((definition, node)) = self.chain().find(|(_, node)| is_listed(node)) {
            // A list that is narrowed beside a `$ref` has the name of the definition.
            let target = node.target().map(|(definition, _)| definition);
            let name = self.type_name(definition.or(target), name);
            let scalar = self.get("type").and_then(|found| found.value.as_str());
            return Kind::ValueList(name, scalar.unwrap_or("string"));
        }
        let dangling = self.chain().last().and_then(|(_, node)| node.own("$ref"));
        if let Some(reference) = dangling {
            return Kind::Odd(format!("reference {reference}"));
        }
        let Some(found) = self.get("type") else {
            return Kind::Scalar("any");
        };
        match found.value.as_str() {
            Some("array") => Kind::Array(self.get("items")),
            Some("object") => match self.get("additionalProperties") {
                Some(values) => Kind::Map(Some(values)),
                None => Kind::Object(self.type_name(found.definition, name)),
            },
            Some(scalar @ ("string" | "integer" | "number" | "boolean")) => Kind::Scalar(scalar),
            _ => Kind::Odd(found.value.to_string()),
        }
    }

    fn type_name(&self, definition: Option<Definition<'a>>, name: &'a str) -> TypeName<'a> {
        let file = self.chain().next().map_or("", |(_, node)| node.file);
        TypeName {
            file: definition.map_or(file, |definition| definition.file),
            name: definition.map_or(name, |definition| definition.name),
            definition,
        }
    }

    /// The only value that is allowed, if there is but one: `new` fills it in.
    pub(crate) fn fixed(&self) -> Option<&'a Value> {
        let values = self.get("enum")?.value.as_array()?;
        match values.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }
}

fn is_listed(node: &Node<'_>) -> bool {
    node.own("enum").is_some() || node.own("openEnum").is_some()
}

impl Kind<'_> {
    /// The kind in a few words.
    pub(crate) fn in_words(&self) -> String {
        match self {
            Kind::Scalar(name) => (*name).to_owned(),
            Kind::Object(name) => format!("object `{}`", name.name),
            Kind::ValueList(name, scalar) => format!("value list `{}` ({scalar})", name.name),
            Kind::Array(_) => "array".to_owned(),
            Kind::Map(_) => "map".to_owned(),
            Kind::Odd(text) => shortened(text),
        }
    }

    /// Whether a definition of this kind is generated into a type of its own.
    pub(crate) const fn is_type(&self) -> bool {
        matches!(self, Kind::Object(_) | Kind::ValueList(..))
    }

    /// Whether both are of one kind, whatever their names and elements.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Kind::Scalar(left), Kind::Scalar(right))
            | (Kind::ValueList(_, left), Kind::ValueList(_, right)) => left == right,
            (Kind::Odd(left), Kind::Odd(right)) => left == right,
            _ => discriminant(self) == discriminant(other),
        }
    }
}
