use thiserror::Error;

use crate::{MAX_DOCUMENT_LEN, MAX_TICKET_LEN};

/// Why a text is no ticket at all, found without any key.
///
/// The server's answers to these are 70002 for an empty ticket and 70003 to 70010 for the others.
/// No variant and no message carries any part of the ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Malformed {
    /// There is no text.
    #[error("the ticket is empty")]
    Empty,
    /// The text is longer than [`MAX_TICKET_LEN`]. It was not looked at.
    #[error("the ticket is {len} bytes long, more than {MAX_TICKET_LEN}")]
    TooLong {
        /// Length of the text in bytes.
        len: usize,
    },
    /// A character outside `A-Z a-z 0-9 * -`, or padding before the end. Line ends and spaces
    /// are foreign too, also at the end: trim what comes from a file or a terminal first.
    #[error("the character at byte {offset} of the ticket does not belong there")]
    ForeignCharacter {
        /// Offset in bytes from the start of the text.
        offset: usize,
    },
    /// The length or the padding is not that of base64. Usually the text was cut.
    #[error("the ticket's length is not that of base64: it was probably cut off")]
    NotBase64,
    /// The last character carries bits that belong to no byte. No encoder does that.
    #[error("the ticket's last character carries stray bits: it was changed or cut off")]
    StrayBits,
    /// The bytes inside the base64 do not start like a zlib stream.
    #[error("the ticket does not hold a zlib stream")]
    NotZlib,
    /// The zlib stream ends too early.
    #[error("the ticket is cut off")]
    CutOff,
    /// The zlib stream contradicts itself.
    #[error("the ticket's zlib stream is damaged")]
    Damaged,
    /// The zlib stream inflates to something that its Adler-32 does not fit.
    #[error("the checksum of the ticket's zlib stream is wrong")]
    Checksum,
    /// Bytes follow the zlib stream.
    #[error("bytes follow the ticket's zlib stream")]
    TrailingBytes,
    /// The zlib stream inflates to more than [`MAX_DOCUMENT_LEN`].
    #[error("the ticket inflates to more than {MAX_DOCUMENT_LEN} bytes")]
    InflatesTooFar,
    /// What was inflated is not one JSON document in UTF-8. An unpaired surrogate counts.
    #[error("the ticket's content is not JSON")]
    NotJson,
    /// What was inflated is JSON, but not an object.
    #[error("the ticket's content is not a JSON object")]
    NotAnObject,
    /// A member that every ticket has is absent.
    #[error("the ticket has no {member}")]
    MissingMember {
        /// Name of the member, such as `TLS.sig`.
        member: &'static str,
    },
    /// A member is there twice, so readers could disagree on its value.
    #[error("the ticket has {member} twice")]
    DuplicateMember {
        /// Name of the member.
        member: &'static str,
    },
    /// A member is not of its type. Numbers are integers without fraction or exponent, and never
    /// strings; `null` is no value.
    #[error("{member} of the ticket is not {expected}")]
    WrongType {
        /// Name of the member.
        member: &'static str,
        /// What it should be, such as "a string".
        expected: &'static str,
    },
    /// `TLS.sig` or `TLS.userbuf` is not standard base64 with padding.
    #[error("{member} of the ticket is not base64")]
    MemberNotBase64 {
        /// Name of the member.
        member: &'static str,
    },
    /// The user id has a control character. A line end in it would make foreign lines of the
    /// signed content, so no honest ticket has one.
    #[error("TLS.identifier of the ticket contains a control character")]
    ControlCharacter,
    /// `TLS.time` plus `TLS.expire` is no representable second.
    #[error("TLS.time plus TLS.expire of the ticket is out of range")]
    EndOutOfRange,
}
