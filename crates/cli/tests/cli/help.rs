use crate::support::{command, finish, run};

const COMMANDS: &[&[&str]] = &[
    &[],
    &["validate"],
    &["call"],
    &["apply"],
    &["usersig"],
    &["usersig", "sign"],
    &["usersig", "verify"],
    &["usersig", "decode"],
    &["endpoints"],
    &["explain"],
    &["emulator"],
    &["webhooks", "listen"],
];

#[test]
fn every_command_has_a_long_help() {
    for arguments in COMMANDS {
        let run = run(&[*arguments, &["--help"]].concat()).exits(0);
        assert!(run.stderr.is_empty(), "{}", run.stderr);
        assert!(run.stdout.contains("Examples:"), "{}", run.stdout);
        assert!(run.stdout.contains("Exit codes:"), "{}", run.stdout);
        let name = [&["help"], *arguments].concat().join("_");
        insta::assert_snapshot!(name, run.stdout);
    }
}

#[test]
fn the_short_help_is_an_overview() {
    insta::assert_snapshot!(run(&["-h"]).exits(0).stdout);
}

#[test]
fn without_a_command_there_is_help() {
    let alone = run(&[]).exits(0);
    assert_eq!(alone.stdout, run(&["--help"]).stdout);
    assert!(alone.stderr.is_empty());
    // A group of commands wants one of them.
    let group = run(&["usersig"]).exits(2);
    assert!(group.stderr.contains("Usage: trtc-rooms usersig <COMMAND>"));
}

#[test]
fn q4_help_fits_a_narrow_terminal_and_has_no_colours() {
    for arguments in COMMANDS {
        let arguments = [*arguments, &["--help"]].concat();
        for columns in ["1", "20", "1000"] {
            let run = finish(command(&arguments).env("COLUMNS", columns), b"").exits(0);
            assert!(!run.stdout.contains('\u{1b}'));
        }
    }
}

#[test]
fn version() {
    let expected = concat!("trtc-rooms ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(run(&["--version"]).exits(0).stdout, expected);
    assert_eq!(run(&["-V"]).exits(0).stdout, expected);
}

#[test]
fn wrong_usage() {
    for (name, arguments) in [
        ("no_such_command", &["validat"][..]),
        (
            "no_such_option",
            &["validate", "live/create_room", "--jsno"],
        ),
        ("no_endpoint", &["validate"]),
        ("no_such_format", &["endpoints", "--format", "xml"]),
        ("nothing_about_the_call", &["call", "live/create_room"]),
        ("no_number", &["explain", "10OO12"]),
        ("sdkappid_0", &["usersig", "sign", "--sdkappid", "0"]),
    ] {
        let run = run(arguments).exits(2);
        assert!(run.stdout.is_empty(), "{}", run.stdout);
        insta::assert_snapshot!(format!("usage_{name}"), run.stderr);
    }
}

#[test]
fn a13_arguments_do_not_steer_the_terminal() {
    for arguments in [
        &["\u{1b}[2J"][..],
        &["--\u{1b}[2J"],
        &["validate", "\u{1b}[2J\u{202e}"],
        &["validate", "live/create_room", "/\u{1b}[2J\u{202e}"],
        &["validate", "live/create_room", "x", "\u{1b}[2J"],
        &["explain", "\u{9b}2J"],
        &["explain", "1", "\u{9b}2J"],
        &["endpoints", "--format", "\u{1b}[2J"],
        &["emulator", "--listen", "\u{1b}[2J"],
        &["emulator", "--key-file", "/\u{1b}[2J"],
    ] {
        let run = run(arguments).exits(2);
        let steering = |each: char| each.is_control() && each != '\n' || each == '\u{202e}';
        assert!(!run.stderr.contains(steering), "{:?}", run.stderr);
    }
}

#[test]
fn examples_and_tables_fit_80_columns() {
    for arguments in COMMANDS {
        let arguments = [*arguments, &["--help"]].concat();
        let run = finish(command(&arguments).env("COLUMNS", "1000"), b"").exits(0);
        let (_, after) = run.stdout.split_once("\nExamples:\n").unwrap();
        for line in after.lines().filter(|line| line.starts_with("  ")) {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}
