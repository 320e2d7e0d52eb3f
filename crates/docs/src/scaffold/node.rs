//! The members of a request or reply as a tree: pages list them flat, samples show how
//! they are nested.

use serde_json::Value;

use crate::page::Field;
use crate::sample::{Direction, Sample};

/// A member, or the root.
#[derive(Clone, Debug, Default)]
pub(super) struct Node<'a> {
    pub(super) name: String,
    /// The row of the table, and its place in it.
    pub(super) field: Option<(usize, &'a Field)>,
    /// A value of it in a sample, with the line of the name.
    pub(super) value: Option<&'a Value>,
    pub(super) line: usize,
    pub(super) children: Vec<Node<'a>>,
    /// Whether the children are those of each element of a list.
    pub(super) is_list: bool,
    /// Whether it stands here only because its neighbours do.
    pub(super) is_guess: bool,
}

impl<'a> Node<'a> {
    pub(super) fn tree(fields: &'a [Field], samples: &'a [Sample], direction: Direction) -> Self {
        let mut root = Node::default();
        for sample in samples
            .iter()
            .filter(|sample| sample.direction == direction)
        {
            let Ok(value) = &sample.value else { continue };
            let data = match direction {
                Direction::Request => value,
                Direction::Response => value.get("Response").unwrap_or(value),
            };
            root.take_sample(data, sample, &mut Vec::new());
        }
        if direction == Direction::Response {
            root.children.retain(|child| !is_envelope(&child.name));
        }
        let mut homeless = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            if direction == Direction::Response && is_envelope(&field.name) {
                continue;
            }
            if !root.take_field(index, field, &field.path()) {
                homeless.push((index, field));
            }
        }
        for (index, field) in homeless {
            root.settle(index, field);
        }
        root
    }

    fn take_sample(&mut self, value: &'a Value, sample: &Sample, path: &mut Vec<String>) {
        match value {
            Value::Array(elements) => {
                self.is_list = true;
                for element in elements {
                    self.take_sample(element, sample, path);
                }
            }
            // Deeper samples are traps, not pages.
            Value::Object(members) if path.len() < 16 => {
                for (name, value) in members {
                    path.push(name.clone());
                    let line = sample
                        .members
                        .iter()
                        .find(|member| member.path.ends_with(path))
                        .map_or(sample.line, |member| member.line);
                    let child = self.child(name);
                    if child.value.is_none() {
                        child.value = Some(value);
                        child.line = line;
                    }
                    child.take_sample(value, sample, path);
                    path.pop();
                }
            }
            _ => {}
        }
    }

    fn child(&mut self, name: &str) -> &mut Node<'a> {
        let index = match self.children.iter().position(|child| child.name == name) {
            Some(index) => index,
            None => {
                self.children.push(Node {
                    name: name.to_owned(),
                    ..Node::default()
                });
                self.children.len() - 1
            }
        };
        &mut self.children[index]
    }

    /// Gives a field to the first member of its name that has none yet.
    fn take_field(&mut self, index: usize, field: &'a Field, path: &[&str]) -> bool {
        let Some((first, rest)) = path.split_first() else {
            return false;
        };
        for child in self
            .children
            .iter_mut()
            .filter(|child| child.name == **first)
        {
            if rest.is_empty() {
                if child.field.is_none() {
                    child.field = Some((index, field));
                    return true;
                }
            } else if child.take_field(index, field, rest) {
                return true;
            }
        }
        self.children
            .iter_mut()
            .any(|child| child.take_field(index, field, path))
    }

    /// Puts a field that no sample shows where the printed path says, or else where
    /// most of the other fields are.
    fn settle(&mut self, index: usize, field: &'a Field) {
        let path = field.path();
        let Some((leaf, around)) = path.split_last() else {
            return;
        };
        let mut holder = &mut *self;
        if around.is_empty() {
            while let Some(next) = holder
                .children
                .iter()
                .position(|child| child.fields() > 0 && child.fields() * 2 > holder.fields())
            {
                holder = &mut holder.children[next];
            }
        } else {
            for step in around {
                holder = holder.child(step);
            }
        }
        let child = holder.child(leaf);
        child.field = Some((index, field));
        child.is_guess = around.is_empty();
    }

    /// How many fields are below.
    fn fields(&self) -> usize {
        let below = self.children.iter();
        below
            .map(|child| usize::from(child.field.is_some()) + child.fields())
            .sum()
    }

    /// Into the order of the table.
    pub(super) fn sort(&mut self) {
        self.children.sort_by_key(Node::place);
        for child in &mut self.children {
            child.sort();
        }
    }

    fn place(&self) -> usize {
        let own = self.field.map(|(index, _)| index);
        let below = self.children.iter().map(Node::place);
        own.into_iter().chain(below).min().unwrap_or(usize::MAX)
    }
}

fn is_envelope(name: &str) -> bool {
    [
        "ActionStatus",
        "ErrorCode",
        "ErrorInfo",
        "RequestId",
        "Response",
    ]
    .contains(&name)
}
