use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use trtc_rooms_schema::ir::{Field, Module, Object, Type};

use super::imports::type_path;
use crate::docs::Docs;
use crate::error::CodegenError;
use crate::names;
use crate::shapes::FieldShape;

/// Functions that a setter of the same name would hide from callers of a value.
const TAKEN: &[&str] = &[
    "advise",
    "borrow",
    "borrow_mut",
    "check",
    "clone",
    "clone_from",
    "clone_into",
    "default",
    "deserialize",
    "deserialize_in_place",
    "eq",
    "fmt",
    "from",
    "hints",
    "into",
    "ne",
    "new",
    "serialize",
    "to_owned",
    "try_from",
    "try_into",
    "type_id",
    "validate",
];

/// After how many parameters clippy asks for fewer.
const MANY_PARAMETERS: usize = 7;

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
    let mut seen = HashSet::new();
    for (field, shape) in fields.iter().filter(|(_, shape)| shape.optional) {
        let setter_name = setter_name(&shape.ident());
        if !seen.insert(setter_name.clone()) {
            let message = format!("another setter is named `{setter_name}` as well");
            return Err(CodegenError::at(&field.place, message));
        }
        setters.push(setter(module, field, &shape.ident(), &setter_name)?);
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

/// The name of the setter of a field: that of the field, if it is free.
pub(crate) fn setter_name(field: &Ident) -> Ident {
    if TAKEN.iter().any(|taken| field == taken) {
        format_ident!("with_{field}")
    } else {
        field.clone()
    }
}

fn constructor(
    module: &Module,
    fields: &[(&Field, &FieldShape)],
) -> Result<TokenStream, CodegenError> {
    let mut parameters = Vec::new();
    let mut booleans = 0;
    let mut values = Vec::new();
    for (field, shape) in fields {
        let ident = shape.ident();
        if shape.optional {
            values.push(quote!(#ident: None));
        } else if let (Some(fixed), Type::ValueList(list)) = (&field.fixed, &field.ty) {
            let list = type_path(module, list)?;
            let variant = variant(field, fixed)?;
            values.push(quote!(#ident: #list::#variant));
        } else {
            let Argument { ty, value } = argument(module, &field.ty, &ident)?;
            booleans += usize::from(field.ty == Type::Boolean);
            parameters.push(quote!(#ident: #ty));
            values.push(if is_identifier(&value, &ident) {
                quote!(#ident)
            } else {
                quote!(#ident: #value)
            });
        }
    }
    let docs = match (parameters.is_empty(), fields.is_empty()) {
        (_, true) => Docs::new("Makes a value; there is nothing to put into it."),
        (true, _) => Docs::new("Makes a value in which everything is absent."),
        (false, _) => Docs::new("Makes a value of what is mandatory; everything else is absent."),
    };
    let mut lints = Vec::new();
    if parameters.len() > MANY_PARAMETERS {
        lints.push(quote!(clippy::too_many_arguments));
    }
    if booleans > 3 {
        lints.push(quote!(clippy::fn_params_excessive_bools));
    }
    let expectation = (!lints.is_empty())
        .then(|| quote!(#[expect(#(#lints,)* reason = "all of them are mandatory")]));
    Ok(quote! {
        #docs
        #expectation
        #[must_use]
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#values),* }
        }
    })
}

fn setter(
    module: &Module,
    field: &Field,
    ident: &Ident,
    setter_name: &Ident,
) -> Result<TokenStream, CodegenError> {
    let Argument { ty, value } = argument(module, &field.ty, ident)?;
    let docs = Docs::default().markdown(&format!("Sets [`{ident}`](field@Self::{ident})."));
    Ok(quote! {
        #docs
        #[must_use]
        pub fn #setter_name(mut self, #ident: #ty) -> Self {
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
    let ident = shape.ident();
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
        Type::String | Type::ValueList(_) => {
            let stored = stored(module, ty)?;
            Argument {
                ty: quote!(impl Into<#stored>),
                value: quote!(#ident.into()),
            }
        }
        Type::Array(element) => {
            let stored = stored(module, &element.ty)?;
            if is_converted(&element.ty) {
                Argument {
                    ty: quote!(impl IntoIterator<Item = impl Into<#stored>>),
                    value: quote!(#ident.into_iter().map(Into::into).collect()),
                }
            } else {
                Argument {
                    ty: quote!(impl IntoIterator<Item = #stored>),
                    value: quote!(#ident.into_iter().collect()),
                }
            }
        }
        Type::Map(element) => {
            let stored = stored(module, &element.ty)?;
            let (item, value) = if is_converted(&element.ty) {
                (quote!(impl Into<#stored>), quote!(value.into()))
            } else {
                (stored, quote!(value))
            };
            Argument {
                ty: quote!(impl IntoIterator<Item = (impl Into<String>, #item)>),
                value: quote! {
                    #ident.into_iter().map(|(name, value)| (name.into(), #value)).collect()
                },
            }
        }
        Type::Integer | Type::Number | Type::Boolean | Type::Any | Type::Object(_) => Argument {
            ty: stored(module, ty)?,
            value: quote!(#ident),
        },
    })
}

/// Whether a caller may give something that is converted into the type.
fn is_converted(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::ValueList(_))
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
            let value = stored(module, &element.ty)?;
            quote!(BTreeMap<String, #value>)
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
