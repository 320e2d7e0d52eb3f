//! Members, administrators, owners, bans and mutes.

use serde_json::{Value, json};

use crate::testing::{CONFERENCE, Desk, LIVE, live, live_path, meeting, meeting_path};

fn in_live() -> Desk {
    let mut desk = Desk::new();
    desk.ok(LIVE, &live("a"));
    for user in ["mei", "ana", "bo"] {
        assert!(desk.app().enter("a", user));
    }
    desk
}

fn in_meeting() -> Desk {
    let mut desk = Desk::new();
    desk.ok(CONFERENCE, &meeting("a"));
    for user in ["administrator", "mei", "ana"] {
        assert!(desk.app().enter("a", user));
    }
    desk
}

fn about(members: &Value) -> Value {
    let mut request = json!({ "RoomId": "a" });
    request
        .as_object_mut()
        .unwrap()
        .extend(members.as_object().unwrap().clone());
    request
}

#[test]
fn a_ban_puts_out_and_keeps_out_until_it_ends() {
    let mut desk = in_live();
    let ban = about(&json!({ "MemberList_Account": ["mei", "never-there"], "Duration": 60 }));
    desk.ok(&live_path("ban_member"), &ban);
    assert!(!desk.app().room("a").unwrap().members.contains("mei"));
    assert!(!desk.app().enter("a", "mei"));
    let list = desk.ok(
        &live_path("get_banned_member_list"),
        &about(&json!({ "Limit": 1 })),
    );
    assert_eq!(
        list["Response"]["BannedAccountList"][0]["Member_Account"],
        "mei"
    );
    assert_eq!(list["Response"]["NextOffset"], 1);
    let rest = about(&json!({ "Limit": 1, "Offset": 1 }));
    let rest = desk.ok(&live_path("get_banned_member_list"), &rest);
    assert_eq!(
        rest["Response"]["BannedAccountList"][0]["Member_Account"],
        "never-there"
    );
    assert_eq!(rest["Response"]["NextOffset"], 0);
    desk.wait_millis(60_000);
    desk.service.elapse(desk.now);
    assert!(desk.app().enter("a", "mei"));
    let unban = about(&json!({ "MemberList_Account": ["never-there", "mei"] }));
    desk.ok(&live_path("unban_member"), &unban);
}

#[test]
fn a_meeting_bans_and_removes_its_members_only() {
    let mut desk = in_meeting();
    let ban = about(&json!({
        "MemberList_Account": ["mei", "stranger"], "Reason": "spam", "Duration": 60,
    }));
    assert_eq!(desk.code(&meeting_path("ban_room_member"), &ban), 100_005);
    assert!(
        desk.app().room("a").unwrap().members.contains("mei"),
        "nobody is banned"
    );
    let kick = about(&json!({ "MemberList_Account": ["mei"], "Reason": "closed" }));
    desk.ok(&meeting_path("kick_user_out"), &kick);
    assert_eq!(desk.code(&meeting_path("kick_user_out"), &kick), 100_005);
    assert!(desk.app().enter("a", "mei"), "who is removed may come back");
}

#[test]
fn who_is_muted_cannot_send_messages() {
    let mut desk = in_live();
    let mute = |seconds| about(&json!({ "MemberList_Account": ["mei"], "MuteTime": seconds }));
    let message = about(&json!({ "Sender_Account": "mei", "TextContent": "hello" }));
    desk.ok(&live_path("mute_member"), &mute(60));
    assert_eq!(desk.code(&live_path("send_text_msg"), &message), 100_601);
    let list = desk.ok(&live_path("get_muted_member_list"), &about(&json!({})));
    assert_eq!(
        list["Response"]["MutedAccountList"][0]["Member_Account"],
        "mei"
    );
    desk.ok(&live_path("mute_member"), &mute(0));
    let reply = desk.ok(&live_path("send_text_msg"), &message);
    assert_eq!(reply["Response"]["MsgSeq"], 1);
    desk.ok(&live_path("mute_member"), &mute(60));
    desk.wait_millis(60_000);
    desk.ok(&live_path("send_text_msg"), &message);
}

