//! Objects: members that nobody documented, and members in the wrong place.

use serde_json::{Map, Value, json};

use super::{Cases, Expect, name};
use crate::request::{Edit, MemberNode, ObjectNode, Shape, Steps, full};
use crate::verdict::Broken;

impl Cases<'_> {
    pub(super) fn objects(&mut self, object: &ObjectNode, at: &Steps) {
        self.set(at, "members/none", json!({}), Expect::Open);
        let optional = object.members.iter().filter(|member| !member.is_required);
        let absent = optional.map(|member| Edit::Remove(at.member(&member.name)));
        self.add(at, "members/only-mandatory", absent.collect(), Expect::Open);
        for (what, value) in [
            ("text", json!("x")),
            ("null", json!(null)),
            ("deep", deep(100)),
        ] {
            let edit = Edit::Set(at.member("Zebra"), value);
            self.add(
                at,
                &format!("members/unknown-{what}"),
                vec![edit],
                Expect::Valid,
            );
        }
        for member in &object.members {
            self.misspelt(object, member, at);
        }
        self.misplaced(object, at);
    }

    /// Names that are nearly right, instead of the right one and beside it.
    fn misspelt(&mut self, object: &ObjectNode, member: &MemberNode, at: &Steps) {
        let here = at.member(&member.name);
        let missing = if member.is_required {
            Expect::Breaks(Broken::new(&here.pointer(), "required"))
        } else if super::rules::concern(object, &member.name) {
            Expect::Open
        } else {
            Expect::Valid
        };
        for (what, name) in near(&member.name) {
            if object.member(&name).is_none() {
                let instead = vec![Edit::Rename(here.clone(), name.clone())];
                self.add(
                    &here,
                    &format!("name/{what}-instead"),
                    instead,
                    missing.clone(),
                );
                let beside = vec![Edit::Set(at.member(&name), full(&member.node))];
                self.add(&here, &format!("name/{what}-beside"), beside, Expect::Valid);
            }
        }
    }

    /// The members of an inner object out here, and the members out here inside of it.
    fn misplaced(&mut self, object: &ObjectNode, at: &Steps) {
        for outer in &object.members {
            let Shape::Object(inner) = &outer.node.shape else {
                continue;
            };
            let place = at.member(&outer.name);
            let mut edits = vec![Edit::Remove(place.clone())];
            let fresh = inner
                .members
                .iter()
                .filter(|member| object.member(&member.name).is_none());
            edits
                .extend(fresh.map(|member| Edit::Set(at.member(&member.name), full(&member.node))));
            self.add(&place, "members/one-level-up", edits, Expect::Open);
            let siblings = object
                .members
                .iter()
                .filter(|member| member.name != outer.name);
            for sibling in siblings.filter(|sibling| inner.member(&sibling.name).is_none()) {
                let edits = vec![
                    Edit::Remove(at.member(&sibling.name)),
                    Edit::Set(place.member(&sibling.name), full(&sibling.node)),
                ];
                let what = format!("members/swallow-{}", sibling.name);
                self.add(&place, &what, edits, Expect::Open);
            }
            let edits = vec![Edit::Set(
                place.clone(),
                json!({ name(&place): full(&outer.node) }),
            )];
            self.add(&place, "members/one-level-down", edits, Expect::Open);
        }
    }
}

/// What somebody might write instead of a name.
fn near(name: &str) -> Vec<(&'static str, String)> {
    let mut first: Vec<char> = name.chars().collect();
    if let Some(letter) = first.first_mut() {
        *letter = letter.to_ascii_lowercase();
    }
    let mut names = vec![
        ("camel-case", first.into_iter().collect()),
        ("lower-case", name.to_lowercase()),
        ("upper-case", name.to_uppercase()),
        ("trailing-blank", format!("{name} ")),
        ("one-letter-more", format!("{name}s")),
        ("without-underscore", name.replace('_', "")),
        ("escaped", format!("{name}~/")),
    ];
    names.dedup_by(|left, right| left.1 == right.1);
    names.retain(|(_, near)| near != name);
    names
}

/// Objects and lists inside of each other.
fn deep(levels: usize) -> Value {
    (0..levels).fold(json!(1), |inner, level| {
        if level % 2 == 0 {
            json!([inner])
        } else {
            Value::Object(Map::from_iter([("x".to_owned(), inner)]))
        }
    })
}
