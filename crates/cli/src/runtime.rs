//! The runtime that network work needs, on the thread of the command.

use std::future::Future;

use crate::exit::Failure;

/// Does the work, and ends with it.
pub(crate) fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::network(format!("cannot set up the network: {error}")))?
        .block_on(work)
}
