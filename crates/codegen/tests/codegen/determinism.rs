//! The same schemas give the same bytes.

use trtc_rooms_codegen::generate;

use crate::support::{generated, ir_of, texts};

#[test]
fn the_order_of_files_does_not_matter() {
    let texts = texts("everything");
    let forward = generate(&ir_of(texts.clone())).unwrap();
    let backward = generate(&ir_of(texts.into_iter().rev())).unwrap();
    assert_eq!(forward, backward);
}

#[test]
fn running_again_gives_the_same() {
    let first = generated("everything");
    for _ in 0..3 {
        assert_eq!(generated("everything"), first);
    }
}

#[test]
fn line_ends_of_a_checkout_do_not_matter() {
    let windows = texts("small").into_iter();
    let windows = windows.map(|(name, text)| (name, text.replace('\n', "\r\n")));
    assert_eq!(generate(&ir_of(windows)).unwrap(), generated("small"));
}

#[test]
fn paths_are_ordered_and_stand_once() {
    let files = generated("everything");
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert!(paths.is_sorted_by(|left, right| left < right), "{paths:?}");
}

#[test]
fn a_changed_file_changes_its_own_output_only() {
    let mut texts = texts("everything");
    let before = generate(&ir_of(texts.clone())).unwrap();
    let file = texts.get_mut("move/async.json").unwrap();
    *file = file.replace("How many.", "How many of them.");
    let after = generate(&ir_of(texts)).unwrap();
    let changed: Vec<&str> = before
        .iter()
        .zip(&after)
        .filter(|(before, after)| before != after)
        .map(|(before, _)| before.path.as_str())
        .collect();
    assert_eq!(
        changed,
        [
            "crates/client/src/generated/move_/async_.rs",
            "crates/model/src/generated/move_/async_.rs",
        ]
    );
}
