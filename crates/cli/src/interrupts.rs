//! Ctrl-C and SIGTERM.

use crate::exit::Failure;

/// What ends a server.
pub(crate) struct Interrupts {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Interrupts {
    pub(crate) fn new() -> Result<Self, Failure> {
        use tokio::signal::unix::{SignalKind, signal};

        let wait_for = |kind| {
            signal(kind)
                .map_err(|error| Failure::network(format!("cannot wait for signals: {error}")))
        };
        Ok(Self {
            terminate: wait_for(SignalKind::terminate())?,
            interrupt: wait_for(SignalKind::interrupt())?,
        })
    }

    pub(crate) async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
impl Interrupts {
    #[expect(clippy::unnecessary_wraps, reason = "other systems may fail here")]
    pub(crate) fn new() -> Result<Self, Failure> {
        Ok(Self {})
    }

    pub(crate) async fn next(&mut self) {
        // If it cannot be waited for, ending at once would be worse than running on.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
