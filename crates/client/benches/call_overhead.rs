//! What a call costs on top of the HTTP request that anybody would write by hand.
//!
//! Both sides send the same request to the same responder in this process, over
//! loopback and kept connections, with the same HTTP settings and the same checks
//! of the reply's code: `cargo bench -p trtc-rooms`.

use std::net::SocketAddr;
use std::time::Duration;

use divan::Bencher;
use serde::Deserialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use trtc_rooms::live::create_room::{CreateRoomRequest, RoomInfo, SeatTemplate};
use trtc_rooms::{Client, Validation, reqwest};

const SDKAPPID: u32 = 1_400_000_000;
const REPLY: &str = r#"{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","RequestId":"Id-70ed10ca86184b1b9bb76a25d6bb9ad0-O-Seq-2104","RoomId":"live-100"}"#;

fn main() {
    divan::main();
}

/// The request, typed and checked, and the typed reply.
#[divan::bench(sample_count = 200, sample_size = 50)]
fn client_call(bencher: Bencher<'_, '_>) {
    bench_client(bencher, Validation::Enforce);
}

/// The same without comparing the request with the documented limits.
#[divan::bench(sample_count = 200, sample_size = 50)]
fn client_call_unchecked(bencher: Bencher<'_, '_>) {
    bench_client(bencher, Validation::Off);
}

fn bench_client(bencher: Bencher<'_, '_>, validation: Validation) {
    let (runtime, address) = respond();
    let client = Client::builder(SDKAPPID, "key")
        .base_url(format!("http://{address}"))
        .validation(validation)
        .build()
        .unwrap();
    bencher.bench_local(|| {
        let call = client.live().create_room(request());
        runtime.block_on(async { call.await.unwrap().into_inner().room_id })
    });
}

/// What a careful author writes with reqwest and `serde_json`: the ticket is signed
/// once, the URL is put together, the code is looked at.
#[divan::bench(sample_count = 200, sample_size = 50)]
fn hand_written(bencher: Bencher<'_, '_>) {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Reply {
        error_code: i32,
        request_id: Option<String>,
        room_id: Option<String>,
    }

    let (runtime, address) = respond();
    let key = trtc_usersig::SecretKey::new("key").unwrap();
    let ticket = trtc_usersig::Signer::new(SDKAPPID, key)
        .sign("administrator", Duration::from_secs(86_400))
        .unwrap();
    let http = http_client();
    let mut random = 0_u32;
    bencher.bench_local(|| {
        random = random.wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
        let url = format!(
            "http://{address}/v4/live_engine_http_srv/create_room?sdkappid={SDKAPPID}\
             &identifier=administrator&usersig={}&random={random}&contenttype=json",
            ticket.as_str()
        );
        let body = serde_json::to_vec(&request()).unwrap();
        runtime.block_on(async {
            let response = http
                .post(url)
                .header("content-type", "application/json")
                .timeout(Duration::from_secs(10))
                .body(body)
                .send()
                .await
                .unwrap();
            assert_eq!(response.status(), 200);
            let reply: Reply = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
            assert_eq!(reply.error_code, 0);
            assert!(reply.request_id.is_some());
            reply.room_id
        })
    });
}

fn request() -> CreateRoomRequest {
    CreateRoomRequest::new(
        RoomInfo::new("live-100", SeatTemplate::AudioSalon)
            .room_name("Friday night")
            .owner_account("host-1")
            .max_seat_count(8)
            .category([1, 2]),
    )
}

/// The settings that the client makes for itself.
fn http_client() -> reqwest::Client {
    let provider = rustls::crypto::ring::default_provider();
    let tls = rustls::ClientConfig::builder_with_provider(provider.into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .user_agent(concat!("trtc-rooms/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .no_proxy()
        .build()
        .unwrap()
}

/// A runtime that answers every request with [`REPLY`]. Responder and caller take
/// turns on one thread, so that no other core's wake-up time is measured.
fn respond() -> (Runtime, SocketAddr) {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    runtime.spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            tokio::spawn(serve(stream));
        }
    });
    (runtime, address)
}

async fn serve(mut stream: TcpStream) {
    stream.set_nodelay(true).unwrap();
    let length = REPLY.len();
    let reply = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{REPLY}");
    let mut buffer = Vec::with_capacity(4096);
    // A request is small and arrives whole; its body ends the text.
    while stream.read_buf(&mut buffer).await.unwrap_or(0) > 0 {
        if buffer.ends_with(b"}") {
            buffer.clear();
            stream.write_all(reply.as_bytes()).await.unwrap();
        }
    }
}
