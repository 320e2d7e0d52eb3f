//! The harness would notice: mistakes are planted in schemas and tables, one at a time,
//! and each has to turn the case red that is about it. (Catalogue, D1 to D8.)
//!
//! The schemas are changed in memory, so an interpreter stands in for generated code.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use trtc_rooms_contract::agreement::First;
use trtc_rooms_contract::deviations::Deviations;
use trtc_rooms_contract::documented::Tables;
use trtc_rooms_contract::{Harness, Options, Outcome};
use trtc_rooms_schema::SchemaSet;

const LIVE: &str = "live/create_room.json";
const UPDATE: &str = "live/update_room_info.json";
const MEETING: &str = "conference/create_room.json";
const ROOM: &str = "/properties/RoomInfo/properties";

/// The files of one endpoint: its own and those that any may refer to.
fn schemas_of(file: &str) -> BTreeMap<String, Value> {
    let mut schemas = schemas();
    let is_other = |name: &str| [LIVE, UPDATE, MEETING].contains(&name) && name != file;
    schemas.retain(|name, _| !is_other(name));
    schemas
}

fn tables_of(file: &str) -> BTreeMap<String, String> {
    let mut tables = tables();
    tables.retain(|name, _| name == file.trim_end_matches(".json"));
    tables
}

/// All schema files but other endpoints. Examples are taken out: the loader compares
/// them with the schema and would notice before the harness does.
fn schemas() -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let schemas = SchemaSet::load(&folder).unwrap_or_else(|problems| panic!("{problems}"));
    let is_wanted = |name: &str| [LIVE, UPDATE, MEETING].contains(&name);
    let files = schemas
        .files()
        .filter(|file| file.document.endpoint.is_none() || is_wanted(&file.name));
    let files = files.map(|file| {
        let mut value = file.value.clone();
        if file.document.endpoint.is_some() {
            for member in ["examples", "counterexamples", "quirks"] {
                value.as_object_mut().unwrap().shift_remove(member);
            }
        }
        (file.name.clone(), value)
    });
    files.collect()
}

fn tables() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("documented");
    let texts = [LIVE, UPDATE, MEETING].map(|file| {
        let name = file.trim_end_matches(".json");
        let text = std::fs::read_to_string(folder.join(format!("{name}.md"))).unwrap();
        (name.to_owned(), text)
    });
    BTreeMap::from(texts)
}

fn harness(
    schemas: &BTreeMap<String, Value>,
    tables: &BTreeMap<String, String>,
    known: &str,
) -> Harness {
    let files = schemas.iter().map(|(name, value)| {
        let text = serde_json::to_string_pretty(value).unwrap();
        (name.clone(), text)
    });
    let schemas = SchemaSet::from_files(files).unwrap_or_else(|problems| panic!("{problems}"));
    let tables = Tables::from_texts(tables).unwrap_or_else(|mistakes| panic!("{}", mistakes[0]));
    let known = Deviations::read(known).unwrap();
    Harness::new(&schemas, &tables, known, First::Interpreter).unwrap()
}

fn outcome(schemas: &BTreeMap<String, Value>, tables: &BTreeMap<String, String>) -> Outcome {
    // The cases that are always tried have to notice, not chance.
    let options = Options {
        cases: 0,
        ..Options::default()
    };
    harness(schemas, tables, "")
        .run(&options, &mut |_| ())
        .unwrap()
}

fn red(outcome: &Outcome) -> Vec<&str> {
    outcome
        .report
        .failures()
        .map(|(check, _)| check.id.as_str())
        .collect()
}

#[test]
fn nothing_is_red_without_a_mistake() {
    assert_eq!(red(&outcome(&schemas(), &tables())), Vec::<&str>::new());
}

/// Plants a mistake in a schema file. Every one of `expected` has to turn red.
fn planted(file: &str, change: impl FnOnce(&mut Value), expected: &[&str]) {
    let mut schemas = schemas_of(file);
    change(schemas.get_mut(file).unwrap());
    let outcome = outcome(&schemas, &tables_of(file));
    let red = red(&outcome);
    for id in expected {
        assert!(red.contains(id), "{id} is not red, but {red:#?}");
    }
    println!("{file}: {} red, such as {expected:?}", red.len());
}

