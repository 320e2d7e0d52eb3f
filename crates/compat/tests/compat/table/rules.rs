//! Rules about several members.

#![allow(clippy::too_many_lines, reason = "a table")]

use serde_json::json;

use super::{LIVE, MEETING, Planted, planted};

const LENGTH: &str = "/properties/RoomInfo/differences/0";
const ROOM: &str = "/properties/RoomInfo";

pub(super) fn table() -> Vec<Planted> {
    vec![
        planted(
            "a longer meeting at least",
            |set| set.add(MEETING, &format!("{LENGTH}/minimum"), 1),
            &["limit-tightened"],
            &["limit-loosened"],
        ),
        planted(
            "a longer meeting at most",
            |set| set.add(MEETING, &format!("{LENGTH}/maximum"), 1),
            &["limit-loosened"],
            &["limit-tightened"],
        ),
        planted(
            "a meeting of any length",
            |set| {
                set.remove(MEETING, "/properties/RoomInfo/differences");
            },
            &["limit-loosened"],
            &["limit-tightened"],
        ),
        planted(
            "a difference of other members",
            |set| set.set(MEETING, &format!("{LENGTH}/minus"), json!("MaxSeatCount")),
            &["limit-loosened", "limit-tightened"],
            &["limit-loosened", "limit-tightened"],
        ),
        planted(
            "a rule in words that nobody knows",
            |set| set.set(MEETING, &format!("{LENGTH}/strictly"), json!(true)),
            &["unclassified"],
            &["unclassified"],
        ),
        Planted {
            name: "a smaller sum",
            before: |set| {
                let sums = json!([{ "over": "Category", "maximum": 100 }]);
                set.set(
                    LIVE,
                    &format!("{ROOM}/properties/Category/items/type"),
                    json!("string"),
                );
                set.set(LIVE, &format!("{ROOM}/sums"), sums);
            },
            plant: |set| set.add(LIVE, &format!("{ROOM}/sums/0/maximum"), -1),
            forward: &["limit-tightened"],
            backward: &["limit-loosened"],
        },
        Planted {
            name: "a sum that did not count",
            before: |set| {
                set.set(
                    LIVE,
                    &format!("{ROOM}/properties/Category/items/type"),
                    json!("string"),
                );
            },
            plant: |set| {
                let sums = json!([{ "over": "Category", "maximum": 100 }]);
                set.set(LIVE, &format!("{ROOM}/sums"), sums);
            },
            forward: &["limit-tightened"],
            backward: &["limit-loosened"],
        },
        planted(
            "two members that go together",
            |set| {
                let groups = json!([["RoomName", "CoverURL"]]);
                set.set(LIVE, &format!("{ROOM}/requiredTogether"), groups);
            },
            &["limit-tightened"],
            &["limit-loosened"],
        ),
        Planted {
            name: "a third member that goes with two",
            before: |set| {
                let groups = json!([["RoomName", "CoverURL"]]);
                set.set(LIVE, &format!("{ROOM}/requiredTogether"), groups);
            },
            plant: |set| {
                let group = format!("{ROOM}/requiredTogether/0");
                set.push(LIVE, &group, json!("Category"));
            },
            forward: &["limit-tightened"],
            backward: &["limit-loosened"],
        },
        Planted {
            name: "a third member that will do",
            before: |set| {
                let groups = json!([["RoomName", "CoverURL"]]);
                set.set(LIVE, &format!("{ROOM}/atLeastOneOf"), groups);
            },
            plant: |set| {
                let group = format!("{ROOM}/atLeastOneOf/0");
                set.push(LIVE, &group, json!("Category"));
            },
            forward: &["limit-loosened"],
            backward: &["limit-tightened"],
        },
        Planted {
            name: "groups in another order",
            before: |set| {
                let groups = json!([["RoomName", "CoverURL"], ["Category", "ActivityStatus"]]);
                set.set(LIVE, &format!("{ROOM}/requiredTogether"), groups);
            },
            plant: |set| {
                let groups = json!([["ActivityStatus", "Category"], ["RoomName", "CoverURL"]]);
                set.set(LIVE, &format!("{ROOM}/requiredTogether"), groups);
            },
            forward: &["restated"],
            backward: &["restated"],
        },
    ]
}
