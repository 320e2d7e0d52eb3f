mod items;

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::{Pin, pin};

use trtc_rooms_core::Endpoint;

use crate::answer::Answer;
use crate::options::{Options, option_setters};
use crate::run::Job;
use crate::validation::check;
use crate::{Client, Error, Operation, RawReply, Reply, Validation};

pub use items::Items;

/// A call that is ready to be sent: `.await` it, or set it up further first.
///
/// Dropping the future ends the call. If it was already sent, the service may carry
/// it out all the same; nothing is sent after that.
#[must_use = "a call is sent when it is awaited"]
pub struct Call<O: Operation> {
    client: Client,
    request: O::Request,
    options: Options,
}

impl<O: Operation> Call<O> {
    /// Makes a call of `client`. Generated methods call this; call it yourself for
    /// an [`Operation`] of your own.
    pub fn new(client: &Client, request: O::Request) -> Self {
        Self {
            client: client.clone(),
            request,
            options: client.inner().options.clone(),
        }
    }

    /// What to do if the request breaks a documented limit, for this call. The
    /// default is the client's.
    pub fn validation(mut self, validation: Validation) -> Self {
        self.options.validation = validation;
        self
    }

    option_setters!();

    /// The same request, with another idea of success.
    pub(crate) fn into_operation<P: Operation<Request = O::Request>>(self) -> Call<P> {
        Call {
            client: self.client,
            request: self.request,
            options: self.options,
        }
    }

    /// Sends the call. Awaiting it does the same.
    ///
    /// # Errors
    ///
    /// [`Error`], see its methods for what to decide by.
    pub async fn send(self) -> Result<Reply<O::Response>, Error> {
        let Self {
            client,
            request,
            options,
        } = self;
        let work = pin!(async {
            check(O::ENDPOINT, &request, options.validation)?;
            let body = serde_json::to_vec(&request).map_err(|error| {
                Error::build(
                    O::ENDPOINT,
                    format!("the request cannot be written as JSON: {error}"),
                )
            })?;
            // The text is all that is needed from here on.
            drop(request);
            let job = Job {
                endpoint: O::ENDPOINT,
                body: body.into(),
                options: &options,
                done_codes: O::DONE_CODES,
            };
            client.inner().run(&job).await?.into_reply()
        });
        client.inner().observed(O::ENDPOINT, &options, work).await
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
            options: self.options.clone(),
        }
    }
}

impl<O: Operation> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        describe(f, "Call", O::ENDPOINT, &self.options)
    }
}

/// A call with JSON text that is ready to be sent. Made by [`Client::call_raw`].
#[must_use = "a call is sent when it is awaited"]
#[derive(Clone)]
pub struct RawCall {
    client: Client,
    endpoint: &'static Endpoint,
    body: String,
    options: Options,
}

impl RawCall {
    pub(crate) fn new(client: &Client, endpoint: &'static Endpoint, body: String) -> Self {
        Self {
            client: client.clone(),
            endpoint,
            body,
            options: client.inner().options.clone(),
        }
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn endpoint(&self) -> &'static Endpoint {
        self.endpoint
    }

    option_setters!();

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
            options,
        } = self;
        let work = pin!(async {
            let job = Job {
                endpoint,
                body: body.into(),
                options: &options,
                done_codes: &[],
            };
            client.inner().run(&job).await.map(Answer::into_raw_reply)
        });
        client.inner().observed(endpoint, &options, work).await
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
        describe(f, "RawCall", self.endpoint, &self.options)
    }
}

fn describe(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    endpoint: &Endpoint,
    options: &Options,
) -> fmt::Result {
    f.debug_struct(name)
        .field("endpoint", &endpoint.name)
        .field("timeout", &options.timeout)
        .finish_non_exhaustive()
}
