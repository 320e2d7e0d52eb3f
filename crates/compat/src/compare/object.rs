//! The members of an object.

use serde_json::Value;

use super::Comparison;
use super::arguments::Members;
use super::value::{Context, found_places};
use crate::node::{Found, Node, View};
use crate::rule::Rule;

/// A member on both sides, still to be compared.
pub(super) type Pending<'a> = (Node<'a>, Node<'a>, Context<'a>);

impl<'a> Comparison<'a> {
    /// Which members there are and which are mandatory. Returns those that stand on
    /// both sides.
    pub(super) fn object(
        &mut self,
        left: &View<'a>,
        right: &View<'a>,
        at: &Context<'a>,
    ) -> Vec<Pending<'a>> {
        let (old, new) = (left.get("properties"), right.get("properties"));
        if self.is_of_definition((left, old.as_ref()), (right, new.as_ref())) {
            return Vec::new();
        }
        let (Some(yesterday), Some(today)) =
            (members(left, old.as_ref()), members(right, new.as_ref()))
        else {
            let summary = format!("{}: the members are no list of schemas", at.subject());
            let places = found_places(old.as_ref(), new.as_ref());
            if old.map(|found| found.value) != new.map(|found| found.value) {
                self.report(Rule::Unclassified, places, summary);
            }
            return Vec::new();
        };
        for name in yesterday.properties.keys() {
            if !today.properties.contains_key(name) {
                self.removed(name, &yesterday, at);
            }
        }
        for name in today.properties.keys() {
            match yesterday.node(name) {
                None => self.added(name, &today, at),
                Some(_) => self.necessity(name, &yesterday, &today, at),
            }
        }
        self.arguments(&yesterday, &today, at);
        let both = yesterday.properties.keys().filter_map(|name| {
            let (old, new) = (yesterday.node(name)?, today.node(name)?);
            Some((old, new, at.member(name)))
        });
        both.collect()
    }

    fn removed(&mut self, name: &'a str, old: &Members<'a>, at: &Context<'a>) {
        let rule = if at.is_sent() {
            Rule::FieldRemoved
        } else {
            Rule::ReplyFieldRemoved
        };
        let places = (old.node(name).map(|node| node.place()), None);
        self.report(
            rule,
            places,
            format!("{} is gone", at.member(name).subject()),
        );
    }

    fn added(&mut self, name: &'a str, new: &Members<'a>, at: &Context<'a>) {
        let (rule, what) = match (at.is_sent(), new.is_required(name)) {
            (true, true) => (Rule::RequiredFieldAdded, "new and mandatory"),
            (true, false) => (Rule::OptionalFieldAdded, "new"),
            (false, _) => (Rule::ReplyFieldAdded, "new"),
        };
        let places = (None, new.node(name).map(|node| node.place()));
        self.report(
            rule,
            places,
            format!("{} is {what}", at.member(name).subject()),
        );
    }

    fn necessity(&mut self, name: &'a str, old: &Members<'a>, new: &Members<'a>, at: &Context<'a>) {
        let is_required = (old.is_required(name), new.is_required(name));
        let (rule, how) = match (is_required, at.is_sent()) {
            ((false, true), true) => (Rule::BecameRequired, "mandatory"),
            ((true, false), true) => (Rule::BecameOptional, "no longer mandatory"),
            ((false, true), false) => (Rule::ReplyBecameCertain, "always there"),
            ((true, false), false) => (Rule::ReplyBecameUncertain, "no longer always there"),
            _ => return,
        };
        let place = |members: &Members<'a>| members.node(name).map(|node| node.place());
        let summary = format!("{} is {how}", at.member(name).subject());
        self.report(rule, (place(old), place(new)), summary);
    }
}

/// The members of a schema. `None` when what stands there is no list of members.
fn members<'a>(view: &View<'a>, properties: Option<&Found<'a>>) -> Option<Members<'a>> {
    static EMPTY: std::sync::LazyLock<serde_json::Map<String, Value>> =
        std::sync::LazyLock::new(serde_json::Map::new);
    let properties_of = |found: &Found<'a>| found.value.as_object();
    let required = match view.get("required") {
        Some(found) => found
            .value
            .as_array()?
            .iter()
            .map(Value::as_str)
            .collect::<Option<Vec<_>>>()?,
        None => Vec::new(),
    };
    Some(Members {
        holder: match properties {
            Some(found) => found.holder.clone(),
            None => view.chain().next()?.1.clone(),
        },
        properties: match properties {
            Some(found) => properties_of(found)?,
            None => &EMPTY,
        },
        required,
    })
}
