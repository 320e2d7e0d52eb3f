//! What is generated into the model crate: types with their validation, one module
//! a schema file, tables of error codes, and a catalogue of all endpoints.

mod catalog;
mod codes;
mod endpoint;
pub(crate) mod imports;
mod object;
mod setters;
mod validation;
mod value_list;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;
use trtc_rooms_schema::ir::{Endpoint, Ir, Module};

use crate::docs::Docs;
use crate::error::CodegenError;
use crate::file::GeneratedFile;
use crate::names;
use crate::shapes::shapes;

/// The folder of the generated files.
const FOLDER: &str = "crates/model/src/generated";

/// Every generated file of the model crate.
pub(crate) fn files(ir: &Ir) -> Result<Vec<GeneratedFile>, CodegenError> {
    let mut files = Vec::new();
    for module in &ir.shared {
        files.push(module_file(module, TokenStream::new())?);
    }
    for endpoint in &ir.endpoints {
        files.push(endpoint_file(endpoint)?);
    }
    for table in &ir.code_tables {
        let path = format!("{FOLDER}/{}.rs", table.path);
        files.push(GeneratedFile::new(
            path,
            Some(&table.source),
            codes::table_file(table)?,
        )?);
    }
    files.push(GeneratedFile::new(
        format!("{FOLDER}/catalog.rs"),
        None,
        catalog::tokens(ir)?,
    )?);
    files.extend(folder_files(ir)?);
    Ok(files)
}

fn endpoint_file(endpoint: &Endpoint) -> Result<GeneratedFile, CodegenError> {
    module_file(&endpoint.module, endpoint::tokens(endpoint)?)
}

fn module_file(module: &Module, before: TokenStream) -> Result<GeneratedFile, CodegenError> {
    let shapes = shapes(module)?;
    let mut items = before;
    for object in &module.objects {
        items.extend(object::tokens(module, object, &shapes)?);
    }
    for list in &module.value_lists {
        items.extend(value_list::tokens(module, list)?);
    }
    let docs = Docs::new(&module.description).inner();
    let imports = imports::tokens(module, &items)?;
    let path = format!("{FOLDER}/{}.rs", module.path);
    GeneratedFile::new(path, Some(&module.source), quote!(#docs #imports #items))
}

/// The `mod.rs` of each folder.
fn folder_files(ir: &Ir) -> Result<Vec<GeneratedFile>, CodegenError> {
    let mut folders: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let paths = ir
        .shared
        .iter()
        .map(|module| &module.path)
        .chain(ir.endpoints.iter().map(|endpoint| &endpoint.module.path))
        .chain(ir.code_tables.iter().map(|table| &table.path));
    for path in paths {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        folders
            .entry(folder.to_owned())
            .or_default()
            .insert(name.to_owned());
    }
    let mut files = Vec::new();
    let mut root = BTreeSet::from(["catalog".to_owned()]);
    root.extend(folders.keys().cloned());
    for (folder, modules) in &folders {
        let product = ir.products.iter().find(|product| product.name == *folder);
        let docs = match product {
            Some(product) => Docs::new(&format!("{}: {}", product.title, product.description)),
            None => Docs::new("What the endpoints of all products share."),
        };
        let docs = docs.inner();
        let modules = declarations(modules)?;
        let path = format!("{FOLDER}/{folder}/mod.rs");
        files.push(GeneratedFile::new(path, None, quote!(#docs #modules))?);
    }
    let docs = Docs::new("Everything that is generated from the schemas.").inner();
    let modules = declarations(&root)?;
    files.push(GeneratedFile::new(
        format!("{FOLDER}/mod.rs"),
        None,
        quote!(#docs #modules),
    )?);
    Ok(files)
}

fn declarations(modules: &BTreeSet<String>) -> Result<TokenStream, CodegenError> {
    let mut tokens = TokenStream::new();
    for module in modules {
        let name = names::snake(module).ok_or_else(|| {
            CodegenError::in_file(module, "this is no name for a module: use a-z, 0-9 and _")
        })?;
        tokens.extend(quote!(pub mod #name;));
    }
    Ok(tokens)
}