#[test]
fn a_live_room_has_five_administrators_at_most() {
    let mut desk = in_live();
    let modify =
        |users: Value, kind: &str| about(&json!({ "Admin_Account": users, "OpType": kind }));
    let path = live_path("modify_admin");
    desk.ok(&path, &modify(json!(["a", "b", "c", "d", "e"]), "add"));
    assert_eq!(desk.code(&path, &modify(json!(["f"]), "add")), 100_020);
    desk.ok(&path, &modify(json!(["a"]), "add"));
    desk.ok(&path, &modify(json!(["a", "nobody"]), "delete"));
    desk.ok(&path, &modify(json!(["f"]), "add"));
    let list = desk.ok(&live_path("get_admin_list"), &about(&json!({})));
    assert_eq!(
        list["Response"]["Admin_Account"],
        json!(["b", "c", "d", "e", "f"])
    );
}

#[test]
fn the_owner_changes() {
    let mut desk = in_live();
    desk.ok(
        &live_path("modify_admin"),
        &about(&json!({ "Admin_Account": ["bo"], "OpType": "add" })),
    );
    desk.ok(
        &live_path("change_room_owner"),
        &about(&json!({ "NewOwner_Account": "bo" })),
    );
    let room = desk.app().room("a").unwrap();
    assert_eq!(room.owner, "bo");
    assert!(room.administrators.is_empty());

    let mut desk = in_meeting();
    let path = meeting_path("change_room_owner");
    let change =
        |from: &str, to: &str| about(&json!({ "From_Account": from, "NewOwner_Account": to }));
    assert_eq!(desk.code(&path, &change("ana", "mei")), 100_006);
    assert_eq!(
        desk.code(&path, &change("administrator", "stranger")),
        100_005
    );
    desk.ok(&path, &change("administrator", "mei"));
    assert_eq!(desk.app().room("a").unwrap().owner, "mei");
}

#[test]
fn members_of_a_meeting_have_roles_names_and_marks() {
    let mut desk = in_meeting();
    let info = |info: Value| about(&json!({ "MemberInfo": info }));
    let path = meeting_path("update_room_member_info");
    let ana = json!({ "Member_Account": "ana", "NameCard": "Ana", "Role": "Admin" });
    desk.ok(&path, &info(ana));
    desk.ok(
        &path,
        &info(json!({ "Member_Account": "ana", "CustomInfo": "x" })),
    );
    let marks = |command: i64, marks: Value| {
        about(&json!({
            "CommandType": command,
            "MemberList": [{ "Member_Account": "ana", "Marks": marks }],
        }))
    };
    desk.ok(
        &meeting_path("mark_room_member"),
        &marks(1, json!([1_001, 1_002])),
    );
    desk.ok(&meeting_path("mark_room_member"), &marks(2, json!([1_001])));
    let list = desk.ok(
        &meeting_path("get_room_member_list"),
        &about(&json!({ "Count": 2 })),
    );
    let ana = json!({
        "Member_Account": "ana", "NameCard": "Ana", "Role": "Admin", "Marks": [1_002],
        "CustomInfo": "x",
    });
    assert_eq!(list["Response"]["MemberList"][1], ana);
    assert_eq!(list["Response"]["MemberList"][0]["Role"], "Owner");
    let next = list["Response"]["Next"].clone();
    let rest = about(&json!({ "Count": 2, "Next": next }));
    let rest = desk.ok(&meeting_path("get_room_member_list"), &rest);
    assert_eq!(rest["Response"]["MemberList"][0]["Member_Account"], "mei");
    assert_eq!(rest["Response"]["Next"], "");
}

#[test]
fn robots_come_and_go() {
    let mut desk = in_live();
    let robots = about(&json!({ "RobotList_Account": ["robot-1", "robot-2"] }));
    desk.ok(&live_path("add_robot"), &robots);
    desk.ok(
        &live_path("del_robot"),
        &about(&json!({ "RobotList_Account": ["robot-1"] })),
    );
    let list = desk.ok(&live_path("get_robot"), &about(&json!({})));
    assert_eq!(list["Response"]["RobotList_Account"], json!(["robot-2"]));
}
