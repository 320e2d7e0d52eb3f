use crate::document::Schema;
use crate::files::{SchemaFile, SchemaSet};

/// A definition that a `$ref` points at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'a> {
    pub(crate) file: &'a SchemaFile,
    pub(crate) name: &'a str,
    pub(crate) schema: &'a Schema,
}

/// A schema and the file that it stands in: what a `$ref` in it is relative to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Located<'a> {
    pub(crate) file: &'a SchemaFile,
    pub(crate) schema: &'a Schema,
}

impl<'a> Located<'a> {
    pub(crate) fn new(file: &'a SchemaFile, schema: &'a Schema) -> Self {
        Self { file, schema }
    }

    /// The definition that its `$ref` points at, if there is one.
    pub(crate) fn target(self, set: &'a SchemaSet) -> Option<Target<'a>> {
        let reference = self.schema.reference.as_ref()?;
        resolve(set, self.file, reference).ok()
    }

    /// The definition that its `$ref` points at, or else itself.
    pub(crate) fn meant(self, set: &'a SchemaSet) -> Self {
        match self.target(set) {
            Some(Target { file, schema, .. }) => Self { file, schema },
            None => self,
        }
    }

    /// The schemas that stand directly in it, each with its pointer from here.
    pub(crate) fn parts(self) -> impl Iterator<Item = (Vec<&'a str>, Self)> {
        let schema = self.schema;
        let named = [
            ("properties", &schema.properties),
            ("$defs", &schema.definitions),
        ];
        let named = named.into_iter().flat_map(|(keyword, schemas)| {
            schemas
                .iter()
                .map(move |(name, schema)| (vec![keyword, name.as_str()], schema))
        });
        let single = [
            ("items", &schema.items),
            ("additionalProperties", &schema.additional_properties),
        ];
        let single = single
            .into_iter()
            .filter_map(|(keyword, schema)| Some((vec![keyword], schema.as_deref()?)));
        named.chain(single).map(move |(steps, schema)| {
            let part = Self {
                file: self.file,
                schema,
            };
            (steps, part)
        })
    }
}

/// Finds the definition that `reference` means when it stands in `file`.
///
/// # Errors
///
/// In words, why there is none.
pub(crate) fn resolve<'a>(
    set: &'a SchemaSet,
    file: &'a SchemaFile,
    reference: &str,
) -> Result<Target<'a>, String> {
    let (path, pointer) = reference
        .split_once('#')
        .ok_or_else(|| format!("`{reference}` has no `#/$defs/Name`"))?;
    let file = if path.is_empty() {
        file
    } else {
        let name = relative(&file.name, path)?;
        set.file(&name)
            .ok_or_else(|| format!("there is no file schemas/{name}"))?
    };
    let name = pointer
        .strip_prefix("/$defs/")
        .filter(|name| !name.contains('/'))
        .ok_or_else(|| format!("`#{pointer}` is not of the form `#/$defs/Name`"))?;
    let (name, schema) = file
        .document
        .schema
        .definitions
        .get_key_value(name)
        .ok_or_else(|| format!("schemas/{} has no definition `{name}`", file.name))?;
    Ok(Target { file, name, schema })
}

/// The name of the file that `path` means when it stands in `file`.
fn relative(file: &str, path: &str) -> Result<String, String> {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            // A validator would take this for an absolute address.
            "" => return Err(format!("`{path}` is no relative path")),
            "." => {}
            ".." => {
                parts
                    .pop()
                    .ok_or_else(|| format!("`{path}` leads out of the folder schemas"))?;
            }
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn paths_are_relative_to_the_file_that_holds_them() {
        let file = "live/create_room.json";
        assert_eq!(relative(file, "other.json").unwrap(), "live/other.json");
        assert_eq!(relative(file, "./other.json").unwrap(), "live/other.json");
        assert_eq!(
            relative(file, "../common/rooms.json").unwrap(),
            "common/rooms.json"
        );
    }

    #[test]
    fn paths_cannot_leave_the_folder() {
        for path in [
            "../../etc/passwd",
            "../../schemas/live/a.json",
            "/etc/passwd",
            "../..",
        ] {
            assert!(relative("live/create_room.json", path).is_err(), "{path}");
        }
    }
}
