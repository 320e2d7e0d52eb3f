use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::visit_mut::{self, VisitMut};
use trtc_rooms_schema::ir::{Module, Type, TypeName};

use crate::error::CodegenError;
use crate::names;

/// What generated code may use of the core crate.
pub(crate) const CORE: &[&str] = &[
    "Documented",
    "Endpoint",
    "ErrorClass",
    "ErrorCode",
    "FieldShape",
    "Incomplete",
    "Millis",
    "NarrowRate",
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
    "UnixMillis",
    "UnixSeconds",
    "UnknownValue",
    "Validate",
];

/// The `use` lines of a module: exactly what its items use.
pub(crate) fn tokens(module: &Module, items: &TokenStream) -> Result<TokenStream, CodegenError> {
    let mut used = Used::default();
    let mut file: syn::File =
        syn::parse2(items.clone()).map_err(|source| CodegenError::NotRust {
            path: module.path.clone(),
            source,
        })?;
    used.visit_file_mut(&mut file);
    let used = used.0;
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
pub(crate) fn is_importable(module: &Module, name: &TypeName) -> bool {
    let is_same = |other: &str| names::pascal(other) == names::pascal(&name.name);
    let is_local = module.objects.iter().any(|object| is_same(&object.name))
        || module.value_lists.iter().any(|list| is_same(&list.name));
    let is_ambiguous = foreign_types(module)
        .into_iter()
        .any(|other| is_same(&other.name) && other.module != name.module);
    !is_local && !is_ambiguous
}

pub(crate) fn foreign_types(module: &Module) -> BTreeSet<&TypeName> {
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
    let steps = names::module(path).ok_or_else(|| {
        CodegenError::in_file(&format!("{path}.json"), "this is no name for a module")
    })?;
    Ok(quote!(#(#steps)::*))
}

/// The names that items reach through nothing else: `Path` in `Path::root()`, but not
/// in `Kind::Path`.
#[derive(Default)]
struct Used(BTreeSet<String>);

impl VisitMut for Used {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        let is_alone = path.segments.len() == 1;
        if let (Some(first), Some(last)) = (path.segments.first(), path.segments.last()) {
            // `fmt` is a module, or else a variable.
            if first.ident != "fmt" || !is_alone {
                self.0.insert(first.ident.to_string());
            }
            // The constant of a value list is that of a trait.
            if last.ident == "KNOWN" {
                self.0.insert("OpenEnum".to_owned());
            }
        }
        visit_mut::visit_path_mut(self, path);
    }

    fn visit_attribute_mut(&mut self, attribute: &mut syn::Attribute) {
        if attribute.path().is_ident("derive") {
            let _ = attribute.parse_nested_meta(|mut meta| {
                self.visit_path_mut(&mut meta.path);
                Ok(())
            });
        }
    }
}
