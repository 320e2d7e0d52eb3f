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
    let mut groups = TokenStream::new();
    let mut accessors = TokenStream::new();
    for (name, group) in &product.groups {
        let (Some(group_handle), Some(accessor)) = (names::pascal(name), names::snake(name)) else {
            let message = format!("`{name}` is no name for a method");
            return Err(CodegenError::in_file(&product.source.file, message));
        };
        let docs =
            Docs::new(&group.description).markdown(&format!("Made by [`{handle}::{accessor}`]."));
        groups.extend(quote! {
            #docs
            #[derive(Clone, Copy, Debug)]
            pub struct #group_handle<'a> {
                client: &'a Client,
            }
        });
        let docs = Docs::new(&group.description);
        accessors.extend(quote! {
            #docs
            pub fn #accessor(&self) -> #group_handle<'a> {
                #group_handle { client: self.client }
            }
        });
    }
    for name in &product.shares {
        let other = ir.products.iter().find(|product| product.name == *name);
        let (Some(other), Some(other_handle), Some(accessor)) =
            (other, names::pascal(name), names::snake(name))
        else {
            let message = format!("there is no product `{name}`");
            return Err(CodegenError::in_file(&product.source.file, message));
        };
        let docs = Docs::new(&other.description);
        accessors.extend(quote! {
            #docs
            pub fn #accessor(&self) -> super::#accessor::#other_handle<'a> {
                self.client.#accessor()
            }
        });
    }
    let accessors = (!accessors.is_empty()).then(|| {
        quote! {
            impl<'a> #handle<'a> {
                #accessors
            }
        }
    });
    Ok(quote! {
        #docs
        use crate::Client;

        #(pub mod #modules;)*

        #handle_docs
        #[derive(Clone, Copy, Debug)]
        pub struct #handle<'a> {
            client: &'a Client,
        }

        #accessors

        #groups

        impl Client {
            #method_docs
            pub fn #method(&self) -> #handle<'_> {
                #handle { client: self }
            }
        }
    })
}
