//! Judging a request by a table.

use std::collections::BTreeSet;

use serde_json::{Map, Number, Value};

use super::phrase::{INVALID_PARAMETER, rule};
use super::table::{Field, Limit, LimitKind, Object, Table, Type};
use crate::verdict::{Hint, Verdict};

/// "Account ids in the body must be JSON strings, never numbers (60015)."
const ACCOUNT_IS_NO_STRING: i32 = 60_015;

/// The first whole number that 64 bits with a sign do not hold.
const TWO_TO_THE_63: f64 = 9_223_372_036_854_775_808.0;

/// What a request shows of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The index of the statement in [`Table::statements`].
    pub statement: usize,
    /// On which side the request is.
    pub side: Side,
    /// Whether it is as near to the other side as can be.
    pub is_tight: bool,
}

/// On which side of a statement a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It keeps to it.
    Kept,
    /// It does not.
    Broken,
}

impl Table {
    /// Every rule that a request breaks, and every hint. `see` is told of each statement
    /// that the request has to do with.
    pub fn judge(&self, request: &Value, see: &mut dyn FnMut(Seen)) -> Verdict {
        let mut judging = Judging {
            verdict: Verdict {
                hints: Some(BTreeSet::new()),
                ..Verdict::default()
            },
            see,
        };
        match request {
            Value::Object(members) => judging.object(&self.request, members, ""),
            _ => judging.breaks("", "type", INVALID_PARAMETER),
        }
        judging.verdict
    }
}

struct Judging<'a> {
    verdict: Verdict,
    see: &'a mut dyn FnMut(Seen),
}

impl Judging<'_> {
    fn object(&mut self, object: &Object, members: &Map<String, Value>, at: &str) {
        for member in &object.members {
            let here = step(at, &member.name);
            let value = members.get(&member.name);
            let is_missing = member.required && value.is_none();
            // An optional member shows that it is one by being absent.
            if member.required || value.is_none() {
                self.saw(member.presence, !is_missing, true);
            }
            if is_missing {
                self.breaks(&here, "required", INVALID_PARAMETER);
            }
            if let Some(value) = value
                && self.value(&member.field, value, &here)
            {
                for limit in &member.field.limits {
                    self.beside_siblings(object, limit, value, members, &here);
                }
            }
        }
        for limit in &object.rules {
            self.group(limit, members, at);
        }
        for name in members.keys() {
            if !object.members.iter().any(|member| member.name == *name) {
                self.hint(&step(at, name), "unknownField");
            }
        }
    }

    /// Judges a value by itself. Says whether it has the right type.
    fn value(&mut self, field: &Field, value: &Value, at: &str) -> bool {
        let has_type = match (&field.ty, value) {
            (Type::String | Type::Account, Value::String(_))
            | (Type::Number, Value::Number(_))
            | (Type::Bool, Value::Bool(_))
            | (Type::Object(_) | Type::Map(_), Value::Object(_))
            | (Type::Array(_), Value::Array(_))
            | (Type::Any, _) => true,
            (Type::Integer, Value::Number(number)) => whole(number).is_some(),
            _ => false,
        };
        self.saw(field.type_statement, has_type, true);
        if !has_type {
            let code = match field.ty {
                Type::Account => ACCOUNT_IS_NO_STRING,
                _ => INVALID_PARAMETER,
            };
            self.breaks(at, "type", code);
            return false;
        }
        let mut look_inside = true;
        for limit in &field.limits {
            let holds = self.alone(limit, value, at);
            // Nobody counts what is in a list that is too long.
            look_inside &= holds || !matches!(limit.kind, LimitKind::MaxItems(_));
        }
        match (&field.ty, value) {
            (Type::Object(object), Value::Object(members)) => self.object(object, members, at),
            (Type::Array(element), Value::Array(elements)) if look_inside => {
                for (index, value) in elements.iter().enumerate() {
                    self.value(element, value, &format!("{at}/{index}"));
                }
            }
            (Type::Map(element), Value::Object(members)) if look_inside => {
                for (name, value) in members {
                    self.value(element, value, &step(at, name));
                }
            }
            _ => {}
        }
        true
    }

    /// Judges what is said about a value alone. Says whether it holds.
    fn alone(&mut self, limit: &Limit, value: &Value, at: &str) -> bool {
        let bytes = value.as_str().map_or(0, str::len);
        let items = match value {
            Value::Array(elements) => elements.len(),
            Value::Object(members) => members.len(),
            _ => 0,
        };
        let number = value.as_number().and_then(whole).unwrap_or_default();
        // How much there is to the limit; below zero it is broken.
        let room = match limit.kind {
            LimitKind::MinBytes(least) => distance(least, bytes),
            LimitKind::MaxBytes(most) => distance(bytes, most),
            LimitKind::MinItems(least) => distance(least, items),
            LimitKind::MaxItems(most) => distance(items, most),
            LimitKind::Minimum(least) => number - i128::from(least),
            LimitKind::Maximum(most) => i128::from(most) - number,
            LimitKind::Sum(ref member, most) => distance(sum(value, member.as_deref()), most),
            LimitKind::Only(ref values) => return self.listed(limit, values, value, at),
            LimitKind::Among(ref values, ref aliases) => {
                self.known(limit, values, aliases, value, at);
                return true;
            }
            LimitKind::UnixSeconds => {
                // Twelve digits are the year 5138 in seconds, and 1973 in milliseconds.
                let room = 99_999_999_999 - number;
                self.saw(limit.statement, room >= 0, matches!(room, -1 | 0));
                if room < 0 {
                    self.hint(at, "milliseconds");
                }
                return true;
            }
            _ => return true,
        };
        self.within(limit, room, at)
    }

    fn within(&mut self, limit: &Limit, room: i128, at: &str) -> bool {
        self.saw(limit.statement, room >= 0, matches!(room, -1 | 0));
        if room < 0 {
            self.breaks(at, rule(&limit.kind), limit.code);
        }
        room >= 0
    }

    fn listed(&mut self, limit: &Limit, values: &[String], value: &Value, at: &str) -> bool {
        let found = values
            .iter()
            .position(|listed| Some(listed.as_str()) == value.as_str());
        self.saw(limit.statement, found.is_some(), true);
        match found {
            // Each value is a statement of its own, after that of the list.
            Some(index) => self.saw(limit.statement + 1 + index, true, true),
            None => self.breaks(at, "enum", limit.code),
        }
        found.is_some()
    }

    fn known(
        &mut self,
        limit: &Limit,
        values: &[String],
        aliases: &[(String, String)],
        value: &Value,
        at: &str,
    ) {
        let text = value.as_str().unwrap_or_default();
        let spelt = values.iter().map(String::as_str);
        let mut spelt = spelt.chain(aliases.iter().map(|(alias, _)| alias.as_str()));
        let found = spelt.position(|known| known == text);
        self.saw(limit.statement, found.is_some(), true);
        match found {
            Some(index) => self.saw(limit.statement + 1 + index, true, true),
            None => self.hint(at, "unknownValue"),
        }
    }

    /// Judges what is said about a value and its siblings.
    fn beside_siblings(
        &mut self,
        object: &Object,
        limit: &Limit,
        value: &Value,
        members: &Map<String, Value>,
        at: &str,
    ) {
        let integer = |value: &Value| value.as_number().and_then(whole);
        match &limit.kind {
            LimitKind::MinDifference(sibling, number)
            | LimitKind::MaxDifference(sibling, number) => {
                let start = members.get(sibling).and_then(integer);
                if let (Some(end), Some(start)) = (integer(value), start) {
                    let length = end - start;
                    let room = match limit.kind {
                        LimitKind::MinDifference(..) => length - i128::from(*number),
                        _ => i128::from(*number) - length,
                    };
                    self.within(limit, room, at);
                }
            }
            LimitKind::EffectOnlyWith(sibling, values) => {
                let text = members.get(sibling).and_then(Value::as_str);
                if let Some(text) = text.and_then(|text| documented(object, sibling, text)) {
                    let has_effect = values.iter().any(|value| value == text);
                    self.saw(limit.statement, has_effect, true);
                    if !has_effect {
                        self.hint(at, "noEffect");
                    }
                }
            }
            _ => {}
        }
    }

    fn group(&mut self, limit: &Limit, members: &Map<String, Value>, at: &str) {
        let present = |names: &[String]| {
            names
                .iter()
                .filter(|name| members.contains_key(*name))
                .count()
        };
        let holds = match &limit.kind {
            LimitKind::AllOrNone(names) => [0, names.len()].contains(&present(names)),
            LimitKind::AtLeastOne(names) => present(names) > 0,
            _ => return,
        };
        self.saw(limit.statement, holds, true);
        if !holds {
            self.breaks(at, rule(&limit.kind), limit.code);
        }
    }

    fn breaks(&mut self, at: &str, rule: &str, code: i32) {
        self.verdict.add(at, rule, code);
    }

    fn hint(&mut self, at: &str, kind: &str) {
        let hint = Hint::new(at, kind);
        self.verdict.hints.get_or_insert_default().insert(hint);
    }

    fn saw(&mut self, statement: usize, is_kept: bool, is_tight: bool) {
        let side = if is_kept { Side::Kept } else { Side::Broken };
        (self.see)(Seen {
            statement,
            side,
            is_tight,
        });
    }
}

