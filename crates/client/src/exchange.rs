//! One HTTP request and its reply.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Method, Request, Response, StatusCode};
use tokio::time::{Instant, timeout_at};
use trtc_rooms_core::Endpoint;
use trtc_usersig::Ticket;

use crate::Error;
use crate::answer::Answer;
use crate::builder::deadline;
use crate::client::Inner;
use crate::envelope::Envelope;
use crate::error::{ApiError, BadStatus, Cause, EXCERPT_BYTES};
use crate::text::clean_bytes;

/// How much of a reply with a bad status is read: enough for an envelope.
const ERROR_BODY_BYTES: usize = 64 * 1024;

impl Inner {
    /// Sends one request and reads the reply to its end.
    ///
    /// `timeout` counts from here to the last byte of the reply. The answer has
    /// status 200 and is UTF-8; what it says is not looked at.
    pub(crate) async fn exchange(
        &self,
        endpoint: &'static Endpoint,
        body: Vec<u8>,
        timeout: Duration,
    ) -> Result<Answer, Error> {
        let deadline = deadline(timeout).ok_or_else(|| {
            Error::build(
                endpoint,
                "the timeout is zero or longer than can be counted",
            )
        })?;
        let timed_out = |_| {
            Error::new(
                endpoint,
                Cause::Timeout {
                    after: Some(timeout),
                    source: None,
                },
            )
        };
        let ticket = self
            .tickets
            .current()
            .map_err(|error| Error::new(endpoint, Cause::Signing(error)))?;
        let request = self.request(endpoint, body, &ticket)?;
        let failed = |error| Error::http(endpoint, error, ticket.as_str());

        let response = timeout_at(deadline, self.http.execute(request))
            .await
            .map_err(timed_out)?
            .map_err(failed)?;
        if response.status() != StatusCode::OK {
            return Err(bad_status(endpoint, response, deadline, &ticket).await);
        }
        // A reply that announces too much is not read at all.
        let announced = response.content_length().unwrap_or(0);
        let (body, end) = if announced > self.max_reply_bytes as u64 {
            (Vec::new(), End::Limit)
        } else {
            timeout_at(deadline, read(response, self.max_reply_bytes))
                .await
                .map_err(timed_out)?
        };
        match end {
            End::Complete => Answer::new(endpoint, body, ticket),
            End::Limit => Err(Error::new(
                endpoint,
                Cause::TooLarge {
                    limit: self.max_reply_bytes,
                },
            )),
            End::Broken(error) => Err(failed(error)),
        }
    }

    fn request(
        &self,
        endpoint: &'static Endpoint,
        body: Vec<u8>,
        ticket: &Ticket,
    ) -> Result<Request, Error> {
        let url = self
            .urls
            .write(endpoint.path, ticket.as_str(), (self.random)());
        let url =
            url.ok_or_else(|| Error::build(endpoint, "the path of the endpoint makes no URL"))?;
        let mut request = Request::new(Method::POST, url);
        request
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        *request.body_mut() = Some(body.into());
        Ok(request)
    }
}

/// How reading a body ended.
enum End {
    Complete,
    /// There is more than was asked for.
    Limit,
    Broken(reqwest::Error),
}

/// Reads a body of at most `limit` bytes. What was read is there in any case.
async fn read(mut response: Response, limit: usize) -> (Vec<u8>, End) {
    // What the header promises is not relied on: it may lie.
    let promised = usize::try_from(response.content_length().unwrap_or(0)).unwrap_or(usize::MAX);
    let mut body = Vec::with_capacity(promised.min(limit).min(ERROR_BODY_BYTES));
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                let room = limit - body.len();
                if chunk.len() > room {
                    body.extend_from_slice(&chunk[..room]);
                    return (body, End::Limit);
                }
                body.extend_from_slice(&chunk);
            }
            Ok(None) => return (body, End::Complete),
            Err(error) => return (body, End::Broken(error)),
        }
    }
}

/// What a reply with another status than 200 says. The status is reported whatever
/// becomes of the body.
async fn bad_status(
    endpoint: &'static Endpoint,
    response: Response,
    deadline: Instant,
    ticket: &Arc<Ticket>,
) -> Error {
    let status = response.status();
    let retry_after = retry_after(response.headers());
    let body = timeout_at(deadline, read(response, ERROR_BODY_BYTES)).await;
    let body = body.map(|(body, _)| body).unwrap_or_default();
    let envelope = str::from_utf8(&body)
        .ok()
        .and_then(|text| Envelope::read(text).ok());
    // Any JSON object makes an envelope without members. That says nothing.
    let api = envelope
        .filter(|envelope| envelope.code.is_some() || envelope.says_failed())
        .map(|envelope| ApiError::new(endpoint, &envelope, ticket.as_str()));
    let excerpt = clean_bytes(&body, EXCERPT_BYTES, ticket.as_str());
    Error::new(
        endpoint,
        Cause::Status(BadStatus {
            status,
            retry_after,
            api,
            excerpt,
        }),
    )
}

/// The header in its form with seconds; the form with a date is ignored.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers
        .get(RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()?;
    Some(Duration::from_secs(seconds))
}
