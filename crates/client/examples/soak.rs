//! Calls under random faults, over loopback: do all of them end, and does anything
//! leak?
//!
//! ```sh
//! cargo run --release -p trtc-rooms --example soak -- 300000
//! ```
//!
//! A server in this process answers each request, or with the given chance does
//! something bad to it. Afterwards every call has to be accounted for, every room
//! that a call says to have created has to be there, and memory, tasks and sockets
//! have to be what they were.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use trtc_rooms::live::create_room::{RoomInfo, SeatTemplate};
use trtc_rooms::{Client, Outcome, QuotaMode, RetryPolicy};

/// What is to be done.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many calls in all.
    pub calls: u64,
    /// How many of them at a time.
    pub at_once: u64,
    /// How many requests of a hundred meet with a fault.
    pub faults_in_100: u64,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Report {
    /// Calls that succeeded.
    pub succeeded: u64,
    /// Calls that failed, by outcome: not sent, refused, unknown.
    pub failed: [u64; 3],
    /// Requests that the server read.
    pub requests: u64,
    /// Faults that it committed.
    pub faults: u64,
    /// Calls that say that a room was created which is not there.
    pub false_successes: u64,
    /// Rooms that are there although their call says that they are certainly not.
    pub false_failures: u64,
    /// Open files before and after, where the system tells.
    pub files: Option<(usize, usize)>,
    /// Memory in KiB after a tenth of the calls and after all, where the system tells.
    pub memory_kib: Option<(u64, u64)>,
    /// Tasks that are left.
    pub tasks: usize,
    /// How long it took.
    pub elapsed: Duration,
}

#[tokio::main]
async fn main() {
    let calls = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let plan = Plan {
        calls: calls.unwrap_or(300_000),
        at_once: 64,
        faults_in_100: 5,
    };
    let report = run(plan).await;
    println!("{plan:#?}\n{report:#?}");
    let millis = report.elapsed.as_millis().max(1);
    println!(
        "{} calls per second",
        u128::from(plan.calls) * 1000 / millis
    );
}

/// Does it.
///
/// # Panics
///
/// If there is no free port, or a worker panics.
pub async fn run(plan: Plan) -> Report {
    let started = Instant::now();
    let server = Arc::new(Server::new(plan.faults_in_100));
    let address = server.listen().await;
    let files_before = open_files();
    let tasks_before = alive_tasks();
    let client = Client::builder(1_400_000_000, "key")
        .base_url(format!("http://{address}"))
        .quota_mode(QuotaMode::Off)
        .attempt_timeout(Duration::from_millis(250))
        .retry(RetryPolicy::standard().base(Duration::from_millis(2)))
        .build()
        .expect("the settings are right");

    let mut report = Report::default();
    let mut early_memory = None;
    let next = Arc::new(AtomicU64::new(0));
    let mut workers = JoinSet::new();
    for _ in 0..plan.at_once {
        workers.spawn(work(
            client.clone(),
            Arc::clone(&next),
            plan.calls,
            Arc::clone(&server),
        ));
    }
    while next.load(Ordering::Relaxed) < plan.calls {
        tokio::time::sleep(Duration::from_millis(10)).await;
        if early_memory.is_none() && next.load(Ordering::Relaxed) > plan.calls / 10 {
            early_memory = resident_kib();
        }
    }
    while let Some(part) = workers.join_next().await {
        report.add(&part.expect("a worker does not panic"));
    }
    report.memory_kib = early_memory.zip(resident_kib());
    drop(client);
    // Connections close when their tasks notice that the client is gone.
    let patience = Instant::now();
    while patience.elapsed() < Duration::from_secs(5)
        && (open_files() > files_before || alive_tasks() > tasks_before)
    {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    report.files = files_before.zip(open_files());
    report.tasks = alive_tasks().saturating_sub(tasks_before);
    report.requests = server.requests.load(Ordering::Relaxed);
    report.faults = server.faults.load(Ordering::Relaxed);
    report.elapsed = started.elapsed();
    report
}

/// Creates rooms until there are enough, each with an id of its own.
async fn work(client: Client, next: Arc<AtomicU64>, calls: u64, server: Arc<Server>) -> Report {
    let mut report = Report::default();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= calls {
            return report;
        }
        let id = format!("live-{number}");
        let room = RoomInfo::new(id.as_str(), SeatTemplate::Karaoke);
        let result = client.live().create_room(room).await;
        let is_there = server.rooms.lock().expect("no panic").remove(&id);
        match result {
            Ok(_) => {
                report.succeeded += 1;
                report.false_successes += u64::from(!is_there);
            }
            Err(error) => {
                let outcome = error.outcome();
                let index = match outcome {
                    Outcome::NotSent => 0,
                    Outcome::Refused => 1,
                    Outcome::Unknown | Outcome::CarriedOut => 2,
                };
                report.failed[index] += 1;
                report.false_failures += u64::from(is_there && index < 2);
            }
        }
    }
}

