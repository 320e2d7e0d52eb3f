//! The values that narrow rates are counted over.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use trtc_rooms_core::Endpoint;

/// For each of the endpoint's narrow rates the JSON text that the request has there,
/// if it has any.
pub(crate) fn counted_values<'a>(endpoint: &Endpoint, body: &'a [u8]) -> Vec<Option<&'a str>> {
    endpoint
        .other_rates
        .iter()
        .map(|narrow| value_at(body, narrow.counted_over).map(RawValue::get))
        .collect()
}

/// The JSON text at a pointer into objects, without reading the rest of the document
/// into memory.
fn value_at<'a>(body: &'a [u8], pointer: &str) -> Option<&'a RawValue> {
    let mut json = serde_json::Deserializer::from_slice(body);
    At(pointer.strip_prefix('/')?).deserialize(&mut json).ok()?
}

/// The value at the rest of a pointer.
struct At<'p>(&'p str);

impl<'de> DeserializeSeed<'de> for At<'_> {
    type Value = Option<&'de RawValue>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for At<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let (name, rest) = match self.0.split_once('/') {
            Some((name, rest)) => (name, Some(rest)),
            None => (self.0, None),
        };
        let name = unescaped(name);
        let mut found = None;
        while let Some(is_it) = members.next_key_seed(Is(&name))? {
            if !is_it {
                members.next_value::<IgnoredAny>()?;
            } else if let Some(rest) = rest {
                found = members.next_value_seed(At(rest))?;
            } else {
                found = Some(members.next_value::<&RawValue>()?);
            }
        }
        Ok(found)
    }
}

/// A name as it stands in the document, without the escapes of a pointer.
fn unescaped(name: &str) -> Cow<'_, str> {
    if name.contains('~') {
        Cow::Owned(name.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(name)
    }
}

/// Whether a member has this name. It is compared where it stands, since this happens
/// for each call.
struct Is<'n>(&'n str);

impl<'de> DeserializeSeed<'de> for Is<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Is<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<bool, E> {
        Ok(name == self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_inside_objects() {
        let body = br#"{"A":[{"B":1}],"RoomInfo":{"X":null,"RoomId":"live-1","a/b~":{"C":2}}}"#;
        let text = |pointer| value_at(body, pointer).map(RawValue::get);
        assert_eq!(text("/RoomInfo/RoomId"), Some("\"live-1\""));
        assert_eq!(text("/RoomInfo/a~1b~0/C"), Some("2"));
        assert_eq!(text("/RoomInfo/X"), Some("null"));
        let escaped = br#"{"Room\u0049nfo":{"RoomId":1}}"#;
        assert_eq!(
            value_at(escaped, "/RoomInfo/RoomId").map(RawValue::get),
            Some("1")
        );
        for absent in [
            "/RoomInfo/Name",
            "/Room",
            "",
            "RoomInfo",
            "/A/0/B",
            "/RoomInfo/RoomId/x",
        ] {
            assert_eq!(text(absent), None, "{absent}");
        }
        assert!(value_at(b"no JSON", "/RoomInfo").is_none());
        assert!(value_at(br#"{"RoomInfo":"#, "/RoomInfo/RoomId").is_none());
    }

    #[test]
    fn each_narrow_rate_has_its_value() {
        let endpoint = &trtc_rooms_model::live::create_room::ENDPOINT;
        let body = br#"{"RoomInfo":{"RoomId":"a"}}"#;
        assert_eq!(counted_values(endpoint, body), [Some("\"a\"")]);
        assert_eq!(counted_values(endpoint, b"{}"), [None]);
    }
}