/// What a text means in a list of values; nothing if it is in none.
fn documented<'a>(object: &'a Object, member: &str, text: &str) -> Option<&'a str> {
    let member = object.members.iter().find(|other| other.name == member)?;
    member
        .field
        .limits
        .iter()
        .find_map(|limit| match &limit.kind {
            LimitKind::Only(values) => values
                .iter()
                .find(|value| *value == text)
                .map(String::as_str),
            LimitKind::Among(values, aliases) => {
                let alias = aliases.iter().find(|(alias, _)| alias == text);
                let text = alias.map_or(text, |(_, value)| value);
                values
                    .iter()
                    .find(|value| *value == text)
                    .map(String::as_str)
            }
            _ => None,
        })
}

/// A whole number that fits 64 bits with a sign, however it is written.
fn whole(number: &Number) -> Option<i128> {
    if let Some(number) = number.as_i128() {
        return i64::try_from(number).ok().map(i128::from);
    }
    let float = number.as_f64()?;
    let fits = float.fract() == 0.0 && (-TWO_TO_THE_63..TWO_TO_THE_63).contains(&float);
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and fits")]
    fits.then_some(float as i128)
}

/// The bytes of all elements, or of a member of each.
fn sum(value: &Value, member: Option<&str>) -> usize {
    let size = |element: &Value| {
        let text = member.map_or(Some(element), |member| element.get(member));
        text.and_then(Value::as_str).map_or(0, str::len)
    };
    match value {
        Value::Array(elements) => elements.iter().map(size).sum(),
        Value::Object(members) => members.values().map(size).sum(),
        _ => 0,
    }
}

fn distance(from: usize, to: usize) -> i128 {
    to as i128 - from as i128
}

fn step(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}
