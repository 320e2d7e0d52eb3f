use indexmap::IndexMap;

use super::{Walk, duplicate, join_all, nearest};
use crate::document::{AppliesWhen, Difference, JsonType, Schema, Sum};
use crate::problem::join;

type Members = IndexMap<String, Schema>;

impl<'a> Walk<'a, '_> {
    /// Rules about members: the members have to be there, with the right type.
    pub(super) fn members(&mut self, pointer: &str, schema: &'a Schema) {
        let members = &schema.properties;
        for (index, name) in schema.required.iter().enumerate() {
            self.member(members, name, &format!("{pointer}/required/{index}"));
        }
        if let Some(name) = duplicate(&schema.required) {
            self.problem(join(pointer, "required"), format!("`{name}` stands twice"));
        }
        for (index, rule) in schema.differences.iter().enumerate() {
            self.difference(members, rule, &format!("{pointer}/differences/{index}"));
        }
        for (index, rule) in schema.sums.iter().enumerate() {
            self.sum(members, rule, &format!("{pointer}/sums/{index}"));
        }
        for (keyword, groups) in [
            ("requiredTogether", &schema.required_together),
            ("atLeastOneOf", &schema.at_least_one_of),
        ] {
            for (index, group) in groups.iter().enumerate() {
                self.group(schema, group, &format!("{pointer}/{keyword}/{index}"));
            }
        }
        let names = members.keys();
        let others = members.values().flat_map(|member| &member.also_named);
        if let Some(name) = duplicate(names.chain(others)) {
            let message = format!("two members are named `{name}`");
            self.problem(join(pointer, "properties"), message);
        }
        for (name, property) in members {
            if let Some(condition) = &property.applies_when {
                let place = join_all(pointer, &["properties", name, "appliesWhen"]);
                self.condition(members, name, condition, &place);
            }
        }
    }

    fn difference(&mut self, members: &'a Members, rule: &Difference, place: &str) {
        for (keyword, name) in [("of", &rule.of), ("minus", &rule.minus)] {
            let place = join(place, keyword);
            if let Some(member) = self.member(members, name, &place)
                && member.json_type != Some(JsonType::Integer)
            {
                self.problem(place, format!("`{name}` has to be of type integer"));
            }
        }
        match (rule.minimum, rule.maximum) {
            (None, None) => self.problem(place, "a difference needs a `minimum` or a `maximum`"),
            (Some(least), Some(most)) if least > most => self.problem(
                join(place, "minimum"),
                format!("{least} is above the greatest value, {most}"),
            ),
            _ => {}
        }
        if rule.of == rule.minus {
            self.problem(place, "a difference is one of two members");
        }
    }

    fn sum(&mut self, members: &'a Members, rule: &Sum, place: &str) {
        let over = join(place, "over");
        let Some(list) = members.get(&rule.over) else {
            self.member(members, &rule.over, &over);
            return;
        };
        let list = self.located(list).meant(self.set);
        let elements = match list.schema.json_type {
            Some(JsonType::Array) => list.schema.items.as_deref(),
            Some(JsonType::Object) => list.schema.additional_properties.as_deref(),
            _ => None,
        };
        let Some(elements) = elements else {
            return self.problem(over, format!("`{}` has to be a list or a map", rule.over));
        };
        let mut element = list;
        element.schema = elements;
        let element = element.meant(self.set);
        let (text, place) = match &rule.member {
            None => (Some(element.schema), over),
            Some(name) => {
                let place = join(place, "member");
                let mut member = element;
                let found = element.schema.properties.get(name);
                let found = found.map(|schema| {
                    member.schema = schema;
                    member.meant(self.set).schema
                });
                if found.is_none() {
                    self.member(&element.schema.properties, name, &place);
                    return;
                }
                (found, place)
            }
        };
        let is_text = text.is_some_and(|schema| {
            schema.json_type == Some(JsonType::String)
                && schema.closed_values.is_none()
                && schema.open_enum.is_none()
        });
        if !is_text {
            self.problem(place, "what is added up has to be text");
        }
    }

    fn group(&mut self, schema: &'a Schema, group: &[String], place: &str) {
        for (index, name) in group.iter().enumerate() {
            let place = format!("{place}/{index}");
            self.member(&schema.properties, name, &place);
            if schema.required.contains(name) {
                self.problem(place, format!("`{name}` is mandatory in any case"));
            }
        }
        if let Some(name) = duplicate(group) {
            self.problem(place, format!("`{name}` stands twice"));
        }
    }

    fn condition(
        &mut self,
        members: &'a Members,
        name: &str,
        condition: &AppliesWhen,
        place: &str,
    ) {
        let AppliesWhen { member, values } = condition;
        let Some(sibling) = self.member(members, member, &join(place, "member")) else {
            return;
        };
        if member == name {
            return self.problem(join(place, "member"), "a condition is about another member");
        }
        let listed = sibling
            .closed_values
            .as_ref()
            .or(sibling.open_enum.as_ref());
        for (index, value) in values.iter().enumerate() {
            if listed.is_none_or(|listed| !listed.contains(value)) {
                let help = listed
                    .and_then(|listed| nearest(value, listed.iter().map(String::as_str)))
                    .map(|near| format!("did you mean `{near}`?"));
                self.problem_with_help(
                    format!("{place}/values/{index}"),
                    format!("`{value}` is no listed value of `{member}`"),
                    help,
                );
            }
        }
        if let Some(value) = duplicate(values) {
            self.problem(join(place, "values"), format!("`{value}` stands twice"));
        }
    }

    /// The schema of a member, or what its `$ref` names; a problem if there is none.
    fn member(&mut self, members: &'a Members, name: &str, place: &str) -> Option<&'a Schema> {
        if let Some(schema) = members.get(name) {
            return Some(self.meant(schema));
        }
        let help = nearest(name, members.keys().map(String::as_str))
            .map(|near| format!("did you mean `{near}`?"));
        self.problem_with_help(place, format!("there is no member `{name}`"), help);
        None
    }
}
