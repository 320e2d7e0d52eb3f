//! What an oracle says about a request.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What an oracle says about a request. Two are compared as sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The rules that are broken, each with the error code that it provokes.
    pub broken: BTreeMap<Broken, i32>,
    /// What is allowed and looks like a mistake; none if this oracle has no opinion.
    pub hints: Option<BTreeSet<Hint>>,
    /// Whether this oracle stopped looking, so that there may be more.
    pub is_capped: bool,
}

/// A broken rule: where, and which.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Broken {
    /// A JSON pointer into the request.
    pub pointer: String,
    /// The name of the rule, such as `maxBytes`.
    pub rule: String,
}

/// A hint: where, and of which kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hint {
    /// A JSON pointer into the request.
    pub pointer: String,
    /// The name of the kind, such as `unknownField`.
    pub kind: String,
}

impl Verdict {
    /// Whether no rule is broken.
    pub fn is_valid(&self) -> bool {
        self.broken.is_empty()
    }

    /// Adds a broken rule.
    pub fn add(&mut self, pointer: &str, rule: &str, code: i32) {
        self.broken.insert(Broken::new(pointer, rule), code);
    }

    /// Whether a type is wrong or a mandatory member missing.
    pub fn is_misshapen(&self) -> bool {
        let mut rules = self.broken.keys().map(|broken| broken.rule.as_str());
        rules.any(|rule| rule == "type" || rule == "required")
    }
}

impl Broken {
    /// A rule that is broken at a place.
    pub fn new(pointer: &str, rule: &str) -> Self {
        Self {
            pointer: pointer.to_owned(),
            rule: rule.to_owned(),
        }
    }
}

impl Hint {
    /// A hint at a place.
    pub fn new(pointer: &str, kind: &str) -> Self {
        Self {
            pointer: pointer.to_owned(),
            kind: kind.to_owned(),
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_valid() {
            f.write_str("accepts it")?;
        }
        for (index, (broken, code)) in self.broken.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{broken} ({code})")?;
        }
        if self.is_capped {
            f.write_str(", and maybe more")?;
        }
        for hint in self.hints.iter().flatten() {
            write!(f, ", hint {} {}", place(&hint.pointer), hint.kind)?;
        }
        Ok(())
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", place(&self.pointer), self.rule)
    }
}

fn place(pointer: &str) -> &str {
    if pointer.is_empty() {
        "(request)"
    } else {
        pointer
    }
}
