use std::process::{Command, ExitCode};

use crate::workspace;

/// Runs the contract harness in a process of its own: it depends on generated code,
/// and xtask has to build when that does not.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode, String> {
    let status = Command::new(env!("CARGO"))
        .args([
            "run",
            "--quiet",
            "--package",
            "trtc-rooms-contract",
            "--bin",
            "contract",
            "--",
        ])
        .args(arguments)
        .current_dir(workspace::root())
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
