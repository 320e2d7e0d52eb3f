//! The HTTP client that calls are sent with unless the user brings one.

use std::error::Error as StdError;
#[cfg(feature = "rustls")]
use std::sync::Arc;
use std::time::Duration;

use reqwest::{redirect, retry};
#[cfg(feature = "rustls")]
use rustls::{ClientConfig, RootCertStore};
#[cfg(feature = "rustls")]
use rustls_platform_verifier::BuilderVerifierExt;

/// How long a connection may lie unused. Load balancers commonly close theirs after
/// 60 seconds; closing first avoids sending into a connection that is going away.
const IDLE: Duration = Duration::from_secs(50);

/// Makes the HTTP client.
///
/// `stays_here` says that calls go to this machine without encryption. Then no
/// proxy gets to see them, and no root certificates are read, so that an emulator
/// can be called from a container that has none.
pub(crate) fn build(
    stays_here: bool,
    connect_timeout: Duration,
    tls_backend: TlsBackend,
) -> Result<reqwest::Client, Box<dyn StdError + Send + Sync>> {
    let mut builder = with_tls(stays_here, tls_backend)?
        .user_agent(concat!("trtc-rooms/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(connect_timeout)
        .pool_idle_timeout(IDLE)
        // The ticket stands in the URL. Following a redirect would repeat the call
        // elsewhere, and the `Referer` of it would hand over the ticket.
        .redirect(redirect::Policy::none())
        .referer(false)
        // Whether a call may be repeated depends on the endpoint, which is not for
        // the HTTP client to know.
        .retry(retry::never());
    if stays_here {
        builder = builder.no_proxy();
    }
    builder.build().map_err(|error| error.without_url().into())
}

/// What encrypts connections.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TlsBackend {
    /// rustls if it is built in, or else what is.
    #[default]
    Usual,
    #[cfg(feature = "native-tls")]
    Native,
}

fn with_tls(
    stays_here: bool,
    backend: TlsBackend,
) -> Result<reqwest::ClientBuilder, Box<dyn StdError + Send + Sync>> {
    let builder = reqwest::Client::builder();
    #[cfg(feature = "native-tls")]
    if backend == TlsBackend::Native || cfg!(not(feature = "rustls")) {
        return Ok(builder.tls_backend_native());
    }
    #[cfg(feature = "rustls")]
    let builder = builder.tls_backend_preconfigured(tls(stays_here)?);
    let _ = (stays_here, backend);
    Ok(builder)
}

/// TLS with the `ring` provider and the certificates that the platform trusts.
///
/// The configuration is made here and handed to reqwest, which without it takes
/// the provider that the process has installed and panics if there is none.
/// Installing one is the application's business, not a library's. The price is
/// that reqwest and this crate have to agree on the version of rustls; if they ever
/// do not, building a client fails with a message that says so.
#[cfg(feature = "rustls")]
fn tls(without_roots: bool) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let mut config = if without_roots {
        builder
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth()
    } else {
        builder.with_platform_verifier()?.with_no_client_auth()
    };
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

#[cfg(all(test, feature = "rustls"))]
mod tests {
    use super::*;

    #[test]
    fn a_client_is_made_without_a_provider_of_the_process() {
        for stays_here in [true, false] {
            if let Err(error) = build(stays_here, Duration::from_secs(5), TlsBackend::Usual) {
                panic!("{error}: {:?}", error.source());
            }
        }
        assert!(rustls::crypto::CryptoProvider::get_default().is_none());
    }
}
