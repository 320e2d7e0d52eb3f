//! What the file of an endpoint says about the call.

use serde_json::json;

use crate::support::{CALL, Files};

#[test]
fn the_path_ends_with_the_name_of_the_file() {
    Files::sound()
        .call("/endpoint/path", json!("v4/live/call_me"))
        .expect_one("/endpoint/path", &["`call.json`", "ends otherwise"]);
    Files::sound()
        .call("/endpoint/path", json!("v4/live/recall"))
        .expect_one("/endpoint/path", &["`call.json`"]);
}

#[test]
fn two_endpoints_have_two_paths() {
    let files = Files::sound();
    let (call, product) = (files.0[CALL].clone(), files.0["live/product.json"].clone());
    files
        .file("seats/call.json", call)
        .file("seats/product.json", product)
        .expect(&[(
            "seats/call.json",
            "/endpoint/path",
            &["schemas/live/call.json", "v4/live/call"],
        )]);
}

#[test]
fn a_product_is_described() {
    Files::sound()
        .without_file("live/product.json")
        .expect_one("", &["schemas/live/product.json is missing"]);
    Files::sound()
        .without("live/product.json", "/product")
        .expect_one("", &["schemas/live/product.json is missing"]);
}

#[test]
fn regions_are_known_and_stand_once() {
    let regions = |names| Files::sound().call("/endpoint/regions", names);
    regions(json!(["usa", "singapore"])).expect_none();
    regions(json!(["usa", "singapor"])).expect_one(
        "/endpoint/regions/1",
        &["no region `singapor`", "singapore"],
    );
    regions(json!(["mars"])).expect_one("/endpoint/regions/0", &["known: singapore, usa"]);
    regions(json!(["usa", "usa"])).expect_one("/endpoint/regions", &["`usa` stands twice"]);
}

#[test]
fn rates_are_counted_over_members() {
    let counted =
        |pointer: &str| Files::sound().call("/endpoint/otherRates/0/countedOver", json!(pointer));
    counted("/Inner/Id").expect_none();
    for pointer in ["/Inner/Nothing", "Name", "", "/", "/Name/Id", "/Tags/0"] {
        counted(pointer).expect_one("/endpoint/otherRates/0/countedOver", &["no member at"]);
    }
    Files::sound()
        .call(
            "/properties/A~1B",
            json!({ "description": "A.", "type": "string" }),
        )
        .call("/endpoint/otherRates/0/countedOver", json!("/A~1B"))
        .expect_none();
}

#[test]
fn requests_and_responses_are_objects() {
    Files::sound()
        .without(CALL, "/response")
        .expect_one("", &["needs a `response`"]);
    Files::sound()
        .call(
            "/response",
            json!({ "description": "A.", "type": "string" }),
        )
        .expect_one("/response", &["a response is an object"]);
    let files = Files::sound().call("/type", json!("string"));
    assert!(files.problems().iter().any(|problem| {
        problem.place.is_empty() && problem.message.contains("a request is an object")
    }));
}

#[test]
fn quirks_are_about_places() {
    let quirk = |about: &str| {
        let quirk = json!({ "about": about, "documents": "A.", "decision": "B." });
        Files::sound().call("/quirks", json!([quirk]))
    };
    for about in [
        "",
        "/properties/Name/maxBytes",
        "/$defs/Template/openEnum/0",
    ] {
        quirk(about).expect_none();
    }
    for about in ["/properties/Nam", "properties/Name", "/codes/9"] {
        quirk(about).expect_one("/quirks/0/about", &["is no place in this file"]);
    }
}
