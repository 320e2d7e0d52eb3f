//! A server on a raw socket that plays scripts, for what no HTTP library would do.
//!
//! One script for each accepted connection, in order. What goes wrong inside the
//! server (a request that is no request, a connection that no script foresaw, a client
//! that leaves a connection open) does not vanish in a task: [`FaultServer::finish`]
//! reports it.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::received::Received;
use super::script::{Script, Step};

/// How long the client may take to close a connection that it is done with.
const PATIENCE: Duration = Duration::from_secs(2);

/// Any free port of this machine.
const LOOPBACK: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// A server that plays scripts. It stops when dropped.
#[derive(Debug)]
pub struct FaultServer {
    address: SocketAddr,
    connections: Arc<Mutex<Vec<Connection>>>,
    acceptor: JoinHandle<()>,
}

/// What happened on one accepted connection.
#[derive(Clone, Debug, Default)]
pub struct Connection {
    /// The requests that were read.
    pub requests: Vec<Received>,
    /// Whether the connection is over on both sides.
    pub over: bool,
    /// What went wrong with the script itself.
    pub problem: Option<String>,
}

impl FaultServer {
    /// Plays one script for each connection, in order. Any further connection is a
    /// problem.
    ///
    /// # Errors
    ///
    /// If it cannot listen.
    pub async fn start(scripts: impl Into<Vec<Script>>) -> io::Result<Self> {
        Self::at(LOOPBACK, scripts).await
    }

    /// The same at an address that is known already.
    ///
    /// # Errors
    ///
    /// If it cannot listen.
    pub async fn at(address: SocketAddr, scripts: impl Into<Vec<Script>>) -> io::Result<Self> {
        let scripts = scripts.into();
        Self::with(address, move |number| scripts.get(number).cloned()).await
    }

    /// Plays the same script for each connection.
    ///
    /// # Errors
    ///
    /// If it cannot listen.
    pub async fn every(script: Script) -> io::Result<Self> {
        Self::with(LOOPBACK, move |_| Some(script.clone())).await
    }

    async fn with(
        address: SocketAddr,
        script: impl Fn(usize) -> Option<Script> + Send + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let connections = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&connections);
        let acceptor = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = {
                    let mut connections = lock(&shared);
                    connections.push(Connection::default());
                    connections.len() - 1
                };
                let script = script(number);
                let log = Log {
                    connections: Arc::clone(&shared),
                    number,
                };
                tokio::spawn(play(stream, script, log));
            }
        });
        Ok(Self {
            address,
            connections,
            acceptor,
        })
    }

    /// The address, without a slash at its end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The socket address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What happened so far.
    pub fn connections(&self) -> Vec<Connection> {
        lock(&self.connections).clone()
    }

    /// All requests so far, over all connections.
    pub fn requests(&self) -> Vec<Received> {
        let connections = lock(&self.connections);
        connections
            .iter()
            .flat_map(|connection| connection.requests.clone())
            .collect()
    }

    /// Waits until all connections are over. Drop the client before if a script lets
    /// it keep a connection.
    ///
    /// # Errors
    ///
    /// A script met with something that it did not foresee, or the client left a
    /// connection open.
    pub async fn finish(self) -> Result<Vec<Connection>, String> {
        let over = || {
            lock(&self.connections)
                .iter()
                .all(|connection| connection.over)
        };
        let wait = async {
            while !over() {
                sleep(Duration::from_millis(1)).await;
            }
        };
        let in_time = timeout(PATIENCE, wait).await.is_ok();
        let connections = self.connections();
        let problem = |connection: &Connection| connection.problem.clone();
        match connections.iter().find_map(problem) {
            Some(problem) => Err(problem),
            None if !in_time => Err("the client left a connection open".to_owned()),
            None => Ok(connections),
        }
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.acceptor.abort();
    }
}

/// Where nobody listens: a port that was free a moment ago.
///
/// # Errors
///
/// If no port can be had.
pub async fn nobody() -> io::Result<SocketAddr> {
    TcpListener::bind(LOOPBACK).await?.local_addr()
}

fn lock(connections: &Mutex<Vec<Connection>>) -> MutexGuard<'_, Vec<Connection>> {
    connections.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where the task of one connection notes what happens.
struct Log {
    connections: Arc<Mutex<Vec<Connection>>>,
    number: usize,
}

impl Log {
    fn note(&self, change: impl FnOnce(&mut Connection)) {
        change(&mut lock(&self.connections)[self.number]);
    }
}

