use std::io;
use std::time::Duration;

use hyper::client::conn::http1;
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::{Request, Uri};
use hyper_util::rt::TokioIo;
use thiserror::Error;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::Handle;
use super::reply_body::ReplyBody;
use crate::webhook::Webhook;

/// How long a server has to answer a webhook, as documented.
const TIMEOUT: Duration = Duration::from_secs(2);

/// A webhook that was sent, and what came of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WebhookDelivery {
    /// What was sent.
    pub webhook: Webhook,
    /// The HTTP status of the answer, or why there is none.
    pub outcome: Result<u16, String>,
}

#[derive(Debug, Error)]
enum Undelivered {
    #[error("the emulator sends webhooks to http:// only")]
    NotHttp,
    #[error("the address of the callback configuration is no URL")]
    NoUrl,
    #[error("it was not answered within {} s", TIMEOUT.as_secs())]
    Timeout,
    #[error("the server cannot be reached: {0}")]
    Connect(io::Error),
    #[error("the server ended the connection without an answer")]
    Closed,
    #[error("there was no answer: {0}")]
    Http(#[from] hyper::Error),
}

/// Sends webhooks one after the other, in the order of what happened, until the emulator
/// ends. A failed one is not repeated: the documents leave that to a setting which is off
/// by default.
pub(super) async fn deliver(
    mut webhooks: mpsc::UnboundedReceiver<Webhook>,
    handle: Handle,
    on_delivery: Option<fn(&WebhookDelivery)>,
) {
    while let Some(webhook) = webhooks.recv().await {
        let sent = timeout(TIMEOUT, send(&webhook)).await;
        let outcome = sent.unwrap_or(Err(Undelivered::Timeout));
        let outcome = outcome.map_err(|error| error.to_string());
        let delivery = WebhookDelivery { webhook, outcome };
        if let Some(on_delivery) = on_delivery {
            on_delivery(&delivery);
        }
        handle.note_delivery(delivery);
    }
}

async fn send(webhook: &Webhook) -> Result<u16, Undelivered> {
    let url: Uri = webhook.url.parse().map_err(|_| Undelivered::NoUrl)?;
    if url.scheme_str() != Some("http") {
        return Err(Undelivered::NotHttp);
    }
    let (Some(authority), Some(target)) = (url.authority(), url.path_and_query()) else {
        return Err(Undelivered::NoUrl);
    };
    let host = authority.host().trim_matches(['[', ']']);
    let address = (host, authority.port_u16().unwrap_or(80));
    let stream = TcpStream::connect(address).await;
    let stream = stream.map_err(Undelivered::Connect)?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // As text it begins with a slash, even if the URL has none behind the host.
    let request = Request::post(target.to_string())
        .header(HOST, authority.as_str())
        .header(CONTENT_TYPE, "application/json")
        .body(ReplyBody::whole(webhook.body.clone().into_bytes()))
        .map_err(|_| Undelivered::NoUrl)?;
    // The connection has to be driven while the answer is awaited, and ends with it.
    tokio::select! {
        biased;
        answer = sender.send_request(request) => Ok(answer?.status().as_u16()),
        ended = connection => Err(ended.map_or_else(Undelivered::Http, |()| Undelivered::Closed)),
    }
}
