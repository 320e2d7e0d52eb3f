//! Compiles instrumented code, once, in `target/mutants/`.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Site;
use super::instrument::instrument;

/// A program in which every check of the generated code has a switch.
#[derive(Clone, Debug)]
pub struct Program {
    /// The executable.
    pub path: PathBuf,
    /// How many sites it has.
    pub sites: usize,
}

/// Makes the program.
///
/// # Errors
///
/// When the generated code cannot be read, or what was made of it does not compile.
pub fn build(workspace: &Path) -> Result<Program, String> {
    let folder = workspace.join("target/mutants");
    let generated = workspace.join("crates/model/src/generated");
    let mut sites: Vec<Site> = Vec::new();
    let mut files = Vec::new();
    collect(&generated, "", &mut files)?;
    for (name, text) in files {
        let text = instrument(&name, &text, &mut sites)
            .map_err(|error| format!("crates/model/src/generated/{name}: {error}"))?;
        write(&folder.join("src/generated").join(&name), &text)?;
    }
    let listed = serde_json::to_string_pretty(&sites).map_err(|error| error.to_string())?;
    write(&folder.join("src/sites.json"), &listed)?;
    write(&folder.join("src/main.rs"), MAIN)?;
    write(&folder.join("Cargo.toml"), &manifest(workspace)?)?;
    // The versions of the workspace, so that nothing has to be fetched or compiled anew.
    let lock = read(&workspace.join("Cargo.lock"))?;
    write(&folder.join("Cargo.lock"), &lock)?;
    compile(workspace, &folder)?;
    let name = format!("{NAME}{}", std::env::consts::EXE_SUFFIX);
    Ok(Program {
        path: workspace.join("target/debug").join(name),
        sites: sites.len(),
    })
}

const NAME: &str = "trtc-rooms-under-test";

/// The program. The generated files stand beside it, and mean by `crate::json` what they
/// mean in the model.
const MAIN: &str = "\
//! Generated code with a switch in every check. Written by `cargo xtask mutants`.
#![allow(warnings)]
mod generated;
mod json {
    pub use trtc_rooms_model::json::*;
}
fn main() -> std::process::ExitCode {
    trtc_rooms_contract::mutants::emitted::judge::main(
        generated::catalog::ENDPOINTS,
        include_str!(\"sites.json\"),
    )
}
";

fn manifest(workspace: &Path) -> Result<String, String> {
    let mut text = format!(
        "# Written by `cargo xtask mutants`.\n[package]\nname = \"{NAME}\"\nversion = \"0.0.0\"\n\
         edition = \"2024\"\npublish = false\n\n[workspace]\n\n[dependencies]\n\
         serde = {{ version = \"1\", default-features = false, features = [\"derive\", \"std\"] }}\n"
    );
    for (name, folder) in [
        ("trtc-rooms-contract", "tests"),
        ("trtc-rooms-core", "crates/core"),
        ("trtc-rooms-model", "crates/model"),
    ] {
        let path = workspace.join(folder);
        let path = path
            .to_str()
            .ok_or("the path of the workspace is not UTF-8")?;
        let _ = writeln!(text, "{name} = {{ path = {path:?} }}");
    }
    // Profiles as in the workspace, for the same reason as the lock file.
    let root = read(&workspace.join("Cargo.toml"))?;
    let profiles = root
        .split_once("\n[profile")
        .map(|(_, profiles)| profiles.to_owned());
    if let Some(profiles) = profiles {
        let _ = write!(text, "\n[profile{profiles}");
    }
    Ok(text)
}

fn compile(workspace: &Path, folder: &Path) -> Result<(), String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let output = Command::new(cargo)
        .args(["build", "--offline", "--quiet", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(workspace.join("target"))
        .current_dir(folder)
        .output()
        .map_err(|error| format!("cargo cannot be started: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!(
        "the instrumented code does not compile:\n{}",
        String::from_utf8_lossy(&output.stderr)
    ))
}

/// The Rust files below a folder, by their paths from there, in order.
fn collect(folder: &Path, from: &str, files: &mut Vec<(String, String)>) -> Result<(), String> {
    let unreadable = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut entries: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        entries.push(entry.map_err(unreadable)?.path());
    }
    entries.sort();
    for path in entries {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        let name = format!("{from}{name}");
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else if name.ends_with(".rs") {
            files.push((name, read(&path)?));
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a file unless it is there already: cargo goes by the time of a file.
fn write(path: &Path, text: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(path, text).map_err(failed)
}
