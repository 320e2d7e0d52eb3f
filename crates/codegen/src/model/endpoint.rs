use proc_macro2::TokenStream;
use quote::quote;
use trtc_rooms_schema::facts::{Page, Payload, Rate};
use trtc_rooms_schema::ir::{Endpoint, Object};

use super::codes;
use super::validation::number;
use crate::error::CodegenError;
use crate::names;

/// The static description of an endpoint.
pub(crate) fn tokens(endpoint: &Endpoint) -> Result<TokenStream, CodegenError> {
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
    let Rate { calls, per_seconds } = facts.rate;
    let (calls, per_seconds) = (number(i64::from(calls)), number(i64::from(per_seconds)));
    let regions = &facts.regions;
    let Page {
        title: page_title,
        url,
        updated,
    } = &facts.page;
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
    Ok(quote! {
        /// What the documents say about this endpoint.
        pub static ENDPOINT: Endpoint = Endpoint {
            name: #name,
            title: #title,
            path: #path,
            rate: Rate { calls: #calls, per_seconds: #per_seconds },
            regions: &[#(#regions),*],
            page: Page { title: #page_title, url: #url, updated: #updated },
            repeat: Repeat { safe: #safe, done_codes: &[#(#done_codes),*] },
            payload: #payload,
            codes: CODES,
            request: #request::SHAPE,
        };

        /// The error codes that the page of this endpoint lists, ascending.
        static CODES: &[ErrorCode] = &[#(#codes),*];
    })
}
