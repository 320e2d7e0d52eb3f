use super::{Walk, duplicate};
use crate::document::Schema;
use crate::problem::join;

impl<'a> Walk<'a, '_> {
    /// Lists of values, and words and spellings for them.
    pub(super) fn values(&mut self, pointer: &str, schema: &'a Schema) {
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
        let known = |value: &String| contains(listed, value);
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
        if let (Some(narrow), Some(target)) = (&schema.closed_values, self.target(schema)) {
            let wide = target.closed_values.as_ref().or(target.open_enum.as_ref());
            for value in narrow.iter().filter(|value| !contains(wide, value)) {
                self.problem(
                    join(pointer, "enum"),
                    format!("`{value}` is not in the list that `$ref` names"),
                );
            }
            if !target.value_aliases.is_empty() {
                self.problem(
                    join(pointer, "enum"),
                    "a list whose values have other spellings cannot be narrowed",
                );
            }
        }
    }
}

fn contains(list: Option<&Vec<String>>, value: &String) -> bool {
    list.is_some_and(|list| list.contains(value))
}
