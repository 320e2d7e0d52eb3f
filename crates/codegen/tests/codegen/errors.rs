//! Everything that sound schemas may say and Rust cannot.

use serde_json::json;
use trtc_rooms_codegen::{CodegenError, generate};
use trtc_rooms_schema::ir::{Element, ObjectRule, ObjectRuleKind, Type, TypeName};

use crate::support::{ENDPOINT, Small, expect};

#[test]
fn members_that_fall_together_are_refused() {
    for (first, second) in [
        ("a-b", "a_b"),
        ("RoomID", "RoomId"),
        ("a b", "a.b"),
        ("", "x"),
    ] {
        let escaped = second.replace('/', "~1");
        let files = Small::new().member(first).member(second);
        let place = format!("/properties/{escaped}");
        let error = files.generate().unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("schemas/{ENDPOINT}#/properties/")),
            "{error}"
        );
        assert!(error.contains("in Rust as well"), "{error}");
        if second != "RoomId" {
            files.expect(ENDPOINT, &place, "another member is named");
        }
    }
}

#[test]
fn setters_that_fall_together_are_refused() {
    Small::new().member("New").member("WithNew").expect(
        ENDPOINT,
        "/properties/WithNew",
        "another setter is named `with_new` as well",
    );
}

fn object() -> serde_json::Value {
    json!({
        "description": "An object.", "type": "object",
        "properties": { "Id": { "description": "An id.", "type": "string" } },
    })
}

#[test]
fn names_of_types_are_their_own() {
    let of_member =
        |name: &str| Small::new().with(ENDPOINT, &format!("/properties/{name}"), object());
    for name in ["Path", "Report", "String", "option", "Self", "Call", "vec"] {
        of_member(name).expect(ENDPOINT, &format!("/properties/{name}"), "uses the name");
    }
    // The operation and the product have types in the client.
    for name in ["TakeSeat", "Live"] {
        of_member(name).expect(ENDPOINT, &format!("/properties/{name}"), "uses the name");
    }
    for name in ["1st", "!"] {
        of_member(name).expect(
            ENDPOINT,
            &format!("/properties/{name}"),
            "no name for a type",
        );
    }
    of_member("room-info")
        .with(ENDPOINT, "/properties/RoomInfo", object())
        .expect(
            ENDPOINT,
            "/properties/RoomInfo",
            "the type at /properties/room-info is named `RoomInfo` as well",
        );
    let list = json!({
        "description": "A list.", "type": "string", "openEnum": ["A"],
        "valueDescriptions": { "A": "A." },
    });
    of_member("RoomInfo")
        .with(ENDPOINT, "/$defs", json!({ "RoomInfo": list }))
        .expect(
            ENDPOINT,
            "/$defs/RoomInfo",
            "give the type another name in `$defs`",
        );
}

#[test]
fn values_have_names_of_their_own() {
    let values = |first: &str, second: &str| {
        Small::new().with(
            "common/types.json",
            "/$defs/Odd",
            json!({
                "description": "Odd.", "type": "string", "openEnum": [first, second],
                "valueDescriptions": { first: "A.", second: "B." },
            }),
        )
    };
    for (first, second, words) in [
        ("live", "Live", "the value `Live` is named `Live`"),
        ("a-b", "AB", "the value `AB` is named `AB`"),
        ("A", "Unknown", "the value `Unknown` is named `Unknown`"),
        ("A", "720p", "`720p` is no name for a variant"),
        ("A", "", "`` is no name for a variant"),
    ] {
        values(first, second).expect("common/types.json", "/$defs/Odd", words);
    }
}

#[test]
fn codes_have_constants_of_their_own() {
    let code = |number: i32, name: &str| {
        json!({
            "code": number, "name": name, "class": "request", "retry": "never",
            "meaning": "A.", "remedy": "B.",
        })
    };
    let table = |first, second| {
        Small::new().file(
            "common/codes.json",
            json!({
                "$schema": "../dialect.json", "title": "Codes", "description": "Codes.",
                "codes": [code(1, first), code(2, second)],
            }),
        )
    };
    table("RoomTaken", "ROOMTaken").generate().unwrap();
    table("AB", "Ab").expect("common/codes.json", "/codes/1/name", "named `AB` as well");
    table("A", "Codes").expect(
        "common/codes.json",
        "/codes/1/name",
        "named `CODES` as well",
    );
}

