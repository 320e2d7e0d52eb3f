//! Rules about members.

use serde_json::{Value, json};

use crate::support::{Files, TYPES};

fn rule(keyword: &str, value: Value) -> Files {
    Files::sound().call(&format!("/{keyword}"), value)
}

#[test]
fn mandatory_members_are_there() {
    rule("required", json!(["Name", "Tag"]))
        .expect_one("/required/1", &["no member `Tag`", "did you mean `Tags`?"]);
    rule("required", json!(["Name", "Zzz"])).expect_one("/required/1", &["no member `Zzz`"]);
    rule("required", json!(["Name", "Name"])).expect_one("/required", &["`Name` stands twice"]);
    Files::sound()
        .call("/properties/Inner/required", json!(["id"]))
        .expect_one("/properties/Inner/required/0", &["no member `id`"]);
    Files::sound()
        .with(TYPES, "/$defs/Entry/required", json!(["Kee"]))
        .expect(&[(TYPES, "/$defs/Entry/required/0", &["did you mean `Key`?"])]);
    Files::sound()
        .call("/response/required", json!(["Room"]))
        .expect_one("/response/required/0", &["no member `Room`"]);
}

#[test]
fn differences_are_of_two_integers_and_have_a_limit() {
    let difference = |of: &str, minus: &str| {
        rule(
            "differences",
            json!([{ "of": of, "minus": minus, "minimum": 1 }]),
        )
    };
    difference("End", "Start").expect_none();
    difference("End", "Name").expect_one("/differences/0/minus", &["`Name`", "integer"]);
    difference("Tags", "Start").expect_one("/differences/0/of", &["`Tags`", "integer"]);
    difference("Ende", "Start").expect_one("/differences/0/of", &["did you mean `End`?"]);
    difference("End", "End").expect_one("/differences/0", &["two members"]);
    rule("differences", json!([{ "of": "End", "minus": "Start" }]))
        .expect_one("/differences/0", &["a `minimum` or a `maximum`"]);
    rule(
        "differences",
        json!([{ "of": "End", "minus": "Start", "minimum": 2, "maximum": 1 }]),
    )
    .expect_one("/differences/0/minimum", &["2 is above"]);
}

#[test]
fn sums_are_of_texts() {
    let sum = |rule_of: Value| {
        let mut rule_of = rule_of;
        rule_of["maximum"] = json!(16);
        rule("sums", json!([rule_of]))
    };
    sum(json!({ "over": "Tags" })).expect_none();
    sum(json!({ "over": "Labels" })).expect_none();
    sum(json!({ "over": "Entries", "member": "Value" })).expect_none();
    sum(json!({ "over": "Name" })).expect_one("/sums/0/over", &["a list or a map"]);
    sum(json!({ "over": "Inner" })).expect_one("/sums/0/over", &["a list or a map"]);
    sum(json!({ "over": "Tag" })).expect_one("/sums/0/over", &["did you mean `Tags`?"]);
    sum(json!({ "over": "Entries" })).expect_one("/sums/0/over", &["has to be text"]);
    sum(json!({ "over": "Entries", "member": "Weight" }))
        .expect_one("/sums/0/member", &["has to be text"]);
    sum(json!({ "over": "Entries", "member": "Valu" }))
        .expect_one("/sums/0/member", &["did you mean `Value`?"]);
    sum(json!({ "over": "Tags", "member": "Value" }))
        .expect_one("/sums/0/member", &["no member `Value`"]);
}

#[test]
fn groups_are_of_optional_members() {
    for keyword in ["requiredTogether", "atLeastOneOf"] {
        let group = |members: Value| rule(keyword, json!([["Start", "End"], members]));
        group(json!(["Mode", "Tags"]))
            .call("/examples", json!([]))
            .call("/counterexamples", json!([]))
            .expect_none();
        group(json!(["Mode", "Tag"])).expect_one(&format!("/{keyword}/1/1"), &["no member `Tag`"]);
        group(json!(["Mode", "Name"]))
            .expect_one(&format!("/{keyword}/1/1"), &["`Name` is mandatory"]);
        group(json!(["Mode", "Mode"]))
            .expect_one(&format!("/{keyword}/1"), &["`Mode` stands twice"]);
    }
}

#[test]
fn conditions_name_a_sibling_and_its_values() {
    let place = "/properties/Start/appliesWhen";
    let condition = |member: &str, values: Value| {
        Files::sound().call(place, json!({ "member": member, "values": values }))
    };
    condition("Mode", json!(["Free"])).expect_none();
    condition("Template", json!(["Audio", "Video"])).expect_none();
    condition("Mod", json!(["Free"]))
        .expect_one(&format!("{place}/member"), &["did you mean `Mode`?"]);
    condition("Id", json!(["Free"])).expect_one(&format!("{place}/member"), &["no member `Id`"]);
    condition("Mode", json!(["Free", "Fre"])).expect_one(
        &format!("{place}/values/1"),
        &["`Fre`", "did you mean `Free`?"],
    );
    condition("Mode", json!(["Free", "Free"])).expect_one(&format!("{place}/values"), &["twice"]);
    // Only the canonical spelling.
    condition("Template", json!(["audio"]))
        .expect_one(&format!("{place}/values/0"), &["no listed value"]);
    condition("Name", json!(["a"]))
        .expect_one(&format!("{place}/values/0"), &["no listed value of `Name`"]);
    Files::sound()
        .call(
            "/properties/Mode/appliesWhen",
            json!({ "member": "Mode", "values": ["Free"] }),
        )
        .expect_one("/properties/Mode/appliesWhen/member", &["another member"]);
}
