use std::process::Command;

use crate::{codegen, workspace};

/// Checks the generated code against the schemas, then runs the client's demo
/// against an embedded emulator.
pub(crate) fn run() -> Result<(), String> {
    println!("schemas -> generated code");
    codegen::run(true)?;
    println!();
    // A process of its own: xtask has to build when generated code does not.
    let status = Command::new(env!("CARGO"))
        .args([
            "run",
            "--quiet",
            "--package",
            "trtc-rooms",
            "--example",
            "demo",
        ])
        .current_dir(workspace::root())
        .status()
        .map_err(|error| format!("cargo cannot be started: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err("the demo did not end well".to_owned())
    }
}
