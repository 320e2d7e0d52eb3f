use serde::Serialize;
use thiserror::Error;

use super::Privileges;

/// The layout's first byte: the room is a number, or a text at the end.
const NUMERIC_ROOM: u8 = 0;
const TEXT_ROOM: u8 = 1;

/// The bytes without account and text room.
const FIXED_LEN: usize = 23;

/// The content of a `PrivateMapKey`'s userbuf.
///
/// [`encode`](Self::encode) and [`decode`](Self::decode) are exact opposites: what one takes, the
/// other gives, byte by byte. All numbers are big-endian:
///
/// | Size | Field |
/// | --- | --- |
/// | 1 | 0 for a numeric room, 1 for a text room |
/// | 2 + n | length of the account and its UTF-8 bytes |
/// | 4 | SDKAppID |
/// | 4 | numeric room, 0 with a text room |
/// | 4 | end of the right |
/// | 4 | privileges |
/// | 4 | account type, always 0 |
/// | 2 + m | only with a text room: its length and its UTF-8 bytes |
///
/// ```
/// use trtc_usersig::private_map_key::{Privileges, RoomRef, UserBuf};
///
/// let userbuf = UserBuf {
///     account: "alice",
///     sdkappid: 1_400_000_000,
///     room: RoomRef::Number(4711),
///     expires_at: 1_700_000_000,
///     privileges: Privileges::ALL,
/// };
/// let bytes = userbuf.encode()?;
/// assert_eq!(bytes.len(), 23 + 5);
/// assert_eq!(UserBuf::decode(&bytes)?, userbuf);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct UserBuf<'a> {
    /// The user id, at most 65 535 bytes.
    pub account: &'a str,
    /// The app.
    pub sdkappid: u32,
    /// The room.
    pub room: RoomRef<'a>,
    /// The second at which the right ends, since 1970: a point in time, where the ticket's own
    /// `TLS.expire` is a duration.
    pub expires_at: u32,
    /// The rights.
    pub privileges: Privileges,
}

/// A room, by number or by text. The two are different kinds of room.
///
/// Serialises as a number or as a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum RoomRef<'a> {
    /// A numeric room id.
    Number(u32),
    /// A string room id of 1 to 65 535 bytes. Empty ones are refused: one of the vendor's
    /// libraries writes them as an empty text, the others as the numeric room 0.
    Text(&'a str),
}

/// Why a [`UserBuf`] cannot be written. The vendor's libraries cut such values silently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// The account does not fit its length field.
    #[error("the account is {len} bytes long, more than 65535")]
    AccountTooLong {
        /// Length in bytes.
        len: usize,
    },
    /// The text room does not fit its length field.
    #[error("the room id is {len} bytes long, more than 65535")]
    RoomTooLong {
        /// Length in bytes.
        len: usize,
    },
    /// The text room is empty.
    #[error("the room id is empty")]
    EmptyRoom,
}

/// Why bytes are no [`UserBuf`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// The first byte is neither 0 nor 1.
    #[error("version {0} of the layout is not known")]
    UnknownVersion(u8),
    /// The bytes end inside a field.
    #[error("the userbuf is cut off")]
    CutOff,
    /// Bytes follow the last field.
    #[error("bytes follow the last field of the userbuf")]
    TrailingBytes,
    /// The account or the text room is not UTF-8. Some of the vendor's libraries write other
    /// encodings for characters beyond ASCII.
    #[error("a text in the userbuf is not UTF-8")]
    NotUtf8,
    /// The text room is empty.
    #[error("the room id in the userbuf is empty")]
    EmptyRoom,
    /// The numeric room is not 0 although there is a text room.
    #[error("the userbuf names two rooms")]
    TwoRooms,
    /// The account type is not 0.
    #[error("account type {0} of the userbuf is not known")]
    UnknownAccountType(u32),
}

impl<'a> UserBuf<'a> {
    /// Writes the bytes.
    ///
    /// # Errors
    ///
    /// [`EncodeError`], if the account or the room does not fit the layout.
    pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        let account_len =
            u16::try_from(self.account.len()).map_err(|_| EncodeError::AccountTooLong {
                len: self.account.len(),
            })?;
        let (version, number, text) = match self.room {
            RoomRef::Number(number) => (NUMERIC_ROOM, number, None),
            RoomRef::Text("") => return Err(EncodeError::EmptyRoom),
            RoomRef::Text(text) => {
                let len = u16::try_from(text.len())
                    .map_err(|_| EncodeError::RoomTooLong { len: text.len() })?;
                (TEXT_ROOM, 0, Some((len, text)))
            }
        };

        let mut bytes = Vec::with_capacity(FIXED_LEN + self.account.len());
        bytes.push(version);
        bytes.extend(account_len.to_be_bytes());
        bytes.extend(self.account.as_bytes());
        for field in [
            self.sdkappid,
            number,
            self.expires_at,
            self.privileges.bits(),
            0,
        ] {
            bytes.extend(field.to_be_bytes());
        }
        if let Some((len, text)) = text {
            bytes.extend(len.to_be_bytes());
            bytes.extend(text.as_bytes());
        }
        Ok(bytes)
    }

    /// Reads the bytes, strictly: each byte has to be accounted for.
    ///
    /// # Errors
    ///
    /// [`DecodeError`], if the bytes are not what [`encode`](Self::encode) would write.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let mut fields = Fields(bytes);
        let [version] = fields.array()?;
        if version > TEXT_ROOM {
            return Err(DecodeError::UnknownVersion(version));
        }
        let account = fields.text()?;
        let sdkappid = fields.number()?;
        let number = fields.number()?;
        let expires_at = fields.number()?;
        let privileges = Privileges::from_bits(fields.number()?);
        let account_type = fields.number()?;
        if account_type != 0 {
            return Err(DecodeError::UnknownAccountType(account_type));
        }
        let room = if version == NUMERIC_ROOM {
            RoomRef::Number(number)
        } else {
            match (number, fields.text()?) {
                (0, "") => return Err(DecodeError::EmptyRoom),
                (0, text) => RoomRef::Text(text),
                _ => return Err(DecodeError::TwoRooms),
            }
        };
        fields.end()?;
        Ok(Self {
            account,
            sdkappid,
            room,
            expires_at,
            privileges,
        })
    }
}

/// The bytes that are not read yet.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let (array, rest) = self.0.split_first_chunk().ok_or(DecodeError::CutOff)?;
        self.0 = rest;
        Ok(*array)
    }

    fn number(&mut self) -> Result<u32, DecodeError> {
        self.array().map(u32::from_be_bytes)
    }

    fn text(&mut self) -> Result<&'a str, DecodeError> {
        let len = usize::from(u16::from_be_bytes(self.array()?));
        let (text, rest) = self.0.split_at_checked(len).ok_or(DecodeError::CutOff)?;
        self.0 = rest;
        std::str::from_utf8(text).map_err(|_| DecodeError::NotUtf8)
    }

    fn end(self) -> Result<(), DecodeError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(DecodeError::TrailingBytes)
        }
    }
}
