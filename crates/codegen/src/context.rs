use std::collections::HashMap;

use trtc_rooms_schema::document::Unit;
use trtc_rooms_schema::ir::{Ir, Limit, LimitKind, ListedValue, Module, Object, Type, TypeName};

use crate::error::CodegenError;
use crate::model::reserved;
use crate::parallel::all;
use crate::shapes::{FieldShape, Shapes, shapes};

/// What is generated from, with the shapes of all objects: asking typify is what
/// takes longest, and more than one file needs to know.
pub(crate) struct Context<'a> {
    pub(crate) ir: &'a Ir,
    modules: HashMap<&'a str, (&'a Module, Shapes)>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(ir: &'a Ir) -> Result<Self, CodegenError> {
        let shared = ir.shared.iter().map(|module| (module, None));
        let endpoints = ir.endpoints.iter();
        let endpoints = endpoints.map(|endpoint| (&endpoint.module, Some(endpoint)));
        let events = ir.events.iter().map(|event| (&event.module, None));
        let modules: Vec<_> = shared.chain(endpoints).chain(events).collect();
        let modules = all(&modules, |(module, endpoint)| {
            reserved::check(module, *endpoint)?;
            Ok((module.path.as_str(), (*module, shapes(module)?)))
        })?;
        let modules = modules.into_iter().collect();
        Ok(Self { ir, modules })
    }

    pub(crate) fn module(&self, path: &str) -> Option<&'a Module> {
        self.modules.get(path).map(|(module, _)| *module)
    }

    /// An object and the shapes of its fields.
    pub(crate) fn object(&self, name: &TypeName) -> Option<(&'a Object, &[FieldShape])> {
        let (module, shapes) = self.modules.get(name.module.as_str())?;
        let object = module
            .objects
            .iter()
            .find(|object| object.name == name.name)?;
        Some((object, shapes.get(&object.name)?))
    }

    /// The shapes of the fields of an object of a module.
    pub(crate) fn fields(&self, module: &Module, object: &Object) -> &[FieldShape] {
        self.modules
            .get(module.path.as_str())
            .and_then(|(_, shapes)| shapes.get(&object.name))
            .map_or(&[], Vec::as_slice)
    }

    /// Whether there is something to check in a value of a type, or in what stands in
    /// it.
    pub(crate) fn has_limits(&self, ty: &Type) -> bool {
        match ty {
            Type::Object(name) => self.object(name).is_some_and(|(object, _)| {
                let mut fields = object.fields.iter();
                !object.rules.is_empty()
                    || fields.any(|field| !field.limits.is_empty() || self.has_limits(&field.ty))
            }),
            Type::Array(element) | Type::Map(element) => {
                !element.limits.is_empty() || self.has_limits(&element.ty)
            }
            _ => false,
        }
    }

    /// Whether something in a value of a type must not show.
    pub(crate) fn has_secrets(&self, ty: &Type) -> bool {
        match ty {
            Type::Object(name) => self.object(name).is_some_and(|(object, _)| {
                let mut fields = object.fields.iter();
                fields.any(|field| field.secret || self.has_secrets(&field.ty))
            }),
            Type::Array(element) | Type::Map(element) => self.has_secrets(&element.ty),
            _ => false,
        }
    }

    /// Whether something in a value of a type, or in what stands in it, may look like a
    /// mistake.
    pub(crate) fn has_hints(&self, ty: &Type, limits: &[Limit]) -> bool {
        match ty {
            Type::Object(name) => self.object(name).is_some_and(|(object, _)| {
                object.fields.iter().any(|field| {
                    field.applies_when.is_some()
                        || field.unit == Some(Unit::UnixSeconds)
                        || self.has_hints(&field.ty, &field.limits)
                })
            }),
            Type::Array(element) | Type::Map(element) => {
                self.has_hints(&element.ty, &element.limits)
            }
            // A closed list is checked; only values of an open one are unknown.
            Type::ValueList(_) => !is_closed(limits),
            _ => false,
        }
    }

    /// The values of a list, in document order.
    pub(crate) fn values(&self, name: &TypeName) -> &'a [ListedValue] {
        let lists = self.module(&name.module).into_iter();
        lists
            .flat_map(|module| &module.value_lists)
            .find(|list| list.name == name.name)
            .map_or(&[], |list| &list.values)
    }
}

/// Whether the service refuses values that are not listed.
pub(crate) fn is_closed(limits: &[Limit]) -> bool {
    limits
        .iter()
        .any(|limit| matches!(limit.kind, LimitKind::OneOf { .. }))
}
