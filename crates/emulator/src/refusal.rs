//! A refusal: a code of the service, and the reason in words.

use std::fmt::{self, Write as _};

use trtc_rooms_schema::Finding;

/// The longest text of `ErrorInfo`, in bytes.
const MAX_INFO: usize = 1_000;

/// The codes that the emulator answers with on its own account. Any other is
/// given by a schema or by a script.
pub(crate) mod code {
    pub(crate) const MALFORMED_REQUEST: i32 = 60_002;
    pub(crate) const MALFORMED_JSON: i32 = 60_003;
    pub(crate) const ACCOUNT_WRONG: i32 = 60_004;
    pub(crate) const SDKAPPID_INVALID: i32 = 60_006;
    pub(crate) const WRONG_RESOURCE: i32 = 60_009;
    pub(crate) const NOT_ADMINISTRATOR: i32 = 60_010;
    pub(crate) const SDKAPPID_MISSING: i32 = 60_012;
    pub(crate) const URL_PARAMETER_WRONG: i32 = 60_025;

    pub(crate) const TICKET_EXPIRED: i32 = 70_001;
    pub(crate) const TICKET_EMPTY: i32 = 70_002;
    pub(crate) const TICKET_MALFORMED: i32 = 70_003;
    pub(crate) const TICKET_KEY_WRONG: i32 = 70_009;
    pub(crate) const TICKET_IDENTIFIER_WRONG: i32 = 70_013;
    pub(crate) const TICKET_SDKAPPID_WRONG: i32 = 70_014;
    pub(crate) const TICKET_FAILURES: i32 = 70_050;

    pub(crate) const INVALID_PARAMETER: i32 = 100_002;
    pub(crate) const ROOM_ID_TAKEN: i32 = 100_003;
    pub(crate) const ROOM_NOT_FOUND: i32 = 100_004;
    pub(crate) const NOT_ROOM_MEMBER: i32 = 100_005;
    pub(crate) const PERMISSION_DENIED: i32 = 100_006;
    pub(crate) const ROOM_ALREADY_YOURS: i32 = 100_010;
    pub(crate) const ROOM_ID_TAKEN_BY_GROUP: i32 = 100_011;
    pub(crate) const TOO_FREQUENT: i32 = 100_012;
    pub(crate) const TOO_MANY_ADMINISTRATORS: i32 = 100_020;
    pub(crate) const SEAT_LOCKED: i32 = 100_200;
    pub(crate) const ALREADY_SEATED: i32 = 100_203;
    pub(crate) const SEATS_TAKEN: i32 = 100_205;
    pub(crate) const NOT_SEATED: i32 = 100_206;
    pub(crate) const SEAT_TAKEN: i32 = 100_210;
    pub(crate) const NO_SEATS: i32 = 100_211;
    pub(crate) const NO_SUCH_SEAT: i32 = 100_252;
    pub(crate) const CALLBACK_EXISTS: i32 = 100_300;
    pub(crate) const NO_CALLBACK: i32 = 100_301;
    pub(crate) const NO_CALLBACK_TOKEN: i32 = 100_302;
    pub(crate) const NO_BATTLE: i32 = 100_411;
    pub(crate) const TOO_MUCH_METADATA: i32 = 100_500;
    pub(crate) const METADATA_TOO_LARGE: i32 = 100_502;
    pub(crate) const MUTED: i32 = 100_601;
    pub(crate) const NO_SUCH_GIFT: i32 = 102_002;
}

/// Why a call is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: i32,
    pub(crate) info: String,
}

impl Refusal {
    /// A refusal. The text is bounded, and control characters in it are escaped.
    pub(crate) fn new(code: i32, info: impl fmt::Display) -> Self {
        let info = shown(&info.to_string());
        Self { code, info }
    }

    /// The refusal of a request that breaks rules of its schema. Every rule is
    /// named, and the first decides the code. `unknown` are pointers to members
    /// that nobody knows: one of them may be a mandatory member misspelt.
    pub(crate) fn of_findings(findings: &[Finding], unknown: &[String]) -> Option<Self> {
        let first = findings.first()?;
        let mut info = String::new();
        for finding in findings {
            let separator = if info.is_empty() { "" } else { "; " };
            let pointer = match finding.pointer.as_str() {
                "" => "the request",
                pointer => pointer,
            };
            let Finding { rule, message, .. } = finding;
            // Writing to a string cannot fail.
            let _ = write!(info, "{separator}{pointer} {message} ({rule})");
            if info.len() > MAX_INFO {
                break;
            }
        }
        if !unknown.is_empty() {
            info.push_str("; not known here: ");
            info.push_str(&unknown.join(", "));
        }
        Some(Self::new(first.code, info))
    }

    /// The refusal of a request because of members that nobody knows.
    pub(crate) fn unknown_members(unknown: &[String]) -> Self {
        let info = format!("not known here: {}", unknown.join(", "));
        Self::new(code::INVALID_PARAMETER, info)
    }
}

/// A text that is safe to print: control characters are escaped, a long end is
/// cut off.
pub(crate) fn shown(text: &str) -> String {
    let mut shown = String::new();
    for character in text.chars() {
        if shown.len() >= MAX_INFO {
            shown.push('…');
            break;
        }
        if is_harmless(character) {
            shown.push(character);
        } else {
            shown.extend(character.escape_unicode());
        }
    }
    shown
}

/// Not a control character, nor one that turns the direction of writing.
fn is_harmless(character: char) -> bool {
    !character.is_control()
        && !matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_bounded_and_escaped() {
        assert_eq!(shown("a\u{1b}[2J\u{202e}é"), "a\\u{1b}[2J\\u{202e}é");
        let long = shown(&"é".repeat(5_000_000));
        assert_eq!(long.len(), MAX_INFO + '…'.len_utf8());
        assert!(long.ends_with("é…"));
    }

    #[test]
    fn the_first_finding_decides_and_all_are_named() {
        let finding = |pointer: &str, code| Finding {
            pointer: pointer.to_owned(),
            rule: "type".to_owned(),
            code,
            message: "is wrong".to_owned(),
        };
        let findings = [finding("", 60_015), finding("/b", 100_002)];
        let refusal = Refusal::of_findings(&findings, &["/c".to_owned()]).unwrap();
        assert_eq!(refusal.code, 60_015);
        let info = "the request is wrong (type); /b is wrong (type); not known here: /c";
        assert_eq!(refusal.info, info);
        assert_eq!(Refusal::of_findings(&[], &["/c".to_owned()]), None);
    }
}
