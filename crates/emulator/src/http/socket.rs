use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// Whether a connection is to be reset when it ends.
#[derive(Clone, Debug, Default)]
pub(super) struct Doom(Arc<AtomicBool>);

impl Doom {
    /// From now on nothing reaches the client but the reset.
    pub(super) fn seal(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    fn is_sealed(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// A connection that can be reset.
#[derive(Debug)]
pub(super) struct Socket {
    stream: TcpStream,
    doom: Doom,
}

impl Socket {
    pub(super) fn new(stream: TcpStream, doom: Doom) -> Self {
        Self { stream, doom }
    }

    fn check(&self) -> io::Result<()> {
        if self.doom.is_sealed() {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok(())
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.doom.is_sealed() {
            // A socket that lingers for no time is closed with a reset. If that
            // cannot be had, it is closed in the usual way.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
