use proc_macro2::TokenStream;
use quote::quote;
use trtc_rooms_schema::facts::{Incomplete, NarrowRate, Page, Payload, Rate};
use trtc_rooms_schema::ir::{Endpoint, Object};

use super::codes;
use super::validation::number;
use crate::context::Context;
use crate::error::CodegenError;
use crate::names;

/// The static description of an endpoint.
pub(crate) fn tokens(
    context: &Context<'_>,
    endpoint: &Endpoint,
) -> Result<TokenStream, CodegenError> {
    let request = endpoint
        .module
        .objects
        .first()
        .and_then(|object: &Object| names::pascal(&object.name))
        .ok_or_else(|| {
            let message = "the name of the operation is no name for a type";
            CodegenError::in_file(&endpoint.module.source.file, message)
        })?;
    let name = format!("{}/{}", endpoint.product, endpoint.operation);
    let Endpoint { title, facts, .. } = endpoint;
    let path = &facts.path;
    let group = option(facts.group.as_ref());
    let Rate {
        calls,
        per_seconds,
        shared_by,
    } = &facts.rate;
    let rate = rate(*calls, *per_seconds);
    let shared_by = option(shared_by.as_ref());
    let other_rates = facts.other_rates.iter().map(narrow_rate);
    let incomplete = endpoint
        .incomplete
        .iter()
        .map(|Incomplete { about, reason }| quote!(Incomplete { about: #about, reason: #reason }));
    let regions = &facts.regions;
    let Page {
        title: page_title,
        url,
        updated,
    } = &facts.page;
    let updated = option(updated.as_ref());
    let safe = facts.repeat.safe;
    let done_codes = facts
        .repeat
        .done_codes
        .iter()
        .map(|code| number(i64::from(*code)));
    let payload = match facts.payload {
        Payload::Beside => quote!(Payload::Beside),
        Payload::Nested => quote!(Payload::Nested),
    };
    let codes = codes::entries(&endpoint.codes);
    let has_secrets = endpoint.module.objects.iter().any(|object| {
        let mut fields = object.fields.iter();
        fields.any(|field| field.secret || context.has_secrets(&field.ty))
    });
    Ok(quote! {
        /// What the documents say about this endpoint.
        pub static ENDPOINT: Endpoint = Endpoint {
            name: #name,
            group: #group,
            title: #title,
            path: #path,
            rate: #rate,
            rate_shared_by: #shared_by,
            other_rates: &[#(#other_rates),*],
            regions: &[#(#regions),*],
            page: Page { title: #page_title, url: #url, updated: #updated },
            repeat: Repeat { safe: #safe, done_codes: &[#(#done_codes),*] },
            payload: #payload,
            codes: CODES,
            incomplete: &[#(#incomplete),*],
            request: #request::SHAPE,
            has_secrets: #has_secrets,
        };

        /// The error codes that the page of this endpoint lists, ascending.
        static CODES: &[ErrorCode] = &[#(#codes),*];
    })
}

fn rate(calls: u32, per_seconds: u32) -> TokenStream {
    let (calls, per_seconds) = (number(i64::from(calls)), number(i64::from(per_seconds)));
    quote!(Rate { calls: #calls, per_seconds: #per_seconds })
}

fn narrow_rate(narrow: &NarrowRate) -> TokenStream {
    let NarrowRate {
        calls,
        per_seconds,
        counted_over,
        code,
    } = narrow;
    let rate = rate(*calls, *per_seconds);
    let code = number(i64::from(*code));
    quote!(NarrowRate { rate: #rate, counted_over: #counted_over, code: #code })
}

fn option(text: Option<&String>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}
