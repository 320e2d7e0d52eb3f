//! What a ticket costs, in time and memory: `cargo bench -p trtc-usersig`.

use std::hint::black_box;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use divan::{AllocProfiler, Bencher};
use flate2::{Compression, write::ZlibEncoder};
use trtc_usersig::{
    Expect, FixedClock, Privileges, RoomRef, SecretKey, Signer, Ticket, Verifier, decode,
};

#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

const APP: u32 = 1_400_000_000;
const NOW: i64 = 1_718_000_000;
const DAY: Duration = Duration::from_secs(86_400);
const USER: &str = "administrator";

fn main() {
    divan::main();
}

fn key() -> SecretKey {
    SecretKey::new("9f2c7d10b6a8e3455e0d9a7bb1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4").unwrap()
}

fn signer() -> Signer {
    Signer::new(APP, key()).clock(Arc::new(FixedClock::new(NOW)))
}

fn ticket() -> Ticket {
    signer().sign(USER, DAY).unwrap()
}

#[divan::bench]
fn sign(bencher: Bencher<'_, '_>) {
    let signer = signer();
    bencher.bench(|| signer.sign(black_box(USER), DAY));
}

#[divan::bench]
fn sign_private_map_key(bencher: Bencher<'_, '_>) {
    let signer = signer();
    let room = RoomRef::Text("live-room-1");
    bencher.bench(|| signer.private_map_key(black_box(USER), DAY, room, Privileges::AUDIENCE));
}

#[divan::bench]
fn decode_ticket(bencher: Bencher<'_, '_>) {
    let ticket = ticket();
    bencher.bench(|| decode(black_box(ticket.as_str())));
}

#[divan::bench]
fn verify(bencher: Bencher<'_, '_>) {
    let ticket = ticket();
    let verifier = Verifier::new(APP, key());
    bencher.bench(|| verifier.verify(black_box(ticket.as_str()), Expect::user(USER), NOW));
}

/// The largest bomb that passes the length limit: 3 KiB that would inflate to 2 MiB.
#[divan::bench]
fn refuse_bomb(bencher: Bencher<'_, '_>) {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![b'['; 2 << 20]).unwrap();
    let bomb = BASE64_STANDARD.encode(encoder.finish().unwrap());
    assert!(bomb.len() <= trtc_usersig::MAX_TICKET_LEN);
    bencher.bench(|| decode(black_box(&bomb)).unwrap_err());
}

#[divan::bench]
fn refuse_overlong(bencher: Bencher<'_, '_>) {
    let text = "A".repeat(1 << 20);
    bencher.bench(|| decode(black_box(&text)).unwrap_err());
}
