//! The error codes that limits provoke.

use serde_json::Value;
use trtc_rooms_core::INVALID_PARAMETER;

use super::Comparison;
use super::value::Context;
use crate::change::Place;
use crate::node::{Found, View};
use crate::rule::Rule;

/// The rules that may name a code.
const RULES: &[&str] = &[
    "type",
    "minBytes",
    "maxBytes",
    "minItems",
    "maxItems",
    "minimum",
    "maximum",
    "enum",
    "differences",
    "sums",
    "requiredTogether",
    "atLeastOneOf",
];

impl<'a> Comparison<'a> {
    /// The codes of the limits that are stated on both sides. A limit that is new or
    /// gone is a change in itself.
    pub(super) fn limit_codes(&mut self, left: &View<'a>, right: &View<'a>, at: &Context<'a>) {
        for rule in RULES {
            let (Some(old), Some(new)) = (left.get(rule), right.get(rule)) else {
                continue;
            };
            if self.is_of_definition((left, Some(&old)), (right, Some(&new))) {
                continue;
            }
            let (yesterday, today) = (code(&old, rule), code(&new, rule));
            if yesterday.0 == today.0 {
                continue;
            }
            let kind = if at.is_sent() {
                Rule::LimitCodeChanged
            } else {
                Rule::DocumentationChanged
            };
            let summary = format!(
                "{}: breaking `{rule}` is answered with {}, was {}",
                at.subject(),
                today.0,
                yesterday.0
            );
            self.report(kind, (Some(yesterday.1), Some(today.1)), summary);
        }
    }
}

/// The code of a rule, named beside it, and where it is named.
fn code(found: &Found<'_>, rule: &str) -> (Value, Place) {
    let named = found
        .holder
        .own("limitCodes")
        .and_then(|codes| codes.get(rule));
    match named {
        Some(code) => (code.clone(), found.holder.place().at("limitCodes").at(rule)),
        None => (Value::from(INVALID_PARAMETER), found.place.clone()),
    }
}
