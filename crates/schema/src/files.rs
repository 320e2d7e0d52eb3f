use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use trtc_rooms_core::UniqueMembers;

use crate::dialect::DialectValidator;
use crate::document::Document;
use crate::problem::{Problem, Problems};
use crate::{check, validator};

/// Files beside the schemas that are made from them or about them.
const NOT_SCHEMAS: &[&str] = &["dialect.json", "openapi.json", "README.md"];

/// The files of `schemas/`, read and checked.
#[derive(Clone, Debug)]
pub struct SchemaSet {
    files: BTreeMap<String, SchemaFile>,
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

    pub(crate) fn uri(&self) -> String {
        validator::uri_of(&self.name)
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
        let mut texts = Vec::new();
        let mut problems = Vec::new();
        read_folder(folder, "", &mut texts, &mut problems);
        if texts.is_empty() && problems.is_empty() {
            let message = format!("no schema file is in {}", folder.display());
            problems.push(Problem::new("", "", message));
        }
        Problems::check(problems)?;
        Self::from_files(texts)
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
        let dialect = DialectValidator::new();
        let mut files = BTreeMap::new();
        let mut problems = Vec::new();
        for (name, text) in texts {
            let (name, text) = (name.into(), text.into());
            match read_document(&dialect, &name, text) {
                Ok(file) => {
                    files.insert(name, file);
                }
                Err(found) => problems.extend(found),
            }
        }
        Problems::check(problems)?;
        let set = Self { files };
        Problems::check(check::problems(&set))?;
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
}

fn read_folder(
    folder: &Path,
    prefix: &str,
    texts: &mut Vec<(String, String)>,
    problems: &mut Vec<Problem>,
) {
    let unreadable = |name: &str, error: std::io::Error| {
        Problem::new(name, "", format!("cannot be read: {error}"))
    };
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            let message = format!("{} cannot be read: {error}", folder.display());
            return problems.push(Problem::new(prefix, "", message));
        }
    };
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                problems.push(unreadable(prefix, error));
                continue;
            }
        };
        let file_name = entry.file_name().to_string_lossy().into_owned();
        let name = format!("{prefix}{file_name}");
        let path = entry.path();
        if path.is_dir() {
            read_folder(&path, &format!("{name}/"), texts, problems);
        } else if NOT_SCHEMAS.contains(&name.as_str()) || file_name.starts_with('.') {
            // Made from the schemas, about them, or an editor's.
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            match std::fs::read_to_string(&path) {
                Ok(text) => texts.push((name, text)),
                Err(error) => problems.push(unreadable(&name, error)),
            }
        } else {
            problems.push(
                Problem::new(name, "", "is not a schema file")
                    .help("only .json files and README.md belong in schemas/"),
            );
        }
    }
}

fn read_document(
    dialect: &DialectValidator,
    name: &str,
    text: String,
) -> Result<SchemaFile, Vec<Problem>> {
    let value = parse_json(name, &text).map_err(|problem| vec![problem])?;
    let problems = dialect.problems(name, &value);
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
