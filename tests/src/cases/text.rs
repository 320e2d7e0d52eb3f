//! Cases about the text of a request, which a value cannot show: members that stand
//! twice, broken escapes, what the vendor's own samples have and JSON does not.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::request::{MemberNode, Node, Shape, minimal};

/// A text, and what reading it has to come to.
#[derive(Clone, Debug)]
pub struct TextCase {
    /// The id, such as `live/create_room/text/duplicate/RoomInfo.RoomId`.
    pub id: String,
    /// The text.
    pub text: String,
    /// The value that is read; none if the text has to be refused.
    pub expect: Option<Value>,
}

/// Stands where a case puts a piece of text that is no JSON.
const MARK: &str = "\"@mark@\"";

/// Every text case of an endpoint.
pub fn derive(endpoint: &str, request: &Node) -> Vec<TextCase> {
    let value = minimal(request);
    let text = value.to_string();
    let mut cases = Vec::new();
    let mut add = |what: &str, text: String, expect: Option<Value>| {
        cases.push(TextCase {
            id: format!("{endpoint}/text/{what}"),
            text,
            expect,
        });
    };
    for (what, text) in refused_around(&text) {
        add(what, text, None);
    }
    for index in 1..text.len() {
        if text.is_char_boundary(index) {
            add(
                &format!("truncated/{index}"),
                text[..index].to_owned(),
                None,
            );
        }
    }
    for (what, piece) in REFUSED_INSIDE {
        add(&format!("refused/{what}"), with_piece(&value, piece), None);
    }
    add(
        "refused/deep-nesting",
        with_piece(&value, &nested(200)),
        None,
    );
    add(
        "refused/400-digits",
        with_piece(&value, &"9".repeat(400)),
        None,
    );
    for (what, text) in duplicates(request) {
        add(&format!("duplicate/{what}"), text, None);
    }
    for (what, piece, meaning) in accepted_inside() {
        let mut expected = value.clone();
        expected["Zebra"] = meaning;
        add(
            &format!("accepted/{what}"),
            with_piece(&value, piece),
            Some(expected),
        );
    }
    for (what, text) in accepted_around(&value) {
        add(&format!("accepted/{what}"), text, Some(value.clone()));
    }
    cases
}

fn refused_around(text: &str) -> Vec<(&'static str, String)> {
    let mut refused = vec![
        ("refused/empty", String::new()),
        ("refused/blank", " \n\t".to_owned()),
        ("refused/byte-order-mark", format!("\u{feff}{text}")),
        ("refused/trailing-text", format!("{text}x")),
        ("refused/trailing-brace", format!("{text}}}")),
        ("refused/two-documents", format!("{text}{text}")),
        (
            "refused/trailing-comma",
            format!("{},}}", &text[..text.len() - 1]),
        ),
        ("refused/comment-line", format!("// a comment\n{text}")),
        ("refused/comment", format!("{text} /* a comment */")),
        ("refused/single-quotes", text.replace('"', "'")),
        ("refused/no-quotes", text.replace('"', "")),
        ("refused/trailing-nul", format!("{text}\0")),
        ("refused/no-break-blank", format!("\u{a0}{text}")),
        ("refused/callback", format!("callback({text})")),
    ];
    // `{}` has no quotes to do something to.
    refused.retain(|(_, changed)| changed != text);
    refused
}

/// What is no JSON value, each with its name.
const REFUSED_INSIDE: [(&str, &str); 32] = [
    ("nan", "NaN"),
    ("infinity", "Infinity"),
    ("minus-infinity", "-Infinity"),
    ("leading-zero", "01"),
    ("plus", "+1"),
    ("no-integer-part", ".5"),
    ("no-fraction", "1."),
    ("hexadecimal", "0x10"),
    ("grouped-digits", "1_000"),
    ("no-exponent", "1e"),
    ("huge-exponent", "1e400"),
    ("only-minus", "-"),
    ("upper-case-true", "True"),
    ("none", "None"),
    ("undefined", "undefined"),
    ("lone-high-surrogate", "\"\\ud800\""),
    ("lone-low-surrogate", "\"\\udc00\""),
    ("swapped-surrogates", "\"\\udc00\\ud800\""),
    ("high-surrogate-and-letter", "\"\\ud800a\""),
    ("short-escape", "\"\\u12\""),
    ("unknown-escape", "\"\\x41\""),
    ("raw-line-feed", "\"\n\""),
    ("raw-tab", "\"\t\""),
    ("raw-nul", "\"\0\""),
    ("open-string", "\"abc"),
    ("trailing-comma-in-list", "[1,]"),
    ("two-commas", "[1,,2]"),
    ("no-comma", "[1 2]"),
    ("comma-in-object", "{\"a\":1,}"),
    ("no-colon", "{\"a\" 1}"),
    ("wrong-bracket", "[1}"),
    ("nothing", ""),
];

