use super::keywords::bounds;
use super::{Place, Position, Walk, join_all, resolve};
use crate::document::{JsonType, Schema};
use crate::problem::join;

impl<'a> Walk<'a, '_> {
    /// Where a `$ref` leads, and what stands beside it.
    pub(super) fn references(&mut self, place: &Place, schema: &'a Schema) {
        self.beside_reference(&place.pointer, schema);
        let pointer = &place.pointer;
        if let Some(reference) = &schema.reference {
            match resolve(self.set, self.file, reference) {
                _ if place.position == Position::Definition => self.problem(
                    join(pointer, "$ref"),
                    "a definition cannot be a reference: point at what it means",
                ),
                Ok(target) if target.schema.reference.is_some() => self.problem(
                    join(pointer, "$ref"),
                    format!("`{reference}` is itself a reference: point at what it means"),
                ),
                Ok(_) => {}
                Err(message) => self.problem(join(pointer, "$ref"), message),
            }
        }
        let is_inline = schema.reference.is_none()
            && schema.json_type == Some(JsonType::Object)
            && schema.additional_properties.is_none();
        if place.is_alias && place.position == Position::Element && is_inline {
            self.problem(
                pointer,
                "an object in a definition of a list or map needs a name: move it into `$defs`",
            );
        }
        if !schema.definitions.is_empty() && !pointer.is_empty() {
            self.problem(
                join(pointer, "$defs"),
                "`$defs` stands at the top of a file",
            );
        }
        for name in schema.definitions.keys().filter(|name| !is_type_name(name)) {
            self.problem(
                join_all(pointer, &["$defs", name]),
                "a definition is named in letters and digits, beginning with a capital letter",
            );
        }
    }

    /// What of a definition cannot be changed where it is used.
    fn beside_reference(&mut self, pointer: &str, schema: &'a Schema) {
        if schema.reference.is_none() {
            return;
        }
        let keywords = [
            ("type", schema.json_type.is_some()),
            ("properties", !schema.properties.is_empty()),
            (
                "additionalProperties",
                schema.additional_properties.is_some(),
            ),
            ("items", schema.items.is_some()),
            ("required", !schema.required.is_empty()),
            ("openEnum", schema.open_enum.is_some()),
            ("valueDescriptions", !schema.value_descriptions.is_empty()),
            ("valueAliases", !schema.value_aliases.is_empty()),
            ("differences", !schema.differences.is_empty()),
            ("sums", !schema.sums.is_empty()),
            ("requiredTogether", !schema.required_together.is_empty()),
            ("atLeastOneOf", !schema.at_least_one_of.is_empty()),
        ];
        for (keyword, _) in keywords.into_iter().filter(|(_, stands)| *stands) {
            self.problem(
                join(pointer, keyword),
                format!("`{keyword}` cannot stand beside `$ref`"),
            );
        }
        // Both limits hold, so the wider one says nothing.
        let Some(target) = self.target(schema) else {
            return;
        };
        let at_least = bounds(schema).into_iter().zip(bounds(target));
        for ((keyword, least, _), (_, target_least, _)) in at_least.clone() {
            if let (Some(least), Some(target)) = (least, target_least)
                && least < target
            {
                self.wider(join(pointer, keyword), least, target);
            }
        }
        for ((keyword, _, most), (_, _, target_most)) in at_least {
            if let (Some(most), Some(target)) = (most, target_most)
                && most > target
            {
                self.wider(join(pointer, &keyword.replace("min", "max")), most, target);
            }
        }
    }

    fn wider(&mut self, place: String, here: i64, target: i64) {
        self.problem(
            place,
            format!("{here} is wider than {target}, the limit of what `$ref` names"),
        );
    }
}

fn is_type_name(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_uppercase())
        && name.bytes().all(|letter| letter.is_ascii_alphanumeric())
}
