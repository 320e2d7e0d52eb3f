//! The generated code that `tests/behaviour` compiles is what would be generated now.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::{generated, tests};

/// With this environment variable the files are written instead of compared.
const UPDATE: &str = "UPDATE_FIXTURES";

/// Where in `tests/generated` a file of a crate stands.
fn place(path: &str) -> String {
    let path = path.strip_prefix("crates/").unwrap();
    path.replace("/src/generated/", "/")
}

fn files_below(folder: &Path, found: &mut BTreeSet<String>, root: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, found, root);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            found.insert(name.replace('\\', "/"));
        }
    }
}

#[test]
fn the_generated_fixture_is_fresh() {
    let root = tests("generated/everything");
    let files = generated("everything");
    if std::env::var_os(UPDATE).is_some() {
        let _ = fs::remove_dir_all(&root);
        for file in &files {
            let path = root.join(place(&file.path));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &file.text).unwrap();
        }
    }
    let hint = format!("run {UPDATE}=1 cargo test -p trtc-rooms-codegen --test codegen");
    for file in &files {
        let place = place(&file.path);
        let text = fs::read_to_string(root.join(&place)).unwrap_or_default();
        assert!(
            text.replace("\r\n", "\n") == file.text,
            "{place} is stale: {hint}"
        );
    }
    let wanted: BTreeSet<String> = files.iter().map(|file| place(&file.path)).collect();
    let mut found = BTreeSet::new();
    files_below(&root, &mut found, &root);
    assert_eq!(found, wanted, "{hint}");
}
