use std::borrow::Cow;

use serde_json::{Map, Value};
use trtc_rooms_core::{Limit, ObjectShape, Shape, Violation};

use crate::shape::{fits, is_sound, whole};

/// A request made deserializable: members of a wrong type are replaced, and those
/// that are mandatory and missing are added. A sound request stays as it is.
///
/// What is then found about a replacement is not about the original:
/// [`is_original`] and [`concerns_original`] tell.
pub(crate) fn repaired<'a>(shape: &'static ObjectShape, request: &'a Value) -> Cow<'a, Value> {
    if is_sound(&Shape::Object(shape), request) {
        Cow::Borrowed(request)
    } else {
        Cow::Owned(value(&Shape::Object(shape), request))
    }
}

/// Whether the value at a pointer of the repaired request stands like that in the
/// original.
pub(crate) fn is_original(shape: &'static ObjectShape, request: &Value, pointer: &str) -> bool {
    let mut shape = Shape::Object(shape);
    let mut value = request;
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        let inner = match (shape, value) {
            (Shape::Object(object), Value::Object(members)) => {
                let field = object.field(&step);
                field
                    .zip(members.get(&step))
                    .map(|(field, value)| (field.shape, value))
            }
            (Shape::Array(element), Value::Array(elements)) => {
                let index = step.parse::<usize>().ok();
                let value = index.and_then(|index| elements.get(index));
                value.map(|value| (*element, value))
            }
            (Shape::Map(element), Value::Object(members)) => {
                members.get(&step).map(|value| (*element, value))
            }
            _ => None,
        };
        match inner {
            Some(inner) => (shape, value) = inner,
            None => return false,
        }
    }
    fits(&shape, value)
}

/// Whether a violation in the repaired request is one in the original.
pub(crate) fn concerns_original(
    shape: &'static ObjectShape,
    request: &Value,
    violation: &Violation,
) -> bool {
    let Violation { pointer, limit, .. } = violation;
    // A difference is about a second member. Sums and groups are not disturbed: a
    // replacement is there as the original was, and adds nothing.
    let other = match limit {
        Limit::Difference { from, .. } => {
            let object = pointer.rsplit_once('/').map_or("", |(object, _)| object);
            Some(format!(
                "{object}/{}",
                from.replace('~', "~0").replace('/', "~1")
            ))
        }
        _ => None,
    };
    is_original(shape, request, pointer)
        && other.is_none_or(|other| is_original(shape, request, &other))
}

fn value(shape: &Shape, original: &Value) -> Value {
    match (shape, original) {
        (Shape::Object(shape), Value::Object(members)) => object(shape, members),
        (Shape::Array(element), Value::Array(elements)) => elements
            .iter()
            .map(|original| value(element, original))
            .collect(),
        (Shape::Map(element), Value::Object(members)) => {
            let members = members.iter();
            let members = members.map(|(name, original)| (name.clone(), value(element, original)));
            Value::Object(members.collect())
        }
        // `8.0` is a whole number, but no Rust integer is read from it.
        (Shape::Integer, Value::Number(number)) => whole(number).unwrap_or(0).into(),
        _ if fits(shape, original) => original.clone(),
        _ => replacement(shape),
    }
}

fn object(shape: &ObjectShape, members: &Map<String, Value>) -> Value {
    let fields = shape.fields.iter().filter_map(|field| {
        let value = match members.get(field.name) {
            Some(original) => value(&field.shape, original),
            None if field.required => replacement(&field.shape),
            None => return None,
        };
        Some((field.name.to_owned(), value))
    });
    Value::Object(fields.collect())
}

/// A value of a shape, about which nothing will be said.
fn replacement(shape: &Shape) -> Value {
    match shape {
        Shape::Object(shape) => object(shape, &Map::new()),
        Shape::Map(_) => Value::Object(Map::new()),
        Shape::Array(_) => Value::Array(Vec::new()),
        Shape::Integer | Shape::Number => Value::from(0),
        Shape::Boolean => Value::Bool(false),
        Shape::String => Value::from(""),
        _ => Value::Null,
    }
}
