use proc_macro2::TokenStream;
use quote::quote;
use trtc_rooms_schema::ir::Ir;

use crate::docs::Docs;
use crate::error::CodegenError;
use crate::names;

/// The list of all endpoints and of all common tables of codes.
pub(crate) fn tokens(ir: &Ir) -> Result<TokenStream, CodegenError> {
    let docs = Docs::new("All endpoints, for callers that choose one at run time.").inner();
    let mut endpoints = Vec::new();
    for endpoint in &ir.endpoints {
        let path = module_path(&endpoint.module.path)?;
        let request = endpoint
            .module
            .objects
            .first()
            .and_then(|object| names::pascal(&object.name));
        endpoints.push(quote!(JsonEndpoint::new::<#path::#request>(&#path::ENDPOINT)));
    }
    let mut tables = Vec::new();
    for table in &ir.code_tables {
        let path = module_path(&table.path)?;
        tables.push(quote!(#path::CODES));
    }
    Ok(quote! {
        #docs
        use trtc_rooms_core::ErrorCode;
        use crate::json::JsonEndpoint;

        /// Every endpoint, ordered by name.
        pub static ENDPOINTS: &[JsonEndpoint] = &[#(#endpoints),*];

        /// The tables of error codes that are common to all endpoints.
        pub static COMMON_CODES: &[&[ErrorCode]] = &[#(#tables),*];
    })
}

fn module_path(path: &str) -> Result<TokenStream, CodegenError> {
    let steps = names::module(path).ok_or_else(|| {
        CodegenError::in_file(&format!("{path}.json"), "this is no name for a module")
    })?;
    Ok(quote!(super::#(#steps)::*))
}
