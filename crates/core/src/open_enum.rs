use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;

/// A generated list of text values that keeps values it does not know.
///
/// The service adds values without notice. A value that is in no documented list
/// is read into the `Unknown` variant and written back unchanged.
pub trait OpenEnum: From<String> + for<'a> From<&'a str> {
    /// The documented values, in document order.
    const KNOWN: &'static [&'static str];

    /// The value as it stands on the wire.
    fn as_str(&self) -> &str;

    /// Whether the value is in no documented list.
    fn is_unknown(&self) -> bool;
}

/// A value that is in no documented list, as it came.
///
/// It can only be made by converting text into a generated list of values, so an
/// unknown value is never equal to a known one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    #[doc(hidden)]
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// The value as it stands on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Writes the wire text of an open list of values.
#[doc(hidden)]
pub fn serialize<E: OpenEnum, S: Serializer>(value: &E, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(value.as_str())
}

/// Reads an open list of values from text.
#[doc(hidden)]
pub fn deserialize<'de, E: OpenEnum, D: Deserializer<'de>>(deserializer: D) -> Result<E, D::Error> {
    deserializer.deserialize_str(TextVisitor(PhantomData))
}

struct TextVisitor<E>(PhantomData<E>);

impl<E: OpenEnum> Visitor<'_> for TextVisitor<E> {
    type Value = E;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<X: Error>(self, text: &str) -> Result<E, X> {
        Ok(E::from(text))
    }

    fn visit_string<X: Error>(self, text: String) -> Result<E, X> {
        Ok(E::from(text))
    }
}
