//! What is generated into the webhooks crate: a module an event, the shared types that
//! events use, and the enum of all events.

mod catalog;
mod event;
mod received;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;
use trtc_rooms_schema::ir::{Ir, Module};

use crate::context::Context;
use crate::docs::Docs;
use crate::error::CodegenError;
use crate::file::GeneratedFile;
use crate::model::{declarations, file_path, imports, value_list};
use crate::names;
use crate::parallel::all;

/// The folder of the generated files.
const FOLDER: &str = "crates/webhooks/src/generated";

/// The module of the enum of all events.
const CATALOG: &str = "event";

/// Every generated file of the webhooks crate.
pub(crate) fn files(context: &Context<'_>) -> Result<Vec<GeneratedFile>, CodegenError> {
    let ir = context.ir;
    if ir.events.is_empty() {
        return Ok(Vec::new());
    }
    let used = used(ir, ir.events.iter().map(|event| &event.module));
    let shared = ir.shared.iter();
    let shared: Vec<&Module> = shared
        .filter(|module| used.contains(module.path.as_str()))
        .collect();
    let mut files = all(&shared, |module| {
        let docs = Docs::new(&module.description);
        module_file(context, module, &docs, TokenStream::new())
    })?;
    files.extend(all(&ir.events, |event| {
        let (docs, after) = (event::module_docs(event), event::tokens(event)?);
        module_file(context, &event.module, &docs, after)
    })?);
    let path = format!("{FOLDER}/{CATALOG}.rs");
    let code = catalog::tokens(context)?;
    files.push(GeneratedFile::new(path, None, code)?);
    files.extend(folder_files(ir, &shared)?);
    Ok(files)
}

/// The paths of the shared modules whose types stand in some modules, themselves or in
/// other shared ones.
pub(crate) fn used<'a>(ir: &'a Ir, roots: impl Iterator<Item = &'a Module>) -> BTreeSet<&'a str> {
    let mut used = BTreeSet::new();
    let mut left: Vec<&Module> = roots.collect();
    while let Some(module) = left.pop() {
        for name in imports::foreign_types(module) {
            let shared = ir.shared.iter().find(|module| module.path == name.module);
            if let Some(shared) = shared
                && used.insert(shared.path.as_str())
            {
                left.push(shared);
            }
        }
    }
    used
}

fn module_file(
    context: &Context<'_>,
    module: &Module,
    docs: &Docs,
    after: TokenStream,
) -> Result<GeneratedFile, CodegenError> {
    let mut items = TokenStream::new();
    for object in &module.objects {
        items.extend(received::tokens(context, module, object)?);
    }
    for list in &module.value_lists {
        items.extend(value_list::tokens(list)?);
    }
    items.extend(after);
    let docs = docs.inner();
    let imports = imports::tokens(module, &items)?;
    let path = file_path(FOLDER, &module.path)?;
    GeneratedFile::new(path, Some(&module.source), quote!(#docs #imports #items))
}

/// The `mod.rs` of each folder.
fn folder_files(ir: &Ir, shared: &[&Module]) -> Result<Vec<GeneratedFile>, CodegenError> {
    let shared = shared.iter().map(|module| &module.path);
    let events = ir.events.iter().map(|event| &event.module.path);
    let mut folders: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for path in shared.chain(events) {
        let (folder, name) = path.split_once('/').unwrap_or(("", path));
        folders.entry(folder).or_default().insert(name);
    }
    let mut files = Vec::new();
    for (folder, modules) in &folders {
        let events = ir.events.iter().filter(|event| {
            let path = &event.module.path;
            path.split_once('/')
                .is_some_and(|(parent, _)| parent == *folder)
        });
        let mut reexports = TokenStream::new();
        for event in events {
            let module = names::snake(&event.name);
            let own = event.module.objects.iter();
            let own = own.take(1 + usize::from(event.has_answer));
            let types = own.filter_map(|object| names::pascal(&object.name));
            reexports.extend(quote!(#(pub use #module::#types;)*));
        }
        let docs = if reexports.is_empty() {
            "What events share."
        } else {
            "The events, each with the types that stand in it."
        };
        let docs = Docs::new(docs).inner();
        let declared = declarations(modules)?;
        let name = names::snake(folder)
            .ok_or_else(|| CodegenError::in_file(folder, "this is no name for a module"))?;
        let path = format!("{FOLDER}/{name}/mod.rs");
        files.push(GeneratedFile::new(
            path,
            None,
            quote!(#docs #declared #reexports),
        )?);
    }
    let root: BTreeSet<&str> = folders.into_keys().collect();
    if root.contains(CATALOG) {
        let message = "generated code has a module of this name: name the folder otherwise";
        return Err(CodegenError::in_file(&format!("{CATALOG}/"), message));
    }
    let docs = Docs::new("Everything that is generated from the schemas.").inner();
    let modules = declarations(&root)?;
    let code = quote!(#docs mod event; #modules pub use event::Event;);
    files.push(GeneratedFile::new(format!("{FOLDER}/mod.rs"), None, code)?);
    Ok(files)
}
