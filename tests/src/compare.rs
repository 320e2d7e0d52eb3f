//! Comparing what the oracles say about one request.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;

use crate::oracle::Typed;
use crate::verdict::{Broken, Hint, Verdict};

/// An oracle's name and its verdict.
pub type Opinion = (&'static str, Verdict);

/// One thing that the oracles do not agree on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What kind of thing it is.
    pub kind: Kind,
    /// A JSON pointer into the request.
    pub pointer: String,
    /// The rule, or the kind of hint.
    pub rule: String,
}

/// What oracles can disagree on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Whether a rule is broken.
    Rule,
    /// The error code that a broken rule provokes.
    Code,
    /// Whether something looks like a mistake.
    Hint,
    /// Whether a typed caller is told the same as one with JSON.
    Typed,
    /// What a typed caller sends.
    Sent,
}

impl Kind {
    /// The name in ids.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Rule => "rule",
            Kind::Code => "code",
            Kind::Hint => "hint",
            Kind::Typed => "typed",
            Kind::Sent => "sent",
        }
    }
}

impl Difference {
    fn new(kind: Kind, pointer: &str, rule: &str) -> Self {
        Self {
            kind,
            pointer: pointer.to_owned(),
            rule: rule.to_owned(),
        }
    }

    /// The id under which a deviation can be listed as known. It names the place in the
    /// schema, not in one request: indexes are written as `*`.
    pub fn id(&self, endpoint: &str) -> String {
        let steps = self.pointer.split('/').skip(1).map(|step| {
            let is_index = step.bytes().all(|byte| byte.is_ascii_digit());
            if is_index { "*" } else { step }
        });
        let place = steps.collect::<Vec<_>>().join(".");
        let place = if place.is_empty() { "request" } else { &place };
        format!("{endpoint}/{place}/{}/{}", self.rule, self.kind.as_str())
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointer = if self.pointer.is_empty() {
            "(request)"
        } else {
            &self.pointer
        };
        match self.kind {
            Kind::Rule => write!(f, "whether {pointer} breaks {}", self.rule),
            Kind::Code => write!(f, "the code for {pointer} breaking {}", self.rule),
            Kind::Hint => write!(f, "the hint {} at {pointer}", self.rule),
            Kind::Typed => f.write_str("what a typed caller is told"),
            Kind::Sent => f.write_str("what a typed caller sends"),
        }
    }
}

/// What the opinions differ on, in a stable order.
pub fn differences(opinions: &[Opinion]) -> Vec<Difference> {
    let mut found = Vec::new();
    let all: BTreeSet<&Broken> = opinions
        .iter()
        .flat_map(|(_, verdict)| verdict.broken.keys())
        .collect();
    for broken in all {
        let mut codes = BTreeSet::new();
        let mut is_denied = false;
        for (_, verdict) in opinions {
            match verdict.broken.get(broken) {
                Some(code) => {
                    codes.insert(*code);
                }
                // An oracle that stopped looking denies nothing.
                None => is_denied |= !verdict.is_capped,
            }
        }
        if is_denied {
            found.push(Difference::new(Kind::Rule, &broken.pointer, &broken.rule));
        }
        if codes.len() > 1 {
            found.push(Difference::new(Kind::Code, &broken.pointer, &broken.rule));
        }
    }
    found.extend(hint_differences(opinions));
    found
}

fn hint_differences(opinions: &[Opinion]) -> impl Iterator<Item = Difference> {
    let mut seen: BTreeMap<&Hint, usize> = BTreeMap::new();
    let mut asked = 0;
    for (_, verdict) in opinions.iter().filter(|(_, verdict)| !verdict.is_capped) {
        let Some(hints) = &verdict.hints else {
            continue;
        };
        asked += 1;
        for hint in hints {
            *seen.entry(hint).or_default() += 1;
        }
    }
    seen.into_iter()
        .filter(move |(_, count)| *count < asked)
        .map(|(hint, _)| Difference::new(Kind::Hint, &hint.pointer, &hint.kind))
}

/// What a typed caller sees otherwise than one with JSON. `expected` is what should be
/// sent.
pub fn typed_differences(
    json: &Verdict,
    typed: Option<&Typed>,
    request: &Value,
    expected: &Value,
) -> Vec<Difference> {
    // What does not have the documented shape is not read into a type.
    if json.is_misshapen() {
        return Vec::new();
    }
    let Some(typed) = typed else {
        // `8.0` is a whole number in JSON, and no Rust integer is read from it. What
        // stands in a list that is too long is not looked at, and may be anything.
        let is_too_long = json.broken.keys().any(|broken| broken.rule == "maxItems");
        let is_explained = has_float(request) || is_too_long;
        let difference = Difference::new(Kind::Typed, "", "unreadable");
        return (!is_explained).then_some(difference).into_iter().collect();
    };
    let mut found = Vec::new();
    let known = |verdict: &Verdict| -> BTreeSet<Hint> {
        let hints = verdict.hints.iter().flatten();
        hints
            .filter(|hint| hint.kind != "unknownField")
            .cloned()
            .collect()
    };
    if typed.verdict.broken != json.broken {
        found.push(Difference::new(Kind::Typed, "", "violations"));
    }
    if known(&typed.verdict) != known(json) {
        found.push(Difference::new(Kind::Typed, "", "hints"));
    }
    if typed.sent != *expected {
        found.push(Difference::new(Kind::Sent, "", "json"));
    }
    found
}

fn has_float(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Array(elements) => elements.iter().any(has_float),
        Value::Object(members) => members.values().any(has_float),
        _ => false,
    }
}
