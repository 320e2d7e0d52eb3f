//! The client and the emulator in conversation: `cargo xtask demo`.
//!
//! Everything here happens on this machine, over real HTTP, with a key that exists
//! only for the moment. To call the real service, give the client a region instead
//! of a base URL, and your own `SDKAppID` and key.

use std::sync::Arc;
use std::time::Duration;

use trtc_rooms::live::{create_room, update_room_info};
use trtc_rooms::{Client, Error, RetryPolicy, Validate, Validation, common, conference};
use trtc_rooms_emulator::{Emulator, EmulatorClock, Script, UnixMillis};
use trtc_usersig::SecretKey;

const SDKAPPID: u32 = 1_400_000_000;
const KEY: &str = "a key that exists only in this demo";

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    // A clock that the demo turns: a room id can be created once per second, and
    // nobody wants to wait.
    let clock = EmulatorClock::standing_at(UnixMillis::from_seconds(1_767_258_000));
    let emulator = Emulator::builder()
        .sdkappid(SDKAPPID)
        .key(SecretKey::new(KEY)?)
        .admin("administrator")
        .clock(clock.clone())
        .start()
        .await?;
    let client = Client::builder(SDKAPPID, KEY)
        .base_url(emulator.url())
        .identifier("administrator")
        .clock(Arc::new(clock.clone()))
        .build()?;
    println!(
        "a client -> an emulator of the service at {}",
        emulator.url()
    );

    accepted(&client, &emulator).await?;
    refused_here(&client, &emulator).await?;
    refused_there(&client, &clock, &emulator).await?;
    trouble(&client, &emulator).await?;

    let counters = emulator.handle().counters();
    println!(
        "\n{} requests reached the emulator. Next: `cargo doc --open --package trtc-rooms`.",
        counters.requests
    );
    emulator.shutdown().await;
    Ok(())
}

/// Calls that the service carries out.
async fn accepted(client: &Client, emulator: &Emulator) -> Result {
    title("accepted");
    let room = create_room::RoomInfo::new("live-1", create_room::SeatTemplate::AudioSalon)
        .room_name("Friday night")
        .max_seat_count(8)
        .category([1, 2]);
    let reply = client.live().create_room(room).await?;
    show_request(emulator);
    println!(
        "  <- room {:?}, request {}",
        reply.room_id,
        id(reply.request_id())
    );

    let change = update_room_info::RoomInfo::new("live-1").notice("Starts at nine.");
    let reply = client.live().update_room_info(change).await?;
    show_request(emulator);
    println!("  <- changed, request {}", id(reply.request_id()));

    let meeting = conference::create_room::RoomInfo::new("meeting-1")
        .schedule_start_time(1_767_261_600)
        .schedule_end_time(1_767_265_200);
    let request = conference::create_room::CreateRoomRequest::new(meeting)
        .schedule_invitee_list_account(["ada", "grace"]);
    let reply = client.conference().create_room(request).await?;
    show_request(emulator);
    println!("  <- scheduled, request {}", id(reply.request_id()));
    Ok(())
}

/// Requests that break documented limits, and do not leave this machine.
async fn refused_here(client: &Client, emulator: &Emulator) -> Result {
    title("refused before it is sent");
    let before = emulator.handle().counters().requests;
    let room = create_room::RoomInfo::new("房".repeat(17), create_room::SeatTemplate::Karaoke)
        .take_seat_mode("AskNicely")
        .category([1, 2, 3, 4]);
    explain(
        "an id of 17 characters, and more",
        client.live().create_room(room).await,
    );

    let meeting = conference::create_room::RoomInfo::new("meeting-2")
        .schedule_start_time(1_767_261_600)
        .schedule_end_time(1_767_261_899);
    explain(
        "a meeting of 299 seconds",
        client.conference().create_room(meeting).await,
    );
    let after = emulator.handle().counters().requests;
    println!("  requests sent meanwhile: {}", after - before);

    let room =
        create_room::RoomInfo::new("live-2", create_room::SeatTemplate::VideoFixedGrid9Seats)
            .max_seat_count(4);
    for hint in create_room::CreateRoomRequest::new(room).hints() {
        println!("  a hint: {hint}");
    }
    Ok(())
}