/// What is JSON and looks odd, each with its value.
fn accepted_inside() -> [(&'static str, &'static str, Value); 12] {
    [
        ("escaped-letters", "\"\\u0061\\u0062\"", json!("ab")),
        ("escaped-solidus", "\"\\/\\u002F/\"", json!("///")),
        (
            "short-escapes",
            "\"\\b\\f\\n\\r\\t\\\"\\\\\"",
            json!("\u{8}\u{c}\n\r\t\"\\"),
        ),
        ("surrogate-pair", "\"\\ud83d\\ude00\"", json!("😀")),
        ("escaped-nul", "\"a\\u0000b\"", json!("a\0b")),
        ("upper-case-hex", "\"\\u00E9\"", json!("é")),
        ("not-a-character", "\"\\uffff\"", json!("\u{ffff}")),
        ("exponent", "1E+2", json!(100.0)),
        ("minus-zero", "-0", json!(-0.0)),
        ("long-fraction", "0.10000000000000000000001", json!(0.1)),
        ("i64-min", "-9223372036854775808", json!(i64::MIN)),
        ("u64-max", "18446744073709551615", json!(u64::MAX)),
    ]
}

fn accepted_around(value: &Value) -> Vec<(&'static str, String)> {
    let text = value.to_string();
    let pretty = serde_json::to_string_pretty(value).unwrap_or_default();
    vec![
        ("pretty", pretty.clone()),
        ("carriage-returns", pretty.replace('\n', "\r\n")),
        ("blanks-around", format!(" \t\r\n{text}\n\n")),
        (
            "a-megabyte-of-blanks",
            format!("{}{text}", " ".repeat(1 << 20)),
        ),
        ("escaped-throughout", escaped(&text)),
    ]
}

/// Every letter inside of quotes as an escape.
fn escaped(text: &str) -> String {
    let mut is_inside = false;
    let mut result = String::new();
    for letter in text.chars() {
        match letter {
            '"' => {
                is_inside = !is_inside;
                result.push(letter);
            }
            _ if is_inside => {
                let _ = write!(result, "\\u{:04x}", u32::from(letter));
            }
            _ => result.push(letter),
        }
    }
    result
}

/// Each member of the request and of the objects in it, twice.
fn duplicates(request: &Node) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let Shape::Object(root) = &request.shape else {
        return found;
    };
    let value = minimal(request);
    for member in &root.members {
        found.push((
            member.name.clone(),
            twice(&value, None, member, &member.name),
        ));
        if let Shape::Object(inner) = &member.node.shape {
            for part in &inner.members {
                let what = format!("{}.{}", member.name, part.name);
                found.push((
                    what.clone(),
                    twice(&value, Some(&member.name), part, &part.name),
                ));
                let escaped = format!(
                    "\\u{:04x}{}",
                    u32::from(part.name.as_bytes()[0]),
                    &part.name[1..]
                );
                let text = twice(&value, Some(&member.name), part, &escaped);
                found.push((format!("{what}-escaped"), text));
            }
        }
    }
    let mut unknown = value.clone();
    unknown["Zebra"] = json!(MARK.trim_matches('"'));
    found.push((
        "unknown".to_owned(),
        unknown.to_string().replace(MARK, r#"1,"Zebra":2"#),
    ));
    found
}

/// The request with a member a second time, under a name that may be written otherwise.
fn twice(request: &Value, parent: Option<&String>, member: &MemberNode, second: &str) -> String {
    let mut request = request.clone();
    let object = match parent {
        Some(parent) => &mut request[parent],
        None => &mut request,
    };
    let value = minimal(&member.node);
    object[&member.name] = json!(MARK.trim_matches('"'));
    request
        .to_string()
        .replace(MARK, &format!(r#"{value},"{second}":{value}"#))
}

fn with_piece(value: &Value, piece: &str) -> String {
    let mut value = value.clone();
    value["Zebra"] = json!(MARK.trim_matches('"'));
    value.to_string().replace(MARK, piece)
}

fn nested(levels: usize) -> String {
    "[".repeat(levels) + &"]".repeat(levels)
}
