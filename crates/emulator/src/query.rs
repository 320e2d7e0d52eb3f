//! The parameters of a request, which stand in its URL.
//!
//! # Decisions
//!
//! * Names and values are percent-decoded once. A `+` stands for itself, as in
//!   RFC 3986: only readers of forms take it for a space, and the vendor's own
//!   proxy sends names as they are.
//! * An escape that is none, or that gives no UTF-8, anywhere in the query: 60002.
//! * One of the five parameters twice, even with one value: 60002. There is no
//!   telling which one was meant.
//! * A parameter without a value is missing. A name in another case is another
//!   name. The order is free, and what is not known is ignored.

use std::borrow::Cow;

use crate::refusal::{Refusal, code};
use crate::request::Request;

/// The five parameters, as far as they are there and not empty.
#[derive(Default)]
pub(crate) struct Parameters<'a> {
    pub(crate) sdkappid: Option<Cow<'a, str>>,
    pub(crate) identifier: Option<Cow<'a, str>>,
    pub(crate) usersig: Option<Cow<'a, str>>,
    pub(crate) random: Option<Cow<'a, str>>,
    pub(crate) contenttype: Option<Cow<'a, str>>,
}

impl<'a> Parameters<'a> {
    pub(crate) fn read(query: &'a str) -> Result<Self, Refusal> {
        let malformed = |info: &str| Refusal::new(code::MALFORMED_REQUEST, info);
        let mut parameters = Self::default();
        let mut seen = [false; 5];
        for (name, value) in pairs(query) {
            let (Some(name), Some(value)) = (decoded(name), decoded(value)) else {
                return Err(malformed(
                    "the query has an escape that is none, or that gives no UTF-8",
                ));
            };
            let (index, place) = match &*name {
                "sdkappid" => (0, &mut parameters.sdkappid),
                "identifier" => (1, &mut parameters.identifier),
                "usersig" => (2, &mut parameters.usersig),
                "random" => (3, &mut parameters.random),
                "contenttype" => (4, &mut parameters.contenttype),
                _ => continue,
            };
            if std::mem::replace(&mut seen[index], true) {
                return Err(malformed(&format!("the parameter {name} stands twice")));
            }
            *place = Some(value).filter(|value| !value.is_empty());
        }
        Ok(parameters)
    }
}

/// A number from 0 to 4294967295 in the only way that it is written: decimal
/// digits, no sign, no space, no zero in front.
pub(crate) fn decimal(text: &str) -> Option<u32> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain || (text.starts_with('0') && text != "0") {
        return None;
    }
    text.parse().ok()
}

fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

fn decoded(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let [high, low, after @ ..] = rest else {
            return None;
        };
        let digit = |byte: u8| char::from(byte).to_digit(16);
        bytes.push(u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?);
        rest = after;
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

/// The longest value that is shown. Tickets have some 200 characters.
const MAX_SHOWN: usize = 128;

/// A query for people to read: without what is or may be a ticket, whatever name
/// it goes by.
pub(crate) fn without_ticket(query: &str) -> String {
    let mut shown: Vec<Cow<'_, str>> = Vec::new();
    for pair in query.split('&') {
        let readable = decoded(pair).unwrap_or(Cow::Borrowed(pair));
        if mention_of_ticket(&readable).is_some() || mention_of_ticket(pair).is_some() {
            continue;
        }
        let (name, value) = pair.split_once('=').unwrap_or(("", pair));
        shown.push(if name.len() > MAX_SHOWN {
            Cow::Owned(format!("({} bytes)", pair.len()))
        } else if value.len() > MAX_SHOWN {
            Cow::Owned(format!("{name}=({} bytes)", value.len()))
        } else {
            Cow::Borrowed(pair)
        });
    }
    shown.join("&")
}

/// A path for people to read. Nothing of a query that was joined to it by mistake
/// is left.
pub(crate) fn path_without_ticket(path: &str) -> &str {
    const MAX: usize = 256;
    let mut end = mention_of_ticket(path).unwrap_or(path.len()).min(MAX);
    while !path.is_char_boundary(end) {
        end -= 1;
    }
    &path[..end]
}

/// A body for people to read. Clients have been seen to send the ticket there, too.
pub(crate) fn body_without_ticket(request: &Request<'_>) -> Vec<u8> {
    /// Shorter ones are no tickets, and might stand anywhere.
    const MIN: usize = 16;
    let ticket = pairs(request.query).find(|(name, _)| *name == "usersig");
    if let (Some((_, ticket)), Ok(body)) = (ticket, std::str::from_utf8(request.body))
        && ticket.len() >= MIN
        && body.contains(ticket)
    {
        return body.replace(ticket, "(usersig)").into_bytes();
    }
    request.body.to_owned()
}

fn mention_of_ticket(text: &str) -> Option<usize> {
    const NAME: &[u8] = b"usersig";
    let mut windows = text.as_bytes().windows(NAME.len());
    windows.position(|window| window.eq_ignore_ascii_case(NAME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f07_numbers_have_one_spelling() {
        assert_eq!(decimal("0"), Some(0));
        assert_eq!(decimal("4294967295"), Some(u32::MAX));
        for text in [
            "",
            "-1",
            "4294967296",
            "1.5",
            "abc",
            "+1",
            " 1",
            "0x1",
            "007",
            "１",
            "1e3",
            &"9".repeat(100),
        ] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }

    #[test]
    fn f09_values_are_decoded_once() {
        let query = "identifier=a%20b%26c%3Dd%23e%2525+%E6%88%BF&random=1";
        let parameters = Parameters::read(query).unwrap();
        assert_eq!(parameters.identifier.as_deref(), Some("a b&c=d#e%25+房"));
        assert_eq!(parameters.random.as_deref(), Some("1"));
    }

    #[test]
    fn f11_bad_escapes() {
        for value in ["%", "%z", "%zz", "%4", "%ff", "%+1", "%E6%88"] {
            for name in ["identifier", "other", value] {
                let query = format!("{name}={value}");
                let refusal = Parameters::read(&query).err().unwrap();
                assert_eq!(refusal.code, code::MALFORMED_REQUEST, "{query}");
            }
        }
    }

    #[test]
    fn f03_twice_is_once_too_often() {
        for name in ["sdkappid", "identifier", "usersig", "random", "contenttype"] {
            for query in [format!("{name}=1&{name}=1"), format!("{name}=&x&{name}=1")] {
                let refusal = Parameters::read(&query).err().unwrap();
                assert_eq!(refusal.code, code::MALFORMED_REQUEST, "{query}");
                assert!(refusal.info.contains(name));
            }
        }
        assert!(Parameters::read("x=1&x=2&&=&").is_ok());
    }

    #[test]
    fn f06_names_have_one_case() {
        let parameters = Parameters::read("SdkAppid=1&Random=&usersig").unwrap();
        assert!(parameters.sdkappid.is_none() && parameters.usersig.is_none());
    }

    #[test]
    fn tickets_are_not_shown() {
        let shown = without_ticket("a=1&usersig=secret&UserSig=secret&user%73ig=secret&b=%zz");
        assert_eq!(shown, "a=1&b=%zz");
        let shown = without_ticket(&format!(
            "identifier=x%26usersig%3Dsecret&sig={}",
            "s".repeat(150)
        ));
        assert_eq!(shown, "sig=(150 bytes)");
        assert_eq!(without_ticket(&"s".repeat(150)), "=(150 bytes)");
        assert_eq!(path_without_ticket("/v4/a/b&usersig=secret"), "/v4/a/b&");
        assert_eq!(path_without_ticket(&"é".repeat(999)).len(), 256);
    }
}
