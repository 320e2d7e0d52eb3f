//! Replies are read leniently.

use serde_json::json;

use crate::common::types::Mode;
use crate::move_::async_::AsyncResponse;

#[test]
fn everything_may_be_missing() {
    let reply: AsyncResponse = serde_json::from_value(json!({})).unwrap();
    assert_eq!(reply, AsyncResponse::default());
    let reply: AsyncResponse = serde_json::from_value(json!({
        "Received": [{}], "Nested": {}, "unknown": 1,
    }))
    .unwrap();
    assert_eq!(reply.received.unwrap()[0].member_account, None);
    assert_eq!(reply.nested.unwrap().flag, None);
}

#[test]
fn ids_may_be_numbers() {
    let reply: AsyncResponse = serde_json::from_value(json!({
        "Member_Account": 27149, "Admin_Account": [1, "b", u64::MAX],
        "Received": [{ "Member_Account": -1 }],
    }))
    .unwrap();
    assert_eq!(reply.member_account.as_deref(), Some("27149"));
    assert_eq!(
        reply.admin_account.unwrap(),
        ["1", "b", "18446744073709551615"]
    );
    assert_eq!(
        reply.received.unwrap()[0].member_account.as_deref(),
        Some("-1")
    );
}

#[test]
fn null_is_absent_but_where_anything_may_stand() {
    let reply: AsyncResponse = serde_json::from_value(json!({
        "Member_Account": null, "Admin_Account": null, "Count": null, "Mode": null, "Extra": null,
        "Received": null, "Labels": null, "Nested": null,
    }))
    .unwrap();
    assert_eq!(reply.extra, Some(json!(null)));
    let nothing = AsyncResponse {
        extra: None,
        ..reply
    };
    assert_eq!(nothing, AsyncResponse::default());
}

#[test]
fn unknown_values_are_kept() {
    let json = json!({ "Mode": "Later", "Labels": { "a": "b" }, "Count": i64::MIN });
    let reply: AsyncResponse = serde_json::from_value(json.clone()).unwrap();
    assert!(matches!(reply.mode, Some(Mode::Unknown(_))));
    assert_eq!(serde_json::to_value(&reply).unwrap(), json);
}

#[test]
fn what_is_no_text_is_refused() {
    for json in [
        json!({ "Member_Account": true }),
        json!({ "Member_Account": 1.5 }),
        json!({ "Admin_Account": [null] }),
        json!({ "Admin_Account": "a" }),
    ] {
        assert!(
            serde_json::from_value::<AsyncResponse>(json.clone()).is_err(),
            "{json}"
        );
    }
}
