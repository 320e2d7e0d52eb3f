use std::path::PathBuf;

/// The folder of this package, as cargo tells it at run time. Where a program was compiled
/// says little: a checkout may have been moved, or share its target folder with another.
pub fn home() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR");
    here.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from)
}
