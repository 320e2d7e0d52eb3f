//! Two schemas of the same thing.
//!
//! What a definition says is compared once, where the definition stands, and not again
//! wherever it is used. Everything else is compared as it takes effect: a keyword beside
//! a `$ref` wins over that of the definition, so that it makes no difference whether
//! something is written in place or referred to.

use serde_json::{Map, Value};

use super::file::TOP;
use super::{Comparison, Places};
use crate::kind::{Kind, TypeName};
use crate::node::{DEPTH, Found, Node, View};
use crate::rule::Rule;
use crate::uses::Direction;

/// What is known about a schema from where it stands.
#[derive(Clone, Debug)]
pub(super) struct Context<'a> {
    /// Where it stands, in words: `RoomInfo.RoomId`.
    subject: String,
    /// The member that it stands in, which names an object that is written in place.
    pub(super) name: &'a str,
    pub(super) direction: Direction,
    pub(super) position: Position,
    depth: usize,
}

/// Where a schema stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// At the top of a file or reply: the request, the reply.
    Root,
    /// Directly in `$defs`.
    Definition,
    /// In a member, an element, or the values of a map.
    Inside,
}

impl<'a> Context<'a> {
    pub(super) fn root(direction: Direction) -> Self {
        Self {
            subject: String::new(),
            name: "",
            direction,
            position: Position::Root,
            depth: 0,
        }
    }

    pub(super) fn definition(name: &'a str, direction: Direction) -> Self {
        Self {
            subject: name.to_owned(),
            name,
            direction,
            position: Position::Definition,
            depth: 0,
        }
    }

    pub(super) fn member(&self, name: &'a str) -> Self {
        let separator = if self.subject.is_empty() { "" } else { "." };
        Self {
            subject: format!("{}{separator}{name}", self.subject),
            name,
            ..self.inside()
        }
    }

    fn element(&self) -> Self {
        Self {
            subject: format!("{}[]", self.subject),
            ..self.inside()
        }
    }

    fn inside(&self) -> Self {
        Self {
            position: Position::Inside,
            depth: self.depth + 1,
            ..self.clone()
        }
    }

    /// The schema in words, for the beginning of a sentence.
    pub(super) fn subject(&self) -> String {
        match (self.subject.as_str(), self.direction) {
            ("", Direction::Sent) => "the request".to_owned(),
            ("", Direction::Received) => "the reply".to_owned(),
            (subject, Direction::Sent) => format!("`{subject}`"),
            (subject, Direction::Received) => format!("`{subject}` of the reply"),
        }
    }

    pub(super) fn is_sent(&self) -> bool {
        self.direction == Direction::Sent
    }
}

impl<'a> Comparison<'a> {
    /// Compares two schemas and everything in them.
    pub(super) fn value(&mut self, old: &Node<'a>, new: &Node<'a>, at: &Context<'a>) {
        if at.depth > DEPTH {
            // Definitions that contain each other under changing names.
            let summary = format!("{} is nested too deep to be compared", at.subject());
            return self.report(Rule::Unclassified, node_places(old, new), summary);
        }
        let (left, right) = (old.view(), new.view());
        let kinds = (left.kind(at.name), right.kind(at.name));
        if !kinds.0.is_like(&kinds.1) {
            return self.type_changed(old, new, &kinds, at);
        }
        let before = self.changes.len();
        if at.position == Position::Inside && !self.type_names(old, new, &kinds, at) {
            return;
        }
        self.limit_codes(&left, &right, at);
        self.keywords(&left, &right, &kinds.1, at);
        if let Kind::ValueList(..) = kinds.1 {
            self.value_lists(&left, &right, at);
        }
        let members = match kinds.1 {
            Kind::Object(_) => self.object(&left, &right, at),
            _ => Vec::new(),
        };
        if self.is_said_otherwise(old, new, at) && self.changes.len() == before {
            let summary = format!("{} is written otherwise", at.subject());
            self.report(Rule::Restated, node_places(old, new), summary);
        }
        for (old, new, context) in members {
            self.value(&old, &new, &context);
        }
        if let (Kind::Array(old) | Kind::Map(old), Kind::Array(new) | Kind::Map(new)) = kinds {
            self.elements(&left, &right, (old, new), at);
        }
    }

    fn elements(
        &mut self,
        left: &View<'a>,
        right: &View<'a>,
        (old, new): (Option<Found<'a>>, Option<Found<'a>>),
        at: &Context<'a>,
    ) {
        if self.is_of_definition((left, old.as_ref()), (right, new.as_ref())) {
            return;
        }
        match (&old, &new) {
            (Some(old), Some(new)) => self.value(&node(old), &node(new), &at.element()),
            (None, None) => {}
            // A list without a type of elements is not in the dialect.
            _ => {
                let summary = format!("{} has another type of elements", at.subject());
                let places = found_places(old.as_ref(), new.as_ref());
                self.report(Rule::TypeChanged, places, summary);
            }
        }
    }

