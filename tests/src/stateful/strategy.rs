//! What a sequence may consist of. Ids, owners and texts come from small pools, so that
//! they collide; times lie at the edges that the documents name.

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

use super::request::{
    ChangeLive, CreateLive, CreateMeeting, LiveChange, LiveRoom, Meeting, Request,
};
use super::step::{Call, Caller, Checks, Step, Twist};
use super::world::World;

const HOUR: i64 = 60 * 60;

/// The next step, given what there is.
pub(super) fn step(world: &World) -> BoxedStrategy<Step> {
    let user = || select(vec!["ada".to_owned(), "bob".to_owned()]);
    let appointed = select(vec!["second".to_owned(), "administrator".to_owned()]);
    prop_oneof![
        12 => call(world).prop_map(Step::Call),
        6 => wait(world).prop_map(|millis| Step::Wait { millis }),
        2 => (id(world), user()).prop_map(|(room, user)| Step::Enter { room, user }),
        1 => leave(world),
        1 => id(world).prop_map(|group| Step::FoundGroup { group }),
        1 => id(world).prop_map(|group| Step::DissolveGroup { group }),
        1 => Just(Step::Restart),
        1 => (id(world), appointed).prop_map(|(room, user)| Step::Appoint { room, user }),
    ]
    .boxed()
}

/// Somebody leaves: mostly who is there.
fn leave(world: &World) -> BoxedStrategy<Step> {
    let mut inside = world.inside();
    inside.push(("a".to_owned(), "ada".to_owned()));
    select(inside)
        .prop_map(|(room, user)| Step::Leave { room, user })
        .boxed()
}

fn wait(world: &World) -> impl Strategy<Value = i64> + use<> {
    let short = select(vec![500, 999, 1_000, 500, 999, 1_000, 0, 2_000]);
    // The last one passes the renewal of a ticket.
    let long = select(vec![1, 6, 7, 20]).prop_map(|hours| hours * HOUR * 1_000);
    let mut edges = vec![0];
    for due in world.dues() {
        edges.extend([due, due - 1]);
    }
    prop_oneof![6 => short, 2 => long, 2 => select(edges)]
}

fn call(world: &World) -> BoxedStrategy<Call> {
    let by = prop_oneof![
        6 => Just(Caller::Administrator),
        2 => Just(Caller::Second),
        1 => Just(Caller::OtherApp),
    ];
    let checks = prop_oneof![
        6 => Just(Checks::Enforce),
        2 => Just(Checks::Off),
        1 => Just(Checks::Warn),
    ];
    let twist = weighted(
        0.08,
        select(vec![
            Twist::NoRoomId,
            Twist::OwnerIsNumber,
            Twist::NameIsNull,
            Twist::UnknownMember,
            Twist::CutShort,
            Twist::Twice,
        ]),
    );
    let request = prop_oneof![
        3 => create_live(world).prop_map(Request::CreateLive),
        3 => create_meeting(world).prop_map(Request::CreateMeeting),
        4 => change_live(world).prop_map(Request::ChangeLive),
    ];
    (by, checks, twist, request)
        .prop_map(|(by, checks, twist, request)| Call {
            by,
            checks,
            twist,
            request,
        })
        .boxed()
}

/// The id of a room: mostly one that exists, or one of two.
fn id(world: &World) -> impl Strategy<Value = String> + use<> {
    id_near(world.room_ids())
}

/// The id of a room: mostly one of these, or one of two.
fn id_near(mut known: Vec<String>) -> impl Strategy<Value = String> {
    let usual = ["a", "b"].map(str::to_owned);
    if known.is_empty() {
        known.extend(usual.clone());
    }
    let odd = [
        "A",
        "é",
        "e\u{301}",
        "",
        "a ",
        "a\0",
        "房房房房房房房房房房房房房房房房",
    ];
    prop_oneof![
        6 => select(usual.to_vec()),
        6 => select(known),
        2 => select(odd.map(str::to_owned).to_vec()),
    ]
}

/// A text of at most so many bytes; now and then of one byte more.
fn text(limit: usize) -> impl Strategy<Value = Option<String>> {
    weighted(
        0.25,
        prop_oneof![
            4 => select(vec!["x".to_owned(), "Friday".to_owned(), String::new()]),
            1 => Just("x".repeat(limit)),
            1 => Just("x".repeat(limit + 1)),
        ],
    )
}

/// The id of a room to create: now and then one that is too long.
fn new_id(world: &World) -> impl Strategy<Value = String> + use<> {
    prop_oneof![30 => id(world), 1 => Just("房".repeat(16) + "x")]
}

/// The type of a room: now and then that of the other product.
fn room_type(right: &'static str, wrong: &'static str) -> impl Strategy<Value = String> {
    prop_oneof![30 => Just(right.to_owned()), 1 => Just(wrong.to_owned())]
}

fn owner() -> impl Strategy<Value = Option<String>> {
    let owners = ["ada", "administrator", "second"].map(str::to_owned);
    weighted(0.4, select(owners.to_vec()))
}

fn seat_mode() -> impl Strategy<Value = Option<String>> {
    let known = ["ApplyToTake", "FreeToTake"].map(str::to_owned);
    let mode = prop_oneof![8 => select(known.to_vec()), 1 => Just("applyToTake".to_owned())];
    weighted(0.25, mode)
}

