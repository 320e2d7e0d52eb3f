//! Every documented error code of every endpoint, and some that no document knows,
//! comes back as the right typed error. H11, H12 and L13 of the catalogue.

use std::collections::BTreeSet;
use std::fmt::Write;

use trtc_rooms::ErrorClass;
use trtc_rooms_contract::http::tables::codes;
use trtc_rooms_contract::http::{Ear, Stub, TARGETS, Target, schemas};
use trtc_rooms_schema::SchemaFile;

#[tokio::test]
async fn every_code_of_every_endpoint_comes_back_typed() {
    let ear = Ear::open(&[]);
    let stub = Stub::start().await;
    for target in TARGETS {
        // 96 of the gateway, 91 of the rooms, and those that no document lists.
        codes::run(&stub, target).await.assert(190);
    }
    ear.clean().unwrap();
}

#[test]
fn the_table_and_the_schemas_list_the_same_codes() {
    for target in TARGETS {
        codes::complete(target.name).unwrap();
    }
}

#[test]
fn every_endpoint_of_the_schemas_is_called() {
    let described: Vec<_> = schemas().endpoints().map(SchemaFile::stem).collect();
    let called: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
    assert_eq!(described, called, "TARGETS in tests/src/http/target.rs");
    for target in TARGETS {
        assert_eq!(target.endpoint.name, target.name);
        let file = schemas().file(&format!("{}.json", target.name)).unwrap();
        let facts = file.document.endpoint.as_ref().unwrap();
        assert_eq!(
            facts.repeat.safe,
            target.repeat_is_safe(),
            "{}",
            target.name
        );
    }
}

/// One line for each class, as it stands in a log.
#[tokio::test]
async fn errors_read_well() {
    let stub = Stub::start().await;
    let mut lines = String::new();
    let mut classes = BTreeSet::new();
    for (endpoint, code) in [
        ("live/create_room", 100_002),
        ("live/update_room_info", 70_001),
        ("live/update_room_info", 100_006),
        ("conference/create_room", 100_007),
        ("live/create_room", 100_012),
        ("live/update_room_info", 100_004),
        ("conference/create_room", 100_010),
        ("live/create_room", 100_026),
        ("conference/create_room", 60_008),
        ("live/create_room", 100_999),
    ] {
        let error = codes::error(&stub, Target::named(endpoint), code).await;
        let class = error.class().unwrap();
        classes.insert(class.as_str());
        writeln!(lines, "{class}\n  {}", steady(&error.to_string())).unwrap();
    }
    let all = [
        ErrorClass::Request,
        ErrorClass::Authentication,
        ErrorClass::Permission,
        ErrorClass::Account,
        ErrorClass::RateLimit,
        ErrorClass::NotFound,
        ErrorClass::Conflict,
        ErrorClass::Content,
        ErrorClass::Server,
        ErrorClass::Unknown,
    ];
    assert_eq!(
        classes,
        all.map(ErrorClass::as_str).into(),
        "one of each class"
    );
    insta::assert_snapshot!("errors_by_class", lines);
}

/// Without what differs from run to run: the number of the request, and how far the
/// clock that stands still is from that of the stub.
fn steady(line: &str) -> String {
    let mut steady = String::new();
    let mut rest = line;
    for (before, after) in [("(random: ", ")"), ("machine is ", " s behind")] {
        if let Some((start, end)) = rest.split_once(before) {
            steady += start;
            steady += before;
            steady += "N";
            rest = end.find(after).map_or("", |at| &end[at..]);
        }
    }
    steady + rest
}
