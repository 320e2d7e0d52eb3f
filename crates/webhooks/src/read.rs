//! From a JSON value to an event.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::DeliveryError;
use crate::{Event, UnknownEvent, UnknownReason};

/// The greatest length of what is said about a body, which may be hostile.
const SHORT: usize = 160;

/// Reads a body as a type of event.
pub(crate) fn typed<T: DeserializeOwned>(body: &Value) -> serde_json::Result<Box<T>> {
    T::deserialize(body).map(Box::new)
}

/// Reads a body as the event that a command stands for.
///
/// One that is not built as documented is kept as unknown if it tells what happened. A
/// question that cannot be read is an error: whoever lets everything pass that is
/// unknown would allow what was never looked at.
pub(crate) fn event(command: &str, body: Value) -> Result<Event, DeliveryError> {
    let reason = match Event::typed(command, &body) {
        Some(Ok(event)) => return Ok(event),
        Some(Err(error)) => UnknownReason::Shape(short(&error.to_string())),
        None => UnknownReason::Command,
    };
    match reason {
        UnknownReason::Shape(reason) if is_question(command) => {
            Err(DeliveryError::UnreadableQuestion {
                command: command.to_owned(),
                reason,
            })
        }
        reason => Ok(Event::Unknown(Box::new(UnknownEvent {
            command: command.to_owned(),
            body,
            reason,
        }))),
    }
}

fn is_question(command: &str) -> bool {
    let mut known = Event::ALL.iter().filter(|info| info.question.is_some());
    known.any(|info| info.command == command || info.also_named.contains(&command))
}

/// A text that is not long and steers no terminal.
pub(crate) fn short(text: &str) -> String {
    let escaped = text.chars().flat_map(char::escape_debug);
    let mut short: String = escaped.take(SHORT).collect();
    if text.len() > short.len() {
        short.push('…');
    }
    short
}
