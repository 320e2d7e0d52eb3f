//! The report for machines.

use serde_json::{Value, json};

use crate::report::{Entry, Kind, Outcome, Report};

impl Report {
    /// The report as JSON.
    pub fn to_json(&self) -> Value {
        json!({
            "page": self.page,
            "form": self.form,
            "path": self.path,
            "schema": self.schema.as_ref().map(|schema| format!("schemas/{schema}")),
            "outcome": match self.outcome() {
                Outcome::Same => "same",
                Outcome::Different => "different",
                Outcome::Unreadable => "unreadable",
            },
            "differences": self.entries.iter().map(Entry::to_json).collect::<Vec<_>>(),
            "unread": self.unread,
            "notes": self.notes,
        })
    }
}

impl Entry {
    fn to_json(&self) -> Value {
        let excuse = match self.kind {
            Kind::Deviation(_) => json!({ "difference": self.kind.name(), "page": self.page }),
            _ => Value::Null,
        };
        json!({
            "kind": self.kind.name(),
            "subject": self.subject,
            "line": if self.line == 0 { Value::Null } else { self.line.into() },
            "page": self.page,
            "schema": self.schema,
            "file": format!("schemas/{}", self.place.file),
            "pointer": self.place.pointer,
            "note": self.note,
            "mechanical": self.is_mechanical(),
            // What a quirk says in `excuses` if this is deliberate.
            "excuse": excuse,
        })
    }
}
