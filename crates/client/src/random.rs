//! The `random` parameter of a request, and the jitter of pauses.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU32, Ordering};

/// Draws unsigned 32-bit numbers that look random and do not repeat.
///
/// The documents ask for a random number and state no rule about reuse. Numbers
/// drawn independently repeat after some 77,000 calls with even odds; these only
/// after 2^32, because a counter runs through a function that maps no two numbers
/// to the same one. The number is no secret and protects nothing, so the seed that
/// the standard library gives its hash maps is good enough.
pub(crate) struct RandomNumbers {
    counter: AtomicU32,
    mask: u32,
}

impl RandomNumbers {
    pub(crate) fn new() -> Self {
        let state = RandomState::new();
        let half = |input: u8| u32::try_from(state.hash_one(input) >> 32).unwrap_or_default();
        Self {
            counter: AtomicU32::new(half(0)),
            mask: half(1),
        }
    }

    pub(crate) fn draw(&self) -> u32 {
        scatter(self.counter.fetch_add(1, Ordering::Relaxed)) ^ self.mask
    }

    /// A number from 0 up to, not including, 1.
    pub(crate) fn draw_fraction(&self) -> f64 {
        f64::from(self.draw()) / (f64::from(u32::MAX) + 1.0)
    }
}

/// The `lowbias32` function of Chris Wellons. Each step can be undone, so no two
/// numbers share a result.
const fn scatter(number: u32) -> u32 {
    let number = (number ^ (number >> 16)).wrapping_mul(0x7feb_352d);
    let number = (number ^ (number >> 15)).wrapping_mul(0x846c_a68b);
    number ^ (number >> 16)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn numbers_do_not_repeat() {
        let numbers = RandomNumbers::new();
        let drawn: HashSet<u32> = (0..200_000).map(|_| numbers.draw()).collect();
        assert_eq!(drawn.len(), 200_000);
    }

    #[test]
    fn numbers_fill_the_whole_range() {
        let numbers = RandomNumbers::new();
        let drawn: Vec<u32> = (0..1_000).map(|_| numbers.draw()).collect();
        for bit in 0..32 {
            let ones = drawn
                .iter()
                .filter(|number| *number >> bit & 1 == 1)
                .count();
            assert!(
                (350..650).contains(&ones),
                "bit {bit} is set {ones} times in 1000"
            );
        }
    }

    #[test]
    fn two_sources_differ() {
        let (one, other) = (RandomNumbers::new(), RandomNumbers::new());
        let same = (0..100).filter(|_| one.draw() == other.draw()).count();
        assert!(same < 3);
    }
}
