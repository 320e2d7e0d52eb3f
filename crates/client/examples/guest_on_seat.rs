//! A guest gets a seat, and what to do when the seat is taken.
//!
//! ```sh
//! cargo run -p trtc-rooms --example guest_on_seat
//! ```

#[path = "emulated/mod.rs"]
mod emulated;

use emulated::{Result, enter};
use trtc_rooms::common::room_codes::SEAT_TAKEN_BY_USER;
use trtc_rooms::live::create_room::{RoomInfo, SeatTemplate};
use trtc_rooms::seats::get_seat_list::GetSeatListRequest;
use trtc_rooms::seats::lock_seat::LockSeatRequest;
use trtc_rooms::seats::pick_user_on_seat::PickUserOnSeatRequest;

pub(crate) async fn run() -> Result {
    let (emulator, client) = emulated::start().await?;
    let room = RoomInfo::new("live-1", SeatTemplate::AudioSalon).max_seat_count(4);
    client.live().rooms().create_room(room).await?;
    enter(&emulator, "live-1", &["mei", "ana", "bo"]);

    let seats = client.live().seats();
    seats
        .pick_user_on_seat(PickUserOnSeatRequest::new("live-1", 0, "mei"))
        .await?;
    seats
        .lock_seat(LockSeatRequest::new("live-1", 3).forbid_taken(true))
        .await?;
    for guest in ["ana", "bo"] {
        let seat = first_free_seat(&client, guest).await?;
        println!("{guest} sits on seat {seat}");
    }

    let list = seats
        .get_seat_list(GetSeatListRequest::new("live-1"))
        .await?;
    for seat in list.seat_list.iter().flatten() {
        println!(
            "{:?}: {:?}, locked: {:?}",
            seat.index, seat.member_account, seat.is_taken_disabled
        );
    }
    emulator.shutdown().await;
    Ok(())
}

/// There is no call for "any seat": one is tried after the other, and the code tells
/// whether to go on.
async fn first_free_seat(client: &trtc_rooms::Client, guest: &str) -> Result<i64> {
    for index in 0.. {
        let pick = PickUserOnSeatRequest::new("live-1", index, guest);
        match client.live().seats().pick_user_on_seat(pick).await {
            Ok(_) => return Ok(index),
            Err(error) if error.code() == Some(SEAT_TAKEN_BY_USER) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err("every seat is taken".into())
}

#[tokio::main(flavor = "current_thread")]
#[allow(dead_code, reason = "the tests run `run` instead")]
async fn main() -> Result {
    run().await
}
