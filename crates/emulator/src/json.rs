//! Reading the body of a request.
//!
//! # Decisions
//!
//! * Everything that is not one JSON document in UTF-8 is 60003: an empty body, a
//!   byte order mark, a comma at the end, a comment, text behind the document, an
//!   unpaired surrogate.
//! * So is an object with two members of one name, since readers disagree on which
//!   one counts, and what is nested more than 127 deep.
//! * A number beyond the range of a double (`1e400`) is well-formed JSON, but no
//!   value that any parameter takes: 100002.
//! * A document that is no object is a request of the wrong type: 100002, from the
//!   schema.

use serde_json::Value;
use trtc_rooms_core::UniqueMembers;

use crate::refusal::{Refusal, code};

pub(crate) fn read(body: &[u8]) -> Result<Value, Refusal> {
    let malformed = |info: String| Refusal::new(code::MALFORMED_JSON, info);
    if body.is_empty() {
        return Err(malformed(
            "the body is empty; a call without parameters sends {}".to_owned(),
        ));
    }
    let text = std::str::from_utf8(body)
        .map_err(|error| malformed(format!("the body is not UTF-8: {error}")))?;
    if text.starts_with('\u{feff}') {
        return Err(malformed(
            "the body starts with a byte order mark".to_owned(),
        ));
    }
    serde_json::from_str::<UniqueMembers>(text)
        .and_then(|UniqueMembers| serde_json::from_str(text))
        .map_err(|error| {
            let message = error.to_string();
            if message.starts_with("number out of range") {
                Refusal::new(code::INVALID_PARAMETER, format!("the body has a {message}"))
            } else {
                malformed(format!("the body is not JSON: {message}"))
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(body: impl AsRef<[u8]>) -> i32 {
        let body = body.as_ref();
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]);
        let refusal = read(body).expect_err(&shown);
        assert!(refusal.info.len() < 1_100 && !refusal.info.contains('\u{1b}'));
        refusal.code
    }

    #[test]
    fn a16_a18_b09_c01_c17_c18_what_is_not_json() {
        let bodies: &[&[u8]] = &[
            b"",
            b" ",
            b"\r\n\t",
            br#"{"a":"\ud800"}"#,
            br#"{"a":"\udc00\ud800"}"#,
            br#"{"a":"\ud800\u0061"}"#,
            b"{\"a\":\"\xff\"}",
            b"{\"a\":\"\xc0\xaf\"}",
            b"{\"a\":\"\xed\xa0\x80\"}",
            b"{\"a\":\"\xf0\x9f\x98\"}",
            b"\xff\xfe{\0}\0",
            b"\xfe\xff\0{\0}",
            b"\xef\xbb\xbf{}",
            b"{\"a\":\"\xe9\"}",
            br#"{"a":1,}"#,
            b"[1,]",
            b"{} // x",
            b"/* x */ {}",
            b"{'a':1}",
            b"{a:1}",
            b"{}{}",
            b"{} x",
            b"{}\0",
            b"{\"a\":\"\x1b\"}",
            b"{\"a\":\"\n\"}",
            br#"{"a":"\x41"}"#,
            br#"{"a" 1}"#,
            b"{",
            b"nul",
            b"NaN",
            b"Infinity",
            b"-Infinity",
            b"01",
            b"+1",
            b".5",
            b"1.",
            b"0x10",
            b"1_000",
            b"-",
            b"1e",
            b"True",
            br#"{"a":1,"a":2}"#,
            br#"{"a":{"b":1,"\u0062":2}}"#,
            b"sdkappid=1&random=2",
        ];
        for body in bodies {
            assert_eq!(refused(body), code::MALFORMED_JSON, "{body:?}");
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        assert!(read(nested(127).as_bytes()).is_ok());
        assert_eq!(refused(nested(128)), code::MALFORMED_JSON);
        assert_eq!(refused("[".repeat(1_000_000)), code::MALFORMED_JSON);
        assert_eq!(refused("{\"a\":".repeat(200_000)), code::MALFORMED_JSON);
    }

    #[test]
    fn b07_numbers_beyond_all_ranges() {
        let digits = "9".repeat(400);
        for number in ["1e400", "-1e400", digits.as_str()] {
            assert_eq!(
                refused(format!("{{\"a\":{number}}}")),
                code::INVALID_PARAMETER
            );
        }
    }

    #[test]
    fn b08_integers_stay_exact() {
        for number in [
            "9007199254740993",
            "-9223372036854775808",
            "18446744073709551615",
        ] {
            assert_eq!(read(number.as_bytes()).unwrap().to_string(), number);
        }
    }

    #[test]
    fn c19_spaces_are_free() {
        let spaces = " ".repeat(1_000_000);
        assert!(
            read(format!("{spaces}{{}}\n").as_bytes())
                .unwrap()
                .is_object()
        );
    }

    #[test]
    fn a_long_name_is_not_repeated_in_full() {
        let name = "\u{1b}x".repeat(500_000).replace('\u{1b}', "\\u001b");
        assert_eq!(
            refused(format!("{{\"{name}\":1,\"{name}\":2}}")),
            code::MALFORMED_JSON
        );
    }
}
