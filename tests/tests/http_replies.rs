//! What a call makes of every kind of reply: parts H, I and N of the catalogue.

use std::fmt::Write;
use std::time::Duration;

use trtc_rooms_contract::http::faults::nobody;
use trtc_rooms_contract::http::script::response;
use trtc_rooms_contract::http::tables::{redirects, replies, statuses};
use trtc_rooms_contract::http::{
    Answer, Ear, FaultServer, Script, Stub, TARGETS, Target, UNLISTED, app, envelope,
};
use trtc_rooms_model::json::JsonEndpoint;

fn targets() -> impl Iterator<Item = &'static Target> {
    TARGETS.iter().chain([&UNLISTED])
}

#[tokio::test]
async fn h_replies_with_status_200() {
    let ear = Ear::open(&[]);
    let stub = Stub::start().await;
    for target in targets() {
        replies::run(&stub, target).await.assert(80);
        replies::contradictions(&stub, target, &ear).await.assert(4);
    }
    ear.clean().unwrap();
}

#[test]
fn the_endpoints_with_secrets_are_those_that_hold_some() {
    let endpoints = trtc_rooms_model::ENDPOINTS.iter();
    let endpoints = endpoints.map(JsonEndpoint::endpoint);
    let secretive = endpoints.filter(|endpoint| endpoint.has_secrets);
    let names: Vec<&str> = secretive.map(|endpoint| endpoint.name).collect();
    assert_eq!(names, replies::WITH_SECRETS);
}

#[tokio::test]
async fn i_replies_with_other_statuses() {
    let ear = Ear::open(&[]);
    let stub = Stub::start().await;
    for target in targets() {
        statuses::run(&stub, target).await.assert(80);
        statuses::by_hand(target).await.assert(20);
    }
    ear.clean().unwrap();
}

#[tokio::test]
async fn n_redirects_are_never_followed() {
    let ear = Ear::open(&[]);
    let (stub, other) = (Stub::start().await, Stub::start().await);
    for target in targets() {
        redirects::run(&stub, &other, target).await.assert(90);
    }
    ear.clean().unwrap();
}

/// One line for each kind of failure that is no code of the service.
#[tokio::test]
async fn failures_read_well() {
    let target = Target::named("live/create_room");
    let stub = Stub::start().await;
    let client = app::client(&stub.url());
    let mut lines = String::new();
    let html = "<html><h1>Bad Gateway</h1></html>";
    let location = vec![("location", "http://127.0.0.1:1/".to_owned())];
    for (what, answer) in [
        ("a gateway", Answer::Http(502, Vec::new(), html.into())),
        ("a gateway with an answer", {
            let body = envelope(100_001, "try again").to_string();
            Answer::Http(500, Vec::new(), body.into())
        }),
        ("a redirect", Answer::Http(307, location, Vec::new())),
        ("a page", Answer::body(html)),
        ("nothing", Answer::body("")),
        (
            "half a reply",
            Answer::body(r#"{"ActionStatus":"OK","Error"#),
        ),
        (
            "no code",
            Answer::body(r#"{"ActionStatus":"OK","RequestId":"Id-1"}"#),
        ),
        (
            "no room id",
            Answer::body(r#"{"ErrorCode":0,"RequestId":"Id-1","RoomId":{}}"#),
        ),
        ("a long reply", Answer::Body(vec![b' '; 2_000_000])),
    ] {
        stub.begin(answer).await;
        let error = target.call(&client).await.unwrap_err();
        writeln!(lines, "{what}\n  {}", steady(&error.to_string())).unwrap();
    }
    let cut = &response("200 OK", &[], r#"{"ErrorCode":0}"#)[..50];
    let read = || Script::new().read_request();
    for (what, script) in [
        ("silence", read().stall()),
        ("a cut reply", read().write(cut).half_close()),
    ] {
        let server = FaultServer::start([script]).await.unwrap();
        let client = app::builder(&server.url());
        let client = client.timeout(Duration::from_millis(150)).build().unwrap();
        let error = target.call(&client).await.unwrap_err();
        writeln!(lines, "{what}\n  {}", steady(&error.to_string())).unwrap();
    }
    let client = app::client(&format!("http://{}", nobody().await.unwrap()));
    let error = target.call(&client).await.unwrap_err();
    writeln!(lines, "nobody\n  {}", steady(&error.to_string())).unwrap();
    insta::assert_snapshot!("errors_by_kind", lines);
}

/// Without what differs from run to run: the number of the request, and how far the
/// clock that stands still is from that of the stub.
fn steady(line: &str) -> String {
    let mut steady = String::new();
    let mut rest = line;
    for (before, after) in [("(random: ", ")"), ("machine is ", " s behind")] {
        if let Some((start, end)) = rest.split_once(before) {
            steady += start;
            steady += before;
            steady += "N";
            rest = end.find(after).map_or("", |at| &end[at..]);
        }
    }
    steady + rest
}
