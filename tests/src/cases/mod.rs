//! Requests derived from a schema: for every member and every rule, the values at
//! which a mistake would show.
//!
//! Each case has an id that says what it is about and stays the same as long as the
//! schema does: `live/create_room/RoomInfo.RoomId/maxBytes/over/3-byte`. None of this
//! is left to chance, and a new endpoint gets all of it.

mod lists;
mod numbers;
mod objects;
mod rules;
mod strings;
mod text;
mod types;
mod values;

use serde_json::Value;

use crate::request::{Edit, MemberNode, Node, Shape, Step, Steps, full, minimal};
use crate::verdict::Broken;

pub use text::{TextCase, derive as derive_texts};

/// One request, and why it is tried.
#[derive(Clone, Debug)]
pub struct Case {
    /// The id.
    pub id: String,
    /// What the edits are applied to.
    pub base: Base,
    /// The changes.
    pub edits: Vec<Edit>,
    /// What the schema says about the request, if it is plain.
    pub expect: Expect,
}

/// The request that a case begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// Every member is there.
    Full,
    /// Only mandatory members are there.
    Minimal,
}

/// What a schema says about a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expect {
    /// No rule is broken.
    Valid,
    /// One rule is broken, and this is it.
    Breaks(Broken),
    /// Several rules have a say.
    Open,
}

impl Case {
    /// The request.
    pub fn request(&self, node: &Node) -> Value {
        let mut request = match self.base {
            Base::Full => full(node),
            Base::Minimal => minimal(node),
        };
        for edit in &self.edits {
            edit.apply(node, &mut request);
        }
        request
    }
}

/// The part of an id that names what a case is about, such as
/// `live/create_room/RoomInfo.RoomId/maxBytes`.
pub fn group(id: &str) -> &str {
    let end = id
        .match_indices('/')
        .nth(3)
        .map_or(id.len(), |(index, _)| index);
    &id[..end]
}

/// Every case of an endpoint. `sizes` are the limits of texts on all pages: those of
/// another page are tried where a page has none.
pub fn derive(endpoint: &str, request: &Node, sizes: &[usize]) -> Vec<Case> {
    let mut cases = Cases {
        endpoint,
        sizes,
        list: Vec::new(),
    };
    let root = Steps::default();
    cases.add(&root, "base/full", vec![], Expect::Valid);
    cases.add_to(Base::Minimal, &root, "base/minimal", vec![], Expect::Valid);
    cases.add(
        &root,
        "members/reversed",
        vec![Edit::Reverse],
        Expect::Valid,
    );
    cases.node(request, &root, &Surroundings::default());
    cases.list
}

/// What is around a value and may have a say about it.
#[derive(Clone, Copy, Debug, Default)]
struct Surroundings {
    /// A rule about several members concerns it.
    in_rule: bool,
}

struct Cases<'a> {
    endpoint: &'a str,
    sizes: &'a [usize],
    list: Vec<Case>,
}

impl Cases<'_> {
    /// The cases of one value and of everything in it.
    fn node(&mut self, node: &Node, at: &Steps, around: &Surroundings) {
        self.types(node, at);
        match &node.shape {
            Shape::String => self.strings(node, at, around),
            Shape::Values(values) => self.values(values, at),
            Shape::Integer => self.integers(node, at, around),
            Shape::Number => self.numbers(at),
            Shape::Boolean => self.booleans(at),
            Shape::Any => {}
            Shape::Array(element) => {
                self.lists(node, element, at, around);
                self.node(element, &at.item(0), around);
            }
            Shape::Map(element) => {
                self.maps(node, element, at, around);
                self.node(element, &at.member("key-0"), around);
            }
            Shape::Object(object) => {
                self.objects(object, at);
                self.rules(object, at);
                for member in &object.members {
                    let inside = Surroundings {
                        in_rule: around.in_rule || rules::concern(object, &member.name),
                    };
                    self.presence(object, member, at);
                    self.node(&member.node, &at.member(&member.name), &inside);
                }
            }
        }
    }

    /// A mandatory member is missing, an optional one absent.
    fn presence(&mut self, object: &crate::request::ObjectNode, member: &MemberNode, at: &Steps) {
        let here = at.member(&member.name);
        let edit = vec![Edit::Remove(here.clone())];
        if member.is_required {
            let expect = breaks(&here, "required");
            self.add(&here, "required/missing", edit.clone(), expect.clone());
            self.add_to(Base::Minimal, &here, "required/missing-alone", edit, expect);
        } else {
            let expect = if rules::concern(object, &member.name) {
                Expect::Open
            } else {
                Expect::Valid
            };
            self.add(&here, "optional/absent", edit, expect.clone());
            let value = Edit::Set(here.clone(), full(&member.node));
            self.add_to(Base::Minimal, &here, "optional/alone", vec![value], expect);
        }
    }

    /// A case in which one value differs from the full request.
    fn set(&mut self, at: &Steps, what: &str, value: Value, expect: Expect) {
        self.add(at, what, vec![Edit::Set(at.clone(), value)], expect);
    }

    fn add(&mut self, at: &Steps, what: &str, edits: Vec<Edit>, expect: Expect) {
        self.add_to(Base::Full, at, what, edits, expect);
    }

    fn add_to(&mut self, base: Base, at: &Steps, what: &str, edits: Vec<Edit>, expect: Expect) {
        self.list.push(Case {
            id: format!("{}/{at}/{what}", self.endpoint),
            base,
            edits,
            expect,
        });
    }
}

/// That a rule is broken, at the place itself.
fn breaks(at: &Steps, rule: &str) -> Expect {
    Expect::Breaks(Broken::new(&at.pointer(), rule))
}

/// What is expected of a value that is inside of its own limits.
fn sound(around: &Surroundings) -> Expect {
    if around.in_rule {
        Expect::Open
    } else {
        Expect::Valid
    }
}

/// What is expected of a value that breaks a limit of its own.
fn broken(around: &Surroundings, at: &Steps, rule: &str) -> Expect {
    if around.in_rule {
        Expect::Open
    } else {
        breaks(at, rule)
    }
}

/// The last step, as a name.
fn name(at: &Steps) -> &str {
    match at.0.last() {
        Some(Step::Member(name)) => name,
        _ => "",
    }
}
