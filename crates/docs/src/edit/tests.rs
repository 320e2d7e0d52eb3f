use super::*;
use serde_json::json;

const FILE: &str = "{\n  \"a\": { \"x\": 1, \"y\": [1, 2] },\n  \"list\": [\"one\",   \"three\"],\n  \"codes\": [\n    {\n      \"code\": 1\n    },\n    {\n      \"code\": 3\n    }\n  ]\n}\n";

fn applied(edit: &Edit) -> String {
    edit.apply(FILE).unwrap()
}

#[test]
fn setting_a_value_changes_nothing_else() {
    let edit = Edit::set("/a/x", json!(22));
    assert_eq!(applied(&edit), FILE.replace("\"x\": 1", "\"x\": 22"));
    let edit = Edit::set("/list/1", json!("two"));
    assert_eq!(applied(&edit), FILE.replace("\"three\"", "\"two\""));
}

#[test]
fn members_come_and_go_without_a_trace() {
    let edit = Edit::Insert {
        object: "/a".to_owned(),
        name: "z".to_owned(),
        value: json!(9),
        after: &["x"],
    };
    let with = applied(&edit);
    assert_eq!(with, FILE.replace("\"x\": 1", "\"x\": 1, \"z\": 9"));
    let back = Edit::Remove {
        pointer: "/a/z".to_owned(),
    };
    assert_eq!(back.apply(&with).unwrap(), FILE);
    assert!(edit.apply(&with).is_err(), "it is there already");
}

#[test]
fn a_member_of_a_tall_object_gets_a_line_of_its_own() {
    let edit = Edit::Insert {
        object: String::new(),
        name: "b".to_owned(),
        value: json!(true),
        after: &["a"],
    };
    assert_eq!(
        applied(&edit),
        FILE.replace("] },\n", "] },\n  \"b\": true,\n")
    );
    let first = Edit::Insert {
        object: String::new(),
        name: "b".to_owned(),
        value: json!(true),
        after: &[],
    };
    assert!(applied(&first).starts_with("{\n  \"b\": true,\n  \"a\""));
}

#[test]
fn elements_come_and_go_without_a_trace() {
    for (list, value, before, element) in [
        (
            "/list",
            json!("two"),
            Some(Element::Text("three".to_owned())),
            Element::Text("two".to_owned()),
        ),
        (
            "/list",
            json!("four"),
            None,
            Element::Text("four".to_owned()),
        ),
        (
            "/codes",
            json!({"code": 2}),
            Some(Element::Code(3)),
            Element::Code(2),
        ),
        (
            "/codes",
            json!({"code": 4, "name": "D"}),
            None,
            Element::Code(4),
        ),
    ] {
        let add = Edit::Add {
            list: list.to_owned(),
            before,
            value: value.clone(),
        };
        let with = applied(&add);
        let parsed: Value = serde_json::from_str(&with).unwrap();
        assert!(
            parsed
                .pointer(list)
                .unwrap()
                .as_array()
                .unwrap()
                .contains(&value)
        );
        let back = Edit::Drop {
            list: list.to_owned(),
            element,
        };
        assert_eq!(back.apply(&with).unwrap(), FILE, "{add:?}");
    }
}

#[test]
fn the_last_one_leaves_nothing_behind() {
    let drop = |text: &str, word: &str| {
        let edit = Edit::Drop {
            list: "/l".to_owned(),
            element: Element::Text(word.to_owned()),
        };
        edit.apply(text).unwrap()
    };
    assert_eq!(drop("{\"l\": [\"a\"]}", "a"), "{\"l\": []}");
    let add = Edit::Add {
        list: "/l".to_owned(),
        before: None,
        value: json!("a"),
    };
    assert_eq!(add.apply("{\"l\": []}").unwrap(), "{\"l\": [\"a\"]}");
    let remove = Edit::Remove {
        pointer: "/l".to_owned(),
    };
    assert_eq!(remove.apply("{\"l\": []}").unwrap(), "{}");
}

#[test]
fn line_ends_of_windows_stay() {
    let file = FILE.replace('\n', "\r\n");
    let add = Edit::Add {
        list: "/codes".to_owned(),
        before: None,
        value: json!({"code": 4, "name": "D"}),
    };
    let with = add.apply(&file).unwrap();
    assert_eq!(with.matches('\n').count(), with.matches("\r\n").count());
}

#[test]
fn what_is_not_there_is_an_error() {
    let set = |pointer| Edit::set(pointer, json!(1)).apply(FILE).is_err();
    assert!(set("/b") && set("/list/2") && set("/a/x/y"));
}
