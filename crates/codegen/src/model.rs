//! What is generated into the model crate: types with their validation, one module
//! a schema file, tables of error codes, and a catalogue of all endpoints.

mod catalog;
mod codes;
mod endpoint;
pub(crate) mod imports;
pub(crate) mod object;
pub(crate) mod reserved;
pub(crate) mod setters;
mod validation;
pub(crate) mod value_list;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use trtc_rooms_schema::ir::{Ir, Module};

use crate::context::Context;
use crate::docs::Docs;
use crate::error::CodegenError;
use crate::file::GeneratedFile;
use crate::names;
use crate::parallel::all;
use crate::webhooks;

pub(crate) use validation::number;

/// The folder of the generated files.
const FOLDER: &str = "crates/model/src/generated";

/// The module that lists all endpoints.
const CATALOG: &str = "catalog";

/// Every generated file of the model crate.
pub(crate) fn files(context: &Context<'_>) -> Result<Vec<GeneratedFile>, CodegenError> {
    let ir = context.ir;
    let shared: Vec<&Module> = shared(ir).collect();
    let mut files = all(&shared, |module| {
        module_file(context, module, TokenStream::new())
    })?;
    files.extend(all(&ir.endpoints, |endpoint| {
        module_file(
            context,
            &endpoint.module,
            endpoint::tokens(context, endpoint)?,
        )
    })?);
    for table in &ir.code_tables {
        let path = file_path(FOLDER, &table.path)?;
        let code = codes::table_file(table)?;
        files.push(GeneratedFile::new(path, Some(&table.source), code)?);
    }
    let path = format!("{FOLDER}/{CATALOG}.rs");
    files.push(GeneratedFile::new(path, None, catalog::tokens(ir)?)?);
    files.extend(folder_files(ir)?);
    Ok(files)
}

/// The shared modules that are of use here: all but those which only events need.
fn shared(ir: &Ir) -> impl Iterator<Item = &Module> {
    let by_events = webhooks::used(ir, ir.events.iter().map(|event| &event.module));
    let by_calls = webhooks::used(ir, ir.endpoints.iter().map(|endpoint| &endpoint.module));
    ir.shared.iter().filter(move |module| {
        let path = module.path.as_str();
        by_calls.contains(path) || !by_events.contains(path)
    })
}

fn module_file(
    context: &Context<'_>,
    module: &Module,
    before: TokenStream,
) -> Result<GeneratedFile, CodegenError> {
    let mut items = before;
    for object in &module.objects {
        items.extend(object::tokens(context, module, object)?);
    }
    for list in &module.value_lists {
        items.extend(value_list::tokens(list)?);
    }
    let docs = Docs::new(&module.description).inner();
    let imports = imports::tokens(module, &items)?;
    let path = file_path(FOLDER, &module.path)?;
    GeneratedFile::new(path, Some(&module.source), quote!(#docs #imports #items))
}

/// The file of a module such as `live/create_room`, in the folder of a crate.
pub(crate) fn file_path(folder: &str, module: &str) -> Result<String, CodegenError> {
    let steps = names::module(module).ok_or_else(|| {
        CodegenError::in_file(&format!("{module}.json"), "this is no name for a module")
    })?;
    let steps: Vec<String> = steps.iter().map(ToString::to_string).collect();
    Ok(format!("{folder}/{}.rs", steps.join("/")))
}

/// The `mod.rs` of each folder.
fn folder_files(ir: &Ir) -> Result<Vec<GeneratedFile>, CodegenError> {
    let shared = shared(ir).map(|module| &module.path);
    let endpoints = ir.endpoints.iter().map(|endpoint| &endpoint.module.path);
    let tables = ir.code_tables.iter().map(|table| &table.path);
    let mut folders: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for path in shared.chain(endpoints).chain(tables) {
        let (folder, name) = path.split_once('/').unwrap_or(("", path));
        folders.entry(folder).or_default().insert(name);
    }
    let mut files = Vec::new();
    for (folder, modules) in &folders {
        let product = ir.products.iter().find(|product| product.name == *folder);
        let docs = match product {
            Some(product) => Docs::new(&format!("{}: {}", product.title, product.description)),
            None => Docs::new("What the endpoints of all products share."),
        };
        let docs = docs.inner();
        let modules = declarations(modules)?;
        let folder = module_name(folder)?;
        let path = format!("{FOLDER}/{folder}/mod.rs");
        files.push(GeneratedFile::new(path, None, quote!(#docs #modules))?);
    }
    let mut root: BTreeSet<&str> = folders.into_keys().collect();
    if !root.insert(CATALOG) {
        let message = "generated code has a module of this name: name the folder otherwise";
        return Err(CodegenError::in_file(&format!("{CATALOG}/"), message));
    }
    let docs = Docs::new("Everything that is generated from the schemas.").inner();
    let modules = declarations(&root)?;
    let code = quote! {
        #docs
        #![allow(clippy::too_many_lines, reason = "one statement a documented limit")]
        #modules
    };
    files.push(GeneratedFile::new(format!("{FOLDER}/mod.rs"), None, code)?);
    Ok(files)
}

pub(crate) fn declarations(modules: &BTreeSet<&str>) -> Result<TokenStream, CodegenError> {
    let mut tokens = TokenStream::new();
    for module in modules {
        let name = module_name(module)?;
        tokens.extend(quote!(pub mod #name;));
    }
    Ok(tokens)
}

fn module_name(name: &str) -> Result<Ident, CodegenError> {
    names::snake(name).ok_or_else(|| CodegenError::in_file(name, "this is no name for a module"))
}
