//! Files, and what stands at the top of them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::{Value, json};

use super::Comparison;
use super::table::{At, Differing, Entries, differing, entries, matched, places};
use super::value::Context;
use crate::change::{Change, Place};
use crate::node::Node;
use crate::rule::{Class, Rule};
use crate::uses::{Direction, definitions, direction_of_root};

/// What stands in for a file that is not there. A request or reply starts as an object
/// without members, so that its members are what is new or gone.
static NOTHING: LazyLock<[Value; 2]> = LazyLock::new(|| [json!({}), json!({ "type": "object" })]);

impl<'a> Comparison<'a> {
    /// Every file of both sides.
    pub(super) fn files(&mut self) {
        let (old, new) = (self.old.set, self.new.set);
        let names: BTreeSet<&'a str> = old
            .files()
            .chain(new.files())
            .map(|(name, _)| name)
            .collect();
        for name in names {
            match (old.file(name), new.file(name)) {
                (Some(yesterday), Some(today))
                    if FileKind::of(yesterday) == FileKind::of(today) =>
                {
                    self.file(name, yesterday, today);
                }
                (yesterday, today) => self.whole_file(name, yesterday, today),
            }
        }
    }

    /// Whether an endpoint or an event came or went as a whole. Then its definitions are
    /// not told one by one.
    pub(super) fn is_whole(&self, name: &str) -> bool {
        let files = [self.old.set.file(name), self.new.set.file(name)];
        let kinds = files.map(|file| file.and_then(FileKind::of));
        kinds[0] != kinds[1]
    }

    fn whole_file(&mut self, name: &'a str, old: Option<&'a Value>, new: Option<&'a Value>) {
        let place = |file: Option<&Value>| file.map(|_| Place::new(name, ""));
        let places = (place(old), place(new));
        let stem = name.strip_suffix(".json").unwrap_or(name);
        if old.is_some() && new.is_some() {
            let summary = format!("`{stem}` serves another purpose than before");
            self.report(Rule::Unclassified, places.clone(), summary);
        }
        if let Some(kind) = old.and_then(FileKind::of) {
            let (rule, what) = match kind {
                FileKind::Endpoint => (Rule::EndpointRemoved, "endpoint"),
                FileKind::Event => (Rule::EventRemoved, "event"),
            };
            return self.report(
                rule,
                (places.0, None),
                format!("the {what} `{stem}` is gone"),
            );
        }
        if let Some(kind) = new.and_then(FileKind::of) {
            let (rule, what) = match kind {
                FileKind::Endpoint => (Rule::EndpointAdded, "endpoint"),
                FileKind::Event => (Rule::EventAdded, "event"),
            };
            return self.report(
                rule,
                (None, places.1),
                format!("the {what} `{stem}` is new"),
            );
        }
        let product = |file: Option<&Value>| file.is_some_and(|file| file.get("product").is_some());
        let change = match (product(old), product(new)) {
            (true, _) => Some((Rule::ProductRemoved, "gone")),
            (_, true) => Some((Rule::ProductAdded, "new")),
            _ => None,
        };
        if let Some((rule, how)) = change {
            let product = stem.split('/').next().unwrap_or(stem);
            return self.report(rule, places, format!("the product `{product}` is {how}"));
        }
        self.parts_of_file(name, old, new);
    }

    /// A file that came or went, told by its parts: there may be anything in it.
    fn parts_of_file(&mut self, name: &'a str, old: Option<&'a Value>, new: Option<&'a Value>) {
        let before = self.changes.len();
        let is_there = |file: Option<&Value>, pointer: &str| {
            file.is_some_and(|file| file.pointer(pointer).is_some())
        };
        let is_object = [old, new]
            .into_iter()
            .flatten()
            .any(|file| file.get("type") == NOTHING[1].get("type"));
        let nothing = &NOTHING[usize::from(is_object)];
        self.file(name, old.unwrap_or(nothing), new.unwrap_or(nothing));
        for change in &mut self.changes[before..] {
            change.old = change
                .old
                .take()
                .filter(|place| is_there(old, &place.pointer));
            change.new = change
                .new
                .take()
                .filter(|place| is_there(new, &place.pointer));
        }
        // That there is a file more or less is no news of its words.
        let is_news = |change: &Change| change.class() > Class::Patch;
        let has_definitions = [old, new]
            .into_iter()
            .flatten()
            .any(|file| definitions(file).next().is_some());
        if self.changes.len() == before && !has_definitions {
            let place = |file: Option<&Value>| file.map(|_| Place::new(name, ""));
            let summary = "a file that says nothing came or went";
            return self.report(Rule::Restated, (place(old), place(new)), summary);
        }
        if self.changes[before..].iter().any(is_news) || has_definitions {
            let mut index = 0;
            self.changes.retain(|change| {
                index += 1;
                index <= before || is_news(change)
            });
        }
    }

