//! A client that is as simple as can be.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use trtc_rooms_emulator::{Emulator, EmulatorClock, UnixMillis};
use trtc_usersig::{DEFAULT_EXPIRE, SecretKey, Signer};

pub(crate) const APP: u32 = 1_400_000_000;
pub(crate) const KEY: &str = "5f1d2b3c4a5968778695a4b3c2d1e0ff";
pub(crate) const CREATE: &str = "/v4/live_engine_http_srv/create_room";

pub(crate) async fn start() -> Emulator {
    let clock = EmulatorClock::standing_at(UnixMillis::from_seconds(1_767_258_000));
    let builder = Emulator::builder().sdkappid(APP).key(key()).clock(clock);
    builder.start().await.unwrap()
}

pub(crate) fn key() -> SecretKey {
    SecretKey::new(KEY).unwrap()
}

pub(crate) fn target(emulator: &Emulator) -> String {
    let clock = emulator.handle().clock().clone();
    let signer = Signer::new(APP, key()).clock(std::sync::Arc::new(clock));
    let ticket = signer.sign("administrator", DEFAULT_EXPIRE).unwrap();
    let ticket = ticket.as_str();
    format!(
        "{CREATE}?sdkappid={APP}&identifier=administrator&usersig={ticket}&random=1&contenttype=json"
    )
}

pub(crate) fn live(id: &str) -> String {
    let info = json!({ "RoomId": id, "RoomType": "Live", "SeatTemplate": "AudioSalon" });
    json!({ "RoomInfo": info }).to_string()
}

pub(crate) fn post(target: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("POST {target} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{body}")
        .into_bytes()
}

pub(crate) fn create(emulator: &Emulator, id: &str) -> Vec<u8> {
    post(&target(emulator), &live(id))
}

/// Sends bytes and reads until the other side ends.
pub(crate) async fn exchange(addr: SocketAddr, sent: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(addr).await?;
    stream.write_all(sent).await?;
    let mut received = Vec::new();
    let read = stream.read_to_end(&mut received);
    tokio::time::timeout(Duration::from_secs(45), read).await??;
    Ok(received)
}

/// Sends a request after which the connection is to be closed.
pub(crate) async fn call(emulator: &Emulator, request: &[u8]) -> (u16, Value) {
    let request =
        String::from_utf8_lossy(request).replacen("Host: x", "Host: x\r\nConnection: close", 1);
    let received = exchange(emulator.addr(), request.as_bytes()).await.unwrap();
    parse(&received)
}

pub(crate) fn parse(received: &[u8]) -> (u16, Value) {
    let text = String::from_utf8_lossy(received);
    let status = text
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    (
        status.unwrap_or(0),
        serde_json::from_str(body).unwrap_or(Value::Null),
    )
}

pub(crate) fn closing(request: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(request);
    text.replacen("Host: x", "Host: x\r\nConnection: close", 1)
        .into_bytes()
}
