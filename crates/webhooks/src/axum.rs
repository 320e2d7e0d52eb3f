//! Webhooks in an axum application, with the feature `axum`.

use ::axum::Router;
use ::axum::body::to_bytes;
use ::axum::extract::{FromRef, FromRequest, Request};
use ::axum::http::{HeaderValue, StatusCode, header};
use ::axum::response::{IntoResponse, Response};
use ::axum::routing::post;

use crate::{Delivery, DeliveryError, Receiver, Reply};

/// The greatest body that is read, in bytes. Events of the service are a few kilobytes.
pub const MAX_BODY: usize = 1024 * 1024;

/// A webhook that a [`Receiver`] in the state of the application has checked.
///
/// ```
/// use axum::Router;
/// use axum::routing::post;
/// use trtc_rooms_webhooks::axum::Webhook;
/// use trtc_rooms_webhooks::{Receiver, Reply};
///
/// async fn webhook(Webhook(delivery): Webhook) -> Reply {
///     println!("{} in {:?}", delivery.command, delivery.event.room_id());
///     Reply::accept()
/// }
///
/// let app: Router = Router::new()
///     .route("/webhooks", post(webhook))
///     .with_state(Receiver::new(1_400_000_000));
/// ```
#[derive(Clone, Debug)]
pub struct Webhook(pub Delivery);

/// A router that takes webhooks at `path` and answers with what `handler` makes of them.
///
/// The service waits 2 seconds: a handler that has much to do hands it on and answers.
///
/// ```
/// use trtc_rooms_webhooks::{Receiver, Reply, Token};
///
/// let receiver = Receiver::new(1_400_000_000).token(Token::new("xxxxyyyy")?);
/// let app = trtc_rooms_webhooks::axum::router("/webhooks", receiver, async |delivery| {
///     println!("{}", delivery.command);
///     Reply::accept()
/// });
/// # let _: axum::Router = app;
/// # Ok::<(), trtc_rooms_webhooks::EmptyToken>(())
/// ```
///
/// # Panics
///
/// When the path is none of axum's, such as one that does not begin with `/`.
pub fn router<H, F>(path: &str, receiver: Receiver, handler: H) -> Router
where
    H: Fn(Delivery) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Reply> + Send + 'static,
{
    Router::new()
        .route(
            path,
            post(move |Webhook(delivery): Webhook| handler(delivery)),
        )
        .with_state(receiver)
}

/// Why a request is refused before a handler sees it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Rejection {
    /// The body is larger than [`MAX_BODY`], or broke off.
    Body,
    /// It is no webhook of the application.
    Delivery(DeliveryError),
}

impl<S: Send + Sync> FromRequest<S> for Webhook
where
    Receiver: FromRef<S>,
{
    type Rejection = Rejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Rejection> {
        let receiver = Receiver::from_ref(state);
        let (head, body) = request.into_parts();
        let body = to_bytes(body, MAX_BODY)
            .await
            .map_err(|_| Rejection::Body)?;
        let query = head.uri.query().unwrap_or_default();
        receiver
            .receive(query, &body)
            .map(Webhook)
            .map_err(Rejection::Delivery)
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        match self {
            Rejection::Body => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
            Rejection::Delivery(error) => error.into_response(),
        }
    }
}

impl IntoResponse for DeliveryError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::BAD_REQUEST);
        (status, self.reply()).into_response()
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let json = HeaderValue::from_static("application/json");
        ([(header::CONTENT_TYPE, json)], self.to_json()).into_response()
    }
}
