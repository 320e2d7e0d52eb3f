//! The examples run to their end against the emulator.

#![allow(clippy::duplicate_mod, reason = "each example has what it begins with")]

#[path = "../examples/guest_on_seat.rs"]
mod guest_on_seat;
#[path = "../examples/live_room.rs"]
mod live_room;
#[path = "../examples/react_to_webhook.rs"]
mod react_to_webhook;
#[path = "../examples/scheduled_meeting.rs"]
mod scheduled_meeting;

#[tokio::test]
async fn a_live_room_lives() {
    live_room::run().await.unwrap();
}

#[tokio::test]
async fn a_meeting_is_scheduled_and_held() {
    scheduled_meeting::run().await.unwrap();
}

#[tokio::test]
async fn guests_are_seated() {
    guest_on_seat::run().await.unwrap();
}

#[tokio::test]
async fn a_webhook_is_answered_and_acted_on() {
    react_to_webhook::run().await.unwrap();
}
