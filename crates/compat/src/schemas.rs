use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use trtc_rooms_core::UniqueMembers;

const NO_OBJECT: &str = "it is JSON, but no object";

/// Schema files as JSON, by their names relative to the folder `schemas`.
///
/// They need not be right: a set of an earlier day may be written in an earlier
/// dialect. What cannot be read as a JSON object is kept as such, with the reason, so
/// that it is reported and not passed over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schemas {
    files: BTreeMap<String, Value>,
    unreadable: BTreeMap<String, String>,
}

impl Schemas {
    /// Reads names and texts.
    pub fn read<N, T>(texts: impl IntoIterator<Item = (N, T)>) -> Self
    where
        N: Into<String>,
        T: AsRef<str>,
    {
        let mut schemas = Self::default();
        for (name, text) in texts {
            match parse(text.as_ref()) {
                Ok(value) => {
                    schemas.files.insert(name.into(), value);
                }
                Err(reason) => schemas.mark_unreadable(name, reason),
            }
        }
        schemas
    }

    /// Takes names and JSON values.
    pub fn from_values<N>(values: impl IntoIterator<Item = (N, Value)>) -> Self
    where
        N: Into<String>,
    {
        let mut schemas = Self::default();
        for (name, value) in values {
            if value.is_object() {
                schemas.files.insert(name.into(), value);
            } else {
                schemas.mark_unreadable(name, NO_OBJECT);
            }
        }
        schemas
    }

    /// Notes a file that is there and whose text cannot be had.
    pub fn mark_unreadable(&mut self, name: impl Into<String>, reason: impl Into<String>) {
        let name = name.into();
        self.files.remove(&name);
        self.unreadable.insert(name, reason.into());
    }

    /// A file by its name, such as `live/create_room.json`.
    pub fn file(&self, name: &str) -> Option<&Value> {
        self.files.get(name)
    }

    /// A file with its name.
    pub(crate) fn entry(&self, name: &str) -> Option<(&str, &Value)> {
        let (name, value) = self.files.get_key_value(name)?;
        Some((name, value))
    }

    /// The files that could be read, ordered by name.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.files
            .iter()
            .map(|(name, value)| (name.as_str(), value))
    }

    /// The files that could not be read, and why.
    pub fn unreadable(&self) -> impl Iterator<Item = (&str, &str)> {
        self.unreadable
            .iter()
            .map(|(name, reason)| (name.as_str(), reason.as_str()))
    }

    /// Whether there is no file at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.unreadable.is_empty()
    }

    /// The set without some files.
    pub(crate) fn without(&self, names: &BTreeSet<&str>) -> Self {
        let mut rest = self.clone();
        rest.files.retain(|name, _| !names.contains(name.as_str()));
        rest
    }
}

fn parse(text: &str) -> Result<Value, String> {
    // `Value` alone would drop the first of two members with one name.
    let parse = || {
        serde_json::from_str::<UniqueMembers>(text)?;
        serde_json::from_str::<Value>(text)
    };
    match parse() {
        Ok(value) if value.is_object() => Ok(value),
        Ok(_) => Err(NO_OBJECT.to_owned()),
        Err(error) => Err(format!("it is not JSON: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_kept_with_the_reason() {
        let schemas = Schemas::read([
            ("a/right.json", "{}"),
            ("a/list.json", "[]"),
            ("a/twice.json", r#"{"type": "string", "type": "integer"}"#),
            ("a/cut.json", r#"{"type""#),
        ]);
        let files: Vec<&str> = schemas.files().map(|(name, _)| name).collect();
        assert_eq!(files, ["a/right.json"]);
        let unreadable: Vec<&str> = schemas.unreadable().map(|(name, _)| name).collect();
        assert_eq!(unreadable, ["a/cut.json", "a/list.json", "a/twice.json"]);
        assert!(schemas.unreadable().all(|(_, reason)| !reason.is_empty()));
    }
}