fn tags() -> impl Strategy<Value = Option<Vec<i64>>> {
    weighted(0.25, vec(0..3_i64, 0..=4))
}

fn switch() -> impl Strategy<Value = Option<bool>> {
    weighted(0.15, any::<bool>())
}

fn number() -> impl Strategy<Value = Option<i64>> {
    weighted(
        0.15,
        select(vec![1, 0, -1, 20, (1 << 53) + 1, i64::MAX, i64::MIN]),
    )
}

fn create_live(world: &World) -> BoxedStrategy<CreateLive> {
    let templates = [
        "AudioSalon",
        "Karaoke",
        "VideoFixedGrid9Seats",
        "Horizontal4",
    ];
    let info = (
        (
            new_id(world),
            room_type("Live", "Conference"),
            owner(),
            seat_mode(),
        ),
        (select(templates.map(str::to_owned).to_vec()), number()),
        (switch(), switch(), text(100), text(200), tags(), number()),
    );
    info.prop_map(|(first, second, third)| {
        let (room_id, room_type, owner_account, take_seat_mode) = first;
        let (seat_template, max_seat_count) = second;
        let (
            is_message_disabled,
            is_public_visible,
            room_name,
            cover_url,
            category,
            activity_status,
        ) = third;
        let room_info = LiveRoom {
            room_id,
            room_type,
            owner_account,
            take_seat_mode,
            seat_template,
            max_seat_count,
            is_message_disabled,
            is_public_visible,
            room_name,
            cover_url,
            category,
            activity_status,
        };
        CreateLive { room_info }
    })
    .boxed()
}

fn change_live(world: &World) -> BoxedStrategy<ChangeLive> {
    let live = id_near(world.live_ids());
    let any_id = prop_oneof![15 => live, 15 => id(world), 1 => Just("x".repeat(49))];
    let info = (
        (any_id, text(200), number(), switch(), text(300)),
        (tags(), number(), switch(), seat_mode(), text(100)),
    );
    info.prop_map(|(first, second)| {
        let (room_id, room_name, max_member_count, is_message_disabled, cover_url) = first;
        let (category, activity_status, is_public_visible, take_seat_mode, notice) = second;
        let room_info = LiveChange {
            room_id,
            room_name,
            max_member_count,
            is_message_disabled,
            cover_url,
            category,
            activity_status,
            is_public_visible,
            take_seat_mode,
            notice,
        };
        ChangeLive { room_info }
    })
    .boxed()
}

/// Start and end of a meeting.
fn schedule(world: &World) -> BoxedStrategy<(Option<i64>, Option<i64>)> {
    let now = world.now.div_euclid(1_000);
    let starts = select(vec![
        now,
        now + HOUR,
        now - HOUR,
        now - 7 * HOUR,
        0,
        i64::MIN,
        i64::MAX,
    ]);
    let lengths = || select(vec![300, HOUR, 86_400, 299, 86_401, 0, -1]);
    let both = (starts.clone(), lengths()).prop_map(|(start, length)| {
        let end = start.saturating_add(length);
        (Some(start), Some(end))
    });
    prop_oneof![
        8 => Just((None, None)),
        2 => both,
        1 => starts.prop_map(|start| (Some(start), None)),
        2 => lengths().prop_map(move |length| (None, Some(now + length))),
    ]
    .boxed()
}

fn create_meeting(world: &World) -> BoxedStrategy<CreateMeeting> {
    let info = (
        (
            new_id(world),
            text(100),
            room_type("Conference", "Live"),
            owner(),
            number(),
        ),
        schedule(world),
        (switch(), switch(), switch(), switch(), switch()),
        (text(500), switch(), number(), seat_mode()),
    );
    let guests = prop_oneof![
        8 => vec(select(vec!["ada", "bob"]), 0..=2),
        1 => Just(vec!["ada"; 300]),
        1 => Just(vec!["ada"; 301]),
    ];
    let invitees = weighted(
        0.15,
        guests.prop_map(|guests| guests.into_iter().map(str::to_owned).collect()),
    );
    (info, invitees)
        .prop_map(|((first, schedule, switches, last), invitees)| {
            let (room_id, room_name, room_type, owner_account, max_member_count) = first;
            let (schedule_start_time, schedule_end_time) = schedule;
            let (
                is_video_disabled,
                is_audio_disabled,
                is_message_disabled,
                is_screen_sharing_disabled,
                is_cloud_recording_disabled,
            ) = switches;
            let (custom_info, is_seat_enabled, max_seat_count, take_seat_mode) = last;
            let room_info = Meeting {
                room_id,
                room_name,
                room_type,
                owner_account,
                max_member_count,
                schedule_start_time,
                schedule_end_time,
                is_video_disabled,
                is_audio_disabled,
                is_message_disabled,
                is_screen_sharing_disabled,
                is_cloud_recording_disabled,
                custom_info,
                is_seat_enabled,
                max_seat_count,
                take_seat_mode,
            };
            CreateMeeting {
                room_info,
                invitees,
            }
        })
        .boxed()
}
