use proc_macro2::TokenStream;
use quote::quote;
use trtc_rooms_schema::facts::{Code, Rate};
use trtc_rooms_schema::ir::Endpoint;

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
    let product = names::snake(&endpoint.product).ok_or_else(unnamed)?;
    let method = names::snake(&endpoint.operation).ok_or_else(unnamed)?;
    let operation = names::pascal(&endpoint.operation).ok_or_else(unnamed)?;
    let request = names::pascal(&format!("{operation}Request")).ok_or_else(unnamed)?;
    let response = names::pascal(&format!("{operation}Response")).ok_or_else(unnamed)?;
    let docs = method_docs(context, endpoint);
    let descriptor_docs = Docs::default().markdown(&format!(
        "{}: the operation of [`{handle}::{method}`].",
        escape(&endpoint.title),
    ));
    let module_docs = Docs::new(&format!("{}.", endpoint.title.trim_end_matches('.')))
        .markdown(&format!("The call is [`{handle}::{method}`]."))
        .inner();
    Ok(quote! {
        #module_docs
        use trtc_rooms_core::Endpoint;
        pub use trtc_rooms_model::#product::#method::*;

        use super::#handle;
        use crate::{Call, Operation};

        #descriptor_docs
        #[derive(Clone, Copy, Debug)]
        pub enum #operation {}

        impl Operation for #operation {
            type Request = #request;
            type Response = #response;
            const ENDPOINT: &'static Endpoint = &ENDPOINT;
        }

        impl #handle<'_> {
            #docs
            pub fn #method(&self, request: impl Into<#request>) -> Call<#operation> {
                Call::new(self.client, request.into())
            }
        }
    })
}

fn method_docs(context: &Context<'_>, endpoint: &Endpoint) -> Docs {
    let Endpoint { facts, .. } = endpoint;
    let mut docs = Docs::new(&format!("{}.", endpoint.title.trim_end_matches('.')))
        .paragraph(&endpoint.description)
        .bullet(&format!("Path: {}", code(&facts.path)))
        .bullet(&format!("Documented rate: {}", rate(facts.rate)));
    for other in &facts.other_rates {
        docs = docs.bullet(&format!(
            "And for one value of {}: {}, then {}",
            code(&other.counted_over),
            rate(Rate {
                calls: other.calls,
                per_seconds: other.per_seconds
            }),
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
            "Page: [{}]({}), as of {}",
            escape(&facts.page.title),
            facts.page.url,
            facts.page.updated
        ));
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

fn rate(rate: Rate) -> String {
    let times = if rate.calls == 1 {
        "once".to_owned()
    } else {
        format!("{} times", rate.calls)
    };
    if rate.per_seconds == 1 {
        format!("{times} per second")
    } else {
        format!("{times} per {} seconds", rate.per_seconds)
    }
}
