//! Gifts.

use serde_json::{Value, json};

use crate::testing::{Desk, LIVE, live, live_path};

fn gift(id: &str, coins: i64) -> Value {
    json!({ "GiftId": id, "Coins": coins, "DefaultName": id })
}

#[test]
fn gifts_that_are_sent_are_counted() {
    let mut desk = Desk::new();
    desk.ok(LIVE, &live("a"));
    desk.ok(&live_path("add_gift"), &gift("rose", 10));
    let send = |id: &str| {
        json!({
            "RoomId": "a", "GiftId": id, "Count": 2, "From_Account": "bo",
            "ReceiverList_Account": ["mei", "ana"],
        })
    };
    desk.ok(&live_path("send_gift"), &send("rose"));
    assert_eq!(desk.code(&live_path("send_gift"), &send("kite")), 102_002);
    let count = json!({ "RoomId": "a", "From_Account": "bo" });
    let count = desk.ok(&live_path("get_gift_count"), &count);
    assert_eq!(count["Response"]["TotalCount"], 4);
    assert_eq!(count["Response"]["TotalCoins"], 40);
    let statistics = desk.ok(&live_path("get_room_stats"), &json!({ "RoomId": "a" }));
    assert_eq!(statistics["Response"]["TotalGiftCoins"], 40);
    assert_eq!(statistics["Response"]["TotalUniqueGiftSenders"], 1);
}

#[test]
fn what_is_deleted_takes_its_texts_and_relations_along() {
    let mut desk = Desk::new();
    desk.ok(&live_path("add_gift"), &gift("rose", 10));
    let category = json!({ "CategoryId": "basic", "DefaultName": "Basic" });
    desk.ok(&live_path("add_gift_category"), &category);
    let relations = json!({ "CategoryId": "basic", "GiftIdList": ["rose", "kite"] });
    let reply = desk.ok(&live_path("add_gift_category_relations"), &relations);
    assert_eq!(reply["InvalidGiftIdList"], json!(["kite"]));
    let text = json!({ "GiftId": "rose", "Language": "en", "Name": "Rose", "Desc": "red" });
    desk.ok(&live_path("set_gift_language"), &text);
    let changed = json!({ "GiftId": "rose", "Language": "en", "Desc": "white" });
    desk.ok(&live_path("set_gift_language"), &changed);
    let id = json!({ "GiftId": "rose", "Language": "en" });
    let read = desk.ok(&live_path("get_gift_language"), &id);
    assert_eq!(read["GiftInfo"], json!({ "Name": "Rose", "Desc": "white" }));

    desk.ok(&live_path("del_gift"), &json!({ "GiftId": "rose" }));
    desk.ok(&live_path("del_gift"), &json!({ "GiftId": "rose" }));
    assert_eq!(
        desk.code(&live_path("get_gift"), &json!({ "GiftId": "rose" })),
        102_002
    );
    assert_eq!(desk.code(&live_path("get_gift_language"), &id), 102_002);
    let basic = json!({ "CategoryId": "basic" });
    let left = desk.ok(&live_path("get_gift_category_relations"), &basic);
    assert_eq!(left["Relation"]["GiftIdList"], json!([]));
    desk.ok(&live_path("del_gift_category"), &basic);
    assert_eq!(desk.code(&live_path("get_gift_category"), &basic), 102_002);
}

#[test]
fn the_default_configuration_is_copied_into_an_empty_one() {
    let mut desk = Desk::new();
    desk.ok(&live_path("copy_default_gift_config"), &json!({}));
    assert_eq!(desk.app().stored().gifts.len(), 15);
    assert_eq!(desk.app().stored().gift_categories.len(), 3);
    assert_eq!(
        desk.code(&live_path("copy_default_gift_config"), &json!({})),
        100_002
    );
}
