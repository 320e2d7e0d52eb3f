//! The envelope of a reply: the four members that every reply has, and where the
//! payload stands.
//!
//! The envelope is read first and on its own, and leniently, so that neither a
//! surprising payload nor a member of another type hides what the service says.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

/// The members of a reply as they stand in the text.
#[derive(Deserialize)]
struct Members<'a> {
    #[serde(borrow, rename = "ActionStatus")]
    action_status: Option<&'a RawValue>,
    #[serde(borrow, rename = "ErrorCode")]
    error_code: Option<&'a RawValue>,
    #[serde(borrow, rename = "ErrorInfo")]
    error_info: Option<&'a RawValue>,
    #[serde(borrow, rename = "RequestId")]
    request_id: Option<&'a RawValue>,
    #[serde(borrow, rename = "Response")]
    response: Option<&'a RawValue>,
}

/// The envelope of one reply. Members that are missing or null are `None`.
pub(crate) struct Envelope<'a> {
    /// `OK` or `FAIL`; other values are kept as they are.
    pub(crate) action_status: Option<Cow<'a, str>>,
    /// The code. `None` too if it is no whole number of 32 bits. A number in
    /// quotes is read: what it means is beyond doubt.
    pub(crate) code: Option<i32>,
    /// The reason of a failure in words.
    pub(crate) error_info: Option<Cow<'a, str>>,
    /// What support asks for.
    pub(crate) request_id: Option<Cow<'a, str>>,
    /// The JSON text of `Response`.
    pub(crate) response: Option<&'a str>,
}

impl<'a> Envelope<'a> {
    /// Reads the envelope of a reply.
    ///
    /// A JSON object is needed: serde would take a list for it, element by element.
    /// A member that occurs twice is an error, since nobody could tell which counts.
    pub(crate) fn read(text: &'a str) -> Result<Self, Malformed> {
        let members: Members<'a> = serde_json::from_str(text).map_err(Malformed::Json)?;
        if !is_object(text) {
            return Err(Malformed::NoObject);
        }
        Ok(Self {
            action_status: members.action_status.map(words),
            code: members.error_code.and_then(whole_number),
            error_info: members.error_info.map(words),
            request_id: members.request_id.map(words),
            response: members.response.map(RawValue::get),
        })
    }

    pub(crate) fn says_failed(&self) -> bool {
        self.action_status.as_deref() == Some("FAIL")
    }
}

/// Why a text is no envelope.
#[derive(Debug)]
pub(crate) enum Malformed {
    /// It is not JSON, or a member occurs twice.
    Json(serde_json::Error),
    /// It is JSON, but not an object.
    NoObject,
}

/// Whether JSON text is an object.
pub(crate) fn is_object(json: &str) -> bool {
    json.trim_start_matches([' ', '\t', '\r', '\n'])
        .starts_with('{')
}

/// The text of a string, or the JSON text of anything else.
fn words(value: &RawValue) -> Cow<'_, str> {
    let json = value.get();
    let inside = json
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    match inside {
        None => Cow::Borrowed(json),
        Some(inside) if !inside.contains('\\') => Cow::Borrowed(inside),
        Some(_) => serde_json::from_str(json).map_or(Cow::Borrowed(json), Cow::Owned),
    }
}

