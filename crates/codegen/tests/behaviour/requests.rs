//! Building requests: constructors, setters, what goes over the wire.

use serde_json::{Value, json};

use crate::common::types::{Entry, Mode, Point};
use crate::live::all_limits::{AllLimitsRequest, Deep, Inner, Template};
use crate::live::odd_names::{OddNamesRequest, OddValue, SubObject};
use crate::move_::async_::AsyncRequest;
use crate::{common, live};

/// A request with what is mandatory and nothing else, but for what groups ask for.
pub(crate) fn all_limits() -> AllLimitsRequest {
    AllLimitsRequest::new(
        "name",
        1,
        Mode::Apply,
        ["a", "b"],
        [Entry::new("k")],
        0,
        50,
        0.5,
        json!(null),
        true,
        false,
        true,
        false,
    )
    .tags(["t"])
    .template(Template::VideoHD)
}

fn json_of(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

#[test]
fn only_what_is_given_is_sent() {
    assert_eq!(
        json_of(&all_limits()),
        json!({
            "Name": "name", "Number": 1, "Kind": "Free", "Strict": "Apply", "Ids": ["a", "b"],
            "Entries": [{ "Key": "k" }], "From": 0, "To": 50, "Ratio": 0.5, "Anything": null,
            "Flag1": true, "Flag2": false, "Flag3": true, "Flag4": false,
            "Tags": ["t"], "Template": "Video-HD",
        })
    );
    assert_eq!(json_of(&AsyncRequest::new()), json!({}));
}

#[test]
fn every_setter_reaches_its_member() {
    let request = all_limits()
        .mode("Free")
        .narrow("Slow")
        .other_mode("Slow")
        .user("u")
        .users(["u", "v"])
        .after("a")
        .points([Point::new().x(1).y(2)])
        .other_point(common::more::Point::new(0.25))
        .matrix([vec![1], vec![]])
        .grid([vec![Entry::new("k").value("v").weight(3)]])
        .labels([("a", "b")])
        .named([("n", Entry::new("k"))])
        .counts([("c", [("d".to_owned(), 1)].into())])
        .templates(["Audio"])
        .modes([("m", common::more::Mode::Fast)])
        .start(1)
        .end(2)
        .a("a")
        .b(1)
        .c(json!({}))
        .seats(2)
        .depth(3)
        .share(1.0)
        .any_list([json!(1)])
        .any_map([("k".to_owned(), json!(2))])
        .flag5(true)
        .inner(Inner::new(Deep::new("t")).low(1).high(2));
    let sent = json_of(&request);
    let expected = json!({
        "Mode": "Free", "Narrow": "Slow", "OtherMode": "Slow", "User": "u", "Users": ["u", "v"],
        "After": "a", "Points": [{ "X": 1, "Y": 2 }], "OtherPoint": { "Ratio": 0.25 },
        "Matrix": [[1], []], "Grid": [[{ "Key": "k", "Value": "v", "Weight": 3 }]],
        "Labels": { "a": "b" }, "Named": { "n": { "Key": "k" } }, "Counts": { "c": { "d": 1 } },
        "Templates": ["Audio"], "Modes": { "m": "Fast" }, "Start": 1, "End": 2, "A": "a", "B": 1,
        "C": {}, "Seats": 2, "Depth": 3, "Share": 1.0, "AnyList": [1], "AnyMap": { "k": 2 },
        "Flag5": true, "Inner": { "Deep": { "Text": "t" }, "Low": 1, "High": 2 },
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&sent[name], value, "{name}");
    }
    let back: AllLimitsRequest = serde_json::from_value(sent).unwrap();
    assert_eq!(back, request);
}

#[test]
fn an_empty_list_is_sent_and_an_absent_one_is_not() {
    let sent = json_of(&all_limits().users(Vec::<String>::new()).any_list([]));
    assert_eq!(sent["Users"], json!([]));
    assert_eq!(sent["AnyList"], json!([]));
    assert_eq!(sent.get("Points"), None);
    assert_eq!(
        json_of(&all_limits().labels(Vec::<(&str, &str)>::new()))["Labels"],
        json!({})
    );
}

#[test]
fn null_is_a_value_where_anything_is() {
    let mut sent = json_of(&all_limits().c(json!(null)));
    assert_eq!(sent["C"], json!(null));
    let back: AllLimitsRequest = serde_json::from_value(sent.clone()).unwrap();
    assert_eq!(back.c, Some(json!(null)));
    sent.as_object_mut().unwrap().shift_remove("C");
    let back: AllLimitsRequest = serde_json::from_value(sent).unwrap();
    assert_eq!(back.c, None);
}

#[test]
fn odd_names_stay_on_the_wire() {
    let request = OddNamesRequest::new(1)
        .type_("t")
        .x1st("1")
        .a_b("s")
        .a_b_c_d(0)
        .名("x")
        .action_url("u")
        .with_new("n")
        .with_check(2)
        .with_clone("d")
        .with_validate("v")
        .at("a")
        .report(0)
        .index([vec![1]])
        .name([("k", "v")])
        .element(["e"])
        .with_fmt("f")
        .gen_(1)
        .odd_value(OddValue::Self_)
        .sub_object(SubObject::new().path("p"));
    assert_eq!(
        json_of(&request),
        json!({
            "type": "t", "self": 1, "1st": "1", "a b": "s", "a~b/c|d": 0, "名": "x",
            "ActionURL": "u", "New": "n", "Check": 2, "Clone": "d", "Validate": "v", "At": "a",
            "Report": 0, "Index": [[1]], "Name": { "k": "v" }, "Element": ["e"], "fmt": "f",
            "gen": 1, "OddValue": "Self", "sub-object": { "Path": "p" },
        })
    );
    let copy = request.clone();
    assert_eq!(copy, serde_json::from_value(json_of(&request)).unwrap());
    let _ = live::odd_names::URLInfo::new().text("t");
}

#[test]
fn values_are_read_in_any_spelling_and_written_in_one() {
    for text in ["Audio", "audio", "AUDIO"] {
        assert_eq!(Template::from(text), Template::Audio);
        assert_eq!(json_of(&Template::from(text)), json!("Audio"));
    }
    let unknown = Template::from("Karaoke");
    assert_eq!(unknown.to_string(), "Karaoke");
    assert_eq!(json_of(&unknown), json!("Karaoke"));
    assert_eq!(
        serde_json::from_value::<Template>(json!("Karaoke")).unwrap(),
        unknown
    );
    assert!(serde_json::from_value::<Template>(json!(1)).is_err());
}
