//! Keywords that say something about one value: limits, defaults, conditions, words.

use std::collections::BTreeSet;
use std::fmt::Display;

use super::file::TOP;
use super::table::{At, entries, matched, places};
use super::value::{Context, Position, found_places};
use super::{Comparison, Places};
use crate::kind::Kind;
use crate::node::{Found, View, in_words};
use crate::rule::Rule;

/// A keyword on both sides.
pub(super) struct Keyword<'k, 'a> {
    pub(super) name: &'k str,
    pub(super) old: Option<Found<'a>>,
    pub(super) new: Option<Found<'a>>,
}

impl Keyword<'_, '_> {
    pub(super) fn places(&self) -> Places {
        found_places(self.old.as_ref(), self.new.as_ref())
    }
}

/// Which end of a range a limit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Least,
    Most,
}

impl End {
    /// Whether the step from one limit to another, either of which may be absent,
    /// leaves less room. `None` when there is as much as before.
    pub(super) fn is_tightened<T: PartialOrd>(
        self,
        old: Option<T>,
        new: Option<T>,
    ) -> Option<bool> {
        match (old, new) {
            (None, None) => None,
            (None, Some(_)) => Some(true),
            (Some(_), None) => Some(false),
            (Some(old), Some(new)) if old == new => None,
            (Some(old), Some(new)) => Some((new < old) == (self == End::Most)),
        }
    }
}

impl<'a> Comparison<'a> {
    /// Every keyword that takes effect on either side and is not the structure of the
    /// schema.
    pub(super) fn keywords(
        &mut self,
        left: &View<'a>,
        right: &View<'a>,
        kind: &Kind<'a>,
        at: &Context<'a>,
    ) {
        let names: BTreeSet<&str> = left.keywords().chain(right.keywords()).collect();
        for name in names {
            let is_beside = at.position == Position::Root && TOP.contains(&name);
            if is_beside || is_structure(name, kind) {
                continue;
            }
            let keyword = Keyword {
                name,
                old: left.get(name),
                new: right.get(name),
            };
            let values =
                [&keyword.old, &keyword.new].map(|side| side.as_ref().map(|found| found.value));
            let is_told_elsewhere =
                self.is_of_definition((left, keyword.old.as_ref()), (right, keyword.new.as_ref()));
            if values[0] != values[1] && !is_told_elsewhere {
                self.keyword(&keyword, at);
            }
        }
    }

    fn keyword(&mut self, keyword: &Keyword<'_, 'a>, at: &Context<'a>) {
        match keyword.name {
            // What debug output shows is no part of the contract.
            "secret" | "title" | "description" | "$comment" | "valueDescriptions"
            | "recordedLimits" => {
                self.described(keyword, at);
            }
            "examples" => {
                let summary = format!("the examples of {} are others", at.subject());
                self.report(Rule::ExamplesChanged, keyword.places(), summary);
            }
            "minBytes" | "minItems" | "minimum" => self.limit(keyword, End::Least, at),
            "maxBytes" | "maxItems" | "maximum" => self.limit(keyword, End::Most, at),
            "default" | "serverDefault" => self.default(keyword, at),
            "unit" => {
                let rule = match (&keyword.old, &keyword.new) {
                    (Some(_), Some(_)) => Rule::UnitChanged,
                    _ if at.is_sent() => Rule::HintChanged,
                    _ => Rule::DocumentationChanged,
                };
                self.other(rule, keyword, at);
            }
            "appliesWhen" if at.is_sent() => self.other(Rule::HintChanged, keyword, at),
            "appliesWhen" => self.described(keyword, at),
            "alsoNamed" => self.other_names(keyword, at),
            "valueAliases" => self.aliases(keyword, at),
            "differences" => self.differences(keyword, at),
            "sums" => self.sums(keyword, at),
            "requiredTogether" | "atLeastOneOf" => self.groups(keyword, at),
            _ => self.other(Rule::Unclassified, keyword, at),
        }
    }

