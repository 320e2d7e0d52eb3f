//! Numbers, booleans and null by the catalogue of bad inputs (`B`).

use serde_json::json;

use super::tests::{accepted, invalid, refused};
use crate::testing::{CONFERENCE, Desk, LIVE, live, meeting, with};

#[test]
fn b01_b02_b03_b04_types() {
    for value in [
        json!(8.5),
        json!("8"),
        json!(true),
        json!(null),
        json!([8]),
        json!({}),
    ] {
        let request = with(live("a"), json!({ "MaxSeatCount": value }));
        invalid(LIVE, &request, "/RoomInfo/MaxSeatCount", "type");
    }
    for value in [json!(0), json!(1), json!("true"), json!(null)] {
        let request = with(live("a"), json!({ "IsMessageDisabled": value }));
        invalid(LIVE, &request, "/RoomInfo/IsMessageDisabled", "type");
    }
    for name in [
        "RoomName",
        "Category",
        "TakeSeatMode",
        "CoverURL",
        "ActivityStatus",
    ] {
        let request = with(live("a"), json!({ name: null }));
        invalid(LIVE, &request, &format!("/RoomInfo/{name}"), "type");
    }
    for (value, stored) in [
        ("8.0", json!(8.0)),
        ("1e1", json!(10.0)),
        ("-0", json!(-0.0)),
    ] {
        let mut desk = Desk::new();
        let body = live("a").to_string().replace(
            "\"AudioSalon\"",
            &format!("\"AudioSalon\",\"MaxSeatCount\":{value}"),
        );
        assert_eq!(desk.send(LIVE, body).error_code(), Some(0), "{value}");
        assert_eq!(desk.info("a")["MaxSeatCount"], stored);
    }
}

#[test]
fn b06_b07_b08_ranges() {
    for value in [
        json!(0),
        json!(-1),
        json!(4_294_967_296_i64),
        json!(i64::MIN),
        json!(i64::MAX),
        json!(9_007_199_254_740_993_i64),
    ] {
        let mut desk = Desk::new();
        desk.ok(LIVE, &with(live("a"), json!({ "ActivityStatus": value })));
        assert_eq!(desk.info("a")["ActivityStatus"], value);
    }
    for value in [
        "9223372036854775808",
        "18446744073709551616",
        "-9223372036854775809e3",
        "1e400",
        &"9".repeat(400),
    ] {
        let body = live("a").to_string().replace(
            "\"AudioSalon\"",
            &format!("\"AudioSalon\",\"ActivityStatus\":{value}"),
        );
        assert_eq!(Desk::new().refused(LIVE, body).0, 100_002, "{value}");
    }
}

#[test]
fn b11_b12_times_have_no_limits_but_the_length() {
    for start in [0, -1_000_000, 1_767_258_000_000_i64] {
        for (length, good) in [
            (300, true),
            (86_400, true),
            (299, false),
            (86_401, false),
            (-300, false),
        ] {
            let request = with(
                meeting("a"),
                json!({
                    "ScheduleStartTime": start, "ScheduleEndTime": start + length,
                }),
            );
            if good {
                accepted(CONFERENCE, &request);
            } else {
                assert_eq!(refused(CONFERENCE, &request).0, 100_002, "{start} {length}");
            }
        }
    }
    let request = with(
        meeting("a"),
        json!({
            "ScheduleStartTime": i64::MIN, "ScheduleEndTime": i64::MAX,
        }),
    );
    invalid(
        CONFERENCE,
        &request,
        "/RoomInfo/ScheduleEndTime",
        "maxDifference",
    );
}
