//! Calls as futures.

use std::future::{Future, IntoFuture};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use trtc_rooms::{Client, Error, RawCall};

use crate::operation::{OPEN_ROOM, builder, client, get_room, open_room};
use crate::stub::{Act, Stub};

const OK: &str = r#"{"ActionStatus":"OK","ErrorCode":0,"RoomId":"live-1"}"#;

fn assert_send<T: Send + 'static>(future: T) -> T {
    future
}

#[tokio::test]
async fn o7_the_future_can_move_between_threads_and_is_small() {
    fn shared<T: Send + Sync + Clone + 'static>() {}
    fn error<T: Send + Sync + std::error::Error + 'static>() {}
    shared::<Client>();
    error::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());

    let stub = Stub::new(Act::ok(OK)).await;
    let client = client(&stub.url());
    let call = assert_send(open_room(&client).send());
    assert!(size_of_val(&call) < 8192, "{} bytes", size_of_val(&call));
    let raw: RawCall = client.call_raw(&OPEN_ROOM, "{}");
    let raw = assert_send(raw.send());
    assert!(size_of_val(&raw) < 8192, "{} bytes", size_of_val(&raw));
    let boxed = assert_send(open_room(&client).into_future());
    // The client may go while its calls are under way.
    drop(client);
    assert_eq!(call.await.unwrap().room_id.as_deref(), Some("live-1"));
    assert!(raw.await.is_ok());
    assert!(boxed.await.is_ok());
}

#[tokio::test]
async fn a_call_is_sent_when_it_is_awaited() {
    let stub = Stub::new(Act::ok(OK)).await;
    let client = client(&stub.url());
    let call = open_room(&client);
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(stub.connections(), 0);
    assert_eq!(
        format!("{call:?}"),
        r#"Call { endpoint: "test/open_room", timeout: 30s, .. }"#
    );
    call.await.unwrap();
    assert_eq!(stub.requests().len(), 1);
}

#[tokio::test]
async fn o1_dropping_a_call_at_any_poll_does_no_harm() {
    let stub = Stub::new(Act::ok(OK)).await;
    let client = client(&stub.url());
    for polls in 0..8 {
        {
            let mut call = pin!(open_room(&client).send());
            let mut context = Context::from_waker(Waker::noop());
            for _ in 0..polls {
                if let Poll::Ready(result) = call.as_mut().poll(&mut context) {
                    result.unwrap();
                    break;
                }
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        }
        assert!(open_room(&client).await.is_ok(), "after {polls} polls");
    }
}

#[tokio::test]
async fn o4_many_tasks_share_a_client() {
    let stub = Stub::new(Act::ok(OK)).await;
    let client = client(&stub.url());
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move {
                open_room(&client)
                    .await
                    .map(|reply| reply.into_inner().room_id)
            })
        })
        .collect();
    drop(client);
    for task in tasks {
        assert_eq!(task.await.unwrap().unwrap().as_deref(), Some("live-1"));
    }
    assert_eq!(stub.requests().len(), 100);
}

#[test]
fn o3_a_runtime_that_ends_in_the_middle_of_a_call_ends_the_call() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let (stub, client) = runtime.block_on(async {
        let stub = Stub::new(Act::Silence).await;
        let client = client(&stub.url());
        (stub, client)
    });
    let call = runtime.spawn(get_room(&client).into_future());
    runtime.block_on(async {
        while stub.requests().is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    });
    runtime.shutdown_timeout(Duration::from_secs(1));
    assert!(call.is_finished());

    // The client is of use in another runtime.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let stub = Stub::new(Act::ok(OK)).await;
        assert!(open_room(&self::client(&stub.url())).await.is_ok());
        assert!(
            open_room(&client)
                .timeout(Duration::from_millis(100))
                .await
                .is_err()
        );
    });
}

/// An HTTP client as a user makes it. Its TLS settings need a provider, as this
/// process has none.
pub(crate) fn http_client() -> trtc_rooms::reqwest::Client {
    let provider = rustls::crypto::ring::default_provider();
    let tls = rustls::ClientConfig::builder_with_provider(provider.into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    trtc_rooms::reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .user_agent("mine/1")
        .no_proxy()
        .build()
        .unwrap()
}

#[tokio::test]
async fn an_http_client_of_ones_own_is_used() {
    let stub = Stub::new(Act::ok(OK)).await;
    let client = builder(&stub.url())
        .http_client(http_client())
        .build()
        .unwrap();
    open_room(&client).await.unwrap();
    assert!(stub.requests()[0].contains("user-agent: mine/1\r\n"));
}
