//! The URL of one request.

use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::Url;
use trtc_usersig::Ticket;

/// Writes the URLs of a client. What is the same for many of them is read once and then
/// copied: parsing a ticket in a URL for each call would be a good part of its cost
/// (`benches/call_overhead.rs`).
pub(crate) struct RequestUrls {
    /// The address, and the query up to the ticket.
    start: Url,
    /// The path of the address, with a slash at its end.
    start_path: String,
    /// The ticket that was used last, and the URL up to it.
    latest: Mutex<Option<(Arc<Ticket>, Url)>>,
}

impl RequestUrls {
    /// For calls to this address, or nothing if that is no URL.
    pub(crate) fn new(base: &str, sdkappid: u32, identifier: &str) -> Option<Self> {
        let mut start = Url::parse(base).ok()?;
        let start_path = format!("{}/", start.path().trim_end_matches('/'));
        let mut query = format!("sdkappid={sdkappid}&identifier=");
        encode(identifier, &mut query);
        start.set_query(Some(&query));
        Some(Self {
            start,
            start_path,
            latest: Mutex::new(None),
        })
    }

    /// The URL for one request to `path`.
    pub(crate) fn write(&self, path: &str, ticket: &Arc<Ticket>, random: u32) -> Url {
        let mut url = self.up_to_ticket(ticket);
        url.set_path(&[&self.start_path, path].concat());
        url.query_pairs_mut()
            .append_pair("random", &random.to_string())
            .append_pair("contenttype", "json");
        url
    }

    fn up_to_ticket(&self, ticket: &Arc<Ticket>) -> Url {
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        match &*latest {
            Some((known, url)) if Arc::ptr_eq(known, ticket) => url.clone(),
            _ => {
                let mut url = self.start.clone();
                // This escapes whatever could mean something in a query, and leaves the
                // characters of tickets as they are.
                url.query_pairs_mut()
                    .append_pair("usersig", ticket.as_str());
                *latest = Some((Arc::clone(ticket), url.clone()));
                url
            }
        }
    }
}

/// Appends `text` with everything escaped that could mean something in a query.
///
/// A space becomes `%20` and not `+`, which only readers of forms would turn back.
fn encode(text: &str, to: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'*') {
            to.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(to, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(base: &str, identifier: &str, ticket: &str) -> Url {
        RequestUrls::new(base, 1_400_000_000, identifier)
            .unwrap()
            .write(
                "v4/live_engine_http_srv/create_room",
                &Arc::new(Ticket::new(ticket)),
                4_294_967_295,
            )
    }

    #[test]
    fn the_url_is_as_documented() {
        assert_eq!(
            url(
                "https://adminapisgp.im.qcloud.com",
                "administrator",
                "eJx*a-b_"
            )
            .as_str(),
            "https://adminapisgp.im.qcloud.com/v4/live_engine_http_srv/create_room?sdkappid=1400000000\
             &identifier=administrator&usersig=eJx*a-b_&random=4294967295&contenttype=json"
        );
    }

    #[test]
    fn a_path_in_the_address_is_kept() {
        let url = url("http://127.0.0.1:4321/proxy/trtc", "administrator", "t");
        assert_eq!(
            url.path(),
            "/proxy/trtc/v4/live_engine_http_srv/create_room"
        );
    }

    #[test]
    fn f9_no_identifier_injects_a_parameter() {
        for identifier in [
            "a b&c=d#e%",
            "admin&usersig=x",
            "administrator\u{0}",
            "管理员",
            "a+b",
            "a/b?c",
            "%26",
            "a'b\"<>",
            "..",
            "é",
        ] {
            let url = url("https://host", identifier, "ticket");
            let pairs: Vec<_> = url.query_pairs().collect();
            let names: Vec<_> = pairs.iter().map(|(name, _)| name.as_ref()).collect();
            assert_eq!(
                names,
                ["sdkappid", "identifier", "usersig", "random", "contenttype"],
                "{url}"
            );
            assert_eq!(pairs[1].1, identifier);
            assert_eq!(pairs[2].1, "ticket");
            assert_eq!(url.fragment(), None);
            assert!(!url.as_str().contains('+'), "{url}");
        }
    }

    #[test]
    fn a_ticket_from_elsewhere_cannot_inject_a_parameter_either() {
        let url = url("https://host", "administrator", "a&sdkappid=1#");
        assert_eq!(
            url.query_pairs()
                .filter(|(name, _)| name == "sdkappid")
                .count(),
            1
        );
        assert_eq!(url.fragment(), None);
    }

    #[test]
    fn a_path_cannot_inject_a_parameter_either() {
        let urls = RequestUrls::new("https://host/proxy", 1, "administrator").unwrap();
        let url = urls.write("v4/a?usersig=x#y", &Arc::new(Ticket::new("ticket")), 7);
        assert_eq!(
            url.as_str(),
            "https://host/proxy/v4/a%3Fusersig=x%23y?sdkappid=1&identifier=administrator\
             &usersig=ticket&random=7&contenttype=json"
        );
    }

    #[test]
    fn each_ticket_is_used_for_its_own_request() {
        let urls = RequestUrls::new("https://host", 1, "administrator").unwrap();
        let [one, other] = ["one", "other"].map(|text| Arc::new(Ticket::new(text)));
        let sent: Vec<String> = [&one, &one, &other, &one]
            .into_iter()
            .map(|ticket| urls.write("v4/a", ticket, 7))
            .map(|url| url.query_pairs().nth(2).unwrap().1.into_owned())
            .collect();
        assert_eq!(sent, ["one", "one", "other", "one"]);
    }
}
