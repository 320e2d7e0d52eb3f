//! Neither key nor ticket shows up anywhere: part N4 of the catalogue.

use std::error::Error as _;
use std::fmt::Debug;
use std::sync::{Mutex, Once};
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use trtc_rooms::live::get_callback_token::GetCallbackTokenRequest;
use trtc_rooms::{Client, Error, FakeReply, RetryPolicy, Validation};

use crate::fakes::{always, faking};
use crate::operation::{KEY, SDKAPPID, builder, get_room, open_room, ticket};
use crate::stub::{Act, Stub, response};

/// Adds to what was said.
fn say(text: std::fmt::Arguments<'_>) {
    use std::fmt::Write;
    SAID.lock().unwrap().write_fmt(text).unwrap();
}

/// Everything that `tracing` and `log` said in this process, at every level and
/// from every crate.
static SAID: Mutex<String> = Mutex::new(String::new());

struct Listener;

impl Visit for Listener {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        say(format_args!(" {field}={value:?}"));
    }
}

impl Subscriber for Listener {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Listener);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Listener);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        say(format_args!("\n{}", event.metadata().target()));
        event.record(&mut Listener);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl log::Log for Listener {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        say(format_args!("\n{} {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}

fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing::subscriber::set_global_default(Listener).unwrap();
        log::set_logger(&Listener).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
}

/// Fails if `text` holds a piece of the key or of the ticket.
fn assert_clean(what: &str, text: &str) {
    for secret in [KEY, &ticket()] {
        // The first bytes of a ticket are the same for all tickets.
        for piece in secret.as_bytes()[8..].windows(10) {
            let piece = str::from_utf8(piece).unwrap();
            assert!(
                !text.contains(piece),
                "{what} holds `{piece}` of a secret: {text}"
            );
        }
    }
    assert!(!text.contains("usersig=e"), "{what} holds a URL: {text}");
}

fn assert_error_clean(error: &Error) {
    let mut source = error.source();
    assert_clean("Display", &error.to_string());
    assert_clean("Display", &format!("{error:#}"));
    assert_clean("Debug", &format!("{error:?} {error:#?}"));
    assert_clean("the request id", error.request_id().unwrap_or_default());
    assert_clean("the excerpt", error.excerpt().unwrap_or_default());
    while let Some(error) = source {
        assert_clean("a source", &format!("{error} {error:?} {error:#?}"));
        source = error.source();
    }
}

/// A server that repeats the URL of the request, ticket and all, in its answer.
fn echoes() -> Vec<Act> {
    let ticket = ticket();
    let url =
        format!("/v4/test_http_srv/open_room?identifier=administrator&usersig={ticket}&random=7");
    let envelope = |code: &str| {
        format!(
            r#"{{"ActionStatus":"{ticket}","ErrorCode":{code},"ErrorInfo":"bad {url}","RequestId":"{url}",
            "Response":{{"Count":"{ticket}"}},"Count":"{url}"}}"#
        )
    };
    let location = format!("location: http://127.0.0.1:1{url}");
    let mut acts = vec![
        Act::ok(envelope("100002")),
        Act::ok(envelope("0")),
        Act::ok(envelope("null")),
        Act::ok(format!("[\"{url}\"]")),
        Act::ok(&url),
        Act::ok([url.as_bytes(), b"\xff"].concat()),
        Act::Write(response("502 Bad Gateway", &[], format!("<html>{url}"))),
        Act::Write(response("500 Oops", &[], envelope("100001"))),
        Act::Write(response("302 Found", &[&location], &location)),
        Act::WriteAndClose(
            format!("HTTP/1.1 200 {url}\r\ncontent-length: 9999\r\n\r\n{url}").into_bytes(),
        ),
        Act::WriteAndClose(format!("{url}\r\n\r\n").into_bytes()),
        Act::WriteAndClose(Vec::new()),
        Act::WriteAndReset(Vec::new()),
        Act::Silence,
        Act::Write(b"HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n".to_vec()),
    ];
    // Gateways cut what they repeat.
    acts.extend((0..40).map(|cut| {
        Act::Write(response(
            "414 Too Long",
            &[],
            &url[cut..url.len() - 3 * cut],
        ))
    }));
    acts
}

