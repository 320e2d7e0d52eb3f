mod items;

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::{Duration, Instant};

use tracing::debug;
use trtc_rooms_core::Endpoint;

use crate::validation::check;
use crate::{Client, Error, Operation, RawReply, Reply, Validation};

pub use items::Items;

/// A call that is ready to be sent: `.await` it, or set it up further first.
///
/// Dropping the future ends the call. If it was already sent, the service may carry
/// it out all the same.
#[must_use = "a call is sent when it is awaited"]
pub struct Call<O: Operation> {
    client: Client,
    request: O::Request,
    validation: Validation,
    timeout: Duration,
}

impl<O: Operation> Call<O> {
    /// Makes a call of `client`. Generated methods call this; call it yourself for
    /// an [`Operation`] of your own.
    pub fn new(client: &Client, request: O::Request) -> Self {
        Self {
            client: client.clone(),
            request,
            validation: client.inner().validation,
            timeout: client.inner().timeout,
        }
    }

    /// What to do if the request breaks a documented limit, for this call. The
    /// default is the client's.
    pub fn validation(mut self, validation: Validation) -> Self {
        self.validation = validation;
        self
    }

    /// How long this call may take, from sending to the end of the reply. The
    /// default is the client's.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sends the call. Awaiting it does the same.
    ///
    /// # Errors
    ///
    /// [`Error`], see its methods for what to decide by.
    pub async fn send(self) -> Result<Reply<O::Response>, Error> {
        let started = Instant::now();
        let result = self.send_unobserved().await;
        observe(O::ENDPOINT, started, &result, Reply::request_id);
        result
    }

    async fn send_unobserved(self) -> Result<Reply<O::Response>, Error> {
        check(O::ENDPOINT, &self.request, self.validation)?;
        let body = serde_json::to_vec(&self.request).map_err(|error| {
            Error::build(
                O::ENDPOINT,
                format!("the request cannot be written as JSON: {error}"),
            )
        })?;
        // The text is all that is needed from here on.
        drop(self.request);
        let answer = self
            .client
            .inner()
            .exchange(O::ENDPOINT, body, self.timeout)
            .await?;
        answer.into_reply()
    }
}

impl<O: Operation> IntoFuture for Call<O> {
    type Output = Result<Reply<O::Response>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl<O: Operation> Clone for Call<O> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            request: self.request.clone(),
            validation: self.validation,
            timeout: self.timeout,
        }
    }
}

impl<O: Operation> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        describe(f, "Call", O::ENDPOINT, self.timeout)
    }
}

/// A call with JSON text that is ready to be sent. Made by [`Client::call_raw`].
#[must_use = "a call is sent when it is awaited"]
pub struct RawCall {
    client: Client,
    endpoint: &'static Endpoint,
    body: String,
    timeout: Duration,
}

impl RawCall {
    pub(crate) fn new(client: &Client, endpoint: &'static Endpoint, body: String) -> Self {
        Self {
            client: client.clone(),
            endpoint,
            body,
            timeout: client.inner().timeout,
        }
    }

    /// How long this call may take, from sending to the end of the reply. The
    /// default is the client's.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sends the call. Awaiting it does the same.
    ///
    /// # Errors
    ///
    /// [`Error`], just as for a typed call: a reply with an error code is one.
    pub async fn send(self) -> Result<RawReply, Error> {
        let Self {
            client,
            endpoint,
            body,
            timeout,
        } = self;
        let started = Instant::now();
        let answer = client
            .inner()
            .exchange(endpoint, body.into_bytes(), timeout)
            .await;
        let result = answer.and_then(crate::answer::Answer::into_raw_reply);
        observe(endpoint, started, &result, RawReply::request_id);
        result
    }
}

impl IntoFuture for RawCall {
    type Output = Result<RawReply, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl fmt::Debug for RawCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        describe(f, "RawCall", self.endpoint, self.timeout)
    }
}

fn describe(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    endpoint: &Endpoint,
    timeout: Duration,
) -> fmt::Result {
    f.debug_struct(name)
        .field("endpoint", &endpoint.name)
        .field("timeout", &timeout)
        .finish_non_exhaustive()
}

/// One event for each call, without anything of the request or the payload.
fn observe<T>(
    endpoint: &'static Endpoint,
    started: Instant,
    result: &Result<T, Error>,
    request_id: impl Fn(&T) -> Option<&str>,
) {
    let (endpoint, elapsed) = (endpoint.name, started.elapsed());
    match result {
        Ok(reply) => debug!(
            endpoint,
            ?elapsed,
            request_id = request_id(reply),
            "a call succeeded"
        ),
        Err(error) => debug!(endpoint, ?elapsed, code = error.code(), %error, "a call failed"),
    }
}