    fn limit(&mut self, keyword: &Keyword<'_, 'a>, end: End, at: &Context<'a>) {
        let bound = |found: &Option<Found<'a>>| match found {
            None => Ok(None),
            Some(found) => match found.value.as_i64() {
                // Nothing is shorter than that.
                Some(0) if matches!(keyword.name, "minBytes" | "minItems") => Ok(None),
                Some(bound) => Ok(Some(bound)),
                None => Err(()),
            },
        };
        let (Ok(old), Ok(new)) = (bound(&keyword.old), bound(&keyword.new)) else {
            return self.other(Rule::Unclassified, keyword, at);
        };
        match end.is_tightened(old, new) {
            Some(is_tightened) => {
                let what = format!("{}: `{}`", at.subject(), keyword.name);
                self.bound(is_tightened, keyword.places(), &what, (old, new), at);
            }
            None => self.other(Rule::Restated, keyword, at),
        }
    }

    /// Reports a limit that leaves more or less room than before.
    pub(super) fn bound<T: Display>(
        &mut self,
        is_tightened: bool,
        places: Places,
        what: &str,
        limits: (Option<T>, Option<T>),
        at: &Context<'a>,
    ) {
        let summary = match limits {
            (Some(old), Some(new)) => format!("{what} is {new}, was {old}"),
            (None, Some(new)) => format!("{what} {new} is new"),
            (Some(old), None) => format!("{what} {old} is gone"),
            (None, None) => what.to_owned(),
        };
        self.report(limit_rule(is_tightened, at), places, summary);
    }

    /// Other names of a member of a reply.
    fn other_names(&mut self, keyword: &Keyword<'_, 'a>, at: &Context<'a>) {
        let side = |found: &Option<Found<'a>>| {
            let at = found.as_ref().map(|found| At {
                value: found.value,
                place: found.place.clone(),
            });
            entries(at.as_ref(), None)
        };
        let (Some(old), Some(new)) = (side(&keyword.old), side(&keyword.new)) else {
            return self.other(Rule::Unclassified, keyword, at);
        };
        let before = self.changes.len();
        for (name, old, new) in matched(&old, &new) {
            let (rule, how) = match (&old, &new) {
                (Some(_), Some(_)) => continue,
                (Some(_), None) => (Rule::ReplyNameRemoved, "no longer"),
                (None, _) => (Rule::ReplyNameAdded, "also"),
            };
            let summary = format!("{} is {how} read as `{name}`", at.subject());
            self.report(rule, places(old.as_ref(), new.as_ref()), summary);
        }
        if self.changes.len() == before {
            self.other(Rule::Restated, keyword, at);
        }
    }

    /// What the service takes in the absence of a member. Only two fixed values that
    /// differ are sure to have another effect.
    fn default(&mut self, keyword: &Keyword<'_, 'a>, at: &Context<'a>) {
        let are_values =
            keyword.name == "default" && keyword.old.is_some() && keyword.new.is_some();
        let rule = match (at.is_sent(), are_values) {
            (false, _) => Rule::DocumentationChanged,
            (true, true) => Rule::DefaultChanged,
            (true, false) => Rule::DefaultRestated,
        };
        self.other(rule, keyword, at);
    }

    fn described(&mut self, keyword: &Keyword<'_, 'a>, at: &Context<'a>) {
        let summary = format!("`{}` of {} reads otherwise", keyword.name, at.subject());
        self.report(Rule::DocumentationChanged, keyword.places(), summary);
    }

    /// Reports a keyword whose value is another one.
    pub(super) fn other(&mut self, rule: Rule, keyword: &Keyword<'_, 'a>, at: &Context<'a>) {
        let what = format!("{}: `{}`", at.subject(), keyword.name);
        let summary = match (&keyword.old, &keyword.new) {
            (Some(old), Some(new)) => format!(
                "{what} is {}, was {}",
                in_words(new.value),
                in_words(old.value)
            ),
            (None, Some(new)) => format!("{what} {} is new", in_words(new.value)),
            (Some(old), None) => format!("{what} {} is gone", in_words(old.value)),
            (None, None) => what,
        };
        self.report(rule, keyword.places(), summary);
    }
}

/// The rule for a limit by the direction in which it applies.
pub(super) fn limit_rule(is_tightened: bool, at: &Context<'_>) -> Rule {
    match (is_tightened, at.is_sent()) {
        (true, true) => Rule::LimitTightened,
        (true, false) => Rule::ReplyLimitTightened,
        (false, true) => Rule::LimitLoosened,
        (false, false) => Rule::ReplyLimitLoosened,
    }
}

/// Whether a keyword is compared with the kind of the schema and what stands in it.
/// Where it makes no sense, such as the `items` of a text, it is like an unknown one.
fn is_structure(keyword: &str, kind: &Kind<'_>) -> bool {
    match keyword {
        "$ref" | "type" | "limitCodes" => true,
        "properties" | "required" => matches!(kind, Kind::Object(_)),
        "items" => matches!(kind, Kind::Array(_)),
        "additionalProperties" => matches!(kind, Kind::Map(_)),
        "enum" | "openEnum" => matches!(kind, Kind::ValueList(..)),
        _ => false,
    }
}