    /// A file that is of the same purpose on both sides.
    fn file(&mut self, name: &'a str, old: &'a Value, new: &'a Value) {
        let [yesterday, today] = [old, new].map(|value| At {
            value,
            place: Place::new(name, ""),
        });
        let roots = (
            Node::root(self.old.set, name, old),
            Node::root(self.new.set, name, new),
        );
        let direction = direction_of_root(new);
        self.value(&roots.0, &roots.1, &Context::root(direction));
        // Compared in any case: the order of its members is a difference as well, and
        // not one to `differing`.
        let replies = (yesterday.member("response"), today.member("response"));
        if let (Some(old), Some(new)) = &replies {
            let old = roots.0.part(&["response"], old.value);
            let new = roots.1.part(&["response"], new.value);
            self.value(&old, &new, &Context::root(Direction::Received));
        }
        for member in differing(&yesterday, &today).unwrap_or_default() {
            self.top(&member, FileKind::of(new) == Some(FileKind::Endpoint));
        }
    }

    /// A member at the top of a file that is no keyword of the schema there.
    fn top(&mut self, member: &Differing<'a>, is_endpoint: bool) {
        match (member.name, &member.old, &member.new) {
            ("endpoint", Some(old), Some(new)) => self.endpoint(old, new),
            ("event", Some(old), Some(new)) => self.event(old, new),
            ("product", Some(old), Some(new)) => self.product(old, new),
            ("product", old, _) => {
                let rule = match old {
                    Some(_) => Rule::ProductRemoved,
                    None => Rule::ProductAdded,
                };
                self.report(rule, member.places(), "what makes the folder a product");
            }
            ("response", Some(_), Some(_)) => {}
            ("response", ..) => self.changed(Rule::TypeChanged, member, "the type of the reply"),
            ("codes", ..) => self.codes(member, !is_endpoint),
            ("regions", ..) => self.regions(member),
            ("quirks", ..) => self.words(Rule::QuirksChanged, member),
            ("incomplete", ..) => self.words(Rule::DocumentationChanged, member),
            ("counterexamples", ..) => self.words(Rule::ExamplesChanged, member),
            ("$schema", ..) => self.words(Rule::Restated, member),
            _ => {}
        }
    }

    fn product(&mut self, old: &At<'a>, new: &At<'a>) {
        let Some(members) = differing(old, new) else {
            return self.unclassified(places(Some(old), Some(new)), "product");
        };
        for member in members {
            match member.name {
                "page" => self.page(&member),
                "groups" | "shares" => self.handles(&member),
                name => self.unclassified(member.places(), name),
            }
        }
    }

    /// What stands on the handle of a product: its groups, which have descriptions, and
    /// the products that it shares.
    fn handles(&mut self, member: &Differing<'a>) {
        let (Some(old), Some(new)) = (named(member.old.as_ref()), named(member.new.as_ref()))
        else {
            return self.unclassified(member.places(), member.name);
        };
        let before = self.changes.len();
        for (name, old, new) in matched(&old, &new) {
            let (rule, how) = match (&old, &new) {
                (Some(old), Some(new)) => {
                    self.handle(old, new);
                    continue;
                }
                (Some(_), None) => (Rule::HandleRemoved, "gone from"),
                (None, _) => (Rule::HandleAdded, "new on"),
            };
            let summary = format!("`{name}` is {how} the handle of the product");
            self.report(rule, places(old.as_ref(), new.as_ref()), summary);
        }
        self.if_silent(before, member, (&old, &new), "the handles");
    }

    fn handle(&mut self, old: &At<'a>, new: &At<'a>) {
        // Names have nothing in them.
        for member in differing(old, new).unwrap_or_default() {
            match member.name {
                "description" => self.words(Rule::DocumentationChanged, &member),
                name => self.unclassified(member.places(), name),
            }
        }
    }

    fn event(&mut self, old: &At<'a>, new: &At<'a>) {
        let Some(members) = differing(old, new) else {
            return self.unclassified(places(Some(old), Some(new)), "event");
        };
        for member in members {
            match member.name {
                "page" => self.page(&member),
                name => self.unclassified(member.places(), name),
            }
        }
    }

    fn words(&mut self, rule: Rule, member: &Differing<'a>) {
        let summary = format!("`{}` says something else", member.name);
        self.report(rule, member.places(), summary);
    }
}

/// The members of an object, or the elements of a list of names.
fn named<'a>(at: Option<&At<'a>>) -> Option<Entries<'a>> {
    let members = at.and_then(|at| Some((at, at.value.as_object()?)));
    let Some((at, members)) = members else {
        return entries(at, None);
    };
    let entry = |(name, value): (&String, &'a Value)| {
        let place = at.place.at(name);
        (name.clone(), At { value, place })
    };
    Some(members.iter().map(entry).collect())
}

/// What stands at the top of a file beside the schema there.
pub(super) const TOP: &[&str] = &[
    "$schema",
    "$defs",
    "endpoint",
    "event",
    "product",
    "response",
    "codes",
    "regions",
    "quirks",
    "incomplete",
    "counterexamples",
];

/// What is added and removed as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FileKind {
    Endpoint,
    Event,
}

impl FileKind {
    fn of(file: &Value) -> Option<Self> {
        if file.get("endpoint").is_some() {
            Some(FileKind::Endpoint)
        } else if file.get("event").is_some() {
            Some(FileKind::Event)
        } else {
            None
        }
    }
}
