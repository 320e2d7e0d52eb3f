//! Tables of codes.

use serde_json::json;

use crate::support::{Files, code};

#[test]
fn codes_stand_once_and_ascend() {
    let codes = |second| {
        let codes = json!([
            code(100_002, "A"),
            second,
            code(100_010, "C"),
            code(100_012, "D")
        ]);
        Files::sound().call("/codes", codes)
    };
    codes(code(100_003, "B")).expect_none();
    codes(code(100_002, "B")).expect_one("/codes/1/code", &["code 100002 stands twice"]);
    codes(code(100_011, "B")).expect_one(
        "/codes/2/code",
        &["100010 stands after 100011", "ascending order"],
    );
    codes(code(100_003, "A")).expect_one("/codes/1/name", &["code 100002 has the same name"]);
}

#[test]
fn a_pause_goes_with_later() {
    let mut paused = code(100_003, "B");
    paused["retryAfterSeconds"] = json!(1);
    let codes = json!([
        code(100_002, "A"),
        paused,
        code(100_010, "C"),
        code(100_012, "D")
    ]);
    Files::sound()
        .call("/codes", codes)
        .expect_one("/codes/1/retryAfterSeconds", &["\"retry\": \"later\""]);
}

#[test]
fn common_tables_do_not_overlap() {
    let table = |codes| {
        json!({
            "$schema": "../dialect.json", "title": "Codes", "description": "Codes.",
            "codes": codes,
        })
    };
    // A page may give a common code another meaning, one common table may not.
    let sound = Files::sound().file("common/codes.json", table(json!([code(100_002, "A")])));
    sound.expect_none();
    sound
        .file(
            "common/more.json",
            table(json!([code(1, "A"), code(100_002, "B")])),
        )
        .expect(&[(
            "common/more.json",
            "/codes/1/code",
            &["common/codes.json", "100002"],
        )]);
}

#[test]
fn codes_that_facts_name_are_in_a_table() {
    let place = "/endpoint/repeat/doneCodes";
    Files::sound()
        .call(place, json!([100_010, 100_099]))
        .expect_one("/endpoint/repeat/doneCodes/1", &["100099 is in no table"]);
    Files::sound()
        .call("/endpoint/otherRates/0/code", json!(100_099))
        .expect_one("/endpoint/otherRates/0/code", &["100099 is in no table"]);
}