#[test]
fn modules_of_generated_code_are_not_taken() {
    let file = |name: &str| {
        Small::new().file(
            name,
            json!({
                "$schema": "../dialect.json", "title": "Types", "description": "Types.",
                "$defs": { "Odd": object() },
            }),
        )
    };
    file("catalog/types.json").expect("catalog/", "", "name the folder otherwise");
    let product = json!({
        "$schema": "../dialect.json", "title": "Region", "description": "A product.",
        "product": { "page": {
            "title": "A", "url": "https://example.com", "updated": "2026-01-31",
        } },
    });
    Small::new().file("region/product.json", product).expect(
        "region/product.json",
        "",
        "name the folder otherwise",
    );
    // A keyword gets another name, and so does its file.
    let files = file("mod/type.json").generate().unwrap();
    assert!(
        files
            .iter()
            .any(|file| file.path == "crates/model/src/generated/mod_/type_.rs")
    );
}

#[test]
fn lists_in_lists_have_one_code_for_their_elements() {
    let rows = |inner: i32| {
        Small::new().with(
            ENDPOINT,
            "/properties/Rows",
            json!({
                "description": "Rows.", "type": "array",
                "items": {
                    "type": "array", "limitCodes": { "type": 100_004 },
                    "items": { "type": "integer", "limitCodes": { "type": inner } },
                },
            }),
        )
    };
    rows(100_004).generate().unwrap();
    Small::new()
        .with(
            ENDPOINT,
            "/properties/Rows",
            json!({
                "description": "Rows.", "type": "array",
                "items": {
                    "type": "array", "limitCodes": { "type": 100_004 },
                    "items": { "type": "integer" },
                },
            }),
        )
        .expect(ENDPOINT, "/properties/Rows", "one code for elements");
}

/// Rules that the checks of schemas let nobody write, in case somebody lowers
/// otherwise.
#[test]
fn rules_about_what_is_not_there_are_refused() {
    let with_rule = |kind: ObjectRuleKind| {
        let mut ir = Small::new().ir();
        ir.endpoints[0].module.objects[0].rules.push(ObjectRule {
            kind,
            code: 100_002,
        });
        ir
    };
    let difference = |of: &str, minus: &str| ObjectRuleKind::Difference {
        of: of.to_owned(),
        minus: minus.to_owned(),
        minimum: Some(1),
        maximum: None,
    };
    let sum = |over: &str, member: Option<&str>| ObjectRuleKind::Sum {
        over: over.to_owned(),
        member: member.map(str::to_owned),
        maximum: 1,
    };
    let group = |names: [&str; 2]| {
        ObjectRuleKind::AtLeastOneOf(names.iter().map(|name| (*name).to_owned()).collect())
    };
    let cases = [
        (difference("Index", "Nothing"), "", "names `Nothing`"),
        (
            difference("Index", "RoomId"),
            "/properties/RoomId",
            "two integers",
        ),
        (
            sum("RoomId", None),
            "/properties/RoomId",
            "a list or map of texts",
        ),
        (
            sum("Member_Account", Some("Id")),
            "/properties/Member_Account",
            "a list or map",
        ),
        (group(["Index", "Nothing"]), "", "names `Nothing`"),
        (
            group(["Index", "RoomId"]),
            "/properties/RoomId",
            "may be absent",
        ),
    ];
    for (kind, pointer, words) in cases {
        expect(&with_rule(kind), ENDPOINT, pointer, words);
    }
}

#[test]
fn a_type_that_nobody_defines_is_refused() {
    let mut ir = Small::new().ir();
    let field = &mut ir.endpoints[0].module.objects[0].fields[0];
    field.ty = Type::Array(Box::new(Element {
        ty: Type::Object(TypeName {
            module: "1/2".to_owned(),
            name: "A".to_owned(),
        }),
        limits: Vec::new(),
        type_code: 100_002,
    }));
    let error = generate(&ir).unwrap_err();
    assert!(matches!(error, CodegenError::Unsupported { .. }), "{error}");
    assert!(
        error.to_string().contains("no name for a module"),
        "{error}"
    );
}
