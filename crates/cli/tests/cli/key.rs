//! Where the secret key comes from.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{APP, KEY, Run, command, finish, run, run_with_key};

const SIGN: &[&str] = &[
    "usersig",
    "sign",
    "--sdkappid",
    APP,
    "--user-id",
    "a",
    "--at",
    "1718000000",
];

fn key_file(folder: &Path, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join("key");
    fs::write(&path, content).unwrap();
    set_mode(&path, 0o600);
    path
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) {}

fn sign_with(path: &Path) -> Run {
    run(&[SIGN, &["--key-file", path.to_str().unwrap()]].concat())
}

#[test]
fn the_file_and_the_variable_are_the_same_key() {
    let folder = tempfile::tempdir().unwrap();
    let expected = run_with_key(SIGN).exits(0).stdout;
    for end in ["", "\n", "\r\n"] {
        let path = key_file(folder.path(), format!("{KEY}{end}"));
        let run = sign_with(&path).exits(0);
        assert_eq!(run.stdout, expected);
        assert!(run.stderr.is_empty(), "{}", run.stderr);
    }
    let mut command = command(SIGN);
    let run = finish(command.env("TRTC_SECRET_KEY", format!("{KEY}\n")), b"").exits(0);
    assert_eq!(run.stdout, expected);
}

#[test]
fn the_file_wins() {
    let folder = tempfile::tempdir().unwrap();
    let path = key_file(folder.path(), KEY);
    let mut command = command(SIGN);
    command.env("TRTC_SECRET_KEY", "another");
    let other = finish(&mut command, b"").exits(0).stdout;
    let of_file = finish(command.arg("--key-file").arg(path), b"")
        .exits(0)
        .stdout;
    assert_ne!(other, of_file);
    assert_eq!(of_file, run_with_key(SIGN).stdout);
}

#[test]
fn without_a_key() {
    for empty in [None, Some("")] {
        let mut command = command(SIGN);
        if let Some(empty) = empty {
            command.env("TRTC_SECRET_KEY", empty);
        }
        let run = finish(&mut command, b"").exits(2);
        assert_eq!(
            run.stderr,
            "error: the secret key is missing: set TRTC_SECRET_KEY, or give --key-file FILE\n"
        );
    }
}

#[test]
fn n7_a_key_is_not_taken_from_an_argument() {
    for option in [
        &["--key", KEY][..],
        &[&format!("--key={KEY}")],
        &["--secret-key", KEY],
        &["-k", KEY],
        &["--key"],
    ] {
        for command in [
            &["usersig", "sign"][..],
            &["usersig", "verify"],
            &["call", "live/create_room"],
            &["emulator"],
        ] {
            let run = run(&[command, option].concat()).exits(2);
            assert!(
                run.stderr
                    .contains("set TRTC_SECRET_KEY, or give --key-file")
            );
            assert!(!run.stderr.contains(&KEY[..8]), "{}", run.stderr);
        }
    }
}

#[test]
#[cfg(unix)]
fn n7_a_file_that_others_can_read_is_warned_of() {
    let folder = tempfile::tempdir().unwrap();
    let path = key_file(folder.path(), KEY);
    for (mode, warns) in [
        (0o644, true),
        (0o640, true),
        (0o604, true),
        (0o600, false),
        (0o400, false),
    ] {
        set_mode(&path, mode);
        let run = sign_with(&path).exits(0);
        assert_eq!(
            run.stderr.starts_with("warning: others may read"),
            warns,
            "{mode:o}"
        );
        assert!(!warns || run.stderr.contains(&format!("(mode {mode:04o})")));
    }
}

#[test]
fn files_that_hold_no_key() {
    let folder = tempfile::tempdir().unwrap();
    for (content, message) in [
        (&b""[..], "is empty"),
        (b"\n", "is empty"),
        (b"one\ntwo\n", "holds several lines"),
        (b"\xff", "is not UTF-8"),
        (&b"x".repeat(70_000), "too long"),
    ] {
        let path = key_file(folder.path(), content);
        let run = sign_with(&path).exits(2);
        assert!(run.stderr.contains(message), "{}", run.stderr);
        assert_eq!(run.stderr.lines().count(), 1);
    }
    let run = sign_with(folder.path()).exits(2);
    assert!(run.stderr.contains("is a directory"), "{}", run.stderr);
    let run = sign_with(&folder.path().join("missing")).exits(2);
    assert!(run.stderr.starts_with("error: cannot read the key file "));
    // The key in the place of the file that holds it.
    let run = sign_with(Path::new(KEY)).exits(2);
    assert!(!run.stderr.contains(&KEY[..8]), "{}", run.stderr);
}
