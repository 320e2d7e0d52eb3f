use indexmap::IndexMap;

use super::{codes, duplicate};
use crate::document::{JsonType, Schema};
use crate::files::{SchemaFile, SchemaSet};
use crate::problem::{Problem, join, nearest};
use crate::reference::resolve;

/// Schemas that say something about members, types or definitions which are not
/// there.
pub(super) fn check(set: &SchemaSet, file: &SchemaFile, problems: &mut Vec<Problem>) {
    let mut walk = Walk {
        set,
        file,
        problems,
    };
    walk.schema("", &file.document.schema);
    if let Some(response) = &file.document.response {
        walk.schema("/response", response);
    }
    if file.document.endpoint.is_some() {
        for (pointer, schema) in [
            ("", Some(&file.document.schema)),
            ("/response", file.document.response.as_ref()),
        ] {
            if schema.is_some_and(|schema| schema.json_type != Some(JsonType::Object)) {
                walk.problem(
                    pointer,
                    "the request and the response are objects: add `\"type\": \"object\"`",
                );
            }
        }
    }
}

/// Whether the request of an endpoint has a member at a JSON pointer.
pub(super) fn has_member(set: &SchemaSet, file: &SchemaFile, pointer: &str) -> bool {
    let mut schema = &file.document.schema;
    let mut home = file;
    for name in pointer.split('/').skip(1) {
        if let Some(reference) = &schema.reference {
            match resolve(set, home, reference) {
                Ok(target) => (schema, home) = (target.schema, target.file),
                Err(_) => return false,
            }
        }
        match schema.properties.get(name) {
            Some(property) => schema = property,
            None => return false,
        }
    }
    pointer.starts_with('/')
}

struct Walk<'a, 'p> {
    set: &'a SchemaSet,
    file: &'a SchemaFile,
    problems: &'p mut Vec<Problem>,
}

