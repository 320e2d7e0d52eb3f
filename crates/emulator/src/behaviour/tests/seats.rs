//! Seats.

use serde_json::{Value, json};

use crate::testing::{CONFERENCE, Desk, LIVE, live, meeting, seat_path, with};

fn with_seats() -> Desk {
    let mut desk = Desk::new();
    desk.ok(LIVE, &with(live("a"), json!({ "MaxSeatCount": 3 })));
    for user in ["mei", "ana", "bo", "cleo"] {
        assert!(desk.app().enter("a", user));
    }
    desk
}

fn pick(user: &str, index: i64) -> Value {
    json!({ "RoomId": "a", "Member_Account": user, "Index": index })
}

fn relocate(user: &str, index: i64, policy: i64) -> Value {
    json!({ "RoomId": "a", "Member_Account": user, "SeatIndex": index, "Policy": policy })
}

/// Who sits where, and which seats are locked.
fn seating(desk: &mut Desk) -> Vec<String> {
    let reply = desk.ok(&seat_path("get_seat_list"), &json!({ "RoomId": "a" }));
    let seats = reply["Response"]["SeatList"].as_array().unwrap();
    let shown = seats.iter().map(|seat| {
        let user = seat["Member_Account"].as_str().unwrap_or("-");
        let lock = if seat["IsTakenDisabled"] == true {
            " locked"
        } else {
            ""
        };
        let mute = if seat["IsAudioDisabled"] == true {
            " muted"
        } else {
            ""
        };
        format!("{user}{lock}{mute}")
    });
    shown.collect()
}

#[test]
fn a_seat_is_taken_once() {
    let mut desk = with_seats();
    let path = seat_path("pick_user_on_seat");
    desk.ok(&path, &pick("mei", 1));
    assert_eq!(desk.code(&path, &pick("mei", 2)), 100_203);
    assert_eq!(desk.code(&path, &pick("ana", 1)), 100_210);
    assert_eq!(desk.code(&path, &pick("stranger", 2)), 100_005);
    assert_eq!(desk.code(&path, &pick("ana", 3)), 100_252);
    assert_eq!(desk.code(&path, &pick("ana", -1)), 100_252);
    desk.ok(&path, &pick("ana", 0));
    desk.ok(&path, &pick("bo", 2));
    assert_eq!(desk.code(&path, &pick("cleo", 2)), 100_205);
    let kick = json!({ "RoomId": "a", "Member_Account": "mei", "Data": "" });
    desk.ok(&seat_path("kick_user_off_seat"), &kick);
    assert_eq!(desk.code(&seat_path("kick_user_off_seat"), &kick), 100_206);
    assert!(desk.app().leave("a", "bo"));
    assert_eq!(seating(&mut desk), ["ana", "-", "-"]);
}

#[test]
fn a_locked_seat_is_empty_and_flags_are_of_the_user() {
    let mut desk = with_seats();
    let lock = |index: i64, flags: Value| {
        let mut request = json!({ "RoomId": "a", "Index": index });
        request
            .as_object_mut()
            .unwrap()
            .extend(flags.as_object().unwrap().clone());
        request
    };
    let path = seat_path("lock_seat");
    desk.ok(&path, &lock(0, json!({ "ForbidAudio": true })));
    assert_eq!(
        seating(&mut desk)[0],
        "-",
        "a flag of an empty seat is ignored"
    );
    desk.ok(&seat_path("pick_user_on_seat"), &pick("mei", 0));
    desk.ok(&path, &lock(0, json!({ "ForbidAudio": true })));
    assert_eq!(seating(&mut desk)[0], "mei muted");
    desk.ok(&seat_path("move_user_to_seat"), &relocate("mei", 1, 0));
    assert_eq!(
        seating(&mut desk),
        ["-", "mei muted", "-"],
        "it moves with the user"
    );
    desk.ok(&path, &lock(1, json!({ "ForbidTaken": true })));
    assert_eq!(seating(&mut desk)[1], "- locked");
    assert_eq!(
        desk.code(&seat_path("pick_user_on_seat"), &pick("ana", 1)),
        100_200
    );
    desk.ok(&path, &lock(1, json!({ "ForbidTaken": false })));
    desk.ok(&seat_path("pick_user_on_seat"), &pick("mei", 1));
    assert_eq!(seating(&mut desk)[1], "mei", "it went when the user left");
}

#[test]
fn who_moves_gives_up_puts_off_or_swaps() {
    let mut desk = with_seats();
    let path = seat_path("move_user_to_seat");
    desk.ok(&seat_path("pick_user_on_seat"), &pick("mei", 0));
    desk.ok(&seat_path("pick_user_on_seat"), &pick("ana", 1));
    assert_eq!(desk.code(&path, &relocate("bo", 2, 0)), 100_206);
    assert_eq!(desk.code(&path, &relocate("mei", 1, 0)), 100_210);
    desk.ok(&path, &relocate("mei", 1, 2));
    assert_eq!(seating(&mut desk), ["ana", "mei", "-"]);
    desk.ok(&path, &relocate("ana", 1, 1));
    assert_eq!(seating(&mut desk), ["-", "ana", "-"]);
    let lock = json!({ "RoomId": "a", "Index": 2, "ForbidTaken": true });
    desk.ok(&seat_path("lock_seat"), &lock);
    let switch = |index: i64| json!({ "RoomId": "a", "Member_Account": "ana", "ToIndex": index });
    assert_eq!(desk.code(&seat_path("switch_seat"), &switch(2)), 100_200);
    desk.ok(&path, &relocate("ana", 2, 0));
    assert_eq!(
        seating(&mut desk),
        ["-", "-", "ana"],
        "a locked seat is unlocked"
    );
    desk.ok(&seat_path("switch_seat"), &switch(0));
    assert_eq!(seating(&mut desk), ["ana", "-", "-"]);
}

#[test]
fn a_meeting_has_seats_only_if_they_are_enabled() {
    let mut desk = Desk::new();
    desk.ok(CONFERENCE, &meeting("a"));
    assert!(desk.app().enter("a", "mei"));
    assert_eq!(
        desk.code(&seat_path("pick_user_on_seat"), &pick("mei", 0)),
        100_211
    );
    let list = desk.ok(&seat_path("get_seat_list"), &json!({ "RoomId": "a" }));
    assert_eq!(list["Response"]["SeatList"], json!([]));
}
