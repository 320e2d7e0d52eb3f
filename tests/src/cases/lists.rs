//! Lists and maps: how many elements, and what is wrong with one of them.

use serde_json::{Map, Value, json};
use trtc_rooms_schema::ir::LimitKind;

use super::types::others;
use super::{Cases, Expect, Surroundings, breaks, broken, sound};
use crate::request::{Node, Shape, Steps, full};

/// More elements than are reported one by one.
const MANY: usize = 1_000;

impl Cases<'_> {
    pub(super) fn lists(&mut self, node: &Node, element: &Node, at: &Steps, around: &Surroundings) {
        let (least, most) = node.sizes();
        for (name, size) in sizes(node) {
            let expect = if size < least {
                broken(around, at, "minItems")
            } else if most.is_some_and(|most| size > most) {
                broken(around, at, "maxItems")
            } else {
                sound(around)
            };
            self.set(at, &name, json!(vec![full(element); size]), expect);
        }
        let most = most.unwrap_or(MANY);
        let wrong = others(&element.shape);
        for (name, value) in &wrong {
            let mut elements = vec![full(element); most.clamp(1, 3)];
            if let Some(last) = elements.last_mut() {
                *last = value.clone();
            }
            let place = at.item(elements.len() - 1);
            let what = format!("items/last-is-{name}");
            self.set(at, &what, json!(elements), breaks(&place, "type"));
        }
        if let Some((_, value)) = wrong.first() {
            // More mistakes than a report holds; in a list that is too long, none counts.
            self.set(
                at,
                "items/all-wrong",
                json!(vec![value; most]),
                Expect::Open,
            );
            let expect = if node.sizes().1.is_some() {
                broken(around, at, "maxItems")
            } else {
                Expect::Open
            };
            for (name, size) in [("too-long", most + 1), ("far-too-long", most + MANY)] {
                let what = format!("items/all-wrong-{name}");
                self.set(at, &what, json!(vec![value; size]), expect.clone());
            }
        }
        if !matches!(element.shape, Shape::Array(_) | Shape::Any) {
            self.set(
                at,
                "items/nested",
                json!([[full(element)]]),
                breaks(&at.item(0), "type"),
            );
        }
    }

    pub(super) fn maps(&mut self, node: &Node, element: &Node, at: &Steps, around: &Surroundings) {
        let (least, most) = node.sizes();
        for (name, size) in sizes(node) {
            let expect = if size < least {
                broken(around, at, "minItems")
            } else if most.is_some_and(|most| size > most) {
                broken(around, at, "maxItems")
            } else {
                sound(around)
            };
            let names = (0..size).map(|index| (format!("key-{index}"), full(element)));
            let members: Map<String, Value> = names.collect();
            self.set(at, &name, json!(members), expect);
        }
        for (what, name) in [
            ("empty", ""),
            ("slash", "a/b~c"),
            ("wide", "房"),
            ("nul", "\0"),
        ] {
            let members = Map::from_iter([(name.to_owned(), full(element))]);
            self.set(at, &format!("names/{what}"), json!(members), Expect::Open);
            let members = Map::from_iter([(name.to_owned(), Value::Null)]);
            self.set(
                at,
                &format!("names/{what}-with-null"),
                json!(members),
                Expect::Open,
            );
        }
    }
}

/// The sizes around each limit, and some without one.
fn sizes(node: &Node) -> Vec<(String, usize)> {
    let mut sizes = vec![("items/none".to_owned(), 0), ("items/one".to_owned(), 1)];
    let mut is_limited = false;
    for limit in &node.limits {
        let (rule, size) = match limit.kind {
            LimitKind::MinItems(size) => ("minItems", size as usize),
            LimitKind::MaxItems(size) => {
                is_limited = true;
                ("maxItems", size as usize)
            }
            _ => continue,
        };
        sizes.extend(
            size.checked_sub(1)
                .map(|under| (format!("{rule}/under"), under)),
        );
        sizes.push((format!("{rule}/at"), size));
        sizes.push((format!("{rule}/over"), size + 1));
    }
    if !is_limited {
        sizes.push(("items/many".to_owned(), MANY));
    }
    sizes
}
