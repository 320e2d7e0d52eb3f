//! From the intermediate representation to a tree.

use trtc_rooms_schema::document::Unit;
use trtc_rooms_schema::ir::{
    Element, Endpoint, Field, Ir, Limit, LimitKind, Module, Object, Place, Type, TypeName,
    ValueList,
};

use super::{MemberNode, Node, ObjectNode, Shape, Values};

/// Deeper than any documented request. Types may contain themselves, trees may not.
const MAX_DEPTH: usize = 8;

/// The code of a value that has the wrong type, unless the schema names another one.
const INVALID_PARAMETER: i32 = 100_002;

/// The request of an endpoint.
///
/// # Errors
///
/// In words, what the representation names and does not have.
pub fn resolve(ir: &Ir, endpoint: &Endpoint) -> Result<Node, String> {
    let object = endpoint
        .module
        .objects
        .first()
        .ok_or_else(|| format!("{}/{} has no request", endpoint.product, endpoint.operation))?;
    let place = Place {
        file: endpoint.module.source.file.clone(),
        pointer: String::new(),
    };
    Ok(Node {
        shape: Shape::Object(Resolving(ir).object(object, 0)?),
        limits: Vec::new(),
        type_code: INVALID_PARAMETER,
        unix_seconds: false,
        place,
    })
}

struct Resolving<'a>(&'a Ir);

impl Resolving<'_> {
    fn object(&self, object: &Object, depth: usize) -> Result<ObjectNode, String> {
        if depth > MAX_DEPTH {
            return Err(format!("`{}` contains itself, or is too deep", object.name));
        }
        let mut members = Vec::new();
        for field in &object.fields {
            members.push(MemberNode {
                name: field.name.clone(),
                is_required: field.required,
                applies_when: field.applies_when.clone(),
                node: self.field(field, depth)?,
            });
        }
        Ok(ObjectNode {
            members,
            rules: object.rules.clone(),
        })
    }

    fn field(&self, field: &Field, depth: usize) -> Result<Node, String> {
        Ok(Node {
            shape: self.shape(&field.ty, &field.limits, &field.place, depth)?,
            limits: field.limits.clone(),
            type_code: field.type_code,
            unix_seconds: field.unit == Some(Unit::UnixSeconds),
            place: field.place.clone(),
        })
    }

    fn element(&self, element: &Element, place: &Place, depth: usize) -> Result<Box<Node>, String> {
        Ok(Box::new(Node {
            shape: self.shape(&element.ty, &element.limits, place, depth)?,
            limits: element.limits.clone(),
            type_code: element.type_code,
            unix_seconds: false,
            place: place.clone(),
        }))
    }

    fn shape(
        &self,
        ty: &Type,
        limits: &[Limit],
        place: &Place,
        depth: usize,
    ) -> Result<Shape, String> {
        Ok(match ty {
            Type::String => Shape::String,
            Type::Integer => Shape::Integer,
            Type::Number => Shape::Number,
            Type::Boolean => Shape::Boolean,
            Type::Any => Shape::Any,
            Type::ValueList(name) => Shape::Values(self.values(name, limits)?),
            Type::Array(element) => Shape::Array(self.element(element, place, depth)?),
            Type::Map(element) => Shape::Map(self.element(element, place, depth)?),
            Type::Object(name) => {
                let object = self
                    .module(name)?
                    .objects
                    .iter()
                    .find(|object| object.name == name.name);
                let object = object.ok_or_else(|| missing(name))?;
                Shape::Object(self.object(object, depth + 1)?)
            }
        })
    }

    fn values(&self, name: &TypeName, limits: &[Limit]) -> Result<Values, String> {
        let lists = &self.module(name)?.value_lists;
        let list: &ValueList = lists
            .iter()
            .find(|list| list.name == name.name)
            .ok_or_else(|| missing(name))?;
        let closed = limits.iter().find_map(|limit| match &limit.kind {
            LimitKind::OneOf { values, .. } => Some(values),
            _ => None,
        });
        let all = || list.values.iter().map(|value| value.text.clone());
        let allowed: Vec<String> = closed.cloned().unwrap_or_else(|| all().collect());
        let aliases = list.values.iter().flat_map(|value| {
            value
                .aliases
                .iter()
                .map(|alias| (alias.clone(), value.text.clone()))
        });
        Ok(Values {
            aliases: aliases.collect(),
            elsewhere: all().filter(|value| !allowed.contains(value)).collect(),
            is_closed: closed.is_some(),
            allowed,
        })
    }

    fn module(&self, name: &TypeName) -> Result<&Module, String> {
        let endpoints = self.0.endpoints.iter().map(|endpoint| &endpoint.module);
        let mut modules = endpoints.chain(&self.0.shared);
        modules
            .find(|module| module.path == name.module)
            .ok_or_else(|| missing(name))
    }
}

fn missing(name: &TypeName) -> String {
    format!("there is no type {}/{}", name.module, name.name)
}
