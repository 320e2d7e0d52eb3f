use serde_json::{Map, Number, Value};
use trtc_rooms_core::{
    Actual, FieldShape, HintKind, Limit, ObjectShape, Path, Report, Rule, Shape,
};

/// Reports every wrong type, missing member and unknown member, but for lists that
/// are too long.
pub(crate) fn compare(
    shape: &'static ObjectShape,
    request: &Value,
    too_long: &[&str],
    report: &mut Report,
) {
    let code = trtc_rooms_core::INVALID_PARAMETER;
    let mut comparison = Comparison {
        root: shape,
        too_long,
        report,
    };
    comparison.value(&Shape::Object(shape), request, (code, code), &Path::root());
}

/// Whether a request can be deserialized: everything in it has its documented type,
/// and nothing mandatory is missing.
pub(crate) fn is_sound(shape: &Shape, value: &Value) -> bool {
    match (shape, value) {
        (Shape::Object(object), Value::Object(members)) => {
            object
                .fields
                .iter()
                .all(|field| match members.get(field.name) {
                    Some(value) => is_sound(&field.shape, value),
                    None => !field.required,
                })
        }
        (Shape::Array(element), Value::Array(elements)) => {
            elements.iter().all(|value| is_sound(element, value))
        }
        (Shape::Map(element), Value::Object(members)) => {
            members.values().all(|value| is_sound(element, value))
        }
        // `8.0` is a whole number, but no Rust integer is read from it.
        (Shape::Integer, Value::Number(number)) => number.is_i64(),
        _ => fits(shape, value),
    }
}

/// A whole number, however it is written: `8`, `8.0` and `8e0` are the same.
pub(crate) fn whole(number: &Number) -> Option<i64> {
    // -2^63 is exact as a float, 2^63 is the first one that does not fit.
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if number.is_i64() || number.is_u64() {
        return number.as_i64();
    }
    let float = number.as_f64()?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the float is whole and fits"
    )]
    let whole = (float.fract() == 0.0 && (-LIMIT..LIMIT).contains(&float)).then_some(float as i64);
    whole
}

/// Whether a value has the JSON type of a shape; its members or elements may not.
pub(crate) fn fits(shape: &Shape, value: &Value) -> bool {
    match (shape, value) {
        (Shape::Any, _)
        | (Shape::String, Value::String(_))
        | (Shape::Number, Value::Number(_))
        | (Shape::Boolean, Value::Bool(_))
        | (Shape::Array(_), Value::Array(_))
        | (Shape::Object(_) | Shape::Map(_), Value::Object(_)) => true,
        (Shape::Integer, Value::Number(number)) => whole(number).is_some(),
        _ => false,
    }
}

struct Comparison<'a> {
    root: &'static ObjectShape,
    too_long: &'a [&'a str],
    report: &'a mut Report,
}

