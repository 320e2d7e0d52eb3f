//! What single cells say.

use std::sync::LazyLock;

use regex::Regex;

use crate::page::FieldType;
use crate::phrases::{self, TYPES};

/// More codes are in no cell: a range such as `1 - 999999` is not one of codes.
const MOST_CODES: i32 = 100;

/// Whether a text can be the name of a field: `RoomId`, `RoomInfo.RoomId`,
/// `Metadata[].Key`.
pub(crate) fn is_name(text: &str) -> bool {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^[A-Za-z_][A-Za-z0-9_]*(?:\[N?\])?(?:\.[A-Za-z_][A-Za-z0-9_]*(?:\[N?\])?)*$")
    });
    text.len() <= 80
        && NAME.is_match(text)
        && field_type(text).is_none()
        && phrases::obligation(text).is_none()
}

/// The type that a cell names: `Integer`, `Array of String`, `String[]`.
pub(crate) fn field_type(text: &str) -> Option<FieldType> {
    static LIST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:(?:array|list) ?(?:of |<|\(|\[)(?P<after>[\p{L}0-9]+)[>)\]]?|(?P<before>[\p{L}0-9]+?) ?(?:\[\]|array|list)|(?P<cjk>\p{L}+?)(?:数组|配列))$",
        )
    });
    if text.len() > 40 {
        return None;
    }
    let key = crate::normal::key(text);
    if let Some(json) = phrases::find(TYPES, &key) {
        return Some(FieldType {
            json,
            element: None,
        });
    }
    let found = LIST.captures(&key)?;
    let element = ["after", "before", "cjk"]
        .iter()
        .find_map(|name| found.name(name))?
        .as_str();
    let single = element.strip_suffix('s').unwrap_or(element);
    let element = [element, single]
        .iter()
        .find_map(|word| phrases::find(TYPES, word));
    // `Array of RoomInfo`: an object that the page describes elsewhere.
    Some(FieldType {
        json: "array",
        element: Some(element.unwrap_or("object")),
    })
}

/// The error codes that a cell names: `100001`, `60004, 60005`, `100500 - 100502`.
pub(crate) fn codes(text: &str) -> Option<Vec<i32>> {
    static CODES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^-?\d{1,6}(?: ?(?:,|/|;|、|-|~|to|and|or|到|至|及) ?\d{1,6})*\.?$")
    });
    static CODE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?P<link>-|~|to|到|至)? ?(?P<code>\d+)"));
    if text.len() > 120 || !CODES.is_match(text) {
        return None;
    }
    let mut codes: Vec<i32> = Vec::new();
    for found in CODE.captures_iter(text) {
        let code: i32 = found["code"].parse().ok()?;
        match (found.name("link"), codes.last().copied()) {
            (Some(_), Some(first)) => {
                let many = code.checked_sub(first)?;
                if !(1..=MOST_CODES).contains(&many) {
                    return None;
                }
                codes.extend(first + 1..=code);
            }
            (Some(sign), None) if sign.as_str() == "-" => codes.push(-code),
            _ => codes.push(code),
        }
    }
    Some(codes)
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_identifiers_and_paths_of_them() {
        for name in [
            "RoomId",
            "Owner_Account",
            "RoomInfo.RoomId",
            "Metadata[].Key",
            "x",
        ] {
            assert!(is_name(name), "{name}");
        }
        for other in [
            "Room ID",
            "String",
            "Optional",
            "100001",
            "v4/x",
            "",
            "a..b",
            "Up to 48.",
        ] {
            assert!(!is_name(other), "{other}");
        }
    }

    #[test]
    fn types_and_their_elements() {
        for (text, expected) in [
            ("String", "string"),
            ("bool", "boolean"),
            ("Array", "array"),
            ("Array of String", "array of string"),
            ("Array<Integer>", "array of integer"),
            ("String[]", "array of string"),
            ("String array", "array of string"),
            ("Array of Strings", "array of string"),
            ("Array of RoomInfo", "array of object"),
            ("字符串", "string"),
            ("整数数组", "array of integer"),
        ] {
            let found = field_type(text).map(|kind| kind.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{text}");
        }
        assert_eq!(field_type("Mandatory"), None);
        assert_eq!(field_type("The room"), None);
    }

    #[test]
    fn several_codes_in_a_cell() {
        assert_eq!(codes("100001"), Some(vec![100_001]));
        assert_eq!(codes("60004, 60005"), Some(vec![60_004, 60_005]));
        assert_eq!(
            codes("100500 - 100502"),
            Some(vec![100_500, 100_501, 100_502])
        );
        assert_eq!(codes("-1"), Some(vec![-1]));
        for other in [
            "",
            "1 - 999999",
            "100502-100500",
            "48 bytes",
            "3.3.0",
            "2026-03-26 17",
        ] {
            assert_eq!(codes(other), None, "{other}");
        }
    }
}
