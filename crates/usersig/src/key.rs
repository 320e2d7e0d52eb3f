use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use thiserror::Error;
use zeroize::Zeroizing;

/// Length of a mac: HMAC-SHA256 gives 32 bytes.
pub(crate) const MAC_LEN: usize = 32;

/// The secret key of an app, as the console shows it.
///
/// The key is opaque text: its UTF-8 bytes are the HMAC key. Real keys look like 64 hexadecimal
/// digits and are nevertheless never decoded; spaces and line ends are not trimmed either.
///
/// The text is wiped from memory when the last owner drops it, as far as a process can promise
/// that. Neither `Debug` nor any error shows it, and there is no way to read it back.
///
/// ```
/// use trtc_usersig::SecretKey;
///
/// let key = SecretKey::new("5f1d…")?;
/// assert_eq!(format!("{key:?}"), "SecretKey(<redacted>)");
/// assert!(SecretKey::new("").is_err());
/// # Ok::<(), trtc_usersig::KeyError>(())
/// ```
#[derive(Clone)]
pub struct SecretKey(Zeroizing<String>);

/// Why a text is no secret key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The text is empty. Some of the vendor's libraries would sign with it; nothing could
    /// ever check the result.
    #[error("the secret key is empty")]
    Empty,
}

impl SecretKey {
    /// Takes the key's text.
    ///
    /// # Errors
    ///
    /// [`KeyError::Empty`] if there is nothing in it. No other rule for keys is documented.
    pub fn new(text: impl Into<String>) -> Result<Self, KeyError> {
        let text = Zeroizing::new(text.into());
        if text.is_empty() {
            return Err(KeyError::Empty);
        }
        Ok(Self(text))
    }

    pub(crate) fn mac(&self, content: &[u8]) -> [u8; MAC_LEN] {
        let mut hmac = Hmac::<Sha256>::new_from_slice(self.0.as_bytes())
            .expect("HMAC takes keys of every length");
        hmac.update(content);
        hmac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(<redacted>)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g16_keys_are_bytes_as_they_are() {
        // RFC 4231, test case 2: a short text key.
        let jefe = SecretKey::new("Jefe").unwrap();
        assert_eq!(
            jefe.mac(b"what do ya want for nothing?")[..8],
            [0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e],
        );

        let mac = |key: &str| SecretKey::new(key).unwrap().mac(b"content");
        // Hexadecimal digits are text, and so is their case.
        assert_ne!(mac("4a656665"), mac("Jefe"));
        assert_ne!(mac("c0ffee"), mac("C0FFEE"));
        // Nothing is trimmed.
        assert_ne!(mac("key"), mac("key\n"));
        assert_ne!(mac("钥匙"), mac("key"));
        mac(&"k".repeat(1 << 20));
        assert_eq!(SecretKey::new("").unwrap_err(), KeyError::Empty);
    }
}
