//! What is documented about fields and objects, in sentences.

use trtc_rooms_schema::document::Unit;
use trtc_rooms_schema::ir::{
    Element, Field, Limit, LimitKind, Object, ObjectRule, ObjectRuleKind, Role, Type,
};

use crate::docs::{code, escape};

/// The documented facts of a field, as markup.
pub(crate) fn field_facts(object: &Object, field: &Field) -> String {
    let mut facts = Vec::new();
    let is_sent = object.role == Role::Request;
    match &field.fixed {
        Some(value) if is_sent && field.required => {
            facts.push(format!("Always {}, which `new` fills in.", code(value)));
        }
        _ if is_sent && field.required => facts.push("Mandatory.".to_owned()),
        _ => {}
    }
    facts.extend(field.unit.map(|unit| {
        let unit = match unit {
            Unit::UnixSeconds => "Unix seconds.",
            Unit::UnixMilliseconds => "Unix milliseconds.",
            Unit::Seconds => "In seconds.",
            Unit::Milliseconds => "In milliseconds.",
            Unit::Bytes => "In bytes.",
        };
        unit.to_owned()
    }));
    facts.extend(field.limits.iter().filter_map(limit));
    if let Type::Array(element) | Type::Map(element) = &field.ty {
        facts.extend(element_facts(element));
    }
    if is_sent {
        let rules = object.rules.iter();
        facts.extend(rules.filter_map(|ObjectRule { kind, .. }| rule_about(field, kind)));
    }
    if let Some(condition) = &field.applies_when {
        facts.push(format!(
            "It has an effect only with {} {}.",
            code(&condition.member),
            alternatives(&condition.values)
        ));
    }
    facts.extend(field.recorded.iter().map(|limit| escape(limit)));
    if let Some(default) = &field.default {
        facts.push(format!(
            "When it is absent, the service takes {}.",
            escape(default)
        ));
    }
    facts.join(" ")
}

/// The rules about several members that point at the object itself, as markup.
pub(crate) fn object_facts(object: &Object) -> Vec<String> {
    let rules = object.rules.iter();
    rules
        .filter_map(|ObjectRule { kind, .. }| match kind {
            ObjectRuleKind::RequiredTogether(members) => Some(format!(
                "{} come together or not at all.",
                joined(members, "and")
            )),
            ObjectRuleKind::AtLeastOneOf(members) => Some(format!(
                "At least one of {} is needed.",
                joined(members, "and")
            )),
            ObjectRuleKind::Difference { .. } | ObjectRuleKind::Sum { .. } => None,
        })
        .collect()
}

/// ``` `A`, `B` or `C` ```
pub(crate) fn alternatives(values: &[String]) -> String {
    joined(values, "or")
}

fn joined(values: &[String], word: &str) -> String {
    let quoted: Vec<String> = values.iter().map(|value| code(value)).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {word} {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

fn limit(limit: &Limit) -> Option<String> {
    Some(match &limit.kind {
        LimitKind::MinBytes(least) => format!("At least {} of UTF-8.", bytes(*least)),
        LimitKind::MaxBytes(most) => format!("Up to {} of UTF-8.", bytes(*most)),
        LimitKind::MinItems(least) => format!("At least {}.", elements(*least)),
        LimitKind::MaxItems(most) => format!("Up to {}.", elements(*most)),
        LimitKind::Minimum(least) => format!("At least {least}."),
        LimitKind::Maximum(most) => format!("At most {most}."),
        LimitKind::OneOf {
            values,
            narrowed: true,
        } if values.len() > 1 => format!("Only {} here.", alternatives(values)),
        LimitKind::OneOf { .. } => return None,
    })
}

/// What is documented about the elements of a list or map.
fn element_facts(element: &Element) -> Option<String> {
    let limits = element.limits.iter().filter_map(limit);
    let limits: Vec<String> = limits
        .map(|limit| {
            let mut letters = limit.trim_end_matches('.').chars();
            let first = letters.next().into_iter().flat_map(char::to_lowercase);
            first.chain(letters).collect()
        })
        .collect();
    (!limits.is_empty()).then(|| format!("Each element: {}.", limits.join(", ")))
}

/// A rule about several members that points at this one.
fn rule_about(field: &Field, kind: &ObjectRuleKind) -> Option<String> {
    match kind {
        ObjectRuleKind::Difference {
            of,
            minus,
            minimum,
            maximum,
        } if *of == field.name => {
            let least = minimum.map(|least| format!("at least {least}"));
            let most = maximum.map(|most| format!("at most {most}"));
            let ends: Vec<String> = least.into_iter().chain(most).collect();
            Some(format!(
                "{} more than {}.",
                capital(&ends.join(" and ")),
                code(minus)
            ))
        }
        ObjectRuleKind::Sum {
            over,
            member,
            maximum,
        } if *over == field.name => {
            let what = member.as_ref().map_or_else(
                || "All elements".to_owned(),
                |member| format!("All {}", code(member)),
            );
            Some(format!(
                "{what} together: up to {} of UTF-8.",
                bytes(*maximum)
            ))
        }
        _ => None,
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

fn bytes(count: u32) -> String {
    counted(count, "byte")
}

fn elements(count: u32) -> String {
    counted(count, "element")
}

fn counted(count: u32, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
