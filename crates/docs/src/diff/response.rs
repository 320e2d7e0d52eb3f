//! The table of response fields against the members of the response.

use trtc_rooms_schema::facts::Deviation;

use crate::diff::Comparison;
use crate::diff::members::{Member, members};
use crate::page::Field;
use crate::report::Entry;
use crate::sample::Direction;

impl<'a> Comparison<'a> {
    pub(super) fn response_fields(&mut self) {
        let Some(response) = &self.file.document.response else {
            return;
        };
        let envelope = self.envelope();
        let all = members(self.set, self.file, "/response", response);
        let mut samples = self.sample_paths(Direction::Response);
        samples.retain(|(path, _)| !(path.len() == 1 && envelope.contains(&path[0])));
        let matched = self.match_fields(&self.page.response, all, &samples);
        for (field, member) in &matched.pairs {
            self.place(field, member, &samples);
            self.kind(field, member);
        }
        // What every reply has stands in the table too, and in no schema of a response.
        let matched = super::fields::Matched {
            fields: matched
                .fields
                .into_iter()
                .filter(|field| {
                    !envelope.contains(&field.name.as_str()) && field.name != "Response"
                })
                .collect(),
            ..matched
        };
        self.only_on_page(&matched, &samples, "/response");
        if !self.page.response.is_empty() {
            self.only_in_schema(&matched, &samples);
        }
        self.response_samples(&matched.pairs);
    }

    /// The members that every reply has.
    fn envelope(&self) -> Vec<&'a str> {
        let file = self.set.file("common/envelope.json");
        file.into_iter()
            .flat_map(|file| file.document.schema.properties.keys())
            .map(String::as_str)
            .collect()
    }

    /// A value in a sample that is not of the type of its member. Replies are read
    /// leniently, so that this is all that a sample of one can break.
    fn response_samples(&mut self, pairs: &[(&Field, Member<'a>)]) {
        let page = self.page;
        let samples = page.samples.iter();
        for sample in samples.filter(|sample| sample.direction == Direction::Response) {
            let Ok(value) = &sample.value else { continue };
            let data = value.get("Response").unwrap_or(value);
            for (field, member) in pairs {
                let Some(kind) = member.json_type() else {
                    continue;
                };
                let wrong = values_at(data, &member.path)
                    .into_iter()
                    .map(name_of)
                    .find(|found| {
                        *found != kind.as_str()
                            && !(*found == "integer" && kind.as_str() == "number")
                    });
                if let Some(wrong) = wrong {
                    let line = sample
                        .members
                        .iter()
                        .find(|shown| {
                            shown.path.ends_with(
                                &member
                                    .path
                                    .iter()
                                    .map(ToString::to_string)
                                    .collect::<Vec<_>>(),
                            )
                        })
                        .map_or(sample.line, |shown| shown.line);
                    let sides = (format!("{}: {wrong}", member.path.join(".")), kind.as_str());
                    let place = member.own.place();
                    self.add(Entry::new(
                        Deviation::Sample,
                        &field.name,
                        line,
                        sides,
                        place,
                    ));
                }
            }
        }
    }
}

/// The values at a path, in every element of the lists on the way.
fn values_at<'v>(value: &'v serde_json::Value, path: &[&str]) -> Vec<&'v serde_json::Value> {
    let mut values = vec![value];
    for step in path {
        values = values
            .into_iter()
            .flat_map(elements)
            .filter_map(|value| value.get(step))
            .collect();
    }
    values
}

fn elements(value: &serde_json::Value) -> Vec<&serde_json::Value> {
    match value {
        serde_json::Value::Array(elements) => elements.iter().collect(),
        other => vec![other],
    }
}

fn name_of(value: &serde_json::Value) -> &'static str {
    match value {
        serde_json::Value::Null => "null",
        serde_json::Value::Bool(_) => "boolean",
        serde_json::Value::Number(number) if number.is_i64() || number.is_u64() => "integer",
        serde_json::Value::Number(_) => "number",
        serde_json::Value::String(_) => "string",
        serde_json::Value::Array(_) => "array",
        serde_json::Value::Object(_) => "object",
    }
}
