//! Violations and hints of requests that are made by hand.

use serde_json::json;
use trtc_rooms_core::{HintKind, Validate};

use crate::common::types::{Entry, Mode, Point};
use crate::live::all_limits::{AllLimitsRequest, Deep, Inner, Template};
use crate::live::odd_names::{OddNamesRequest, OddValue};
use crate::move_::async_::AsyncRequest;
use crate::requests::all_limits;
use crate::support::{broken, by_schema};

/// What `validate` finds, after making sure that the schema finds the same.
#[track_caller]
fn found(request: &AllLimitsRequest) -> Vec<(String, String, i32)> {
    let violations = request.validate().err();
    let found = broken(violations.iter().flatten());
    let json = serde_json::to_value(request).unwrap();
    assert_eq!(found, by_schema("live/all_limits", &json));
    found.into_iter().collect()
}

#[track_caller]
fn expect(request: &AllLimitsRequest, expected: &[(&str, &str, i32)]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|(pointer, rule, code)| ((*pointer).to_owned(), (*rule).to_owned(), *code))
        .collect();
    assert_eq!(found(request), expected);
}

fn changed(change: impl FnOnce(&mut AllLimitsRequest)) -> AllLimitsRequest {
    let mut request = all_limits();
    change(&mut request);
    request
}

#[test]
fn a_sound_request_breaks_nothing() {
    expect(&all_limits(), &[]);
    assert!(AsyncRequest::new().validate().is_ok());
}

#[test]
fn limits_of_mandatory_and_optional_members() {
    expect(
        &changed(|r| r.name = "房".repeat(3)),
        &[("/Name", "maxBytes", 100_505)],
    );
    expect(
        &changed(|r| r.name = "n".to_owned()),
        &[("/Name", "minBytes", 100_504)],
    );
    expect(
        &changed(|r| r.number = -6),
        &[("/Number", "minimum", 100_504)],
    );
    expect(
        &changed(|r| r.number = 6),
        &[("/Number", "maximum", 100_002)],
    );
    expect(
        &changed(|r| r.kind = Mode::Apply),
        &[("/Kind", "enum", 100_002)],
    );
    expect(
        &changed(|r| r.strict = "x".into()),
        &[("/Strict", "enum", 100_504)],
    );
    expect(&all_limits().mode("x"), &[("/Mode", "enum", 100_504)]);
    expect(
        &all_limits().narrow("Idle"),
        &[("/Narrow", "enum", 100_002)],
    );
    expect(&all_limits().user(""), &[("/User", "minBytes", 100_002)]);
    expect(
        &all_limits().user("u".repeat(9)),
        &[("/User", "maxBytes", 100_504)],
    );
}

#[test]
fn what_follows_a_mandatory_list_has_its_own_pointer() {
    let request = changed(|request| request.ids = vec![String::new(), "b".to_owned()]);
    expect(
        &request.after("long"),
        &[
            ("/After", "maxBytes", 100_002),
            ("/Ids/0", "minBytes", 100_002),
        ],
    );
    expect(
        &changed(|request| request.ids.clear()),
        &[("/Ids", "minItems", 100_002)],
    );
}

#[test]
fn elements_have_pointers_and_codes_of_their_own() {
    expect(
        &all_limits().users(["", "fine", "far too long"]),
        &[
            ("/Users/0", "minBytes", 100_002),
            ("/Users/2", "maxBytes", 100_504),
        ],
    );
    expect(
        &all_limits().matrix([vec![1, 10], vec![1, 2, 3]]),
        &[
            ("/Matrix/0/1", "maximum", 100_002),
            ("/Matrix/1", "maxItems", 100_002),
        ],
    );
    expect(
        &all_limits().grid([
            vec![],
            vec![Entry::new("fine"), Entry::new("long!").weight(6)],
        ]),
        &[
            ("/Grid/1/1/Key", "maxBytes", 100_002),
            ("/Grid/1/1/Weight", "maximum", 100_002),
        ],
    );
    expect(
        &all_limits().labels([("a/b", "long"), ("c", "ok")]),
        &[
            ("/Labels", "maxSum", 100_505),
            ("/Labels/a~1b", "maxBytes", 100_002),
        ],
    );
    expect(
        &all_limits().counts([("x", [("y".to_owned(), -1)].into())]),
        &[("/Counts/x/y", "minimum", 100_002)],
    );
    expect(
        &all_limits().named([("n", Entry::new("long!"))]),
        &[("/Named/n/Key", "maxBytes", 100_002)],
    );
}

