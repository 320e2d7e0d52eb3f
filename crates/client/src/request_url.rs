//! The URL of one request.

use std::fmt::Write;

use reqwest::Url;

/// Writes the URLs of a client. What is the same for all of them is encoded once.
pub(crate) struct RequestUrls {
    /// The address, with a slash at its end.
    base: String,
    /// The query up to the ticket.
    query: String,
}

impl RequestUrls {
    pub(crate) fn new(base: &str, sdkappid: u32, identifier: &str) -> Self {
        let mut query = format!("?sdkappid={sdkappid}&identifier=");
        encode(identifier, &mut query);
        query.push_str("&usersig=");
        Self {
            base: format!("{base}/"),
            query,
        }
    }

    /// The URL for one request to `path`, or nothing if that is no URL.
    pub(crate) fn write(&self, path: &str, ticket: &str, random: u32) -> Option<Url> {
        const REST: usize = "&random=4294967295&contenttype=json".len();
        let length = self.base.len() + path.len() + self.query.len() + ticket.len() + REST;
        let mut url = String::with_capacity(length);
        url.push_str(&self.base);
        url.push_str(path);
        url.push_str(&self.query);
        encode(ticket, &mut url);
        // Writing to a string cannot fail.
        let _ = write!(url, "&random={random}&contenttype=json");
        Url::parse(&url).ok()
    }
}

/// Appends `text` with everything escaped that could mean something in a query.
///
/// A space becomes `%20` and not `+`, which only readers of forms would turn back.
/// `*` stays, since tickets are full of it and the documents send it so.
fn encode(text: &str, to: &mut String) {
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'*');
    // The usual case, and the only one for tickets that are signed here.
    if text.bytes().all(is_plain) {
        return to.push_str(text);
    }
    for byte in text.bytes() {
        if is_plain(byte) {
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
            .write("v4/live_engine_http_srv/create_room", ticket, 4_294_967_295)
            .unwrap()
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
}
