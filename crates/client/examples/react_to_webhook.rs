//! A server that hears of every member who enters, and greets them.
//!
//! ```sh
//! cargo run -p trtc-rooms --example react_to_webhook
//! ```

#[path = "emulated/mod.rs"]
mod emulated;

use std::time::Duration;

use emulated::{Result, SDKAPPID, enter};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::time::timeout;
use trtc_rooms::live::create_room::{RoomInfo, SeatTemplate};
use trtc_rooms::live::send_text_msg::SendTextMsgRequest;
use trtc_rooms::live::set_callback::SetCallbackRequest;
use trtc_rooms::live::set_callback_token::SetCallbackTokenRequest;
use trtc_rooms_webhooks::axum::router;
use trtc_rooms_webhooks::{Event, Receiver, Reply, Token};

/// What signs the webhooks.
const TOKEN: &str = "a token that exists only in this example";

pub(crate) async fn run() -> Result {
    let (emulator, client) = emulated::start().await?;

    // Answer first, work later: the service waits two seconds.
    let (entered, mut queue) = mpsc::unbounded_channel();
    let receiver = Receiver::new(SDKAPPID).token(Token::new(TOKEN)?);
    let app = router("/webhooks", receiver, move |delivery| {
        let entered = entered.clone();
        async move {
            let _ = entered.send(delivery.event);
            Reply::accept()
        }
    });
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/webhooks", listener.local_addr()?);
    let server = tokio::spawn(async move { axum::serve(listener, app).await });

    let callbacks = client.live().callbacks();
    let token = SetCallbackTokenRequest::new()
        .token(TOKEN)
        .is_token_enable(true);
    callbacks.set_callback_token(token).await?;
    let commands = ["Live.CallbackAfterMemberStateChanged"];
    callbacks
        .set_callback(SetCallbackRequest::new(url, commands))
        .await?;

    let room = RoomInfo::new("live-1", SeatTemplate::AudioSalon).owner_account("mei");
    client.live().rooms().create_room(room).await?;
    enter(&emulator, "live-1", &["ana"]);

    let event = timeout(Duration::from_secs(5), queue.recv()).await?;
    let Some(Event::LiveAfterMemberStateChanged(event)) = event else {
        return Err(format!("{event:?}").into());
    };
    for member in event.member_list.iter().flatten() {
        let name = member.member_account.as_deref().unwrap_or("somebody");
        let hello = SendTextMsgRequest::new("live-1", "mei", format!("Welcome, {name}!"));
        let sent = client.live().messages().send_text_msg(hello).await?;
        println!("greeted {name} with message {:?}", sent.msg_seq);
    }
    server.abort();
    emulator.shutdown().await;
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
#[allow(dead_code, reason = "the tests run `run` instead")]
async fn main() -> Result {
    run().await
}
