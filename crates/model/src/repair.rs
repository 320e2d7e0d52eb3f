use serde_json::{Map, Value};
use trtc_rooms_core::{ObjectShape, Path, Rule, Shape};

use crate::shape::{fits, whole};

/// A request made deserializable: members of a wrong type are taken out, or
/// replaced where they are mandatory.
///
/// What is then found about a replacement, or about rules in which a member that was
/// taken out takes part, is not about the original and has to be left out.
pub(crate) struct Repair {
    request: Value,
    replaced: Vec<String>,
    touched_objects: Vec<String>,
}

impl Repair {
    pub(crate) fn new(shape: &'static ObjectShape, request: &Value) -> Self {
        let mut repair = Self {
            request: Value::Null,
            replaced: Vec::new(),
            touched_objects: Vec::new(),
        };
        let root = Path::root();
        repair.request = if request.is_object() {
            repair.value(&Shape::Object(shape), request, &root)
        } else {
            repair.replacement(&Shape::Object(shape), &root)
        };
        repair
    }

    pub(crate) fn request(&self) -> &Value {
        &self.request
    }

    /// Whether what was found at a pointer of the repaired request also holds for
    /// the original.
    pub(crate) fn concerns_the_original(&self, pointer: &str, rule: Option<Rule>) -> bool {
        let is_replaced = self.replaced.iter().any(|replaced| {
            pointer
                .strip_prefix(replaced.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        // These rules are about several members of one object.
        let object = match rule {
            Some(Rule::MinDifference | Rule::MaxDifference | Rule::MaxSum) => {
                pointer.rsplit_once('/').map(|(object, _)| object)
            }
            Some(Rule::RequiredTogether | Rule::AtLeastOneOf) => Some(pointer),
            _ => None,
        };
        let is_touched = object
            .is_some_and(|object| self.touched_objects.iter().any(|touched| touched == object));
        !is_replaced && !is_touched
    }

    fn value(&mut self, shape: &Shape, value: &Value, at: &Path<'_>) -> Value {
        match (shape, value) {
            (Shape::Object(object), Value::Object(members)) => self.object(object, members, at),
            (Shape::Integer, Value::Number(number)) => {
                whole(number).map_or(Value::Null, Value::from)
            }
            (Shape::Array(element), Value::Array(elements)) => {
                let elements = elements.iter().enumerate();
                let elements =
                    elements.map(|(index, value)| self.element(element, value, &at.item(index)));
                Value::Array(elements.collect())
            }
            (Shape::Map(element), Value::Object(members)) => {
                let members = members.iter();
                let members = members.map(|(name, value)| {
                    (name.clone(), self.element(element, value, &at.member(name)))
                });
                Value::Object(members.collect())
            }
            _ => value.clone(),
        }
    }

    fn element(&mut self, shape: &Shape, value: &Value, at: &Path<'_>) -> Value {
        if fits(shape, value) {
            self.value(shape, value, at)
        } else {
            self.replacement(shape, at)
        }
    }

    fn object(
        &mut self,
        shape: &ObjectShape,
        members: &Map<String, Value>,
        at: &Path<'_>,
    ) -> Value {
        let mut repaired = Map::new();
        for field in shape.fields {
            let here = at.member(field.name);
            let value = members.get(field.name);
            let sound = value.filter(|value| fits(&field.shape, value));
            if sound.is_none() && (value.is_some() || field.required) {
                self.touched_objects.push(at.pointer());
            }
            let value = match sound {
                Some(value) => self.value(&field.shape, value, &here),
                None if field.required => self.replacement(&field.shape, &here),
                None => continue,
            };
            repaired.insert(field.name.to_owned(), value);
        }
        Value::Object(repaired)
    }

    /// A value of a shape, about which nothing will be said.
    fn replacement(&mut self, shape: &Shape, at: &Path<'_>) -> Value {
        self.replaced.push(at.pointer());
        match shape {
            Shape::Object(object) => self.object(object, &Map::new(), at),
            Shape::Map(_) => Value::Object(Map::new()),
            Shape::Array(_) => Value::Array(Vec::new()),
            Shape::Integer | Shape::Number => Value::from(0),
            Shape::Boolean => Value::Bool(false),
            Shape::String => Value::from(""),
            _ => Value::Null,
        }
    }
}
