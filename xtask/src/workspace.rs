use std::path::PathBuf;

/// The folder of the workspace, as cargo tells it at run time. Where this was compiled
/// says little: a checkout may have been moved, or share its target folder with another.
pub(crate) fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR");
    let here = here.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().unwrap_or(&here).to_path_buf()
}
