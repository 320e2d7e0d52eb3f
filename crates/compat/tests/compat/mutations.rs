//! Every planted change is found, as what it is, and nothing else is found.

use std::collections::BTreeSet;

use trtc_rooms_compat::{Change, Rule, compare};

use crate::set::Set;
use crate::table::table;

#[test]
fn every_planted_change_is_found_as_what_it_is_and_nothing_else() {
    let mut wrong = Vec::new();
    let table = table();
    assert!(table.len() >= 40, "{}", table.len());
    for planted in &table {
        let (old, new) = planted.sets();
        for (direction, old, new, expected) in [
            ("forward", &old, &new, planted.forward),
            ("backward", &new, &old, planted.backward),
        ] {
            let changes = compare(&old.schemas(), &new.schemas());
            let mut found: Vec<&str> = changes.iter().map(|change| change.rule.id()).collect();
            found.sort_unstable();
            let mut expected = expected.to_vec();
            expected.sort_unstable();
            if found != expected {
                let told = in_words(&changes);
                let name = planted.name;
                wrong.push(format!(
                    "{name}, {direction}: expected {expected:?}, found\n{told}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_is_planted_at_least_once() {
    let table = table();
    let planted: BTreeSet<&str> = table
        .iter()
        .flat_map(|planted| planted.forward.iter().chain(planted.backward))
        .copied()
        .collect();
    let missing: Vec<&str> = Rule::ALL
        .iter()
        .map(|rule| rule.id())
        .filter(|id| !planted.contains(id))
        .collect();
    assert!(missing.is_empty(), "no change is planted for {missing:?}");
}

/// Yesterday's place is in yesterday's files, today's in today's.
#[test]
fn places_are_places() {
    for planted in table() {
        let (old, new) = planted.sets();
        for change in compare(&old.schemas(), &new.schemas()) {
            assert_places(&change, &old, &new);
        }
    }
}

pub(crate) fn assert_places(change: &Change, old: &Set, new: &Set) {
    assert!(change.place().is_some(), "{change:?}");
    for (place, set) in [(&change.old, old), (&change.new, new)] {
        if let Some(place) = place {
            let is_there = set.has(&place.file, &place.pointer);
            assert!(is_there, "{place} of {change:?}");
        }
    }
}

fn in_words(changes: &[Change]) -> String {
    changes.iter().fold(String::new(), |text, change| {
        format!(
            "{text}    {}: {} at {:?}\n",
            change.rule,
            change.summary,
            change.place()
        )
    })
}
