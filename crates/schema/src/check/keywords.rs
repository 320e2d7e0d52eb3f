use super::{Place, Position, Side, Walk, codes, nearest};
use crate::document::{JsonType, Schema};
use crate::problem::join;

/// The keywords that state a rule, so that a code can be named for it.
const RULES: &[&str] = &[
    "type",
    "enum",
    "minBytes",
    "maxBytes",
    "minItems",
    "maxItems",
    "minimum",
    "maximum",
    "differences",
    "sums",
    "requiredTogether",
    "atLeastOneOf",
];

impl<'a> Walk<'a, '_> {
    pub(super) fn keywords(&mut self, place: &Place, schema: &'a Schema) {
        self.keyword_types(place, schema);
        self.ranges(&place.pointer, schema);
        self.positions(place, schema);
        self.limit_codes(place, schema);
        for (index, limit) in schema.recorded_limits.iter().enumerate() {
            if !RULES.contains(&limit.rule.as_str()) {
                self.unknown_rule(
                    format!("{}/recordedLimits/{index}/rule", place.pointer),
                    &limit.rule,
                );
            }
        }
    }

    /// Keywords that say nothing about the type that the schema has.
    fn keyword_types(&mut self, place: &Place, schema: &'a Schema) {
        use JsonType::{Array, Integer, Object, String};
        let pointer = &place.pointer;
        let meant = self.meant(schema);
        let ty = meant.json_type;
        let keywords = [
            ("minBytes", schema.min_bytes.is_some(), String),
            ("maxBytes", schema.max_bytes.is_some(), String),
            ("enum", schema.closed_values.is_some(), String),
            ("secret", schema.secret, String),
            ("openEnum", schema.open_enum.is_some(), String),
            ("minItems", schema.min_items.is_some(), Array),
            ("maxItems", schema.max_items.is_some(), Array),
            ("items", schema.items.is_some(), Array),
            ("minimum", schema.minimum.is_some(), Integer),
            ("maximum", schema.maximum.is_some(), Integer),
            ("unit", schema.unit.is_some(), Integer),
            ("properties", !schema.properties.is_empty(), Object),
            (
                "additionalProperties",
                schema.additional_properties.is_some(),
                Object,
            ),
            ("required", !schema.required.is_empty(), Object),
            ("differences", !schema.differences.is_empty(), Object),
            ("sums", !schema.sums.is_empty(), Object),
            (
                "requiredTogether",
                !schema.required_together.is_empty(),
                Object,
            ),
            ("atLeastOneOf", !schema.at_least_one_of.is_empty(), Object),
        ];
        for (keyword, stands, needed) in keywords {
            if stands && ty != Some(needed) {
                let message = format!("`{keyword}` needs `\"type\": \"{}\"`", needed.as_str());
                self.problem(join(pointer, keyword), message);
            }
        }
        if ty == Some(Array) && meant.items.is_none() {
            self.problem(pointer, "a list needs `items`");
        }
        if ty != Some(Object) {
            return;
        }
        match (
            meant.properties.is_empty(),
            meant.additional_properties.is_some(),
        ) {
            (false, true) => self.problem(
                join(pointer, "additionalProperties"),
                "an object has named members (`properties`) or freely named ones, not both",
            ),
            // Its members would be lost.
            (true, false) if place.position != Position::Top => self.problem(
                pointer,
                "an object needs `properties`, or `additionalProperties` for freely chosen names",
            ),
            _ => {}
        }
    }

    fn ranges(&mut self, pointer: &str, schema: &Schema) {
        for (keyword, least, most) in bounds(schema) {
            if let (Some(least), Some(most)) = (least, most)
                && least > most
            {
                self.problem(
                    join(pointer, keyword),
                    format!("{least} is above the greatest value, {most}"),
                );
            }
        }
    }

    /// Keywords that nothing is generated from where they stand.
    fn positions(&mut self, place: &Place, schema: &Schema) {
        let Place {
            pointer, position, ..
        } = place;
        let default = ("default", schema.default.is_some());
        let server_default = ("serverDefault", schema.server_default.is_some());
        let applies_when = ("appliesWhen", schema.applies_when.is_some());
        if !pointer.is_empty() {
            let title = ("title", schema.title.is_some());
            let why = "it stands at the top of a file; use `description`";
            self.misplaced(pointer, &[title], why);
        }
        let of_members = "it belongs to a member of an object";
        if *position != Position::Member {
            self.misplaced(pointer, &[applies_when], of_members);
        }
        if !matches!(position, Position::Member | Position::Definition) {
            let unit = ("unit", schema.unit.is_some());
            let secret = ("secret", schema.secret);
            let recorded = ("recordedLimits", !schema.recorded_limits.is_empty());
            let keywords = [default, server_default, unit, secret, recorded];
            self.misplaced(pointer, &keywords, of_members);
        }
        if !schema.also_named.is_empty() && (*position != Position::Member || place.is_sent(self)) {
            let also_named = ("alsoNamed", true);
            self.misplaced(pointer, &[also_named], "it belongs to a member of a reply");
        }
        if place.side == Side::Response {
            let keywords = [
                default,
                server_default,
                applies_when,
                ("limitCodes", !schema.limit_codes.is_empty()),
                ("differences", !schema.differences.is_empty()),
                ("sums", !schema.sums.is_empty()),
                ("requiredTogether", !schema.required_together.is_empty()),
                ("atLeastOneOf", !schema.at_least_one_of.is_empty()),
            ];
            self.misplaced(pointer, &keywords, "replies are not checked");
        }
        if default.1 && server_default.1 {
            self.problem(
                join(pointer, "serverDefault"),
                "a default is a value (`default`) or in words (`serverDefault`), not both",
            );
        }
    }

    fn misplaced(&mut self, pointer: &str, keywords: &[(&str, bool)], why: &str) {
        for (keyword, _) in keywords.iter().filter(|(_, stands)| *stands) {
            self.problem(
                join(pointer, keyword),
                format!("`{keyword}` has no meaning here: {why}"),
            );
        }
    }

    fn limit_codes(&mut self, place: &Place, schema: &Schema) {
        let pointer = &place.pointer;
        let stated = self.file.value.pointer(pointer);
        for (rule, code) in &schema.limit_codes {
            let place_of_code = join(&join(pointer, "limitCodes"), rule);
            if !RULES.contains(&rule.as_str()) {
                self.unknown_rule(place_of_code.clone(), rule);
            } else if stated.is_none_or(|stated| stated.get(rule).is_none()) {
                self.problem(&place_of_code, format!("this schema states no `{rule}`"));
            } else if rule == "type" && place.position == Position::Top {
                self.problem(
                    &place_of_code,
                    "a request that is no object is always refused with 100002",
                );
            }
            if !codes::is_known(self.set, self.file, *code) {
                self.problem(&place_of_code, format!("code {code} is in no table"));
            }
        }
    }

    fn unknown_rule(&mut self, place: String, rule: &str) {
        let help = match nearest(rule, RULES.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the rules are {}", RULES.join(", ")),
        };
        let message = format!("`{rule}` is no rule that a code can stand for");
        self.problem_with_help(place, message, Some(help));
    }
}

/// The pairs of a least and a greatest value, by the keyword of the least.
pub(super) fn bounds(schema: &Schema) -> [(&'static str, Option<i64>, Option<i64>); 3] {
    [
        (
            "minBytes",
            schema.min_bytes.map(i64::from),
            schema.max_bytes.map(i64::from),
        ),
        (
            "minItems",
            schema.min_items.map(i64::from),
            schema.max_items.map(i64::from),
        ),
        ("minimum", schema.minimum, schema.maximum),
    ]
}
