//! The order of the checks, paths and methods (`E`), scripts, journal and
//! snapshots (`P`).

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use super::*;
use crate::schemas::schemas;
use crate::testing::{
    APP, CONFERENCE, Desk, KEY, LIVE, OTHER_KEY, UPDATE, live, meeting, query_with,
};

fn handle(desk: &mut Desk, method: &str, path: &str, query: &str, body: &str) -> (i32, String) {
    let body = body.as_bytes();
    desk.refused_request(&Request {
        method,
        path,
        query,
        body,
    })
}

#[test]
fn e03_methods() {
    for method in [
        "GET", "PUT", "HEAD", "OPTIONS", "TRACE", "post", "Post", "", "PÖST",
    ] {
        let mut desk = Desk::new();
        let query = desk.query();
        let (code, _) = handle(&mut desk, method, LIVE, &query, &live("a").to_string());
        assert_eq!(code, 60_009, "{method}");
    }
    let request = Request {
        method: "CONNECT",
        ..Request::post(LIVE, "", b"")
    };
    let reply = Desk::new().service.handle(&request, UnixMillis::default());
    assert_eq!((reply.status(), reply.error_code()), (405, Some(60_009)));
}

#[test]
fn e04_paths() {
    let mut desk = Desk::new();
    for near in [
        "",
        "/",
        "*",
        "/v4",
        "/v4/live_engine_http_srv/create_room/",
        "//v4/live_engine_http_srv/create_room",
        "/V4/live_engine_http_srv/create_room",
        "/v4/live_engine_http_srv/Create_Room",
        "/v3/live_engine_http_srv/create_room",
        "/v4/live_config/create_room",
        "/v4/x/%2e%2e/live_engine_http_srv/create_room",
        "/v4/x/../live_engine_http_srv/create_room",
        "/v4/live_engine_http_srv%2fcreate_room",
        "/v4/live_engine_http_srv/create_roo%6d",
        "/v4/live_engine_http_srv/create_room\0",
        "v4/live_engine_http_srv/create_room",
    ] {
        assert_eq!(
            desk.refused(near, live("a").to_string()).0,
            60_009,
            "{near}"
        );
    }
    let (_, info) = desk.refused(&format!("{LIVE}/"), "");
    assert!(info.ends_with(LIVE), "{info}");
}

/// Each step is wrong in everything that later steps look at.
#[test]
fn the_order_of_the_checks() {
    let mut desk = Desk::new();
    let long = "x".repeat(1_048_577);
    let mut code = |method: &str, path: &str, query: &str, body: &str| {
        handle(&mut desk, method, path, query, body).0
    };
    assert_eq!(code("GET", "/x", "%", &long), 60_009);
    assert_eq!(code("POST", LIVE, "%", &long), 60_002);
    assert_eq!(code("POST", LIVE, "%", ""), 60_002);
    assert_eq!(code("POST", LIVE, "random=x", ""), 60_012);
    assert_eq!(code("POST", LIVE, "sdkappid=1", ""), 60_006);
    assert_eq!(code("POST", LIVE, &format!("sdkappid={APP}"), ""), 60_004);
    assert_eq!(
        code("POST", LIVE, &format!("sdkappid={APP}&identifier=x"), ""),
        60_025
    );
    let query = format!("sdkappid={APP}&identifier=x&contenttype=json");
    assert_eq!(code("POST", LIVE, &query, ""), 60_002);
    assert_eq!(code("POST", LIVE, &format!("{query}&random=1"), ""), 70_002);
    let ticket = |sdkappid, identifier, expire| {
        query_with(
            APP,
            "x",
            &crate::testing::ticket(sdkappid, identifier, crate::testing::NOW - 9, expire),
        )
    };
    assert_eq!(code("POST", LIVE, &ticket(APP + 1, "y", 1), ""), 70_014);
    assert_eq!(code("POST", LIVE, &ticket(APP, "y", 1), ""), 70_013);
    assert_eq!(code("POST", LIVE, &ticket(APP, "x", 1), ""), 70_001);
    assert_eq!(code("POST", LIVE, &ticket(APP, "x", 60), ""), 60_010);
    assert_eq!(desk.refused(LIVE, "").0, 60_003);
    desk.app().add_chat_group("a");
    let mut request = live("a");
    request["RoomInfo"]["Category"] = json!(1);
    assert_eq!(desk.refused(LIVE, request.to_string()).0, 100_002);
    assert_eq!(desk.refused(LIVE, live("a").to_string()).0, 100_011);
}

