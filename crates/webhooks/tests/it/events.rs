//! Each event: its examples, and a list of members that owes nothing to the schemas.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Map, Value};
use trtc_rooms_webhooks::{Event, UnknownReason, parse};

/// What the fact sheets say, typed by hand.
const DOCUMENTED: &str = include_str!("documented.txt");

#[derive(Debug)]
struct Member {
    path: String,
    unit: Option<String>,
    /// Whether no table has it.
    is_extra: bool,
}

/// The members of each command.
fn documented() -> BTreeMap<String, Vec<Member>> {
    let mut events: BTreeMap<String, Vec<Member>> = BTreeMap::new();
    let mut command = String::new();
    for line in DOCUMENTED.lines().filter(|line| !line.starts_with('#')) {
        if !line.starts_with(' ') {
            line.clone_into(&mut command);
            continue;
        }
        let members = line.split_whitespace().map(|word| {
            let (word, is_extra) = match word.strip_suffix('?') {
                Some(word) => (word, true),
                None => (word, false),
            };
            let (path, unit) = match word.split_once(':') {
                Some((path, unit)) => (path, Some(unit.to_owned())),
                None => (word, None),
            };
            let path = path.to_owned();
            Member {
                path,
                unit,
                is_extra,
            }
        });
        events.entry(command.clone()).or_default().extend(members);
    }
    events
}

/// The schema file of each command.
fn schemas() -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/callbacks");
    let files = std::fs::read_dir(folder).unwrap();
    files
        .map(|file| {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let schema: Value = serde_json::from_str(&text).unwrap();
            let command = schema["event"]["command"].as_str().unwrap().to_owned();
            (command, schema)
        })
        .collect()
}

fn read(command: &str, body: &Value) -> Event {
    let query = format!("SdkAppid=1400000000&CallbackCommand={command}");
    parse(&query, body.to_string().as_bytes()).unwrap().event
}

/// The paths of all members, `SeatList[].Index`.
fn paths(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) if path.ends_with("MsgContent") || members.is_empty() => {
            found.insert(path.to_owned());
        }
        Value::Object(members) => {
            for (name, value) in members {
                let dot = if path.is_empty() { "" } else { "." };
                paths(value, &format!("{path}{dot}{name}"), found);
            }
        }
        Value::Array(elements) if elements.iter().any(Value::is_object) => {
            for element in elements {
                paths(element, &format!("{path}[]"), found);
            }
        }
        _ => {
            found.insert(path.to_owned());
        }
    }
}

#[test]
fn every_documented_command_is_an_event_and_no_other() {
    let documented: Vec<String> = documented().into_keys().collect();
    let mut known: Vec<&str> = Event::ALL.iter().map(|info| info.command).collect();
    known.sort_unstable();
    assert_eq!(known, documented);
    assert_eq!(known.len(), 24);
    let other: Vec<&str> = Event::ALL
        .iter()
        .flat_map(|info| info.also_named)
        .copied()
        .collect();
    assert_eq!(
        other,
        [
            "Live.CallbackMemberStateChanged",
            "Room.CallbackUpdateRoomInfo"
        ]
    );
}

#[test]
fn the_examples_are_read_to_the_last_member() {
    for (command, schema) in schemas() {
        let examples = schema["examples"].as_array().unwrap();
        assert!(!examples.is_empty());
        for example in examples {
            let event = read(&command, example);
            assert_eq!(
                event.info().map(|info| info.command),
                Some(command.as_str())
            );
            let mut written = serde_json::to_value(&event).unwrap();
            // Another spelling of a listed value becomes the listed one.
            if example.pointer("/RoomInfo/RoomType") == Some(&Value::from("Meeting")) {
                let read = written.pointer_mut("/RoomInfo/RoomType").unwrap();
                assert_eq!(read.take(), "Conference");
                *read = Value::from("Meeting");
            }
            assert_eq!(&written, example, "{command}");
        }
    }
}

#[test]
fn every_documented_member_is_in_an_example_and_no_other() {
    let schemas = schemas();
    for (command, members) in documented() {
        let mut found = BTreeSet::new();
        for example in schemas[&command]["examples"].as_array().unwrap() {
            paths(example, "", &mut found);
        }
        for Member { path, is_extra, .. } in members {
            assert!(found.remove(&path) || is_extra, "{command} {path}");
        }
        assert!(
            found.is_empty(),
            "{command} has {found:?}, which no page has"
        );
    }
}

/// A body with one member, at a path.
fn with_only(path: &str, value: Value) -> Value {
    path.rsplit('.').fold(value, |inner, step| {
        let (name, inner) = match step.strip_suffix("[]") {
            Some(name) => (name, Value::Array(vec![inner])),
            None => (step, inner),
        };
        Value::Object(Map::from_iter([(name.to_owned(), inner)]))
    })
}

#[test]
fn every_member_is_read_on_its_own_in_its_own_type() {
    for (command, members) in documented() {
        for Member { path, unit, .. } in members {
            // A wrong type is noticed: so something reads the member.
            let wrong = with_only(&path, serde_json::json!({ "no": ["such"] }));
            let query = format!("CallbackCommand={command}");
            let read = parse(&query, wrong.to_string().as_bytes());
            let takes_anything = path.ends_with("MsgContent") || path.ends_with("Payload.Status");
            match read.map(|delivery| delivery.event) {
                // A command in the body that is no text does not count.
                _ if path == "CallbackCommand" => {}
                Ok(Event::Unknown(event)) => {
                    assert!(matches!(event.reason, UnknownReason::Shape(_)), "{path}");
                }
                Err(_) => assert!(command.contains("Before"), "{command} {path}"),
                Ok(event) => assert!(takes_anything, "{command} {path} {event:?}"),
            }
            let Some(unit) = unit else { continue };
            let body = with_only(&path, Value::from(1_790_000_000_123_i64));
            let read = parse(&query, body.to_string().as_bytes()).unwrap().event;
            let debug = format!("{read:?}");
            let expected = match unit.as_str() {
                "s" => "UnixSeconds(1790000000123)",
                "ms" => "UnixMillis(1790000000123)",
                "dur" => "Millis(1790000000123)",
                other => panic!("{other}"),
            };
            assert!(
                debug.contains(&format!("({expected})")),
                "{command} {path} {debug}"
            );
            assert_eq!(serde_json::to_value(&read).unwrap(), body);
        }
    }
}

#[test]
fn room_and_time_are_found() {
    let without_room = [
        "Follow.CallbackAfterFollowAdd",
        "Follow.CallbackAfterFollowDelete",
        "Live.CallbackAfterCreateRoomReachingThreshold",
    ];
    for (command, schema) in schemas() {
        let event = read(&command, &schema["examples"][0]);
        let has_room = event.room_id().is_some_and(|room| !room.is_empty());
        assert_eq!(
            has_room,
            !without_room.contains(&command.as_str()),
            "{command}"
        );
        let has_time = event
            .time()
            .is_some_and(|time| time.get() > 1_700_000_000_000);
        assert_eq!(
            has_time,
            command != "Live.CallbackBeforeSendGift",
            "{command}"
        );
    }
}

#[test]
fn only_events_before_the_fact_can_be_refused() {
    for info in Event::ALL {
        let is_before = info.command.contains("Before");
        assert_eq!(info.question.is_some(), is_before, "{}", info.command);
    }
}