#[test]
fn a_list_that_is_too_long_is_not_looked_into() {
    expect(
        &all_limits().users([""; 4]),
        &[("/Users", "maxItems", 100_002)],
    );
    expect(
        &all_limits().points([Point::new(), Point::new(), Point::new()]),
        &[("/Points", "maxItems", 100_002)],
    );
}

#[test]
fn rules_about_several_members() {
    expect(&changed(|r| r.to = 9), &[("/To", "minDifference", 100_504)]);
    expect(
        &changed(|r| r.to = 101),
        &[("/To", "maxDifference", 100_504)],
    );
    expect(
        &all_limits().start(0).end(61),
        &[("/End", "maxDifference", 100_504)],
    );
    expect(
        &all_limits().end(-1001),
        &[("/End", "minDifference", 100_504)],
    );
    expect(
        &changed(|r| (r.from, r.to) = (i64::MIN, i64::MAX)).end(i64::MAX),
        &[("/To", "maxDifference", 100_504)],
    );
    expect(
        &all_limits().inner(Inner::new(Deep::new("abc")).low(2).high(1)),
        &[
            ("/Inner/Deep/Text", "maxBytes", 100_002),
            ("/Inner/High", "minDifference", 100_002),
        ],
    );
    let entry = |value: &str| Entry::new("k").value(value);
    expect(
        &changed(|r| r.entries = vec![entry("abcd"), Entry::new("k"), entry("efg")]),
        &[("/Entries", "maxSum", 100_505)],
    );
    expect(
        &all_limits().tags(["房房", "a"]),
        &[("/Tags", "maxSum", 100_505)],
    );
    expect(
        &all_limits().named([("a", Entry::new("abcd")), ("b", Entry::new("efg"))]),
        &[("/Named", "maxSum", 100_505)],
    );
    expect(&all_limits().a("x"), &[("", "requiredTogether", 100_504)]);
    expect(&all_limits().a("x").b(1).c(json!(null)), &[]);
    expect(
        &changed(|r| r.tags = None),
        &[("", "atLeastOneOf", 100_002)],
    );
    expect(&changed(|r| r.template = None).mode("Free"), &[]);
}

#[test]
fn odd_names_are_checked_under_their_wire_names() {
    let request = OddNamesRequest::new(0)
        .type_("long")
        .x1st("long")
        .名("long")
        .a_b_c_d(-1)
        .at("long")
        .report(4)
        .index([vec![4], vec![]])
        .name([("k", "long")])
        .element(["ok", "long"])
        .gen_(0);
    let violations = request.validate().unwrap_err();
    let json = serde_json::to_value(&request).unwrap();
    assert_eq!(broken(&violations), by_schema("live/odd_names", &json));
    assert_eq!(violations.len(), 12);
}

#[test]
fn hints_say_what_has_no_effect_or_is_unknown() {
    let hints = |request: AllLimitsRequest| -> Vec<(String, HintKind)> {
        request
            .hints()
            .into_iter()
            .map(|hint| (hint.pointer, hint.kind))
            .collect()
    };
    let hint = |pointer: &str, kind| vec![(pointer.to_owned(), kind)];
    assert_eq!(hints(all_limits()), []);
    assert_eq!(hints(all_limits().seats(1)), []);
    let typed = || all_limits().template(Template::Type).seats(1);
    assert_eq!(hints(typed()), hint("/Seats", HintKind::NoEffect));
    // Nobody knows what an unknown or an absent template does.
    assert_eq!(
        hints(all_limits().template("x").seats(1)),
        hint("/Template", HintKind::UnknownValue)
    );
    assert_eq!(hints(changed(|r| r.template = None).seats(1)), []);
    assert_eq!(hints(all_limits().depth(1)), []);
    let free = changed(|r| r.strict = Mode::Free);
    assert_eq!(hints(free.depth(1)), hint("/Depth", HintKind::NoEffect));
    assert_eq!(
        hints(all_limits().templates(["Audio", "x"])),
        hint("/Templates/1", HintKind::UnknownValue)
    );
    assert_eq!(
        hints(all_limits().modes([("a", "x")])),
        hint("/Modes/a", HintKind::UnknownValue)
    );
    // A closed list is checked instead.
    assert_eq!(hints(all_limits().mode("x").narrow("x")), []);
    assert_eq!(
        hints(all_limits().start(1_700_000_000_000)),
        hint("/Start", HintKind::Milliseconds)
    );
    let odd = OddNamesRequest::new(1).odd_value(OddValue::from("x"));
    assert_eq!(odd.hints()[0].pointer, "/OddValue");
    assert_eq!(
        typed().hints()[0].message,
        "has an effect only with Template `Audio` or `Video-HD`"
    );
}
