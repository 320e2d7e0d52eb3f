//! The result of a comparison, for people and for machines.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Serialize;

use crate::change::{Change, Place};
use crate::changelog::{Demand, heading};
use crate::rule::{Class, Rule};
use crate::version::next_version;

/// A comparison with everything that belongs to it. As JSON it has the same members.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The revision that was asked for, and the commit that it means.
    pub base: Base,
    /// The differences, the heaviest first.
    pub changes: Vec<Change>,
    /// How many differences there are of each class.
    pub counts: Counts,
    /// Files that could not be compared.
    pub unreadable: Vec<Unreadable>,
    /// What a reader has to know about the comparison itself.
    pub notes: Vec<String>,
    /// What the changelog has to say, and whether it does.
    pub changelog: Demand,
    /// The version at the base, and the least that the next release has.
    pub version: Option<Version>,
}

/// What was compared with.
#[derive(Clone, Debug, Serialize)]
pub struct Base {
    /// The name that was given or found, such as `v0.1.0`.
    pub revision: String,
    /// The commit.
    pub commit: String,
}

/// How many differences there are of each class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Those that break a program or a call.
    pub breaking: usize,
    /// Those that are new to use or to know.
    pub minor: usize,
    /// The rest.
    pub patch: usize,
}

impl Counts {
    /// Counts changes.
    pub fn of(changes: &[Change]) -> Self {
        let count = |class| {
            changes
                .iter()
                .filter(|change| change.class() == class)
                .count()
        };
        Self {
            breaking: count(Class::Breaking),
            minor: count(Class::Minor),
            patch: count(Class::Patch),
        }
    }
}

/// A file that could not be compared.
#[derive(Clone, Debug, Serialize)]
pub struct Unreadable {
    /// The file, relative to the folder `schemas`.
    pub file: String,
    /// On which side: `base` or `today`.
    pub side: &'static str,
    /// Why.
    pub reason: String,
}

/// The version of the crates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Version {
    /// The version at the base.
    pub base: String,
    /// The least version of a release with these changes.
    pub next: String,
}

impl Version {
    /// What changes ask of the version at the base.
    pub fn of(base: &str, changes: &[Change]) -> Option<Self> {
        let heaviest = changes.iter().map(Change::class).max()?;
        Some(Self {
            base: base.to_owned(),
            next: next_version(base, heaviest)?,
        })
    }
}

impl Report {
    /// Whether every file could be compared.
    pub fn is_complete(&self) -> bool {
        self.unreadable.is_empty()
    }

    /// The report in words.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        self.head(&mut text);
        for class in Class::ALL {
            self.class(class, &mut text);
        }
        self.verdict(&mut text);
        text
    }

    fn head(&self, text: &mut String) {
        let Base { revision, commit } = &self.base;
        let commit: String = commit.chars().take(12).collect();
        let _ = write!(text, "schemas/ compared with {revision}");
        if *revision != commit {
            let _ = write!(text, " ({commit})");
        }
        let Counts {
            breaking,
            minor,
            patch,
        } = self.counts;
        let _ = if self.changes.is_empty() {
            let of = if self.is_complete() {
                ""
            } else {
                " in what could be compared"
            };
            writeln!(text, ": no change{of}")
        } else {
            writeln!(text, ": {breaking} breaking, {minor} minor, {patch} patch")
        };
        for note in &self.notes {
            let _ = writeln!(text, "note: {note}");
        }
        for Unreadable { file, side, reason } in &self.unreadable {
            let _ = writeln!(
                text,
                "error: not compared: schemas/{file} of {side}: {reason}"
            );
        }
    }

    fn class(&self, class: Class, text: &mut String) {
        let changes: Vec<&Change> = self
            .changes
            .iter()
            .filter(|change| change.class() == class)
            .collect();
        if changes.is_empty() {
            return;
        }
        let _ = writeln!(text, "\n{class}");
        for change in &changes {
            let _ = writeln!(text, "  {}: {}", change.rule, change.summary);
            let places = match (&change.old, &change.new) {
                (Some(old), Some(new)) if old == new => vec![("", new)],
                (Some(old), Some(new)) => vec![("", new), ("was at ", old)],
                (Some(old), None) => vec![("was at ", old)],
                (None, new) => new.iter().map(|new| ("", new)).collect(),
            };
            for (before, place) in places {
                let _ = writeln!(text, "    {before}{}", shown(place));
            }
        }
        let rules: BTreeSet<Rule> = changes.iter().map(|change| change.rule).collect();
        let _ = writeln!(text, "  why {class}:");
        for rule in rules {
            let _ = writeln!(text, "    {rule}: {}", rule.reason());
        }
    }

    fn verdict(&self, text: &mut String) {
        let Some(needed) = self.changelog.needed else {
            return;
        };
        text.push('\n');
        if let Some(Version { base, next }) = &self.version {
            let _ = writeln!(
                text,
                "version: {base} at the base; a release with a {needed} change is {next} at least{}",
                if needed == Class::Breaking && base.starts_with("0.") {
                    " (at 0.x, the second number breaks)"
                } else {
                    ""
                }
            );
        }
        match &self.changelog.suggestion {
            None => {
                let _ = writeln!(text, "changelog: has an entry of that weight");
            }
            Some(suggestion) => {
                let _ = writeln!(
                    text,
                    "changelog: CHANGELOG.md, Unreleased, has no entry under `{}` or a heavier \
                     heading. For example:\n\n{suggestion}",
                    heading(needed)
                );
            }
        }
    }
}

/// A place, the top of a file without a pointer.
fn shown(place: &Place) -> String {
    match place.pointer.as_str() {
        "" => format!("schemas/{}", place.file),
        _ => place.to_string(),
    }
}
