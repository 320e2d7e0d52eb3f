//! Compares today's schemas with those of a git revision.

mod base;
mod git;
#[cfg(test)]
mod tests;

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::json;
use trtc_rooms_compat::report::{Base, Counts, Report, Unreadable, Version};
use trtc_rooms_compat::{Changelog, Schemas, compare};
use trtc_rooms_schema::SchemaSet;

use self::git::Git;
use crate::workspace;

/// What is compared, and how it is told.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The git revision to compare with [default: the last tag].
    #[arg(long, value_name = "REV")]
    base: Option<String>,
    /// How the result is told.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How the result is told.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// In words.
    Text,
    /// For machines.
    Json,
}

/// How a comparison ends; the numbers are exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// Nothing changed, or the changelog says so.
    Fine = 0,
    /// The changelog lacks an entry.
    Lacking = 1,
    /// Something could not be compared.
    Unusable = 2,
}

/// Compares, prints, and says whether the changelog does.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let verdict = match outcome(&workspace::root(), arguments) {
        Ok((text, verdict)) => {
            println!("{}", text.trim_end());
            verdict
        }
        Err(message) => {
            eprintln!("error: {message}");
            Verdict::Unusable
        }
    };
    ExitCode::from(verdict as u8)
}

/// What to print, and how it ends.
fn outcome(root: &Path, arguments: &Arguments) -> Result<(String, Verdict), String> {
    let git = match (Git::open(root), &arguments.base) {
        (Ok(git), _) => git,
        // An unpacked archive has no history: that is no reason for its checks to fail.
        (Err(reason), None) => {
            let sentence = format!("{reason}: there is nothing to compare with.");
            return Ok((
                nothing_to_compare_with(&sentence, arguments.format),
                Verdict::Fine,
            ));
        }
        (Err(reason), Some(_)) => return Err(reason),
    };
    let base = match &arguments.base {
        Some(revision) => Some(revision.clone()),
        None => git.last_tag()?,
    };
    let Some(revision) = base else {
        return Ok((
            nothing_to_compare_with(NO_TAG, arguments.format),
            Verdict::Fine,
        ));
    };
    let report = report(root, &git, &revision)?;
    let verdict = if !report.is_complete() {
        Verdict::Unusable
    } else if !report.changelog.is_met {
        Verdict::Lacking
    } else {
        Verdict::Fine
    };
    let text = match arguments.format {
        Format::Text => report.to_text(),
        Format::Json => serde_json::to_string_pretty(&report).map_err(|error| error.to_string())?,
    };
    Ok((text, verdict))
}

fn report(root: &Path, git: &Git, revision: &str) -> Result<Report, String> {
    let commit = git.commit(revision)?;
    let today = SchemaSet::load(&root.join("schemas")).map_err(|problems| {
        format!("today's schemas are not right, so there is nothing to compare:\n{problems}")
    })?;
    let today = Schemas::read(today.files().map(|file| (&file.name, &file.text)));
    let base = base::read(git, &commit)?;
    let changes = compare(&base.schemas, &today);
    let mut notes = base.notes;
    let changelog = match fs::read_to_string(root.join("CHANGELOG.md")) {
        Ok(text) => Changelog::parse(&text),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            notes.push("there is no CHANGELOG.md".to_owned());
            Changelog::default()
        }
        Err(error) => return Err(format!("CHANGELOG.md cannot be read: {error}")),
    };
    let version = base.version.as_deref();
    Ok(Report {
        base: Base {
            revision: revision.to_owned(),
            commit,
        },
        counts: Counts::of(&changes),
        unreadable: unreadable(&base.schemas, "the base")
            .chain(unreadable(&today, "today"))
            .collect(),
        notes,
        changelog: changelog.demand(&base.changelog, &changes),
        version: version.and_then(|version| Version::of(version, &changes)),
        changes,
    })
}

fn unreadable<'a>(
    schemas: &'a Schemas,
    side: &'static str,
) -> impl Iterator<Item = Unreadable> + 'a {
    schemas.unreadable().map(move |(file, reason)| Unreadable {
        file: file.to_owned(),
        side,
        reason: reason.to_owned(),
    })
}

/// What is said in a clone without tags, such as the shallow one of CI.
const NO_TAG: &str = "there is no tag in the history of this checkout, so there is nothing to \
                      compare with.\n`git fetch --tags --unshallow` fetches what a shallow clone \
                      leaves out; `--base REV` compares with any revision.";

fn nothing_to_compare_with(sentence: &str, format: Format) -> String {
    match format {
        Format::Text => sentence.to_owned(),
        Format::Json => json!({ "base": null, "changes": [], "notes": [sentence] }).to_string(),
    }
}
