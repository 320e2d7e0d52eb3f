//! The little of git that is needed, by running it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Variables by which a surrounding git, such as one that runs a hook, would point us at
/// another repository than that of the folder.
const SURROUNDINGS: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_COMMON_DIR",
    "GIT_PREFIX",
    "GIT_NAMESPACE",
];

/// The checkout that a folder belongs to.
pub(super) struct Git {
    root: PathBuf,
}

/// A file of a commit.
pub(super) struct File {
    /// The path relative to the folder.
    pub(super) path: String,
    mode: String,
    object: String,
}

/// What a file holds.
pub(super) enum Content {
    Text(String),
    /// Something else, and what.
    Odd(String),
}

/// A command of git that runs in a folder and sees that folder's repository.
pub(super) fn command(root: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .current_dir(root)
        .stdin(Stdio::null())
        .env("LC_ALL", "C");
    for variable in SURROUNDINGS {
        command.env_remove(variable);
    }
    command
}

impl Git {
    /// The checkout that a folder belongs to.
    ///
    /// # Errors
    ///
    /// In words, when it belongs to none.
    pub(super) fn open(root: &Path) -> Result<Self, String> {
        let git = Self {
            root: root.to_path_buf(),
        };
        let output = git.run(&["rev-parse", "--is-inside-work-tree"])?;
        if output.status.success() && text(&output.stdout) == "true" {
            return Ok(git);
        }
        let reason = match text(&output.stderr).as_str() {
            "" => "it is not inside a work tree".to_owned(),
            reason => reason.to_owned(),
        };
        Err(format!(
            "{} is not a git checkout: {reason}",
            root.display()
        ))
    }

    /// The nearest tag in the history, if there is one.
    pub(super) fn last_tag(&self) -> Result<Option<String>, String> {
        if !self
            .run(&["rev-parse", "--verify", "--quiet", "HEAD"])?
            .status
            .success()
        {
            // No commit yet.
            return Ok(None);
        }
        if self.read(&["tag", "--merged", "HEAD"])?.is_empty() {
            return Ok(None);
        }
        self.read(&["describe", "--tags", "--abbrev=0", "HEAD"])
            .map(Some)
    }

    /// The commit that a revision means.
    pub(super) fn commit(&self, revision: &str) -> Result<String, String> {
        let peeled = format!("{revision}^{{commit}}");
        // A revision that looks like an option is still one.
        let output = self.run(&[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &peeled,
        ])?;
        // Whatever precedes a circumflex, a range included, is for git to judge; what it
        // makes of it has to be one commit.
        let commit = text(&output.stdout);
        let is_commit = commit.len() >= 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
        if output.status.success() && is_commit {
            return Ok(commit);
        }
        let is_shallow = self.read(&["rev-parse", "--is-shallow-repository"])? == "true";
        let help = if is_shallow {
            "; this is a shallow clone: `git fetch --tags --unshallow` fetches the rest"
        } else {
            ""
        };
        Err(format!("git knows no revision `{revision}`{help}"))
    }

    /// The files of a commit at or below a path.
    pub(super) fn files(&self, commit: &str, path: &str) -> Result<Vec<File>, String> {
        let output = self.succeed(&["ls-tree", "-r", "-z", commit, "--", path])?;
        let listing = String::from_utf8(output.stdout)
            .map_err(|_| format!("a file in {path} has a name that is not UTF-8"))?;
        listing
            .split_terminator('\0')
            .map(|line| {
                let (facts, path) = line.split_once('\t')?;
                let mut facts = facts.split(' ');
                let (mode, object) = (facts.next()?, facts.nth(1)?);
                Some(File {
                    path: path.to_owned(),
                    mode: mode.to_owned(),
                    object: object.to_owned(),
                })
            })
            .collect::<Option<_>>()
            .ok_or_else(|| format!("git lists {path} in an unknown form"))
    }

    /// What a file holds.
    pub(super) fn content(&self, file: &File) -> Result<Content, String> {
        match file.mode.as_str() {
            "120000" => return Ok(Content::Odd("it is a symbolic link".to_owned())),
            "160000" => return Ok(Content::Odd("it is a submodule".to_owned())),
            _ => {}
        }
        let bytes = self.succeed(&["cat-file", "blob", &file.object])?.stdout;
        Ok(match String::from_utf8(bytes) {
            Ok(text) => Content::Text(text),
            Err(_) => Content::Odd("it is not UTF-8".to_owned()),
        })
    }

    /// The output of a command that has to succeed, without the end of the line.
    fn read(&self, arguments: &[&str]) -> Result<String, String> {
        self.succeed(arguments).map(|output| text(&output.stdout))
    }

    fn succeed(&self, arguments: &[&str]) -> Result<Output, String> {
        let output = self.run(arguments)?;
        if output.status.success() {
            return Ok(output);
        }
        Err(format!(
            "`git {}` failed: {}",
            arguments.join(" "),
            text(&output.stderr)
        ))
    }

    fn run(&self, arguments: &[&str]) -> Result<Output, String> {
        command(&self.root)
            .args(arguments)
            .output()
            .map_err(|error| format!("git cannot be run: {error}"))
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end().to_owned()
}
