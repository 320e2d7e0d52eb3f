use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use trtc_rooms_schema::ir::{AppliesWhen, Field, Module, Object, ObjectRule, ObjectRuleKind, Type};

use super::value::Access;
use super::{checker, number};
use crate::context::Context;
use crate::error::CodegenError;
use crate::model::imports::type_path;
use crate::model::setters::variant;
use crate::model::words::alternatives;
use crate::shapes::FieldShape;

/// Emits rules about several members of one object.
pub(super) struct Rules<'a> {
    context: &'a Context<'a>,
    module: &'a Module,
    object: &'a Object,
}

impl<'a> Rules<'a> {
    pub(super) fn new(context: &'a Context<'a>, module: &'a Module, object: &'a Object) -> Self {
        Self {
            context,
            module,
            object,
        }
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = (&'a Field, &'a FieldShape)> {
        let shapes = self.context.fields(self.module, self.object);
        self.object.fields.iter().zip(shapes)
    }

    /// What a list or map may add up to.
    pub(super) fn sums(&self, field: &Field, access: &Access) -> Result<TokenStream, CodegenError> {
        let mut statements = TokenStream::new();
        for ObjectRule { kind, code } in &self.object.rules {
            let ObjectRuleKind::Sum {
                over,
                member,
                maximum,
            } = kind
            else {
                continue;
            };
            if *over != field.name {
                continue;
            }
            let list = access.receiver();
            let elements = match field.ty {
                Type::Map(_) => quote!(values()),
                _ => quote!(iter()),
            };
            let size = self.element_size(field, member.as_deref())?;
            let maximum = number(i64::from(*maximum));
            let checker = checker(&quote!(at.member(#over)), *code);
            statements.extend(quote!(#checker.max_sum(#list.#elements.map(#size), #maximum);));
        }
        Ok(statements)
    }

    /// The function from an element of a list or map to its size in bytes.
    fn element_size(
        &self,
        field: &Field,
        member: Option<&str>,
    ) -> Result<TokenStream, CodegenError> {
        let unsupported = || {
            let message = "a sum goes over a list or map of texts, or of objects with a text";
            CodegenError::at(&field.place, message)
        };
        let (Type::Array(element) | Type::Map(element)) = &field.ty else {
            return Err(unsupported());
        };
        match (&element.ty, member) {
            (Type::String, None) => Ok(quote!(String::len)),
            (Type::Object(name), Some(member)) => {
                let (object, shapes) = self.context.object(name).ok_or_else(unsupported)?;
                let mut members = object.fields.iter().zip(shapes);
                let (_, shape) = members
                    .find(|(field, _)| field.name == member && field.ty == Type::String)
                    .ok_or_else(unsupported)?;
                let ident = shape.ident();
                Ok(if shape.optional {
                    quote!(|element| element.#ident.as_ref().map_or(0, String::len))
                } else {
                    quote!(|element| element.#ident.len())
                })
            }
            _ => Err(unsupported()),
        }
    }

    /// How far a number may be from another one.
    pub(super) fn differences(&self, field: &Field) -> Result<TokenStream, CodegenError> {
        let mut statements = TokenStream::new();
        for ObjectRule { kind, code } in &self.object.rules {
            let ObjectRuleKind::Difference {
                of,
                minus,
                minimum,
                maximum,
            } = kind
            else {
                continue;
            };
            if *of != field.name {
                continue;
            }
            let (end, start) = (self.integer(of)?, self.integer(minus)?);
            let checker = checker(&quote!(at.member(#of)), *code);
            for (function, limit) in [("min_difference", minimum), ("max_difference", maximum)] {
                let function = format_ident!("{function}");
                let limit = limit.map(number);
                statements.extend(
                    limit.map(|limit| quote!(#checker.#function(#end, #start, #minus, #limit);)),
                );
            }
        }
        Ok(statements)
    }

    /// Rules that point at the object.
    pub(super) fn groups(&self) -> Result<TokenStream, CodegenError> {
        let mut statements = TokenStream::new();
        for ObjectRule { kind, code } in &self.object.rules {
            let (function, members) = match kind {
                ObjectRuleKind::RequiredTogether(members) => ("required_together", members),
                ObjectRuleKind::AtLeastOneOf(members) => ("at_least_one_of", members),
                ObjectRuleKind::Difference { .. } | ObjectRuleKind::Sum { .. } => continue,
            };
            let function = format_ident!("{function}");
            let mut present = Vec::new();
            for member in members {
                let (field, shape) = self.find(member)?;
                if !shape.optional {
                    let message = "a group is of members that may be absent";
                    return Err(CodegenError::at(&field.place, message));
                }
                let ident = shape.ident();
                present.push(quote!(self.#ident.is_some()));
            }
            let code = (*code != super::INVALID_PARAMETER).then(|| {
                let code = number(i64::from(*code));
                quote!(.code(#code))
            });
            statements.extend(quote! {
                report.at(at)#code.#function(&[#(#present),*], &[#(#members),*]);
            });
        }
        Ok(statements)
    }

    /// The hint for a member that has no effect beside the value of another one.
    pub(super) fn condition(
        &self,
        field: &Field,
        shape: &FieldShape,
    ) -> Result<TokenStream, CodegenError> {
        let Some(AppliesWhen { member, values }) = &field.applies_when else {
            return Ok(TokenStream::new());
        };
        let (sibling, sibling_shape) = self.find(member)?;
        let Type::ValueList(list) = &sibling.ty else {
            let message = format!("`{member}` has no list of values");
            return Err(CodegenError::at(&field.place, message));
        };
        // Not beside an unknown value or none: what that does, nobody here knows.
        let others = self.context.values(list).iter();
        let others = others.filter(|value| !values.contains(&value.text));
        let list = type_path(self.module, list)?;
        let mut patterns = Vec::new();
        for value in others {
            let variant = variant(sibling, &value.text)?;
            patterns.push(quote!(#list::#variant));
        }
        if patterns.is_empty() {
            return Ok(TokenStream::new());
        }
        let mut pattern = quote!(#(#patterns)|*);
        if sibling_shape.optional {
            pattern = quote!(Some(#pattern));
        }
        let sibling_ident = sibling_shape.ident();
        let mut value = quote!(&self.#sibling_ident);
        if shape.optional {
            let ident = shape.ident();
            pattern = quote!((Some(_), #pattern));
            value = quote!((&self.#ident, #value));
        }
        let wire_name = &field.name;
        let message = format!("has an effect only with {member} {}", alternatives(values));
        Ok(quote! {
            if let #pattern = #value {
                report.at(&at.member(#wire_name)).no_effect(#message);
            }
        })
    }

    /// A number that may be absent, as an expression.
    fn integer(&self, name: &str) -> Result<TokenStream, CodegenError> {
        let (field, shape) = self.find(name)?;
        if field.ty != Type::Integer {
            let message = "a difference is one of two integers";
            return Err(CodegenError::at(&field.place, message));
        }
        let ident = shape.ident();
        Ok(if shape.optional {
            quote!(self.#ident)
        } else {
            quote!(Some(self.#ident))
        })
    }

    fn find(&self, name: &str) -> Result<(&'a Field, &'a FieldShape), CodegenError> {
        self.fields()
            .find(|(field, _)| field.name == name)
            .ok_or_else(|| {
                let message = format!("a rule names `{name}`, which is no member");
                CodegenError::at(&self.object.place, message)
            })
    }
}
