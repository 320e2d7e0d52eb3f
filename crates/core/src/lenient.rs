use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use crate::OpenEnum;

/// Reads text that a reply may carry as a number, as ids made of digits sometimes
/// are.
///
/// # Errors
///
/// When there is neither text, nor a whole number, nor `null`.
#[doc(hidden)]
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = Option::<LenientText>::deserialize(deserializer)?;
    Ok(text.map(|text| text.0))
}

/// The same for a list of texts.
///
/// # Errors
///
/// When there is neither a list of texts or whole numbers, nor `null`.
#[doc(hidden)]
pub fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    let texts = Option::<Vec<LenientText>>::deserialize(deserializer)?;
    Ok(texts.map(|texts| texts.into_iter().map(|text| text.0).collect()))
}

/// Reads a value of a list that a reply may carry as a number, as older versions of the
/// service do. A number is an unknown value.
///
/// # Errors
///
/// When there is neither text, nor a whole number, nor `null`.
#[doc(hidden)]
pub fn value<'de, T: OpenEnum, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Ok(text(deserializer)?.map(T::from))
}

/// Reads a truth value that a reply may carry as text or as a number.
///
/// # Errors
///
/// When there is neither a truth value, nor `true`, `false`, `1` or `0` as text or
/// number, nor `null`.
#[doc(hidden)]
pub fn boolean<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    let boolean = Option::<LenientBoolean>::deserialize(deserializer)?;
    Ok(boolean.map(|boolean| boolean.0))
}

/// Reads a whole number, or what one stands for, that a reply may carry as text, or with
/// a fraction of zero.
///
/// # Errors
///
/// When there is neither a whole number of 64 bits, nor one as text, nor `null`. An
/// empty text is no number, and read as `null`.
#[doc(hidden)]
pub fn integer<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: From<i64>,
{
    let integer = Option::<LenientInteger>::deserialize(deserializer)?;
    Ok(integer.and_then(|integer| integer.0).map(T::from))
}

/// Reads a member that may be `null`: that is another thing than its absence.
///
/// # Errors
///
/// When the value cannot be read.
#[doc(hidden)]
pub fn present<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// Reads an object, which for serde could be a list of its members as well.
///
/// # Errors
///
/// When there is neither an object that can be read nor `null`.
#[doc(hidden)]
pub fn object<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    let object = Option::<StrictObject<T>>::deserialize(deserializer)?;
    Ok(object.map(|object| object.0))
}

/// The same for a list of objects.
///
/// # Errors
///
/// When there is neither a list of objects that can be read nor `null`.
#[doc(hidden)]
pub fn objects<'de, T, D>(deserializer: D) -> Result<Option<Vec<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    let objects = Option::<Vec<StrictObject<T>>>::deserialize(deserializer)?;
    Ok(objects.map(|objects| objects.into_iter().map(|object| object.0).collect()))
}

struct StrictObject<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for StrictObject<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_map(ObjectVisitor(PhantomData))
            .map(StrictObject)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }
}

struct LenientText(String);

impl<'de> Deserialize<'de> for LenientText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor).map(LenientText)
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text or a whole number")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<String, E> {
        Ok(text)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }
}

struct LenientBoolean(bool);

impl<'de> Deserialize<'de> for LenientBoolean {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_any(BooleanVisitor)
            .map(LenientBoolean)
    }
}

struct BooleanVisitor;

impl Visitor<'_> for BooleanVisitor {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true or false")
    }

    fn visit_bool<E: Error>(self, boolean: bool) -> Result<bool, E> {
        Ok(boolean)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<bool, E> {
        match text {
            "1" => Ok(true),
            "0" => Ok(false),
            _ if text.eq_ignore_ascii_case("true") => Ok(true),
            _ if text.eq_ignore_ascii_case("false") => Ok(false),
            // The text may be somebody's; it does not go into an error.
            _ => Err(E::custom("text that is neither `true` nor `false`")),
        }
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<bool, E> {
        match number {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(E::custom("a number that is neither 0 nor 1")),
        }
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<bool, E> {
        Err(E::custom("a number that is neither 0 nor 1"))
    }
}

struct LenientInteger(Option<i64>);

impl<'de> Deserialize<'de> for LenientInteger {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_any(IntegerVisitor)
            .map(LenientInteger)
    }
}

struct IntegerVisitor;

impl Visitor<'_> for IntegerVisitor {
    type Value = Option<i64>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Option<i64>, E> {
        Ok(Some(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Option<i64>, E> {
        i64::try_from(number)
            .map(Some)
            .map_err(|_| E::custom("a number of more than 64 bits with a sign"))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Option<i64>, E> {
        // Below 2^53 a float is exactly the number that was written.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if number.fract() == 0.0 && number.abs() < EXACT {
            #[expect(clippy::cast_possible_truncation, reason = "it is whole and fits")]
            let number = number as i64;
            Ok(Some(number))
        } else {
            Err(E::custom("a number that is not whole"))
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Option<i64>, E> {
        if text.is_empty() {
            return Ok(None);
        }
        text.parse()
            .map(Some)
            .map_err(|_| E::custom("text that is no whole number"))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Reply {
        #[serde(default, deserialize_with = "boolean")]
        boolean: Option<bool>,
        #[serde(default, deserialize_with = "integer")]
        integer: Option<i64>,
    }

    fn read(json: serde_json::Value) -> Result<(Option<bool>, Option<i64>), String> {
        Reply::deserialize(json)
            .map(|reply| (reply.boolean, reply.integer))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn truth_values_come_in_many_forms() {
        for (value, expected) in [
            (json!(true), Some(true)),
            (json!("true"), Some(true)),
            (json!("False"), Some(false)),
            (json!("1"), Some(true)),
            (json!(0), Some(false)),
            (json!(null), None),
        ] {
            assert_eq!(read(json!({ "boolean": value })), Ok((expected, None)));
        }
        for value in [json!("yes"), json!(2), json!(-1), json!([]), json!(1.5)] {
            assert!(read(json!({ "boolean": value })).is_err(), "{value}");
        }
    }

    #[test]
    fn whole_numbers_come_in_many_forms() {
        for (value, expected) in [
            (json!(-7), Some(-7)),
            (json!(i64::MAX), Some(i64::MAX)),
            (json!("1790000000"), Some(1_790_000_000)),
            (json!(8.0), Some(8)),
            (json!(""), None),
            (json!(null), None),
        ] {
            assert_eq!(read(json!({ "integer": value })), Ok((None, expected)));
        }
        for value in [json!(u64::MAX), json!(1.5), json!("x"), json!(1e300)] {
            assert!(read(json!({ "integer": value })).is_err(), "{value}");
        }
    }

    #[test]
    fn errors_do_not_repeat_what_was_read() {
        for member in ["boolean", "integer"] {
            let error = read(json!({ member: "s3cret" })).unwrap_err();
            assert!(!error.contains("s3cret"), "{error}");
        }
    }
}
