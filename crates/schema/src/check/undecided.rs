use serde_json::Value;

use crate::files::SchemaFile;
use crate::problem::{Problem, join};

/// What `cargo xtask docs scaffold` writes where a person has to decide.
const UNDECIDED: &str = "UNDECIDED";

/// What is left of a draft would become documentation.
pub(super) fn check(file: &SchemaFile, problems: &mut Vec<Problem>) {
    find(&file.value, "", &mut |pointer| {
        let message = "nobody has decided this since the file was drafted";
        problems.push(Problem::new(&file.name, pointer, message));
    });
}

/// The values are at most as deep as the parser allows.
fn find(value: &Value, pointer: &str, found: &mut impl FnMut(String)) {
    match value {
        Value::String(text) if text == UNDECIDED => found(pointer.to_owned()),
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                find(element, &join(pointer, &index.to_string()), found);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                find(member, &join(pointer, name), found);
            }
        }
        _ => {}
    }
}
