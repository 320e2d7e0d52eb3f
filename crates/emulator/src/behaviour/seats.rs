//! The seats of live rooms and of meetings.

use serde_json::{Value, json};

use super::{Call, Change, Outcome, check_present};
use crate::refusal::{Refusal, code};
use crate::room::{Room, Seat};

/// What to do if somebody sits on the seat already.
const GIVE_UP: i64 = 0;
const SWAP: i64 = 2;

pub(super) fn list(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room()?;
    Ok(Outcome::read(json!({ "SeatList": listed(room) })))
}

/// Every seat of a room, as replies and webhooks have it.
pub(super) fn listed(room: &Room) -> Vec<Value> {
    let seats = (0..room.seat_count()).map(|index| {
        let seat = room.seats.get(&index).cloned().unwrap_or_default();
        let mut shown = json!({
            "Index": index,
            "IsTakenDisabled": seat.is_locked,
            "IsVideoDisabled": seat.is_video_disabled,
            "IsAudioDisabled": seat.is_audio_disabled,
        });
        if let Some(user) = seat.user {
            shown["Member_Account"] = user.into();
        }
        shown
    });
    seats.collect()
}

/// The room that the call is about, if it has seats and this is one of them.
fn room_with_seat<'a>(call: &Call<'a>, index: i64) -> Result<&'a Room, Refusal> {
    let room = call.room()?;
    call.check_rights(room)?;
    let count = room.seat_count();
    if count == 0 {
        return Err(Refusal::new(code::NO_SEATS, "the room has no seats"));
    }
    if !(0..count).contains(&index) {
        let info = format!("there is no seat {index}; the seats are 0 to {}", count - 1);
        return Err(Refusal::new(code::NO_SUCH_SEAT, info));
    }
    Ok(room)
}

fn seat(room: &Room, index: i64) -> Seat {
    room.seats.get(&index).cloned().unwrap_or_default()
}

pub(super) fn pick(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let index = call.number("Index")?;
    let room = room_with_seat(call, index)?;
    let user = call.text("Member_Account")?;
    check_present(room, user)?;
    let refused = |code, info: &str| Err(Refusal::new(code, info));
    if room.seat_of(user).is_some() {
        return refused(code::ALREADY_SEATED, "the user has a seat already");
    }
    let target = seat(room, index);
    let taken = room
        .seats
        .values()
        .filter(|seat| seat.user.is_some())
        .count();
    if i64::try_from(taken).is_ok_and(|taken| taken >= room.seat_count()) {
        return refused(code::SEATS_TAKEN, "all seats are taken");
    }
    if target.is_locked {
        return refused(code::SEAT_LOCKED, "the seat is locked");
    }
    if target.user.is_some() {
        return refused(code::SEAT_TAKEN, "somebody sits on the seat");
    }
    let user = user.to_owned();
    let change = Change::room(room, move |room| {
        room.seats.entry(index).or_default().user = Some(user);
    });
    Ok(Outcome::done(change).seats_told(room))
}

pub(super) fn kick(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room()?;
    call.check_rights(room)?;
    let user = call.text("Member_Account")?;
    check_seated(room, user)?;
    let user = user.to_owned();
    Ok(Outcome::done(Change::room(room, move |room| room.vacate(&user))).seats_told(room))
}

pub(super) fn lock(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let index = call.number("Index")?;
    let room = room_with_seat(call, index)?;
    let flag = |name: &str| call.request.get(name).and_then(Value::as_bool);
    let (taken, video, audio) = (
        flag("ForbidTaken"),
        flag("ForbidVideo"),
        flag("ForbidAudio"),
    );
    let mut changed = seat(room, index);
    changed.is_locked = taken.unwrap_or(changed.is_locked);
    if changed.is_locked {
        // Who sits there is put off, and the flags are the user's.
        changed = Seat {
            is_locked: true,
            ..Seat::default()
        };
    } else if changed.user.is_some() {
        changed.is_video_disabled = video.unwrap_or(changed.is_video_disabled);
        changed.is_audio_disabled = audio.unwrap_or(changed.is_audio_disabled);
    }
    let change = Change::room(room, move |room| {
        room.seats.insert(index, changed);
    });
    Ok(Outcome::done(change).seats_told(room))
}

/// To an empty seat.
pub(super) fn switch(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let index = call.number("ToIndex")?;
    let room = room_with_seat(call, index)?;
    let user = call.text("Member_Account")?;
    let from = check_seated(room, user)?;
    let target = seat(room, index);
    if target.is_locked {
        return Err(Refusal::new(code::SEAT_LOCKED, "the seat is locked"));
    }
    if from != index && target.user.is_some() {
        return Err(Refusal::new(code::SEAT_TAKEN, "somebody sits on the seat"));
    }
    Ok(Outcome::done(exchange(room, from, index)).seats_told(room))
}

/// To any seat; a locked one is unlocked.
pub(super) fn relocate(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let index = call.number("SeatIndex")?;
    let room = room_with_seat(call, index)?;
    let user = call.text("Member_Account")?;
    check_present(room, user)?;
    let from = check_seated(room, user)?;
    let policy = call.number("Policy")?;
    let sitting = seat(room, index).user.filter(|_| from != index);
    if sitting.is_some() && policy == GIVE_UP {
        return Err(Refusal::new(code::SEAT_TAKEN, "somebody sits on the seat"));
    }
    let swaps = policy == SWAP;
    let Change::Room(id, exchange) = exchange(room, from, index) else {
        return Ok(Outcome::done(Change::Nothing));
    };
    Ok(Outcome::done(Change::Room(
        id,
        Box::new(move |room| {
            if let Some(sitting) = sitting.filter(|_| !swaps) {
                room.vacate(&sitting);
            }
            room.seats.entry(index).or_default().is_locked = false;
            exchange(room);
        }),
    ))
    .seats_told(room))
}

/// Who sits on one seat then sits on the other, with what was switched off for them.
fn exchange(room: &Room, from: i64, to: i64) -> Change {
    if from == to {
        return Change::Nothing;
    }
    Change::room(room, move |room| {
        let mut left = room.seats.remove(&from).unwrap_or_default();
        let mut right = room.seats.remove(&to).unwrap_or_default();
        // The lock is the seat's and stays.
        std::mem::swap(&mut left.is_locked, &mut right.is_locked);
        room.seats.insert(from, right);
        room.seats.insert(to, left);
    })
}

fn check_seated(room: &Room, user: &str) -> Result<i64, Refusal> {
    let seat = room.seat_of(user);
    seat.ok_or_else(|| Refusal::new(code::NOT_SEATED, "the user is on no seat"))
}
