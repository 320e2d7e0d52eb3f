use std::ffi::OsString;
use std::process::ExitCode;

use crate::harness;

/// Proves that the contract harness would notice a mistake.
pub(crate) fn run(arguments: &[OsString]) -> Result<ExitCode, String> {
    harness::run("mutants", arguments)
}
