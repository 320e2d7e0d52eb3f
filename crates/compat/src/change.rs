use std::fmt;

use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::rule::{Class, Rule};

/// A place in a schema file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// The file, relative to the folder `schemas`.
    pub file: String,
    /// A JSON pointer into it.
    pub pointer: String,
}

impl Place {
    pub(crate) fn new(file: &str, pointer: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            pointer: pointer.into(),
        }
    }

    /// The place of a member or element of what stands here.
    pub(crate) fn at(&self, step: &str) -> Self {
        Self::new(&self.file, join(&self.pointer, step))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "schemas/{}#{}", self.file, self.pointer)
    }
}

/// One difference between two sets of schemas. At least one place is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// The kind of change; it decides class and reason.
    pub rule: Rule,
    /// What changed and how, in words.
    pub summary: String,
    /// Where it stood yesterday, if it did.
    pub old: Option<Place>,
    /// Where it stands today, if it does.
    pub new: Option<Place>,
}

impl Change {
    /// How much it asks of users.
    pub const fn class(&self) -> Class {
        self.rule.class()
    }

    /// Today's place, or else yesterday's.
    pub fn place(&self) -> Option<&Place> {
        self.new.as_ref().or(self.old.as_ref())
    }

    /// What the change belongs to: `live/create_room`.
    pub fn scope(&self) -> &str {
        let file = self.place().map_or("", |place| place.file.as_str());
        file.strip_suffix(".json").unwrap_or(file)
    }
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Change", 7)?;
        object.serialize_field("rule", &self.rule)?;
        object.serialize_field("class", &self.class())?;
        object.serialize_field("affects", &self.rule.affected())?;
        object.serialize_field("summary", &self.summary)?;
        object.serialize_field("reason", self.rule.reason())?;
        object.serialize_field("old", &self.old)?;
        object.serialize_field("new", &self.new)?;
        object.end()
    }
}

/// Appends a member or index to a JSON pointer, escaped as RFC 6901 says.
pub(crate) fn join(pointer: &str, step: &str) -> String {
    format!("{pointer}/{}", step.replace('~', "~0").replace('/', "~1"))
}

/// Puts changes into their order: the heaviest first, then by place and rule.
pub(crate) fn sort(changes: &mut Vec<Change>) {
    changes.sort_by(|left, right| {
        let key = |change: &Change| (change.place().cloned(), change.rule);
        right
            .class()
            .cmp(&left.class())
            .then_with(|| key(left).cmp(&key(right)))
            .then_with(|| left.old.cmp(&right.old))
            .then_with(|| left.summary.cmp(&right.summary))
    });
    changes.dedup();
}