fn at<'a>(schema: &'a mut Value, pointer: &str) -> &'a mut Value {
    schema
        .pointer_mut(pointer)
        .unwrap_or_else(|| panic!("there is no {pointer}"))
}

fn room<'a>(schema: &'a mut Value, member: &str) -> &'a mut Value {
    at(schema, &format!("{ROOM}/{member}"))
}

fn take(schema: &mut Value, pointer: &str) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    at(schema, parent)
        .as_object_mut()
        .unwrap()
        .shift_remove(name)
        .unwrap()
}

#[test]
fn d1_a_limit_is_gone() {
    planted(
        LIVE,
        |schema| drop(take(schema, &format!("{ROOM}/RoomId/maxBytes"))),
        &[
            "live/create_room/RoomInfo.RoomId/unlimited",
            "live/create_room/documented/RoomInfo.RoomId at most 48 bytes",
        ],
    );
    planted(
        MEETING,
        |schema| {
            drop(take(
                schema,
                "/properties/ScheduleInviteeList_Account/maxItems",
            ));
        },
        &["conference/create_room/ScheduleInviteeList_Account/items"],
    );
    planted(
        MEETING,
        |schema| drop(take(schema, "/properties/RoomInfo/differences")),
        &["conference/create_room/RoomInfo.ScheduleEndTime/integer"],
    );
}

#[test]
fn d2_a_limit_is_off_by_one() {
    for limit in [47, 49] {
        planted(
            LIVE,
            |schema| *room(schema, "RoomId/maxBytes") = json!(limit),
            &["live/create_room/RoomInfo.RoomId/maxBytes"],
        );
    }
    for limit in [2, 4] {
        planted(
            UPDATE,
            |schema| *room(schema, "Category/maxItems") = json!(limit),
            &["live/update_room_info/RoomInfo.Category/maxItems"],
        );
    }
    for (keyword, limit) in [
        ("minimum", 299),
        ("minimum", 301),
        ("maximum", 86_399),
        ("maximum", 86_401),
    ] {
        planted(
            MEETING,
            |schema| {
                *at(
                    schema,
                    &format!("/properties/RoomInfo/differences/0/{keyword}"),
                ) = json!(limit);
            },
            &["conference/create_room/RoomInfo.ScheduleEndTime/difference"],
        );
    }
}

#[test]
fn a_limit_is_invented() {
    planted(
        UPDATE,
        |schema| room(schema, "RoomName")["maxBytes"] = json!(100),
        &["live/update_room_info/RoomInfo.RoomName/maxBytes"],
    );
    planted(
        MEETING,
        |schema| room(schema, "MaxMemberCount")["minimum"] = json!(1),
        &["conference/create_room/RoomInfo.MaxMemberCount/minimum"],
    );
}

#[test]
fn d4_a_member_is_mandatory_or_not() {
    let required = "/properties/RoomInfo/required";
    planted(
        LIVE,
        |schema| *at(schema, required) = json!(["RoomId", "RoomType"]),
        &["live/create_room/RoomInfo.SeatTemplate/optional"],
    );
    planted(
        MEETING,
        |schema| *at(schema, required) = json!(["RoomId", "RoomType", "RoomName"]),
        &["conference/create_room/RoomInfo.RoomName/required"],
    );
}

#[test]
fn d6_a_member_is_renamed() {
    planted(
        LIVE,
        |schema| {
            let owner = take(schema, &format!("{ROOM}/Owner_Account"));
            at(schema, ROOM)["OwnerAccount"] = owner;
        },
        &[
            "live/create_room/RoomInfo.OwnerAccount/type",
            "live/create_room/documented/RoomInfo.Owner_Account Account",
        ],
    );
    planted(
        LIVE,
        |schema| {
            let visible = take(schema, &format!("{ROOM}/IsPublicVisible"));
            at(schema, ROOM)["IsPublic"] = visible;
        },
        &[
            "live/create_room/RoomInfo.IsPublic/type",
            "live/create_room/documented/RoomInfo.IsPublicVisible Bool",
        ],
    );
}

