//! The limits that descriptions state against those of the schema.

use serde_json::{Value, json};
use trtc_rooms_schema::document::{JsonType, Schema, Unit};
use trtc_rooms_schema::facts::Deviation;

use crate::diff::Comparison;
use crate::diff::fields::excerpt;
use crate::diff::members::{Found, Member, join};
use crate::edit::Edit;
use crate::page::{Field, Located};
use crate::report::{Entry, Place};
use crate::statement::{Bound, Limit, Measure, Statements};

/// The keywords after which a limit stands in a file, in the order of the files.
const BEFORE_LIMITS: &[&str] = &[
    "description",
    "$ref",
    "type",
    "enum",
    "items",
    "minBytes",
    "maxBytes",
    "minItems",
    "maxItems",
    "minimum",
    "maximum",
];

/// A limit that the schema has.
struct Known<'m, 'a> {
    rule: &'static str,
    limit: Limit,
    found: &'m Found<'a>,
    pointer: String,
}

impl<'a> Comparison<'a> {
    pub(super) fn limits(&mut self, field: &Field, member: &Member<'a>) {
        let mut known = known_limits(member);
        let mut stated: Vec<(&'static str, Located<Limit>)> = Vec::new();
        let mut unassigned: Vec<Located<Limit>> = Vec::new();
        for limit in &field.statements.limits {
            match rule_of(limit.value, member) {
                Some((rule, value)) => stated.push((rule, Located::new(value, limit.line))),
                None => unassigned.push(limit.clone()),
            }
        }
        // Two amounts for one rule: they are about parts that only a person can tell.
        let twice = |rule: &str| stated.iter().filter(|(other, _)| *other == rule).count() > 1;
        let (clear, unclear): (Vec<_>, Vec<_>) =
            stated.iter().cloned().partition(|(rule, _)| !twice(rule));
        unassigned.extend(unclear.into_iter().map(|(_, limit)| limit));
        for (rule, limit) in clear {
            let place = known.iter().position(|known| known.rule == rule);
            match place.map(|place| known.remove(place)) {
                Some(known) => self.changed(field, member, &known, &limit),
                None => self.new_limit(field, member, rule, &limit),
            }
        }
        let everything = member.everything();
        let mut texts = String::new();
        let mut limits = Vec::new();
        for value in &everything {
            collect_texts(value, &mut texts);
            collect_limits(value, "", &mut limits);
        }
        unassigned.retain(|limit| {
            let same = |known: &Limit| in_bytes(limit.value).contains(known);
            !limits.iter().any(same) && !mentions(&texts, limit.value)
        });
        for limit in &unassigned {
            let sides = (limit.value.to_string(), "no such limit");
            let place = member.own.place();
            let entry = Entry::new(
                Deviation::UnassignedLimit,
                &field.name,
                limit.line,
                sides,
                place,
            );
            self.add(entry.note("a limit that this field cannot have, or one of several"));
        }
        // A rule with an unclear limit on the page is neither gone nor changed.
        known.retain(|known| !stated.iter().any(|(rule, _)| *rule == known.rule));
        for known in known {
            self.removed(field, member, &known);
        }
    }

    fn changed(
        &mut self,
        field: &Field,
        member: &Member<'a>,
        known: &Known<'_, 'a>,
        stated: &Located<Limit>,
    ) {
        if known.limit == stated.value {
            return;
        }
        let tighter = match stated.value.bound {
            Bound::AtMost | Bound::Below => stated.value.amount < known.limit.amount,
            Bound::AtLeast | Bound::Above => stated.value.amount > known.limit.amount,
        };
        let deviation = if tighter {
            Deviation::TightenedLimit
        } else {
            Deviation::LoosenedLimit
        };
        let sides = (stated.value.to_string(), known.limit.to_string());
        let place = Place::new(&known.found.file.name, &known.pointer);
        let mut entry = Entry::new(deviation, &field.name, stated.line, sides, place);
        if self.is_here(known.found, member) {
            entry = entry.edit(Edit::set(&known.pointer, json!(stated.value.amount)));
        } else {
            entry = entry.note("the limit stands in a definition that others use too");
        }
        self.add(entry);
    }

    fn new_limit(
        &mut self,
        field: &Field,
        member: &Member<'a>,
        rule: &'static str,
        stated: &Located<Limit>,
    ) {
        let recorded = member.keyword(|schema| {
            let limits = schema.recorded_limits.iter();
            limits
                .filter(|limit| limit.rule == rule)
                .find(|limit| mentions(&limit.limit, stated.value))
        });
        if recorded.is_some() {
            return;
        }
        let sides = (stated.value.to_string(), "no such limit");
        let own = &member.own;
        let place = Place::new(&own.file.name, &join(&own.pointer, rule));
        let mut entry = Entry::new(
            Deviation::TightenedLimit,
            &field.name,
            stated.line,
            sides,
            place,
        );
        let of_two_members = rule.ends_with("Difference");
        if own.file.name == self.file.name && !of_two_members {
            entry = entry.edit(Edit::Insert {
                object: own.pointer.clone(),
                name: rule.to_owned(),
                value: json!(stated.value.amount),
                after: BEFORE_LIMITS,
            });
        }
        self.add(entry);
    }

    fn removed(&mut self, field: &Field, member: &Member<'a>, known: &Known<'_, 'a>) {
        let sides = ("no such limit", known.limit.to_string());
        let place = Place::new(&known.found.file.name, &known.pointer);
        let mut entry = Entry::new(
            Deviation::LoosenedLimit,
            &field.name,
            field.line,
            sides,
            place,
        );
        if self.is_here(known.found, member) {
            entry = entry.edit(Edit::Remove {
                pointer: known.pointer.clone(),
            });
        }
        self.add(entry);
    }

    /// Whether a limit stands in the member itself, or in the object around it, in the
    /// file of this endpoint: what stands elsewhere is not for one page to change.
    fn is_here(&self, found: &Found<'_>, member: &Member<'_>) -> bool {
        found.file.name == self.file.name
            && (found.pointer == member.own.pointer || found.pointer == member.holder.pointer)
    }

    /// Sentences outside of the tables that state a limit, unless the schema has it
    /// somewhere or its texts speak of it.
    pub(super) fn remarks(&mut self, members: &[&Member<'a>]) {
        let known: Vec<Limit> = members
            .iter()
            .flat_map(|member| known_limits(member))
            .map(|known| known.limit)
            .collect();
        let mut texts = String::new();
        collect_texts(&self.file.value, &mut texts);
        for remark in &self.page.remarks {
            let statements = Statements::read(std::slice::from_ref(remark));
            for limit in statements.limits {
                if known.contains(&limit.value) || mentions(&texts, limit.value) {
                    continue;
                }
                let sides = (limit.value.to_string(), "no such limit");
                let place = self.here("");
                let entry = Entry::new(Deviation::UnassignedLimit, "", remark.line, sides, place);
                self.add(entry.note(excerpt(&remark.value)));
            }
        }
    }
}

/// The texts of a schema file that people wrote about the page.
fn collect_texts(value: &Value, texts: &mut String) {
    match value {
        Value::String(text) => {
            texts.push_str(text);
            texts.push('\n');
        }
        Value::Array(elements) => {
            for element in elements {
                collect_texts(element, texts);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                if !["endpoint", "examples", "counterexamples"].contains(&name.as_str()) {
                    collect_texts(value, texts);
                }
            }
        }
        _ => {}
    }
}

/// The limits of a schema and of everything in it.
fn collect_limits(value: &Value, keyword: &str, limits: &mut Vec<Limit>) {
    match value {
        Value::Number(amount) => {
            let known = match keyword {
                "minBytes" => Some((Bound::AtLeast, Measure::Bytes)),
                "maxBytes" | "sums" => Some((Bound::AtMost, Measure::Bytes)),
                "minItems" | "minimum" => Some((Bound::AtLeast, Measure::Count)),
                "maxItems" | "maximum" => Some((Bound::AtMost, Measure::Count)),
                _ => None,
            };
            if let (Some((bound, measure)), Some(amount)) = (known, amount.as_i64()) {
                limits.push(Limit::new(bound, amount, measure));
            }
        }
        Value::Array(elements) => {
            for element in elements {
                collect_limits(element, keyword, limits);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                // The maximum of a sum counts bytes.
                let name = if keyword == "sums" { keyword } else { name };
                collect_limits(value, name, limits);
            }
        }
        _ => {}
    }
}

/// A limit as it is, and if it counts kilobytes, both readings of it in bytes.
fn in_bytes(limit: Limit) -> Vec<Limit> {
    let mut readings = vec![limit];
    if limit.measure == Measure::Kilobytes {
        for bytes in [1000, 1024] {
            let amount = limit.amount.saturating_mul(bytes);
            readings.push(Limit::new(limit.bound, amount, Measure::Bytes));
        }
    }
    readings
}

/// The keyword that a stated limit would have, and the limit in its measure.
fn rule_of(limit: Limit, member: &Member<'_>) -> Option<(&'static str, Limit)> {
    let kind = member.json_type()?;
    let upper = matches!(limit.bound, Bound::AtMost);
    let lower = matches!(limit.bound, Bound::AtLeast);
    let name = |most, least| match (upper, lower) {
        (true, _) => Some((most, limit)),
        (_, true) => Some((least, limit)),
        _ => None,
    };
    match (kind, limit.measure) {
        (JsonType::String, Measure::Bytes) => name("maxBytes", "minBytes"),
        // A text that must not be empty.
        (JsonType::String, Measure::Count) if lower && limit.amount == 1 => {
            Some(("minBytes", Limit::new(Bound::AtLeast, 1, Measure::Bytes)))
        }
        (JsonType::Array, Measure::Count) => name("maxItems", "minItems"),
        (JsonType::Integer, Measure::Count) => match limit.bound {
            // Whole numbers: less than 5 is at most 4.
            Bound::Below => Some(("maximum", at_most(limit.amount.checked_sub(1)?))),
            Bound::Above => Some(("minimum", at_least(limit.amount.checked_add(1)?))),
            _ => name("maximum", "minimum"),
        },
        (JsonType::Integer, Measure::Seconds) => {
            let differences = &member.holder.schema.differences;
            if differences.iter().any(|rule| rule.of == member.name()) {
                name("maxDifference", "minDifference")
            } else if member.keyword(|schema| schema.unit).map(|(unit, _)| unit)
                == Some(Unit::Seconds)
            {
                name("maximum", "minimum").map(|(rule, limit)| {
                    (rule, Limit::new(limit.bound, limit.amount, Measure::Count))
                })
            } else {
                None
            }
        }
        _ => None,
    }
}

const fn at_most(amount: i64) -> Limit {
    Limit::new(Bound::AtMost, amount, Measure::Count)
}

const fn at_least(amount: i64) -> Limit {
    Limit::new(Bound::AtLeast, amount, Measure::Count)
}

fn known_limits<'m, 'a>(member: &'m Member<'a>) -> Vec<Known<'m, 'a>> {
    type Get = fn(&Schema) -> Option<i64>;
    const RULES: [(&str, Bound, Measure, Get); 6] = [
        ("minBytes", Bound::AtLeast, Measure::Bytes, |s| {
            s.min_bytes.map(i64::from)
        }),
        ("maxBytes", Bound::AtMost, Measure::Bytes, |s| {
            s.max_bytes.map(i64::from)
        }),
        ("minItems", Bound::AtLeast, Measure::Count, |s| {
            s.min_items.map(i64::from)
        }),
        ("maxItems", Bound::AtMost, Measure::Count, |s| {
            s.max_items.map(i64::from)
        }),
        ("minimum", Bound::AtLeast, Measure::Count, |s| s.minimum),
        ("maximum", Bound::AtMost, Measure::Count, |s| s.maximum),
    ];
    let mut known = Vec::new();
    for (rule, bound, measure, get) in RULES {
        if let Some((amount, found)) = member.keyword(get) {
            known.push(Known {
                rule,
                limit: Limit::new(bound, amount, measure),
                found,
                pointer: join(&found.pointer, rule),
            });
        }
    }
    let holder = &member.holder;
    for (index, rule) in holder.schema.differences.iter().enumerate() {
        if rule.of != member.name() {
            continue;
        }
        let ends = [
            ("minDifference", Bound::AtLeast, "minimum", rule.minimum),
            ("maxDifference", Bound::AtMost, "maximum", rule.maximum),
        ];
        for (name, bound, keyword, amount) in ends {
            known.extend(amount.map(|amount| Known {
                rule: name,
                limit: Limit::new(bound, amount, Measure::Seconds),
                found: holder,
                pointer: join(
                    &join(&join(&holder.pointer, "differences"), &index.to_string()),
                    keyword,
                ),
            }));
        }
    }
    known
}

/// Whether a text has the amount of a limit as a number of its own, be it in a greater
/// unit.
fn mentions(text: &str, limit: Limit) -> bool {
    let mut amounts = vec![limit.amount];
    match limit.measure {
        Measure::Kilobytes => amounts.extend([
            limit.amount.saturating_mul(1000),
            limit.amount.saturating_mul(1024),
        ]),
        Measure::Seconds => {
            for unit in [60, 3600, 86400] {
                if limit.amount != 0 && limit.amount % unit == 0 {
                    amounts.push(limit.amount / unit);
                }
            }
        }
        _ => {}
    }
    let mut numbers = text.split(|character: char| !character.is_ascii_digit());
    numbers.any(|number| {
        number
            .parse::<i64>()
            .is_ok_and(|number| amounts.contains(&number))
    })
}
