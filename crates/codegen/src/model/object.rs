use proc_macro2::{Ident, TokenStream};
use quote::quote;
use trtc_rooms_schema::ir::{Field, Module, Object, Role, Type};

use super::words::{field_facts, object_facts};
use super::{setters, validation};
use crate::context::Context;
use crate::docs::Docs;
use crate::error::CodegenError;
use crate::names;
use crate::shapes::FieldShape;

/// The struct of an object, its constructor and setters, and its validation.
pub(crate) fn tokens(
    context: &Context<'_>,
    module: &Module,
    object: &Object,
) -> Result<TokenStream, CodegenError> {
    let fields: Vec<(&Field, &FieldShape)> = object
        .fields
        .iter()
        .zip(context.fields(module, object))
        .collect();
    let structure = structure(object, &fields)?;
    if object.role == Role::Response {
        return Ok(structure);
    }
    let setters = setters::tokens(module, object, &fields)?;
    let documented = validation::documented(module, object)?;
    let validate = validation::validate(context, module, object)?;
    Ok(quote!(#structure #setters #documented #validate))
}

/// The struct of an object alone.
pub(crate) fn structure(
    object: &Object,
    fields: &[(&Field, &FieldShape)],
) -> Result<TokenStream, CodegenError> {
    let name = names::pascal(&object.name).ok_or_else(|| {
        let message = format!("`{}` is no name for a type", object.name);
        CodegenError::at(&object.place, message)
    })?;
    let mut docs = Docs::new(&object.description);
    if object.role == Role::Request {
        docs = object_facts(object)
            .iter()
            .fold(docs, |docs, fact| docs.markdown(fact));
    }
    let is_default = fields.iter().all(|(_, shape)| shape.optional);
    let default = is_default.then(|| quote!(Default,));
    let booleans = fields
        .iter()
        .filter(|(field, shape)| field.ty == Type::Boolean && !shape.optional)
        .count();
    let expectation = (booleans > 3).then(|| {
        quote! {
            #[expect(clippy::struct_excessive_bools, reason = "they are in the documents")]
        }
    });
    let members = fields.iter().map(|(field, shape)| {
        let docs = Docs::new(&field.description).markdown(&field_facts(object, field));
        let serde = serde_attribute(object, field, shape);
        let ident = shape.ident();
        let ty: syn::Type = syn::parse_str(&shape.ty)
            .map_err(|_| CodegenError::at(&field.place, "typify gives this field no type"))?;
        Ok(quote!(#docs #serde pub #ident: #ty))
    });
    let members = members.collect::<Result<Vec<_>, CodegenError>>()?;
    let has_secrets = fields.iter().any(|(field, _)| field.secret);
    let derived = (!has_secrets).then(|| quote!(Debug,));
    let debug = has_secrets.then(|| debug(&name, fields));
    Ok(quote! {
        #docs
        #expectation
        #[derive(Clone, #derived #default PartialEq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub struct #name { #(#members),* }

        #debug
    })
}

/// What is shown of an object that holds a secret: whether it is there.
fn debug(name: &Ident, fields: &[(&Field, &FieldShape)]) -> TokenStream {
    let text = name.to_string();
    let members = fields.iter().map(|(field, shape)| {
        let ident = shape.ident();
        let member = ident.to_string();
        if field.secret && shape.optional {
            quote!(.field(#member, &self.#ident.as_ref().map(|_| "[secret]")))
        } else if field.secret {
            quote!(.field(#member, &"[secret]"))
        } else {
            quote!(.field(#member, &self.#ident))
        }
    });
    quote! {
        /// Without secrets.
        impl fmt::Debug for #name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(#text)#(#members)*.finish()
            }
        }
    }
}

fn serde_attribute(object: &Object, field: &Field, shape: &FieldShape) -> TokenStream {
    let mut parts = Vec::new();
    if shape.ident() != field.name {
        let name = &field.name;
        parts.push(quote!(rename = #name));
    }
    for alias in &field.also_named {
        parts.push(quote!(alias = #alias));
    }
    if let Some(reader) = shape.reader.or_else(|| reader(object, field, shape)) {
        let reader = format!("trtc_rooms_core::generated::{reader}");
        parts.push(quote!(default));
        parts.push(quote!(deserialize_with = #reader));
    }
    if shape.optional {
        parts.push(quote!(skip_serializing_if = "Option::is_none"));
    }
    if parts.is_empty() {
        TokenStream::new()
    } else {
        quote!(#[serde(#(#parts),*)])
    }
}

/// The function that reads a field, where serde's own way would lose something.
fn reader(object: &Object, field: &Field, shape: &FieldShape) -> Option<&'static str> {
    let is_received = object.role == Role::Response;
    match &field.ty {
        Type::String if is_received => Some("text"),
        Type::ValueList(_) if is_received => Some("value"),
        Type::Boolean if is_received => Some("boolean"),
        Type::Integer if is_received => Some("integer"),
        Type::Array(element) if is_received && element.ty == Type::String => Some("texts"),
        // `null` is a value here.
        Type::Any if shape.optional => Some("present"),
        _ => None,
    }
}
