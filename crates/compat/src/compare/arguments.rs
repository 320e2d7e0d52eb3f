//! The arguments of `new`: mandatory members in the order of the schema, apart from
//! those with one possible value.

use serde_json::{Map, Value};

use super::Comparison;
use super::table::is_reordered_names;
use super::value::Context;
use crate::node::Node;
use crate::rule::Rule;

/// The members of an object.
pub(super) struct Members<'a> {
    /// The schema that `properties` stands in.
    pub(super) holder: Node<'a>,
    pub(super) properties: &'a Map<String, Value>,
    pub(super) required: Vec<&'a str>,
}

impl<'a> Members<'a> {
    pub(super) fn node(&self, name: &str) -> Option<Node<'a>> {
        let value = self.properties.get(name)?;
        Some(self.holder.part(&["properties", name], value))
    }

    pub(super) fn is_required(&self, name: &str) -> bool {
        self.required.contains(&name)
    }

    fn is_fixed(&self, name: &str) -> bool {
        self.node(name)
            .is_some_and(|node| node.view().fixed().is_some())
    }

    fn names_in_both(&self, other: &Self) -> Vec<&'a str> {
        self.properties
            .keys()
            .map(String::as_str)
            .filter(|name| other.properties.contains_key(*name))
            .collect()
    }
}

impl<'a> Comparison<'a> {
    /// What `new` takes of the members that are mandatory on both sides, and the order
    /// of all members.
    pub(super) fn arguments(&mut self, old: &Members<'a>, new: &Members<'a>, at: &Context<'a>) {
        let place = |members: &Members<'a>| Some(members.holder.place().at("properties"));
        let orders = (old.names_in_both(new), new.names_in_both(old));
        if at.is_sent() {
            for name in &orders.0 {
                self.fixedness(name, old, new, at);
            }
            let are_arguments = |names: &[&'a str]| -> Vec<&'a str> {
                let mut names = names.to_vec();
                names.retain(|name| {
                    [old, new]
                        .iter()
                        .all(|members| members.is_required(name) && !members.is_fixed(name))
                });
                names
            };
            let arguments = (are_arguments(&orders.0), are_arguments(&orders.1));
            if arguments.0 != arguments.1 {
                let summary = format!(
                    "{}: `new` takes {}, in another order than before",
                    at.subject(),
                    list(&arguments.1)
                );
                let places = (place(old), place(new));
                return self.report(Rule::ArgumentsReordered, places, summary);
            }
        }
        if is_reordered_names(&orders.0, &orders.1) {
            let summary = format!("the members of {} stand in another order", at.subject());
            self.report(Rule::OrderChanged, (place(old), place(new)), summary);
        }
    }

    fn fixedness(&mut self, name: &str, old: &Members<'a>, new: &Members<'a>, at: &Context<'a>) {
        let is_mandatory = old.is_required(name) && new.is_required(name);
        if !is_mandatory || old.is_fixed(name) == new.is_fixed(name) {
            return;
        }
        let how = if new.is_fixed(name) {
            "is filled in by `new`, and was an argument of it"
        } else {
            "is an argument of `new`, which filled it in before"
        };
        let place = |members: &Members<'a>| members.node(name).map(|node| node.place());
        let summary = format!("{}: `{name}` {how}", at.subject());
        self.report(Rule::ArgumentsChanged, (place(old), place(new)), summary);
    }
}

fn list(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
