//! What a request looks like on the wire.

use std::collections::HashSet;
use std::sync::Arc;

use trtc_rooms::{Client, FixedClock, SystemClock};

use crate::operation::{KEY, NOW, SDKAPPID, builder, client, get_room, open_room, ticket};
use crate::stub::{Act, Stub};

const OK: &str = r#"{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","RequestId":"Id-1"}"#;

fn url_of(request: &str) -> reqwest::Url {
    let path = request.split(' ').nth(1).unwrap();
    reqwest::Url::parse(&format!("http://stub{path}")).unwrap()
}

fn parameter(request: &str, name: &str) -> String {
    let url = url_of(request);
    let mut values = url.query_pairs().filter(|(key, _)| key == name);
    let (_, value) = values.next().unwrap();
    assert_eq!(values.next(), None, "{name} is there once");
    value.into_owned()
}

#[tokio::test]
async fn a_request_has_exactly_the_documented_bytes() {
    let stub = Stub::new(Act::ok(OK)).await;
    open_room(&client(&stub.url())).await.unwrap();
    let expected = format!(
        "POST /v4/test_http_srv/open_room?sdkappid={SDKAPPID}&identifier=administrator&usersig={}\
         &random=7&contenttype=json HTTP/1.1\r\n\
         content-type: application/json\r\n\
         accept: */*\r\n\
         user-agent: trtc-rooms/{}\r\n\
         host: 127.0.0.1:{}\r\n\
         content-length: 19\r\n\
         \r\n\
         {{\"RoomId\":\"live-1\"}}",
        ticket(),
        env!("CARGO_PKG_VERSION"),
        stub.port(),
    );
    assert_eq!(stub.requests(), [expected]);
}

#[tokio::test]
async fn a_raw_body_is_sent_byte_for_byte() {
    let stub = Stub::new(Act::ok(OK)).await;
    let client = client(&stub.url());
    let odd = "{ \"RoomId\" : \"房\\u0061\",\n\"New\":1e400, } // and no JSON at all";
    for body in [odd, "{}", ""] {
        let _ = client
            .call_raw(&crate::operation::OPEN_ROOM, body)
            .await
            .unwrap();
    }
    let bodies: Vec<_> = stub
        .requests()
        .iter()
        .map(|text| text.split_once("\r\n\r\n").unwrap().1.to_owned())
        .collect();
    assert_eq!(bodies, [odd, "{}", ""]);
}

#[tokio::test]
async fn f9_an_identifier_arrives_as_it_is() {
    let stub = Stub::new(Act::ok(OK)).await;
    for identifier in ["a b&c=d#e%", "admin&usersig=x", "管理员", "a+b/c?d"] {
        let client = builder(&stub.url()).identifier(identifier).build().unwrap();
        open_room(&client).await.unwrap();
        let request = stub.requests().pop().unwrap();
        assert_eq!(parameter(&request, "identifier"), identifier);
        let claims = trtc_usersig::decode(&parameter(&request, "usersig")).unwrap();
        assert_eq!(claims.identifier, identifier);
    }
}

#[tokio::test]
async fn f7_the_random_number_is_fresh_for_each_request() {
    let stub = Stub::new(Act::ok(OK)).await;
    let client = Client::builder(SDKAPPID, KEY)
        .base_url(stub.url())
        .build()
        .unwrap();
    for _ in 0..1_000 {
        open_room(&client).await.unwrap();
    }
    let numbers: HashSet<u32> = stub
        .requests()
        .iter()
        .map(|request| parameter(request, "random").parse().unwrap())
        .collect();
    assert_eq!(numbers.len(), 1_000);
    assert_eq!(stub.connections(), 1, "the connection is kept");
}

#[tokio::test]
async fn a_ticket_is_kept_and_renewed() {
    let stub = Stub::new(Act::ok(OK)).await;
    let clock = Arc::new(FixedClock::new(NOW));
    let client = builder(&stub.url())
        .clock(Arc::clone(&clock) as _)
        .ticket_lifetime(std::time::Duration::from_secs(1_000))
        .build()
        .unwrap();
    for advance in [0, 749, 1, 749] {
        clock.advance(advance);
        open_room(&client.clone()).await.unwrap();
    }
    let times: Vec<_> = stub
        .requests()
        .iter()
        .map(|request| trtc_usersig::decode(&parameter(request, "usersig")).unwrap())
        .map(|claims| (claims.time, claims.expire))
        .collect();
    assert_eq!(
        times,
        [
            (NOW, 1_000),
            (NOW, 1_000),
            (NOW + 750, 1_000),
            (NOW + 750, 1_000)
        ]
    );
}

#[tokio::test]
async fn o9_a_hundred_tasks_share_one_ticket() {
    let stub = Stub::new(Act::ok(OK)).await;
    let client = Client::builder(SDKAPPID, KEY)
        .base_url(stub.url())
        .clock(Arc::new(SystemClock))
        .build()
        .unwrap();
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { get_room(&client).await.map(|_| ()) })
        })
        .collect();
    drop(client);
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let tickets: HashSet<_> = stub
        .requests()
        .iter()
        .map(|request| parameter(request, "usersig"))
        .collect();
    assert_eq!(tickets.len(), 1);
}

#[tokio::test]
async fn f13_a_url_that_is_too_long_is_not_sent() {
    let stub = Stub::new(Act::ok(OK)).await;
    let client = client(&format!("{}/{}", stub.url(), "x".repeat(70_000)));
    let error = open_room(&client).await.unwrap_err();
    assert_eq!(error.kind(), trtc_rooms::ErrorKind::Build);
    assert!(!error.was_sent() && !error.is_retryable());
    assert!(error.to_string().len() < 300 && format!("{error:?}").len() < 1_000);
    assert_eq!(stub.connections(), 0);
}

#[tokio::test]
async fn a_ticket_that_cannot_be_signed_is_an_error() {
    let client = builder("http://127.0.0.1:1")
        .clock(Arc::new(FixedClock::new(-1)))
        .build()
        .unwrap();
    let error = open_room(&client).await.unwrap_err();
    assert_eq!(error.kind(), trtc_rooms::ErrorKind::Signing);
    assert!(!error.was_sent() && !error.is_outcome_unknown() && !error.is_retryable());
    assert!(error.to_string().contains("before 1970"), "{error}");
}

/// Runs itself again with a proxy in the environment, which cannot be set in a
/// process that has threads.
#[tokio::test]
async fn no_proxy_gets_to_see_what_stays_on_this_machine() {
    const PROXY: &str = "http://127.0.0.1:1";
    if std::env::var("HTTP_PROXY").as_deref() == Ok(PROXY) {
        let stub = Stub::new(Act::ok(OK)).await;
        open_room(&client(&stub.url())).await.unwrap();
        return;
    }
    let this = std::env::current_exe().unwrap();
    let name = "requests::no_proxy_gets_to_see_what_stays_on_this_machine";
    let output = std::process::Command::new(this)
        .args(["--exact", name])
        .env("HTTP_PROXY", PROXY)
        .env("http_proxy", PROXY)
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
}
