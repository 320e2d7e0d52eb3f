//! What was probably meant.

use trtc_rooms_model::ENDPOINTS;
use trtc_rooms_model::json::{JsonEndpoint, find};

use crate::exit::Failure;
use crate::text::shown;

/// How many suggestions a message makes at most.
const SUGGESTIONS: usize = 3;

/// How alike two names have to be, from 0 to 1, for one to be suggested for the other.
const ALIKE: f64 = 0.6;

/// The endpoint with a name, for a command that has to have it.
pub(crate) fn endpoint(name: &str) -> Result<&'static JsonEndpoint, Failure> {
    find_or_suggest(name).map_err(Failure::refused)
}

/// The endpoint with a name, or a message that says which one was probably meant.
pub(crate) fn find_or_suggest(name: &str) -> Result<&'static JsonEndpoint, String> {
    find(name).ok_or_else(|| {
        let names = ENDPOINTS.iter().map(|endpoint| endpoint.endpoint().name);
        let near = near_names(name, names.collect());
        let meant = match near.split_last() {
            None => ";".to_owned(),
            Some((only, [])) => format!("; did you mean {only}?"),
            Some((last, others)) => format!("; did you mean {} or {last}?", others.join(", ")),
        };
        format!(
            "there is no endpoint `{}`{meant} `trtc-rooms endpoints` lists all",
            shown(name)
        )
    })
}

/// The names that are most like `name`, the best first: without regard to case and to
/// the way in which words are joined, and also by the part behind the slash.
fn near_names(name: &str, known: Vec<&'static str>) -> Vec<&'static str> {
    let name = plain(name.trim_matches('/'));
    if name.is_empty() || name.len() > 200 {
        return Vec::new();
    }
    let likeness = |known: &str| {
        let known = plain(known);
        let whole = strsim::normalized_damerau_levenshtein(&name, &known);
        let operation = known.rsplit('/').next().unwrap_or(&known);
        let last = name.rsplit('/').next().unwrap_or(&name);
        // The right operation of a wrong product is a guess, but a good one.
        let part = 0.9 * strsim::normalized_damerau_levenshtein(last, operation);
        whole.max(part)
    };
    let mut ranked: Vec<_> = known
        .into_iter()
        .map(|known| (likeness(known), known))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0));
    // A clear winner needs no company.
    let best = ranked.first().map_or(0.0, |(likeness, _)| *likeness);
    ranked.retain(|(likeness, _)| best - likeness < 0.05);
    ranked
        .into_iter()
        .map(|(_, known)| known)
        .take(SUGGESTIONS)
        .collect()
}

fn plain(name: &str) -> String {
    name.chars()
        .filter(|character| !matches!(character, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The codes that are most like `code`, the best first: a digit too many, too few or
/// wrong, or two digits swapped.
pub(crate) fn near_codes(code: i64, mut known: Vec<i32>) -> Vec<i32> {
    let digits = code.to_string();
    known.sort_unstable();
    known.dedup();
    let mut ranked: Vec<_> = known
        .into_iter()
        .map(|known| {
            (
                strsim::damerau_levenshtein(&digits, &known.to_string()),
                known,
            )
        })
        .filter(|(edits, _)| *edits == 1)
        .collect();
    ranked.sort_by_key(|(edits, known)| (*edits, i64::from(*known).abs_diff(code)));
    ranked
        .into_iter()
        .map(|(_, known)| known)
        .take(SUGGESTIONS)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[&str] = &[
        "conference/create_room",
        "live/create_room",
        "live/update_room_info",
    ];

    fn near(name: &str) -> Vec<&'static str> {
        near_names(name, KNOWN.to_vec())
    }

    #[test]
    fn what_is_meant_is_suggested() {
        for name in [
            "live/creat_room",
            "Live/CreateRoom",
            "live/create-room",
            "live create room",
            "live/craete_room",
            "/live/create_room/",
        ] {
            assert_eq!(near(name).first(), Some(&"live/create_room"), "{name}");
        }
        assert_eq!(near("update_room_info"), ["live/update_room_info"]);
        assert_eq!(
            near("conference/update_room_info"),
            ["live/update_room_info"]
        );
        let mut both = near("create_room");
        both.sort_unstable();
        assert_eq!(both, ["conference/create_room", "live/create_room"]);
        assert!(near("v4/live_engine_http_srv/create_room").contains(&"live/create_room"));
    }

    #[test]
    fn what_is_like_nothing_is_not_guessed_at() {
        for name in ["", "/", "x", "destroy", &"live/create_room".repeat(1_000)] {
            assert!(near(name).is_empty(), "{name:.20}");
        }
    }

    #[test]
    fn codes_with_a_slip_of_the_finger() {
        let known = || vec![100_012, 100_002, 100_001, 70_001, 100_002];
        assert_eq!(near_codes(10_002, known()), [100_002, 100_012]);
        assert_eq!(near_codes(100_020, known()), [100_002]);
        assert_eq!(near_codes(100_003, known()), [100_002, 100_001]);
        assert_eq!(near_codes(5, known()), [] as [i32; 0]);
        assert_eq!(near_codes(-100_002, known()), [100_002]);
    }
}
