//! Lists of values.

use serde_json::Value;

use super::Comparison;
use super::keywords::{Keyword, limit_rule};
use super::table::{At, entries, is_reordered, matched, places};
use super::value::Context;
use crate::node::{Found, Node, View, in_words};
use crate::rule::Rule;
use crate::uses::Definition;

impl<'a> Comparison<'a> {
    /// The list itself, unless a definition holds it, and the part of it that is allowed
    /// here, where that is less.
    pub(super) fn value_lists(&mut self, left: &View<'a>, right: &View<'a>, at: &Context<'a>) {
        let (Some(yesterday), Some(today)) = (declared(left), declared(right)) else {
            return;
        };
        let is_told_elsewhere = match (yesterday.0, today.0) {
            (Some(old), Some(new)) => self.pairs.is_pair(old, new),
            _ => false,
        };
        if !is_told_elsewhere {
            self.value_list(&yesterday.1, &today.1, at);
        }
        if is_narrowed(left) || is_narrowed(right) {
            self.narrowing(left.get("enum").as_ref(), right.get("enum").as_ref(), at);
        }
    }

    fn value_list(&mut self, old: &Node<'a>, new: &Node<'a>, at: &Context<'a>) {
        let (old, new) = (listed(old), listed(new));
        let (Some((yesterday, was_closed)), Some((today, is_closed))) = (old, new) else {
            return;
        };
        let both = places(Some(&yesterday), Some(&today));
        let rule = match (was_closed, is_closed, at.is_sent()) {
            (false, true, true) => Some((Rule::ListClosed, "closed")),
            (false, true, false) => Some((Rule::ReplyListClosed, "closed")),
            (true, false, _) => Some((Rule::ListOpened, "not closed any more")),
            _ => None,
        };
        if let Some((rule, how)) = rule {
            self.report(rule, both.clone(), format!("{} is {how}", at.subject()));
        }
        let (Some(old), Some(new)) = (entries(Some(&yesterday), None), entries(Some(&today), None))
        else {
            if yesterday.value != today.value {
                let summary = format!(
                    "{}: the values are no list of texts or numbers",
                    at.subject()
                );
                self.report(Rule::Unclassified, both, summary);
            }
            return;
        };
        for (value, old, new) in matched(&old, &new) {
            let (rule, how) = match (&old, &new) {
                (Some(_), Some(_)) => continue,
                (Some(_), None) => (Rule::ValueRemoved, "gone"),
                (None, _) => (Rule::ValueAdded, "new"),
            };
            let summary = format!("{}: the value `{value}` is {how}", at.subject());
            self.report(rule, places(old.as_ref(), new.as_ref()), summary);
        }
        if is_reordered(&old, &new) {
            let summary = format!("the values of {} stand in another order", at.subject());
            self.report(Rule::OrderChanged, both, summary);
        }
    }

    /// The values that are allowed of a list. Without `enum`, all are.
    fn narrowing(&mut self, old: Option<&Found<'a>>, new: Option<&Found<'a>>, at: &Context<'a>) {
        if old.map(|found| found.value) == new.map(|found| found.value) {
            return;
        }
        let values = |found: Option<&Found<'a>>| match found {
            None => Some(None),
            Some(found) => {
                let list = found.value.as_array()?;
                let is_plain = |value: &&Value| value.is_string() || value.is_number();
                let values: Vec<&Value> = list.iter().filter(is_plain).collect();
                (values.len() == list.len()).then_some(Some(values))
            }
        };
        let both = super::value::found_places(old, new);
        let (Some(yesterday), Some(today)) = (values(old), values(new)) else {
            let summary = format!(
                "{}: the values are no list of texts or numbers",
                at.subject()
            );
            return self.report(Rule::Unclassified, both, summary);
        };
        let beyond =
            |values: &Option<Vec<&Value>>, limit: &Option<Vec<&Value>>| -> Option<String> {
                match (values, limit) {
                    (_, None) => None,
                    (None, Some(_)) => Some("any other value".to_owned()),
                    (Some(values), Some(limit)) => {
                        let more: Vec<String> = values
                            .iter()
                            .filter(|value| !limit.contains(value))
                            .map(|value| in_words(value))
                            .collect();
                        (!more.is_empty()).then(|| more.join(", "))
                    }
                }
            };
        if let Some(values) = beyond(&yesterday, &today) {
            let summary = format!("{} no longer takes {values}", at.subject());
            self.report(limit_rule(true, at), both.clone(), summary);
        }
        if let Some(values) = beyond(&today, &yesterday) {
            let summary = format!("{} takes {values}", at.subject());
            self.report(limit_rule(false, at), both, summary);
        }
    }

    /// Other spellings of values.
    pub(super) fn aliases(&mut self, keyword: &Keyword<'_, 'a>, at: &Context<'a>) {
        let side = |found: &Option<Found<'a>>| match found {
            None => Some(Vec::new()),
            Some(found) => {
                let aliases = found.value.as_object()?.iter();
                let aliases = aliases.map(|(alias, value)| {
                    let place = found.place.at(alias);
                    (alias.clone(), At { value, place })
                });
                Some(aliases.collect())
            }
        };
        let (Some(old), Some(new)) = (side(&keyword.old), side(&keyword.new)) else {
            return self.other(Rule::Unclassified, keyword, at);
        };
        for (alias, old, new) in matched(&old, &new) {
            let (rule, how) = match (&old, &new) {
                (Some(old), Some(new)) if old.value == new.value => continue,
                (Some(_), Some(_)) => (Rule::AliasChanged, "means another value"),
                (Some(_), None) => (Rule::AliasRemoved, "is gone"),
                (None, _) => (Rule::AliasAdded, "is new"),
            };
            let summary = format!("{}: the spelling `{alias}` {how}", at.subject());
            self.report(rule, places(old.as_ref(), new.as_ref()), summary);
        }
    }
}

fn is_listed(node: &Node<'_>) -> bool {
    node.own("enum").is_some() || node.own("openEnum").is_some()
}

/// The schema that declares the list, and the definition that it is.
fn declared<'a>(view: &View<'a>) -> Option<(Option<Definition<'a>>, Node<'a>)> {
    let listed = view.chain().filter(|(_, node)| is_listed(node)).last();
    listed.map(|(definition, node)| (definition, node.clone()))
}

/// Whether a list stands beside a reference to a longer one.
fn is_narrowed(view: &View<'_>) -> bool {
    view.chain().filter(|(_, node)| is_listed(node)).count() > 1
}

/// The values, and whether the list is closed.
fn listed<'a>(node: &Node<'a>) -> Option<(At<'a>, bool)> {
    let at = |keyword: &str| {
        Some(At {
            value: node.own(keyword)?,
            place: node.place().at(keyword),
        })
    };
    let closed = at("enum").map(|at| (at, true));
    closed.or_else(|| at("openEnum").map(|at| (at, false)))
}
