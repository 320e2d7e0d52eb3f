//! Who is in a room and what they may do.

use serde_json::{Value, json};

use super::{Call, Change, Outcome, check_present, missing};
use crate::refusal::{Refusal, code};
use crate::room::{Room, RoomType, whole};
use crate::time::UnixMillis;

/// How many administrators a live room has at most.
const MOST_ADMINISTRATORS: usize = 5;

/// How many members of a live room can be listed.
const LISTED: usize = 1_000;

/// How many members a page has, unless the request says otherwise.
const PAGE: usize = 50;

/// How many bans a page has at most.
const BANS: usize = 100;

pub(super) fn of_live(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_of_type(RoomType::Live)?;
    let listed = room.members.iter().take(LISTED);
    let (page, next) = page(listed, call.text("Next")?, PAGE);
    let members = page.iter().map(|user| json!({ "Member_Account": user }));
    Ok(Outcome::read(json!({
        "Next": next,
        "MemberCount": room.members.len(),
        "MemberList": members.collect::<Vec<_>>(),
    })))
}

pub(super) fn of_meeting(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_of_type(RoomType::Conference)?;
    let count = call
        .number("Count")
        .ok()
        .and_then(|count| usize::try_from(count).ok());
    let count = count.unwrap_or(PAGE).max(1);
    let next = call.text("Next").unwrap_or_default();
    let (page, next) = page(room.members.iter(), next, count);
    let members = page.iter().map(|user| {
        let profile = room.profiles.get(*user).cloned().unwrap_or_default();
        let role = if room.owner == **user {
            "Owner"
        } else if room.administrators.contains(*user) {
            "Admin"
        } else {
            "Member"
        };
        json!({
            "Member_Account": user,
            "NameCard": profile.name_card,
            "Role": role,
            "Marks": profile.marks,
            "CustomInfo": profile.custom_info,
        })
    });
    let members: Vec<Value> = members.collect();
    Ok(Outcome::read(
        json!({ "Next": next, "MemberList": members }),
    ))
}

/// The users after `mark`, and the mark of the next page. They are ordered.
fn page<'a>(
    users: impl Iterator<Item = &'a String>,
    mark: &str,
    count: usize,
) -> (Vec<&'a String>, String) {
    let mut left = users.skip_while(|user| !mark.is_empty() && user.as_str() <= mark);
    let page: Vec<&String> = left.by_ref().take(count).collect();
    let next = match (page.last(), left.next()) {
        (Some(last), Some(_)) => (*last).clone(),
        _ => String::new(),
    };
    (page, next)
}

pub(super) fn administrators(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_of_type(RoomType::Live)?;
    Ok(Outcome::read(
        json!({ "Admin_Account": room.administrators }),
    ))
}

pub(super) fn modify_administrators(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_to_change(RoomType::Live)?;
    let named = call.texts("Admin_Account");
    let mut administrators = room.administrators.clone();
    if call.text("OpType")? == "add" {
        administrators.extend(named.into_iter().map(str::to_owned));
    } else {
        administrators.retain(|user| !named.contains(&user.as_str()));
    }
    let count = administrators.len();
    if count > MOST_ADMINISTRATORS && count > room.administrators.len() {
        let info =
            format!("the room would have {count} administrators, at most {MOST_ADMINISTRATORS}");
        return Err(Refusal::new(code::TOO_MANY_ADMINISTRATORS, info));
    }
    let body = json!({
        "RoomId": room.id, "Operator_Account": call.operator,
        "Admin_Account": call.list("Admin_Account"), "opType": call.text("OpType")?,
    });
    let outcome = Outcome::done(Change::room(room, |room| {
        room.administrators = administrators;
    }));
    Ok(outcome.told("Live.CallbackAfterModifyAdmin", RoomType::Live, body))
}

pub(super) fn hand_over(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_to_change(RoomType::Live)?;
    let owner = call.text("NewOwner_Account")?;
    let body = json!({
        "RoomId": room.id, "Operator_Account": call.operator, "CurrentOwner_Account": owner,
        "OriginalOwner_Account": room.owner,
    });
    Ok(own(room, owner).told("Live.CallbackAfterChangeOwner", RoomType::Live, body))
}

pub(super) fn hand_over_meeting(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_of_type(RoomType::Conference)?;
    if room.owner != call.text("From_Account")? {
        let info = "/From_Account is not the owner of the room";
        return Err(Refusal::new(code::PERMISSION_DENIED, info));
    }
    let owner = call.text("NewOwner_Account")?;
    check_present(room, owner)?;
    Ok(own(room, owner))
}

fn own(room: &Room, owner: &str) -> Outcome {
    let owner = owner.to_owned();
    Outcome::done(Change::room(room, move |room| {
        room.administrators.remove(&owner);
        room.owner = owner;
    }))
}

pub(super) fn ban(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_to_change(RoomType::Live)?;
    ban_from(call, room)
}

pub(super) fn ban_from_meeting(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_to_change(RoomType::Conference)?;
    for user in call.texts("MemberList_Account") {
        check_present(room, user)?;
    }
    ban_from(call, room)
}

