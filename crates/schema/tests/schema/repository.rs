//! The schema files of this repository.

use std::collections::BTreeSet;
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

#[test]
fn every_group_has_calls() {
    let set = repository();
    for file in set.files() {
        let Some(product) = &file.document.product else {
            continue;
        };
        let folder = file.stem().trim_end_matches("product");
        let used: BTreeSet<&String> = set
            .endpoints()
            .filter(|endpoint| endpoint.name.starts_with(folder))
            .filter_map(|endpoint| endpoint.document.endpoint.as_ref()?.group.as_ref())
            .collect();
        let groups: BTreeSet<&String> = product.groups.keys().collect();
        assert_eq!(used, groups, "{}", file.name);
    }
}

/// The commands that can be subscribed to, and the webhooks that come.
#[test]
fn every_command_is_an_event() {
    let set = repository();
    // A switch: nothing is ever sent with it.
    let switches = ["Live.CallbackBeforeCallBackNotBlock"];
    for product in ["live", "conference"] {
        let list = set
            .file(&format!("common/{product}_callbacks.json"))
            .unwrap();
        let list = &list.document.schema.definitions["CallbackCommand"];
        let listed = list.open_enum.iter().flatten().map(String::as_str);
        let listed: BTreeSet<&str> = listed.filter(|word| !switches.contains(word)).collect();
        let events = set.events().filter_map(|file| file.document.event.as_ref());
        let of_product = events.filter(|event| event.products.iter().any(|it| it == product));
        let described: BTreeSet<&str> = of_product.map(|event| event.command.as_str()).collect();
        assert_eq!(listed, described, "{product}");
    }
}
