//! The report of a run: what people read in a terminal and a browser, and what CI reads.
//!
//! A report is columns, rows, sections and [`Check`]s; it knows nothing of oracles. Any
//! part of the harness adds what it has to tell.

mod html;
mod junit;
mod place;
mod sarif;
mod table;

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Serialize;

pub use place::Location;

/// The report of a run.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The command that makes the same run again.
    pub command: String,
    /// How long it took.
    pub elapsed: Duration,
    /// The names of the counts, in order.
    pub columns: Vec<&'static str>,
    /// The counts, one row an endpoint.
    pub rows: Vec<Row>,
    /// Everything that was checked.
    pub checks: Vec<Check>,
    /// Further tables.
    pub sections: Vec<Section>,
}

/// The counts of one endpoint.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The endpoint.
    pub endpoint: String,
    /// One text for each column.
    pub cells: Vec<String>,
}

/// Something that was checked.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// The endpoint, or whatever else it is about.
    pub suite: String,
    /// Its name, which stays the same from run to run.
    pub id: String,
    /// How many requests it is about.
    pub requests: u64,
    /// What is wrong.
    pub failure: Option<Failure>,
}

/// What is wrong.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// In one line.
    pub summary: String,
    /// All of it.
    pub detail: String,
    /// Where it has to be mended, as far as that is known.
    pub location: Option<Location>,
}

/// A further table.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Section {
    /// Its title.
    pub title: String,
    /// The names of its columns.
    pub columns: Vec<&'static str>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

impl Check {
    /// A check that went well.
    pub fn passed(suite: &str, id: impl Into<String>, requests: u64) -> Self {
        Self {
            suite: suite.to_owned(),
            id: id.into(),
            requests,
            failure: None,
        }
    }

    /// A check that did not.
    pub fn failed(suite: &str, id: impl Into<String>, failure: Failure) -> Self {
        Self {
            suite: suite.to_owned(),
            id: id.into(),
            requests: 0,
            failure: Some(failure),
        }
    }
}

impl Failure {
    /// A failure without more to tell.
    pub fn new(summary: impl Into<String>) -> Self {
        let summary = summary.into();
        Self {
            detail: summary.clone(),
            summary,
            location: None,
        }
    }
}

impl Report {
    /// Whether nothing failed.
    pub fn is_ok(&self) -> bool {
        self.failures().next().is_none()
    }

    /// The checks that failed.
    pub fn failures(&self) -> impl Iterator<Item = (&Check, &Failure)> {
        self.checks
            .iter()
            .filter_map(|check| Some((check, check.failure.as_ref()?)))
    }

    /// For a terminal: what failed, then the table.
    pub fn to_text(&self) -> String {
        table::text(self)
    }

    /// For other programs.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// For CI: `JUnit`'s XML.
    pub fn to_junit(&self) -> String {
        junit::xml(self)
    }

    /// For code review: SARIF 2.1.0.
    pub fn to_sarif(&self) -> String {
        sarif::json(self)
    }

    /// For a browser: one page that needs nothing else.
    pub fn to_html(&self) -> String {
        html::page(self)
    }

    /// Writes the files for CI and the browser into a folder.
    ///
    /// # Errors
    ///
    /// When a file cannot be written.
    pub fn write(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        std::fs::create_dir_all(folder)?;
        let files = [
            ("junit.xml", self.to_junit()),
            ("contract.sarif", self.to_sarif()),
            ("index.html", self.to_html()),
            ("contract.json", self.to_json()),
        ];
        let mut written = Vec::new();
        for (name, text) in files {
            let path = folder.join(name);
            std::fs::write(&path, text)?;
            written.push(path);
        }
        Ok(written)
    }
}
