//! The third oracle: what the pages say, typed by hand.
//!
//! The tables are the Markdown files in `tests/documented/`, which people compare with
//! the pages. They are read here ([`Tables`]) and requests are judged by them
//! ([`Table::judge`]). Nothing in this module reads a schema or calls the crates that
//! do: with the schemas and the generated code it has the names of the rules in
//! common, and nothing else.

mod head;
mod judge;
mod phrase;
mod read;
mod rows;
mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use judge::{Seen, Side};
pub use read::Mistake;
pub use table::{
    Aspect, CodeRow, Facts, Field, Limit, LimitKind, Member, NarrowRate, Object, Retry, Statement,
    Table, Type,
};

/// The tables of all endpoints, by name.
#[derive(Clone, Debug, Default)]
pub struct Tables(BTreeMap<String, Table>);

impl Tables {
    /// The tables of this repository.
    ///
    /// # Errors
    ///
    /// Every line that cannot be understood.
    pub fn repository() -> Result<Self, Vec<Mistake>> {
        Self::load(&crate::home().join("documented"))
    }

    /// The tables in a folder: one file `product/operation.md` an endpoint.
    ///
    /// # Errors
    ///
    /// Every line that cannot be understood.
    pub fn load(folder: &Path) -> Result<Self, Vec<Mistake>> {
        let mut texts = BTreeMap::new();
        for (name, path) in files(folder)? {
            let text = std::fs::read_to_string(&path)
                .map_err(|error| vec![Mistake::new(&name, 0, error.to_string())])?;
            texts.insert(name, text);
        }
        Self::from_texts(&texts)
    }

    /// The same, from texts in memory by the names of the endpoints.
    ///
    /// # Errors
    ///
    /// Every line that cannot be understood.
    pub fn from_texts(texts: &BTreeMap<String, String>) -> Result<Self, Vec<Mistake>> {
        let mut tables = BTreeMap::new();
        let mut mistakes = Vec::new();
        for (name, text) in texts {
            match Table::read(name, text) {
                Ok(table) => {
                    tables.insert(name.clone(), table);
                }
                Err(found) => mistakes.extend(found),
            }
        }
        if mistakes.is_empty() {
            Ok(Self(tables))
        } else {
            Err(mistakes)
        }
    }

    /// The table of an endpoint, such as `live/create_room`.
    pub fn get(&self, endpoint: &str) -> Option<&Table> {
        self.0.get(endpoint)
    }

    /// The table of one endpoint alone.
    #[must_use]
    pub fn only(&self, endpoint: &str) -> Self {
        let tables = self.0.get_key_value(endpoint).into_iter();
        Self(
            tables
                .map(|(name, table)| (name.clone(), table.clone()))
                .collect(),
        )
    }

    /// The names of the endpoints, ordered.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// The names of the endpoints that have a file, and the files.
fn files(folder: &Path) -> Result<BTreeMap<String, PathBuf>, Vec<Mistake>> {
    let read = |folder: &Path| {
        let unreadable = |error: std::io::Error| {
            vec![Mistake::new(
                &folder.display().to_string(),
                0,
                error.to_string(),
            )]
        };
        let entries = std::fs::read_dir(folder).map_err(unreadable)?;
        entries
            .map(|entry| Ok(entry.map_err(unreadable)?.path()))
            .collect::<Result<Vec<PathBuf>, Vec<Mistake>>>()
    };
    let mut files = BTreeMap::new();
    for product in read(folder)?.into_iter().filter(|path| path.is_dir()) {
        for path in read(&product)? {
            let name = (product.file_name(), path.file_stem());
            if let ((Some(product), Some(operation)), Some("md")) = (
                name,
                path.extension().and_then(|extension| extension.to_str()),
            ) {
                let name = format!("{}/{}", product.display(), operation.display());
                files.insert(name, path);
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_understood_and_named_after_its_command() {
        let tables = Tables::repository().unwrap_or_else(|mistakes| {
            let mistakes: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            panic!("{}", mistakes.join("\n"))
        });
        for name in tables.names() {
            let path = &tables.get(name).unwrap().facts.path;
            let (product, operation) = name.split_once('/').unwrap();
            let services: &[&str] = match product {
                "live" => &["live_engine_http_srv", "live_engine_http_pk", "live_config"],
                "conference" => &["room_engine_http_srv", "room_config"],
                "seats" => &["room_engine_http_mic"],
                _ => panic!("{name}: no product has this folder"),
            };
            assert!(
                services
                    .iter()
                    .any(|service| *path == format!("v4/{service}/{operation}")),
                "{name} is said to be called at {path}"
            );
        }
    }
}
