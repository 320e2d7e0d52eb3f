//! Validation allocates nothing when all is well, however large the request is, and
//! little when it is not. (Issue 2, items 3 and 11.)

use allocation_counter::{AllocationInfo, measure};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use trtc_rooms_contract::Harness;
use trtc_rooms_contract::cases::Expect;
use trtc_rooms_model::{Validate, conference, live};

/// Validates every derived request of an endpoint that is in order.
fn validate_all<R: DeserializeOwned + Validate>(endpoint: &str) {
    let harness = Harness::repository().unwrap();
    let subject = harness
        .subjects()
        .iter()
        .find(|subject| subject.name == endpoint);
    let subject = subject.unwrap();
    let mut validated = 0;
    for case in subject
        .cases
        .iter()
        .filter(|case| case.expect == Expect::Valid)
    {
        // `8.0` is in order, but no Rust integer is read from it.
        let Ok(request) = serde_json::from_value::<R>(case.request(&subject.request)) else {
            continue;
        };
        let mut result = Ok(());
        let allocated = measure(|| result = request.validate());
        assert_eq!(result, Ok(()), "{}", case.id);
        assert_eq!(allocated, AllocationInfo::default(), "{}", case.id);
        validated += 1;
    }
    println!("{endpoint}: {validated} requests validated without an allocation");
    assert!(validated > 100, "only {validated} requests");
}

#[test]
fn live_create_room_allocates_nothing() {
    validate_all::<live::create_room::CreateRoomRequest>("live/create_room");
}

#[test]
fn live_update_room_info_allocates_nothing() {
    validate_all::<live::update_room_info::UpdateRoomInfoRequest>("live/update_room_info");
}

#[test]
fn conference_create_room_allocates_nothing() {
    validate_all::<conference::create_room::CreateRoomRequest>("conference/create_room");
}

/// And the counter counts.
#[test]
fn a_violation_of_a_megabyte_allocates_little() {
    let room = conference::create_room::RoomInfo::new("房".repeat(400_000));
    let request = conference::create_room::CreateRoomRequest::new(room);
    let mut result = Ok(());
    let allocated = measure(|| result = request.validate());
    assert_eq!(result.unwrap_err().len(), 1);
    assert!((1..20).contains(&allocated.count_total), "{allocated:?}");
    assert!(allocated.bytes_total < 4_096 * 4, "{allocated:?}");
}

/// A list of a million mistakes is one violation and costs what a short one costs. (C14)
#[test]
fn a_million_mistakes_cost_no_more_than_a_few() {
    let endpoint = trtc_rooms_model::json::find("conference/create_room").unwrap();
    let cost = |elements: usize| {
        let request = json!({
            "RoomInfo": { "RoomId": "m", "RoomType": "Conference" },
            "ScheduleInviteeList_Account": vec![Value::from(1); elements],
        });
        let mut found = Vec::new();
        let allocated = measure(|| found = endpoint.check(&request).violations().to_vec());
        let rules: Vec<&str> = found
            .iter()
            .map(|violation| violation.rule.as_str())
            .collect();
        assert_eq!(rules, ["maxItems"], "{elements}");
        allocated.bytes_max
    };
    let (few, many) = (cost(301), cost(1_000_000));
    assert!(many <= few * 2, "{few} bytes for 301, {many} for a million");
}
