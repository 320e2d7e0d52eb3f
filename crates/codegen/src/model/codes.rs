use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;
use trtc_rooms_schema::facts::{Code, CodeClass, CodeRetry};
use trtc_rooms_schema::ir::{CodeTable, Place};

use super::validation::number;
use crate::docs::Docs;
use crate::error::CodegenError;
use crate::names;

/// The file of a table that is common to all endpoints.
pub(crate) fn table_file(table: &CodeTable) -> Result<TokenStream, CodegenError> {
    let docs = Docs::new(&table.description).inner();
    let mut constants = TokenStream::new();
    // The table itself is a static.
    let mut seen = HashSet::from(["CODES".to_owned()]);
    for (index, code) in table.codes.iter().enumerate() {
        let refused = |message: String| {
            let place = Place {
                file: table.source.file.clone(),
                pointer: format!("/codes/{index}/name"),
            };
            CodegenError::at(&place, message)
        };
        let name = names::constant(&code.name)
            .ok_or_else(|| refused(format!("`{}` is no name for a constant", code.name)))?;
        if !seen.insert(name.to_string()) {
            return Err(refused(format!(
                "another constant is named `{name}` as well"
            )));
        }
        let number = number(i64::from(code.code));
        let docs = Docs::new(&code.meaning);
        constants.extend(quote!(#docs pub const #name: i32 = #number;));
    }
    let entries = entries(&table.codes);
    Ok(quote! {
        #docs
        use trtc_rooms_core::{ErrorClass, ErrorCode, RetryAdvice};

        #constants

        /// The codes of this table, ascending.
        pub static CODES: &[ErrorCode] = &[#(#entries),*];
    })
}

/// Code entries as expressions.
pub(crate) fn entries(codes: &[Code]) -> impl Iterator<Item = TokenStream> {
    codes.iter().map(|code| {
        let Code {
            name,
            meaning,
            remedy,
            ..
        } = code;
        let number = number(i64::from(code.code));
        let class = class(code.class);
        let retry = retry(code);
        quote! {
            ErrorCode {
                code: #number,
                name: #name,
                class: ErrorClass::#class,
                retry: #retry,
                meaning: #meaning,
                remedy: #remedy,
            }
        }
    })
}

fn class(class: CodeClass) -> TokenStream {
    match class {
        CodeClass::Request => quote!(Request),
        CodeClass::Authentication => quote!(Authentication),
        CodeClass::Permission => quote!(Permission),
        CodeClass::Account => quote!(Account),
        CodeClass::RateLimit => quote!(RateLimit),
        CodeClass::NotFound => quote!(NotFound),
        CodeClass::Conflict => quote!(Conflict),
        CodeClass::Content => quote!(Content),
        CodeClass::Server => quote!(Server),
    }
}

fn retry(code: &Code) -> TokenStream {
    match (code.retry, code.retry_after_seconds) {
        (CodeRetry::Never, _) => quote!(RetryAdvice::Never),
        (CodeRetry::NewTicket, _) => quote!(RetryAdvice::NewTicket),
        (CodeRetry::Later, None) => quote!(RetryAdvice::Backoff),
        (CodeRetry::Later, Some(seconds)) => {
            let seconds = number(i64::from(seconds));
            quote!(RetryAdvice::AfterSeconds(#seconds))
        }
    }
}
