//! The repository's own changelog is one that can be read.

use std::fs;
use std::path::Path;

use trtc_rooms_compat::{Changelog, Class, Schemas, compare};

use crate::set::Set;

#[test]
fn the_changelog_of_this_repository_follows_the_convention() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../CHANGELOG.md");
    let changelog = Changelog::parse(&fs::read_to_string(path).unwrap());
    // From nothing to today everything is new, and the changelog says so.
    let changes = compare(&Schemas::default(), &Set::repository().schemas());
    let demand = changelog.demand(&Changelog::default(), &changes);
    assert_eq!(demand.needed, Some(Class::Minor));
    assert!(demand.is_met);
}
