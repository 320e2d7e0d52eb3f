use serde_json::Value;

use super::limits::object_rules;
use super::{Lowering, description};
use crate::document::{JsonType, Schema};
use crate::files::SchemaFile;
use crate::ir::{AppliesWhen, Element, Field, LimitKind, Object, Role, Type, TypeName};
use crate::problem::join;
use crate::reference::{Located, Target};

/// A schema with what its `$ref` brings in.
pub(super) struct Resolved<'a> {
    schema: &'a Schema,
    target: Option<Target<'a>>,
    /// The file that `items` and the like stand in.
    home: &'a SchemaFile,
}

impl<'a> Resolved<'a> {
    /// The keyword beside the `$ref`, or else that of the definition.
    fn get<T>(&self, keyword: impl Fn(&'a Schema) -> Option<T>) -> Option<T> {
        let target = self.target.map(|target| target.schema);
        keyword(self.schema).or_else(|| target.and_then(keyword))
    }

    /// The schema that states something: this one, or else the definition.
    pub(super) fn stating(&self, states: impl Fn(&'a Schema) -> bool) -> Option<&'a Schema> {
        let target = self.target.map(|target| target.schema);
        [Some(self.schema), target]
            .into_iter()
            .flatten()
            .find(|schema| states(schema))
    }

    /// Whether a list of values stands beside the `$ref` to a wider one.
    pub(super) fn is_narrowed(&self) -> bool {
        self.target.is_some() && self.schema.closed_values.is_some()
    }

    fn type_name(&self) -> Option<TypeName> {
        self.target.map(|target| TypeName {
            module: target.file.stem().to_owned(),
            name: target.name.to_owned(),
        })
    }
}

impl<'a> Lowering<'a> {
    /// Adds an object and those which stand in it.
    pub(super) fn object(&mut self, name: &str, schema: &'a Schema, pointer: &str, role: Role) {
        if self.objects.iter().any(|object| object.name == name) {
            self.problem(
                pointer,
                format!("a second object is named `{name}`"),
                "move one of them into `$defs` under another name",
            );
            return;
        }
        let mut fields = Vec::new();
        for (wire_name, property) in &schema.properties {
            let pointer = join(&join(pointer, "properties"), wire_name);
            let required = schema.required.contains(wire_name);
            fields.extend(self.field(wire_name, property, &pointer, required, role));
        }
        self.objects.push(Object {
            name: name.to_owned(),
            role,
            description: description(schema),
            fields,
            rules: object_rules(schema),
            place: self.place(pointer),
        });
    }

    fn field(
        &mut self,
        name: &str,
        schema: &'a Schema,
        pointer: &str,
        required: bool,
        role: Role,
    ) -> Option<Field> {
        let resolved = self.resolve(self.file, schema);
        let ty = self.ty(name, &resolved, pointer, role)?;
        let limits = resolved.limits(&ty);
        let fixed = limits.iter().find_map(|limit| match &limit.kind {
            LimitKind::OneOf { values, .. } if values.len() == 1 => values.first().cloned(),
            _ => None,
        });
        let default = resolved
            .get(|schema| schema.server_default.clone())
            .or_else(|| resolved.get(|schema| schema.default.as_ref().map(in_words)));
        let target = resolved.target.map(|target| target.schema);
        let recorded = [Some(schema), target];
        let recorded = recorded.iter().flatten();
        let recorded = recorded.flat_map(|schema| &schema.recorded_limits);
        Some(Field {
            name: name.to_owned(),
            also_named: schema.also_named.clone(),
            description: resolved
                .get(|schema| schema.description.clone())
                .unwrap_or_default(),
            required,
            type_code: resolved.type_code(),
            limits,
            default,
            recorded: recorded
                .map(|limit| format!("{} That is not checked: {}.", limit.limit, limit.reason))
                .collect(),
            applies_when: schema.applies_when.as_ref().map(|condition| AppliesWhen {
                member: condition.member.clone(),
                values: condition.values.clone(),
            }),
            unit: resolved.get(|schema| schema.unit),
            secret: resolved.get(|schema| schema.secret.then_some(())).is_some(),
            fixed,
            place: self.place(pointer),
            ty,
        })
    }

    /// A schema that stands in `home`. That its `$ref` leads somewhere has been
    /// checked.
    fn resolve(&self, home: &'a SchemaFile, schema: &'a Schema) -> Resolved<'a> {
        let target = Located::new(home, schema).target(self.set);
        Resolved {
            schema,
            target,
            home: target.map_or(home, |target| target.file),
        }
    }

    fn ty(
        &mut self,
        name: &str,
        resolved: &Resolved<'a>,
        pointer: &str,
        role: Role,
    ) -> Option<Type> {
        let is_listed =
            |schema: &Schema| schema.closed_values.is_some() || schema.open_enum.is_some();
        if resolved.stating(is_listed).is_some() {
            let is_named = resolved
                .target
                .is_some_and(|target| is_listed(target.schema));
            if !is_named {
                self.problem(
                    pointer,
                    "the list of values has no name".to_owned(),
                    "move it into `$defs`: its name there becomes the name of its type",
                );
                return None;
            }
            return resolved.type_name().map(Type::ValueList);
        }
        Some(match resolved.get(|schema| schema.json_type) {
            None => Type::Any,
            Some(JsonType::String) => Type::String,
            Some(JsonType::Integer) => Type::Integer,
            Some(JsonType::Number) => Type::Number,
            Some(JsonType::Boolean) => Type::Boolean,
            Some(JsonType::Array) => {
                let items = resolved.get(|schema| schema.items.as_deref())?;
                let pointer = join(pointer, "items");
                Type::Array(Box::new(self.element(
                    name,
                    resolved.home,
                    items,
                    &pointer,
                    role,
                )?))
            }
            Some(JsonType::Object) => {
                if let Some(values) = resolved.get(|schema| schema.additional_properties.as_deref())
                {
                    let pointer = join(pointer, "additionalProperties");
                    let element = self.element(name, resolved.home, values, &pointer, role)?;
                    return Some(Type::Map(Box::new(element)));
                }
                if let Some(name) = resolved.type_name() {
                    return Some(Type::Object(name));
                }
                self.object(name, resolved.schema, pointer, role);
                Type::Object(TypeName {
                    module: self.file.stem().to_owned(),
                    name: name.to_owned(),
                })
            }
        })
    }

    fn element(
        &mut self,
        name: &str,
        home: &'a SchemaFile,
        schema: &'a Schema,
        pointer: &str,
        role: Role,
    ) -> Option<Element> {
        let resolved = self.resolve(home, schema);
        let ty = self.ty(name, &resolved, pointer, role)?;
        Some(Element {
            limits: resolved.limits(&ty),
            type_code: resolved.type_code(),
            ty,
        })
    }
}

/// A JSON value as code in documentation; text goes without its quotes.
fn in_words(value: &Value) -> String {
    match value.as_str() {
        Some(text) => format!("`{text}`"),
        None => format!("`{value}`"),
    }
}
