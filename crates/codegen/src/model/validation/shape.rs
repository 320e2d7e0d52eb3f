use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use trtc_rooms_schema::ir::{Element, Field, Module, Object, Type};

use super::{INVALID_PARAMETER, number};
use crate::error::CodegenError;
use crate::model::imports::type_path;
use crate::names;

/// `impl Documented`: the documented members as data.
pub(crate) fn documented(module: &Module, object: &Object) -> Result<TokenStream, CodegenError> {
    let Some(name) = names::pascal(&object.name) else {
        return Ok(TokenStream::new());
    };
    let mut fields = Vec::new();
    for field in &object.fields {
        let wire_name = &field.name;
        let shape = shape(module, &field.ty)?;
        let constructor = if field.required {
            "required"
        } else {
            "optional"
        };
        let constructor = format_ident!("{constructor}");
        let type_code = other_code("with_type_code", field.type_code);
        let element_code = other_code("with_element_code", element_code(field)?);
        fields.push(quote! {
            FieldShape::#constructor(#wire_name, #shape) #type_code #element_code
        });
    }
    Ok(quote! {
        impl Documented for #name {
            const SHAPE: &'static ObjectShape = &ObjectShape { fields: &[#(#fields),*] };
        }
    })
}

fn shape(module: &Module, ty: &Type) -> Result<TokenStream, CodegenError> {
    Ok(match ty {
        Type::Any => quote!(Shape::Any),
        Type::String | Type::ValueList(_) => quote!(Shape::String),
        Type::Integer => quote!(Shape::Integer),
        Type::Number => quote!(Shape::Number),
        Type::Boolean => quote!(Shape::Boolean),
        Type::Object(name) => {
            let name = type_path(module, name)?;
            quote!(Shape::Object(#name::SHAPE))
        }
        Type::Array(element) => {
            let element = shape(module, &element.ty)?;
            quote!(Shape::Array(&#element))
        }
        Type::Map(element) => {
            let element = shape(module, &element.ty)?;
            quote!(Shape::Map(&#element))
        }
    })
}

/// The code for an element of another type, in a list at any depth of a field.
fn element_code(field: &Field) -> Result<i32, CodegenError> {
    let mut code = None;
    let mut ty = &field.ty;
    while let Type::Array(element) | Type::Map(element) = ty {
        let Element {
            ty: inner,
            type_code,
            ..
        } = &**element;
        if code.is_some_and(|code| code != *type_code) {
            return Err(CodegenError::at(
                &field.place,
                "lists in lists have to have one code for elements of another type",
            ));
        }
        code = Some(*type_code);
        ty = inner;
    }
    Ok(code.unwrap_or(INVALID_PARAMETER))
}

fn other_code(function: &str, code: i32) -> Option<TokenStream> {
    (code != INVALID_PARAMETER).then(|| {
        let function = format_ident!("{function}");
        let code = number(i64::from(code));
        quote!(.#function(#code))
    })
}
