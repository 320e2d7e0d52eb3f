//! What is generated into the client crate: a descriptor and a method an endpoint,
//! a handle a product, and the regions.

mod operation;
mod pages;
mod product;
mod region;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use trtc_rooms_schema::ir::Source;

use crate::context::Context;
use crate::docs::Docs;
use crate::error::CodegenError;
use crate::file::GeneratedFile;
use crate::names;
use crate::parallel::all;

/// The folder of the generated files.
const FOLDER: &str = "crates/client/src/generated";

/// The module of the regions.
const REGION: &str = "region";

/// The chapter that maps pages to methods.
const PAGES: &str = "pages";

/// Every generated file of the client crate.
pub(crate) fn files(context: &Context<'_>) -> Result<Vec<GeneratedFile>, CodegenError> {
    let ir = context.ir;
    let mut files = all(&ir.endpoints, |endpoint| {
        let product = module_name(&endpoint.product, &endpoint.module.source)?;
        let operation = module_name(&endpoint.operation, &endpoint.module.source)?;
        GeneratedFile::new(
            format!("{FOLDER}/{product}/{operation}.rs"),
            Some(&endpoint.module.source),
            operation::tokens(context, endpoint)?,
        )
    })?;
    let mut modules = Vec::new();
    for product in &ir.products {
        let module = module_name(&product.name, &product.source)?;
        if module == REGION || module == PAGES {
            let message = "generated code has a module of this name: name the folder otherwise";
            return Err(CodegenError::in_file(&product.source.file, message));
        }
        files.push(GeneratedFile::new(
            format!("{FOLDER}/{module}/mod.rs"),
            Some(&product.source),
            product::tokens(ir, product)?,
        )?);
        modules.push(module);
    }
    let mut region = TokenStream::new();
    if let Some(source) = &ir.regions_source {
        files.push(GeneratedFile::new(
            format!("{FOLDER}/{REGION}.rs"),
            Some(source),
            region::tokens(&ir.regions, source)?,
        )?);
        region = quote! {
            mod region;

            pub use region::Region;
        };
    }
    let path = format!("{FOLDER}/{PAGES}.rs");
    files.push(GeneratedFile::new(path, None, pages::tokens(ir)?)?);
    let docs = Docs::new("The operations of all products, and the regions.").inner();
    let code = quote!(#docs #(pub mod #modules;)* pub mod pages; #region);
    files.push(GeneratedFile::new(format!("{FOLDER}/mod.rs"), None, code)?);
    Ok(files)
}

fn module_name(name: &str, source: &Source) -> Result<Ident, CodegenError> {
    names::snake(name).ok_or_else(|| {
        CodegenError::in_file(
            &source.file,
            format!("`{name}` is no name for a module or method"),
        )
    })
}
