//! The life of a live room, from its creation to what is left of it.
//!
//! ```sh
//! cargo run -p trtc-rooms --example live_room
//! ```

#[path = "emulated/mod.rs"]
mod emulated;

use emulated::{Result, enter};
use trtc_rooms::live::ban_member::BanMemberRequest;
use trtc_rooms::live::create_room::{RoomInfo, SeatTemplate};
use trtc_rooms::live::destroy_room::DestroyRoomRequest;
use trtc_rooms::live::get_member_list::GetMemberListRequest;
use trtc_rooms::live::get_room_info::GetRoomInfoRequest;
use trtc_rooms::live::send_text_msg::SendTextMsgRequest;
use trtc_rooms::live::set_room_metadata::{MetadataEntry, SetRoomMetadataRequest};

pub(crate) async fn run() -> Result {
    let (emulator, client) = emulated::start().await?;
    let live = client.live();

    let room = RoomInfo::new("live-1", SeatTemplate::AudioSalon)
        .owner_account("mei")
        .room_name("Friday night");
    live.rooms().create_room(room).await?;
    let mood = [MetadataEntry::new("mood", "calm")];
    let metadata = SetRoomMetadataRequest::new("live-1", mood);
    live.metadata().set_room_metadata(metadata).await?;
    enter(&emulator, "live-1", &["mei", "ana", "bo", "mallory"]);

    // A list goes on by itself, page after page.
    let list = GetMemberListRequest::new("live-1", "");
    let mut members = live.members().get_member_list(list).items();
    while let Some(member) = members.next().await {
        println!(
            "in the room: {}",
            member?.member_account.unwrap_or_default()
        );
    }

    let ban = BanMemberRequest::new("live-1", ["mallory"], 600).reason("spam");
    live.members().ban_member(ban).await?;
    let hello = SendTextMsgRequest::new("live-1", "mei", "Welcome!");
    live.messages().send_text_msg(hello).await?;

    let info = live
        .rooms()
        .get_room_info(GetRoomInfoRequest::new("live-1"))
        .await?;
    if let Some(info) = &info.room_info {
        println!("{:?} had {:?} entries", info.room_name, info.view_count);
    }
    let end = live
        .rooms()
        .destroy_room(DestroyRoomRequest::new("live-1"))
        .await?;
    if let Some(total) = &end.statistic {
        println!(
            "viewers: {:?}, gifts: {:?}",
            total.total_viewers, total.total_gifts_sent
        );
    }
    emulator.shutdown().await;
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
#[allow(dead_code, reason = "the tests run `run` instead")]
async fn main() -> Result {
    run().await
}
