//! Random sequences of calls: the client and the emulator against a model of the rooms.
//!
//! A failure prints the shortest sequence found, in words and as a script, and keeps the
//! script under `target/tmp/`. To play it, or a script of your own:
//!
//! ```text
//! TRTC_ROOMS_SCRIPT=target/tmp/stateful-42.jsonl cargo test -p trtc-rooms-contract --test stateful
//! ```
//!
//! `TRTC_ROOMS_SEED` plays the sequences of that seed, `TRTC_ROOMS_SEQUENCES` says how
//! many. Scripts in `tests/src/stateful/scripts/` are played every time: put one there
//! when a bug is fixed that the search found.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use trtc_rooms_contract::stateful::{Coverage, Decisions, Finding, Rig, Script, Search, search};

/// Looks for a difference with the documented decisions.
#[test]
fn client_emulator_and_model_agree() {
    let rig = Rig::start();
    let started = Instant::now();
    let looked_for = Search {
        sequences: number("TRTC_ROOMS_SEQUENCES").map_or(200, |count| {
            u32::try_from(count).expect("TRTC_ROOMS_SEQUENCES is a number of 32 bits")
        }),
        steps: 1..=40,
        seed: number("TRTC_ROOMS_SEED").unwrap_or_else(any_seed),
        decisions: Decisions::documented(),
    };
    match search(&rig, &looked_for) {
        Ok(coverage) => {
            print!("seed {}: {coverage}", looked_for.seed);
            println!("in {:?}", started.elapsed());
            assert_covered(&coverage, looked_for.sequences);
        }
        Err(finding) => {
            let kept = keep(&finding);
            panic!("{finding}it is kept in {}", kept.display());
        }
    }
}

/// Plays the scripts that are kept, and the one that is asked for.
#[test]
fn scripts_play_as_the_model_says() {
    let rig = Rig::start();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/stateful/scripts");
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the folder can be read")
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "no script is in {}", folder.display());
    if let Some(path) = env::var_os("TRTC_ROOMS_SCRIPT") {
        // Cargo runs tests in the folder of the package.
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        paths = vec![root.join(path)];
    }
    for path in paths {
        let text = fs::read_to_string(&path);
        let text = text.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let script: Script = text
            .parse()
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let played = script.play(&rig, Decisions::documented());
        println!("{}\n{}", path.display(), script.in_words(&played.outcomes));
        if let Some(disagreement) = played.disagreement {
            let (step, differences) = (disagreement.step + 1, disagreement.differences);
            panic!(
                "step {step} of {}: {}",
                path.display(),
                differences.join("\n")
            );
        }
    }
}

/// A model that is wrong in one decision is found out by the real emulator, and the
/// sequence that shows it has no step too many.
#[test]
fn one_wrong_decision_is_found_and_the_sequence_is_short() {
    type Change = fn(&mut Decisions);
    let right = Decisions::documented();
    let wrong: [(&str, usize, Change); 19] = [
        ("a period of 999 ms", 3, |wrong| wrong.creation_period = 999),
        ("a period of 1001 ms", 3, |wrong| {
            wrong.creation_period = 1_001;
        }),
        ("a refusal begins a period", 5, |wrong| {
            wrong.refusals_begin_a_period = true;
        }),
        ("the period survives a restart", 3, |wrong| {
            wrong.period_survives_restart = true;
        }),
        ("recycled a millisecond early", 2, |wrong| {
            wrong.recycled_after -= 1;
        }),
        ("recycled a millisecond late", 2, |wrong| {
            wrong.recycled_after += 1;
        }),
        ("members keep no meeting", 3, |wrong| {
            wrong.members_keep_a_meeting = false;
        }),
        ("a meeting is a second longer", 1, |wrong| {
            wrong.meeting_length += 1;
        }),
        ("299 s are enough", 1, |wrong| wrong.shortest_meeting = 299),
        ("86401 s are fine", 1, |wrong| {
            wrong.longest_meeting = 86_401;
        }),
        ("a trial has 21", 1, |wrong| wrong.trial_maximum = 21),
        ("the owner does not count", 3, |wrong| {
            wrong.owner_counts = false;
        }),
        ("the product does not count", 3, |wrong| {
            wrong.product_counts = false;
        }),
        ("each product has its ids", 3, |wrong| {
            wrong.one_namespace = false;
        }),
        ("groups do not count", 2, |wrong| wrong.groups_count = false),
        ("an update drops the rest", 2, |wrong| {
            wrong.absent_is_kept = false;
        }),
        ("an empty list means nothing", 2, |wrong| {
            wrong.empty_list_clears = false;
        }),
        ("a and A are one id", 2, |wrong| wrong.ids_are_bytes = false),
        ("administrators may not", 3, |wrong| {
            wrong.administrators_may_change = false;
        }),
    ];
    let rig = Rig::start();
    for (name, steps, change) in wrong {
        let mut decisions = right;
        change(&mut decisions);
        assert_ne!(decisions, right, "{name}");
        let looked_for = Search {
            sequences: 4_000,
            steps: 1..=40,
            seed: 1,
            decisions,
        };
        let Err(finding) = search(&rig, &looked_for) else {
            panic!("{name}: nobody noticed");
        };
        println!("{name}: {finding}");
        assert!(finding.script.steps.len() <= steps, "{name}: {finding}");
    }
}

fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{variable} is a number")),
    )
}

fn any_seed() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| u64::from(since.subsec_nanos()))
}

fn keep(finding: &Finding) -> PathBuf {
    let name = format!("stateful-{}.jsonl", finding.seed);
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, finding.script.to_string()).expect("the script can be written");
    path
}

/// What a sequence that is long enough has to have met.
fn assert_covered(coverage: &Coverage, sequences: u32) {
    let creation = [
        "ok", "invalid", "100002", "100003", "100010", "100011", "100012", "60003", "60015",
    ];
    let change = ["ok", "invalid", "100002", "100004", "100006", "60003"];
    let expected = [
        ("live/create_room", creation.as_slice()),
        ("conference/create_room", creation.as_slice()),
        ("live/update_room_info", change.as_slice()),
    ];
    for ((endpoint, outcome), count) in &coverage.calls {
        let known = expected
            .iter()
            .any(|(name, outcomes)| name == endpoint && outcomes.contains(&outcome.as_str()));
        assert!(
            known,
            "{endpoint} {outcome} came up {count} times and stands in no list"
        );
    }
    if sequences < 200 {
        return;
    }
    for (endpoint, outcomes) in expected {
        for outcome in outcomes {
            let seen = coverage
                .calls
                .contains_key(&(endpoint, (*outcome).to_owned()));
            assert!(seen, "{endpoint} {outcome} never came up:\n{coverage}");
        }
    }
}
