use crate::INVALID_PARAMETER;

/// The documented JSON type of a value, as data.
///
/// Generated models carry their shapes so that a raw JSON document can be
/// compared with them member by member, where deserializing would stop at the
/// first mistake.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Shape {
    /// Any JSON value.
    Any,
    /// Text.
    String,
    /// A whole number that fits 64 bits with a sign.
    Integer,
    /// Any number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list of elements of one shape.
    Array(&'static Shape),
    /// An object with freely chosen member names and values of one shape.
    Map(&'static Shape),
    /// An object with documented members.
    Object(&'static ObjectShape),
}

impl Shape {
    /// The JSON type in the words of JSON Schema.
    pub const fn type_name(&self) -> &'static str {
        match self {
            Shape::Any => "any",
            Shape::String => "string",
            Shape::Integer => "integer",
            Shape::Number => "number",
            Shape::Boolean => "boolean",
            Shape::Array(_) => "array",
            Shape::Map(_) | Shape::Object(_) => "object",
        }
    }
}

/// The documented members of an object, in document order.
#[derive(Clone, Copy, Debug)]
pub struct ObjectShape {
    /// The members.
    pub fields: &'static [FieldShape],
}

impl ObjectShape {
    /// The member with this wire name.
    pub fn field(&self, name: &str) -> Option<&'static FieldShape> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// A type that carries the documented members of its JSON form.
pub trait Documented {
    /// The documented members.
    const SHAPE: &'static ObjectShape;
}

/// One documented member of an object.
#[derive(Clone, Copy, Debug)]
pub struct FieldShape {
    /// The wire name.
    pub name: &'static str,
    /// Whether the service refuses an object without it.
    pub required: bool,
    /// The JSON type.
    pub shape: Shape,
    /// The code with which the service refuses another JSON type.
    pub type_code: i32,
    /// The same for the elements of a list or map.
    pub element_code: i32,
}

impl FieldShape {
    /// A member that the service insists on.
    pub const fn required(name: &'static str, shape: Shape) -> Self {
        Self {
            name,
            required: true,
            shape,
            type_code: INVALID_PARAMETER,
            element_code: INVALID_PARAMETER,
        }
    }

    /// A member that may be absent.
    pub const fn optional(name: &'static str, shape: Shape) -> Self {
        Self {
            name,
            required: false,
            shape,
            type_code: INVALID_PARAMETER,
            element_code: INVALID_PARAMETER,
        }
    }

    /// The same with another code for a wrong JSON type.
    #[must_use]
    pub const fn with_type_code(mut self, code: i32) -> Self {
        self.type_code = code;
        self
    }

    /// The same with another code for elements of a wrong JSON type.
    #[must_use]
    pub const fn with_element_code(mut self, code: i32) -> Self {
        self.element_code = code;
        self
    }
}
