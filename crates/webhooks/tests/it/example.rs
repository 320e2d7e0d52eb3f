//! The example, run.

use axum::body::{Body, to_bytes};
use axum::http::Request;
use tower::ServiceExt;
use trtc_rooms_webhooks::Token;

#[allow(
    dead_code,
    unreachable_pub,
    reason = "it is a program of its own, whose main function listens on a port"
)]
#[path = "../../examples/receive.rs"]
mod receive;

#[tokio::test]
async fn the_example_answers() {
    let app = receive::app(7, Token::new("xxxxyyyy").unwrap());
    let now = std::time::SystemTime::now();
    let now = trtc_rooms_webhooks::UnixSeconds::from(now).to_string();
    let sign = Token::new("xxxxyyyy").unwrap().sign(&now);
    for (count, code) in [(2, "\"ErrorCode\":0"), (100, "\"ErrorCode\":102101")] {
        let body = format!(
            r#"{{"CallbackCommand": "Live.CallbackBeforeSendGift", "GiftWater": {{"Count": {count}}}}}"#
        );
        let uri = format!("/webhooks?SdkAppid=7&Sign={sign}&RequestTime={now}");
        let request = Request::post(uri).body(Body::from(body)).unwrap();
        let response = app.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200);
        let body = to_bytes(response.into_body(), 1_000).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        assert!(body.contains(code), "{body}");
    }
}
