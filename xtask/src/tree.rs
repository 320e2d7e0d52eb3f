//! Comparing generated files with those on disk, and writing them.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use trtc_rooms_codegen::GeneratedFile;

/// A workspace with folders in which every file is generated.
pub(crate) struct Tree {
    root: PathBuf,
    folders: &'static [&'static str],
}

/// A file that has to change.
pub(crate) struct Change {
    path: String,
    old: Option<String>,
    new: Option<String>,
}

impl Tree {
    pub(crate) fn new(root: PathBuf, folders: &'static [&'static str]) -> Self {
        Self { root, folders }
    }

    /// What has to change so that the tree holds exactly `files`.
    pub(crate) fn changes(&self, files: &[GeneratedFile]) -> Result<Vec<Change>, String> {
        let mut changes = Vec::new();
        for file in files {
            let old = read(&self.root.join(&file.path))?;
            if old.as_deref().map(unix_lines).as_deref() != Some(&file.text) {
                changes.push(Change {
                    path: file.path.clone(),
                    old,
                    new: Some(file.text.clone()),
                });
            }
        }
        let wanted: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        for folder in self.folders {
            for path in self.files_below(folder)? {
                if !wanted.contains(path.as_str()) {
                    let old = read(&self.root.join(&path))?;
                    changes.push(Change {
                        path,
                        old,
                        new: None,
                    });
                }
            }
        }
        changes.sort_by(|left, right| left.path.cmp(&right.path));
        Ok(changes)
    }

    /// Carries changes out. Each file is replaced in one step, so that none is ever
    /// half-written.
    pub(crate) fn write(&self, changes: &[Change]) -> Result<(), String> {
        for change in changes {
            let path = self.root.join(&change.path);
            match &change.new {
                Some(text) => replace(&path, text),
                None => fs::remove_file(&path),
            }
            .map_err(|error| format!("{} cannot be written: {error}", change.path))?;
        }
        for folder in self.folders {
            remove_empty_folders(&self.root.join(folder));
        }
        Ok(())
    }

    fn files_below(&self, folder: &str) -> Result<Vec<String>, String> {
        let mut files = Vec::new();
        let entries = match fs::read_dir(self.root.join(folder)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(files),
            Err(error) => return Err(format!("{folder} cannot be read: {error}")),
        };
        for entry in entries {
            let entry = entry.map_err(|error| format!("{folder} cannot be read: {error}"))?;
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                files.extend(self.files_below(&path)?);
            } else {
                files.push(path);
            }
        }
        Ok(files)
    }
}

impl Change {
    /// The path and the first lines that differ.
    pub(crate) fn difference(&self) -> String {
        let (Some(old), Some(new)) = (&self.old, &self.new) else {
            return format!("  {self}\n");
        };
        let old = unix_lines(old);
        let (mut old, mut new) = (old.lines(), new.lines());
        let mut number = 0;
        loop {
            number += 1;
            match (old.next(), new.next()) {
                (left, right) if left == right && left.is_some() => {}
                (left, right) => {
                    let left = left.unwrap_or("(end of file)");
                    let right = right.unwrap_or("(end of file)");
                    return format!(
                        "  {}, line {number}:\n    - {left}\n    + {right}\n",
                        self.path
                    );
                }
            }
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match (&self.old, &self.new) {
            (None, _) => "new",
            (_, None) => "stale",
            _ => "changed",
        };
        write!(f, "{what:8} {}", self.path)
    }
}

fn read(path: &Path) -> Result<Option<String>, String> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{} cannot be read: {error}", path.display())),
    }
}

fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // Beside the file, so that renaming does not cross file systems; not a .rs
    // file, should it ever be left behind.
    let draft = path.with_extension("generated-draft");
    fs::write(&draft, text)?;
    fs::rename(&draft, path).inspect_err(|_| {
        let _ = fs::remove_file(&draft);
    })
}

fn remove_empty_folders(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten().filter(|entry| entry.path().is_dir()) {
        remove_empty_folders(&entry.path());
        // Fails when the folder is not empty, which is what is wanted.
        let _ = fs::remove_dir(entry.path());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> GeneratedFile {
        GeneratedFile {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    fn tree() -> (tempfile::TempDir, Tree) {
        let folder = tempfile::tempdir().unwrap();
        let tree = Tree::new(folder.path().to_path_buf(), &["gen"]);
        (folder, tree)
    }

    #[test]
    fn writing_once_leaves_nothing_to_change() {
        let (_folder, tree) = tree();
        let files = [file("gen/a/b.rs", "one\n"), file("gen/c.rs", "two\n")];
        let changes = tree.changes(&files).unwrap();
        assert_eq!(changes.len(), 2);
        tree.write(&changes).unwrap();
        assert!(tree.changes(&files).unwrap().is_empty());
    }

    #[test]
    fn stale_files_and_their_folders_are_removed() {
        let (folder, tree) = tree();
        tree.write(&tree.changes(&[file("gen/a/b.rs", "one\n")]).unwrap())
            .unwrap();
        let changes = tree.changes(&[file("gen/c.rs", "two\n")]).unwrap();
        let shown: Vec<String> = changes.iter().map(Change::to_string).collect();
        assert_eq!(shown, ["stale    gen/a/b.rs", "new      gen/c.rs"]);
        tree.write(&changes).unwrap();
        assert!(!folder.path().join("gen/a").exists());
    }

    #[test]
    fn a_difference_names_the_first_line() {
        let (folder, tree) = tree();
        tree.write(&tree.changes(&[file("gen/c.rs", "same\nold\n")]).unwrap())
            .unwrap();
        let changes = tree.changes(&[file("gen/c.rs", "same\nnew\n")]).unwrap();
        assert_eq!(
            changes[0].difference(),
            "  gen/c.rs, line 2:\n    - old\n    + new\n"
        );
        drop(folder);
    }

    #[test]
    fn line_ends_of_windows_are_no_difference() {
        let (folder, tree) = tree();
        fs::create_dir(folder.path().join("gen")).unwrap();
        fs::write(folder.path().join("gen/c.rs"), "one\r\ntwo\r\n").unwrap();
        assert!(
            tree.changes(&[file("gen/c.rs", "one\ntwo\n")])
                .unwrap()
                .is_empty()
        );
    }

    #[test]
    fn a_draft_that_was_left_behind_is_stale() {
        let (folder, tree) = tree();
        fs::create_dir(folder.path().join("gen")).unwrap();
        fs::write(folder.path().join("gen/c.generated-draft"), "half").unwrap();
        let changes = tree.changes(&[]).unwrap();
        assert_eq!(changes[0].to_string(), "stale    gen/c.generated-draft");
    }
}
