//! Rules about several members of an object.

use serde_json::{Value, json};
use trtc_rooms_schema::ir::{ObjectRule, ObjectRuleKind};

use super::{Cases, Expect, breaks};
use crate::request::{Edit, MemberNode, ObjectNode, Shape, Steps, full};

/// A start that leaves room on both sides.
const START: i64 = 1_767_258_000;

/// Whether a rule about several members concerns one of them.
pub(super) fn concern(object: &ObjectNode, name: &str) -> bool {
    object.rules.iter().any(|rule| match &rule.kind {
        ObjectRuleKind::Difference { of, minus, .. } => of == name || minus == name,
        ObjectRuleKind::Sum { over, .. } => over == name,
        ObjectRuleKind::RequiredTogether(group) | ObjectRuleKind::AtLeastOneOf(group) => {
            group.iter().any(|member| member == name)
        }
    })
}

impl Cases<'_> {
    pub(super) fn rules(&mut self, object: &ObjectNode, at: &Steps) {
        for ObjectRule { kind, .. } in &object.rules {
            match kind {
                ObjectRuleKind::Difference {
                    of,
                    minus,
                    minimum,
                    maximum,
                } => {
                    self.difference(at, of, minus, *minimum, *maximum);
                }
                ObjectRuleKind::Sum {
                    over,
                    member,
                    maximum,
                } => {
                    self.sum(object, at, over, member.as_deref(), *maximum as usize);
                }
                ObjectRuleKind::RequiredTogether(group) => self.together(object, at, group),
                ObjectRuleKind::AtLeastOneOf(group) => self.at_least_one(at, group),
            }
        }
        for member in &object.members {
            self.conditional(object, member, at);
        }
    }

    fn difference(
        &mut self,
        at: &Steps,
        of: &str,
        minus: &str,
        minimum: Option<i64>,
        maximum: Option<i64>,
    ) {
        let (end, start) = (at.member(of), at.member(minus));
        let mut pair = |what: &str, last: Value, first: Value, expect: Expect| {
            let edits = vec![
                Edit::Set(start.clone(), first),
                Edit::Set(end.clone(), last),
            ];
            self.add(&end, &format!("difference/{what}"), edits, expect);
        };
        // What a length breaks, by the schema.
        let verdict = |length: i64| {
            if minimum.is_some_and(|least| length < least) {
                breaks(&end, "minDifference")
            } else if maximum.is_some_and(|most| length > most) {
                breaks(&end, "maxDifference")
            } else {
                Expect::Valid
            }
        };
        let mut lengths = vec![
            ("equal", 0),
            ("end-before-start", -1),
            ("end-far-before-start", -START),
        ];
        if let Some(least) = minimum {
            lengths.extend([
                ("min-less-1", least - 1),
                ("min", least),
                ("min-and-1", least + 1),
            ]);
        }
        if let Some(most) = maximum {
            lengths.extend([
                ("max-less-1", most - 1),
                ("max", most),
                ("max-and-1", most + 1),
            ]);
        }
        for (what, length) in lengths {
            pair(what, json!(START + length), json!(START), verdict(length));
            let (last, first) = (json!(length), json!(0));
            pair(&format!("{what}-from-0"), last, first, verdict(length));
            let (last, first) = (json!(i64::MIN + length.max(0)), json!(i64::MIN));
            pair(
                &format!("{what}-from-i64-min"),
                last,
                first,
                verdict(length.max(0)),
            );
            #[expect(clippy::cast_precision_loss, reason = "times are far below 2^53")]
            let (last, first) = (json!((START + length) as f64), json!(START as f64));
            pair(&format!("{what}-as-floats"), last, first, verdict(length));
        }
        let extremes = [i64::MIN, -1, 0, i64::MAX];
        for (last, first) in extremes
            .iter()
            .flat_map(|last| extremes.map(|first| (*last, first)))
        {
            let what = format!("extremes/{last}-minus-{first}");
            pair(&what, json!(last), json!(first), Expect::Open);
        }
        for (what, other) in [
            ("string", json!("0")),
            ("null", json!(null)),
            ("fraction", json!(0.5)),
        ] {
            let (right, wrong) = (json!(0), other);
            pair(
                &format!("start-is-{what}"),
                right.clone(),
                wrong.clone(),
                breaks(&start, "type"),
            );
            pair(
                &format!("end-is-{what}"),
                wrong,
                right,
                breaks(&end, "type"),
            );
        }
        for (what, absent) in [("start-only", &end), ("end-only", &start)] {
            let edits = vec![Edit::Remove(absent.clone())];
            self.add(&end, &format!("difference/{what}"), edits, Expect::Open);
        }
    }

    fn sum(
        &mut self,
        object: &ObjectNode,
        at: &Steps,
        over: &str,
        member: Option<&str>,
        most: usize,
    ) {
        let place = at.member(over);
        let Some(Shape::Array(element) | Shape::Map(element)) =
            object.member(over).map(|member| &member.node.shape)
        else {
            return;
        };
        let text_steps =
            member.map_or_else(Steps::default, |member| Steps::default().member(member));
        let largest = element
            .at(&text_steps.0)
            .and_then(|text| text.sizes().1)
            .unwrap_or(most + 1);
        for (what, total) in [
            ("under", most.saturating_sub(1)),
            ("at", most),
            ("over", most + 1),
        ] {
            let mut elements = Vec::new();
            let mut rest = total;
            while rest > 0 {
                let mut value = full(element);
                let size = rest.min(largest.max(1));
                Edit::Set(text_steps.clone(), json!("a".repeat(size))).apply(element, &mut value);
                elements.push(value);
                rest -= size;
            }
            let value = match object.member(over).map(|member| &member.node.shape) {
                Some(Shape::Map(_)) => {
                    let named = elements.into_iter().enumerate();
                    Value::Object(
                        named
                            .map(|(index, value)| (format!("key-{index}"), value))
                            .collect(),
                    )
                }
                _ => Value::Array(elements),
            };
            // Whether so many elements are allowed is a matter of other limits.
            self.set(&place, &format!("maxSum/{what}"), value, Expect::Open);
        }
    }

    fn together(&mut self, object: &ObjectNode, at: &Steps, group: &[String]) {
        let edit = |name: &String, is_there: bool| {
            let place = at.member(name);
            match object.member(name) {
                Some(member) if is_there => Edit::Set(place, full(&member.node)),
                _ => Edit::Remove(place),
            }
        };
        for (index, name) in group.iter().enumerate() {
            let only = group
                .iter()
                .map(|other| edit(other, other == name))
                .collect();
            let place = at.member(name);
            self.add(
                &place,
                &format!("requiredTogether/{index}-alone"),
                only,
                Expect::Open,
            );
            let without = group
                .iter()
                .map(|other| edit(other, other != name))
                .collect();
            self.add(
                &place,
                &format!("requiredTogether/{index}-missing"),
                without,
                Expect::Open,
            );
        }
        for (what, is_there) in [("none", false), ("all", true)] {
            let edits = group.iter().map(|name| edit(name, is_there)).collect();
            self.add(
                at,
                &format!("requiredTogether/{}-{what}", group.join("-")),
                edits,
                Expect::Open,
            );
        }
    }

    fn at_least_one(&mut self, at: &Steps, group: &[String]) {
        let without = |kept: Option<&String>| {
            let absent = group.iter().filter(|name| Some(*name) != kept);
            absent
                .map(|name| Edit::Remove(at.member(name)))
                .collect::<Vec<_>>()
        };
        let what = format!("atLeastOneOf/{}-none", group.join("-"));
        self.add(at, &what, without(None), Expect::Open);
        for name in group {
            let place = at.member(name);
            self.add(
                &place,
                "atLeastOneOf/alone",
                without(Some(name)),
                Expect::Open,
            );
        }
    }

    /// A member that has an effect only beside some values of a sibling, beside each.
    fn conditional(&mut self, object: &ObjectNode, member: &MemberNode, at: &Steps) {
        let Some(condition) = &member.applies_when else {
            return;
        };
        let here = at.member(&member.name);
        let sibling = at.member(&condition.member);
        let Some(Shape::Values(values)) = object
            .member(&condition.member)
            .map(|member| &member.node.shape)
        else {
            return;
        };
        let unknown = "Unheard-of".to_owned();
        let spellings = values.spellings().chain([&unknown]);
        for value in spellings {
            let edits = vec![Edit::Set(sibling.clone(), json!(value))];
            self.add(&here, &format!("appliesWhen/{value}"), edits, Expect::Open);
        }
        self.add(
            &here,
            "appliesWhen/absent",
            vec![Edit::Remove(sibling)],
            Expect::Open,
        );
    }
}
