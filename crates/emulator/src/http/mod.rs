//! The emulated service on a port of this computer.

mod builder;
mod exchange;
mod handle;
mod reply_body;
mod server;
mod socket;
mod webhooks;

use std::net::SocketAddr;

pub use builder::{Builder, StartError};
pub use handle::Handle;
pub use webhooks::WebhookDelivery;

use server::Server;

/// The emulated service, answering over HTTP.
///
/// It takes plain HTTP/1.1 (and 1.0) on one address, a loopback one unless that was
/// [waived](Builder::beyond_loopback). Dropping it ends it at once, with all its
/// connections; [`shutdown`](Self::shutdown) lets them finish. There is no admin
/// interface on the port: what can be turned is on the [`Handle`]. It sends the webhooks
/// of what happens to where the callback configuration says.
///
/// # Decisions
///
/// * A request whose body does not arrive within 30 s is answered with 408, one
///   whose head does not is dropped. Malformed HTTP is 400, a URL of more than 64 KB
///   414, too many headers 431: that is `hyper`, and not the service.
/// * A body over [`Settings::max_body`](crate::Settings::max_body) is read up to 16
///   MiB further and thrown away, so that the client gets to read the answer.
#[derive(Debug)]
pub struct Emulator {
    addr: SocketAddr,
    url: String,
    handle: Handle,
    server: Server,
}

impl Emulator {
    /// Says how an emulator is to be.
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// The address that it listens on.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The base URL, without a slash at its end: `http://127.0.0.1:40123`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What turns the knobs and shows what happened. Clones of it may outlive the
    /// emulator.
    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Takes no more connections, lets the calls under way finish, and ends. After 5
    /// seconds it ends anyway.
    pub async fn shutdown(self) {
        self.server.shutdown().await;
    }
}