impl Report {
    fn add(&mut self, part: &Self) {
        self.succeeded += part.succeeded;
        for (sum, part) in self.failed.iter_mut().zip(part.failed) {
            *sum += part;
        }
        self.false_successes += part.false_successes;
        self.false_failures += part.false_failures;
    }
}

/// Creates rooms, or does something bad.
struct Server {
    faults_in_100: u64,
    rooms: Mutex<HashSet<String>>,
    requests: AtomicU64,
    faults: AtomicU64,
    draws: AtomicU64,
}

impl Server {
    fn new(faults_in_100: u64) -> Self {
        Self {
            faults_in_100,
            rooms: Mutex::default(),
            requests: AtomicU64::new(0),
            faults: AtomicU64::new(0),
            draws: AtomicU64::new(1),
        }
    }

    async fn listen(self: &Arc<Self>) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let server = Arc::clone(self);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = Arc::clone(&server);
                tokio::spawn(async move { server.serve(stream).await });
            }
        });
        address
    }

    /// A number that is as good as random and the same in every run (splitmix64).
    fn draw(&self, below: u64) -> u64 {
        let state = self
            .draws
            .fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % below
    }

    async fn serve(&self, mut stream: TcpStream) {
        let _ = stream.set_nodelay(true);
        let mut buffer = Vec::with_capacity(4096);
        while stream.read_buf(&mut buffer).await.unwrap_or(0) > 0 {
            // A request is small, and its body ends the text.
            let Some(id) = room_id(&buffer) else { continue };
            buffer.clear();
            self.requests.fetch_add(1, Ordering::Relaxed);
            let goes_on = if self.draw(100) < self.faults_in_100 {
                self.faults.fetch_add(1, Ordering::Relaxed);
                self.fault(&mut stream, id).await
            } else {
                let reply = self.create(id);
                stream.write_all(reply.as_bytes()).await.is_ok()
            };
            if !goes_on {
                return;
            }
        }
    }

    fn create(&self, id: String) -> String {
        let is_new = self.rooms.lock().expect("no panic").insert(id);
        if is_new {
            response(r#"{"ActionStatus":"OK","ErrorCode":0,"RequestId":"Id-1"}"#)
        } else {
            response(r#"{"ActionStatus":"FAIL","ErrorCode":100010,"RequestId":"Id-1"}"#)
        }
    }

    /// Does something bad, before or after the room is created. Tells whether the
    /// connection goes on.
    async fn fault(&self, stream: &mut TcpStream, id: String) -> bool {
        let reply = self.draw(2).eq(&0).then(|| self.create(id));
        let half = reply
            .as_deref()
            .map_or("HTTP/1.1 200", |reply| &reply[..reply.len() / 2]);
        match self.draw(7) {
            0 => {
                let _ = stream.set_zero_linger();
                false
            }
            1 => {
                let _ = stream.write_all(half.as_bytes()).await;
                false
            }
            2 => {
                // Silence, until the client has had enough.
                let _ = stream.read(&mut [0]).await;
                false
            }
            3 => {
                let _ = stream.write_all(half.as_bytes()).await;
                let _ = stream.read(&mut [0]).await;
                false
            }
            4 => {
                let page = "HTTP/1.1 502 Bad Gateway\r\ncontent-length: 6\r\n\r\n<html>";
                stream.write_all(page.as_bytes()).await.is_ok()
            }
            5 => {
                let failed = response(r#"{"ActionStatus":"FAIL","ErrorCode":100001}"#);
                stream.write_all(failed.as_bytes()).await.is_ok()
            }
            _ => {
                let _ = stream.write_all(b"\x16\x03\x01 no HTTP\r\n\r\n").await;
                false
            }
        }
    }
}

fn response(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// The room that a request is to create, once the request is complete.
fn room_id(request: &[u8]) -> Option<String> {
    let text = str::from_utf8(request).ok()?;
    let (_, body) = text.split_once("\r\n\r\n")?;
    body.ends_with("}}").then_some(())?;
    let (_, rest) = body.split_once("\"RoomId\":\"")?;
    rest.split('"').next().map(str::to_owned)
}

fn alive_tasks() -> usize {
    tokio::runtime::Handle::current()
        .metrics()
        .num_alive_tasks()
}

fn open_files() -> Option<usize> {
    Some(std::fs::read_dir("/proc/self/fd").ok()?.count())
}

fn resident_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse().ok()
}
