//! Changes of a request, one place at a time.

use std::fmt;

use serde_json::{Map, Value};

use super::{Node, Shape, base};

/// One step into a JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A member of an object.
    Member(String),
    /// An element of a list.
    Item(usize),
}

/// A place in a request. Written with points: `RoomInfo.Category.0`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps(pub Vec<Step>);

/// A change of a request.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Puts a value into a place. What it stands in is made if it is absent.
    Set(Steps, Value),
    /// Takes a member out. What it stands in is made if it is absent.
    Remove(Steps),
    /// Takes the first member out, and puts its value under the second name. What it
    /// stands in is made if it is absent.
    Rename(Steps, String),
    /// Puts the members of all objects into the opposite order.
    Reverse,
}

impl Steps {
    /// A member of what stands here.
    #[must_use]
    pub fn member(&self, name: &str) -> Self {
        let mut steps = self.clone();
        steps.0.push(Step::Member(name.to_owned()));
        steps
    }

    /// An element of what stands here.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        let mut steps = self.clone();
        steps.0.push(Step::Item(index));
        steps
    }

    /// As a JSON pointer.
    pub fn pointer(&self) -> String {
        let steps = self.0.iter().map(|step| match step {
            Step::Member(name) => format!("/{}", name.replace('~', "~0").replace('/', "~1")),
            Step::Item(index) => format!("/{index}"),
        });
        steps.collect()
    }
}

impl fmt::Display for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("request");
        }
        for (index, step) in self.0.iter().enumerate() {
            let point = if index == 0 { "" } else { "." };
            match step {
                Step::Member(name) => write!(f, "{point}{name}")?,
                Step::Item(item) => write!(f, "{point}{item}")?,
            }
        }
        Ok(())
    }
}

impl Edit {
    /// Changes a request. Nothing happens where the request is not as expected: an
    /// earlier change may have put something else there.
    pub fn apply(&self, node: &Node, request: &mut Value) {
        match self {
            Edit::Set(steps, value) => set(node, request, &steps.0, value),
            Edit::Remove(steps) => {
                make(node, request, parents(steps));
                take(request, steps);
            }
            Edit::Rename(steps, name) => {
                make(node, request, parents(steps));
                if let Some((members, value)) = take(request, steps) {
                    members.insert(name.clone(), value);
                }
            }
            Edit::Reverse => reverse(request),
        }
    }
}

fn set(node: &Node, request: &mut Value, steps: &[Step], value: &Value) {
    if let Some(place) = make(node, request, steps) {
        *place = value.clone();
    }
}

fn parents(steps: &Steps) -> &[Step] {
    steps.0.split_last().map_or(&[], |(_, parents)| parents)
}

/// The value in a place, which is made if it is absent. None where the request is not as
/// expected.
fn make<'a>(node: &Node, request: &'a mut Value, steps: &[Step]) -> Option<&'a mut Value> {
    let Some((first, rest)) = steps.split_first() else {
        return Some(request);
    };
    match (request, first) {
        (Value::Object(members), Step::Member(name)) => {
            let inner = node.at(std::slice::from_ref(first));
            // An unknown member is set as it is; a documented one may have to be made.
            let fresh = inner.map_or(Value::Null, base::minimal);
            let place = members.entry(name).or_insert(fresh);
            make(inner.unwrap_or(node), place, rest)
        }
        (Value::Array(elements), Step::Item(index)) => {
            let Shape::Array(element) = &node.shape else {
                return None;
            };
            while elements.len() <= *index {
                elements.push(base::minimal(element));
            }
            make(element, &mut elements[*index], rest)
        }
        _ => None,
    }
}

/// Takes a member out of the object that it stands in.
fn take<'a>(request: &'a mut Value, steps: &Steps) -> Option<(&'a mut Map<String, Value>, Value)> {
    let (Step::Member(name), parents) = steps.0.split_last()? else {
        return None;
    };
    let mut place = request;
    for step in parents {
        place = match step {
            Step::Member(name) => place.as_object_mut()?.get_mut(name)?,
            Step::Item(index) => place.as_array_mut()?.get_mut(*index)?,
        };
    }
    let members = place.as_object_mut()?;
    let value = members.shift_remove(name)?;
    Some((members, value))
}

fn reverse(value: &mut Value) {
    match value {
        Value::Object(members) => {
            let mut reversed: Vec<(String, Value)> = std::mem::take(members).into_iter().collect();
            reversed.reverse();
            for (_, value) in &mut reversed {
                reverse(value);
            }
            *members = reversed.into_iter().collect();
        }
        Value::Array(elements) => elements.iter_mut().for_each(reverse),
        _ => {}
    }
}
