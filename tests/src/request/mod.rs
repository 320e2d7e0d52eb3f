//! The request of an endpoint as a tree, with references resolved: what cases are
//! derived from.

mod base;
mod canonical;
mod edit;
mod resolve;

use trtc_rooms_schema::ir::{AppliesWhen, Limit, LimitKind, ObjectRule, Place};

pub use base::{full, minimal};
pub use canonical::canonical;
pub use edit::{Edit, Step, Steps};
pub use resolve::resolve;

/// A value in a request.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it looks like.
    pub shape: Shape,
    /// The limits of the value alone.
    pub limits: Vec<Limit>,
    /// The code for a value of another JSON type.
    pub type_code: i32,
    /// Whether it is a time in Unix seconds.
    pub unix_seconds: bool,
    /// Where its schema stands; elements have that of their list.
    pub place: Place,
}

/// What a value looks like.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Text.
    String,
    /// One of a list of texts, which may be open.
    Values(Values),
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// Any value.
    Any,
    /// An object.
    Object(ObjectNode),
    /// A list.
    Array(Box<Node>),
    /// An object with freely chosen names.
    Map(Box<Node>),
}

/// A list of documented texts.
#[derive(Clone, Debug)]
pub struct Values {
    /// Those that are allowed here, in document order.
    pub allowed: Vec<String>,
    /// Those that the list has and that are not allowed here.
    pub elsewhere: Vec<String>,
    /// Other spellings, each with the value that it stands for.
    pub aliases: Vec<(String, String)>,
    /// Whether the service refuses any other.
    pub is_closed: bool,
}

/// An object.
#[derive(Clone, Debug)]
pub struct ObjectNode {
    /// The members, in document order.
    pub members: Vec<MemberNode>,
    /// Rules about several of them.
    pub rules: Vec<ObjectRule>,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct MemberNode {
    /// The name on the wire.
    pub name: String,
    /// Whether the service insists on it.
    pub is_required: bool,
    /// The condition under which it has an effect.
    pub applies_when: Option<AppliesWhen>,
    /// Its value.
    pub node: Node,
}

impl Node {
    /// The least and greatest number of bytes of a text, or of elements.
    pub fn sizes(&self) -> (usize, Option<usize>) {
        let (mut least, mut most) = (0, None);
        for limit in &self.limits {
            match limit.kind {
                LimitKind::MinBytes(size) | LimitKind::MinItems(size) => least = size as usize,
                LimitKind::MaxBytes(size) | LimitKind::MaxItems(size) => most = Some(size as usize),
                _ => {}
            }
        }
        (least, most)
    }

    /// The least and greatest number.
    pub fn range(&self) -> (i64, i64) {
        let (mut least, mut most) = (i64::MIN, i64::MAX);
        for limit in &self.limits {
            match limit.kind {
                LimitKind::Minimum(number) => least = number,
                LimitKind::Maximum(number) => most = number,
                _ => {}
            }
        }
        (least, most)
    }

    /// The value at a place below this one; names of a map and indexes of a list lead
    /// to the element.
    pub fn at(&self, steps: &[Step]) -> Option<&Node> {
        let Some((first, rest)) = steps.split_first() else {
            return Some(self);
        };
        match (&self.shape, first) {
            (Shape::Object(object), Step::Member(name)) => object.member(name)?.node.at(rest),
            (Shape::Map(element), Step::Member(_)) | (Shape::Array(element), Step::Item(_)) => {
                element.at(rest)
            }
            _ => None,
        }
    }
}

impl Values {
    /// Every text that stands for a documented value and is allowed here.
    pub fn spellings(&self) -> impl Iterator<Item = &String> {
        self.allowed
            .iter()
            .chain(self.aliases.iter().map(|(alias, _)| alias))
    }

    /// The documented value that a text stands for.
    pub fn meaning(&self, text: &str) -> Option<&String> {
        let alias = self.aliases.iter().find(|(alias, _)| alias == text);
        let text = alias.map_or(text, |(_, value)| value);
        self.allowed
            .iter()
            .chain(&self.elsewhere)
            .find(|value| *value == text)
    }
}

impl ObjectNode {
    /// A member by its name.
    pub fn member(&self, name: &str) -> Option<&MemberNode> {
        self.members.iter().find(|member| member.name == name)
    }
}
