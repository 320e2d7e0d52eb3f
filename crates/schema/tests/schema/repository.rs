//! The schema files of this repository.

use std::path::Path;

use trtc_rooms_schema::SchemaSet;

fn repository() -> SchemaSet {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas");
    SchemaSet::load(&folder).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn every_file_is_sound_and_lowers() {
    let set = repository();
    let ir = trtc_rooms_schema::lower(&set).unwrap_or_else(|problems| panic!("{problems}"));
    let names: Vec<String> = ir
        .endpoints
        .iter()
        .map(|endpoint| format!("{}/{}", endpoint.product, endpoint.operation))
        .collect();
    assert!(names.contains(&"live/create_room".to_owned()), "{names:?}");
}
