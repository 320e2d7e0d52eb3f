//! The texts that are kept with a room.

use serde_json::{Value, json};

use super::{Call, Change, Outcome};
use crate::refusal::{Refusal, code};
use crate::room::RoomType;

/// How many keys a room has at most.
const MOST_KEYS: usize = 10;

/// How many bytes the values of a room have together at most.
const MOST_BYTES: usize = 16 * 1024;

pub(super) fn get(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_of_type(RoomType::Live)?;
    let keys = call.texts("Keys");
    let wanted = room
        .metadata
        .iter()
        .filter(|(key, _)| keys.is_empty() || keys.contains(&key.as_str()))
        .map(|(key, value)| json!({ "Key": key, "Value": value }));
    Ok(Outcome::read(
        json!({ "Metadata": wanted.collect::<Vec<_>>() }),
    ))
}

pub(super) fn set(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_to_change(RoomType::Live)?;
    let mut metadata = room.metadata.clone();
    for entry in call.list("Metadata") {
        let text = |name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default();
        metadata.insert(text("Key").to_owned(), text("Value").to_owned());
    }
    // The schema knows the limits of one request; these are of the room.
    if metadata.len() > MOST_KEYS {
        let info = format!(
            "the room would have {} keys, at most {MOST_KEYS}",
            metadata.len()
        );
        return Err(Refusal::new(code::TOO_MUCH_METADATA, info));
    }
    let bytes: usize = metadata.values().map(String::len).sum();
    if bytes > MOST_BYTES {
        let info = format!("the values would have {bytes} bytes, at most {MOST_BYTES}");
        return Err(Refusal::new(code::METADATA_TOO_LARGE, info));
    }
    let body = json!({
        "Operator_Account": call.operator, "RoomId": room.id, "Metadata": call.list("Metadata"),
    });
    let outcome = Outcome::done(Change::room(room, |room| room.metadata = metadata));
    Ok(outcome.told("Live.CallbackAfterSetMetadata", RoomType::Live, body))
}

pub(super) fn delete(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_to_change(RoomType::Live)?;
    let keys: Vec<String> = call.texts("Keys").into_iter().map(str::to_owned).collect();
    let change = Change::room(room, move |room| {
        room.metadata.retain(|key, _| !keys.contains(key));
    });
    let body = json!({
        "Operator_Account": call.operator, "RoomId": room.id, "Keys": call.list("Keys"),
    });
    Ok(Outcome::done(change).told("Live.CallbackAfterDelMetadata", RoomType::Live, body))
}