#[test]
fn a_value_is_misspelt_or_missing() {
    planted(
        LIVE,
        |schema| *room(schema, "RoomType/enum") = json!(["Conference"]),
        &["live/create_room/RoomInfo.RoomType/enum"],
    );
    planted(
        LIVE,
        |schema| {
            let descriptions = "/$defs/SeatTemplate/valueDescriptions";
            let words = take(schema, &format!("{descriptions}/VideoDynamicGrid9Seats"));
            at(schema, descriptions)["VideoDynamicGrid9Seat"] = words;
            *at(schema, "/$defs/SeatTemplate/openEnum/0") = json!("VideoDynamicGrid9Seat");
        },
        &["live/create_room/RoomInfo.SeatTemplate/openEnum"],
    );
    planted(
        LIVE,
        |schema| drop(take(schema, "/$defs/SeatTemplate/valueAliases")),
        &["live/create_room/RoomInfo.SeatTemplate/openEnum"],
    );
}

#[test]
fn a_type_is_another() {
    planted(
        LIVE,
        |schema| *room(schema, "ActivityStatus/type") = json!("number"),
        &["live/create_room/RoomInfo.ActivityStatus/number"],
    );
    planted(
        LIVE,
        |schema| *room(schema, "Category/items/type") = json!("string"),
        &["live/create_room/RoomInfo.Category.0/type"],
    );
}

#[test]
fn an_account_is_any_text() {
    planted(
        LIVE,
        |schema| {
            *room(schema, "Owner_Account") = json!({ "description": "A user.", "type": "string" });
        },
        &["live/create_room/RoomInfo.Owner_Account/type"],
    );
    planted(
        MEETING,
        |schema| {
            *at(schema, "/properties/ScheduleInviteeList_Account/items") =
                json!({ "type": "string" });
        },
        &["conference/create_room/ScheduleInviteeList_Account.0/type"],
    );
}

#[test]
fn a_condition_or_a_unit_is_gone() {
    planted(
        LIVE,
        |schema| *room(schema, "MaxSeatCount/appliesWhen/values") = json!(["Karaoke"]),
        &["live/create_room/RoomInfo.MaxSeatCount/appliesWhen"],
    );
    planted(
        MEETING,
        |schema| drop(take(schema, &format!("{ROOM}/ScheduleStartTime/unit"))),
        &["conference/create_room/documented/RoomInfo.ScheduleStartTime Unix seconds"],
    );
}

#[test]
fn d7_a_code_is_changed_or_deleted() {
    planted(
        LIVE,
        |schema| drop(at(schema, "/codes").as_array_mut().unwrap().remove(2)),
        &["live/create_room/codes/100003"],
    );
    planted(
        UPDATE,
        |schema| *at(schema, "/codes/3/code") = json!(100_008),
        &[
            "live/update_room_info/codes/100006",
            "live/update_room_info/codes/100008",
        ],
    );
    planted(
        UPDATE,
        |schema| *at(schema, "/codes/3/class") = json!("account"),
        &["live/update_room_info/codes/100006"],
    );
    planted(
        LIVE,
        |schema| drop(take(schema, "/codes/6/retryAfterSeconds")),
        &["live/create_room/codes/100012"],
    );
}

#[test]
fn d8_a_fact_about_the_call_is_another() {
    planted(
        LIVE,
        |schema| *at(schema, "/endpoint/path") = json!("v4/live_engine_http_pk/create_room"),
        &["live/create_room/facts/path"],
    );
    planted(
        UPDATE,
        |schema| *at(schema, "/endpoint/rate/calls") = json!(20),
        &["live/update_room_info/facts/rate"],
    );
    planted(
        UPDATE,
        |schema| at(schema, "/endpoint/rate")["sharedBy"] = json!("mixing"),
        &["live/update_room_info/facts/rate"],
    );
    planted(
        MEETING,
        |schema| *at(schema, "/endpoint/regions") = json!(["singapore", "china"]),
        &["conference/create_room/facts/regions"],
    );
    planted(
        LIVE,
        |schema| *at(schema, "/endpoint/repeat/doneCodes") = json!([100_003]),
        &["live/create_room/facts/repeat"],
    );
    planted(
        LIVE,
        |schema| *at(schema, "/endpoint/otherRates/0/perSeconds") = json!(2),
        &["live/create_room/facts/narrow-rates"],
    );
}

