//! The layer inside the base64: a zlib stream (RFC 1950), read within fixed bounds.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Decompress, DecompressError, FlushDecompress, Status};

use crate::{MAX_DOCUMENT_LEN, Malformed};

/// Level 1, as in the vendor's C++ library: a higher one takes longer to save four characters.
pub(crate) fn deflate(document: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(document.len()), Compression::fast());
    encoder
        .write_all(document)
        .and_then(|()| encoder.finish())
        .expect("writing to a Vec never fails")
}

/// Inflates a whole stream: header, all blocks, the checksum, and nothing behind it.
pub(crate) fn inflate(stream: &[u8]) -> Result<Vec<u8>, Malformed> {
    if !starts_like_zlib(stream) {
        return Err(Malformed::NotZlib);
    }
    // One byte of room above the limit tells "too large" from "fits exactly". The buffer is never
    // grown, so this is all the memory that a hostile stream can claim.
    let mut document = Vec::with_capacity(MAX_DOCUMENT_LEN + 1);
    let mut inflater = Decompress::new(true);
    let status = inflater
        .decompress_vec(stream, &mut document, FlushDecompress::Finish)
        .map_err(|error| damage(&error))?;

    if document.len() > MAX_DOCUMENT_LEN {
        Err(Malformed::InflatesTooFar)
    } else if status != Status::StreamEnd {
        // Also when the document is complete and only the checksum is cut: what has come out by
        // then is not yet vouched for.
        Err(Malformed::CutOff)
    } else if inflater.total_in() < stream.len() as u64 {
        Err(Malformed::TrailingBytes)
    } else {
        Ok(document)
    }
}

/// RFC 1950: method 8, a window of at most 32 KiB, a header divisible by 31, no preset dictionary.
fn starts_like_zlib(stream: &[u8]) -> bool {
    match *stream {
        [] => true,
        [cmf] => cmf & 0x0f == 8 && cmf >> 4 <= 7,
        [cmf, flags, ..] => {
            let no_dictionary = flags & 0x20 == 0;
            let checked = u16::from_be_bytes([cmf, flags]).is_multiple_of(31);
            starts_like_zlib(&[cmf]) && checked && no_dictionary
        }
    }
}

/// That the stream is refused is the library's decision; its message only refines the wording.
fn damage(error: &DecompressError) -> Malformed {
    match error.message() {
        Some(message) if message.starts_with("incorrect data check") => Malformed::Checksum,
        _ => Malformed::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip() {
        for len in [0, 1, 200, 4000, MAX_DOCUMENT_LEN] {
            let document: Vec<u8> = (0..=250).cycle().take(len).collect();
            assert_eq!(inflate(&deflate(&document)), Ok(document), "{len}");
        }
    }

    #[test]
    fn g09_bombs_are_refused_at_the_limit() {
        for (len, expected) in [
            (MAX_DOCUMENT_LEN, Ok(())),
            (MAX_DOCUMENT_LEN + 1, Err(Malformed::InflatesTooFar)),
            (MAX_DOCUMENT_LEN * 2, Err(Malformed::InflatesTooFar)),
            (6 << 20, Err(Malformed::InflatesTooFar)),
        ] {
            let bomb = deflate(&vec![b'['; len]);
            assert_eq!(inflate(&bomb).map(drop), expected, "{len}");
        }
    }

    #[test]
    fn g09_the_buffer_does_not_grow_with_the_stream() {
        let document = inflate(&deflate(&[b'['; MAX_DOCUMENT_LEN])).unwrap();
        assert!(document.capacity() < 2 * MAX_DOCUMENT_LEN);
    }

    #[test]
    fn g07_a_stream_without_its_end_is_refused() {
        let stream = deflate(b"{\"complete\":true}");
        for end in 0..stream.len() {
            assert_eq!(inflate(&stream[..end]), Err(Malformed::CutOff), "{end}");
        }
    }

    #[test]
    fn the_checksum_is_checked() {
        let mut stream = deflate(b"{}");
        for bit in 0..32 {
            let byte = stream.len() - 4 + bit / 8;
            stream[byte] ^= 1 << (bit % 8);
            assert_eq!(inflate(&stream), Err(Malformed::Checksum), "{bit}");
            stream[byte] ^= 1 << (bit % 8);
        }
    }

    #[test]
    fn nothing_may_follow() {
        let mut stream = deflate(b"{}");
        stream.push(0);
        assert_eq!(inflate(&stream), Err(Malformed::TrailingBytes));
    }

    #[test]
    fn other_formats_are_named() {
        // gzip, raw deflate, text, a bad header checksum, a preset dictionary.
        for stream in [
            &b"\x1f\x8b\x08\x00"[..],
            b"\xab\x56\x0a",
            b"{",
            b"{\"TLS",
            b"\x78\x9d\x03\x00",
            b"\x78\xbb\x00\x00",
        ] {
            assert_eq!(inflate(stream), Err(Malformed::NotZlib), "{stream:02x?}");
        }
        // A header, then the block type that does not exist.
        assert_eq!(inflate(b"\x78\x9c\x07"), Err(Malformed::Damaged));
    }
}
