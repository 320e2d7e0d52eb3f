//! The groups of a product, and the products that serve others.

use serde_json::{Value, json};

use crate::support::{CALL, Files};

const PRODUCT: &str = "live/product.json";

/// The sound set with groups, in one of which the endpoint stands.
fn grouped() -> Files {
    let groups = json!({ "rooms": { "description": "Rooms." } });
    Files::sound()
        .with(PRODUCT, "/product/groups", groups)
        .call("/endpoint/group", json!("rooms"))
}

fn expect_in_product(files: &Files, place: &str, words: &[&str]) {
    files.expect(&[(PRODUCT, place, words)]);
}

#[test]
fn every_endpoint_stands_in_a_group_if_there_are_any() {
    grouped().expect_none();
    grouped()
        .without(CALL, "/endpoint/group")
        .expect_one("/endpoint", &["`group` is missing", "rooms"]);
    Files::sound()
        .call("/endpoint/group", json!("rooms"))
        .expect_one("/endpoint/group", &["no group `rooms`"]);
    let files = grouped().call("/endpoint/group", json!("room"));
    let problems = files.problems();
    let found = problems
        .iter()
        .any(|problem| problem.message.contains("did you mean `rooms`?"));
    assert!(found, "{problems:?}");
}

#[test]
fn a_group_is_a_method_and_described() {
    let group = |name: &str, group: Value| {
        grouped().with(PRODUCT, &format!("/product/groups/{name}"), group)
    };
    let files = group("rooms", json!({ "description": " " }));
    expect_in_product(
        &files,
        "/product/groups/rooms",
        &["`description` is missing"],
    );
    for name in ["Rooms", "rooms 2", ""] {
        let files = Files::sound()
            .with(
                PRODUCT,
                "/product/groups",
                json!({ name: { "description": "X." } }),
            )
            .call("/endpoint/group", json!(name));
        let problems = files.problems();
        let found = problems
            .iter()
            .any(|problem| problem.message.contains("a-z and _"));
        assert!(found, "{name}: {problems:?}");
    }
    let files = Files::sound()
        .with(
            PRODUCT,
            "/product/groups",
            json!({ "call": { "description": "X." } }),
        )
        .call("/endpoint/group", json!("call"));
    expect_in_product(
        &files,
        "/product/groups/call",
        &["a call is named `call` as well"],
    );
}

#[test]
fn shared_products_are_there_and_have_names_of_their_own() {
    let seats = json!({
        "$schema": "../dialect.json", "title": "Seats", "description": "Seats.",
        "product": {
            "page": { "title": "Call", "url": "https://example.com/1" },
        },
    });
    let sharing = |shares: Value| {
        grouped()
            .file("seats/product.json", seats.clone())
            .with(PRODUCT, "/product/shares", shares)
    };
    sharing(json!(["seats"])).expect_none();
    let files = sharing(json!(["seat"]));
    expect_in_product(
        &files,
        "/product/shares/0",
        &["no other product `seat`", "seats"],
    );
    let files = sharing(json!(["live"]));
    expect_in_product(&files, "/product/shares/0", &["no other product `live`"]);
    let files = sharing(json!(["seats", "seats"]));
    expect_in_product(&files, "/product/shares/1", &["`seats` as well"]);
}

#[test]
fn what_is_incomplete_has_a_place() {
    let gap = |about: &str| {
        let gap = json!([{ "about": about, "reason": "The copy ends here." }]);
        Files::sound().call("/incomplete", gap)
    };
    gap("/codes").expect_none();
    gap("/cods").expect_one("/incomplete/0/about", &["`/cods` is no place in this file"]);
}
