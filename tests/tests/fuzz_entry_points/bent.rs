//! Seeds that are bent in a few places.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// A change of some bytes.
#[derive(Clone, Debug)]
enum Bend {
    Flip(Index, u8),
    Insert(Index, Vec<u8>),
    Delete(Index, usize),
    Repeat(Index, usize, usize),
    Cut(Index),
    /// Puts a token in the place of a JSON value, so that the rest stays well-formed.
    Replace(Index, &'static str),
}

/// What breaks things.
const TOKENS: &[&str] = &[
    "null",
    "true",
    "0",
    "-1",
    "1e400",
    "1.5",
    "-0.0",
    "9223372036854775808",
    "\"\"",
    "[]",
    "{}",
    "[[[[[[[[",
    "\"\\ud800\"",
    "\"\\u0000\"",
    "\"\u{202e}\u{1b}[2J\"",
    "{\"a\":1,\"a\":2}",
    "100012",
    "\"Karaoke\"",
    "\"#/$defs/A\"",
    "\"../../etc/passwd\"",
    "4294967296",
    "\"{usersig}\"",
];

/// Seeds, bent in a few places.
pub(crate) fn bent(seeds: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let any_index = any::<Index>;
    let bend = prop_oneof![
        (any_index(), any::<u8>()).prop_map(|(at, bits)| Bend::Flip(at, bits)),
        (any_index(), vec(any::<u8>(), 1..6)).prop_map(|(at, bytes)| Bend::Insert(at, bytes)),
        (any_index(), select(TOKENS)).prop_map(|(at, token)| Bend::Insert(at, token.into())),
        (any_index(), 1..40_usize).prop_map(|(at, length)| Bend::Delete(at, length)),
        (any_index(), 1..40_usize, 1..50_usize)
            .prop_map(|(at, length, times)| Bend::Repeat(at, length, times)),
        any_index().prop_map(Bend::Cut),
        (any_index(), select(TOKENS)).prop_map(|(at, token)| Bend::Replace(at, token)),
        (any_index(), select(TOKENS)).prop_map(|(at, token)| Bend::Replace(at, token)),
    ];
    (select(seeds), vec(bend, 1..5)).prop_map(|(mut bytes, bends)| {
        for bend in bends {
            bend.apply(&mut bytes);
        }
        bytes
    })
}

impl Bend {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let place = |index: &Index, bytes: &[u8]| index.index(bytes.len() + 1);
        let span = |index: &Index, length: usize, bytes: &[u8]| {
            let start = place(index, bytes);
            start..bytes.len().min(start + length)
        };
        match self {
            Bend::Flip(at, bits) => {
                let at = place(at, bytes);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= bits;
                }
            }
            Bend::Insert(at, inserted) => {
                let at = place(at, bytes);
                bytes.splice(at..at, inserted.iter().copied());
            }
            Bend::Delete(at, length) => {
                bytes.drain(span(at, *length, bytes));
            }
            Bend::Repeat(at, length, times) => {
                let span = span(at, *length, bytes);
                let repeated = bytes[span.clone()].repeat(*times);
                bytes.splice(span, repeated);
            }
            Bend::Cut(at) => bytes.truncate(place(at, bytes)),
            Bend::Replace(at, token) => {
                // From a colon to the next comma or brace, or the end.
                let start = place(at, bytes);
                let colon = bytes[start..].iter().position(|byte| *byte == b':');
                let start = colon.map_or(start, |colon| start + colon + 1);
                let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']');
                let length = bytes[start..].iter().position(ends);
                let end = length.map_or(bytes.len(), |length| start + length);
                bytes.splice(start..end, token.bytes());
            }
        }
    }
}
