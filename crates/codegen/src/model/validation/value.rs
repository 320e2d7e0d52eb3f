use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use trtc_rooms_schema::document::Unit;
use trtc_rooms_schema::ir::{Element, Limit, LimitKind, Module, Type};

use super::{checker, number};
use crate::context::{Context, is_closed};
use crate::error::CodegenError;
use crate::model::imports::type_path;
use crate::shapes::FieldShape;

/// How generated code gets at a value.
#[derive(Clone, Debug)]
pub(super) enum Access {
    /// A field that is always there: `self.field`.
    Field(Ident),
    /// What is in a field that may be absent, bound to a name.
    Optional { field: Ident, bound: Ident },
    /// An element of a list or map: a reference, bound to a name.
    Element(Ident),
}

impl Access {
    pub(super) fn field(shape: &FieldShape) -> Self {
        let field = shape.ident();
        if !shape.optional {
            return Access::Field(field);
        }
        // The name must not hide what the statements use.
        let is_used = field == "at" || field == "report";
        let bound = if is_used {
            format_ident!("value")
        } else {
            field.clone()
        };
        Access::Optional { field, bound }
    }

    /// The value as the receiver of a method.
    pub(super) fn receiver(&self) -> TokenStream {
        match self {
            Access::Field(field) => quote!(self.#field),
            Access::Optional { bound, .. } | Access::Element(bound) => quote!(#bound),
        }
    }

    /// The value as a reference.
    fn reference(&self) -> TokenStream {
        match self {
            Access::Field(field) => quote!(&self.#field),
            Access::Optional { bound, .. } | Access::Element(bound) => quote!(#bound),
        }
    }

    /// A copy of the value.
    fn copied(&self) -> TokenStream {
        match self {
            Access::Field(_) | Access::Optional { .. } => self.receiver(),
            Access::Element(bound) => quote!(*#bound),
        }
    }
}

/// What is said about a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Aspect {
    /// Its limits.
    Limits,
    /// What looks like a mistake.
    Hints {
        /// What the value counts.
        unit: Option<Unit>,
    },
}

/// Emits what is said about one value: a field, or an element of a list.
pub(super) struct Emission<'a> {
    context: &'a Context<'a>,
    module: &'a Module,
    ty: &'a Type,
    limits: &'a [Limit],
    pub(super) access: Access,
    /// The expression of its place.
    at: TokenStream,
    /// In how many lists it stands.
    depth: usize,
}

impl<'a> Emission<'a> {
    pub(super) fn new(
        context: &'a Context<'a>,
        module: &'a Module,
        ty: &'a Type,
        limits: &'a [Limit],
        access: Access,
        at: TokenStream,
    ) -> Self {
        Self {
            context,
            module,
            ty,
            limits,
            access,
            at,
            depth: 0,
        }
    }

    /// Puts statements into an `if let` where the value may be absent.
    pub(super) fn if_present(&self, body: &TokenStream) -> TokenStream {
        match &self.access {
            _ if body.is_empty() => TokenStream::new(),
            Access::Optional { field, bound } => {
                // Numbers are copied, everything else is borrowed.
                let is_copied = matches!(self.ty, Type::Integer | Type::Number | Type::Boolean);
                let value = if is_copied {
                    quote!(self.#field)
                } else {
                    quote!(&self.#field)
                };
                let present = quote!(let Some(#bound) = #value);
                match only_condition(body) {
                    Some((condition, inner)) => quote!(if #present && #condition #inner),
                    None => quote!(if #present { #body }),
                }
            }
            Access::Field(_) | Access::Element(_) => body.clone(),
        }
    }

    pub(super) fn statements(&self, aspect: Aspect) -> Result<TokenStream, CodegenError> {
        let inside = self.inside(aspect)?;
        match aspect {
            Aspect::Limits => self.limits(inside),
            Aspect::Hints { unit } => Ok(self.hint(unit).unwrap_or(inside)),
        }
    }

    /// The limits of the value itself, and `inside`: the elements of a list that is
    /// too long are not looked at.
    fn limits(&self, inside: TokenStream) -> Result<TokenStream, CodegenError> {
        let mut statements = TokenStream::new();
        let mut guard = None;
        for limit in self.limits {
            let call = self.limit(limit)?;
            if matches!(limit.kind, LimitKind::MaxItems(_)) && !inside.is_empty() {
                guard = Some(call);
            } else {
                statements.extend(quote!(#call;));
            }
        }
        statements.extend(match guard {
            Some(guard) => quote!(if #guard { #inside }),
            None => inside,
        });
        Ok(statements)
    }

    /// The hint about the value itself.
    fn hint(&self, unit: Option<Unit>) -> Option<TokenStream> {
        let at = &self.at;
        match self.ty {
            Type::ValueList(_) if !is_closed(self.limits) => {
                let value = self.access.reference();
                Some(quote!(report.at(&#at).known_value(#value);))
            }
            Type::Integer if unit == Some(Unit::UnixSeconds) => {
                let value = self.access.copied();
                Some(quote!(report.at(&#at).unix_seconds(#value);))
            }
            _ => None,
        }
    }

    /// What is said about the members of an object, or the elements of a list or map.
    fn inside(&self, aspect: Aspect) -> Result<TokenStream, CodegenError> {
        let has_something = match aspect {
            Aspect::Limits => self.context.has_limits(self.ty),
            Aspect::Hints { .. } => self.context.has_hints(self.ty, self.limits),
        };
        if !has_something {
            return Ok(TokenStream::new());
        }
        let at = &self.at;
        match self.ty {
            Type::Object(_) => {
                let value = self.access.receiver();
                let function = match aspect {
                    Aspect::Limits => format_ident!("check"),
                    Aspect::Hints { .. } => format_ident!("advise"),
                };
                Ok(quote!(#value.#function(&#at, report);))
            }
            Type::Array(element) => {
                let (index, bound) = (self.bound("index"), self.bound("element"));
                let list = self.access.receiver();
                let head = quote!(for (#index, #bound) in #list.iter().enumerate());
                self.each(element, aspect, bound, &quote!(item(#index)), &head)
            }
            Type::Map(element) => {
                let (name, bound) = (self.bound("name"), self.bound("element"));
                let map = self.access.reference();
                let head = quote!(for (#name, #bound) in #map);
                self.each(element, aspect, bound, &quote!(member(#name)), &head)
            }
            _ => Ok(TokenStream::new()),
        }
    }

    fn each(
        &self,
        element: &'a Element,
        aspect: Aspect,
        bound: Ident,
        step: &TokenStream,
        head: &TokenStream,
    ) -> Result<TokenStream, CodegenError> {
        let at = &self.at;
        let emission = Emission {
            context: self.context,
            module: self.module,
            ty: &element.ty,
            limits: &element.limits,
            access: Access::Element(bound),
            at: quote!(#at.#step),
            depth: self.depth + 1,
        };
        let (inner, is_full) = match aspect {
            Aspect::Limits => (aspect, format_ident!("is_full")),
            Aspect::Hints { .. } => {
                let inner = Aspect::Hints { unit: None };
                (inner, format_ident!("is_full_of_hints"))
            }
        };
        let body = emission.statements(inner)?;
        if body.is_empty() {
            return Ok(body);
        }
        Ok(quote! {
            #head {
                if report.#is_full() {
                    break;
                }
                #body
            }
        })
    }

    /// A name for a loop, which differs from those of the loops around it.
    fn bound(&self, name: &str) -> Ident {
        format_ident!("{}{name}", "inner_".repeat(self.depth))
    }

    fn limit(&self, limit: &Limit) -> Result<TokenStream, CodegenError> {
        let checker = checker(&self.at, limit.code);
        Ok(match &limit.kind {
            LimitKind::MinBytes(least) => {
                let (text, least) = (self.access.reference(), number(i64::from(*least)));
                quote!(#checker.min_bytes(#text, #least))
            }
            LimitKind::MaxBytes(most) => {
                let (text, most) = (self.access.reference(), number(i64::from(*most)));
                quote!(#checker.max_bytes(#text, #most))
            }
            LimitKind::MinItems(least) => {
                let (list, least) = (self.access.receiver(), number(i64::from(*least)));
                quote!(#checker.min_items(#list.len(), #least))
            }
            LimitKind::MaxItems(most) => {
                let (list, most) = (self.access.receiver(), number(i64::from(*most)));
                quote!(#checker.max_items(#list.len(), #most))
            }
            LimitKind::Minimum(least) => {
                let (value, least) = (self.access.copied(), number(*least));
                quote!(#checker.minimum(#value, #least))
            }
            LimitKind::Maximum(most) => {
                let (value, most) = (self.access.copied(), number(*most));
                quote!(#checker.maximum(#value, #most))
            }
            LimitKind::OneOf { values, narrowed } => {
                let value = self.access.reference();
                match self.ty {
                    Type::ValueList(list) if !narrowed => {
                        let list = type_path(self.module, list)?;
                        quote!(#checker.one_of(#value, #list::KNOWN))
                    }
                    _ => quote!(#checker.one_of(#value, &[#(#values),*])),
                }
            }
        })
    }
}

/// The condition and the block of an `if` that statements consist of, if they do.
fn only_condition(statements: &TokenStream) -> Option<(syn::Expr, syn::Block)> {
    let block: syn::Block = syn::parse2(quote!({ #statements })).ok()?;
    match <[syn::Stmt; 1]>::try_from(block.stmts).ok()? {
        [syn::Stmt::Expr(syn::Expr::If(only), None)] if only.else_branch.is_none() => {
            Some((*only.cond, only.then_branch))
        }
        _ => None,
    }
}
