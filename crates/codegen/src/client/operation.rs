use proc_macro2::{Ident, TokenStream};
use quote::quote;
use trtc_rooms_schema::facts::{Code, Incomplete, List};
use trtc_rooms_schema::ir::{Endpoint, Type};

use crate::context::Context;
use crate::docs::{Docs, code, escape};
use crate::error::CodegenError;
use crate::{example, names};

/// The descriptor and the method of an endpoint.
pub(crate) fn tokens(
    context: &Context<'_>,
    endpoint: &Endpoint,
) -> Result<TokenStream, CodegenError> {
    let unnamed = || {
        let message = format!("`{}` is no name for a method", endpoint.operation);
        CodegenError::in_file(&endpoint.module.source.file, message)
    };
    let handle = names::pascal(&endpoint.product).ok_or_else(unnamed)?;
    let group = match &endpoint.facts.group {
        Some(group) => Some((
            names::pascal(group).ok_or_else(unnamed)?,
            names::snake(group).ok_or_else(unnamed)?,
        )),
        None => None,
    };
    let product = names::snake(&endpoint.product).ok_or_else(unnamed)?;
    let method = names::snake(&endpoint.operation).ok_or_else(unnamed)?;
    let operation = names::pascal(&endpoint.operation).ok_or_else(unnamed)?;
    let request = names::pascal(&format!("{operation}Request")).ok_or_else(unnamed)?;
    let response = names::pascal(&format!("{operation}Response")).ok_or_else(unnamed)?;
    let title = endpoint.title.trim_end_matches('.');
    let docs = method_docs(context, endpoint);
    let place = group.as_ref().map_or(&handle, |(group, _)| group);
    let descriptor_docs = Docs::default().markdown(&format!(
        "{}: the operation of [`{place}::{method}`].",
        escape(&endpoint.title),
    ));
    let module_docs = Docs::new(&format!("{title}."))
        .markdown(&format!("The call is [`{place}::{method}`]."))
        .inner();
    let handles = match &group {
        Some((group, _)) => {
            let (first, second) = (group.min(&handle), group.max(&handle));
            quote!(use super::{#first, #second};)
        }
        None => quote!(use super::#handle;),
    };
    let methods = match &group {
        Some((group, accessor)) => {
            let short = Docs::new(&format!("{title}.")).markdown(&format!(
                "The same as [`{group}::{method}`], which tells limits, codes and an example."
            ));
            quote! {
                impl #group<'_> {
                    #docs
                    pub fn #method(&self, request: impl Into<#request>) -> Call<#operation> {
                        Call::new(self.client, request.into())
                    }
                }

                impl #handle<'_> {
                    #short
                    pub fn #method(&self, request: impl Into<#request>) -> Call<#operation> {
                        self.#accessor().#method(request)
                    }
                }
            }
        }
        None => quote! {
            impl #handle<'_> {
                #docs
                pub fn #method(&self, request: impl Into<#request>) -> Call<#operation> {
                    Call::new(self.client, request.into())
                }
            }
        },
    };
    let (list, list_function) = match &endpoint.facts.list {
        Some(list) => {
            let (code, function) = list_impl(context, endpoint, list, &operation)?;
            (code, Some(function))
        }
        None => (TokenStream::new(), None),
    };
    let listed = endpoint.facts.list.as_ref().map(|_| quote!(ListOperation,));
    let list_imports = list_function.map(|function| quote!(use crate::operation::#function;));
    Ok(quote! {
        #module_docs
        use trtc_rooms_core::Endpoint;
        pub use trtc_rooms_model::#product::#method::*;

        #handles
        #list_imports
        use crate::{Call, #listed Operation};

        #descriptor_docs
        #[derive(Clone, Copy, Debug)]
        pub enum #operation {}

        impl Operation for #operation {
            type Request = #request;
            type Response = #response;
            const ENDPOINT: &'static Endpoint = &ENDPOINT;
        }

        #list

        #methods
    })
}

/// How a page of a list tells of the next one, and the function that this takes.
fn list_impl(
    context: &Context<'_>,
    endpoint: &Endpoint,
    list: &List,
    operation: &Ident,
) -> Result<(TokenStream, TokenStream), CodegenError> {
    let objects = &endpoint.module.objects;
    let field = |object: usize, name: &str| {
        let object = objects.get(object)?;
        let shapes = context.fields(&endpoint.module, object);
        let mut fields = object.fields.iter().zip(shapes);
        fields.find(|(field, _)| field.name == name)
    };
    let (Some((items, items_shape)), Some((_, mark)), Some((_, next))) = (
        field(1, &list.items),
        field(1, &list.mark),
        field(0, &list.next),
    ) else {
        let message = "the list is made of members that are not there";
        return Err(CodegenError::in_file(&endpoint.module.source.file, message));
    };
    let Type::Array(element) = &items.ty else {
        return Err(CodegenError::at(&items.place, "this is no list"));
    };
    let item = match &element.ty {
        Type::String => quote!(String),
        Type::Integer => quote!(i64),
        Type::Object(name) | Type::ValueList(name) => {
            let name = names::pascal(&name.name);
            quote!(#name)
        }
        _ => {
            let message = "a list of this type of elements is not supported";
            return Err(CodegenError::at(&items.place, message));
        }
    };
    let (items, mark) = (items_shape.ident(), mark.ident());
    let go_on = if next.optional {
        quote!(go_on_optional)
    } else {
        quote!(go_on)
    };
    let next = next.ident();
    let code = quote! {
        impl ListOperation for #operation {
            type Item = #item;

            fn items(response: &mut Self::Response) -> Vec<#item> {
                response.#items.take().unwrap_or_default()
            }

            fn next(response: &mut Self::Response, request: &mut Self::Request) -> bool {
                #go_on(response.#mark.take(), &mut request.#next)
            }
        }
    };
    Ok((code, go_on))
}

