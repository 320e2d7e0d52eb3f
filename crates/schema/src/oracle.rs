use std::collections::HashMap;
use std::sync::Arc;

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

use crate::dialect::{DIALECT_URI, dialect};
use crate::files::SchemaFile;
use crate::keywords;
use crate::problem::Problem;

/// All schema files in the form in which the `jsonschema` crate compiles them, made
/// once for all validators of a set.
#[derive(Debug, Default)]
pub(crate) struct Oracle {
    registry: Option<Registry<'static>>,
    documents: HashMap<String, Arc<Value>>,
}

impl Oracle {
    pub(crate) fn new<'a>(files: impl Iterator<Item = &'a SchemaFile>) -> Result<Self, Problem> {
        let problem =
            |file: &str, error: &dyn std::fmt::Display| Problem::new(file, "", error.to_string());
        let mut documents = HashMap::new();
        let mut registry = Registry::new()
            .add(DIALECT_URI, dialect())
            .map_err(|error| problem("dialect.json", &error))?;
        for file in files {
            let document = Arc::new(absolute_dialect(&file.value));
            registry = registry
                .add(file.uri(), Arc::clone(&document))
                .map_err(|error| problem(&file.name, &error))?;
            documents.insert(file.uri(), document);
        }
        let registry = registry.prepare().map_err(|error| problem("", &error))?;
        Ok(Self {
            registry: Some(registry),
            documents,
        })
    }

    /// Compiles the schema at a pointer of a file.
    pub(crate) fn compile(&self, file: &str, pointer: &str) -> Result<Validator, Problem> {
        let root = json!({
            "$schema": DIALECT_URI,
            "$ref": format!("{}#{}", uri_of(file), fragment(pointer)),
        });
        let mut options = jsonschema::options();
        if let Some(registry) = &self.registry {
            options = options.with_registry(registry);
        }
        keywords::register(options)
            .build(&root)
            .map_err(|error| Problem::new(file, pointer, error.to_string()))
    }

    /// The schema at an absolute location, without the last step.
    pub(crate) fn parent(&self, location: &str) -> Option<&Value> {
        let (uri, fragment) = location.split_once('#')?;
        let (parent, _) = fragment.rsplit_once('/')?;
        self.documents.get(uri)?.pointer(&from_fragment(parent))
    }
}

/// The address under which a file is known to validators.
pub(crate) fn uri_of(file: &str) -> String {
    format!("trtc-rooms:///{file}")
}

/// The same document with the absolute address of the dialect. In the files it is
/// relative, so that an editor finds the meta-schema without a network.
fn absolute_dialect(document: &Value) -> Value {
    let mut document = document.clone();
    if let Value::Object(members) = &mut document {
        members.insert("$schema".to_owned(), Value::from(DIALECT_URI));
    }
    document
}

/// A JSON pointer as the fragment of an address: all but the plainest characters
/// have to be written as their bytes.
fn fragment(pointer: &str) -> String {
    use std::fmt::Write as _;

    let mut fragment = String::with_capacity(pointer.len());
    for byte in pointer.bytes() {
        match byte {
            b'/' | b'~' | b'-' | b'.' | b'_' | b'$' => fragment.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => fragment.push(char::from(byte)),
            byte => {
                let _ = write!(fragment, "%{byte:02X}");
            }
        }
    }
    fragment
}

/// The JSON pointer that a fragment stands for.
fn from_fragment(fragment: &str) -> String {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let digits = others.get(..2).and_then(|digits| {
            let digits = std::str::from_utf8(digits).ok()?;
            let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            is_hex.then(|| u8::from_str_radix(digits, 16).ok())?
        });
        match digits {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &others[2..];
            }
            _ => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{fragment, from_fragment};

    #[test]
    fn pointers_survive_as_fragments() {
        assert_eq!(fragment("/$defs/RoomType"), "/$defs/RoomType");
        assert_eq!(fragment("/properties/a b%"), "/properties/a%20b%25");
        for pointer in ["", "/a~1b", "/properties/房 间/#?%41%"] {
            assert_eq!(from_fragment(&fragment(pointer)), pointer);
        }
    }
}
