//! An operation that is in no schema, written by hand as a user of the client would
//! for a call that the crate does not know yet.
//!
//! It is in neither schema nor table, so that what a reply means cannot be looked up: it
//! must not be made twice, and its reply holds lists of values and results for single
//! items.

use serde::{Deserialize, Serialize};
use trtc_rooms::live::create_room::SeatTemplate;
use trtc_rooms::live::update_room_info::{self, TakeSeatMode, UpdateRoomInfoRequest};
use trtc_rooms::{Endpoint, Operation, Payload, Repeat};

/// The name of the operation.
pub const NAME: &str = "contract/add_gift";

/// The endpoint whose request it takes.
pub const REQUEST_OF: &str = "live/update_room_info";

/// What would be documented about it.
pub static ENDPOINT: Endpoint = Endpoint {
    name: NAME,
    title: "Add a gift",
    path: "v4/contract_http_srv/add_gift",
    repeat: Repeat {
        safe: false,
        done_codes: &[],
    },
    payload: Payload::Nested,
    codes: &[],
    ..update_room_info::ENDPOINT
};

/// The operation.
#[derive(Clone, Copy, Debug)]
pub enum AddGift {}

impl Operation for AddGift {
    type Request = UpdateRoomInfoRequest;
    type Response = AddGiftResponse;
    const ENDPOINT: &'static Endpoint = &ENDPOINT;
}

/// Its reply.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct AddGiftResponse {
    /// An open list of values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seat_template: Option<SeatTemplate>,
    /// A closed list of values: closed for requests, not for replies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub take_seat_mode: Option<TakeSeatMode>,
    /// Results for single items inside a success.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub result: Vec<ItemResult>,
}

/// The result for one item.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ItemResult {
    /// 0 is success.
    pub result_code: i32,
}