fn ban_from(call: &Call<'_>, room: &Room) -> Result<Outcome, Refusal> {
    let until = after(call.now, call.number("Duration")?);
    let users = named(call);
    let put_out = users.clone();
    let outcome = Outcome::done(Change::room(room, move |room| {
        for user in put_out {
            room.leave(&user);
            room.banned.insert(user, until);
        }
    }));
    let reason = call.text("Reason").unwrap_or_default();
    Ok(outcome.removal_told(room, &users, reason, call.operator))
}

pub(super) fn unban(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room()?;
    call.check_rights(room)?;
    let users = named(call);
    let change = Change::room(room, move |room| {
        room.banned.retain(|user, _| !users.contains(user));
    });
    Ok(Outcome::done(change))
}

pub(super) fn banned(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room()?;
    let whole_number = |name: &str| call.number(name).ok().and_then(|n| usize::try_from(n).ok());
    let start = whole_number("Offset").unwrap_or(0);
    let limit = whole_number("Limit").unwrap_or(BANS).clamp(1, BANS);
    let banned: Vec<_> = room
        .banned
        .iter()
        .filter(|(_, until)| **until > call.now)
        .collect();
    let end = start.saturating_add(limit);
    let next = if end < banned.len() { end } else { 0 };
    let page = banned
        .iter()
        .skip(start)
        .take(limit)
        .map(|(user, until)| json!({ "Member_Account": user, "BannedUntil": until.seconds() }));
    let page: Vec<Value> = page.collect();
    Ok(Outcome::read(
        json!({ "BannedAccountList": page, "NextOffset": next }),
    ))
}

pub(super) fn mute(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_to_change(RoomType::Live)?;
    let seconds = call.number("MuteTime")?;
    let until = after(call.now, seconds);
    let users = named(call);
    Ok(Outcome::done(Change::room(room, move |room| {
        for user in users {
            if seconds > 0 {
                room.muted.insert(user, until);
            } else {
                room.muted.remove(&user);
            }
        }
    })))
}

pub(super) fn muted(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_of_type(RoomType::Live)?;
    let muted = room.muted.iter().filter(|(_, until)| **until > call.now);
    let muted =
        muted.map(|(user, until)| json!({ "Member_Account": user, "MutedUntil": until.seconds() }));
    Ok(Outcome::read(
        json!({ "MutedAccountList": muted.collect::<Vec<_>>() }),
    ))
}

pub(super) fn kick(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room()?;
    call.check_rights(room)?;
    let users = named(call);
    for user in &users {
        check_present(room, user)?;
    }
    let put_out = users.clone();
    let outcome = Outcome::done(Change::room(room, move |room| {
        for user in put_out {
            room.leave(&user);
        }
    }));
    let reason = call.text("Reason").unwrap_or_default();
    Ok(outcome.removal_told(room, &users, reason, call.operator))
}

pub(super) fn update_profile(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_to_change(RoomType::Conference)?;
    let info = call
        .request
        .get("MemberInfo")
        .ok_or_else(|| missing("/MemberInfo"))?;
    let text = |name: &str| info.get(name).and_then(Value::as_str).map(str::to_owned);
    let user = text("Member_Account").ok_or_else(|| missing("/MemberInfo/Member_Account"))?;
    check_present(room, &user)?;
    let (name_card, custom_info, role) = (text("NameCard"), text("CustomInfo"), text("Role"));
    Ok(Outcome::done(Change::room(room, move |room| {
        match role.as_deref() {
            Some("Admin") => drop(room.administrators.insert(user.clone())),
            Some(_) => drop(room.administrators.remove(&user)),
            None => {}
        }
        let profile = room.profiles.entry(user).or_default();
        profile.name_card = name_card.unwrap_or_else(|| std::mem::take(&mut profile.name_card));
        profile.custom_info =
            custom_info.unwrap_or_else(|| std::mem::take(&mut profile.custom_info));
    })))
}

pub(super) fn mark(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_to_change(RoomType::Conference)?;
    let sets = call.number("CommandType")? == 1;
    let mut changes = Vec::new();
    for entry in call.list("MemberList") {
        let user = entry
            .get("Member_Account")
            .and_then(Value::as_str)
            .unwrap_or_default();
        check_present(room, user)?;
        let marks = entry.get("Marks").and_then(Value::as_array);
        let marks: Vec<i64> = marks.into_iter().flatten().filter_map(whole).collect();
        changes.push((user.to_owned(), marks));
    }
    Ok(Outcome::done(Change::room(room, move |room| {
        for (user, marks) in changes {
            let profile = room.profiles.entry(user).or_default();
            if sets {
                profile.marks.extend(marks);
            } else {
                profile.marks.retain(|mark| !marks.contains(mark));
            }
        }
    })))
}

fn named(call: &Call<'_>) -> Vec<String> {
    let users = call.texts("MemberList_Account");
    users.into_iter().map(str::to_owned).collect()
}

fn after(now: UnixMillis, seconds: i64) -> UnixMillis {
    UnixMillis::from_seconds(now.seconds().saturating_add(seconds))
}