#[test]
fn p14_what_is_not_modelled_is_never_ok() {
    let schemas = schemas().unwrap();
    let update = schemas.file("live/update_room_info.json").unwrap();
    let text = update.text.replace("/update_room_info\"", "/new_call\"");
    let files = schemas
        .files()
        .map(|file| (file.name.clone(), file.text.clone()));
    let files = files.chain([("live/new_call.json".to_owned(), text)]);
    let extended = SchemaSet::from_files(files).unwrap();

    let mut desk = Desk::new();
    let app = desk.app().clone();
    desk.service = Service::with_schemas(&extended).unwrap();
    desk.service.put_app(app);
    let path = "/v4/live_engine_http_srv/new_call";
    assert_eq!(desk.refused(path, "{}").0, 100_002, "validated first");
    let (code, info) = desk.refused(path, json!({ "RoomInfo": { "RoomId": "a" } }).to_string());
    assert_eq!(code, 60_009);
    assert_eq!(info, "the emulator does not model live/new_call");
    desk.ok(LIVE, &live("a"));
}

#[test]
fn every_call_is_modelled() {
    let schemas = schemas().unwrap();
    let described: BTreeSet<&str> = schemas
        .endpoints()
        .map(trtc_rooms_schema::SchemaFile::stem)
        .collect();
    let modelled = crate::behaviour::modelled().map(|(name, _)| name);
    assert_eq!(modelled.collect::<BTreeSet<_>>(), described);
}

#[test]
fn request_ids_look_real_and_are_the_same_each_time() {
    let ids = || -> Vec<String> {
        let mut desk = Desk::new();
        (0..3)
            .map(|_| desk.send("/x", "").request_id().to_owned())
            .collect()
    };
    let first = ids();
    assert_eq!(first, ids());
    for (index, id) in first.iter().enumerate() {
        let (hex, sequence) = id
            .strip_prefix("Id-")
            .unwrap()
            .split_once("-O-Seq-")
            .unwrap();
        assert!(
            hex.len() == 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()),
            "{id}"
        );
        assert_eq!(sequence, (index + 1).to_string());
    }
    assert!(first.iter().collect::<BTreeSet<_>>().len() == 3);
}

#[test]
fn p12_codes_of_a_script() {
    let mut desk = Desk::new();
    desk.service
        .script(Script::code(100_026).on("live/create_room").times(2))
        .unwrap();
    let (code, info) = desk.refused(LIVE, live("a").to_string());
    assert!(code == 100_026 && info.contains("sensitive"), "{info}");
    desk.ok(CONFERENCE, &meeting("b"));
    assert_eq!(
        desk.refused(LIVE, "no JSON").0,
        100_026,
        "nothing is checked"
    );
    desk.ok(LIVE, &live("a"));

    desk.service
        .script(Script::code(60_007).info("slow down\n").retry_after(2))
        .unwrap();
    let reply = desk.send("/nowhere", "");
    assert_eq!(
        (reply.error_code(), reply.retry_after()),
        (Some(60_007), Some(2))
    );
    assert_eq!(reply.json().unwrap()["ErrorInfo"], "slow down\\u{a}");
    let unknown = desk.service.script(Script::code(1).on("live/create_rom"));
    assert_eq!(unknown, Err(UnknownEndpoint("live/create_rom".to_owned())));
}

#[test]
fn p12_a_call_that_is_carried_out_although_its_reply_is_lost() {
    for script in [
        Script::reset(),
        Script::http(502, "x"),
        Script::code(100_001),
        Script::garbage(),
    ] {
        let mut desk = Desk::new();
        desk.service.script(script.clone()).unwrap();
        desk.send(LIVE, live("a").to_string());
        assert_eq!(desk.app().room_count(), 0);
        desk.service.script(script.carried_out()).unwrap();
        let reply = desk.send(LIVE, live("a").to_string());
        assert_ne!(reply.error_code(), Some(0));
        assert_eq!(desk.app().room_count(), 1);
    }
}

#[test]
fn p12_faults() {
    let mut desk = Desk::new();
    desk.service.script(Script::cut().times(1)).unwrap();
    let reply = desk.send(LIVE, live("a").to_string());
    assert_eq!(reply.delivery(), Delivery::CutAfter(reply.body().len() / 2));
    assert_eq!(desk.app().room_count(), 1);

    desk.service
        .script(Script::delay(Duration::from_secs(4)).delayed(Duration::from_secs(5)))
        .unwrap();
    let reply = desk.send(LIVE, live("b").to_string());
    assert_eq!(
        (reply.error_code(), reply.delay()),
        (Some(0), Duration::from_secs(5))
    );

    desk.service
        .script(Script::http(503, "<html>").for_ever())
        .unwrap();
    let reply = desk.send(LIVE, live("c").to_string());
    assert_eq!(
        (reply.status(), reply.text().as_ref(), reply.error_code()),
        (503, "<html>", None)
    );
    assert_eq!(desk.service.counters().scripted, 3);
    desk.service.clear_scripts();
    desk.ok(LIVE, &live("c"));
}

