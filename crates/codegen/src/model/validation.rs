//! The emission of limits: what typify cannot express.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use trtc_rooms_schema::ir::{
    AppliesWhen, Element, Field, Limit, LimitKind, Module, Object, ObjectRule, ObjectRuleKind, Type,
};

use super::imports::type_path;
use super::object::alternatives;
use super::setters::variant;
use crate::error::CodegenError;
use crate::names;
use crate::shapes::{FieldShape, Shapes};

/// The code with which the service refuses an invalid parameter by default.
const INVALID_PARAMETER: i32 = 100_002;

type Fields<'a> = &'a [(&'a Field, &'a FieldShape)];

/// `impl Documented`: the documented members as data.
pub(crate) fn documented(module: &Module, object: &Object) -> Result<TokenStream, CodegenError> {
    let Some(name) = names::pascal(&object.name) else {
        return Ok(TokenStream::new());
    };
    let mut fields = Vec::new();
    for field in &object.fields {
        let wire_name = &field.name;
        let shape = shape(module, &field.ty)?;
        let constructor = format_ident!(
            "{}",
            if field.required {
                "required"
            } else {
                "optional"
            }
        );
        let code = (field.type_code != INVALID_PARAMETER).then(|| {
            let code = number(i64::from(field.type_code));
            quote!(.with_type_code(#code))
        });
        fields.push(quote!(FieldShape::#constructor(#wire_name, #shape) #code));
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

/// `impl Validate`: one statement a documented limit, in document order.
pub(crate) fn validate(
    module: &Module,
    object: &Object,
    fields: Fields<'_>,
    shapes: &Shapes,
) -> Result<TokenStream, CodegenError> {
    let Some(name) = names::pascal(&object.name) else {
        return Ok(TokenStream::new());
    };
    let mut checks = TokenStream::new();
    let mut hints = TokenStream::new();
    for (field, shape) in fields {
        let emission = Emission::field(field, shape);
        checks.extend(emission.wrap(&emission.checks(module)?));
        checks.extend(rules_about(object, &field.name, fields, shapes)?);
        hints.extend(emission.wrap(&emission.advice(module)?));
        hints.extend(applies_when(module, field, shape, fields)?);
    }
    checks.extend(group_rules(object, fields)?);
    let check = function("check", &checks);
    let advise = function("advise", &hints);
    Ok(quote! {
        impl Validate for #name {
            #check
            #advise
        }
    })
}

/// A function of `Validate`, with unused parameters marked as such.
fn function(name: &str, body: &TokenStream) -> TokenStream {
    let name = format_ident!("{name}");
    if body.is_empty() {
        quote!(fn #name(&self, _at: &Path<'_>, _report: &mut Report) {})
    } else {
        quote!(fn #name(&self, at: &Path<'_>, report: &mut Report) { #body })
    }
}

/// Emits what is said about one value: a field, or an element of a list.
struct Emission<'a> {
    ty: &'a Type,
    limits: &'a [Limit],
    unix_seconds: bool,
    /// The expression of the value, and of its place.
    value: TokenStream,
    at: TokenStream,
    /// How the value is bound when it may be absent: its name and expression.
    option: Option<(Ident, TokenStream)>,
}

impl<'a> Emission<'a> {
    fn field(field: &'a Field, shape: &FieldShape) -> Self {
        let ident = &shape.ident;
        let wire_name = &field.name;
        let (value, option) = if shape.optional {
            (quote!(#ident), Some((ident.clone(), quote!(self.#ident))))
        } else {
            (quote!(self.#ident), None)
        };
        Self {
            ty: &field.ty,
            limits: &field.limits,
            unix_seconds: field.unix_seconds,
            value,
            at: quote!(&at.member(#wire_name)),
            option,
        }
    }

    /// Puts statements into an `if let` where the value may be absent.
    fn wrap(&self, body: &TokenStream) -> TokenStream {
        match &self.option {
            _ if body.is_empty() => TokenStream::new(),
            None => body.clone(),
            Some((ident, expression)) => {
                // Numbers are copied, everything else is borrowed.
                if is_copied(self.ty) {
                    quote!(if let Some(#ident) = #expression { #body })
                } else {
                    quote!(if let Some(#ident) = &#expression { #body })
                }
            }
        }
    }

    fn checks(&self, module: &Module) -> Result<TokenStream, CodegenError> {
        let mut statements = TokenStream::new();
        let mut guard = None;
        for limit in self.limits {
            let call = self.limit(module, limit)?;
            if let LimitKind::MaxItems(_) = limit.kind {
                guard = Some(call);
            } else {
                statements.extend(quote!(#call;));
            }
        }
        let inner = match self.ty {
            Type::Object(_) => {
                let Self { value, at, .. } = self;
                quote!(#value.check(#at, report);)
            }
            Type::Array(element) => self.elements(module, element, Self::checks)?,
            Type::Map(element) => self.values(module, element, Self::checks)?,
            _ => TokenStream::new(),
        };
        statements.extend(match guard {
            Some(guard) if inner.is_empty() => quote!(#guard;),
            Some(guard) => quote!(if #guard { #inner }),
            None => inner,
        });
        Ok(statements)
    }

    fn advice(&self, module: &Module) -> Result<TokenStream, CodegenError> {
        let Self { value, at, .. } = self;
        Ok(match self.ty {
            Type::Object(_) => quote!(#value.advise(#at, report);),
            // A closed list is checked; only values of an open one are unknown.
            Type::ValueList(_) if !self.is_closed() => {
                let value = self.reference();
                quote!(report.at(#at).known_value(#value);)
            }
            Type::Integer if self.unix_seconds => {
                quote!(report.at(#at).unix_seconds(#value);)
            }
            Type::Array(element) => self.elements(module, element, Self::advice)?,
            Type::Map(element) => self.values(module, element, Self::advice)?,
            _ => TokenStream::new(),
        })
    }

    fn elements(
        &self,
        module: &Module,
        element: &'a Element,
        emit: fn(&Self, &Module) -> Result<TokenStream, CodegenError>,
    ) -> Result<TokenStream, CodegenError> {
        let body = emit(&Self::element(element, quote!(&at.item(index))), module)?;
        let Self { value, at, .. } = self;
        Ok(if body.is_empty() {
            body
        } else {
            quote! {
                let at = #at;
                for (index, element) in #value.iter().enumerate() {
                    if report.is_full() {
                        break;
                    }
                    #body
                }
            }
        })
    }

    fn values(
        &self,
        module: &Module,
        element: &'a Element,
        emit: fn(&Self, &Module) -> Result<TokenStream, CodegenError>,
    ) -> Result<TokenStream, CodegenError> {
        let body = emit(&Self::element(element, quote!(&at.member(name))), module)?;
        let Self { value, at, .. } = self;
        Ok(if body.is_empty() {
            body
        } else {
            quote! {
                let at = #at;
                for (name, element) in &#value {
                    if report.is_full() {
                        break;
                    }
                    #body
                }
            }
        })
    }

    fn element(element: &'a Element, at: TokenStream) -> Self {
        Self {
            ty: &element.ty,
            limits: &element.limits,
            unix_seconds: false,
            value: if is_copied(&element.ty) {
                quote!(*element)
            } else {
                quote!(element)
            },
            at,
            option: Some((format_ident!("element"), TokenStream::new())),
        }
    }

    fn limit(&self, module: &Module, limit: &Limit) -> Result<TokenStream, CodegenError> {
        let value = &self.value;
        let checker = checker(&self.at, limit.code);
        Ok(match &limit.kind {
            LimitKind::MinBytes(least) => {
                let (text, least) = (self.reference(), number(i64::from(*least)));
                quote!(#checker.min_bytes(#text, #least))
            }
            LimitKind::MaxBytes(most) => {
                let (text, most) = (self.reference(), number(i64::from(*most)));
                quote!(#checker.max_bytes(#text, #most))
            }
            LimitKind::MinItems(least) => {
                let least = number(i64::from(*least));
                quote!(#checker.min_items(#value.len(), #least))
            }
            LimitKind::MaxItems(most) => {
                let most = number(i64::from(*most));
                quote!(#checker.max_items(#value.len(), #most))
            }
            LimitKind::Minimum(least) => {
                let least = number(*least);
                quote!(#checker.minimum(#value, #least))
            }
            LimitKind::Maximum(most) => {
                let most = number(*most);
                quote!(#checker.maximum(#value, #most))
            }
            LimitKind::OneOf { values, narrowed } => {
                let value = self.reference();
                match self.ty {
                    Type::ValueList(list) if !narrowed => {
                        let list = type_path(module, list)?;
                        quote!(#checker.one_of(#value, #list::KNOWN))
                    }
                    _ => quote!(#checker.one_of(#value, &[#(#values),*])),
                }
            }
        })
    }

    /// The value as a reference: what is bound by `if let` or a loop is one.
    fn reference(&self) -> TokenStream {
        let value = &self.value;
        if self.option.is_some() {
            quote!(#value)
        } else {
            quote!(&#value)
        }
    }

    fn is_closed(&self) -> bool {
        self.limits
            .iter()
            .any(|limit| matches!(limit.kind, LimitKind::OneOf { .. }))
    }
}

/// Rules about several members that point at one of them.
fn rules_about(
    object: &Object,
    name: &str,
    fields: Fields<'_>,
    shapes: &Shapes,
) -> Result<TokenStream, CodegenError> {
    let mut statements = TokenStream::new();
    for ObjectRule { kind, code } in &object.rules {
        match kind {
            ObjectRuleKind::Difference {
                of,
                minus,
                minimum,
                maximum,
            } if of == name => {
                let end = optional_integer(find(fields, of)?);
                let start = optional_integer(find(fields, minus)?);
                let checker = checker(&quote!(&at.member(#of)), *code);
                for (function, limit) in [("min_difference", minimum), ("max_difference", maximum)]
                {
                    let function = format_ident!("{function}");
                    let limit = limit.map(number);
                    statements
                        .extend(limit.map(
                            |limit| quote!(#checker.#function(#end, #start, #minus, #limit);),
                        ));
                }
            }
            ObjectRuleKind::Sum {
                over,
                member,
                maximum,
            } if over == name => {
                let (field, shape) = find(fields, over)?;
                let list = &shape.ident;
                let elements = match field.ty {
                    Type::Map(_) => quote!(values()),
                    _ => quote!(iter()),
                };
                let size = element_size(field, member.as_deref(), shapes)?;
                let maximum = number(i64::from(*maximum));
                let checker = checker(&quote!(&at.member(#over)), *code);
                let sum = quote!(#checker.max_sum(#list.#elements.map(#size), #maximum););
                statements.extend(if shape.optional {
                    quote!(if let Some(#list) = &self.#list { #sum })
                } else {
                    quote!(let #list = &self.#list; #sum)
                });
            }
            _ => {}
        }
    }
    Ok(statements)
}

/// The function from an element of a list or map to its size in bytes.
fn element_size(
    field: &Field,
    member: Option<&str>,
    shapes: &Shapes,
) -> Result<TokenStream, CodegenError> {
    let (Type::Array(element) | Type::Map(element)) = &field.ty else {
        return Err(CodegenError::at(
            &field.place,
            "a sum goes over a list or a map",
        ));
    };
    match (&element.ty, member) {
        (Type::String, None) => Ok(quote!(String::len)),
        (Type::Object(name), Some(member)) => {
            let shape = shapes
                .get(&name.name)
                .and_then(|object| object.iter().find(|shape| shape.wire_name == member));
            match shape {
                Some(FieldShape {
                    ident,
                    optional: true,
                    ..
                }) => Ok(quote!(|element| element.#ident.as_ref().map_or(0, String::len))),
                Some(FieldShape { ident, .. }) => Ok(quote!(|element| element.#ident.len())),
                None => Err(CodegenError::at(
                    &field.place,
                    format!("the elements are no objects of this file with a member `{member}`"),
                )),
            }
        }
        _ => Err(CodegenError::at(
            &field.place,
            "a sum goes over texts, or over a text member of objects",
        )),
    }
}

/// Rules about several members that point at the object.
fn group_rules(object: &Object, fields: Fields<'_>) -> Result<TokenStream, CodegenError> {
    let mut statements = TokenStream::new();
    for ObjectRule { kind, code } in &object.rules {
        let (function, members) = match kind {
            ObjectRuleKind::RequiredTogether(members) => ("required_together", members),
            ObjectRuleKind::AtLeastOneOf(members) => ("at_least_one_of", members),
            ObjectRuleKind::Difference { .. } | ObjectRuleKind::Sum { .. } => continue,
        };
        let function = format_ident!("{function}");
        let mut present = Vec::new();
        for member in members {
            let (
                _,
                FieldShape {
                    ident, optional, ..
                },
            ) = find(fields, member)?;
            present.push(if *optional {
                quote!(self.#ident.is_some())
            } else {
                quote!(true)
            });
        }
        let checker = checker(&quote!(at), *code);
        statements.extend(quote!(#checker.#function(&[#(#present),*], &[#(#members),*]);));
    }
    Ok(statements)
}

/// The hint for a member that has no effect beside the value of another one.
fn applies_when(
    module: &Module,
    field: &Field,
    shape: &FieldShape,
    fields: Fields<'_>,
) -> Result<TokenStream, CodegenError> {
    let Some(AppliesWhen { member, values }) = &field.applies_when else {
        return Ok(TokenStream::new());
    };
    let (
        sibling,
        FieldShape {
            ident: sibling_ident,
            optional,
            ..
        },
    ) = find(fields, member)?;
    let Type::ValueList(list) = &sibling.ty else {
        return Err(CodegenError::at(
            &field.place,
            format!("`{member}` has no list of values"),
        ));
    };
    let list = type_path(module, list)?;
    let mut patterns = Vec::new();
    for value in values {
        let variant = variant(sibling, value)?;
        patterns.push(quote!(#list::#variant));
    }
    // What an unknown value of the sibling does, nobody here knows.
    patterns.push(quote!(#list::Unknown(_)));
    let matches = if *optional {
        quote!(matches!(self.#sibling_ident, None | Some(#(#patterns)|*)))
    } else {
        quote!(matches!(self.#sibling_ident, #(#patterns)|*))
    };
    let present = if shape.optional {
        let ident = &shape.ident;
        quote!(self.#ident.is_some() &&)
    } else {
        TokenStream::new()
    };
    let wire_name = &field.name;
    let message = format!("has an effect only with {member} {}", alternatives(values));
    Ok(quote! {
        if #present !#matches {
            report.at(&at.member(#wire_name)).no_effect(#message);
        }
    })
}

fn find<'a>(fields: Fields<'a>, name: &str) -> Result<(&'a Field, &'a FieldShape), CodegenError> {
    fields
        .iter()
        .find(|(field, _)| field.name == name)
        .copied()
        .ok_or_else(|| {
            CodegenError::in_file("", format!("a rule names `{name}`, which is no member"))
        })
}

fn optional_integer((_, shape): (&Field, &FieldShape)) -> TokenStream {
    let ident = &shape.ident;
    if shape.optional {
        quote!(self.#ident)
    } else {
        quote!(Some(self.#ident))
    }
}

fn is_copied(ty: &Type) -> bool {
    matches!(ty, Type::Integer | Type::Number | Type::Boolean)
}

/// The beginning of a check at a place.
fn checker(at: &TokenStream, code: i32) -> TokenStream {
    if code == INVALID_PARAMETER {
        quote!(report.at(#at))
    } else {
        let code = number(i64::from(code));
        quote!(report.at(#at).code(#code))
    }
}

/// A number with its digits in groups of three.
pub(crate) fn number(value: i64) -> TokenStream {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) && digits.len() > 4 {
            text.push('_');
        }
        text.push(digit);
    }
    let literal: proc_macro2::Literal = text
        .parse()
        .unwrap_or_else(|_| proc_macro2::Literal::i64_unsuffixed(0));
    if value < 0 {
        quote!(-#literal)
    } else {
        quote!(#literal)
    }
}