async fn play(mut stream: TcpStream, script: Option<Script>, log: Log) {
    let Some(script) = script else {
        log.note(|connection| {
            connection.problem = Some("a connection that no script foresees".to_owned());
            connection.over = true;
        });
        return;
    };
    let mut orderly = true;
    for step in script.steps {
        match take(&mut stream, step, &log).await {
            Ok(Next::Step) => {}
            // The other side may leave at any time: that is for the test to judge.
            Ok(Next::Gone) | Err(_) => {
                orderly = false;
                break;
            }
        }
    }
    if orderly {
        // Closing a socket with unread bytes in it sends a reset and not a FIN. So say
        // that nothing more will come, and read on.
        let _ = stream.shutdown().await;
        drain(&mut stream).await;
    }
    drop(stream);
    log.note(|connection| connection.over = true);
}

/// Whether there is somebody to go on for.
enum Next {
    Step,
    Gone,
}

async fn take(stream: &mut TcpStream, step: Step, log: &Log) -> io::Result<Next> {
    match step {
        Step::ReadRequest => match read_request(stream).await {
            Ok(Some(request)) => log.note(|connection| connection.requests.push(request)),
            Ok(None) => return Ok(Next::Gone),
            Err(Bad::Gone(error)) => return Err(error),
            Err(Bad::NoRequest(problem)) => {
                log.note(|connection| connection.problem = Some(problem));
                return Ok(Next::Gone);
            }
        },
        Step::ReadSlowly(bytes, pause) => {
            for _ in 0..bytes {
                sleep(pause).await;
                if stream.read(&mut [0]).await? == 0 {
                    return Ok(Next::Gone);
                }
            }
        }
        Step::Write(bytes) => stream.write_all(&bytes).await?,
        Step::Drip(bytes, pause) => {
            for byte in bytes {
                stream.write_all(&[byte]).await?;
                sleep(pause).await;
            }
        }
        Step::Flood(bytes) => loop {
            stream.write_all(&bytes).await?;
        },
        Step::Pause(time) => sleep(time).await,
        Step::Gate(gate) => gate.pass().await,
        Step::Stall => {
            drain(stream).await;
            return Ok(Next::Gone);
        }
        Step::Reset => {
            stream.set_zero_linger()?;
            return Ok(Next::Gone);
        }
    }
    Ok(Next::Step)
}

/// Reads until the other side has closed.
async fn drain(stream: &mut TcpStream) {
    let mut buffer = [0; 4096];
    while stream.read(&mut buffer).await.is_ok_and(|read| read > 0) {}
}

/// Why no request could be read.
enum Bad {
    Gone(io::Error),
    NoRequest(String),
}

impl From<io::Error> for Bad {
    fn from(error: io::Error) -> Self {
        Self::Gone(error)
    }
}

/// Reads a head and as many bytes of body as it promises. Nothing if the connection is
/// closed before the first byte.
async fn read_request(stream: &mut TcpStream) -> Result<Option<Received>, Bad> {
    let mut bytes = Vec::new();
    let head = loop {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        if let Some(end) = end {
            break end;
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            if bytes.is_empty() {
                return Ok(None);
            }
            let problem = "the client closed inside a head";
            return Err(Bad::NoRequest(problem.to_owned()));
        }
    };
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let mut request = parse(&text).map_err(Bad::NoRequest)?;
    let length = match request.header("content-length")[..] {
        [length] => length.parse().ok(),
        _ => None,
    };
    let Some(length) = length else {
        return Err(Bad::NoRequest("no Content-Length, or several".to_owned()));
    };
    let mut body = bytes.split_off(head + 4);
    while body.len() < length {
        if stream.read_buf(&mut body).await? == 0 {
            return Err(Bad::NoRequest("the client closed inside a body".to_owned()));
        }
    }
    if body.len() > length {
        return Err(Bad::NoRequest("there is more than one request".to_owned()));
    }
    request.body = body;
    Ok(Some(request))
}

fn parse(head: &str) -> Result<Received, String> {
    let mut lines = head.split("\r\n");
    let first: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
    let [method, target, "HTTP/1.1"] = first[..] else {
        return Err("the first line is no request line".to_owned());
    };
    let headers = lines.map(|line| {
        let (name, value) = line.split_once(':').ok_or("a header has no colon")?;
        Ok((name.to_ascii_lowercase(), value.trim().to_owned()))
    });
    Ok(Received {
        method: method.to_owned(),
        target: target.to_owned(),
        headers: headers.collect::<Result<_, &str>>()?,
        body: Vec::new(),
    })
}