/// Calls that the service refuses, each for its own reason.
async fn refused_there(client: &Client, clock: &EmulatorClock, emulator: &Emulator) -> Result {
    title("refused by the service");
    let room = || create_room::RoomInfo::new("live-1", create_room::SeatTemplate::AudioSalon);
    explain(
        "the same id at once",
        client.live().create_room(room()).await,
    );
    clock.advance(Duration::from_secs(1));
    explain(
        "the same id a second later",
        client.live().create_room(room()).await,
    );
    let other = room().owner_account("somebody-else");
    explain(
        "the same id for another owner",
        client.live().create_room(other).await,
    );
    let gone = update_room_info::RoomInfo::new("no-such-room").room_name("?");
    explain(
        "a room that is not there",
        client.live().update_room_info(gone).await,
    );

    let too_long = update_room_info::RoomInfo::new("live-1").notice("é".repeat(51));
    let call = client
        .live()
        .update_room_info(too_long)
        .validation(Validation::Off);
    explain("validation off: the service says it", call.await);

    let stranger = Client::builder(SDKAPPID, "the key of another app")
        .base_url(emulator.url())
        .clock(Arc::new(clock.clone()))
        .build()?;
    explain(
        "a ticket of another key",
        stranger.live().create_room(room()).await,
    );
    Ok(())
}

/// What also happens in production: each time as it comes, and then as a client meets it
/// that repeats by itself what does no harm.
async fn trouble(client: &Client, emulator: &Emulator) -> Result {
    title("trouble");
    let change = || update_room_info::RoomInfo::new("live-1").activity_status(1);
    for (what, script) in [
        (
            "the service fails",
            Script::code(common::room_codes::INTERNAL_ERROR),
        ),
        (
            "a gateway fails",
            Script::http(502, "<html>Bad Gateway</html>"),
        ),
        ("the connection breaks", Script::cut()),
    ] {
        emulator.handle().script(script.clone())?;
        let once = client.live().update_room_info(change());
        explain(what, once.retry(RetryPolicy::never()).await);
        emulator.handle().script(script)?;
        let reply = client.live().update_room_info(change()).await?;
        println!(
            "     the client repeats such a call: accepted after {} attempts",
            reply.attempts()
        );
    }
    Ok(())
}

/// Prints what came of a call, and what a program would decide by.
fn explain<T>(what: &str, result: std::result::Result<T, Error>) {
    println!("  {what}");
    let Err(error) = result else {
        return println!("     accepted");
    };
    if let Some(violations) = error.violations() {
        for violation in violations {
            println!("     {violation}");
        }
    } else if let (Some(code), Some(info)) = (
        error.meaning(),
        error.api().and_then(|api| api.error_info()),
    ) {
        println!("     {} {}: {}", code.code, code.name, code.meaning);
        println!("     what to do: {}", code.remedy);
        println!("     the service adds: {info}");
    } else {
        println!("     {error}");
    }
    println!(
        "     class {}, try again: {}, outcome unknown: {}",
        error.class().map_or("none", |class| class.as_str()),
        yes(error.is_retryable()),
        yes(error.is_outcome_unknown()),
    );
}

/// Prints the last request as the emulator received it.
fn show_request(emulator: &Emulator) {
    if let Some(entry) = emulator.handle().journal().last() {
        println!(
            "  -> {} {}\n     {}",
            entry.method,
            entry.path,
            entry.body_text()
        );
    }
}

fn title(text: &str) {
    println!("\n{text}");
}

fn id(request_id: Option<&str>) -> &str {
    request_id.unwrap_or("(none)")
}

fn yes(truth: bool) -> &'static str {
    if truth { "yes" } else { "no" }
}
