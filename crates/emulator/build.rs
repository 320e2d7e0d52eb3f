//! Embeds the files of `schemas/`, so that the emulator needs nothing beside itself.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// Files beside the schemas that are made from them or about them.
const NOT_SCHEMAS: &[&str] = &["dialect.json", "openapi.json"];

fn main() {
    let root = Path::new(&variable("CARGO_MANIFEST_DIR")).join("../../schemas");
    let root = root
        .canonicalize()
        .unwrap_or_else(|error| panic!("{}: {error}", root.display()));
    let mut files = Vec::new();
    walk(&root, "", &mut files);
    files.sort();
    assert!(!files.is_empty(), "no schema is in {}", root.display());

    let mut text = String::from("static FILES: &[(&str, &str)] = &[\n");
    for (name, path) in files {
        let _ = writeln!(text, "    ({name:?}, include_str!({path:?})),");
    }
    text.push_str("];\n");
    let out = Path::new(&variable("OUT_DIR")).join("schemas.rs");
    fs::write(&out, text).unwrap_or_else(|error| panic!("{}: {error}", out.display()));
}

/// Lists the schema files below a folder: their names, with `/`, and paths.
fn walk(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) {
    // A folder counts as changed when a file comes or goes.
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let entry = entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let file_name = entry.file_name().to_string_lossy().into_owned();
        let name = format!("{prefix}{file_name}");
        let path = entry.path();
        if path.is_dir() {
            walk(&path, &format!("{name}/"), files);
        } else if path.extension().is_some_and(|is| is == "json")
            && !file_name.starts_with('.')
            && !NOT_SCHEMAS.contains(&name.as_str())
        {
            println!("cargo::rerun-if-changed={}", path.display());
            let path = path
                .to_str()
                .unwrap_or_else(|| panic!("{} is not UTF-8", path.display()));
            files.push((name, path.to_owned()));
        }
    }
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}
