use super::{Place, Position, Walk};
use crate::document::{JsonType, Schema};

impl<'a> Walk<'a, '_> {
    /// What is generated has to be documented.
    pub(super) fn docs(&mut self, place: &Place, schema: &'a Schema) {
        let document = &self.file.document;
        let is_generated = document.endpoint.is_some()
            || document.event.is_some()
            || place.pointer.starts_with("/$defs/");
        if !is_generated {
            return;
        }
        let pointer = &place.pointer;
        let has_words = |schema: &Schema| {
            let words = schema.description.as_deref();
            words.is_some_and(|words| !words.trim().is_empty())
        };
        let is_list = schema.closed_values.is_some() || schema.open_enum.is_some();
        let is_inline = schema.reference.is_none() && schema.json_type == Some(JsonType::Object);
        let needs_words = match place.position {
            // The words for the request are missed elsewhere.
            Position::Top => !pointer.is_empty(),
            Position::Member => true,
            Position::Definition => is_list || is_inline,
            Position::Element => is_inline && schema.additional_properties.is_none(),
        };
        if needs_words && !has_words(self.meant(schema)) && !has_words(schema) {
            self.problem(
                pointer,
                "a `description` is missing: it becomes documentation",
            );
        }
        if place.position == Position::Element && !needs_words && schema.description.is_some() {
            self.problem(
                format!("{pointer}/description"),
                "these words would be lost: describe the list or map as a whole",
            );
        }
        if schema.reference.is_some() {
            return;
        }
        let values = schema.closed_values.as_ref().or(schema.open_enum.as_ref());
        for value in values.into_iter().flatten() {
            let words = schema.value_descriptions.get(value);
            if words.is_none_or(|words| words.trim().is_empty()) {
                self.problem(
                    format!("{pointer}/valueDescriptions"),
                    format!("words for `{value}` are missing: they become documentation"),
                );
            }
        }
    }
}
