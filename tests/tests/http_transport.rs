//! Connections that fail in every way: part J of the catalogue.

use std::collections::BTreeMap;
use std::fs::File;
use std::process::Command;
use std::time::Duration;

use tokio::runtime::Builder;
use trtc_rooms::Payload;
use trtc_rooms_contract::http::tables::transport;
use trtc_rooms_contract::http::{
    Ear, Expected, FaultServer, Gate, Script, TARGETS, Target, UNLISTED, app, secrets,
};

/// Long enough for what was written to arrive.
const BEAT: Duration = Duration::from_millis(20);

async fn faults(target: &Target) {
    let ear = Ear::open(&[]);
    transport::run(target).await.assert(41);
    ear.clean().unwrap();
}

/// Faults meet the runtime of the client and not one call, so that an endpoint of each
/// kind is enough here; `cargo xtask contract` has all of them meet all.
#[test]
fn j_calls_of_each_kind() {
    let mut kinds = BTreeMap::new();
    for target in TARGETS {
        let nested = matches!(target.endpoint.payload, Payload::Nested);
        kinds
            .entry((target.repeat_is_safe(), nested))
            .or_insert(target);
    }
    // So that they wait side by side.
    std::thread::scope(|scope| {
        for target in kinds.into_values() {
            scope.spawn(|| {
                let runtime = Builder::new_current_thread().enable_all().build();
                runtime.unwrap().block_on(faults(target));
            });
        }
    });
}

#[tokio::test]
async fn j_a_call_that_must_not_be_made_twice() {
    faults(&UNLISTED).await;
}

fn target() -> &'static Target {
    Target::named("live/create_room")
}

const OK: &str = r#"{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}"#;

#[tokio::test]
async fn j2_a_host_without_an_address() {
    let client = app::builder("https://rooms.invalid");
    let client = client
        .connect_timeout(Duration::from_secs(1))
        .build()
        .unwrap();
    let error = target().call(&client).await.unwrap_err();
    Expected::not_sent().compare(target(), &error).unwrap();
}

#[tokio::test]
async fn j17_a_connection_that_closed_while_it_lay_unused() {
    let close = Gate::new();
    let scripts = [
        Script::new().answer(OK).gate(&close).half_close(),
        Script::new().answer(OK),
    ];
    let server = FaultServer::start(scripts).await.unwrap();
    let client = app::client(&server.url());
    target().call(&client).await.unwrap();
    close.open();
    tokio::time::sleep(BEAT).await;
    target().call(&client).await.unwrap();
    drop(client);
    let connections = server.finish().await.unwrap();
    let requests: Vec<_> = connections
        .iter()
        .map(|connection| connection.requests.len())
        .collect();
    assert_eq!(requests, [1, 1]);
}

#[tokio::test]
async fn j17_a_kept_connection_that_breaks_after_a_request_is_not_replaced() {
    // The second request was read, so it may have been carried out.
    let script = || Script::new().answer(OK).read_request();
    for script in [script().reset(), script().half_close()] {
        let server = FaultServer::start([script]).await.unwrap();
        let client = app::client(&server.url());
        UNLISTED.call(&client).await.unwrap();
        let error = UNLISTED.call(&client).await.unwrap_err();
        Expected::broken().compare(&UNLISTED, &error).unwrap();
        drop(client);
        let connections = server.finish().await.unwrap();
        assert_eq!(connections.len(), 1);
        assert_eq!(connections[0].requests.len(), 2);
    }
}

#[tokio::test]
async fn j18_a_server_that_dies_and_comes_back() {
    let server = FaultServer::start([Script::new().answer(OK).half_close()])
        .await
        .unwrap();
    let address = server.address();
    let client = app::client(&server.url());
    target().call(&client).await.unwrap();
    server.finish().await.unwrap();
    let error = target().call(&client).await.unwrap_err();
    Expected::not_sent().compare(target(), &error).unwrap();
    let server = FaultServer::at(address, [Script::new().answer(OK)])
        .await
        .unwrap();
    target().call(&client).await.unwrap();
    drop(server);
}

/// `localhost` is `::1` first where there is IPv6, and nobody listens there.
#[tokio::test]
async fn j19_the_second_address_is_tried() {
    let server = FaultServer::start([Script::new().answer(OK)])
        .await
        .unwrap();
    let url = format!("http://localhost:{}", server.address().port());
    target().call(&app::client(&url)).await.unwrap();
}

/// Runs itself again in a process with few descriptors: the other tests of this process
/// need theirs.
#[test]
fn j21_no_descriptor_is_left() {
    const INSIDE: &str = "TRTC_ROOMS_FEW_DESCRIPTORS";
    if std::env::var_os(INSIDE).is_some() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        return runtime.unwrap().block_on(with_few_descriptors());
    }
    let run = "ulimit -n 40; exec \"$0\" --exact j21_no_descriptor_is_left --nocapture";
    let me = std::env::current_exe().unwrap();
    let output = Command::new("sh")
        .arg("-c")
        .arg(run)
        .arg(me)
        .env(INSIDE, "1")
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
    assert_eq!(secrets::find(&said), None);
}

async fn with_few_descriptors() {
    let server = FaultServer::start([Script::new().answer(OK)])
        .await
        .unwrap();
    let client = app::client(&server.url());
    // The schemas have to be read while there are descriptors.
    target().example();
    let all: Vec<_> = std::iter::from_fn(|| File::open("/dev/null").ok())
        .take(1_000)
        .collect();
    assert!(all.len() < 100, "there are only 40");
    let error = target().call(&client).await.unwrap_err();
    Expected::not_sent().compare(target(), &error).unwrap();
    drop(all);
    target().call(&client).await.unwrap();
}
