use std::ffi::OsString;
use std::process::ExitCode;

use crate::harness;

/// Runs the contract harness.
pub(crate) fn run(arguments: &[OsString]) -> Result<ExitCode, String> {
    harness::run("contract", arguments)
}
