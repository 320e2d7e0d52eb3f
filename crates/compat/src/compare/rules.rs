//! Rules about several members of an object.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Comparison;
use super::keywords::{End, Keyword, limit_rule};
use super::table::{At, matched, places};
use super::value::Context;
use crate::node::Found;
use crate::rule::Rule;

/// Rules of one keyword, each with what tells it from the others.
type Listed<'a> = Vec<(String, At<'a>)>;

impl<'a> Comparison<'a> {
    /// Limits of one member minus another.
    pub(super) fn differences(&mut self, keyword: &Keyword<'_, 'a>, at: &Context<'a>) {
        let names = |rule: &Value| {
            let of = rule.get("of")?.as_str()?;
            Some(format!("{of} - {}", rule.get("minus")?.as_str()?))
        };
        let bounds = &[("minimum", End::Least), ("maximum", End::Most)];
        self.limited(keyword, &names, &["of", "minus"], bounds, at);
    }

    /// Limits of what elements add up to.
    pub(super) fn sums(&mut self, keyword: &Keyword<'_, 'a>, at: &Context<'a>) {
        let names = |rule: &Value| {
            let over = rule.get("over")?.as_str()?;
            let member = rule.get("member").map(|member| format!(".{member}"));
            Some(format!("{over}{}", member.unwrap_or_default()))
        };
        let bounds = &[("maximum", End::Most)];
        self.limited(keyword, &names, &["over", "member"], bounds, at);
    }

    /// Rules that have names and bounds.
    fn limited(
        &mut self,
        keyword: &Keyword<'_, 'a>,
        name: &dyn Fn(&Value) -> Option<String>,
        names: &[&str],
        bounds: &[(&str, End)],
        at: &Context<'a>,
    ) {
        // A member that no bound and no name is one that this function does not know.
        let is_known = |rule: &Value| {
            let members = rule.as_object()?.keys();
            let bound = |member: &str| bounds.iter().any(|(bound, _)| *bound == member);
            let mut members = members.map(String::as_str);
            members
                .all(|member| names.contains(&member) || bound(member))
                .then(|| name(rule))?
        };
        let (Some(old), Some(new)) = (
            listed(keyword.old.as_ref(), &is_known),
            listed(keyword.new.as_ref(), &is_known),
        ) else {
            return self.other(Rule::Unclassified, keyword, at);
        };
        for (name, old, new) in matched(&old, &new) {
            let what = format!("{}: `{}` of `{name}`", at.subject(), keyword.name);
            let both = places(old.as_ref(), new.as_ref());
            if let (Some(old), Some(new)) = (&old, &new) {
                self.bounds(bounds, (old, new), &what, at);
            } else {
                let how = if new.is_some() { "new" } else { "gone" };
                let rule = limit_rule(new.is_some(), at);
                self.report(rule, both, format!("{what} is {how}"));
            }
        }
    }

    fn bounds(
        &mut self,
        bounds: &[(&str, End)],
        (old, new): (&At<'a>, &At<'a>),
        what: &str,
        at: &Context<'a>,
    ) {
        for (bound, end) in bounds {
            let (yesterday, today) = (old.member(bound), new.member(bound));
            let both = places(yesterday.as_ref(), today.as_ref());
            let [was, is] = [&yesterday, &today].map(|side| side.as_ref().map(|at| at.value));
            if was == is {
                continue;
            }
            let what = format!("{what}: `{bound}`");
            let number = |value: Option<&Value>| value.map(Value::as_i64);
            match (number(was), number(is)) {
                (Some(None), _) | (_, Some(None)) => {
                    let summary = format!("{what} is no whole number");
                    self.report(Rule::Unclassified, both, summary);
                }
                (was, is) => {
                    let (was, is) = (was.flatten(), is.flatten());
                    let is_tightened = end.is_tightened(was, is).unwrap_or_default();
                    self.bound(is_tightened, both, &what, (was, is), at);
                }
            }
        }
    }

    /// Groups of members. All of a group or none: a member more asks for more. At least
    /// one of a group: a member more asks for less.
    pub(super) fn groups(&mut self, keyword: &Keyword<'_, 'a>, at: &Context<'a>) {
        let members = |group: &Value| {
            let names = group.as_array()?.iter();
            let names: Option<BTreeSet<&str>> = names.map(Value::as_str).collect();
            let names: Vec<&str> = names?.into_iter().collect();
            Some(names.join(", "))
        };
        let (Some(old), Some(new)) = (
            listed(keyword.old.as_ref(), &members),
            listed(keyword.new.as_ref(), &members),
        ) else {
            return self.other(Rule::Unclassified, keyword, at);
        };
        let (gone, mut came): (Vec<_>, Vec<_>) = {
            let rows = matched(&old, &new);
            let rows = rows.into_iter();
            let (gone, rest): (Vec<_>, Vec<_>) = rows.partition(|(_, _, new)| new.is_none());
            (
                gone,
                rest.into_iter()
                    .filter(|(_, old, _)| old.is_none())
                    .collect(),
            )
        };
        let what = format!("{}: `{}`", at.subject(), keyword.name);
        for (members, old, _) in gone {
            let near = came
                .iter()
                .position(|(other, ..)| contains(&members, other).is_some());
            let Some(index) = near else {
                let places = places(old.as_ref(), None);
                let summary = format!("{what} of {members} is gone");
                self.report(limit_rule(false, at), places, summary);
                continue;
            };
            let (others, _, new) = came.remove(index);
            let asks_for_more =
                contains(&members, &others) == Some(keyword.name == "requiredTogether");
            let summary = format!("{what} is of {others}, was of {members}");
            let places = places(old.as_ref(), new.as_ref());
            self.report(limit_rule(asks_for_more, at), places, summary);
        }
        for (members, _, new) in came {
            let summary = format!("{what} of {members} is new");
            self.report(limit_rule(true, at), places(None, new.as_ref()), summary);
        }
    }
}

/// Whether one group is part of the other: `Some(true)` when the second is the larger.
fn contains(group: &str, other: &str) -> Option<bool> {
    let [group, other] = [group, other].map(|names| names.split(", ").collect::<BTreeSet<_>>());
    if group.is_subset(&other) {
        Some(true)
    } else {
        other.is_subset(&group).then_some(false)
    }
}

/// The rules that a keyword lists. `None` when it is no such list, or when two rules
/// cannot be told apart.
fn listed<'a>(
    found: Option<&Found<'a>>,
    name: &dyn Fn(&Value) -> Option<String>,
) -> Option<Listed<'a>> {
    let Some(found) = found else {
        return Some(Vec::new());
    };
    let mut seen = BTreeSet::new();
    let mut rules = Vec::new();
    for (index, value) in found.value.as_array()?.iter().enumerate() {
        let name = name(value)?;
        if !seen.insert(name.clone()) {
            return None;
        }
        let place = found.place.at(&index.to_string());
        rules.push((name, At { value, place }));
    }
    Some(rules)
}