impl Comparison<'_> {
    /// Compares a value. `codes` are those for a wrong type of it and of what is in it.
    fn value(&mut self, shape: &Shape, value: &Value, codes: (i32, i32), at: &Path<'_>) {
        if self.report.is_full() && self.report.is_full_of_hints() {
            return;
        }
        if !fits(shape, value) {
            let limit = Limit::Type(shape.type_name());
            let actual = Actual::Type(type_name(value));
            self.report
                .violation(at, Rule::Type, limit, actual, codes.0);
            return;
        }
        let (_, inner) = codes;
        match (shape, value) {
            (Shape::Object(object), Value::Object(members)) => self.object(object, members, at),
            (Shape::Array(element), Value::Array(elements)) => {
                let is_too_long =
                    !self.too_long.is_empty() && self.too_long.contains(&at.pointer().as_str());
                for (index, value) in elements.iter().enumerate().filter(|_| !is_too_long) {
                    self.value(element, value, (inner, inner), &at.item(index));
                }
            }
            (Shape::Map(element), Value::Object(members)) => {
                for (name, value) in members {
                    self.value(element, value, (inner, inner), &at.member(name));
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, shape: &ObjectShape, members: &Map<String, Value>, at: &Path<'_>) {
        for field in shape.fields {
            let at = at.member(field.name);
            let codes = (field.type_code, field.element_code);
            match members.get(field.name) {
                Some(value) => self.value(&field.shape, value, codes, &at),
                None if field.required => {
                    let code = trtc_rooms_core::INVALID_PARAMETER;
                    self.report
                        .violation(&at, Rule::Required, Limit::None, Actual::None, code);
                }
                None => {}
            }
        }
        for name in members.keys() {
            if self.report.is_full_of_hints() {
                break;
            }
            if shape.field(name).is_none() {
                let message = self.unknown_member(shape, name);
                self.report
                    .hint(&at.member(name), HintKind::UnknownField, message);
            }
        }
    }

    fn unknown_member(&self, shape: &ObjectShape, name: &str) -> String {
        let near = shape.fields.iter().find(|field| is_near(name, field.name));
        if let Some(FieldShape { name, .. }) = near {
            return format!("is not documented; did you mean {name}?");
        }
        match place_of(self.root, name, "") {
            Some(place) => format!("is not documented here; {place} is"),
            None => "is not documented".to_owned(),
        }
    }
}

/// The JSON type of a value in the words of JSON Schema.
fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if whole(number).is_some() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Whether two names differ in nothing but case, separators, or one letter.
fn is_near(written: &str, documented: &str) -> bool {
    // Nobody mistypes a name as one that is many times longer, and looking closely at
    // a megabyte for every documented name takes seconds.
    if written.len() > 4 * documented.len() + 16 {
        return false;
    }
    let fold = |name: &str| -> Vec<char> {
        name.chars()
            .filter(|letter| letter.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let (written, documented) = (fold(written), fold(documented));
    if written.len().abs_diff(documented.len()) > 1 {
        return false;
    }
    let prefix = written
        .iter()
        .zip(&documented)
        .take_while(|(a, b)| a == b)
        .count();
    let suffix = |skip: usize| {
        let (a, b) = (
            &written[skip.min(written.len())..],
            &documented[skip.min(documented.len())..],
        );
        a.iter()
            .rev()
            .zip(b.iter().rev())
            .take_while(|(a, b)| a == b)
            .count()
    };
    prefix + suffix(prefix) + 1 >= written.len().max(documented.len())
}

/// Where in a request a member of this name is documented.
fn place_of(shape: &ObjectShape, name: &str, pointer: &str) -> Option<String> {
    shape.fields.iter().find_map(|field| {
        let place = format!("{pointer}/{}", field.name);
        if field.name == name {
            return Some(place);
        }
        match field.shape {
            Shape::Object(inner) => place_of(inner, name, &place),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_those_one_would_mistype() {
        for written in [
            "roomId", "RoomID", "Room_Id", "RoomId ", "RomId", "RoomIdd", "RoomIt",
        ] {
            assert!(is_near(written, "RoomId"), "{written}");
        }
        for written in ["RoomName", "Id", "OwnerId"] {
            assert!(!is_near(written, "RoomId"), "{written}");
        }
    }

    #[test]
    fn whole_numbers_are_recognised_in_every_form() {
        let number = |text: &str| whole(&serde_json::from_str(text).unwrap());
        assert_eq!(number("8"), Some(8));
        assert_eq!(number("8.0"), Some(8));
        assert_eq!(number("1e2"), Some(100));
        assert_eq!(number("-0"), Some(0));
        assert_eq!(number("9007199254740993"), Some(9_007_199_254_740_993));
        assert_eq!(number("9223372036854775807"), Some(i64::MAX));
        assert_eq!(number("-9223372036854775808"), Some(i64::MIN));
        assert_eq!(number("9223372036854775808"), None);
        assert_eq!(number("8.5"), None);
        assert_eq!(number("1e300"), None);
    }
}