#[test]
fn a_slip_in_a_table_is_noticed_as_well() {
    let mandatory = "| RoomInfo.RoomType | String | yes";
    for (from, to, expected) in [
        (
            "at most 48 bytes",
            "at most 49 bytes",
            "live/create_room/RoomInfo.RoomId/maxBytes",
        ),
        (
            mandatory,
            &mandatory.replace("yes", "no"),
            "live/create_room/RoomInfo.RoomType/required",
        ),
        (
            "Owner_Account | Account",
            "Owner_Account | String",
            "live/create_room/RoomInfo.Owner_Account/type",
        ),
        (
            "| 100007 | account",
            "| 100007 | content",
            "live/create_room/codes/100007",
        ),
    ] {
        let mut tables = tables_of(LIVE);
        let table = tables.get_mut("live/create_room").unwrap();
        assert!(table.contains(from), "{from}");
        *table = table.replace(from, to);
        let outcome = outcome(&schemas_of(LIVE), &tables);
        assert!(
            red(&outcome).contains(&expected),
            "{to}: {:?}",
            red(&outcome)
        );
    }
}

#[test]
fn a_missing_table_is_noticed_and_one_too_many() {
    let mut tables = tables();
    let table = tables.remove("live/update_room_info").unwrap();
    tables.insert("live/destroy_room".to_owned(), table);
    let outcome = outcome(&schemas(), &tables);
    assert_eq!(
        red(&outcome),
        ["live/update_room_info/setup", "live/destroy_room/setup"]
    );
}

#[test]
fn a_known_deviation_is_no_failure_until_it_no_longer_deviates() {
    let mut schemas = schemas_of(LIVE);
    *room(schemas.get_mut(LIVE).unwrap(), "Category/maxItems") = json!(4);
    let run = |known: &str| {
        let harness = harness(&schemas, &tables_of(LIVE), known);
        harness.run(&Options::default(), &mut |_| ()).unwrap()
    };
    let id = "live/create_room/RoomInfo.Category/maxItems/rule";
    let about = "live/create_room/RoomInfo.Category/maxItems";
    assert!(red(&run("")).contains(&about));
    let stale = "live/create_room/X/type/rule";
    let known = run(&format!(
        "{id}: a page of 2024 says so\n{stale}: nobody knows\n"
    ));
    let red = red(&known);
    assert!(!red.contains(&about) && !red.contains(&format!("known-deviations/{id}").as_str()));
    assert!(
        red.contains(&format!("known-deviations/{stale}").as_str()),
        "{red:?}"
    );
}

#[test]
fn a_disagreement_is_shown_by_the_smallest_request() {
    let mut schemas = schemas_of(LIVE);
    *room(schemas.get_mut(LIVE).unwrap(), "RoomId/maxBytes") = json!(49);
    let outcome = outcome(&schemas, &tables_of(LIVE));
    let id = "live/create_room/RoomInfo.RoomId/maxBytes/rule";
    let disagreement = outcome.disagreements.iter().find(|it| it.id == id).unwrap();
    assert_eq!(
        disagreement.request,
        json!({ "RoomInfo": { "RoomId": "a".repeat(49) } })
    );
    assert!(disagreement.is_confirmed);
    insta::assert_snapshot!(disagreement.to_string());
}

#[test]
fn nothing_to_judge_is_a_failure() {
    let mut schemas = schemas();
    schemas.retain(|name, _| name.starts_with("common/"));
    let outcome = outcome(&schemas, &BTreeMap::new());
    assert_eq!(red(&outcome), ["run/requests"]);
}
