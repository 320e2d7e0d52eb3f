use std::collections::BTreeSet;

use crate::document::JsonType;
use crate::files::SchemaSet;
use crate::ir::Role;
use crate::reference::Located;

/// A definition: its file and its name.
type Definition<'a> = (&'a str, &'a str);

/// Which definitions stand in requests, and which in replies.
#[derive(Default)]
pub(crate) struct Roles<'a> {
    sent: BTreeSet<Definition<'a>>,
    received: BTreeSet<Definition<'a>>,
}

impl<'a> Roles<'a> {
    pub(crate) fn of(set: &'a SchemaSet) -> Self {
        let mut roles = Self::default();
        for file in set.endpoints() {
            let request = Located::new(file, &file.document.schema);
            collect(set, request, &mut roles.sent);
            if let Some(response) = &file.document.response {
                collect(set, Located::new(file, response), &mut roles.received);
            }
        }
        for file in set.events() {
            let document = &file.document;
            for schema in std::iter::once(&document.schema).chain(&document.response) {
                collect(set, Located::new(file, schema), &mut roles.received);
            }
        }
        roles
    }

    /// Whether a definition is sent or received. One that nothing uses counts as
    /// sent, which is the stricter way.
    pub(crate) fn role(&self, file: &str, name: &str) -> Role {
        if self.received.contains(&(file, name)) && !self.sent.contains(&(file, name)) {
            Role::Response
        } else {
            Role::Request
        }
    }

    /// The objects that are both.
    pub(crate) fn ambiguous(&self, set: &SchemaSet) -> impl Iterator<Item = &Definition<'a>> {
        self.sent
            .intersection(&self.received)
            .filter(move |(file, name)| {
                let file = set.file(file);
                let schema = file.and_then(|file| file.document.schema.definitions.get(*name));
                schema.is_some_and(|schema| {
                    schema.json_type == Some(JsonType::Object)
                        && schema.additional_properties.is_none()
                })
            })
    }
}

/// Adds the definitions that a schema names, itself or in its parts.
fn collect<'a>(set: &'a SchemaSet, schema: Located<'a>, found: &mut BTreeSet<Definition<'a>>) {
    if let Some(target) = schema.target(set)
        && found.insert((&target.file.name, target.name))
    {
        collect(set, Located::new(target.file, target.schema), found);
    }
    for (steps, part) in schema.parts() {
        if steps[0] != "$defs" {
            collect(set, part, found);
        }
    }
}
