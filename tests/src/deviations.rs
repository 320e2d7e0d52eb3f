//! Deviations that are known: where the oracles differ, and why that is left so.

use std::collections::BTreeMap;

/// The known deviations: id and reason.
#[derive(Clone, Debug, Default)]
pub struct Deviations(BTreeMap<String, String>);

impl Deviations {
    /// Those of this repository.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or a line has no reason.
    pub fn repository() -> Result<Self, String> {
        let path = crate::home().join("known-deviations.txt");
        let text = std::fs::read_to_string(&path)
            .map_err(|error| format!("tests/known-deviations.txt cannot be read: {error}"))?;
        Self::read(&text)
    }

    /// Reads lines of the form `id: reason`; what follows a `#` is a comment.
    ///
    /// # Errors
    ///
    /// When a line has no reason, or an id stands twice.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut deviations = BTreeMap::new();
        for (index, line) in text.lines().enumerate() {
            let wrong = |what: &str| format!("tests/known-deviations.txt:{}: {what}", index + 1);
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (id, reason) = line
                .split_once(": ")
                .ok_or_else(|| wrong("`id: reason` is expected"))?;
            let reason = reason.trim().to_owned();
            if deviations.insert(id.to_owned(), reason).is_some() {
                return Err(wrong("the id stands twice"));
            }
        }
        Ok(Self(deviations))
    }

    /// Why a deviation is known.
    pub fn reason(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }

    /// The ids.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_an_id_and_a_reason() {
        let read = |text: &str| Deviations::read(text);
        let known =
            read("# why\n\nlive/create_room/RoomInfo.RoomId/maxBytes/rule: the page\n").unwrap();
        assert_eq!(
            known.reason("live/create_room/RoomInfo.RoomId/maxBytes/rule"),
            Some("the page")
        );
        assert!(
            read("live/create_room/RoomInfo.RoomId/maxBytes/rule")
                .unwrap_err()
                .contains(":1:")
        );
        assert!(read("a: b\na: c").is_err());
    }
}
