use crate::document::Schema;
use crate::files::{SchemaFile, SchemaSet};

/// A definition that a `$ref` points at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'a> {
    pub(crate) file: &'a SchemaFile,
    pub(crate) name: &'a str,
    pub(crate) schema: &'a Schema,
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
        let name = relative(&file.name, path)
            .ok_or_else(|| format!("`{path}` leads out of the folder schemas"))?;
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
fn relative(file: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn paths_are_relative_to_the_file_that_holds_them() {
        let file = "live/create_room.json";
        assert_eq!(relative(file, "other.json").unwrap(), "live/other.json");
        assert_eq!(
            relative(file, "../common/rooms.json").unwrap(),
            "common/rooms.json"
        );
    }

    #[test]
    fn paths_cannot_leave_the_folder() {
        assert_eq!(relative("live/create_room.json", "../../etc/passwd"), None);
    }
}
