//! The extractor and the router.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::FromRef;
use axum::http::Request;
use axum::routing::post;
use tower::ServiceExt;
use trtc_rooms_webhooks::axum::{MAX_BODY, Webhook, router};
use trtc_rooms_webhooks::{Event, Receiver, Reply};

const GIFT: &str = r#"{"CallbackCommand": "Live.CallbackBeforeSendGift", "RoomId": "r"}"#;

fn app() -> Router {
    router(
        "/webhooks",
        Receiver::new(7),
        async |delivery| match &delivery.event {
            Event::LiveBeforeSendGift(gift) => Reply::refuse(gift, 102_100, "no").unwrap(),
            _ => Reply::accept(),
        },
    )
}

async fn post_to(app: Router, uri: &str, body: impl Into<Body>) -> (u16, String) {
    let request = Request::post(uri).body(body.into()).unwrap();
    let response = app.oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn webhooks_are_answered() {
    let refused = post_to(app(), "/webhooks?SdkAppid=7", GIFT).await;
    let expected = r#"{"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":102100}"#;
    assert_eq!(refused, (200, expected.to_owned()));
    let other = post_to(app(), "/webhooks?SdkAppid=7&CallbackCommand=New", "{}").await;
    assert_eq!(other.0, 200);
}

#[tokio::test]
async fn what_is_no_webhook_is_refused_before_the_handler() {
    for (uri, body, status) in [
        ("/webhooks?SdkAppid=8", GIFT, 403),
        ("/webhooks", GIFT, 400),
        ("/webhooks?SdkAppid=7", "no JSON", 400),
        ("/other?SdkAppid=7", GIFT, 404),
    ] {
        assert_eq!(post_to(app(), uri, body).await.0, status, "{uri} {body}");
    }
    let large = " ".repeat(MAX_BODY) + GIFT;
    assert_eq!(post_to(app(), "/webhooks?SdkAppid=7", large).await.0, 413);
    let largest = " ".repeat(MAX_BODY - GIFT.len()) + GIFT;
    assert_eq!(post_to(app(), "/webhooks?SdkAppid=7", largest).await.0, 200);
}

#[tokio::test]
async fn a_receiver_may_be_a_part_of_the_state() {
    #[derive(Clone)]
    struct State {
        receiver: Receiver,
    }
    impl FromRef<State> for Receiver {
        fn from_ref(state: &State) -> Self {
            state.receiver.clone()
        }
    }
    async fn handler(Webhook(delivery): Webhook) -> String {
        delivery.command
    }
    let receiver = Receiver::new(7);
    let app = Router::new()
        .route("/", post(handler))
        .with_state(State { receiver });
    let answered = post_to(app, "/?SdkAppid=7", GIFT).await;
    assert_eq!(answered, (200, "Live.CallbackBeforeSendGift".to_owned()));
}
