use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use trtc_rooms_webhooks::{Delivery, Event, OpenEnum, Reply, UnknownReason};

use crate::output::{Format, Paint, Style, json_line};
use crate::text::escaped;

/// A webhook, and what was answered.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) delivery: Delivery,
    pub(super) body: Value,
    pub(super) reply: Reply,
}

/// A webhook as a line of JSON.
#[derive(Serialize)]
struct Line<'a> {
    command: &'a str,
    known: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    room: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sdkappid: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_ip: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    platform: Option<&'a str>,
    answer: i32,
    event: &'a Value,
}

impl Received {
    /// Writes it as one line of JSON, or for people.
    pub(super) fn write(&self, out: &mut impl Write, format: Format) -> io::Result<()> {
        match format {
            Format::Text => self.text(out)?,
            Format::Json => json_line(out, &self.line())?,
        }
        out.flush()
    }

    fn line(&self) -> Line<'_> {
        let delivery = &self.delivery;
        Line {
            command: &delivery.command,
            known: !matches!(delivery.event, Event::Unknown(_)),
            room: delivery.event.room_id(),
            time: delivery
                .event
                .time()
                .map(trtc_rooms_webhooks::UnixMillis::get),
            sdkappid: delivery.sdkappid,
            client_ip: delivery.client_ip.as_deref(),
            platform: delivery.platform.as_ref().map(OpenEnum::as_str),
            answer: self.reply.code(),
            event: &self.body,
        }
    }

    fn text(&self, out: &mut impl Write) -> io::Result<()> {
        let Delivery { event, command, .. } = &self.delivery;
        let command = escaped(command);
        write!(out, "{}", Paint::stdout().with(Style::Name, command))?;
        if let Some(room) = event.room_id() {
            write!(out, " in {}", escaped(room))?;
        }
        match (
            self.reply.code(),
            event.info().and_then(|info| info.question),
        ) {
            (0, None) => {}
            (0, Some(_)) => write!(out, ": allowed")?,
            (code, _) => write!(out, ": refused with {code}")?,
        }
        if let Event::Unknown(unknown) = event {
            match &unknown.reason {
                UnknownReason::Shape(why) => write!(out, " (not as documented: {})", escaped(why))?,
                _ => write!(out, " (not a documented event)")?,
            }
        }
        write!(out, "\n  ")?;
        json_line(out, &self.body)
    }
}
