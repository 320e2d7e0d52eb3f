//! What a server on a raw socket does with one connection, step by step.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

/// The script of one accepted connection.
///
/// A script that comes to its end closes in an orderly way: it says that nothing more
/// will be written and waits for the other side to close too. Nothing else happens
/// than what is written here, so `Script::new()` alone is "accept, then FIN".
///
/// ```
/// # use trtc_rooms_contract::http::{Gate, Script};
/// let gate = Gate::new();
/// let script = Script::new()
///     .read_request()
///     .write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{\"Err")
///     .gate(&gate)
///     .reset();
/// # let _ = (script, gate.open());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Script {
    pub(crate) steps: Vec<Step>,
}

#[derive(Clone, Debug)]
pub(crate) enum Step {
    ReadRequest,
    ReadSlowly(usize, Duration),
    Write(Vec<u8>),
    Drip(Vec<u8>, Duration),
    Flood(Vec<u8>),
    Pause(Duration),
    Gate(Gate),
    Stall,
    Reset,
}

impl Script {
    /// Does nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads one request, head and body, and keeps it.
    #[must_use]
    pub fn read_request(self) -> Self {
        self.then(Step::ReadRequest)
    }

    /// Reads as many bytes as given, one at a time with a pause before each, and keeps
    /// none.
    #[must_use]
    pub fn read_slowly(self, bytes: usize, pause: Duration) -> Self {
        self.then(Step::ReadSlowly(bytes, pause))
    }

    /// Writes bytes.
    #[must_use]
    pub fn write(self, bytes: impl Into<Vec<u8>>) -> Self {
        self.then(Step::Write(bytes.into()))
    }

    /// Writes bytes one at a time with a pause after each.
    #[must_use]
    pub fn drip(self, bytes: impl Into<Vec<u8>>, pause: Duration) -> Self {
        self.then(Step::Drip(bytes.into(), pause))
    }

    /// Writes the same bytes over and over until the other side is gone.
    #[must_use]
    pub fn flood(self, bytes: impl Into<Vec<u8>>) -> Self {
        self.then(Step::Flood(bytes.into()))
    }

    /// Waits. Use a gate instead where the test can know when to go on.
    #[must_use]
    pub fn pause(self, time: Duration) -> Self {
        self.then(Step::Pause(time))
    }

    /// Waits until the test opens the gate.
    #[must_use]
    pub fn gate(self, gate: &Gate) -> Self {
        self.then(Step::Gate(gate.clone()))
    }

    /// Says nothing and keeps the connection open until the other side closes it.
    #[must_use]
    pub fn stall(self) -> Self {
        self.then(Step::Stall)
    }

    /// Closes in an orderly way: FIN, then waits for the other side. The end of each
    /// script does the same; write it where a reader should see it.
    #[must_use]
    pub fn half_close(self) -> Self {
        self
    }

    /// Closes with a reset: what was not delivered is lost.
    #[must_use]
    pub fn reset(self) -> Self {
        self.then(Step::Reset)
    }

    /// Reads a request and answers it with status 200 and a body. The connection may
    /// be used again.
    #[must_use]
    pub fn answer(self, body: impl AsRef<[u8]>) -> Self {
        self.read_request().write(response("200 OK", &[], body))
    }

    fn then(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }
}

/// The bytes of a response with a `Content-Length`.
pub fn response(status: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = format!("content-length: {}", body.len());
    let first = format!("HTTP/1.1 {status}");
    let lines = [&[first.as_str()], headers, &[&length, "", ""]].concat();
    let head = lines.join("\r\n");
    [head.as_bytes(), body].concat()
}

/// Holds a script up until the test says so, so that no test has to guess how long
/// something takes.
#[derive(Clone, Debug)]
pub struct Gate(Arc<Semaphore>);

impl Gate {
    /// A closed gate.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(Semaphore::new(0)))
    }

    /// Opens it for good.
    pub fn open(&self) {
        self.0.add_permits(Semaphore::MAX_PERMITS >> 1);
    }

    pub(crate) async fn pass(&self) {
        // It is never closed in the sense of a semaphore.
        if let Ok(permit) = self.0.acquire().await {
            permit.forget();
        }
    }
}

impl Default for Gate {
    fn default() -> Self {
        Self::new()
    }
}
