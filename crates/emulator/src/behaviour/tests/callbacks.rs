//! The configuration of webhooks, and the webhooks.

use serde_json::{Value, json};

use crate::testing::{CONFERENCE, Desk, LIVE, live, live_path, meeting, seat_path, with};
use crate::webhook::Webhook;

fn config(product: &str, command: &str) -> String {
    format!("/v4/{product}_config/{command}")
}

fn callback(commands: &[&str]) -> Value {
    json!({ "Url": "http://127.0.0.1:9/hook?x=1", "CallbackCommandList": commands })
}

fn bodies(webhooks: &[Webhook]) -> Vec<Value> {
    let bodies = webhooks
        .iter()
        .map(|webhook| serde_json::from_str(&webhook.body).unwrap());
    bodies.collect()
}

#[test]
fn a_configuration_is_created_once_and_each_product_has_its_own() {
    let mut desk = Desk::new();
    let commands = callback(&["Live.CallbackAfterCreateRoom"]);
    assert_eq!(
        desk.code(&config("live", "update_callback"), &commands),
        100_301
    );
    assert_eq!(
        desk.code(&config("live", "get_callback"), &json!({})),
        100_301
    );
    desk.ok(&config("live", "set_callback"), &commands);
    assert_eq!(
        desk.code(&config("live", "set_callback"), &commands),
        100_300
    );
    desk.ok(&config("room", "set_callback"), &callback(&[]));
    let read = desk.ok(&config("live", "get_callback"), &json!({}));
    assert_eq!(read["Response"], commands);
    desk.ok(&config("live", "delete_callback"), &json!({}));
    desk.ok(&config("live", "delete_callback"), &json!({}));
    desk.ok(&config("room", "get_callback"), &json!({}));
    let wrong = json!({ "Url": "ftp://x", "CallbackCommandList": [] });
    assert_eq!(desk.code(&config("live", "set_callback"), &wrong), 100_002);
}

#[test]
fn a_token_is_set_in_whole_first() {
    let mut desk = Desk::new();
    let path = config("live", "set_callback_token");
    assert_eq!(
        desk.code(&config("live", "get_callback_token"), &json!({})),
        100_302
    );
    assert_eq!(desk.code(&path, &json!({ "IsTokenEnable": true })), 100_002);
    desk.ok(
        &path,
        &json!({ "Token": "xxxxyyyy", "IsTokenEnable": true }),
    );
    desk.ok(&path, &json!({ "IsTokenEnable": false }));
    let read = desk.ok(&config("live", "get_callback_token"), &json!({}));
    assert_eq!(
        read["Response"],
        json!({ "Token": "xxxxyyyy", "IsTokenEnable": false })
    );
    desk.ok(&config("live", "delete_callback_token"), &json!({}));
    assert_eq!(
        desk.code(&config("live", "get_callback_token"), &json!({})),
        100_302
    );
}

#[test]
fn what_is_listed_is_told_in_order_and_signed() {
    let mut desk = Desk::new();
    let commands = [
        "Live.CallbackAfterCreateRoom",
        "Mic.CallbackAfterSeatInfoChanged",
        "Live.CallbackAfterMemberStateChanged",
        "Live.CallbackAfterDestroyRoom",
    ];
    desk.ok(&config("live", "set_callback"), &callback(&commands));
    let token = json!({ "Token": "xxxxyyyy", "IsTokenEnable": true });
    desk.ok(&config("live", "set_callback_token"), &token);
    desk.ok(LIVE, &live("a"));
    assert!(desk.app().enter("a", "mei"));
    desk.ok(
        &seat_path("pick_user_on_seat"),
        &json!({
            "RoomId": "a", "Member_Account": "mei", "Index": 0,
        }),
    );
    // Not listed, and not of this product.
    desk.ok(
        &live_path("add_robot"),
        &json!({ "RoomId": "a", "RobotList_Account": ["r"] }),
    );
    desk.ok(CONFERENCE, &meeting("b"));
    desk.ok(
        &live_path("ban_member"),
        &json!({
            "RoomId": "a", "MemberList_Account": ["mei"], "Duration": 1,
        }),
    );
    desk.ok(&live_path("destroy_room"), &json!({ "RoomId": "a" }));

    let webhooks = desk.service.take_webhooks(desk.now);
    let told: Vec<&str> = webhooks.iter().map(|webhook| webhook.command).collect();
    assert_eq!(
        told,
        [
            "Live.CallbackAfterCreateRoom",
            "Live.CallbackAfterMemberStateChanged",
            "Mic.CallbackAfterSeatInfoChanged",
            "Live.CallbackAfterMemberStateChanged",
            "Mic.CallbackAfterSeatInfoChanged",
            "Live.CallbackAfterDestroyRoom",
        ]
    );
    let bodies = bodies(&webhooks);
    assert_eq!(bodies[0]["RoomInfo"]["RoomId"], "a");
    assert_eq!(bodies[0]["CallbackCommand"], "Live.CallbackAfterCreateRoom");
    assert_eq!(bodies[0]["EventTime"], desk.now.millis());
    assert_eq!(bodies[2]["SeatList"][0]["Member_Account"], "mei");
    assert_eq!(bodies[4]["SeatList"][0].get("Member_Account"), None);
    assert_eq!(bodies[5]["EventType"], "DestroyByUser");
    let url = &webhooks[0].url;
    assert!(
        url.starts_with("http://127.0.0.1:9/hook?x=1&SdkAppid=1400000000&"),
        "{url}"
    );
    assert!(
        url.contains("&Sign=") && url.contains("&RequestTime="),
        "{url}"
    );
    assert!(!format!("{:?}", webhooks[0]).contains("Sign"));
    assert!(desk.service.take_webhooks(desk.now).is_empty());
}

#[test]
fn a_refused_call_tells_nothing() {
    let mut desk = Desk::new();
    let listed = callback(&["Live.CallbackAfterCreateRoom"]);
    desk.ok(&config("live", "set_callback"), &listed);
    desk.ok(LIVE, &live("a"));
    desk.wait_millis(2_000);
    assert_eq!(desk.code(LIVE, &live("a")), 100_010);
    let other = with(live("a"), json!({ "Owner_Account": "ana" }));
    assert_eq!(desk.code(LIVE, &other), 100_003);
    assert_eq!(desk.service.take_webhooks(desk.now).len(), 1);
}
