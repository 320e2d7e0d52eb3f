//! Reading schemas: `SchemaSet::from_files` and `lower`.
//!
//! The text takes the place of one of the repository's files. Its first line may name
//! which, such as `#common/rooms.json`.

use std::path::Path;
use std::sync::LazyLock;

use trtc_rooms_schema::{RequestValidator, SchemaSet, lower};

/// Reads a text as one of the schemas.
///
/// # Panics
///
/// If something does not hold that should.
pub fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    let named = text
        .strip_prefix('#')
        .and_then(|text| text.split_once('\n'));
    let (name, text) = named.unwrap_or(("live/create_room.json", text));
    let others = repository().files().filter(|file| file.name != name);
    let mut files: Vec<(&str, &str)> = others
        .map(|file| (file.name.as_str(), file.text.as_str()))
        .collect();
    files.push((name, text));

    let set = match SchemaSet::from_files(files) {
        Ok(set) => set,
        Err(problems) => {
            let _ = problems.to_string();
            return;
        }
    };
    if let Err(problems) = lower(&set) {
        let _ = problems.to_string();
    }
    for file in set.endpoints() {
        // What was checked compiles, and its own examples are judged.
        let validator = RequestValidator::new(&set, file.stem()).expect("it was checked");
        for example in &file.document.schema.examples {
            assert!(validator.is_valid(example), "an example that was checked");
        }
    }
}

/// The schemas of this repository.
///
/// # Panics
///
/// If they cannot be read.
pub fn repository() -> &'static SchemaSet {
    static SCHEMAS: LazyLock<SchemaSet> = LazyLock::new(|| {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = here
            .ancestors()
            .map(|folder| folder.join("schemas"))
            .find(|folder| folder.join("dialect.json").exists())
            .expect("schemas/ is in a folder above");
        SchemaSet::load(&folder).unwrap_or_else(|problems| panic!("{problems}"))
    });
    &SCHEMAS
}