impl<'a> Walk<'a, '_> {
    fn problem(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.problems
            .push(Problem::new(&self.file.name, place, message));
    }

    fn schema(&mut self, pointer: &str, schema: &'a Schema) {
        self.reference(pointer, schema);
        self.keyword_types(pointer, schema);
        self.ranges(pointer, schema);
        self.values(pointer, schema);
        self.members(pointer, schema);
        self.limit_codes(pointer, schema);
        for (name, inner) in &schema.properties {
            self.schema(&join(&join(pointer, "properties"), name), inner);
        }
        for (name, inner) in &schema.definitions {
            self.schema(&join(&join(pointer, "$defs"), name), inner);
        }
        if let Some(inner) = &schema.items {
            self.schema(&join(pointer, "items"), inner);
        }
        if let Some(inner) = &schema.additional_properties {
            self.schema(&join(pointer, "additionalProperties"), inner);
        }
    }

    fn reference(&mut self, pointer: &str, schema: &Schema) {
        if let Some(reference) = &schema.reference {
            match resolve(self.set, self.file, reference) {
                Ok(target) if target.schema.reference.is_some() => self.problem(
                    join(pointer, "$ref"),
                    format!("`{reference}` is itself a reference: point at what it means"),
                ),
                Ok(_) => {}
                Err(message) => self.problem(join(pointer, "$ref"), message),
            }
            if schema.json_type.is_some() || !schema.properties.is_empty() || schema.items.is_some()
            {
                self.problem(
                    pointer,
                    "`type`, `properties` and `items` cannot stand beside `$ref`",
                );
            }
        }
        if !schema.definitions.is_empty() && !pointer.is_empty() {
            self.problem(
                join(pointer, "$defs"),
                "`$defs` stands at the top of a file",
            );
        }
    }

    /// Keywords that say nothing about the type that the schema has.
    fn keyword_types(&mut self, pointer: &str, schema: &Schema) {
        use JsonType::{Array, Integer, Object, String};
        let ty = match self.target(schema) {
            Some(target) => target.json_type,
            None => schema.json_type,
        };
        let keywords = [
            ("minBytes", schema.min_bytes.is_some(), String),
            ("maxBytes", schema.max_bytes.is_some(), String),
            ("enum", schema.closed_values.is_some(), String),
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
        if ty == Some(Array) && self.target(schema).unwrap_or(schema).items.is_none() {
            self.problem(pointer, "a list needs `items`");
        }
    }

    fn ranges(&mut self, pointer: &str, schema: &Schema) {
        let ranges = [
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
        ];
        for (keyword, least, most) in ranges {
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

    fn values(&mut self, pointer: &str, schema: &Schema) {
        if schema.closed_values.is_some() && schema.open_enum.is_some() {
            self.problem(
                join(pointer, "openEnum"),
                "a list is closed (`enum`) or open (`openEnum`), not both",
            );
        }
        let listed = schema.closed_values.as_ref().or(schema.open_enum.as_ref());
        for value in listed.into_iter().filter_map(duplicate) {
            self.problem(pointer, format!("the value `{value}` stands twice"));
        }
        let known = |value: &String| listed.is_some_and(|values| values.contains(value));
        for (value, _) in schema
            .value_descriptions
            .iter()
            .filter(|(value, _)| !known(value))
        {
            let place = join(&join(pointer, "valueDescriptions"), value);
            self.problem(place, format!("`{value}` is not in the list of values"));
        }
        for (alias, value) in &schema.value_aliases {
            let place = join(&join(pointer, "valueAliases"), alias);
            if schema.open_enum.is_none() {
                self.problem(
                    place,
                    "other spellings go with `openEnum`; list them in a closed `enum`",
                );
            } else if !known(value) || known(alias) {
                self.problem(
                    place,
                    format!("`{value}` has to be in the list, and `{alias}` not"),
                );
            }
        }
        if let (Some(narrow), Some(Some(wide))) = (
            &schema.closed_values,
            self.target(schema)
                .map(|target| target.closed_values.as_ref()),
        ) {
            for value in narrow.iter().filter(|value| !wide.contains(value)) {
                self.problem(
                    join(pointer, "enum"),
                    format!("`{value}` is not in the list that `$ref` names"),
                );
            }
        }
    }

    /// Rules about members: the members have to be there, with the right type.
    fn members(&mut self, pointer: &str, schema: &'a Schema) {
        let members = &schema.properties;
        for (index, name) in schema.required.iter().enumerate() {
            self.member(members, name, None, &format!("{pointer}/required/{index}"));
        }
        for (index, rule) in schema.differences.iter().enumerate() {
            let place = format!("{pointer}/differences/{index}");
            self.member(
                members,
                &rule.of,
                Some(&[JsonType::Integer]),
                &join(&place, "of"),
            );
            self.member(
                members,
                &rule.minus,
                Some(&[JsonType::Integer]),
                &join(&place, "minus"),
            );
            if rule.minimum.is_none() && rule.maximum.is_none() {
                self.problem(&place, "a difference needs a `minimum` or a `maximum`");
            }
        }
        for (index, rule) in schema.sums.iter().enumerate() {
            let place = format!("{pointer}/sums/{index}/over");
            self.member(
                members,
                &rule.over,
                Some(&[JsonType::Array, JsonType::Object]),
                &place,
            );
        }
        for (keyword, groups) in [
            ("requiredTogether", &schema.required_together),
            ("atLeastOneOf", &schema.at_least_one_of),
        ] {
            for (index, name) in groups.iter().flatten().enumerate() {
                self.member(members, name, None, &format!("{pointer}/{keyword}/{index}"));
            }
        }
        for (name, property) in members {
            if let Some(condition) = &property.applies_when {
                let place = format!("{}/appliesWhen", join(&join(pointer, "properties"), name));
                self.member(members, &condition.member, None, &join(&place, "member"));
                let sibling = members.get(&condition.member);
                let listed = sibling.and_then(|sibling| {
                    let schema = self.target(sibling).unwrap_or(sibling);
                    schema.closed_values.as_ref().or(schema.open_enum.as_ref())
                });
                for value in &condition.values {
                    if listed.is_none_or(|values| !values.contains(value)) {
                        self.problem(
                            join(&place, "values"),
                            format!("`{value}` is no listed value of `{}`", condition.member),
                        );
                    }
                }
            }
        }
    }

    fn member(
        &mut self,
        members: &'a IndexMap<String, Schema>,
        name: &str,
        types: Option<&[JsonType]>,
        place: &str,
    ) {
        let Some(schema) = members.get(name) else {
            let mut problem = Problem::new(
                &self.file.name,
                place,
                format!("there is no member `{name}`"),
            );
            if let Some(near) = nearest(name, members.keys().map(String::as_str)) {
                problem = problem.help(format!("did you mean `{near}`?"));
            }
            self.problems.push(problem);
            return;
        };
        let ty = self.target(schema).unwrap_or(schema).json_type;
        if let Some(types) = types
            && !ty.is_some_and(|ty| types.contains(&ty))
        {
            let types: Vec<&str> = types.iter().map(|ty| ty.as_str()).collect();
            self.problem(
                place,
                format!("`{name}` has to be of type {}", types.join(" or ")),
            );
        }
    }

    fn limit_codes(&mut self, pointer: &str, schema: &Schema) {
        let stated = self.file.value.pointer(pointer);
        for (rule, code) in &schema.limit_codes {
            let place = join(&join(pointer, "limitCodes"), rule);
            if stated.is_none_or(|stated| stated.get(rule).is_none()) {
                self.problem(&place, format!("this schema states no `{rule}`"));
            }
            if !codes::is_known(self.set, self.file, *code) {
                self.problem(&place, format!("code {code} is in no table"));
            }
        }
    }

    fn target(&self, schema: &Schema) -> Option<&'a Schema> {
        let reference = schema.reference.as_ref()?;
        resolve(self.set, self.file, reference)
            .ok()
            .map(|target| target.schema)
    }
}
