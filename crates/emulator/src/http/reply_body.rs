use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};

/// The body of a reply. It may end with an error, upon which `hyper` drops the
/// connection.
#[derive(Debug)]
pub(super) struct ReplyBody {
    rest: Bytes,
    /// What the head announces.
    length: u64,
    end: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The body is whole.
    Good,
    /// It ends too early, as soon as what there is has been sent.
    Flush,
    /// It ends here and now.
    Bad,
}

impl ReplyBody {
    pub(super) fn whole(body: Vec<u8>) -> Self {
        Self {
            length: body.len() as u64,
            rest: body.into(),
            end: End::Good,
        }
    }

    pub(super) fn cut(body: Vec<u8>, after: usize) -> Self {
        let whole = Self::whole(body);
        let after = after.min(whole.rest.len());
        Self {
            rest: whole.rest.slice(..after),
            end: End::Flush,
            ..whole
        }
    }

    /// No body, and no reply either.
    pub(super) fn none() -> Self {
        Self {
            rest: Bytes::new(),
            length: 1,
            end: End::Bad,
        }
    }
}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if !self.rest.is_empty() {
            let data = std::mem::take(&mut self.rest);
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
        match self.end {
            End::Good => Poll::Ready(None),
            End::Flush => {
                // Whoever waits for a body flushes what there is of it.
                self.end = End::Bad;
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            End::Bad => Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into()))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.end == End::Good && self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        if self.end == End::Good {
            SizeHint::with_exact(self.rest.len() as u64)
        } else {
            SizeHint::with_exact(self.length)
        }
    }
}
