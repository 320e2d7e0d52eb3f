//! JSON in the style of the files in `schemas/`: two spaces, and small things on one
//! line.

use serde_json::Value;

/// The width that a thing on one line may have.
const WIDTH: usize = 92;

/// Members that make an object tall: people read them.
const TALL: &[&str] = &[
    "description",
    "name",
    "title",
    "meaning",
    "documents",
    "about",
    "path",
];

/// Formats a value that stands on a line with an indentation.
pub(crate) fn format(value: &Value, indentation: usize) -> String {
    let line = one_line(value);
    if line.len() <= WIDTH && is_small(value) {
        return line;
    }
    let (open, parts, close) = match value {
        Value::Array(elements) => {
            let parts: Vec<String> = elements
                .iter()
                .map(|element| format(element, indentation + 2))
                .collect();
            ('[', parts, ']')
        }
        Value::Object(members) => {
            let parts = members
                .iter()
                .map(|(name, value)| {
                    format!(
                        "{}: {}",
                        Value::from(name.as_str()),
                        format(value, indentation + 2)
                    )
                })
                .collect();
            ('{', parts, '}')
        }
        scalar => return scalar.to_string(),
    };
    let spaces = " ".repeat(indentation);
    let parts = parts.join(&format!(",\n{spaces}  "));
    format!("{open}\n{spaces}  {parts}\n{spaces}{close}")
}

fn is_small(value: &Value) -> bool {
    match value {
        Value::Array(elements) => match elements.as_slice() {
            [only @ Value::Object(_)] => is_small(only),
            several => several.iter().all(is_scalar),
        },
        Value::Object(members) => members.iter().all(|(name, value)| {
            !TALL.contains(&name.as_str())
                && (is_scalar(value) || (value.is_array() && is_small(value)))
        }),
        _ => true,
    }
}

fn is_scalar(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}

fn one_line(value: &Value) -> String {
    match value {
        Value::Array(elements) => {
            let parts: Vec<String> = elements.iter().map(one_line).collect();
            format!("[{}]", parts.join(", "))
        }
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(members) => {
            let parts: Vec<String> = members
                .iter()
                .map(|(name, value)| format!("{}: {}", Value::from(name.as_str()), one_line(value)))
                .collect();
            format!("{{ {} }}", parts.join(", "))
        }
        scalar => scalar.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_the_repository_is_in_this_style_nearly_everywhere() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../schemas/common/room_codes.json"
        );
        let text = std::fs::read_to_string(path).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(format(&value, 0) + "\n", text);
    }

    #[test]
    fn small_things_stand_on_one_line() {
        let value = serde_json::json!({"rate": {"calls": 200, "perSeconds": 1}, "regions": ["china"], "path": "v4"});
        assert_eq!(
            format(&value, 0),
            "{\n  \"rate\": { \"calls\": 200, \"perSeconds\": 1 },\n  \"regions\": [\"china\"],\n  \"path\": \"v4\"\n}"
        );
    }
}
