//! A second, independent reading of the ticket format, so that no test trusts the code it tests.

use std::io::{Read, Write};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Map, Value, json};
use sha2::Sha256;
use trtc_usersig::{Claims, Expect, SecretKey, Signer, Verifier, VerifyError};

pub(crate) const APP: u32 = 1_400_000_000;
pub(crate) const KEY: &str = "5e0d9a7bb1c2d3e49f2c7d10b6a8e345";
pub(crate) const USER: &str = "administrator";
pub(crate) const TIME: i64 = 1_718_000_000;
pub(crate) const EXPIRE: i64 = 86_400;

pub(crate) fn vectors() -> Value {
    serde_json::from_str(include_str!("../data/usersig-vectors.json")).unwrap()
}

pub(crate) fn key(text: &str) -> SecretKey {
    SecretKey::new(text).unwrap()
}

pub(crate) fn signer() -> Signer {
    Signer::new(APP, key(KEY))
}

/// A plain, genuine ticket of [`USER`].
pub(crate) fn ticket() -> String {
    let ticket = signer().sign_at(USER, TIME, EXPIRE, None).unwrap();
    ticket.as_str().to_owned()
}

/// Checks a ticket as the app's server would, while it is valid.
pub(crate) fn verify(ticket: &str) -> Result<Claims, VerifyError> {
    verify_at(ticket, TIME)
}

pub(crate) fn verify_at(ticket: &str, now: i64) -> Result<Claims, VerifyError> {
    Verifier::new(APP, key(KEY)).verify(ticket, Expect::user(USER), now)
}

pub(crate) fn mac(key: &str, content: &str) -> Vec<u8> {
    let mut hmac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    hmac.update(content.as_bytes());
    hmac.finalize().into_bytes().to_vec()
}

/// The ticket's text, undone down to the JSON text, by the vendor's recipe.
pub(crate) fn unpack(ticket: &str) -> String {
    let standard = ticket.replace('*', "+").replace('-', "/").replace('_', "=");
    let stream = BASE64_STANDARD.decode(standard).unwrap();
    let mut text = String::new();
    ZlibDecoder::new(stream.as_slice())
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// A ticket text around any document, JSON or not.
pub(crate) fn pack(document: impl AsRef<[u8]>) -> String {
    pack_stream(&deflate(document))
}

pub(crate) fn deflate(document: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(document.as_ref()).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn pack_stream(stream: &[u8]) -> String {
    let standard = BASE64_STANDARD.encode(stream);
    standard
        .replace('+', "*")
        .replace('/', "-")
        .replace('=', "_")
}

/// The members of a genuine document for these values, signed whatever they are.
pub(crate) fn document(
    user: &str,
    time: i128,
    expire: i128,
    userbuf: Option<&[u8]>,
) -> Map<String, Value> {
    let mut content = format!(
        "TLS.identifier:{user}\nTLS.sdkappid:{APP}\nTLS.time:{time}\nTLS.expire:{expire}\n"
    );
    let mut document = json!({
        "TLS.ver": "2.0",
        "TLS.identifier": user,
        "TLS.sdkappid": APP,
    });
    // Through text, since `json!` has no integers of this width.
    document["TLS.time"] = serde_json::from_str(&time.to_string()).unwrap();
    document["TLS.expire"] = serde_json::from_str(&expire.to_string()).unwrap();
    if let Some(bytes) = userbuf {
        let text = BASE64_STANDARD.encode(bytes);
        content = content + "TLS.userbuf:" + &text + "\n";
        document["TLS.userbuf"] = text.into();
    }
    document["TLS.sig"] = BASE64_STANDARD.encode(mac(KEY, &content)).into();
    document.as_object().unwrap().clone()
}

/// A genuine document of [`USER`] with one member replaced, or taken out.
pub(crate) fn with_member(member: &str, value: Option<Value>) -> String {
    let mut document = document(USER, TIME.into(), EXPIRE.into(), None);
    match value {
        Some(value) => document.insert(member.to_owned(), value),
        None => document.remove(member),
    };
    pack(Value::Object(document).to_string())
}

/// Every text in which an error or a value could show itself.
pub(crate) fn shown(value: &(impl std::fmt::Debug + ?Sized)) -> String {
    format!("{value:?}\n{value:#?}")
}

pub(crate) fn unhex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}
