//! Requests drawn by chance, each of which can be drawn again by itself.

use proptest::prelude::BoxedStrategy;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;

use super::subject::Subject;
use crate::strategy;

/// The kinds of requests that are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Valid,
    OneBroken,
    SeveralBroken,
}

impl Kind {
    pub(super) const ALL: [Kind; 3] = [Kind::Valid, Kind::OneBroken, Kind::SeveralBroken];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Kind::Valid => "valid",
            Kind::OneBroken => "one-broken",
            Kind::SeveralBroken => "several-broken",
        }
    }
}

/// Draws requests of one endpoint.
pub(super) struct Draw {
    endpoint: String,
    seed: u64,
    strategies: [BoxedStrategy<Value>; 3],
}

impl Draw {
    pub(super) fn new(subject: &Subject, seed: u64) -> Self {
        let (request, cases) = (&subject.request, subject.cases.as_slice());
        Self {
            endpoint: subject.name.clone(),
            seed,
            strategies: [
                strategy::valid(request),
                strategy::one_broken(request, cases)
                    .prop_map(|(request, _)| request)
                    .boxed(),
                strategy::several_broken(request, cases),
            ],
        }
    }

    /// The request with this number. It depends on nothing but the seed and the id.
    pub(super) fn request(&self, kind: Kind, number: u32) -> Option<Value> {
        let id = self.id(kind, number);
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes(self.seed, &id));
        let mut runner = TestRunner::new_with_rng(Config::default(), rng);
        let tree = self.strategies[kind as usize].new_tree(&mut runner).ok()?;
        Some(tree.current())
    }

    pub(super) fn id(&self, kind: Kind, number: u32) -> String {
        format!("{}/random/{}/{number}", self.endpoint, kind.as_str())
    }
}

/// Reads `live/create_room/random/valid/17`.
pub(super) fn parse(id: &str) -> Option<(Kind, u32)> {
    let (_, rest) = id.split_once("/random/")?;
    let (kind, number) = rest.split_once('/')?;
    let kind = Kind::ALL.into_iter().find(|known| known.as_str() == kind)?;
    Some((kind, number.parse().ok()?))
}

/// A seed for one request: FNV-1a over the id, spread by splitmix64.
fn bytes(seed: u64, id: &str) -> [u8; 32] {
    let mut hash = seed ^ 0xcbf2_9ce4_8422_2325;
    for byte in id.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let mut bytes = [0; 32];
    for part in bytes.chunks_exact_mut(8) {
        hash = hash.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = hash;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        part.copy_from_slice(&(mixed ^ (mixed >> 31)).to_le_bytes());
    }
    bytes
}
