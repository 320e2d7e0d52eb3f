//! One HTTP request and its reply.

use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Method, Request, Response, StatusCode};
use tokio::time::{Instant, timeout_at};
use trtc_rooms_core::{Endpoint, RetryAdvice};
use trtc_usersig::Ticket;

use crate::Error;
use crate::answer::{Accepted, Answer};
use crate::client::Inner;
use crate::envelope::Envelope;
use crate::error::{ApiError, BadStatus, Cause, EXCERPT_BYTES};
use crate::fake::{FakeEnd, FakeRequest, FakeTransport};
use crate::text::{clean_bytes, excerpt};

/// How much of a reply with a bad status is read: enough for an envelope.
const ERROR_BODY_BYTES: usize = 64 * 1024;

/// What calls are sent with.
pub(crate) enum Wire {
    Http(reqwest::Client),
    Fake(FakeTransport),
}

/// One attempt of a call.
pub(crate) struct Attempt<'a> {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) body: &'a Bytes,
    pub(crate) ticket: &'a Arc<Ticket>,
    pub(crate) random: u32,
    pub(crate) deadline: Instant,
    /// The time that ends at the deadline, for the error.
    pub(crate) timeout: Duration,
    /// The codes that count as success.
    pub(crate) done_codes: Accepted,
}

/// A reply as it came off the wire.
struct Received {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
    end: End,
}

/// How reading a body ended.
enum End {
    Complete,
    /// There is more than was asked for.
    Limit,
    Broken(Error),
}

impl Inner {
    /// Sends one request, reads the reply to its end, and looks at its envelope.
    pub(crate) async fn attempt(&self, attempt: &Attempt<'_>) -> Result<Answer, Error> {
        let received = match &self.wire {
            Wire::Http(http) => {
                let path = attempt.endpoint.path;
                let url = self.urls.write(path, attempt.ticket, attempt.random);
                let mut request = Request::new(Method::POST, url);
                request
                    .headers_mut()
                    .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
                *request.body_mut() = Some(attempt.body.clone().into());
                self.receive(http, request, attempt).await?
            }
            Wire::Fake(fake) => self.pretend(fake, attempt).await?,
        };
        self.judge(attempt, received)
    }

    async fn receive(
        &self,
        http: &reqwest::Client,
        request: Request,
        attempt: &Attempt<'_>,
    ) -> Result<Received, Error> {
        let response = timeout_at(attempt.deadline, http.execute(request))
            .await
            .map_err(|_| attempt.timed_out())?
            .map_err(|error| attempt.failed(error))?;
        let status = response.status();
        let headers = kept_headers(response.headers());
        let limit = self.reply_limit(status);
        // A reply that announces too much is not read at all.
        let announced = response.content_length().unwrap_or(0);
        let (body, end) = if announced > limit as u64 && status == StatusCode::OK {
            (Vec::new(), End::Limit)
        } else {
            match timeout_at(attempt.deadline, read(response, limit, attempt)).await {
                Ok(read) => read,
                // The status is reported whatever becomes of the body.
                Err(_) if status != StatusCode::OK => (Vec::new(), End::Complete),
                Err(_) => return Err(attempt.timed_out()),
            }
        };
        Ok(Received {
            status,
            headers,
            body,
            end,
        })
    }

    /// What [`receive`](Self::receive) does, without a network.
    async fn pretend(
        &self,
        fake: &FakeTransport,
        attempt: &Attempt<'_>,
    ) -> Result<Received, Error> {
        let reply = fake.answer(&FakeRequest::new(attempt.endpoint, attempt.body));
        let played = timeout_at(attempt.deadline, reply.play())
            .await
            .map_err(|_| attempt.timed_out())?;
        let broken = |detail: &str| Cause::Transport {
            detail: detail.to_owned(),
            source: None,
        };
        match played.end {
            FakeEnd::Complete => {
                let mut body = played.body;
                let limit = self.reply_limit(played.status);
                let end = if body.len() > limit {
                    body.truncate(limit);
                    End::Limit
                } else {
                    End::Complete
                };
                Ok(Received {
                    status: played.status,
                    headers: played.headers,
                    body,
                    end,
                })
            }
            FakeEnd::Refused => Err(Error::new(
                attempt.endpoint,
                Cause::Connect {
                    detail: "refused by the fake transport".to_owned(),
                    tls: false,
                    source: None,
                },
            )),
            FakeEnd::Lost => Err(Error::new(
                attempt.endpoint,
                broken("lost by the fake transport"),
            )),
        }
    }

    fn reply_limit(&self, status: StatusCode) -> usize {
        if status == StatusCode::OK {
            self.max_reply_bytes
        } else {
            ERROR_BODY_BYTES
        }
    }

