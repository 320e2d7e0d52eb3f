//! A server with a certificate of one's choice, and a client that trusts its authority.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig, ServerConnection, StreamOwned};
use trtc_rooms::reqwest;

use super::script::response;

/// Which certificate a server shows. All but the first are not to be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certificate {
    /// In order.
    Good,
    /// Expired in 2021.
    Expired,
    /// For another host.
    OtherHost,
    /// Signed by itself.
    SelfSigned,
}

impl Certificate {
    fn pem(self) -> &'static [u8] {
        match self {
            Self::Good => include_bytes!("tls/good.pem"),
            Self::Expired => include_bytes!("tls/expired.pem"),
            Self::OtherHost => include_bytes!("tls/other-host.pem"),
            Self::SelfSigned => include_bytes!("tls/self-signed.pem"),
        }
    }
}

/// A server for one connection, on a thread of its own.
#[derive(Debug)]
pub struct TlsServer {
    address: SocketAddr,
    thread: JoinHandle<usize>,
}

impl TlsServer {
    /// Waits for one connection, and answers the first request on it with a body.
    ///
    /// # Panics
    ///
    /// If there is no free port.
    pub fn start(certificate: Certificate, body: &'static str) -> Self {
        let chain = vec![CertificateDer::from_pem_slice(certificate.pem()).expect("a certificate")];
        let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/leaf.key.pem")).expect("a key");
        let config = ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("a certificate with its key");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let thread = thread::spawn(move || {
            let Ok((socket, _)) = listener.accept() else {
                return 0;
            };
            let patience = Some(Duration::from_secs(5));
            socket.set_read_timeout(patience).expect("a timeout");
            let connection = ServerConnection::new(Arc::new(config)).expect("a connection");
            let mut stream = StreamOwned::new(connection, socket);
            // Head and body of a small request come in one piece.
            let mut buffer = [0; 8192];
            let read = stream.read(&mut buffer).unwrap_or(0);
            if read > 0 {
                let _ = stream.write_all(&response("200 OK", &["connection: close"], body));
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
            read
        });
        Self { address, thread }
    }

    /// The address, without a slash at its end.
    pub fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// How many bytes arrived behind the handshake.
    ///
    /// # Panics
    ///
    /// If the server did.
    pub fn finish(self) -> usize {
        self.thread.join().expect("the server")
    }
}

/// An HTTP client that trusts the authority of the certificates, with the settings that
/// [`http_client`](trtc_rooms::ClientBuilder::http_client) asks for.
///
/// # Panics
///
/// If it cannot be made.
pub fn trusting() -> reqwest::Client {
    let mut roots = RootCertStore::empty();
    let authority = CertificateDer::from_pem_slice(include_bytes!("tls/ca.pem"));
    roots
        .add(authority.expect("a certificate"))
        .expect("an authority");
    let config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    reqwest::Client::builder()
        .tls_backend_preconfigured(config)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .build()
        .expect("a client")
}

fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}
