//! The schemas, as they were when this crate was built.

use trtc_rooms_schema::{Problems, SchemaSet};

include!(concat!(env!("OUT_DIR"), "/schemas.rs"));

/// The schemas that are built into this crate.
///
/// # Errors
///
/// What is wrong with them. A repository that passes its tests has none of that.
pub fn schemas() -> Result<SchemaSet, Problems> {
    SchemaSet::from_files(FILES.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_schemas_are_those_of_the_repository() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemas");
        let loaded = SchemaSet::load(folder.as_ref()).unwrap();
        let text = |set: &SchemaSet| -> Vec<(String, String)> {
            let files = set.files();
            files
                .map(|file| (file.name.clone(), file.sha256()))
                .collect()
        };
        assert_eq!(text(&schemas().unwrap()), text(&loaded));
    }
}