    fn judge(&self, attempt: &Attempt<'_>, received: Received) -> Result<Answer, Error> {
        let Received {
            status,
            headers,
            body,
            end,
        } = received;
        let judged = if status == StatusCode::OK {
            match end {
                End::Complete => Answer::new(
                    attempt.endpoint,
                    body,
                    Arc::clone(attempt.ticket),
                    attempt.done_codes,
                ),
                End::Limit => Err(Error::new(
                    attempt.endpoint,
                    Cause::TooLarge {
                        limit: self.max_reply_bytes,
                    },
                )),
                End::Broken(error) => Err(error),
            }
        } else {
            Err(self.bad_status(attempt, status, &headers, &body))
        };
        judged.map_err(|mut error| {
            let refused = error
                .meaning()
                .is_some_and(|meaning| meaning.retry == RetryAdvice::NewTicket);
            if refused {
                error.history_mut().clock_offset = self.clock_offset(&headers);
            }
            error
        })
    }

    /// What a reply with another status than 200 says.
    fn bad_status(
        &self,
        attempt: &Attempt<'_>,
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Error {
        let ticket = attempt.ticket.as_str();
        let envelope = str::from_utf8(body)
            .ok()
            .and_then(|text| Envelope::read(text).ok());
        // Any JSON object makes an envelope without members. That says nothing.
        let api = envelope
            .filter(|envelope| envelope.code.is_some() || envelope.says_failed())
            .map(|envelope| ApiError::new(attempt.endpoint, &envelope, ticket));
        // A gateway has no secret to tell, but what has an envelope comes from the service.
        let excerpt = if api.is_some() {
            excerpt(attempt.endpoint, body, EXCERPT_BYTES, ticket)
        } else {
            clean_bytes(body, EXCERPT_BYTES, ticket)
        };
        let status = BadStatus {
            status,
            retry_after: retry_after(headers, self.clock.unix_seconds()),
            api,
            excerpt,
        };
        Error::new(attempt.endpoint, Cause::Status(status))
    }

    /// By how many seconds the server's clock is ahead.
    fn clock_offset(&self, headers: &HeaderMap) -> Option<i64> {
        let here = self.tickets.unix_seconds()?;
        let date = httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()?;
        let there = date.duration_since(UNIX_EPOCH).ok()?.as_secs();
        i64::try_from(there).ok()?.checked_sub(here)
    }
}

impl Attempt<'_> {
    fn timed_out(&self) -> Error {
        let cause = Cause::Timeout {
            after: Some(self.timeout),
            source: None,
        };
        Error::new(self.endpoint, cause)
    }

    fn failed(&self, error: reqwest::Error) -> Error {
        Error::http(self.endpoint, error, self.ticket.as_str())
    }
}

/// The headers that say something to the client.
fn kept_headers(headers: &HeaderMap) -> HeaderMap {
    const KEPT: [HeaderName; 2] = [DATE, RETRY_AFTER];
    KEPT.into_iter()
        .filter_map(|name| Some((headers.get(&name)?.clone(), name)))
        .map(|(value, name)| (name, value))
        .collect()
}

/// Reads a body of at most `limit` bytes. What was read is there in any case.
async fn read(mut response: Response, limit: usize, attempt: &Attempt<'_>) -> (Vec<u8>, End) {
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
            Err(error) => return (body, End::Broken(attempt.failed(error))),
        }
    }
}

/// The header in either form: seconds, or a date. A date that has passed asks for no
/// pause. It is compared with the server's own clock where the reply shows it.
fn retry_after(headers: &HeaderMap, now: i64) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok().map(Duration::from_secs);
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let now = headers
        .get(DATE)
        .and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok())
        .unwrap_or_else(|| UNIX_EPOCH + Duration::from_secs(now.max(0).unsigned_abs()));
    Some(until.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(retry_after_text: &str, date: Option<&str>) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(
            RETRY_AFTER,
            HeaderValue::from_str(retry_after_text).unwrap(),
        );
        if let Some(date) = date {
            headers.insert(DATE, HeaderValue::from_str(date).unwrap());
        }
        retry_after(&headers, 784_111_777).map(|wait| wait.as_secs())
    }

    #[test]
    fn i4_retry_after_is_read_in_both_forms() {
        assert_eq!(seconds("7", None), Some(7));
        assert_eq!(seconds(" 0 ", None), Some(0));
        // 784111777 is 08:49:37.
        assert_eq!(seconds("Sun, 06 Nov 1994 08:49:47 GMT", None), Some(10));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:49:07 GMT", None), Some(0));
        assert_eq!(
            seconds(
                "Sun, 06 Nov 1994 08:49:47 GMT",
                Some("Sun, 06 Nov 1994 08:49:45 GMT")
            ),
            Some(2),
            "the server's clock counts"
        );
        for odd in [
            "-1",
            "1.5",
            "soon",
            "99999999999999999999",
            "0x10",
            "Sun, 06 Nov",
            "",
        ] {
            assert_eq!(seconds(odd, None), None, "{odd}");
        }
    }
}
