use serde_json::{Map, Value};
use trtc_rooms_core::{Actual, Limit, ObjectShape, Path, Report, Rule, Shape, Violation};

use crate::shape::{fits, is_sound, whole};

/// How many elements of a list are always looked at. The lists of the documents hold
/// fewer.
const LONG: usize = 512;

/// A request made deserializable: members of a wrong type are replaced, and those that
/// are mandatory and missing are added.
///
/// What is then found about a replacement is not about the original: [`is_original`] and
/// [`concerns_original`] tell.
pub(crate) struct Repaired {
    /// The request.
    pub(crate) request: Value,
    /// The lists of which elements were left out, and how long they are.
    cut: Vec<(String, usize)>,
}

/// What becomes of the elements behind the first [`LONG`] of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tails {
    /// They are repaired like the others.
    Kept,
    /// They are left out, so that a million mistakes in a list that is too long anyway
    /// cost nothing. Texts stay: their bytes may be counted together.
    LeftOut,
}

impl Repaired {
    /// The request repaired; nothing if it is sound.
    pub(crate) fn new(shape: &'static ObjectShape, request: &Value, tails: Tails) -> Option<Self> {
        let root = Shape::Object(shape);
        if is_sound(&root, request) {
            return None;
        }
        let mut repair = Repair {
            tails,
            cut: Vec::new(),
        };
        Some(Self {
            request: repair.value(&root, request, &Path::root()),
            cut: repair.cut,
        })
    }

    /// Makes violations of lists that were cut tell the length of the original. False if
    /// such a list has no violation, so that what was left out matters.
    pub(crate) fn lengths_are_told(&self, report: &mut Report) -> bool {
        self.cut.iter().all(|(list, length)| {
            let actual = Actual::Size(i64::try_from(*length).unwrap_or(i64::MAX));
            report.correct(Rule::MaxItems, list, actual)
        })
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

struct Repair {
    tails: Tails,
    cut: Vec<(String, usize)>,
}

impl Repair {
    fn value(&mut self, shape: &Shape, original: &Value, at: &Path<'_>) -> Value {
        match (shape, original) {
            (Shape::Object(shape), Value::Object(members)) => self.object(shape, members, at),
            (Shape::Array(element), Value::Array(elements)) => {
                let is_kept = |&(index, element): &(usize, &Value)| {
                    self.tails == Tails::Kept || index < LONG || has_text(element)
                };
                let kept: Vec<_> = elements.iter().enumerate().filter(is_kept).collect();
                if kept.len() < elements.len() {
                    self.cut.push((at.pointer(), elements.len()));
                }
                let kept = kept.into_iter();
                kept.map(|(index, original)| self.value(element, original, &at.item(index)))
                    .collect()
            }
            (Shape::Map(element), Value::Object(members)) => {
                let members = members.iter().map(|(name, original)| {
                    let value = self.value(element, original, &at.member(name));
                    (name.clone(), value)
                });
                Value::Object(members.collect())
            }
            // `8.0` is a whole number, but no Rust integer is read from it.
            (Shape::Integer, Value::Number(number)) => whole(number).unwrap_or(0).into(),
            _ if fits(shape, original) => original.clone(),
            _ => replacement(shape),
        }
    }

    fn object(
        &mut self,
        shape: &ObjectShape,
        members: &Map<String, Value>,
        at: &Path<'_>,
    ) -> Value {
        let fields = shape.fields.iter().filter_map(|field| {
            let value = match members.get(field.name) {
                Some(original) => self.value(&field.shape, original, &at.member(field.name)),
                None if field.required => replacement(&field.shape),
                None => return None,
            };
            Some((field.name.to_owned(), value))
        });
        Value::Object(fields.collect())
    }
}

/// Whether an element may count in a sum of bytes.
fn has_text(element: &Value) -> bool {
    match element {
        Value::String(_) => true,
        Value::Object(members) => members.values().any(Value::is_string),
        _ => false,
    }
}

/// A value of a shape, about which nothing will be said.
fn replacement(shape: &Shape) -> Value {
    match shape {
        Shape::Object(shape) => {
            let mandatory = shape.fields.iter().filter(|field| field.required);
            let members = mandatory.map(|field| (field.name.to_owned(), replacement(&field.shape)));
            Value::Object(members.collect())
        }
        Shape::Map(_) => Value::Object(Map::new()),
        Shape::Array(_) => Value::Array(Vec::new()),
        Shape::Integer | Shape::Number => Value::from(0),
        Shape::Boolean => Value::Bool(false),
        Shape::String => Value::from(""),
        _ => Value::Null,
    }
}