fn whole_number(value: &RawValue) -> Option<i32> {
    let text = words(value);
    // Nothing but digits: what stands in quotes may have a plus sign or leading zeros.
    match text.as_bytes() {
        [b'0'] | [b'1'..=b'9', ..] | [b'-', b'1'..=b'9', ..] => text.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<i32> {
        Envelope::read(text).map(|envelope| envelope.code).unwrap()
    }

    #[test]
    fn all_members_are_read() {
        let text = r#" {"ActionStatus":"FAIL","ErrorCode":100003,"ErrorInfo":"tak\u0065n","RequestId":"Id-1","Response":{"A":[1]}}"#;
        let envelope = Envelope::read(text).unwrap();
        assert!(envelope.says_failed());
        assert_eq!(envelope.code, Some(100_003));
        assert_eq!(envelope.error_info.as_deref(), Some("taken"));
        assert_eq!(envelope.request_id.as_deref(), Some("Id-1"));
        assert_eq!(envelope.response, Some(r#"{"A":[1]}"#));
    }

    #[test]
    fn missing_and_null_members_are_none() {
        for text in [
            "{}",
            r#"{"ActionStatus":null,"ErrorCode":null,"ErrorInfo":null,"RequestId":null,"Response":null}"#,
        ] {
            let envelope = Envelope::read(text).unwrap();
            assert!(envelope.action_status.is_none() && envelope.code.is_none());
            assert!(envelope.error_info.is_none() && envelope.request_id.is_none());
            assert!(envelope.response.is_none());
        }
    }

    #[test]
    fn a_code_is_a_whole_number_in_quotes_or_not() {
        assert_eq!(code(r#"{"ErrorCode":0}"#), Some(0));
        assert_eq!(code(r#"{"ErrorCode":-1}"#), Some(-1));
        assert_eq!(code(r#"{"ErrorCode":"100002"}"#), Some(100_002));
        for odd in [
            "1.5",
            "0.0",
            "1e2",
            "true",
            "[0]",
            "{}",
            r#""""#,
            r#""OK""#,
            r#"" 0""#,
            "2147483648",
            r#""0x0""#,
            r#""+5""#,
            r#""007""#,
            "-0",
        ] {
            assert_eq!(code(&format!(r#"{{"ErrorCode":{odd}}}"#)), None, "{odd}");
        }
    }

    #[test]
    fn h9_members_of_another_type_are_kept_as_text() {
        let envelope =
            Envelope::read(r#"{"ErrorInfo":42,"RequestId":{"a":1},"ActionStatus":["FAIL"]}"#)
                .unwrap();
        assert_eq!(envelope.error_info.as_deref(), Some("42"));
        assert_eq!(envelope.request_id.as_deref(), Some(r#"{"a":1}"#));
        assert!(!envelope.says_failed());
    }

    #[test]
    fn h3_a_list_is_no_envelope() {
        // serde alone would read this as ActionStatus OK, ErrorCode 0.
        for text in [
            r#"["OK",0,"","",null]"#,
            " [\"OK\",0,null,null,null]",
            "[]",
            "null",
            "\"OK\"",
            "0",
            "true",
        ] {
            assert!(Envelope::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn h22_text_that_is_not_one_json_document_is_refused() {
        for text in [
            "",
            " ",
            "{",
            "{}{}",
            "{}\n{}",
            "{} x",
            "<html>",
            "\u{feff}{}",
            "{'ErrorCode':0}",
            "{\"ErrorCode\":0,}",
            "{\"ErrorCode\":NaN}",
            "{\"ErrorInfo\":\"\u{1}\"}",
            "{//\n}",
        ] {
            assert!(Envelope::read(text).is_err(), "{text}");
        }
    }

    /// No text is worth losing what else the reply says.
    #[test]
    fn h22_half_a_character_in_a_text_does_no_harm() {
        let text = r#"{"ErrorCode":100004,"ErrorInfo":"\ud800"}"#;
        let envelope = Envelope::read(text).unwrap();
        assert_eq!(envelope.code, Some(100_004));
    }

    #[test]
    fn a_member_that_occurs_twice_is_refused() {
        assert!(Envelope::read(r#"{"ErrorCode":0,"ErrorCode":100002}"#).is_err());
        assert!(Envelope::read(r#"{"ErrorCode":100002,"ErrorCode":0}"#).is_err());
        assert!(Envelope::read(r#"{"Error\u0043ode":100002,"ErrorCode":0}"#).is_err());
    }

    #[test]
    fn h13_unknown_members_are_ignored_however_odd() {
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        for odd in [
            deep.as_str(),
            "1e400",
            &"9".repeat(400),
            r#"{"ErrorCode":1}"#,
        ] {
            assert_eq!(
                code(&format!(
                    r#"{{"New":{odd},"ErrorCode":0,"Response":{odd}}}"#
                )),
                Some(0)
            );
        }
    }
}
