use serde_json::{Number, Value};
use trtc_rooms_core::{
    Actual, FieldShape, HintKind, Limit, ObjectShape, Path, Report, Rule, Shape,
};

/// Reports every wrong type, missing member and unknown member. Returns whether the
/// request has to be repaired before it can be deserialized.
pub(crate) fn compare(
    shape: &'static ObjectShape,
    request: &Value,
    at: &Path<'_>,
    report: &mut Report,
) -> bool {
    let code = trtc_rooms_core::INVALID_PARAMETER;
    let mut comparison = Comparison {
        root: shape,
        needs_repair: false,
        report,
    };
    comparison.value(&Shape::Object(shape), request, code, at);
    comparison.needs_repair
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
    needs_repair: bool,
    report: &'a mut Report,
}

impl Comparison<'_> {
    fn value(&mut self, shape: &Shape, value: &Value, type_code: i32, at: &Path<'_>) {
        if !fits(shape, value) {
            self.needs_repair = true;
            let limit = Limit::Type(shape.type_name());
            let actual = Actual::Type(type_name(value));
            self.report
                .violation(at, Rule::Type, limit, actual, type_code);
            return;
        }
        match (shape, value) {
            // `8.0` is a whole number, but no Rust integer is read from it.
            (Shape::Integer, Value::Number(number)) if !number.is_i64() => self.needs_repair = true,
            (Shape::Object(object), Value::Object(members)) => self.object(object, members, at),
            (Shape::Array(element), Value::Array(elements)) => {
                for (index, value) in elements.iter().enumerate() {
                    self.value(element, value, type_code, &at.item(index));
                }
            }
            (Shape::Map(element), Value::Object(members)) => {
                for (name, value) in members {
                    self.value(element, value, type_code, &at.member(name));
                }
            }
            _ => {}
        }
    }

    fn object(
        &mut self,
        shape: &ObjectShape,
        members: &serde_json::Map<String, Value>,
        at: &Path<'_>,
    ) {
        for field in shape.fields {
            let at = at.member(field.name);
            match members.get(field.name) {
                Some(value) => self.value(&field.shape, value, field.type_code, &at),
                None if field.required => {
                    self.needs_repair = true;
                    let code = trtc_rooms_core::INVALID_PARAMETER;
                    self.report
                        .violation(&at, Rule::Required, Limit::None, Actual::None, code);
                }
                None => {}
            }
        }
        for name in members.keys() {
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
