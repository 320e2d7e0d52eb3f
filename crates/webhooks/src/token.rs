use std::fmt;

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use thiserror::Error;
use zeroize::Zeroizing;

/// The token that signs webhooks, as it was set for the application.
///
/// The text is wiped from memory when it is dropped, as far as a process can promise
/// that, and nothing shows it.
///
/// ```
/// use trtc_rooms_webhooks::Token;
///
/// let token = Token::new("xxxxyyyy")?;
/// assert_eq!(
///     token.sign("1669872112"),
///     "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061",
/// );
/// assert_eq!(format!("{token:?}"), "Token(<redacted>)");
/// # Ok::<(), trtc_rooms_webhooks::EmptyToken>(())
/// ```
#[derive(Clone)]
pub struct Token(Zeroizing<String>);

/// A token without a character, with which anybody could sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the token of the webhooks is empty")]
pub struct EmptyToken;

impl Token {
    /// Takes the token as it was set; nothing is trimmed.
    ///
    /// # Errors
    ///
    /// [`EmptyToken`] if there is nothing in it.
    pub fn new(text: impl Into<String>) -> Result<Self, EmptyToken> {
        let text = Zeroizing::new(text.into());
        if text.is_empty() {
            return Err(EmptyToken);
        }
        Ok(Self(text))
    }

    /// The parameter `Sign` that goes with a `RequestTime`: the SHA-256 of the token
    /// followed by that text, in hexadecimal digits. Receivers need not call it; whoever
    /// sends test events does.
    #[must_use]
    pub fn sign(&self, request_time: &str) -> String {
        use std::fmt::Write as _;

        let mut sign = String::with_capacity(64);
        for byte in self.digest(request_time) {
            let _ = write!(sign, "{byte:02x}");
        }
        sign
    }

    /// Whether `sign` goes with a `RequestTime`. The comparison takes as long for a sign
    /// that is nearly right as for any other.
    pub(crate) fn has_signed(&self, request_time: &str, sign: &str) -> bool {
        let Some(sign) = bytes(sign) else {
            return false;
        };
        self.digest(request_time).ct_eq(&sign).into()
    }

    fn digest(&self, request_time: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.0.as_bytes());
        hash.update(request_time.as_bytes());
        hash.finalize().into()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(<redacted>)")
    }
}

/// 64 hexadecimal digits, in capitals or not, as the bytes that they stand for.
fn bytes(digits: &str) -> Option<[u8; 32]> {
    let digits = digits.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |at: usize| char::from(pair[at]).to_digit(16);
        *byte = u8::try_from(digit(0)? * 16 + digit(1)?).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sample of the vendor's page.
    const SIGN: &str = "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061";

    #[test]
    fn the_sample_of_the_page_is_signed() {
        let token = Token::new("xxxxyyyy").unwrap();
        assert_eq!(token.sign("1669872112"), SIGN);
        assert!(token.has_signed("1669872112", SIGN));
        assert!(token.has_signed("1669872112", &SIGN.to_uppercase()));
    }

    #[test]
    fn nothing_else_is_signed() {
        let token = Token::new("xxxxyyyy").unwrap();
        assert!(!token.has_signed("1669872113", SIGN));
        assert!(
            !Token::new("xxxxyyyz")
                .unwrap()
                .has_signed("1669872112", SIGN)
        );
        for at in 0..SIGN.len() {
            let mut sign = SIGN.as_bytes().to_vec();
            sign[at] = if sign[at] == b'0' { b'1' } else { b'0' };
            let sign = String::from_utf8(sign).unwrap();
            assert!(!token.has_signed("1669872112", &sign), "{sign}");
            assert!(!token.has_signed("1669872112", &SIGN[..at]));
        }
        for sign in [
            "",
            "g",
            &format!("{SIGN}0"),
            &"é".repeat(32),
            &"g".repeat(64),
        ] {
            assert!(!token.has_signed("1669872112", sign), "{sign}");
        }
        assert_eq!(Token::new("").unwrap_err(), EmptyToken);
    }
}
