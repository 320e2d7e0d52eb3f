//! The table of planted changes: one change each, with the rules that have to be found
//! in it, and those in its reversal.

mod codes;
mod endpoint;
mod handles;
mod replies;
mod requests;
mod rules;
mod types;
mod words;

use crate::set::Set;

/// One planted change.
pub(crate) struct Planted {
    pub(crate) name: &'static str,
    /// What the schemas need before, where they do not have it.
    pub(crate) before: fn(&mut Set),
    pub(crate) plant: fn(&mut Set),
    /// The ids of the rules, in any order.
    pub(crate) forward: &'static [&'static str],
    pub(crate) backward: &'static [&'static str],
}

impl Planted {
    /// Yesterday's set and today's.
    pub(crate) fn sets(&self) -> (Set, Set) {
        let mut old = Set::seed();
        (self.before)(&mut old);
        let mut new = old.clone();
        (self.plant)(&mut new);
        (old, new)
    }
}

pub(crate) fn table() -> Vec<Planted> {
    [
        requests::table(),
        rules::table(),
        replies::table(),
        types::table(),
        endpoint::table(),
        handles::table(),
        codes::table(),
        words::table(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn planted(
    name: &'static str,
    plant: fn(&mut Set),
    forward: &'static [&'static str],
    backward: &'static [&'static str],
) -> Planted {
    Planted {
        name,
        before: |_| {},
        plant,
        forward,
        backward,
    }
}

const LIVE: &str = "live/create_room.json";
const UPDATE: &str = "live/update_room_info.json";
const MEETING: &str = "conference/create_room.json";
const ROOMS: &str = "common/rooms.json";
const REGIONS: &str = "common/regions.json";
const CODES: &str = "common/codes.json";
const ENVELOPE: &str = "common/envelope.json";
