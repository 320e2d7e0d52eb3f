//! Receives the webhooks of an application and keeps gifts small.
//!
//! ```sh
//! export TRTC_SDKAPPID=1400000000 TRTC_WEBHOOK_TOKEN=xxxxyyyy
//! cargo run -p trtc-rooms-webhooks --example receive --features axum
//! ```

use std::error::Error;

use axum::Router;
use trtc_rooms_webhooks::axum::router;
use trtc_rooms_webhooks::{Delivery, Event, Receiver, Reply, Token};

/// The application, without the port that it listens on.
pub(crate) fn app(sdkappid: u32, token: Token) -> Router {
    router("/webhooks", Receiver::new(sdkappid).token(token), answer)
}

async fn answer(delivery: Delivery) -> Reply {
    match &delivery.event {
        Event::LiveBeforeSendGift(gift) => {
            let count = gift.gift_water.as_ref().and_then(|gift| gift.count);
            if count.unwrap_or(0) > 10 {
                // The sender is shown this code.
                return Reply::refuse(gift, 102_101, "at most 10 at once")
                    .unwrap_or_else(|_| Reply::accept());
            }
        }
        Event::MicAfterSeatInfoChanged(event) => {
            for seat in event.seat_list.iter().flatten() {
                println!("seat {:?}: {:?}", seat.index, seat.member_account);
            }
        }
        Event::Unknown(event) => println!("{}: {}", event.command, event.body),
        event => println!("{} in {:?}", delivery.command, event.room_id()),
    }
    Reply::accept()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let sdkappid = std::env::var("TRTC_SDKAPPID")?.parse()?;
    let token = Token::new(std::env::var("TRTC_WEBHOOK_TOKEN")?)?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
    println!("listening on http://{}/webhooks", listener.local_addr()?);
    axum::serve(listener, app(sdkappid, token)).await?;
    Ok(())
}
