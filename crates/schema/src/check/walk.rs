use super::{Located, join_all};
use crate::document::Schema;
use crate::files::{SchemaFile, SchemaSet};
use crate::ir::Role;
use crate::problem::Problem;
use crate::roles::Roles;

/// Looks at every schema of a file, and what it says about members, types and
/// definitions. Each submodule of the checks adds what it looks for.
pub(super) struct Walk<'a, 'p> {
    pub(super) set: &'a SchemaSet,
    pub(super) file: &'a SchemaFile,
    pub(super) roles: &'p Roles<'a>,
    problems: &'p mut Vec<Problem>,
}

/// Where in a file a schema stands.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) pointer: String,
    pub(super) position: Position,
    pub(super) side: Side,
    /// Whether it is a definition that has no type of its own, or stands in one: an
    /// element of a list in `$defs`.
    pub(super) is_alias: bool,
}

/// What a schema is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// The request or the response as a whole.
    Top,
    /// An entry of `$defs`.
    Definition,
    /// A member of an object.
    Member,
    /// The elements of a list, or the values of a map.
    Element,
}

/// Whether a schema is about what is sent or what is received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Sent. Definitions count as such.
    Request,
    /// Received.
    Response,
}

impl Place {
    /// Whether what stands here is sent, in a request or in a definition that requests
    /// use.
    pub(super) fn is_sent(&self, walk: &Walk<'_, '_>) -> bool {
        let mut steps = self.pointer.split('/').skip(1);
        match (steps.next(), steps.next()) {
            (Some("$defs"), Some(name)) => {
                let name = name.replace("~1", "/").replace("~0", "~");
                walk.roles.role(&walk.file.name, &name) == Role::Request
            }
            _ => self.side == Side::Request,
        }
    }
}

impl<'a, 'p> Walk<'a, 'p> {
    pub(super) fn new(
        set: &'a SchemaSet,
        file: &'a SchemaFile,
        roles: &'p Roles<'a>,
        problems: &'p mut Vec<Problem>,
    ) -> Self {
        Self {
            set,
            file,
            roles,
            problems,
        }
    }

    pub(super) fn file(&mut self) {
        let document = &self.file.document;
        let side = match document.event {
            Some(_) => Side::Response,
            None => Side::Request,
        };
        let sides = [
            ("", side, Some(&document.schema)),
            ("/response", Side::Response, document.response.as_ref()),
        ];
        for (pointer, side, schema) in sides {
            if let Some(schema) = schema {
                let place = Place {
                    pointer: pointer.to_owned(),
                    position: Position::Top,
                    side,
                    is_alias: false,
                };
                self.schema(&place, schema);
            }
        }
    }

    fn schema(&mut self, place: &Place, schema: &'a Schema) {
        self.references(place, schema);
        self.keywords(place, schema);
        self.values(&place.pointer, schema);
        self.members(&place.pointer, schema);
        self.docs(place, schema);
        for (steps, part) in self.located(schema).parts() {
            let position = match steps[0] {
                "properties" => Position::Member,
                "$defs" => Position::Definition,
                _ => Position::Element,
            };
            let part_place = Place {
                pointer: join_all(&place.pointer, &steps),
                position,
                side: place.side,
                is_alias: position == Position::Definition
                    || (position == Position::Element && place.is_alias),
            };
            self.schema(&part_place, part.schema);
        }
    }

    pub(super) fn problem(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.problems
            .push(Problem::new(&self.file.name, place, message));
    }

    pub(super) fn problem_with_help(
        &mut self,
        place: impl Into<String>,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        let mut problem = Problem::new(&self.file.name, place, message);
        problem.help = help;
        self.problems.push(problem);
    }

    pub(super) fn located(&self, schema: &'a Schema) -> Located<'a> {
        Located::new(self.file, schema)
    }

    /// The definition that a `$ref` points at, or else the schema itself.
    pub(super) fn meant(&self, schema: &'a Schema) -> &'a Schema {
        self.located(schema).meant(self.set).schema
    }

    /// The definition that a `$ref` points at.
    pub(super) fn target(&self, schema: &'a Schema) -> Option<&'a Schema> {
        let target = self.located(schema).target(self.set)?;
        Some(target.schema)
    }
}
