use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use hyper::body::{Body, Incoming};
use hyper::header::{ALLOW, CONNECTION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use hyper::{Response, StatusCode};
use tokio::time::{sleep, timeout};

use super::Handle;
use super::reply_body::ReplyBody;
use super::socket::Doom;
use crate::reply::{Delivery, Reply};
use crate::request::Request;

/// In this time a body has to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// How much more than the longest body is read and thrown away.
const MAX_DISCARDED: usize = 16 * 1024 * 1024;

/// Reads a request and answers it.
pub(super) async fn exchange(
    handle: Handle,
    doom: Doom,
    request: hyper::Request<Incoming>,
) -> Response<ReplyBody> {
    let (head, body) = request.into_parts();
    let read = timeout(BODY_TIMEOUT, read_body(body, handle.max_body()));
    let Ok((body, end)) = read.await else {
        return bare(StatusCode::REQUEST_TIMEOUT);
    };
    if end == BodyEnd::Broken {
        return bare(StatusCode::BAD_REQUEST);
    }
    let reply = handle.handle(&Request {
        method: head.method.as_str(),
        path: head.uri.path(),
        query: head.uri.query().unwrap_or_default(),
        body: &body,
    });
    drop(body);
    if !reply.delay().is_zero() {
        sleep(reply.delay()).await;
    }
    let mut response = response(reply, &doom);
    if end == BodyEnd::Left {
        close(&mut response);
    }
    response
}

fn response(reply: Reply, doom: &Doom) -> Response<ReplyBody> {
    let status = StatusCode::from_u16(reply.status).ok();
    let status = status.filter(|status| !status.is_informational());
    let is_json = reply.error_code.is_some();
    let body = match reply.delivery {
        Delivery::Whole => ReplyBody::whole(reply.body),
        Delivery::CutAfter(bytes) => ReplyBody::cut(reply.body, bytes),
        Delivery::Reset => {
            doom.seal();
            ReplyBody::none()
        }
    };
    let mut response = Response::new(body);
    *response.status_mut() = status.unwrap_or(StatusCode::BAD_GATEWAY);
    let headers = response.headers_mut();
    let content_type = if is_json {
        "application/json"
    } else {
        "text/html"
    };
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    if let Some(seconds) = reply.retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if reply.status == StatusCode::METHOD_NOT_ALLOWED.as_u16() {
        headers.insert(ALLOW, HeaderValue::from_static("POST"));
    }
    response
}

/// An answer that is not one of the service, after which the connection ends.
fn bare(status: StatusCode) -> Response<ReplyBody> {
    let mut response = Response::new(ReplyBody::whole(Vec::new()));
    *response.status_mut() = status;
    close(&mut response);
    response
}

fn close(response: &mut Response<ReplyBody>) {
    let headers = response.headers_mut();
    headers.insert(CONNECTION, HeaderValue::from_static("close"));
}

/// How the reading of a body ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BodyEnd {
    /// At its end.
    Whole,
    /// Before its end: it is far too long.
    Left,
    /// The client went away, or sent what is no body.
    Broken,
}

/// Reads a body, and keeps no more of it than shows that it is longer than `max`.
async fn read_body(mut body: Incoming, max: usize) -> (Vec<u8>, BodyEnd) {
    let mut kept = Vec::new();
    let mut discarded = 0;
    loop {
        let frame = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await;
        let data = match frame {
            None => return (kept, BodyEnd::Whole),
            Some(Err(_)) => return (kept, BodyEnd::Broken),
            Some(Ok(frame)) => frame.into_data().unwrap_or_default(),
        };
        let room = max.saturating_add(1) - kept.len();
        let (keep, discard) = data.split_at(room.min(data.len()));
        kept.extend_from_slice(keep);
        discarded += discard.len();
        if discarded > MAX_DISCARDED {
            return (kept, BodyEnd::Left);
        }
    }
}
