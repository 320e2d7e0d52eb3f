use std::ffi::OsString;
use std::process::{Command, ExitCode};

use crate::workspace;

/// Runs a program of the contract harness in a process of its own: it depends on
/// generated code, and xtask has to build when that does not.
pub(crate) fn run(program: &str, arguments: &[OsString]) -> Result<ExitCode, String> {
    // How it is built is for cargo, everything else for the harness.
    let (release, arguments): (Vec<&OsString>, Vec<&OsString>) = arguments
        .iter()
        .partition(|argument| *argument == "--release");
    let status = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", "trtc-rooms-contract"])
        .args(["--bin", program])
        // Not the working directory: paths are relative to that of the caller.
        .arg("--manifest-path")
        .arg(workspace::root().join("Cargo.toml"))
        .args(release)
        .arg("--")
        .args(arguments)
        .status()
        .map_err(|error| format!("cargo cannot be started: {error}"))?;
    // The harness has said what there is to say; its exit code is ours.
    Ok(
        match status.code().and_then(|code| u8::try_from(code).ok()) {
            Some(code) => ExitCode::from(code),
            None => ExitCode::FAILURE,
        },
    )
}