#[test]
fn the_journal_and_the_counters() {
    let mut desk = Desk::new();
    desk.ok(LIVE, &live("a"));
    desk.refused(UPDATE, "no JSON");
    desk.service.script(Script::reset()).unwrap();
    desk.send("/x", "");
    let entries: Vec<JournalEntry> = desk.service.journal().cloned().collect();
    let [created, refused, lost] = entries.as_slice() else {
        panic!("{entries:?}");
    };
    assert_eq!(created.endpoint.as_deref(), Some("live/create_room"));
    assert_eq!(
        (created.at, created.method.as_str(), created.path.as_str()),
        (desk.now, "POST", LIVE)
    );
    assert_eq!(
        created.query,
        format!("sdkappid={APP}&identifier=administrator&random=1&contenttype=json")
    );
    assert_eq!(created.body_json(), Some(live("a")));
    assert_eq!((created.error_code, created.scripted), (Some(0), false));
    assert_eq!(
        (refused.error_code, refused.body_text().as_ref()),
        (Some(60_003), "no JSON")
    );
    assert_eq!(
        (lost.error_code, lost.scripted, &lost.endpoint),
        (None, true, &None)
    );

    let counters = desk.service.counters();
    assert_eq!((counters.requests, counters.scripted), (3, 1));
    assert_eq!(counters.answered("live/create_room", 0), 1);
    assert_eq!(counters.answered("live/update_room_info", 60_003), 1);
    assert_eq!(counters.answered("live/create_room", 60_003), 0);
    desk.service.clear_journal();
    assert_eq!(desk.service.journal().count(), 0);
    assert_eq!(desk.service.counters().requests, 3);
}

#[test]
fn p11_snapshots_have_no_keys_and_can_be_restored() {
    let mut desk = Desk::new();
    desk.app().add_chat_group("group");
    desk.ok(LIVE, &live("b"));
    desk.ok(CONFERENCE, &meeting("a"));
    desk.app().enter("a", "ada");
    let snapshot = desk.service.snapshot();
    let text = serde_json::to_string(&snapshot).unwrap();
    for secret in [KEY, OTHER_KEY, &desk.ticket_of("administrator")] {
        assert!(!text.contains(secret) && !format!("{:?}", desk.service).contains(secret));
    }
    let read: Snapshot = serde_json::from_str(&text).unwrap();
    assert_eq!(read, snapshot);

    let mut other = Desk::new();
    other.ok(LIVE, &live("c"));
    other.service.restore(read).unwrap();
    assert_eq!(other.service.snapshot(), snapshot);
    assert_eq!(other.code(LIVE, &live("b")), 100_010);
    assert_eq!(other.code(LIVE, &live("group")), 100_011);
    // The restored meeting is recycled like any other.
    other.app().leave("a", "ada");
    other.now = UnixMillis::from_seconds(crate::testing::NOW * 2);
    other.service.elapse(other.now);
    assert_eq!(other.app().room_count(), 1);
}

#[test]
fn p09_snapshots_that_are_broken_or_do_not_fit() {
    let mut desk = Desk::new();
    desk.ok(LIVE, &live("a"));
    let snapshot = desk.service.snapshot();
    let text = serde_json::to_string(&snapshot).unwrap();
    for end in 0..text.len() {
        assert!(
            serde_json::from_str::<Snapshot>(&text[..end]).is_err(),
            "{end}"
        );
    }
    for other in ["{}", "[]", "null", r#"{"apps":[],"more":1}"#] {
        assert!(serde_json::from_str::<Snapshot>(other).is_err(), "{other}");
    }
    let twice = |change: fn(&mut Value)| {
        let mut value = serde_json::to_value(&snapshot).unwrap();
        change(&mut value["apps"]);
        desk.service
            .clone()
            .restore(serde_json::from_value(value).unwrap())
            .unwrap_err()
    };
    let app = twice(|apps| apps[1]["sdkappid"] = json!(1));
    assert_eq!(app, RestoreError::UnknownApp(1));
    let app = twice(|apps| apps[1]["sdkappid"] = apps[0]["sdkappid"].clone());
    assert!(matches!(app, RestoreError::AppTwice(_)));
    let room = twice(|apps| apps[1]["rooms"] = json!([apps[1]["rooms"][0], apps[1]["rooms"][0]]));
    assert!(matches!(room, RestoreError::RoomTwice { .. }), "{room}");
    let empty = Snapshot::default();
    desk.service.restore(empty).unwrap();
    assert_eq!(desk.app().room_count(), 0);
    assert_eq!(desk.app().admins.len(), 2);
}

#[test]
fn a_clone_is_a_service_of_its_own() {
    let mut desk = Desk::new();
    let copy = desk.service.clone();
    desk.ok(LIVE, &live("a"));
    assert_eq!(copy.app(APP).unwrap().room_count(), 0);
    assert_eq!(copy.app(APP).unwrap().sdkappid(), APP);
    desk.service.reset_to(copy);
    let reply = desk.ok(LIVE, &live("a"));
    assert!(reply["RequestId"].as_str().unwrap().ends_with("-O-Seq-2"));
    assert_eq!(desk.service.counters().requests, 1);
}
