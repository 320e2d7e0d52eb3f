//! A server on a real socket that does exactly what a test says.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// What the stub does with each request that it has read.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Writes these bytes and reads the next request.
    Write(Vec<u8>),
    /// Writes these bytes and closes the connection.
    WriteAndClose(Vec<u8>),
    /// Writes these bytes and resets the connection.
    WriteAndReset(Vec<u8>),
    /// Writes these bytes one by one, this long apart.
    Drip(Vec<u8>, Duration),
    /// Writes these bytes and then the others for ever.
    Flood(Vec<u8>, Vec<u8>),
    /// Keeps the connection open and says nothing.
    Silence,
}

impl Act {
    /// A well-formed reply with status 200.
    pub(crate) fn ok(body: impl AsRef<[u8]>) -> Self {
        Self::Write(response("200 OK", &[], body))
    }
}

/// The bytes of a response with a `Content-Length`.
pub(crate) fn response(status: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut text = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n", body.len());
    for header in headers {
        text.push_str(header);
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    [text.as_bytes(), body].concat()
}

/// A listening stub. It stops when dropped.
pub(crate) struct Stub {
    port: u16,
    requests: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Stub {
    /// Does the same with every request.
    pub(crate) async fn new(act: Act) -> Self {
        Self::with(move |_| act.clone()).await
    }

    /// Does with a request what its number, counted from 0, asks for.
    pub(crate) async fn with(act: impl Fn(usize) -> Act + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let connections = Arc::new(AtomicUsize::new(0));
        let act: Arc<dyn Fn(usize) -> Act + Send + Sync> = Arc::new(act);
        let (seen, accepted) = (Arc::clone(&requests), Arc::clone(&connections));
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                accepted.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, Arc::clone(&act), Arc::clone(&seen)));
            }
        });
        Self {
            port,
            requests,
            connections,
            task,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The requests so far, head and body, as text.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// How many connections were accepted so far.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    mut stream: TcpStream,
    act: Arc<dyn Fn(usize) -> Act + Send + Sync>,
    requests: Arc<Mutex<Vec<String>>>,
) {
    while let Some(request) = read_request(&mut stream).await {
        let number = {
            let mut requests = requests.lock().unwrap();
            requests.push(request);
            requests.len() - 1
        };
        // The client may hang up at any time: that is for the test to notice.
        let written = match act(number) {
            Act::Write(bytes) => stream.write_all(&bytes).await,
            Act::WriteAndClose(bytes) => {
                let _ = stream.write_all(&bytes).await;
                return;
            }
            Act::WriteAndReset(bytes) => {
                let _ = stream.write_all(&bytes).await;
                // Let the bytes arrive before the reset overtakes them.
                sleep(Duration::from_millis(30)).await;
                stream.set_zero_linger().unwrap();
                return;
            }
            Act::Drip(bytes, pause) => drip(&mut stream, &bytes, pause).await,
            Act::Flood(head, chunk) => flood(&mut stream, &head, &chunk).await,
            Act::Silence => {
                let _ = stream.read(&mut [0]).await;
                return;
            }
        };
        if written.is_err() {
            return;
        }
    }
}

async fn drip(stream: &mut TcpStream, bytes: &[u8], pause: Duration) -> std::io::Result<()> {
    for byte in bytes {
        stream.write_all(&[*byte]).await?;
        sleep(pause).await;
    }
    Ok(())
}

async fn flood(stream: &mut TcpStream, head: &[u8], chunk: &[u8]) -> std::io::Result<()> {
    stream.write_all(head).await?;
    loop {
        stream.write_all(chunk).await?;
    }
}

/// Reads a head and as much body as it promises.
async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
            return Some(text.into_owned());
        }
    }
}
