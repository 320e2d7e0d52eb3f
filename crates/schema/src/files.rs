use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use trtc_rooms_core::UniqueMembers;

use crate::dialect::DialectValidator;
use crate::document::Document;
use crate::oracle::{self, Oracle};
use crate::problem::{Problem, Problems};
use crate::{check, folder};

/// The files of `schemas/`, read and checked.
#[derive(Clone, Debug)]
pub struct SchemaSet {
    files: BTreeMap<String, SchemaFile>,
    oracle: Arc<Oracle>,
}

/// One file of `schemas/`.
#[derive(Clone, Debug)]
pub struct SchemaFile {
    /// The path relative to `schemas/`, with `/`: `live/create_room.json`.
    pub name: String,
    /// The text as it stands in the file.
    pub text: String,
    /// The text as JSON.
    pub value: Value,
    /// The text as a document of the dialect.
    pub document: Document,
}

impl SchemaFile {
    /// The SHA-256 of the text, in hexadecimal digits. Line ends count as one
    /// line feed, so that a checkout on Windows has the same one.
    pub fn sha256(&self) -> String {
        let digest = Sha256::digest(self.text.replace("\r\n", "\n"));
        let mut text = String::with_capacity(64);
        for byte in digest {
            let _ = write!(text, "{byte:02x}");
        }
        text
    }

    /// The name without `.json`: `live/create_room`.
    pub fn stem(&self) -> &str {
        self.name.strip_suffix(".json").unwrap_or(&self.name)
    }

    /// The folder and the name in it, without `.json`: `live`, `create_room`.
    pub(crate) fn parts(&self) -> (&str, &str) {
        self.stem().split_once('/').unwrap_or(("", self.stem()))
    }

    pub(crate) fn uri(&self) -> String {
        oracle::uri_of(&self.name)
    }
}

impl SchemaSet {
    /// Reads and checks every file below a folder.
    ///
    /// # Errors
    ///
    /// Everything that is wrong: unreadable files, malformed JSON, what is not in
    /// the dialect, dangling references, examples that contradict their schema.
    pub fn load(folder: &Path) -> Result<Self, Problems> {
        Self::from_files(folder::read(folder)?)
    }

    /// The same, from names and texts in memory.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the files.
    pub fn from_files<N, T>(texts: impl IntoIterator<Item = (N, T)>) -> Result<Self, Problems>
    where
        N: Into<String>,
        T: Into<String>,
    {
        let texts = texts.into_iter();
        let texts: Vec<(String, String)> = texts
            .map(|(name, text)| (name.into(), text.into()))
            .collect();
        let read: Vec<_> = texts
            .into_par_iter()
            .map(|(name, text)| read_document(&name, text))
            .collect();
        let mut files = BTreeMap::new();
        let mut problems = Vec::new();
        for result in read {
            match result {
                Ok(file) => {
                    if let Some(first) = files.insert(file.name.clone(), file) {
                        problems.push(Problem::new(first.name, "", "there are two of this file"));
                    }
                }
                Err(found) => problems.extend(found),
            }
        }
        Problems::check(problems)?;
        let mut set = Self {
            files,
            oracle: Arc::default(),
        };
        Problems::check(check::problems(&set))?;
        // An example can only be judged by schemas that make sense.
        set.oracle = Arc::new(Oracle::new(set.files())?);
        Problems::check(check::example_problems(&set))?;
        Ok(set)
    }

    /// A file by its name, such as `live/create_room.json`.
    pub fn file(&self, name: &str) -> Option<&SchemaFile> {
        self.files.get(name)
    }

    /// All files, ordered by name.
    pub fn files(&self) -> impl Iterator<Item = &SchemaFile> {
        self.files.values()
    }

    /// The files that describe endpoints, ordered by name.
    pub fn endpoints(&self) -> impl Iterator<Item = &SchemaFile> {
        self.files().filter(|file| file.document.endpoint.is_some())
    }

    /// The files that describe webhook events, ordered by name.
    pub fn events(&self) -> impl Iterator<Item = &SchemaFile> {
        self.files().filter(|file| file.document.event.is_some())
    }

    pub(crate) fn oracle(&self) -> &Arc<Oracle> {
        &self.oracle
    }
}

fn read_document(name: &str, text: String) -> Result<SchemaFile, Vec<Problem>> {
    let value = parse_json(name, &text).map_err(|problem| vec![problem])?;
    let problems = DialectValidator::shared().problems(name, &value);
    if !problems.is_empty() {
        return Err(problems);
    }
    let document = Document::deserialize(&value)
        .map_err(|error| vec![Problem::new(name, "", error.to_string())])?;
    Ok(SchemaFile {
        name: name.to_owned(),
        text,
        value,
        document,
    })
}

fn parse_json(name: &str, text: &str) -> Result<Value, Problem> {
    let parse = || {
        serde_json::from_str::<UniqueMembers>(text)?;
        serde_json::from_str(text)
    };
    parse().map_err(|error: serde_json::Error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        Problem::new(name, place, message)
    })
}
