//! The shapes of objects, from typify: which fields, of which Rust types, under
//! which names.
//!
//! typify counts characters where the documents count bytes, ignores most limits
//! and drops what it does not know, so it is given shapes alone: types, members,
//! what is mandatory. Whatever it makes of them is compared with the schema, in
//! both directions, before it is used.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use indexmap::IndexMap;
use quote::{ToTokens, format_ident};
use serde_json::{Value, json};
use syn::visit_mut::VisitMut;
use syn::{Ident, Item, ItemStruct};
use trtc_rooms_schema::ir::{Field, Module, Object, Role, Type, TypeName};
use typify::{TypeSpace, TypeSpaceSettings};

use crate::error::CodegenError;
use crate::model::imports;

/// The shape of a field. It holds text and not tokens, which cannot be shared by threads.
#[derive(Clone, Debug)]
pub(crate) struct FieldShape {
    /// Its name in Rust.
    ident: String,
    /// Its type, with `Option` around it where it may be absent.
    pub(crate) ty: String,
    /// Whether there is an `Option` around it.
    pub(crate) optional: bool,
    /// The function of the core crate that reads it, if it is another than replies have.
    pub(crate) reader: Option<&'static str>,
}

impl FieldShape {
    /// Its name in Rust.
    pub(crate) fn ident(&self) -> Ident {
        format_ident!("{}", self.ident)
    }
}

/// The fields of each object of a module, in the order of the schema.
pub(crate) type Shapes = HashMap<String, Vec<FieldShape>>;

/// Asks typify for the shapes of a module's objects.
///
/// # Errors
///
/// When typify refuses, panics, or makes something else than was asked for.
pub(crate) fn shapes(module: &Module) -> Result<Shapes, CodegenError> {
    let failed = |message: String| CodegenError::Shape {
        file: module.source.file.clone(),
        message,
    };
    let structs = typify_structs(module)?;
    let mut shapes = Shapes::new();
    for (index, object) in module.objects.iter().enumerate() {
        let fields = if object.fields.is_empty() {
            Vec::new()
        } else {
            let item = structs
                .get(&shape_key(index))
                .ok_or_else(|| failed(format!("there is no struct for `{}`", object.name)))?;
            fields(object, item)?
        };
        shapes.insert(object.name.clone(), fields);
    }
    Ok(shapes)
}

/// The name under which typify is given an object. typify has rules of its own for
/// the case of letters, which ours need not obey.
fn shape_key(index: usize) -> String {
    format!("Shape{index}")
}

fn typify_structs(module: &Module) -> Result<HashMap<String, ItemStruct>, CodegenError> {
    let failed = |message: String| CodegenError::Shape {
        file: module.source.file.clone(),
        message,
    };
    // Every type with a name is replaced by that name, so that typify makes only the
    // objects themselves.
    let mut named = IndexMap::new();
    let mut definitions = Vec::new();
    for (index, object) in module.objects.iter().enumerate() {
        if !object.fields.is_empty() {
            definitions.push((shape_key(index), object_shape(object, &mut named)));
        }
    }
    let mut settings = TypeSpaceSettings::default();
    settings.with_map_type("::std::collections::BTreeMap");
    for (name, key) in named {
        let path = imports::type_path(module, name)?;
        settings.with_replacement(&key, path.to_string(), std::iter::empty());
        definitions.push((key, json!({ "type": "string" })));
    }
    let mut types = Vec::new();
    for (name, shape) in definitions {
        let shape = serde_json::from_value(shape).map_err(|error| failed(error.to_string()))?;
        types.push((name, shape));
    }
    // typify panics over some schemas that it does not support.
    let tokens = catch_unwind(AssertUnwindSafe(|| {
        let mut space = TypeSpace::new(&settings);
        space
            .add_ref_types(types)
            .map_err(|error| error.to_string())?;
        Ok::<_, String>(space.to_stream())
    }))
    .map_err(|_| failed("it panicked".to_owned()))?
    .map_err(failed)?;
    let file: syn::File = syn::parse2(tokens).map_err(|error| failed(error.to_string()))?;
    let structs = file.items.into_iter().filter_map(|item| match item {
        Item::Struct(item) => Some((item.ident.to_string(), item)),
        _ => None,
    });
    Ok(structs.collect())
}

/// The named types that stand in objects, and the names under which typify is given
/// them.
type Named<'a> = IndexMap<&'a TypeName, String>;

