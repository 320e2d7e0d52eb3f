//! The files of the folder `schemas`.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::Path;

use crate::problem::{Problem, Problems};

/// Files beside the schemas that are made from them or about them.
const NOT_SCHEMAS: &[&str] = &["dialect.json", "openapi.json", "README.md"];

/// The names and texts of all schema files.
pub(crate) fn read(folder: &Path) -> Result<Vec<(String, String)>, Problems> {
    let mut reading = Reading::default();
    if let Err(error) = reading.folder(folder, "") {
        let message = format!("{} cannot be read: {error}", folder.display());
        reading.problem("", message);
    } else if reading.texts.is_empty() && reading.problems.is_empty() {
        let message = format!("no schema file is in {}", folder.display());
        reading.problem("", message);
    }
    Problems::check(reading.problems)?;
    Ok(reading.texts)
}

#[derive(Default)]
struct Reading {
    texts: Vec<(String, String)>,
    problems: Vec<Problem>,
}

impl Reading {
    fn problem(&mut self, name: &str, message: impl Into<String>) -> &mut Problem {
        let index = self.problems.len();
        self.problems.push(Problem::new(name, "", message));
        &mut self.problems[index]
    }

    fn folder(&mut self, folder: &Path, prefix: &str) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let file_name = entry.file_name().to_string_lossy().into_owned();
            let name = format!("{prefix}{file_name}");
            if let Err(error) = self.entry(&entry, &file_name, &name) {
                self.problem(&name, format!("cannot be read: {error}"));
            }
        }
        Ok(())
    }

    fn entry(&mut self, entry: &fs::DirEntry, file_name: &str, name: &str) -> io::Result<()> {
        // Made from the schemas, about them, or an editor's.
        if NOT_SCHEMAS.contains(&name) || file_name.starts_with('.') {
            return Ok(());
        }
        let (path, kind) = (entry.path(), entry.file_type()?);
        if kind.is_symlink() {
            // It could lead out of the folder, or round in a circle.
            self.problem(name, "is a symbolic link").help =
                Some("put the file itself here".to_owned());
        } else if kind.is_dir() {
            self.folder(&path, &format!("{name}/"))?;
        } else if path.extension() == Some(OsStr::new("json")) {
            let text = fs::read_to_string(&path)?;
            self.texts.push((name.to_owned(), text));
        } else {
            self.problem(name, "is not a schema file").help =
                Some("only .json files and README.md belong in schemas/".to_owned());
        }
        Ok(())
    }
}
