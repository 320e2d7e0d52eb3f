//! What is generated from a small set of schemas, to be read.

use crate::support::{generated, text};

#[test]
fn the_model_of_a_small_endpoint() {
    let files = generated("small");
    insta::assert_snapshot!(text(&files, "crates/model/src/generated/live/take_seat.rs"));
}

#[test]
fn the_operation_of_a_small_endpoint() {
    let files = generated("small");
    insta::assert_snapshot!(text(
        &files,
        "crates/client/src/generated/live/take_seat.rs"
    ));
}

#[test]
fn the_shared_types_and_the_rest() {
    let files = generated("small");
    let rest: Vec<String> = files
        .iter()
        .filter(|file| !file.path.ends_with("take_seat.rs"))
        .map(|file| format!("==> {}\n{}", file.path, file.text))
        .collect();
    insta::assert_snapshot!(rest.join("\n"));
}
