use std::collections::HashMap;

use trtc_rooms_schema::ir::{Endpoint, Module, Place};

use super::imports::CORE;
use crate::error::CodegenError;
use crate::names;

/// Names that generated files use for something else than a type of a schema, in the
/// model or in the client.
const USED: &[&str] = &[
    "BTreeMap",
    "Call",
    "Client",
    "Clone",
    "Debug",
    "Default",
    "Deserialize",
    "Deserializer",
    "Eq",
    "Err",
    "From",
    "Hash",
    "Into",
    "IntoIterator",
    "None",
    "Ok",
    "Operation",
    "Option",
    "PartialEq",
    "Result",
    "Self",
    "Self_",
    "Serialize",
    "Serializer",
    "Some",
    "String",
    "Vec",
];

/// Refuses names of types that would not be what they look like.
///
/// # Errors
///
/// When two types of a module have one name in Rust, or a type has a name that
/// generated code uses.
pub(crate) fn check(module: &Module, endpoint: Option<&Endpoint>) -> Result<(), CodegenError> {
    let objects = module.objects.iter();
    let objects = objects.map(|object| (&object.name, &object.place));
    let lists = module.value_lists.iter();
    let lists = lists.map(|list| (&list.name, &list.place));
    let mut seen: HashMap<String, &Place> = HashMap::new();
    for (name, place) in objects.chain(lists) {
        let refused = |message: String| {
            let help = "give the type another name in `$defs`";
            Err(CodegenError::at(place, format!("{message}: {help}")))
        };
        let Some(ident) = names::pascal(name) else {
            return refused(format!("`{name}` is no name for a type"));
        };
        let ident = ident.to_string();
        // The client has a type for the operation, and one for the product.
        let own = endpoint.into_iter();
        let own = own.flat_map(|endpoint| [&endpoint.operation, &endpoint.product]);
        let is_own = own
            .filter_map(|name| names::pascal(name))
            .any(|own| own == ident);
        if is_own || CORE.contains(&ident.as_str()) || USED.contains(&ident.as_str()) {
            return refused(format!("generated code uses the name `{ident}` itself"));
        }
        if let Some(first) = seen.insert(ident.clone(), place) {
            let message = format!("the type at {} is named `{ident}` as well", first.pointer);
            return refused(message);
        }
    }
    Ok(())
}
