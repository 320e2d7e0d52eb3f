use trtc_rooms_core::INVALID_PARAMETER;

use super::types::Resolved;
use crate::document::Schema;
use crate::ir::{Limit, LimitKind, ObjectRule, ObjectRuleKind, Type};

impl<'a> Resolved<'a> {
    /// A limit, with the code that is named beside it.
    fn limit<T>(&self, rule: &str, keyword: impl Fn(&'a Schema) -> Option<T>) -> Option<(T, i32)> {
        let schema = self.stating(|schema| keyword(schema).is_some())?;
        Some((keyword(schema)?, code(schema, rule)))
    }

    /// The code for a value of another JSON type.
    pub(super) fn type_code(&self) -> i32 {
        self.stating(|schema| schema.json_type.is_some())
            .map_or(INVALID_PARAMETER, |schema| code(schema, "type"))
    }

    /// The limits of a value in the order in which they are checked: counts before
    /// the elements they count.
    pub(super) fn limits(&self, ty: &Type) -> Vec<Limit> {
        let sizes = [
            self.limit("minBytes", |schema| {
                schema.min_bytes.map(LimitKind::MinBytes)
            }),
            self.limit("maxBytes", |schema| {
                schema.max_bytes.map(LimitKind::MaxBytes)
            }),
            self.limit("minItems", |schema| {
                schema.min_items.map(LimitKind::MinItems)
            }),
            self.limit("maxItems", |schema| {
                schema.max_items.map(LimitKind::MaxItems)
            }),
            self.limit("minimum", |schema| schema.minimum.map(LimitKind::Minimum)),
            self.limit("maximum", |schema| schema.maximum.map(LimitKind::Maximum)),
        ];
        let values = self.limit("enum", |schema| schema.closed_values.clone());
        let values = values.filter(|_| matches!(ty, Type::ValueList(_)));
        let narrowed = self.is_narrowed();
        let values = values.map(|(values, code)| (LimitKind::OneOf { values, narrowed }, code));
        sizes
            .into_iter()
            .chain([values])
            .flatten()
            .map(|(kind, code)| Limit { kind, code })
            .collect()
    }
}

/// The rules about several members of an object.
pub(super) fn object_rules(schema: &Schema) -> Vec<ObjectRule> {
    let differences = schema.differences.iter().map(|rule| {
        let kind = ObjectRuleKind::Difference {
            of: rule.of.clone(),
            minus: rule.minus.clone(),
            minimum: rule.minimum,
            maximum: rule.maximum,
        };
        (kind, "differences")
    });
    let sums = schema.sums.iter().map(|rule| {
        let kind = ObjectRuleKind::Sum {
            over: rule.over.clone(),
            member: rule.member.clone(),
            maximum: rule.maximum,
        };
        (kind, "sums")
    });
    let together = schema.required_together.iter().map(|members| {
        let kind = ObjectRuleKind::RequiredTogether(members.clone());
        (kind, "requiredTogether")
    });
    let at_least_one = schema.at_least_one_of.iter().map(|members| {
        let kind = ObjectRuleKind::AtLeastOneOf(members.clone());
        (kind, "atLeastOneOf")
    });
    differences
        .chain(sums)
        .chain(together)
        .chain(at_least_one)
        .map(|(kind, rule)| ObjectRule {
            kind,
            code: code(schema, rule),
        })
        .collect()
}

fn code(schema: &Schema, rule: &str) -> i32 {
    schema
        .limit_codes
        .get(rule)
        .copied()
        .unwrap_or(INVALID_PARAMETER)
}
