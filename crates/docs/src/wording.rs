//! Fingerprints of the vendor's wording.
//!
//! The sentences of the pages are the vendor's: they are in no file of this project.
//! To notice that one has changed, a hash of it is enough. `crates/docs/wording.json`
//! has one for each description, as it was when the page was accepted last.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::diff::sayings;
use crate::page::Page;

/// The fingerprints of all pages, by endpoint (`live/create_room`) and thing
/// (`request RoomId`, `code 100002`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    endpoints: BTreeMap<String, BTreeMap<String, String>>,
}

impl Wording {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let endpoints = serde_json::from_value(value["endpoints"].clone())
            .map_err(|error| format!("`endpoints`: {error}"))?;
        Ok(Self { endpoints })
    }

    /// The text of the file.
    pub fn to_text(&self) -> String {
        let value = json!({
            "about": "Fingerprints of the vendor's wording, written by `cargo xtask docs accept`. Do not edit.",
            "endpoints": self.endpoints,
        });
        format!("{value:#}\n")
    }

    /// The fingerprint of a thing.
    pub fn get(&self, endpoint: &str, key: &str) -> Option<&str> {
        self.endpoints.get(endpoint)?.get(key).map(String::as_str)
    }

    /// Records what a page says about things that are not recorded yet, or about all
    /// of them; and forgets things that it no longer has. How many have changed.
    pub fn record(&mut self, endpoint: &str, page: &Page, all: bool) -> usize {
        let known = self.endpoints.entry(endpoint.to_owned()).or_default();
        let sayings = sayings(page);
        let before = known.clone();
        known.retain(|key, _| sayings.iter().any(|saying| saying.key == *key));
        for saying in sayings {
            let fingerprint = fingerprint(&saying.rest);
            if all || !known.contains_key(&saying.key) {
                known.insert(saying.key, fingerprint);
            }
        }
        let changed = known
            .iter()
            .filter(|(key, value)| before.get(*key) != Some(*value));
        let gone = before.keys().filter(|key| !known.contains_key(*key));
        changed.count() + gone.count()
    }
}

/// The fingerprint of a text: of its letters and digits only, in lower case, so that
/// neither the form that a page was saved in nor punctuation matters.
pub(crate) fn fingerprint(text: &str) -> String {
    let letters: String = text
        .chars()
        .filter(|character| character.is_alphanumeric() || *character == '#')
        .flat_map(char::to_lowercase)
        .collect();
    let digest = Sha256::digest(letters);
    let mut text = String::with_capacity(16);
    for byte in digest.iter().take(8) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_letters_and_digits_count() {
        assert_eq!(fingerprint("Room ID."), fingerprint("room\n id"));
        assert_ne!(fingerprint("Room ID 1"), fingerprint("Room ID 2"));
    }

    #[test]
    fn the_file_reads_back() {
        let mut wording = Wording::default();
        let things = wording.endpoints.entry("live/x".to_owned()).or_default();
        things.insert("code 1".to_owned(), fingerprint("one"));
        assert_eq!(Wording::parse(&wording.to_text()).unwrap(), wording);
        assert!(Wording::parse("{}").is_err());
    }
}
