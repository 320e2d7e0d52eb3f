//! Reading tickets: `trtc_usersig::decode`, `Verifier::verify` and `UserBuf::decode`.
//!
//! The first byte says from which layer on the rest is given, so that a fuzzer need not
//! find its way through base64 and checksums: `z` a zlib stream, `j` the document
//! inside it, `u` a userbuf, anything else the text of a ticket.

use trtc_usersig::private_map_key::UserBuf;
use trtc_usersig::{Expect, MAX_DOCUMENT_LEN, MAX_TICKET_LEN, SecretKey, Verifier, decode};

use super::mode;

/// The app of the genuine tickets among the seeds.
pub const SDKAPPID: u32 = 1_400_000_000;
/// Its key.
pub const KEY: &str = "the key of the fuzzer";
/// Their user.
pub const USER: &str = "administrator";
/// When they were signed.
pub const TIME: i64 = 1_700_000_000;
/// How long they are valid.
pub const EXPIRE: i64 = 86_400;

/// Reads a ticket, or what stands in one.
///
/// # Panics
///
/// If something does not hold that should.
pub fn run(data: &[u8]) {
    match mode(data) {
        (b'z', stream) => check(&spelled(stream)),
        (b'j', document) => check(&spelled(&stored(document))),
        (b'u', bytes) => userbuf(bytes),
        (_, text) => {
            if let Ok(text) = str::from_utf8(text) {
                check(text);
            }
        }
    }
}

fn check(text: &str) {
    let read = decode(text);
    match &read {
        Ok(claims) => {
            assert!(text.len() <= MAX_TICKET_LEN, "a long ticket was read");
            let shown = format!("{claims:?}");
            assert!(shown.len() < 8 * MAX_DOCUMENT_LEN, "{} bytes", shown.len());
            assert!(!claims.identifier.contains(char::is_control), "{shown}");
            let _ = claims.expires_at();
            userbuf(claims.userbuf.as_deref().unwrap_or_default());
        }
        Err(malformed) => {
            let shown = malformed.to_string();
            assert!(shown.len() < 200, "{shown}");
        }
    }
    let key = SecretKey::new(KEY).expect("it is a key");
    let verifier = Verifier::new(SDKAPPID, key);
    let verified = verifier.verify(text, Expect::user(USER).any_userbuf(), TIME);
    assert!(verified.is_err() || verified.as_ref().ok() == read.as_ref().ok());
    if let Ok(claims) = verified {
        // Nobody who lacks the key says anything else than what was signed with it.
        assert_eq!((claims.time, claims.expire), (TIME, EXPIRE), "a forgery");
    }
}

fn userbuf(bytes: &[u8]) {
    match UserBuf::decode(bytes) {
        Ok(userbuf) => {
            let again = userbuf.encode();
            assert_eq!(again.as_deref(), Ok(bytes), "it is written otherwise");
        }
        Err(error) => assert!(error.to_string().len() < 200),
    }
}

/// A zlib stream that holds a document as it is.
pub fn stored(document: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let mut blocks = document.chunks(usize::from(u16::MAX)).peekable();
    if blocks.peek().is_none() {
        stream.extend([1, 0, 0, 0xff, 0xff]);
    }
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).expect("a block is short");
        stream.push(u8::from(blocks.peek().is_none()));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in document {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    stream.extend((high << 16 | low).to_be_bytes());
    stream
}

/// Bytes in the vendor's spelling of base64: `*`, `-` and `_` for `+`, `/` and `=`.
pub fn spelled(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(*chunk.get(index).unwrap_or(&0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let value = (bits >> (18 - 6 * digit)) & 0x3f;
            text.push(if digit <= chunk.len() {
                char::from(LETTERS[value as usize])
            } else {
                '_'
            });
        }
    }
    text
}