/// The shape of an object as JSON Schema: what typify is given.
fn object_shape<'a>(object: &'a Object, named: &mut Named<'a>) -> Value {
    let mut properties = serde_json::Map::new();
    let mut required = Vec::new();
    for field in &object.fields {
        let mut shape = type_shape(&field.ty, named);
        if is_mandatory(object, field) {
            required.push(field.name.clone());
        } else if matches!(field.ty, Type::Array(_) | Type::Map(_)) {
            // Without `null`, typify makes an absent list of an empty one.
            shape["type"] = json!([shape["type"], "null"]);
        }
        properties.insert(field.name.clone(), shape);
    }
    json!({ "type": "object", "properties": properties, "required": required })
}

fn type_shape<'a>(ty: &'a Type, named: &mut Named<'a>) -> Value {
    match ty {
        Type::String => json!({ "type": "string" }),
        Type::Integer => json!({ "type": "integer", "format": "int64" }),
        Type::Number => json!({ "type": "number" }),
        Type::Boolean => json!({ "type": "boolean" }),
        Type::Any => json!({}),
        Type::Array(element) => {
            json!({ "type": "array", "items": type_shape(&element.ty, named) })
        }
        Type::Map(element) => {
            json!({ "type": "object", "additionalProperties": type_shape(&element.ty, named) })
        }
        Type::Object(name) | Type::ValueList(name) => {
            let index = named.len();
            let key = named.entry(name).or_insert_with(|| format!("Name{index}"));
            json!({ "$ref": format!("#/definitions/{key}") })
        }
    }
}

/// Whether a field has no `Option` around it: what a reply has is never sure.
fn is_mandatory(object: &Object, field: &Field) -> bool {
    field.required && object.role == Role::Request
}

/// The fields of typify's struct in the order of the schema. Each field has to be
/// found, and none may be left over.
fn fields(object: &Object, item: &ItemStruct) -> Result<Vec<FieldShape>, CodegenError> {
    let mut left: HashMap<String, &syn::Field> = item
        .fields
        .iter()
        .map(|field| (wire_name(field), field))
        .collect();
    let mut shapes: Vec<FieldShape> = Vec::new();
    for field in &object.fields {
        let (Some(found), true) = (
            left.remove(&field.name),
            item.fields.len() == object.fields.len(),
        ) else {
            return Err(CodegenError::at(
                &field.place,
                "typify makes another set of fields of this object: two names may fall together",
            ));
        };
        let Some(ident) = found.ident.clone() else {
            return Err(CodegenError::at(
                &field.place,
                "typify gives this field no name",
            ));
        };
        if shapes.iter().any(|shape| ident == shape.ident) {
            let message = format!("another member is named `{ident}` in Rust as well");
            return Err(CodegenError::at(&field.place, message));
        }
        let mut ty = found.ty.clone();
        ShortPaths.visit_type_mut(&mut ty);
        let optional = is_option(&ty);
        if optional == is_mandatory(object, field) && !matches!(field.ty, Type::Any) {
            return Err(CodegenError::at(
                &field.place,
                "typify mistakes whether this is mandatory",
            ));
        }
        shapes.push(FieldShape {
            ident: ident.to_string(),
            ty: ty.into_token_stream().to_string(),
            optional,
            reader: None,
        });
    }
    Ok(shapes)
}

/// The name of a field on the wire: that of `#[serde(rename = "..")]`, or its own.
fn wire_name(field: &syn::Field) -> String {
    let mut name = None;
    for attribute in field
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
    {
        let _ = attribute.parse_nested_meta(|meta| {
            let value: syn::LitStr = meta.value()?.parse()?;
            if meta.path.is_ident("rename") {
                name = Some(value.value());
            }
            Ok(())
        });
    }
    name.unwrap_or_else(|| {
        field
            .ident
            .as_ref()
            .map(Ident::to_string)
            .unwrap_or_default()
    })
}

fn is_option(ty: &syn::Type) -> bool {
    match ty {
        syn::Type::Path(path) => path
            .path
            .segments
            .first()
            .is_some_and(|segment| segment.ident == "Option"),
        _ => false,
    }
}

/// Writes `Option` where typify writes `::std::option::Option`, and the like.
struct ShortPaths;

impl VisitMut for ShortPaths {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        let first = path
            .segments
            .first()
            .map(|segment| segment.ident.to_string());
        let last = path.segments.last().cloned();
        if let (true, Some(last)) = (path.leading_colon.is_some(), last) {
            path.leading_colon = None;
            if first.is_some_and(|first| first == "std") {
                path.segments = std::iter::once(last).collect();
            }
        }
        syn::visit_mut::visit_path_mut(self, path);
    }
}
