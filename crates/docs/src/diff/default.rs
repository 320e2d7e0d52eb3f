//! The default that a description states against that of the schema.

use serde_json::Value;
use trtc_rooms_schema::document::JsonType;
use trtc_rooms_schema::facts::Deviation;

use crate::diff::Comparison;
use crate::diff::members::{Member, join};
use crate::page::Field;
use crate::report::{Entry, Place};
use crate::statement::DefaultValue;

impl<'a> Comparison<'a> {
    pub(super) fn default(&mut self, field: &Field, member: &Member<'a>) {
        let value = member.keyword(|schema| schema.default.as_ref());
        let words = member.keyword(|schema| schema.server_default.as_deref());
        let stated = field.statements.default.as_ref();
        let same = match stated.map(|stated| &stated.value) {
            None => value.is_none() && words.is_none(),
            Some(DefaultValue::Literal(text)) => match (&value, &words) {
                (Some((value, _)), _) => is(text, value, member.json_type()),
                // The name of another field, or a figure, in the schema's own words.
                (None, Some((words, _))) => self.same_words(text, words),
                (None, None) => false,
            },
            // Words cannot be compared with words: whether they still mean the same is
            // a question of meaning.
            Some(DefaultValue::Words(_)) => words.is_some(),
        };
        if same {
            return;
        }
        let (keyword, holder) = match (&value, &words) {
            (None, Some((_, holder))) => ("serverDefault", *holder),
            (Some((_, holder)), _) => ("default", *holder),
            (None, None) => ("default", &member.own),
        };
        let schema = match (value, words) {
            (Some((value, _)), _) => match value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            },
            (None, Some((words, _))) => words.to_owned(),
            (None, None) => "no default".to_owned(),
        };
        let page = stated.map_or("no default".to_owned(), |stated| stated.value.to_string());
        let line = stated.map_or(field.line, |stated| stated.line);
        let place = Place::new(&holder.file.name, &join(&holder.pointer, keyword));
        let sides = (page, schema);
        self.add(Entry::new(
            Deviation::Default,
            &field.name,
            line,
            sides,
            place,
        ));
    }

    /// `RoomId` is meant by "the room id"; any other value has to be there as it is.
    fn same_words(&self, literal: &str, words: &str) -> bool {
        let is_field = self
            .page
            .request
            .iter()
            .any(|field| field.leaf() == literal);
        is_field || words.contains(literal)
    }
}

/// Whether a printed value is a JSON value.
fn is(text: &str, value: &Value, kind: Option<JsonType>) -> bool {
    match (kind, value) {
        (Some(JsonType::Boolean), Value::Bool(known)) => {
            text.eq_ignore_ascii_case(if *known { "true" } else { "false" })
        }
        (_, Value::String(known)) => text == known,
        (_, Value::Number(known)) => text == known.to_string(),
        _ => false,
    }
}
