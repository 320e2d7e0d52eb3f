//! An emulator of the service and a client of it: what every example begins with. To call
//! the real service, build the client with a region instead of a base URL, and with your
//! own `SDKAppID` and key.

use trtc_rooms::Client;
use trtc_rooms_emulator::Emulator;
use trtc_usersig::SecretKey;

/// The application.
pub(crate) const SDKAPPID: u32 = 1_400_000_000;

const KEY: &str = "a key that exists only in this example";

pub(crate) type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

pub(crate) async fn start() -> Result<(Emulator, Client)> {
    let emulator = Emulator::builder()
        .sdkappid(SDKAPPID)
        .key(SecretKey::new(KEY)?)
        .admin("administrator")
        .start()
        .await?;
    let client = Client::builder(SDKAPPID, KEY)
        .base_url(emulator.url())
        .identifier("administrator")
        .build()?;
    Ok((emulator, client))
}

/// Lets users into a room. With the real service, their apps do that.
pub(crate) fn enter(emulator: &Emulator, room_id: &str, users: &[&str]) {
    emulator.handle().with(|service| {
        if let Some(app) = service.app_mut(SDKAPPID) {
            for user in users {
                app.enter(room_id, user);
            }
        }
    });
}
