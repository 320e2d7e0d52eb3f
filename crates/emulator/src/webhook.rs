//! Webhooks: what the service tells the app's own server about what happened.
//!
//! # Decisions
//!
//! * They are sent for the commands that the product's callback configuration lists, in
//!   the order of what happened, once. The seats have one command for both products;
//!   the kind of the room decides whose configuration counts.
//! * `ClientIP` is 127.0.0.1 and `OptPlatform` is RESTAPI for calls; both are absent when
//!   a member enters or leaves, as on the page about members' state.
//! * The token of live rooms signs the webhooks of both products, since meetings have no
//!   call that sets one.
//! * Webhooks before an event, with which an app can refuse it, are not sent.

use std::fmt::Write as _;

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::room::RoomType;
use crate::time::UnixMillis;

/// A webhook that is to be sent.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Webhook {
    /// The app that it is about.
    pub sdkappid: u32,
    /// What happened, such as `Live.CallbackAfterCreateRoom`.
    pub command: &'static str,
    /// Where it goes, with the query.
    pub url: String,
    /// The body, JSON.
    pub body: String,
}

/// Without the query, which has the signature.
impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let url = self.url.split('?').next().unwrap_or_default();
        f.debug_struct("Webhook")
            .field("sdkappid", &self.sdkappid)
            .field("command", &self.command)
            .field("url", &url)
            .finish_non_exhaustive()
    }
}

/// Something that happened.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) command: &'static str,
    pub(crate) room_type: RoomType,
    /// Whether a call caused it.
    pub(crate) by_call: bool,
    pub(crate) body: Map<String, Value>,
}

impl App {
    /// Whether an app wants to hear of something.
    pub(crate) fn listens_to(&self, command: &str, room_type: RoomType) -> bool {
        let callback = self.stored.callbacks.get(product(room_type));
        callback.is_some_and(|callback| callback.commands.iter().any(|known| known == command))
    }

    /// What has happened since this was last asked, as webhooks.
    pub(crate) fn webhooks(&mut self, now: UnixMillis) -> Vec<Webhook> {
        let events = std::mem::take(&mut self.events);
        let webhooks = events
            .into_iter()
            .filter_map(|event| self.webhook(event, now));
        webhooks.collect()
    }

    fn webhook(&self, event: Event, now: UnixMillis) -> Option<Webhook> {
        let Event {
            command,
            room_type,
            by_call,
            mut body,
        } = event;
        let callback = self.stored.callbacks.get(product(room_type))?;
        body.insert("CallbackCommand".to_owned(), command.into());
        body.insert("EventTime".to_owned(), now.millis().into());
        let separator = if callback.url.contains('?') { '&' } else { '?' };
        let mut url = format!(
            "{}{separator}SdkAppid={}&CallbackCommand={command}&contenttype=json",
            callback.url, self.sdkappid
        );
        if by_call {
            url.push_str("&ClientIP=127.0.0.1&OptPlatform=RESTAPI");
        }
        let token = self.stored.callback_token.as_ref();
        if let Some(token) = token.filter(|token| token.is_enabled) {
            let time = now.seconds();
            // Writing to a string cannot fail.
            let _ = write!(url, "&Sign={}&RequestTime={time}", sign(&token.token, time));
        }
        Some(Webhook {
            sdkappid: self.sdkappid,
            command,
            url,
            body: Value::Object(body).to_string(),
        })
    }
}

fn product(room_type: RoomType) -> &'static str {
    match room_type {
        RoomType::Live => "live",
        RoomType::Conference => "conference",
    }
}

/// The SHA-256 of the token followed by the time, in hexadecimal digits.
fn sign(token: &str, time: i64) -> String {
    let digest = Sha256::digest(format!("{token}{time}"));
    let mut text = String::with_capacity(64);
    for byte in digest {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_the_page() {
        assert_eq!(
            sign("xxxxyyyy", 1_669_872_112),
            "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061"
        );
    }
}