    fn type_changed(
        &mut self,
        old: &Node<'a>,
        new: &Node<'a>,
        kinds: &(Kind<'a>, Kind<'a>),
        at: &Context<'a>,
    ) {
        let summary = format!(
            "{} is of type {}, was {}",
            at.subject(),
            kinds.1.in_words(),
            kinds.0.in_words()
        );
        self.report(Rule::TypeChanged, node_places(old, new), summary);
    }

    /// The names of object types and value lists. False when they are two different
    /// types, whose contents are none of the same thing.
    fn type_names(
        &mut self,
        old: &Node<'a>,
        new: &Node<'a>,
        kinds: &(Kind<'a>, Kind<'a>),
        at: &Context<'a>,
    ) -> bool {
        let (
            Kind::Object(yesterday) | Kind::ValueList(yesterday, _),
            Kind::Object(today) | Kind::ValueList(today, _),
        ) = kinds
        else {
            return true;
        };
        let path = |name: &TypeName<'a>| (name.file, name.name);
        if path(yesterday) == path(today) {
            return true;
        }
        if let (Some(yesterday), Some(today)) = (yesterday.definition, today.definition) {
            if self.pairs.is_pair(yesterday, today) {
                return true;
            }
            self.type_changed(old, new, kinds, at);
            return false;
        }
        let rule = if self.new.uses.has_path(yesterday.file, yesterday.name) {
            Rule::TypeMoved
        } else {
            Rule::TypeRenamed
        };
        let summary = format!(
            "{} is of type `{}` in {}, was `{}` in {}",
            at.subject(),
            today.name,
            today.file,
            yesterday.name,
            yesterday.file
        );
        self.report(rule, node_places(old, new), summary);
        true
    }

    /// Whether the schemas themselves differ, apart from a reference to a definition that
    /// has another name now, which is told once and not at each use.
    fn is_said_otherwise(&self, old: &Node<'a>, new: &Node<'a>, at: &Context<'a>) -> bool {
        let (mut yesterday, mut today) = (said(old, at), said(new, at));
        let targets = (old.target(), new.target());
        if let (Some((old, _)), Some((new, _))) = targets
            && old != new
            && self.pairs.is_pair(old, new)
        {
            for said in [&mut yesterday, &mut today].into_iter().flatten() {
                said.shift_remove("$ref");
            }
        }
        yesterday != today
    }

    /// Whether what a keyword says on both sides, its absence included, is what two
    /// definitions say that are compared on their own.
    pub(super) fn is_of_definition(
        &self,
        (left, old): (&View<'a>, Option<&Found<'a>>),
        (right, new): (&View<'a>, Option<&Found<'a>>),
    ) -> bool {
        let definitions = |view: &View<'a>| -> Vec<_> {
            view.chain()
                .filter_map(|(definition, _)| definition)
                .collect()
        };
        let candidates = |view: &View<'a>, found: Option<&Found<'a>>| match found {
            Some(found) => found.definition.into_iter().collect(),
            None => definitions(view),
        };
        let today = candidates(right, new);
        candidates(left, old)
            .iter()
            .any(|old| today.iter().any(|new| self.pairs.is_pair(*old, *new)))
    }
}

/// The schema that a keyword such as `items` holds.
pub(super) fn node<'a>(found: &Found<'a>) -> Node<'a> {
    Node {
        value: found.value,
        pointer: found.place.pointer.clone(),
        ..found.holder.clone()
    }
}

pub(super) fn node_places(old: &Node<'_>, new: &Node<'_>) -> Places {
    (Some(old.place()), Some(new.place()))
}

pub(super) fn found_places(old: Option<&Found<'_>>, new: Option<&Found<'_>>) -> Places {
    let place = |found: Option<&Found<'_>>| found.map(|found| found.place.clone());
    (place(old), place(new))
}

/// What a schema says of itself: neither what stands in it nor, at the top of a file,
/// what stands beside it.
fn said(node: &Node<'_>, at: &Context<'_>) -> Option<Map<String, Value>> {
    let inside = ["properties", "items", "additionalProperties"];
    let mut said = node.value.as_object()?.clone();
    said.retain(|keyword, _| {
        let is_beside = at.position == Position::Root && TOP.contains(&keyword.as_str());
        !is_beside && !inside.contains(&keyword.as_str())
    });
    Some(said)
}
