//! The catalogue of bad inputs and faults: each entry is covered by something that is
//! there, or has a reason why not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use trtc_rooms_contract::Harness;

/// How many entries the catalogue has, by part.
const ENTRIES: [(char, usize); 17] = [
    ('A', 20),
    ('B', 10),
    ('C', 20),
    ('D', 17),
    ('E', 9),
    ('F', 11),
    ('G', 19),
    ('H', 20),
    ('I', 12),
    ('J', 17),
    ('K', 6),
    ('L', 11),
    ('M', 8),
    ('N', 8),
    ('O', 8),
    ('P', 13),
    ('Q', 5),
];

fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("catalogue.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once(' ').unwrap_or_else(|| panic!("{line}")))
}

#[test]
fn every_entry_is_there() {
    let mut found = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for (entry, _) in lines().filter(|(entry, _)| *entry != "id") {
        assert!(seen.insert(entry), "{entry} stands twice");
        let part = entry.chars().next().unwrap();
        *found.entry(part).or_insert(0) += 1;
    }
    assert_eq!(found, BTreeMap::from(ENTRIES));
}

#[test]
fn what_covers_an_entry_is_there() {
    let harness = Harness::repository().unwrap_or_else(|problem| panic!("{problem}"));
    let subjects = harness.subjects().iter();
    let ids: BTreeSet<&str> = subjects
        .flat_map(|subject| {
            let cases = subject.cases.iter().map(|case| case.id.as_str());
            cases.chain(subject.texts.iter().map(|text| text.id.as_str()))
        })
        .collect();
    for (entry, places) in lines() {
        if let Some(reason) = places.strip_prefix("- ") {
            assert!(reason.len() > 20, "{entry} needs a reason");
            continue;
        }
        for place in places.split_whitespace() {
            match place.split_once("::") {
                Some((file, name)) => assert!(is_in(file, name), "{entry}: {place} is gone"),
                None => assert!(ids.contains(place), "{entry}: {place} is no case"),
            }
        }
    }
}

/// Whether a file has a test of this name, or a row whose id begins so.
fn is_in(file: &str, name: &str) -> bool {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let begins = [
        format!("fn {name}("),
        format!("\"{name}"),
        format!("/{name}"),
    ];
    begins.iter().any(|begin| text.contains(begin))
}
