//! What is generated into the client crate: a descriptor and a method an endpoint,
//! a handle a product, and the regions.

mod operation;
mod product;
mod region;

use quote::quote;
use trtc_rooms_schema::ir::Ir;

use crate::docs::Docs;
use crate::error::CodegenError;
use crate::file::GeneratedFile;
use crate::names;

/// The folder of the generated files.
const FOLDER: &str = "crates/client/src/generated";

/// Every generated file of the client crate.
pub(crate) fn files(ir: &Ir) -> Result<Vec<GeneratedFile>, CodegenError> {
    let mut files = Vec::new();
    let mut modules = Vec::new();
    for endpoint in &ir.endpoints {
        let path = format!("{FOLDER}/{}/{}.rs", endpoint.product, endpoint.operation);
        let code = operation::tokens(ir, endpoint)?;
        files.push(GeneratedFile::new(
            path,
            Some(&endpoint.module.source),
            code,
        )?);
    }
    for product in &ir.products {
        let path = format!("{FOLDER}/{}/mod.rs", product.name);
        files.push(GeneratedFile::new(
            path,
            Some(&product.source),
            product::tokens(ir, product)?,
        )?);
        modules.extend(names::snake(&product.name));
    }
    if let Some(source) = &ir.regions_source {
        let path = format!("{FOLDER}/region.rs");
        files.push(GeneratedFile::new(
            path,
            Some(source),
            region::tokens(&ir.regions)?,
        )?);
    }
    let docs = Docs::new("The operations of all products, and the regions.").inner();
    let code = quote! {
        #docs
        #(pub mod #modules;)*
        mod region;

        pub use region::Region;
    };
    files.push(GeneratedFile::new(format!("{FOLDER}/mod.rs"), None, code)?);
    Ok(files)
}
