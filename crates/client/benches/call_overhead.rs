//! What a call costs on top of the HTTP request that anybody would write by hand.
//!
//! Both sides send the same request to the same responder in this process, over
//! loopback and kept connections, with the same HTTP settings and the same checks
//! of the reply's code: `cargo bench -p trtc-rooms`. The client repeats, counts and
//! traces as always; only its quota is so large that nothing waits.
//!
//! On a busy machine the times vary by more than both sides differ. The instructions do
//! not: the difference of two runs with another `--sample-size`, divided by theirs, is
//! what one call takes.
//!
//! ```sh
//! valgrind --tool=callgrind target/release/deps/call_overhead-* --bench \
//!     --exact call_overhead::client_call --sample-count 1 --sample-size 1000
//! ```

use std::net::SocketAddr;
use std::time::Duration;

use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher};
use serde::Deserialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use trtc_rooms::live::create_room::{CreateRoomRequest, RoomInfo, SeatTemplate};
use trtc_rooms::{Client, ClientBuilder, LocalQuota, QuotaMode, Validation, reqwest};

const SDKAPPID: u32 = 1_400_000_000;
const REPLY: &str = r#"{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","RequestId":"Id-70ed10ca86184b1b9bb76a25d6bb9ad0-O-Seq-2104","RoomId":"live-100"}"#;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// The request, typed and checked, and the typed reply.
#[divan::bench(sample_count = 200, sample_size = 50)]
fn client_call(bencher: Bencher<'_, '_>) {
    bench_client(bencher, |client| client);
}

/// The same without comparing the request with the documented limits.
#[divan::bench(sample_count = 200, sample_size = 50)]
fn client_call_unchecked(bencher: Bencher<'_, '_>) {
    bench_client(bencher, |client| client.validation(Validation::Off));
}

/// The same without counting calls.
#[divan::bench(sample_count = 200, sample_size = 50)]
fn client_call_uncounted(bencher: Bencher<'_, '_>) {
    bench_client(bencher, |client| client.quota_mode(QuotaMode::Off));
}

fn bench_client(bencher: Bencher<'_, '_>, set_up: fn(ClientBuilder) -> ClientBuilder) {
    let (runtime, address) = respond();
    let client = set_up(builder(address)).build().unwrap();
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        let call = client.live().create_room(request(number));
        runtime.block_on(async { call.await.unwrap().into_inner().room_id })
    });
}

/// Many calls at once, on one thread with the responder: calls in a second.
#[divan::bench(args = [1, 64, 1_000], sample_count = 20, sample_size = 1)]
fn in_flight(bencher: Bencher<'_, '_>, calls: u32) {
    const ROUNDS: u32 = 2_000;
    let (runtime, address) = respond();
    let client = builder(address).build().unwrap();
    let mut number = 0;
    bencher.counter(ItemsCount::new(ROUNDS)).bench_local(|| {
        runtime.block_on(async {
            let mut under_way: JoinSet<Result<_, trtc_rooms::Error>> = JoinSet::new();
            for _ in 0..ROUNDS {
                if under_way.len() >= calls as usize {
                    under_way.join_next().await.unwrap().unwrap().unwrap();
                }
                number += 1;
                under_way.spawn(client.live().create_room(request(number)).send());
            }
            while let Some(result) = under_way.join_next().await {
                result.unwrap().unwrap();
            }
        });
    });
}

fn builder(address: SocketAddr) -> ClientBuilder {
    Client::builder(SDKAPPID, "key")
        .base_url(format!("http://{address}"))
        .quota(LocalQuota::with_share(u32::MAX))
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
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        random = random.wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
        let url = format!(
            "http://{address}/v4/live_engine_http_srv/create_room?sdkappid={SDKAPPID}\
             &identifier=administrator&usersig={}&random={random}&contenttype=json",
            ticket.as_str()
        );
        let body = serde_json::to_vec(&request(number)).unwrap();
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

/// A room of its own for each call: one room is created once a second.
fn request(number: u32) -> CreateRoomRequest {
    CreateRoomRequest::new(
        RoomInfo::new(format!("live-{number}"), SeatTemplate::AudioSalon)
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
