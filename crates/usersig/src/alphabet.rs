//! The ticket's outermost layer: base64 in an alphabet of the vendor's own.
//!
//! `+` becomes `*`, `/` becomes `-` and the padding `=` becomes `_`. This is *not* the URL-safe
//! base64 of RFC 4648, in which `-` and `_` stand for other values.

use base64::alphabet::{Alphabet, Symbol};
use base64::engine::general_purpose::{GeneralPurpose, PAD};
use base64::{DecodeError, Engine};

use crate::Malformed;

const PADDING: u8 = b'_';

/// `PAD` asks for canonical padding and refuses stray bits after the last byte.
const TICKET: GeneralPurpose = GeneralPurpose::new(&alphabet(), PAD);

const fn alphabet() -> Alphabet {
    const SYMBOLS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-";
    let Some(padding) = Symbol::new(PADDING) else {
        panic!("the padding is a printable character");
    };
    match Alphabet::new_with_padding(SYMBOLS, padding) {
        Ok(alphabet) => alphabet,
        Err(_) => panic!("the symbols are 64 different printable characters"),
    }
}

pub(crate) fn encode(bytes: &[u8]) -> String {
    TICKET.encode(bytes)
}

pub(crate) fn decode(text: &str) -> Result<Vec<u8>, Malformed> {
    let respelled: Vec<u8> = text.bytes().map(respell).collect();
    // Asked first, since behind a padding the library would point at the padding.
    if let Some(offset) = respelled.iter().position(|byte| !belongs(*byte)) {
        return Err(Malformed::ForeignCharacter { offset });
    }
    TICKET.decode(respelled).map_err(|error| match error {
        DecodeError::InvalidByte(offset, _) => Malformed::ForeignCharacter { offset },
        DecodeError::InvalidLength(_) | DecodeError::InvalidPadding => Malformed::NotBase64,
        DecodeError::InvalidLastSymbol { .. } => Malformed::StrayBits,
    })
}

/// The vendor's decoders replace characters and then read standard base64, so the standard
/// spelling passes there, even mixed with the other one.
const fn respell(byte: u8) -> u8 {
    match byte {
        b'+' => b'*',
        b'/' => b'-',
        b'=' => PADDING,
        other => other,
    }
}

const fn belongs(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'-' | PADDING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g11_the_vendor_spelling() {
        assert_eq!(encode(&[0xfb, 0xef, 0xbe]), "****");
        assert_eq!(encode(&[0xff, 0xff, 0xff]), "----");
        assert_eq!(encode(&[0xfb]), "*w__");
        assert_eq!(decode("*w__"), Ok(vec![0xfb]));
    }

    #[test]
    fn g11_the_standard_spelling_is_read_too() {
        assert_eq!(decode("+w=="), Ok(vec![0xfb]));
        assert_eq!(decode("+w_="), Ok(vec![0xfb]));
        assert_eq!(decode("*///"), decode("+---"));
    }

    #[test]
    fn g11_url_safe_base64_is_something_else() {
        // 0xfb 0xff is "-_8=" there: here the `-` is another value and `_` stands mid-text.
        assert_eq!(
            decode("-_8="),
            Err(Malformed::ForeignCharacter { offset: 1 })
        );
        assert_eq!(decode("-w=="), Ok(vec![0xff]));
    }

    #[test]
    fn g11_everything_else_is_refused() {
        for (text, expected) in [
            ("AAA", Malformed::NotBase64),
            ("AA", Malformed::NotBase64),
            ("AA_", Malformed::NotBase64),
            ("A", Malformed::NotBase64),
            ("AAAA_", Malformed::ForeignCharacter { offset: 4 }),
            ("AA__AAAA", Malformed::ForeignCharacter { offset: 2 }),
            ("AAAA\n", Malformed::ForeignCharacter { offset: 4 }),
            ("AA\nAA", Malformed::ForeignCharacter { offset: 2 }),
            ("AA__\n", Malformed::ForeignCharacter { offset: 4 }),
            ("A!", Malformed::ForeignCharacter { offset: 1 }),
            (" AAAA", Malformed::ForeignCharacter { offset: 0 }),
            ("AAé", Malformed::ForeignCharacter { offset: 2 }),
            ("AB__", Malformed::StrayBits),
            ("AAB_", Malformed::StrayBits),
        ] {
            assert_eq!(decode(text), Err(expected), "{text:?}");
        }
    }
}
