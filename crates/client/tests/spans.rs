//! The spans of a call and its attempts, alone in their process: a subscriber is for
//! all of it.
#![cfg(feature = "tracing")]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use trtc_rooms::live::create_room::{RoomInfo, SeatTemplate};
use trtc_rooms::{Client, FakeReply, FakeTransport};

/// The name and the fields of a span.
type Recorded = (&'static str, BTreeMap<String, String>);

/// Every span.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<Recorded>>>);

struct Fields<'a>(&'a mut BTreeMap<String, String>);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }
}

impl Subscriber for Spans {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("trtc_rooms")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = BTreeMap::new();
        span.record(&mut Fields(&mut fields));
        let mut spans = self.0.lock().unwrap();
        spans.push((span.metadata().name(), fields));
        Id::from_u64(spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut spans = self.0.lock().unwrap();
        let index = usize::try_from(span.into_u64()).unwrap() - 1;
        values.record(&mut Fields(&mut spans[index].1));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test(start_paused = true)]
async fn a_call_is_a_span_and_so_is_each_attempt() {
    let spans = Spans::default();
    tracing::subscriber::set_global_default(spans.clone()).unwrap();
    let fake = FakeTransport::new(|request| match request.number() {
        0 => request.error(100_012, "too soon"),
        1 => FakeReply::lost(),
        _ => request.error(100_003, "taken"),
    });
    let client = Client::builder(1_400_000_000, "a key that nobody may see")
        .fake(fake)
        .build()
        .unwrap();
    let room = RoomInfo::new("live-1", SeatTemplate::Karaoke);
    let call = client.live().create_room(room).tag("tenant-7");
    call.await.unwrap_err();

    let spans = spans.0.lock().unwrap();
    let shown: Vec<String> = spans
        .iter()
        .map(|(name, fields)| {
            let fields = fields.iter().filter(|(name, _)| *name != "elapsed_ms");
            let fields: Vec<_> = fields
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            format!("{name} {}", fields.join(" "))
        })
        .collect();
    assert_eq!(
        shown,
        [
            r#"trtc_rooms.call attempts=3 class="conflict" code=100003 endpoint="live/create_room" outcome="unknown" request_id="Id-fake" tag="tenant-7""#,
            r#"trtc_rooms.attempt attempt=1 class="rateLimit" code=100012 outcome="refused" request_id="Id-fake""#,
            r#"trtc_rooms.attempt attempt=2 outcome="unknown""#,
            r#"trtc_rooms.attempt attempt=3 class="conflict" code=100003 outcome="refused" request_id="Id-fake""#,
        ]
    );
    assert!(
        spans
            .iter()
            .all(|(_, fields)| fields.contains_key("elapsed_ms"))
    );
    assert!(!format!("{spans:?}").contains("nobody may see"));
}
