//! What the revision to compare with holds.

use std::ffi::OsStr;
use std::path::Path;

use trtc_rooms_compat::{Changelog, Schemas};
use trtc_rooms_schema::SchemaSet;

use super::git::{Content, Git};

/// Files beside the schemas that are made from them or about them, as the loader of
/// today's files has it.
const NOT_SCHEMAS: &[&str] = &["dialect.json", "openapi.json", "README.md"];

/// The state of a revision, as far as the comparison needs it.
pub(super) struct BaseFiles {
    pub(super) schemas: Schemas,
    pub(super) changelog: Changelog,
    /// The version of the crates.
    pub(super) version: Option<String>,
    /// What a reader has to know about how the files were read.
    pub(super) notes: Vec<String>,
}

/// Reads what a commit holds.
pub(super) fn read(git: &Git, commit: &str) -> Result<BaseFiles, String> {
    let mut notes = Vec::new();
    let mut texts = Vec::new();
    let mut odd = Vec::new();
    for file in git.files(commit, "schemas/")? {
        let Some(name) = file.path.strip_prefix("schemas/") else {
            continue;
        };
        let is_hidden = name.split('/').any(|step| step.starts_with('.'));
        if NOT_SCHEMAS.contains(&name) || is_hidden {
            continue;
        }
        if Path::new(name).extension() != Some(OsStr::new("json")) {
            notes.push(format!("schemas/{name} of the base is no schema file"));
            continue;
        }
        match git.content(&file)? {
            Content::Text(text) => texts.push((name.to_owned(), text)),
            Content::Odd(reason) => odd.push((name.to_owned(), reason)),
        }
    }
    let mut schemas = Schemas::read(texts.iter().map(|(name, text)| (name, text)));
    for (name, reason) in odd {
        schemas.mark_unreadable(name, reason);
    }
    if schemas.is_empty() {
        notes.push("the base has no schemas: everything is new".to_owned());
    } else if let Some(note) = dialect_note(&texts) {
        notes.push(note);
    }
    let text = |path: &str| -> Result<Option<String>, String> {
        let file = git.files(commit, path)?.into_iter().next();
        let content = file.map(|file| git.content(&file)).transpose()?;
        Ok(match content {
            Some(Content::Text(text)) => Some(text),
            _ => None,
        })
    };
    Ok(BaseFiles {
        schemas,
        changelog: Changelog::parse(&text("CHANGELOG.md")?.unwrap_or_default()),
        version: text("Cargo.toml")?.and_then(|text| workspace_version(&text)),
        notes,
    })
}

/// Says so when the present dialect does not read the files of the base. They are
/// compared as JSON in any case, so nothing is left out; but what a keyword of another
/// dialect meant is a guess.
fn dialect_note(texts: &[(String, String)]) -> Option<String> {
    let problems = SchemaSet::from_files(texts.iter().cloned()).err()?;
    let first = problems.iter().next()?;
    let count = problems.iter().count();
    Some(format!(
        "the present dialect does not read the schemas of the base ({count} {}, the first: \
         {first}): they are compared as JSON",
        if count == 1 { "problem" } else { "problems" }
    ))
}

/// The version in `[workspace.package]` of a manifest.
fn workspace_version(manifest: &str) -> Option<String> {
    let section = manifest
        .lines()
        .map(str::trim)
        .skip_while(|line| *line != "[workspace.package]")
        .skip(1)
        .take_while(|line| !line.starts_with('['));
    let mut versions = section.filter_map(|line| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == "version").then(|| value.trim().trim_matches('"').to_owned())
    });
    versions.next()
}

#[cfg(test)]
mod tests {
    use super::workspace_version;

    #[test]
    fn the_version_is_that_of_the_workspace() {
        let manifest = "[dependencies]\nversion = \"9\"\n[workspace.package]\nedition = \"2024\"\n\
                        version = \"0.1.0\"\n[profile.dev]\nversion = \"8\"\n";
        assert_eq!(workspace_version(manifest).as_deref(), Some("0.1.0"));
        assert_eq!(
            workspace_version("[workspace.package]\n[x]\nversion = \"1\""),
            None
        );
    }
}
