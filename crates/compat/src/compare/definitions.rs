//! Named definitions: the types that files share, and those of one file.

use super::Comparison;
use super::value::Context;
use crate::change::Place;
use crate::kind::Kind;
use crate::node::Node;
use crate::rule::Rule;
use crate::schemas::Schemas;
use crate::uses::{Definition, Direction, definitions};

impl<'a> Comparison<'a> {
    /// Every definition of both sides.
    pub(super) fn definitions(&mut self) {
        let pairs: Vec<_> = self.pairs.iter().collect();
        for (old, new) in pairs {
            self.definition(old, new);
        }
        for definition in all(self.old.set) {
            if !self.pairs.has_old(definition) && !self.is_whole(definition.file) {
                self.definition_removed(definition);
            }
        }
        for definition in all(self.new.set) {
            if !self.pairs.has_new(definition) && !self.is_whole(definition.file) {
                self.definition_added(definition);
            }
        }
    }

    fn definition(&mut self, old: Definition<'a>, new: Definition<'a>) {
        let (Some(yesterday), Some(today)) = (node(self.old.set, old), node(self.new.set, new))
        else {
            return;
        };
        let kind = today.view().kind(new.name);
        let places = (Some(yesterday.place()), Some(today.place()));
        if old != new {
            let rule = if !kind.is_type() {
                Rule::Restated
            } else if self.new.uses.has_path(old.file, old.name) {
                Rule::TypeMoved
            } else {
                Rule::TypeRenamed
            };
            let summary = format!("`{}` is now {}", old.name, path_of(new, old));
            self.report(rule, places.clone(), summary);
        }
        let directions = (self.old.uses.direction(old), self.new.uses.direction(new));
        if directions.0 != directions.1 && matches!(kind, Kind::Object(_)) {
            let how = match directions.1 {
                Direction::Sent => "sent, and was only received",
                Direction::Received => "only received, and was sent",
            };
            let summary = format!("`{}` is {how}", new.name);
            self.report(Rule::TypeRoleChanged, places, summary);
        }
        let direction = match directions {
            (Direction::Received, Direction::Received) => Direction::Received,
            _ => Direction::Sent,
        };
        let context = Context::definition(new.name, direction);
        self.value(&yesterday, &today, &context);
    }

    fn definition_removed(&mut self, definition: Definition<'a>) {
        let Some(node) = node(self.old.set, definition) else {
            return;
        };
        let rule = if !node.view().kind(definition.name).is_type() {
            Rule::DefinitionRemoved
        } else if self.new.uses.makes(definition) {
            // The object is written in place now, under the same name.
            return;
        } else {
            Rule::TypeRemoved
        };
        let summary = format!("`{}` is gone", definition.name);
        self.report(rule, (Some(node.place()), None), summary);
    }

    fn definition_added(&mut self, definition: Definition<'a>) {
        let Some(node) = node(self.new.set, definition) else {
            return;
        };
        let rule = if !node.view().kind(definition.name).is_type() {
            Rule::DefinitionAdded
        } else if self.old.uses.makes(definition) {
            return;
        } else {
            Rule::TypeAdded
        };
        let summary = format!("`{}` is new", definition.name);
        self.report(rule, (None, Some(node.place())), summary);
    }
}

/// The new name, with its file where that is another one.
fn path_of(new: Definition<'_>, old: Definition<'_>) -> String {
    if new.file == old.file {
        format!("`{}`", new.name)
    } else {
        format!("`{}` in {}", new.name, Place::new(new.file, "").file)
    }
}

fn all(set: &Schemas) -> Vec<Definition<'_>> {
    set.files()
        .flat_map(|(file, value)| {
            definitions(value).map(move |(name, _)| Definition { file, name })
        })
        .collect()
}

fn node<'a>(set: &'a Schemas, definition: Definition<'a>) -> Option<Node<'a>> {
    let (file, value) = set.entry(definition.file)?;
    let schema = value.get("$defs")?.get(definition.name)?;
    Some(Node::root(set, file, value).part(&["$defs", definition.name], schema))
}
