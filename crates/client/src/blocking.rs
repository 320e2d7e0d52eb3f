//! Calls for programs without a runtime: `.wait()` in the place of `.await`.
//!
//! The same methods, setters and types serve both, so there is no second client that
//! could differ from the first.

use std::fmt;
use std::future::Future;
use std::panic::resume_unwind;
use std::sync::OnceLock;
use std::sync::mpsc;

use tokio::runtime::{Builder, Runtime};
use trtc_rooms_core::Endpoint;

use crate::{Call, Error, Items, ListOperation, Operation, RawCall, RawReply, Reply};

impl<O: Operation> Call<O> {
    /// Sends the call and blocks this thread until it has ended. For programs without
    /// a runtime; in a task of one it would keep other tasks from running, so
    /// `.await` there.
    ///
    /// All calls that are made so share one thread of this crate, which starts with
    /// the first.
    ///
    /// ```no_run
    /// use trtc_rooms::live::create_room::{RoomInfo, SeatTemplate};
    /// use trtc_rooms::{Client, Region};
    ///
    /// fn main() -> Result<(), Box<dyn std::error::Error>> {
    ///     let client = Client::builder(1_400_000_000, std::env::var("TRTC_SECRET_KEY")?)
    ///         .region(Region::Singapore)
    ///         .build()?;
    ///     let room = RoomInfo::new("live-1", SeatTemplate::AudioSalon);
    ///     let reply = client.live().rooms().ensure_room(room).wait()?;
    ///     println!("{:?}", reply.request_id());
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send).
    pub fn wait(self) -> Result<Reply<O::Response>, Error> {
        block_on(O::ENDPOINT, self.send())?
    }
}

impl RawCall {
    /// Sends the call and blocks this thread until it has ended. See [`Call::wait`].
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send).
    pub fn wait(self) -> Result<RawReply, Error> {
        let endpoint = self.endpoint();
        block_on(endpoint, self.send())?
    }
}

impl<O> Items<O>
where
    O: ListOperation,
    O::Item: Send,
{
    /// The elements, for programs without a runtime. See [`Call::wait`].
    pub fn wait(self) -> WaitItems<O> {
        WaitItems { items: Some(self) }
    }
}

/// The elements of a list, page after page, for programs without a runtime. Made by
/// [`Items::wait`].
#[must_use = "nothing is sent until an element is asked for"]
pub struct WaitItems<O: ListOperation> {
    /// Nothing once the thread of this crate is gone.
    items: Option<Items<O>>,
}

impl<O> Iterator for WaitItems<O>
where
    O: ListOperation,
    O::Item: Send,
{
    type Item = Result<O::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut items = self.items.take()?;
        let next = async move {
            let item = items.next().await;
            (items, item)
        };
        match block_on(O::ENDPOINT, next) {
            Ok((items, item)) => {
                self.items = Some(items);
                item
            }
            Err(error) => Some(Err(error)),
        }
    }
}

impl<O: ListOperation> fmt::Debug for WaitItems<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitItems")
            .field("items", &self.items)
            .finish()
    }
}

/// Runs work on the thread of this crate. Waiting for its result over a channel, and
/// not with the runtime's own `block_on`, works in any thread: that one panics in the
/// threads of another runtime.
fn block_on<T: Send + 'static>(
    endpoint: &'static Endpoint,
    work: impl Future<Output = T> + Send + 'static,
) -> Result<T, Error> {
    static RUNTIME: OnceLock<Result<Runtime, String>> = OnceLock::new();
    let start = || {
        Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("trtc-rooms")
            .enable_all()
            .build()
            .map_err(|error| error.to_string())
    };
    let runtime = RUNTIME
        .get_or_init(start)
        .as_ref()
        .map_err(|error| Error::build(endpoint, format!("no thread for it: {error}")))?;
    let (done, result) = mpsc::sync_channel(1);
    let task = runtime.spawn(work);
    runtime.spawn(async move {
        // Whoever waits cannot leave before.
        let _ = done.send(task.await);
    });
    match result.recv() {
        Ok(Ok(value)) => Ok(value),
        // In code that the caller has given: an observer, a clock, a provider. An error
        // would have to say whether the call was sent, which is not known.
        Ok(Err(ended)) if ended.is_panic() => resume_unwind(ended.into_panic()),
        Ok(Err(_)) | Err(_) => Err(Error::build(endpoint, "the thread for it has gone")),
    }
}
