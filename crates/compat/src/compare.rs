//! From two sets of schema files to a list of changes.

mod arguments;
mod codes;
mod definitions;
mod endpoint;
mod file;
mod keywords;
mod limit_codes;
mod object;
mod regions;
mod rules;
mod table;
mod value;
mod value_list;

use std::collections::BTreeSet;

use self::table::{Differing, Entries, is_reordered};
use crate::change::{Change, Place, sort};
use crate::node::in_words;
use crate::pairs::Pairs;
use crate::rule::Rule;
use crate::schemas::Schemas;
use crate::uses::Uses;

/// What differs between yesterday's schemas and today's, the heaviest first.
///
/// A file that cannot be read on one side is left out on both: see
/// [`Schemas::unreadable`].
pub fn compare(old: &Schemas, new: &Schemas) -> Vec<Change> {
    let unreadable: BTreeSet<&str> = old
        .unreadable()
        .chain(new.unreadable())
        .map(|(name, _)| name)
        .collect();
    let (old, new) = (old.without(&unreadable), new.without(&unreadable));
    let (old, new) = (Side::of(&old), Side::of(&new));
    let pairs = Pairs::of((old.set, &old.uses), (new.set, &new.uses));
    let mut comparison = Comparison {
        old,
        new,
        pairs,
        changes: Vec::new(),
    };
    comparison.files();
    comparison.definitions();
    let mut changes = comparison.changes;
    sort(&mut changes);
    changes
}

/// One of the two sets.
struct Side<'a> {
    set: &'a Schemas,
    uses: Uses<'a>,
}

impl<'a> Side<'a> {
    fn of(set: &'a Schemas) -> Self {
        Self {
            set,
            uses: Uses::of(set),
        }
    }
}

/// The comparison under way. Each file of this module adds the methods for one part of
/// a schema file.
struct Comparison<'a> {
    old: Side<'a>,
    new: Side<'a>,
    pairs: Pairs<'a>,
    changes: Vec<Change>,
}

/// Where something stood and stands; at least one is known.
type Places = (Option<Place>, Option<Place>);

impl Comparison<'_> {
    fn report(&mut self, rule: Rule, (old, new): Places, summary: impl Into<String>) {
        self.changes.push(Change {
            rule,
            summary: summary.into(),
            old,
            new,
        });
    }

    /// Reports a member that is another one now.
    fn changed(&mut self, rule: Rule, member: &Differing<'_>, what: &str) {
        let summary = match (&member.old, &member.new) {
            (Some(old), Some(new)) => format!(
                "{what} is {}, was {}",
                in_words(new.value),
                in_words(old.value)
            ),
            (None, Some(new)) => format!("{what} is {}, was not stated", in_words(new.value)),
            (Some(old), None) => format!("{what} is not stated, was {}", in_words(old.value)),
            (None, None) => what.to_owned(),
        };
        self.report(rule, member.places(), summary);
    }

    /// Reports what no rule knows.
    fn unclassified(&mut self, places: Places, what: &str) {
        let how = match &places {
            (Some(_), Some(_)) => "changed",
            (None, _) => "is new",
            (_, None) => "is gone",
        };
        self.report(Rule::Unclassified, places, format!("`{what}` {how}"));
    }

    /// Lists that differ, although nothing in them does.
    fn if_silent(
        &mut self,
        before: usize,
        member: &Differing<'_>,
        (old, new): (&Entries<'_>, &Entries<'_>),
        what: &str,
    ) {
        if self.changes.len() > before {
            return;
        }
        let (rule, how) = if is_reordered(old, new) {
            (Rule::OrderChanged, "stand in another order")
        } else {
            (Rule::Restated, "are written otherwise")
        };
        self.report(rule, member.places(), format!("{what} {how}"));
    }
}
