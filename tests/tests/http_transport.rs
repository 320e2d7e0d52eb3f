//! Connections that fail in every way: part J of the catalogue.

use trtc_rooms_contract::http::tables::transport;
use trtc_rooms_contract::http::{Ear, Target, UNLISTED};

async fn faults(target: &Target) {
    let ear = Ear::open(&[]);
    transport::run(target).await.assert(45);
    ear.clean().unwrap();
}

// One test for each endpoint, so that they wait side by side.

#[tokio::test]
async fn j_live_create_room() {
    faults(Target::named("live/create_room")).await;
}

#[tokio::test]
async fn j_live_update_room_info() {
    faults(Target::named("live/update_room_info")).await;
}

#[tokio::test]
async fn j_conference_create_room() {
    faults(Target::named("conference/create_room")).await;
}

#[tokio::test]
async fn j_a_call_that_must_not_be_made_twice() {
    faults(&UNLISTED).await;
}
