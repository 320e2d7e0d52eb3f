use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;
use trtc_rooms_schema::ir::{Module, Type, TypeName};

use crate::error::CodegenError;
use crate::names;

/// What generated code may use of the core crate.
const CORE: &[&str] = &[
    "Documented",
    "Endpoint",
    "ErrorClass",
    "ErrorCode",
    "FieldShape",
    "ObjectShape",
    "OpenEnum",
    "Page",
    "Path",
    "Payload",
    "Rate",
    "Repeat",
    "Report",
    "RetryAdvice",
    "Shape",
    "UnknownValue",
    "Validate",
];

/// The `use` lines of a module: exactly what its items use.
pub(crate) fn tokens(module: &Module, items: &TokenStream) -> Result<TokenStream, CodegenError> {
    let mut used = BTreeSet::new();
    collect_identifiers(items.clone(), &mut used);
    // `KNOWN` is a constant of the trait.
    if used.contains("KNOWN") {
        used.insert("OpenEnum".to_owned());
    }
    let mut imports = TokenStream::new();
    if used.contains("BTreeMap") {
        imports.extend(quote!(
            use std::collections::BTreeMap;
        ));
    }
    if used.contains("fmt") {
        imports.extend(quote!(
            use std::fmt;
        ));
    }
    let serde = ["Deserialize", "Deserializer", "Serialize", "Serializer"];
    imports.extend(import(
        &quote!(serde),
        serde.iter().filter(|name| used.contains(**name)),
    ));
    imports.extend(import(
        &quote!(trtc_rooms_core),
        CORE.iter().filter(|name| used.contains(**name)),
    ));
    let mut foreign: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for name in foreign_types(module) {
        if is_importable(module, name) {
            foreign.entry(&name.module).or_default().insert(&name.name);
        }
    }
    for (path, types) in foreign {
        let module = module_path(path)?;
        let types: Vec<Ident> = types.into_iter().filter_map(names::pascal).collect();
        imports.extend(quote!(pub use crate::generated::#module::{#(#types),*};));
    }
    Ok(imports)
}

/// A type as it is written in a file of `module`.
pub(crate) fn type_path(module: &Module, name: &TypeName) -> Result<TokenStream, CodegenError> {
    let ident = names::pascal(&name.name).ok_or_else(|| {
        let message = format!("`{}` is no name for a type", name.name);
        CodegenError::in_file(&format!("{}.json", name.module), message)
    })?;
    if name.module == module.path || is_importable(module, name) {
        return Ok(quote!(#ident));
    }
    let path = module_path(&name.module)?;
    Ok(quote!(crate::generated::#path::#ident))
}

fn import<'a>(path: &TokenStream, names: impl Iterator<Item = &'a &'a str>) -> TokenStream {
    let names: Vec<Ident> = names
        .map(|name| Ident::new(name, proc_macro2::Span::call_site()))
        .collect();
    match names.as_slice() {
        [] => TokenStream::new(),
        [name] => quote!(use #path::#name;),
        names => quote!(use #path::{#(#names),*};),
    }
}

/// Whether a type of another module can go by its name alone.
fn is_importable(module: &Module, name: &TypeName) -> bool {
    let is_local = module.objects.iter().any(|object| object.name == name.name)
        || module.value_lists.iter().any(|list| list.name == name.name);
    let is_ambiguous = foreign_types(module)
        .into_iter()
        .any(|other| other.name == name.name && other.module != name.module);
    !is_local && !is_ambiguous && !CORE.contains(&name.name.as_str())
}

fn foreign_types(module: &Module) -> BTreeSet<&TypeName> {
    let mut names = BTreeSet::new();
    for field in module.objects.iter().flat_map(|object| &object.fields) {
        collect_types(&field.ty, &mut names);
    }
    names.retain(|name| name.module != module.path);
    names
}

fn collect_types<'a>(ty: &'a Type, names: &mut BTreeSet<&'a TypeName>) {
    match ty {
        Type::Object(name) | Type::ValueList(name) => {
            names.insert(name);
        }
        Type::Array(element) | Type::Map(element) => collect_types(&element.ty, names),
        Type::String | Type::Integer | Type::Number | Type::Boolean | Type::Any => {}
    }
}

fn module_path(path: &str) -> Result<TokenStream, CodegenError> {
    let steps: Option<Vec<Ident>> = path.split('/').map(names::snake).collect();
    let steps = steps.ok_or_else(|| {
        CodegenError::in_file(
            &format!("{path}.json"),
            "this is no name for a module: use a-z, 0-9 and _",
        )
    })?;
    Ok(quote!(#(#steps)::*))
}

fn collect_identifiers(tokens: TokenStream, used: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                used.insert(ident.to_string());
            }
            TokenTree::Group(group) => collect_identifiers(group.stream(), used),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
