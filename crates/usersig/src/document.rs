//! The innermost layer: the JSON object with the `TLS.*` members.

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::Malformed;

/// The object as it is written. Readers accept the members in any order.
#[derive(Serialize)]
pub(crate) struct Written<'a> {
    #[serde(rename = "TLS.ver")]
    pub(crate) version: &'static str,
    #[serde(rename = "TLS.identifier")]
    pub(crate) identifier: &'a str,
    #[serde(rename = "TLS.sdkappid")]
    pub(crate) sdkappid: u64,
    #[serde(rename = "TLS.expire")]
    pub(crate) expire: i64,
    #[serde(rename = "TLS.time")]
    pub(crate) time: i64,
    #[serde(rename = "TLS.userbuf", skip_serializing_if = "Option::is_none")]
    pub(crate) userbuf: Option<&'a str>,
    #[serde(rename = "TLS.sig")]
    pub(crate) sig: &'a str,
}

/// The object as it is read: each known member once at most, of whatever type.
///
/// A derived `Deserialize` would take an array for the object, and its errors could not be told
/// apart. So the object is read into scalars first, and their types are asked for afterwards.
pub(crate) struct Members([Option<Scalar>; Member::COUNT]);

/// The known members. `Unknown` stands for all others, which are skipped without recursion.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(field_identifier)]
pub(crate) enum Member {
    #[serde(rename = "TLS.ver")]
    Version,
    #[serde(rename = "TLS.identifier")]
    Identifier,
    #[serde(rename = "TLS.sdkappid")]
    SdkAppId,
    #[serde(rename = "TLS.expire")]
    Expire,
    #[serde(rename = "TLS.time")]
    Time,
    #[serde(rename = "TLS.userbuf")]
    UserBuf,
    #[serde(rename = "TLS.sig")]
    Sig,
    #[serde(other)]
    Unknown,
}

enum Scalar {
    Text(String),
    Unsigned(u64),
    Negative(i64),
    Other,
}

impl Members {
    pub(crate) fn parse(document: &[u8]) -> Result<Self, Malformed> {
        // serde_json does not look at the encoding of strings that it skips.
        let text = std::str::from_utf8(document).map_err(|_| Malformed::NotJson)?;
        let object: Object = serde_json::from_str(text).map_err(|error| {
            // The visitors turn no value down except at the top.
            if error.is_data() {
                Malformed::NotAnObject
            } else {
                Malformed::NotJson
            }
        })?;
        match object.duplicate {
            Some(member) => Err(Malformed::DuplicateMember {
                member: member.name(),
            }),
            None => Ok(object.members),
        }
    }

    pub(crate) fn text(&mut self, member: Member) -> Result<Option<String>, Malformed> {
        self.take(member, "a string", |scalar| match scalar {
            Scalar::Text(text) => Some(text),
            _ => None,
        })
    }

    pub(crate) fn unsigned(&mut self, member: Member) -> Result<Option<u64>, Malformed> {
        self.take(
            member,
            "an unsigned integer of 64 bits",
            |scalar| match scalar {
                Scalar::Unsigned(number) => Some(number),
                _ => None,
            },
        )
    }

    pub(crate) fn integer(&mut self, member: Member) -> Result<Option<i64>, Malformed> {
        self.take(member, "an integer of 64 bits", |scalar| match scalar {
            Scalar::Unsigned(number) => i64::try_from(number).ok(),
            Scalar::Negative(number) => Some(number),
            _ => None,
        })
    }

    fn take<T>(
        &mut self,
        member: Member,
        expected: &'static str,
        read: impl FnOnce(Scalar) -> Option<T>,
    ) -> Result<Option<T>, Malformed> {
        let Some(scalar) = self.0[member as usize].take() else {
            return Ok(None);
        };
        let wrong_type = Malformed::WrongType {
            member: member.name(),
            expected,
        };
        read(scalar).map(Some).ok_or(wrong_type)
    }
}

impl Member {
    const COUNT: usize = Self::Unknown as usize;

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Version => "TLS.ver",
            Self::Identifier => "TLS.identifier",
            Self::SdkAppId => "TLS.sdkappid",
            Self::Expire => "TLS.expire",
            Self::Time => "TLS.time",
            Self::UserBuf => "TLS.userbuf",
            Self::Sig => "TLS.sig",
            Self::Unknown => "an unknown member",
        }
    }

    pub(crate) const fn missing(self) -> Malformed {
        Malformed::MissingMember {
            member: self.name(),
        }
    }
}

struct Object {
    members: Members,
    duplicate: Option<Member>,
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ObjectVisitor;

        impl<'de> Visitor<'de> for ObjectVisitor {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut members = Members([const { None }; Member::COUNT]);
                let mut duplicate = None;
                while let Some(member) = map.next_key::<Member>()? {
                    if member == Member::Unknown {
                        map.next_value::<IgnoredAny>()?;
                    } else if members.0[member as usize]
                        .replace(map.next_value()?)
                        .is_some()
                    {
                        duplicate = Some(member);
                    }
                }
                Ok(Object { members, duplicate })
            }
        }

        deserializer.deserialize_map(ObjectVisitor)
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ScalarVisitor;

        impl<'de> Visitor<'de> for ScalarVisitor {
            type Value = Scalar;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
                Ok(Scalar::Text(text.to_owned()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Scalar, E> {
                Ok(Scalar::Unsigned(number))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Scalar, E> {
                Ok(Scalar::Negative(number))
            }

            fn visit_f64<E>(self, _: f64) -> Result<Scalar, E> {
                Ok(Scalar::Other)
            }

            fn visit_bool<E>(self, _: bool) -> Result<Scalar, E> {
                Ok(Scalar::Other)
            }

            fn visit_unit<E>(self) -> Result<Scalar, E> {
                Ok(Scalar::Other)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Scalar, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Scalar::Other)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Scalar::Other)
            }
        }

        deserializer.deserialize_any(ScalarVisitor)
    }
}
