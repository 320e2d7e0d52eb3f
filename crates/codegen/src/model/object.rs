use proc_macro2::TokenStream;
use quote::quote;
use trtc_rooms_schema::ir::{Field, LimitKind, Module, Object, Role, Type};

use super::{setters, validation};
use crate::docs::{Docs, escape};
use crate::error::CodegenError;
use crate::names;
use crate::shapes::{FieldShape, Shapes};

/// The struct of an object, its constructor and setters, and its validation.
pub(crate) fn tokens(
    module: &Module,
    object: &Object,
    shapes: &Shapes,
) -> Result<TokenStream, CodegenError> {
    let fields: Vec<(&Field, &FieldShape)> = object
        .fields
        .iter()
        .zip(shapes.get(&object.name).into_iter().flatten())
        .collect();
    let structure = structure(module, object, &fields)?;
    if object.role == Role::Response {
        return Ok(structure);
    }
    let setters = setters::tokens(module, object, &fields)?;
    let documented = validation::documented(module, object)?;
    let validate = validation::validate(module, object, &fields, shapes)?;
    Ok(quote!(#structure #setters #documented #validate))
}

fn structure(
    module: &Module,
    object: &Object,
    fields: &[(&Field, &FieldShape)],
) -> Result<TokenStream, CodegenError> {
    let name = names::pascal(&object.name).ok_or_else(|| {
        let message = format!("`{}` is no name for a type", object.name);
        CodegenError::in_file(&module.source.file, message)
    })?;
    let docs = Docs::new(&object.description);
    let is_default = fields.iter().all(|(_, shape)| shape.optional);
    let default = is_default.then(|| quote!(Default,));
    let members = fields.iter().map(|(field, shape)| {
        let docs = field_docs(object, field);
        let serde = serde_attribute(object, field, shape);
        let FieldShape { ident, ty, .. } = shape;
        quote!(#docs #serde pub #ident: #ty)
    });
    Ok(quote! {
        #docs
        #[derive(Clone, Debug, #default PartialEq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub struct #name { #(#members),* }
    })
}

fn serde_attribute(object: &Object, field: &Field, shape: &FieldShape) -> TokenStream {
    let mut parts = Vec::new();
    if shape.ident != field.name {
        let name = &field.name;
        parts.push(quote!(rename = #name));
    }
    if object.role == Role::Response && field.ty == Type::String {
        parts.push(quote!(default));
        parts.push(quote!(
            deserialize_with = "trtc_rooms_core::generated::text"
        ));
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

/// What a field means, and everything that the documents state about it.
fn field_docs(object: &Object, field: &Field) -> Docs {
    let docs = Docs::new(&field.description);
    if object.role == Role::Response {
        return docs;
    }
    docs.markdown(&field_facts(field))
}

/// The documented facts of a field in sentences.
pub(crate) fn field_facts(field: &Field) -> String {
    let mut facts = Vec::new();
    if field.required {
        facts.push("Mandatory.".to_owned());
    }
    if field.unix_seconds {
        facts.push("Unix seconds.".to_owned());
    }
    for limit in &field.limits {
        match &limit.kind {
            LimitKind::MinBytes(least) => facts.push(format!("At least {least} bytes of UTF-8.")),
            LimitKind::MaxBytes(most) => facts.push(format!("Up to {most} bytes of UTF-8.")),
            LimitKind::MinItems(least) => facts.push(format!("At least {least} elements.")),
            LimitKind::MaxItems(most) => facts.push(format!("Up to {most} elements.")),
            LimitKind::Minimum(least) => facts.push(format!("At least {least}.")),
            LimitKind::Maximum(most) => facts.push(format!("At most {most}.")),
            LimitKind::OneOf { .. } => {}
        }
    }
    if let Some(condition) = &field.applies_when {
        facts.push(format!(
            "It has an effect only with `{}` {}.",
            condition.member,
            alternatives(&condition.values)
        ));
    }
    facts.extend(field.recorded.iter().map(|limit| escape(limit)));
    if let Some(default) = &field.default {
        facts.push(format!(
            "When it is absent, the service takes {}.",
            escape(default)
        ));
    }
    facts.join(" ")
}

/// ``` `A`, `B` or `C` ```
pub(crate) fn alternatives(values: &[String]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