fn method_docs(context: &Context<'_>, endpoint: &Endpoint) -> Docs {
    let Endpoint { facts, .. } = endpoint;
    let mut docs = Docs::new(&format!("{}.", endpoint.title.trim_end_matches('.')))
        .paragraph(&endpoint.description)
        .bullet(&format!("Path: {}", code(&facts.path)))
        .bullet(&format!("Documented rate: {}", documented_rate(endpoint)));
    for other in &facts.other_rates {
        docs = docs.bullet(&format!(
            "And for one value of {}: {}, then {}",
            code(&other.counted_over),
            rate(other.calls, other.per_seconds),
            other.code,
        ));
    }
    docs = docs
        .bullet(&format!(
            "Regions on the page: {}",
            facts.regions.join(", ")
        ))
        .bullet(&format!(
            "Repeating it: {}. {}",
            if facts.repeat.safe {
                "does no harm"
            } else {
                "may do harm"
            },
            escape(&facts.repeat.reason)
        ))
        .bullet(&format!(
            "Page: [{}]({}){}",
            escape(&facts.page.title),
            facts.page.url,
            facts
                .page
                .updated
                .as_ref()
                .map_or_else(String::new, |date| format!(", as of {date}"))
        ));
    for Incomplete { reason, .. } in &endpoint.incomplete {
        docs = docs.bullet(&format!("Not complete: {}", escape(reason)));
    }
    if endpoint.facts.list.is_some() {
        docs = docs.paragraph(
            "One call answers one page of the list; `items()` of the call goes through all of \
             them.",
        );
    }
    docs = docs
        .markdown("# Errors")
        .paragraph(if endpoint.codes.is_empty() {
            "An `Error`; `code()` is one of those that are common to all calls if the service \
             refuses the call."
        } else {
            "An `Error`; `code()` is one of these if the service refuses the call, or one of \
             those that are common to all calls:"
        });
    for Code {
        code,
        name,
        meaning,
        remedy,
        ..
    } in &endpoint.codes
    {
        docs = docs.bullet(&format!(
            "{code} `{name}`: {} {}",
            escape(meaning),
            escape(remedy)
        ));
    }
    if let Some(lines) = example::call(context, endpoint) {
        docs = docs.markdown("# Example").verbatim(lines);
    }
    docs
}

fn documented_rate(endpoint: &Endpoint) -> String {
    let documented = &endpoint.facts.rate;
    let rate = rate(documented.calls, documented.per_seconds);
    match &documented.shared_by {
        Some(name) => format!("{rate}, counted together with the other calls of {name}"),
        None => rate,
    }
}

fn rate(calls: u32, per_seconds: u32) -> String {
    let times = if calls == 1 {
        "once".to_owned()
    } else {
        format!("{calls} times")
    };
    if per_seconds == 1 {
        format!("{times} per second")
    } else {
        format!("{times} per {per_seconds} seconds")
    }
}
