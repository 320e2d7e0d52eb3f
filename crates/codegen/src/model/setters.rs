use proc_macro2::{Ident, TokenStream};
use quote::quote;
use trtc_rooms_schema::ir::{Field, Module, Object, Type};

use super::imports::type_path;
use crate::docs::Docs;
use crate::error::CodegenError;
use crate::names;
use crate::shapes::FieldShape;

/// `new` with what is mandatory, and a setter for everything else.
pub(crate) fn tokens(
    module: &Module,
    object: &Object,
    fields: &[(&Field, &FieldShape)],
) -> Result<TokenStream, CodegenError> {
    let Some(name) = names::pascal(&object.name) else {
        return Ok(TokenStream::new());
    };
    let constructor = constructor(module, fields)?;
    let mut setters = Vec::new();
    for (field, shape) in fields.iter().filter(|(_, shape)| shape.optional) {
        setters.push(setter(module, field, &shape.ident)?);
    }
    let conversion = conversion(module, &name, fields)?;
    Ok(quote! {
        impl #name {
            #constructor
            #(#setters)*
        }
        #conversion
    })
}

fn constructor(
    module: &Module,
    fields: &[(&Field, &FieldShape)],
) -> Result<TokenStream, CodegenError> {
    let mut parameters = Vec::new();
    let mut values = Vec::new();
    for (field, shape) in fields {
        let ident = &shape.ident;
        if shape.optional {
            values.push(quote!(#ident: None));
        } else if let (Some(fixed), Type::ValueList(list)) = (&field.fixed, &field.ty) {
            let list = type_path(module, list)?;
            let variant = variant(field, fixed)?;
            values.push(quote!(#ident: #list::#variant));
        } else {
            let Argument { ty, value } = argument(module, &field.ty, ident)?;
            parameters.push(quote!(#ident: #ty));
            values.push(if is_identifier(&value, ident) {
                quote!(#ident)
            } else {
                quote!(#ident: #value)
            });
        }
    }
    let docs = if parameters.is_empty() {
        Docs::new("Makes a value in which everything is absent.")
    } else {
        Docs::new("Makes a value of what is mandatory; everything else is absent.")
    };
    Ok(quote! {
        #docs
        #[must_use]
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#values),* }
        }
    })
}

fn setter(module: &Module, field: &Field, ident: &Ident) -> Result<TokenStream, CodegenError> {
    let Argument { ty, value } = argument(module, &field.ty, ident)?;
    let docs = Docs::default().markdown(&format!("Sets [`{ident}`](Self::{ident})."));
    Ok(quote! {
        #docs
        #[must_use]
        pub fn #ident(mut self, #ident: #ty) -> Self {
            self.#ident = Some(#value);
            self
        }
    })
}

/// The conversion from the only thing that has to be given.
fn conversion(
    module: &Module,
    name: &Ident,
    fields: &[(&Field, &FieldShape)],
) -> Result<TokenStream, CodegenError> {
    let mut mandatory = fields
        .iter()
        .filter(|(field, shape)| !shape.optional && field.fixed.is_none());
    let (Some((field, shape)), None) = (mandatory.next(), mandatory.next()) else {
        return Ok(TokenStream::new());
    };
    let Type::Object(object) = &field.ty else {
        return Ok(TokenStream::new());
    };
    let object = type_path(module, object)?;
    let ident = &shape.ident;
    Ok(quote! {
        impl From<#object> for #name {
            fn from(#ident: #object) -> Self {
                Self::new(#ident)
            }
        }
    })
}

/// A parameter that is pleasant to call with, and what is stored of it.
struct Argument {
    ty: TokenStream,
    value: TokenStream,
}

fn argument(module: &Module, ty: &Type, ident: &Ident) -> Result<Argument, CodegenError> {
    Ok(match ty {
        Type::String => Argument {
            ty: quote!(impl Into<String>),
            value: quote!(#ident.into()),
        },
        Type::ValueList(list) => {
            let list = type_path(module, list)?;
            Argument {
                ty: quote!(impl Into<#list>),
                value: quote!(#ident.into()),
            }
        }
        Type::Array(element) => {
            let (item, value) = match &element.ty {
                Type::String | Type::ValueList(_) => {
                    let target = stored(module, &element.ty)?;
                    (
                        quote!(impl Into<#target>),
                        quote!(#ident.into_iter().map(Into::into).collect()),
                    )
                }
                other => (stored(module, other)?, quote!(#ident.into_iter().collect())),
            };
            Argument {
                ty: quote!(impl IntoIterator<Item = #item>),
                value,
            }
        }
        Type::Map(element) => {
            let item = stored(module, &element.ty)?;
            Argument {
                ty: quote!(impl IntoIterator<Item = (impl Into<String>, #item)>),
                value: quote!(#ident.into_iter().map(|(name, value)| (name.into(), value)).collect()),
            }
        }
        Type::Integer | Type::Number | Type::Boolean | Type::Any | Type::Object(_) => Argument {
            ty: stored(module, ty)?,
            value: quote!(#ident),
        },
    })
}

/// The type that stores a value.
fn stored(module: &Module, ty: &Type) -> Result<TokenStream, CodegenError> {
    Ok(match ty {
        Type::String => quote!(String),
        Type::Integer => quote!(i64),
        Type::Number => quote!(f64),
        Type::Boolean => quote!(bool),
        Type::Any => quote!(serde_json::Value),
        Type::Object(name) | Type::ValueList(name) => type_path(module, name)?,
        Type::Array(element) => {
            let element = stored(module, &element.ty)?;
            quote!(Vec<#element>)
        }
        Type::Map(element) => {
            let element = stored(module, &element.ty)?;
            quote!(BTreeMap<String, #element>)
        }
    })
}

pub(crate) fn variant(field: &Field, value: &str) -> Result<Ident, CodegenError> {
    names::pascal(value).ok_or_else(|| {
        CodegenError::at(&field.place, format!("`{value}` is no name for a variant"))
    })
}

fn is_identifier(value: &TokenStream, ident: &Ident) -> bool {
    *ident == value.to_string()
}
