//! Reading the folder itself.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use trtc_rooms_schema::SchemaSet;

use crate::support::Files;

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in Files::sound().texts() {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn problems(folder: &Path) -> Vec<String> {
    match SchemaSet::load(folder) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn schema_files_are_read_and_others_of_this_project_are_left_alone() {
    let folder = folder();
    for name in [
        "dialect.json",
        "openapi.json",
        "README.md",
        ".call.json.swp",
    ] {
        fs::write(folder.path().join(name), "no schema").unwrap();
    }
    let set = SchemaSet::load(folder.path()).unwrap();
    assert_eq!(set.files().count(), Files::sound().0.len());
}

#[test]
fn what_is_no_schema_file_is_reported() {
    let folder = folder();
    fs::write(folder.path().join("live/notes.txt"), "").unwrap();
    fs::write(folder.path().join("live/call.json~"), "").unwrap();
    let problems = problems(folder.path());
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems[0].contains("schemas/live/call.json~: is not a schema file"));
    assert!(problems[1].contains("schemas/live/notes.txt: is not a schema file"));
    assert!(problems[1].contains("help: only .json files"));
}

#[test]
fn a_missing_folder_and_an_empty_one_are_reported_by_path() {
    let empty = TempDir::new().unwrap();
    let missing = empty.path().join("nowhere");
    let found = problems(&missing);
    assert!(
        found[0].contains("nowhere cannot be read: No such file"),
        "{found:?}"
    );
    let found = problems(empty.path());
    assert!(found[0].contains("no schema file is in "), "{found:?}");
    assert!(
        found[0].contains(&empty.path().display().to_string()),
        "{found:?}"
    );
}

#[test]
fn a_file_that_is_not_utf_8_is_reported() {
    let folder = folder();
    fs::write(folder.path().join("live/latin.json"), b"{\"a\": \"\xe9\"}").unwrap();
    let found = problems(folder.path());
    assert_eq!(found.len(), 1);
    assert!(
        found[0].contains("schemas/live/latin.json: cannot be read"),
        "{found:?}"
    );
    assert!(found[0].contains("UTF-8"), "{found:?}");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_reported() {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder();
    let path = folder.path().join("live/call.json");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    // Whoever may read everything, as root may, sees no difference.
    if fs::read(&path).is_err() {
        let found = problems(folder.path());
        assert!(
            found[0].contains("schemas/live/call.json: cannot be read"),
            "{found:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let folder = folder();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("live/circle")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("live/passwd.json")).unwrap();
    let found = problems(folder.path());
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("schemas/live/circle: is a symbolic link"));
    assert!(found[1].contains("schemas/live/passwd.json: is a symbolic link"));
}
