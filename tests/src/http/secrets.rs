//! Looking for the key and the ticket where they have no business.

use std::collections::HashSet;
use std::error::Error as StdError;
use std::fmt::Write;
use std::io::Read;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::read::ZlibDecoder;
use serde_json::Value;
use trtc_rooms::Error;

use super::app::{self, KEY};

/// How long a piece of a secret has to be to count. Shorter ones occur by chance.
const PIECE: usize = 8;

/// All pieces of the key, of the ticket, and of the mac inside the ticket in the forms
/// in which a mac is printed.
static PIECES: LazyLock<HashSet<[u8; PIECE]>> = LazyLock::new(|| {
    let ticket = app::ticket();
    let mac = mac(&ticket);
    let mut hex = String::new();
    for byte in STANDARD.decode(&mac).expect("a mac is base64") {
        let _ = write!(hex, "{byte:02x}");
    }
    let secrets = [KEY, &ticket, &mac, &hex, &hex.to_uppercase()];
    let pieces = secrets
        .iter()
        .flat_map(|secret| secret.as_bytes().windows(PIECE));
    pieces
        .filter_map(|piece| <[u8; PIECE]>::try_from(piece).ok())
        .collect()
});

/// The mac of a ticket as it stands inside, unpacked by hand: the signing crate, rightly,
/// gives it to nobody.
fn mac(ticket: &str) -> String {
    let base64 = ticket.replace('*', "+").replace('-', "/").replace('_', "=");
    let packed = STANDARD.decode(base64).expect("a ticket is base64");
    let mut document = String::new();
    let mut inflate = ZlibDecoder::new(packed.as_slice());
    inflate
        .read_to_string(&mut document)
        .expect("a ticket is zlib");
    let document: Value = serde_json::from_str(&document).expect("a ticket is JSON");
    document["TLS.sig"].as_str().expect("a mac").to_owned()
}

/// The first piece of a secret that a text holds, if it holds one.
pub fn find(text: &str) -> Option<String> {
    let found = text
        .as_bytes()
        .windows(PIECE)
        .find(|window| PIECES.contains(*window));
    let found = found.map(|window| String::from_utf8_lossy(window).into_owned());
    // A ticket that was shortened to fewer characters still gives itself away.
    found.or_else(|| text.contains("usersig=e").then(|| "usersig=e".to_owned()))
}

/// Looks at everything that an error shows.
///
/// # Errors
///
/// Says where a secret stands.
pub fn scan(error: &Error) -> Result<(), String> {
    let mut shown = vec![
        ("Display", error.to_string()),
        ("{:#}", format!("{error:#}")),
        ("Debug", format!("{error:?}")),
        ("{:#?}", format!("{error:#?}")),
        (
            "request_id()",
            error.request_id().unwrap_or_default().to_owned(),
        ),
        ("excerpt()", error.excerpt().unwrap_or_default().to_owned()),
    ];
    if let Some(api) = error.api() {
        shown.push(("api()", format!("{api} {api:?}")));
        shown.push((
            "error_info()",
            api.error_info().unwrap_or_default().to_owned(),
        ));
    }
    let mut source = error.source();
    while let Some(error) = source {
        shown.push((
            "a source",
            format!("{error} {error:#} {error:?} {error:#?}"),
        ));
        source = error.source();
    }
    match shown
        .iter()
        .find_map(|(place, text)| Some((place, find(text)?)))
    {
        Some((place, piece)) => Err(format!("{place} holds `{piece}` of a secret")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_secret_is_found() {
        let ticket = app::ticket();
        for start in 0..ticket.len() - PIECE {
            let piece = &ticket[start..start + PIECE];
            assert!(find(&format!("x{piece}y")).is_some(), "{piece}");
        }
        assert!(find(&format!("key {}", &KEY[40..48])).is_some());
        let mac = mac(&ticket);
        assert_eq!(mac.len(), 44, "32 bytes in base64");
        assert!(find(&mac[20..28]).is_some());
        assert!(find("?usersig=eJy").is_some());
    }

    #[test]
    fn ordinary_text_holds_no_secret() {
        let text = "live/create_room: HTTP status 502 instead of 200: Bad Gateway [ticket]";
        assert_eq!(find(text), None);
        assert_eq!(find(&KEY[..7]), None);
        assert_eq!(find(""), None);
    }
}
