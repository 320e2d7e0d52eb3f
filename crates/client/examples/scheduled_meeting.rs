//! A meeting that is scheduled for later, changed, and held.
//!
//! ```sh
//! cargo run -p trtc-rooms --example scheduled_meeting
//! ```

#[path = "emulated/mod.rs"]
mod emulated;

use std::time::{SystemTime, UNIX_EPOCH};

use emulated::{Result, enter};
use trtc_rooms::conference::create_room::{CreateRoomRequest, RoomInfo};
use trtc_rooms::conference::destroy_room::DestroyRoomRequest;
use trtc_rooms::conference::get_room_info::GetRoomInfoRequest;
use trtc_rooms::conference::get_room_member_list::GetRoomMemberListRequest;
use trtc_rooms::conference::update_room_info;

/// In seconds.
const HOUR: i64 = 60 * 60;

pub(crate) async fn run() -> Result {
    let (emulator, client) = emulated::start().await?;
    let conference = client.conference();

    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())?;
    let room = RoomInfo::new("standup-7")
        .room_name("Standup")
        .owner_account("mei")
        .schedule_start_time(now + HOUR)
        .schedule_end_time(now + 2 * HOUR);
    let request = CreateRoomRequest::new(room).schedule_invitee_list_account(["ana", "bo"]);
    conference.rooms().create_room(request).await?;

    // A meeting lasts at least five minutes: this one does not leave the machine.
    let short = RoomInfo::new("too-short")
        .schedule_start_time(now + HOUR)
        .schedule_end_time(now + HOUR + 60);
    match conference.rooms().create_room(short).await {
        Err(error) if error.violations().is_some() => println!("refused here: {error}"),
        other => return Err(format!("{other:?}").into()),
    }

    let change = update_room_info::RoomInfo::new("standup-7").room_name("Daily standup");
    conference.rooms().update_room_info(change).await?;
    let read = GetRoomInfoRequest::new("standup-7");
    let info = conference.rooms().get_room_info(read).await?;
    if let Some(info) = &info.room_info {
        println!("{:?} is {:?}", info.room_name, info.room_status);
    }

    enter(&emulator, "standup-7", &["mei", "ana"]);
    let list = GetRoomMemberListRequest::new("standup-7");
    for member in conference
        .members()
        .get_room_member_list(list)
        .items()
        .collect()
        .await?
    {
        println!("{:?}: {:?}", member.member_account, member.role);
    }
    conference
        .rooms()
        .destroy_room(DestroyRoomRequest::new("standup-7"))
        .await?;
    emulator.shutdown().await;
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
#[allow(dead_code, reason = "the tests run `run` instead")]
async fn main() -> Result {
    run().await
}
