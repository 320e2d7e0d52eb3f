//! Where calls go: the address of the service without the path of an endpoint.

use std::net::IpAddr;

use reqwest::Url;

use crate::{BuildError, Region};

/// A checked address: scheme, host, port and perhaps the start of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    /// The address without a slash at its end.
    text: String,
    /// Whether calls leave this machine or are encrypted. See [`BaseUrl::stays_here`].
    reach: Reach,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    Encrypted,
    PlainLoopback,
    PlainNetwork,
}

impl BaseUrl {
    /// The host of a region, over https.
    pub(crate) fn of_region(region: Region) -> Self {
        Self {
            text: format!("https://{}", region.host()),
            reach: Reach::Encrypted,
        }
    }

    /// The address of no host, for clients without a network.
    pub(crate) fn of_fake() -> Self {
        Self {
            text: "https://fake.invalid".to_owned(),
            reach: Reach::Encrypted,
        }
    }

    /// Checks an address that the user wrote. The address itself stands in no
    /// error: it may hold a password.
    pub(crate) fn parse(text: &str, allow_plain_http: bool) -> Result<Self, BuildError> {
        let refuse = |reason| Err(BuildError::BaseUrl { reason });
        let Ok(url) = Url::parse(text) else {
            return refuse(
                "it is no absolute URL such as `https://host` or `http://127.0.0.1:8080`",
            );
        };
        let secure = match url.scheme() {
            "https" => true,
            "http" => false,
            // `localhost:8080` is a URL too, of the scheme `localhost`.
            _ => return refuse("it has to start with `https://` or `http://`"),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("it holds a user name or a password");
        }
        if url.query().is_some() {
            return refuse("it has a query (`?…`), and the client writes that");
        }
        if url.fragment().is_some() {
            return refuse("it has a fragment (`#…`)");
        }
        let Some(host) = url.host_str() else {
            return refuse("it names no host");
        };
        let reach = match (secure, is_loopback(host)) {
            (true, _) => Reach::Encrypted,
            (false, true) => Reach::PlainLoopback,
            (false, false) if allow_plain_http => Reach::PlainNetwork,
            (false, false) => {
                return Err(BuildError::PlainHttp {
                    host: host.to_owned(),
                });
            }
        };
        Ok(Self {
            text: url.as_str().trim_end_matches('/').to_owned(),
            reach,
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether calls are neither encrypted nor leave this machine, as with an
    /// emulator.
    pub(crate) fn stays_here(&self) -> bool {
        self.reach == Reach::PlainLoopback
    }
}

/// Whether the host is this machine for certain, without asking a name server.
fn is_loopback(host: &str) -> bool {
    let literal = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || literal
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(text: &str) -> String {
        match BaseUrl::parse(text, false) {
            Ok(url) => url.text,
            Err(error) => panic!("{text}: {error}"),
        }
    }

    #[test]
    fn addresses_are_kept_without_the_slash_at_their_end() {
        assert_eq!(
            accepted("https://adminapisgp.im.qcloud.com"),
            "https://adminapisgp.im.qcloud.com"
        );
        assert_eq!(accepted("https://host/"), "https://host");
        assert_eq!(accepted("https://host:8443//"), "https://host:8443");
        assert_eq!(accepted("HTTPS://Host/a b/c/"), "https://host/a%20b/c");
        assert_eq!(accepted("https://host:443"), "https://host");
    }

    #[test]
    fn n8_plain_http_is_for_this_machine() {
        for text in [
            "http://127.0.0.1:4321",
            "http://127.8.8.8",
            "http://[::1]:80",
            "http://localhost:1",
        ] {
            assert!(BaseUrl::parse(text, false).unwrap().stays_here(), "{text}");
        }
        for host in [
            "example.com",
            "10.0.0.1",
            "localhost.example.com",
            "0.0.0.0",
            "[::]",
            "127.0.0.1.nip.io",
        ] {
            let text = format!("http://{host}:8080");
            let error = BaseUrl::parse(&text, false).unwrap_err();
            assert!(
                matches!(error, BuildError::PlainHttp { .. }),
                "{text}: {error}"
            );
            assert!(!BaseUrl::parse(&text, true).unwrap().stays_here());
        }
        assert!(
            !BaseUrl::parse("https://127.0.0.1", false)
                .unwrap()
                .stays_here()
        );
    }

    #[test]
    fn n8_what_has_no_place_in_an_address_is_refused_and_not_repeated() {
        for text in [
            "",
            "host",
            "127.0.0.1:4321",
            "localhost:4321",
            "//host",
            "/v4",
            "https://",
            "ftp://hunter2",
            "file:///hunter2",
            "https://user@host",
            "https://user:hunter2@host",
            "https://:hunter2@host",
            "https://host?x=hunter2",
            "https://host?",
            "https://host/#hunter2",
            "https://host#",
            "https://ho st",
            "https://host:99999",
        ] {
            let error = BaseUrl::parse(text, true).unwrap_err();
            assert!(
                matches!(error, BuildError::BaseUrl { .. }),
                "{text}: {error}"
            );
            assert!(
                !format!("{error} {error:?}").contains("hunter2"),
                "{error:?}"
            );
        }
    }
}
