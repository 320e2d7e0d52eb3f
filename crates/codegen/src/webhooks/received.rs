use proc_macro2::TokenStream;
use trtc_rooms_schema::document::Unit;
use trtc_rooms_schema::ir::{Field, Module, Object, Role, Type};

use crate::context::Context;
use crate::error::CodegenError;
use crate::model::object;
use crate::shapes::FieldShape;

/// The struct of an object that is received. Times have types that tell seconds from
/// milliseconds, and objects are read from objects alone: a list would do for serde.
pub(crate) fn tokens(
    context: &Context<'_>,
    module: &Module,
    object: &Object,
) -> Result<TokenStream, CodegenError> {
    if object.role == Role::Request {
        // The rest of a module of which events use something.
        return Ok(TokenStream::new());
    }
    let shapes: Vec<FieldShape> = context
        .fields(module, object)
        .iter()
        .zip(&object.fields)
        .map(|(shape, field)| received(shape, field))
        .collect();
    let fields: Vec<(&Field, &FieldShape)> = object.fields.iter().zip(&shapes).collect();
    object::structure(object, &fields)
}

fn received(shape: &FieldShape, field: &Field) -> FieldShape {
    let mut shape = shape.clone();
    shape.reader = match &field.ty {
        Type::Object(_) => Some("object"),
        Type::Array(element) if matches!(element.ty, Type::Object(_)) => Some("objects"),
        _ => None,
    };
    shape.ty = match (&field.ty, field.unit) {
        (Type::Integer, Some(Unit::UnixSeconds)) => "Option<UnixSeconds>".to_owned(),
        (Type::Integer, Some(Unit::UnixMilliseconds)) => "Option<UnixMillis>".to_owned(),
        (Type::Integer, Some(Unit::Milliseconds)) => "Option<Millis>".to_owned(),
        _ => shape.ty,
    };
    shape
}