#[tokio::test]
async fn n4_no_error_and_no_event_holds_a_secret() {
    listen();
    for act in echoes() {
        let shown = format!("{act:?}");
        let stub = Stub::new(act).await;
        let client = builder(&stub.url())
            .timeout(Duration::from_millis(150))
            .build()
            .unwrap();
        assert_clean("a client", &format!("{client:?} {client:#?}"));
        for result in [open_room(&client).await, get_room(&client).await] {
            match result {
                Ok(reply) => panic!("{shown}: {reply:?}"),
                Err(error) => assert_error_clean(&error),
            }
        }
        assert!(
            stub.requests()[0].contains(&ticket()),
            "the stub saw the ticket that is looked for"
        );
    }
    for url in [
        "http://127.0.0.1:1",
        "https://127.0.0.1:1",
        "https://rooms.invalid",
    ] {
        assert_error_clean(&open_room(&builder(url).build().unwrap()).await.unwrap_err());
    }
    let long = format!("http://127.0.0.1:1/{}", "x".repeat(70_000));
    assert_error_clean(
        &open_room(&builder(&long).build().unwrap())
            .await
            .unwrap_err(),
    );

    let said = SAID.lock().unwrap().clone();
    for target in ["trtc_rooms", "hyper_util", "reqwest"] {
        assert!(said.contains(target), "{target} was heard");
    }
    assert!(said.contains("a call failed"));
    assert_clean("an event", &said);
}

/// The token that signs webhooks is a secret like the key. A reply that cannot be read is
/// not repeated where it may hold one.
#[tokio::test]
async fn n4_no_excerpt_of_a_reply_holds_a_documented_secret() {
    let token = "a-token-that-signs";
    let replies = [
        FakeReply::http(
            200,
            format!(r#"{{"ErrorCode":0,"Response":{{"Token":"{token}""#),
        ),
        FakeReply::http(200, format!(r#"{{"ErrorCode":0,"Response":"{token}"}}"#)),
        FakeReply::http(200, [br#"{"Token":""#, token.as_bytes(), b"\xff"].concat()),
        // As text, a reply of the service is shown by its code.
        FakeReply::http(
            500,
            format!(r#"{{"ErrorCode":0,"Response":{{"Token":"{token}"}}}}"#),
        ),
    ];
    for reply in replies {
        let client = faking(&always(&reply)).build().unwrap();
        let request = GetCallbackTokenRequest::new();
        let call = client.live().callbacks().get_callback_token(request);
        let error = call.retry(RetryPolicy::never()).await.unwrap_err();
        for text in [error.to_string(), format!("{error:?}")] {
            assert!(!text.contains(token), "{text}");
        }
        let excerpt = error.excerpt().unwrap();
        assert!(excerpt.contains("may hold a secret"), "{excerpt}");
    }
}

#[tokio::test]
async fn events_hold_no_values_of_a_request() {
    listen();
    let stub = Stub::new(Act::ok(r#"{"ActionStatus":"FAIL","ErrorCode":0}"#)).await;
    let client = builder(&stub.url())
        .validation(Validation::Warn)
        .build()
        .unwrap();
    let room_id = "this-room-has-a-name-that-nobody-should-log-1234567890";
    let request = crate::operation::OpenRequest::new(room_id);
    trtc_rooms::Call::<crate::operation::OpenRoom>::new(&client, request)
        .await
        .unwrap();
    let request = crate::operation::OpenRequest::new("");
    trtc_rooms::Call::<crate::operation::OpenRoom>::new(&client, request)
        .await
        .unwrap();
    let said = SAID.lock().unwrap().clone();
    assert!(
        said.contains("/RoomId is 54 bytes long"),
        "the violation was told"
    );
    assert!(said.contains("/RoomId is empty"), "the hint was told");
    assert!(
        said.contains("contradict each other"),
        "h7: the contradiction was told"
    );
    assert!(!said.contains(room_id));
}

#[test]
fn n4_nothing_that_is_built_or_refused_shows_a_secret() {
    for builder in [
        Client::builder(SDKAPPID, KEY),
        Client::builder(SDKAPPID, KEY)
            .base_url(format!("https://admin:{KEY}@host?usersig={}", ticket())),
        Client::builder(0, KEY).base_url("https://host"),
        Client::builder(SDKAPPID, KEY)
            .base_url("https://host")
            .identifier(""),
    ] {
        assert_clean("a builder", &format!("{builder:?}"));
        let error = builder.build().unwrap_err();
        assert_clean("a build error", &format!("{error} {error:?}"));
    }
}
