use proc_macro2::TokenStream;
use quote::quote;
use trtc_rooms_schema::ir::{Ir, Product};

use crate::docs::{Docs, escape};
use crate::error::CodegenError;
use crate::names;

/// The handle of a product, on which the methods of its endpoints stand.
pub(crate) fn tokens(ir: &Ir, product: &Product) -> Result<TokenStream, CodegenError> {
    let (Some(handle), Some(method)) = (names::pascal(&product.name), names::snake(&product.name))
    else {
        let message = format!("`{}` is no name for a method", product.name);
        return Err(CodegenError::in_file(&product.source.file, message));
    };
    let modules = ir
        .endpoints
        .iter()
        .filter(|endpoint| endpoint.product == product.name)
        .filter_map(|endpoint| names::snake(&endpoint.operation));
    let docs = Docs::new(&format!("The operations of {}.", product.title)).inner();
    let overview = format!("See the vendor's [overview]({}).", product.page_url);
    let handle_docs = Docs::new(&format!(
        "The operations of {}. {}",
        product.title, product.description
    ))
    .markdown(&format!("Made by [`Client::{method}`]. {overview}"));
    let method_docs = Docs::new(&format!("The operations of {}.", product.title))
        .markdown(&escape(&product.description));
    Ok(quote! {
        #docs
        use crate::Client;

        #(pub mod #modules;)*

        #handle_docs
        #[derive(Clone, Copy, Debug)]
        pub struct #handle<'a> {
            client: &'a Client,
        }

        impl Client {
            #method_docs
            pub fn #method(&self) -> #handle<'_> {
                #handle { client: self }
            }
        }
    })
}
