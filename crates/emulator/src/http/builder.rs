use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use thiserror::Error;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use trtc_rooms_schema::{Problems, SchemaSet};
use trtc_usersig::SecretKey;

use super::server::Server;
use super::{Emulator, Handle, WebhookDelivery};
use crate::app::App;
use crate::service::Service;
use crate::settings::Settings;
use crate::time::EmulatorClock;

/// How an [`Emulator`] is to be.
#[derive(Clone, Debug)]
#[must_use = "nothing happens until it is started"]
pub struct Builder {
    sdkappid: Option<u32>,
    key: Option<SecretKey>,
    admins: Vec<String>,
    apps: Vec<App>,
    settings: Settings,
    clock: EmulatorClock,
    schemas: Option<SchemaSet>,
    listen: String,
    beyond_loopback: bool,
    on_delivery: Option<fn(&WebhookDelivery)>,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            sdkappid: None,
            key: None,
            admins: Vec::new(),
            apps: Vec::new(),
            settings: Settings::default(),
            clock: EmulatorClock::default(),
            schemas: None,
            listen: "127.0.0.1:0".to_owned(),
            beyond_loopback: false,
            on_delivery: None,
        }
    }

    /// The number of the app.
    pub fn sdkappid(mut self, sdkappid: u32) -> Self {
        self.sdkappid = Some(sdkappid);
        self
    }

    /// The key of the app.
    pub fn key(mut self, key: SecretKey) -> Self {
        self.key = Some(key);
        self
    }

    /// One more administrator of the app. If there is none, it is `administrator`.
    pub fn admin(mut self, user_id: impl Into<String>) -> Self {
        self.admins.push(user_id.into());
        self
    }

    /// One more app. This is the way to have several of them.
    pub fn app(mut self, app: App) -> Self {
        self.apps.push(app);
        self
    }

    /// What the documents leave open.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// The clock. Otherwise it is that of the computer.
    pub fn clock(mut self, clock: EmulatorClock) -> Self {
        self.clock = clock;
        self
    }

    /// Other schemas than those that are built in.
    pub fn schemas(mut self, schemas: SchemaSet) -> Self {
        self.schemas = Some(schemas);
        self
    }

    /// Where to listen: an IP address, or `localhost`, and a port. Otherwise it is a
    /// free port of 127.0.0.1.
    pub fn listen(mut self, address: impl Into<String>) -> Self {
        self.listen = address.into();
        self
    }

    /// Allows to listen on an address that other computers may reach.
    pub fn beyond_loopback(mut self, allowed: bool) -> Self {
        self.beyond_loopback = allowed;
        self
    }

    /// Calls `watch` with each webhook that was sent, or could not be. The last ones are
    /// kept in any case: [`Handle::deliveries`].
    pub fn on_delivery(mut self, watch: fn(&WebhookDelivery)) -> Self {
        self.on_delivery = Some(watch);
        self
    }

    /// Starts it, on the `tokio` runtime of the caller.
    ///
    /// # Errors
    ///
    /// Something is missing, the address cannot be listened on, or the schemas are
    /// wrong.
    pub async fn start(self) -> Result<Emulator, StartError> {
        let asked = self.address()?;
        let (clock, on_delivery) = (self.clock.clone(), self.on_delivery);
        let service = self.service()?;

        let bound = TcpListener::bind(asked).await;
        let listener = bound.map_err(|source| StartError::cannot_listen(asked, source))?;
        let addr = listener
            .local_addr()
            .map_err(|source| StartError::cannot_listen(asked, source))?;
        let (webhooks, due) = mpsc::unbounded_channel();
        let handle = Handle::new(service, clock, webhooks);
        Ok(Emulator {
            addr,
            url: format!("http://{addr}"),
            server: Server::start(listener, handle.clone(), due, on_delivery),
            handle,
        })
    }

    fn address(&self) -> Result<SocketAddr, StartError> {
        let text = self.listen.as_str();
        let local = || {
            let port = text.strip_prefix("localhost:")?.parse().ok()?;
            Some(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port))
        };
        let address = text.parse().ok().or_else(local);
        let address: SocketAddr = address.ok_or_else(|| StartError::NoAddress(text.to_owned()))?;
        if !address.ip().is_loopback() && !self.beyond_loopback {
            return Err(StartError::NotLoopback(address));
        }
        Ok(address)
    }

    fn service(mut self) -> Result<Service, StartError> {
        let own = match (self.sdkappid, self.key) {
            (Some(sdkappid), Some(key)) => Some(App::new(sdkappid, key)),
            (Some(_), None) => return Err(StartError::NoKey),
            (None, Some(_)) => return Err(StartError::NoSdkAppId),
            (None, None) => None,
        };
        if let Some(own) = own {
            if self.admins.is_empty() {
                self.admins.push("administrator".to_owned());
            }
            self.apps
                .push(self.admins.into_iter().fold(own, App::admin));
        }
        let mut apps = self.apps.into_iter();
        let first = apps.next().ok_or(StartError::NoSdkAppId)?;
        let mut service = match &self.schemas {
            Some(schemas) => Service::with_schemas(schemas)?,
            None => Service::built_in()?,
        };
        service.put_app(first);
        apps.for_each(|app| service.put_app(app));
        *service.settings_mut() = self.settings;
        Ok(service)
    }
}

/// Why an emulator did not start.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StartError {
    /// There is no app to emulate.
    #[error("the emulator needs an app: give it an sdkappid and a key")]
    NoSdkAppId,
    /// There is an app, but no key to check its tickets with.
    #[error("the emulator needs the key of the app, to check tickets with")]
    NoKey,
    /// The text is no address.
    #[error("`{0}` is no address to listen on, such as 127.0.0.1:8080 or localhost:0")]
    NoAddress(String),
    /// Other computers may reach the address, and nobody said that they should.
    #[error("{0} is not a loopback address; other computers may reach it, so it has to be allowed")]
    NotLoopback(SocketAddr),
    /// Another program listens on the port.
    #[error("{0} is in use: end what listens there, or take another port (0 takes a free one)")]
    AddressInUse(SocketAddr),
    /// The operating system does not let the emulator listen.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the operating system says.
        source: io::Error,
    },
    /// The schemas are wrong.
    #[error("the schemas are wrong")]
    Schemas(#[from] Problems),
}

impl StartError {
    fn cannot_listen(address: SocketAddr, source: io::Error) -> Self {
        if source.kind() == io::ErrorKind::AddrInUse {
            Self::AddressInUse(address)
        } else {
            Self::Listen { address, source }
        }
    }
}
