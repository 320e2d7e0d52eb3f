//! Requests that break a documented limit.

use trtc_rooms::{Call, Client, ErrorClass, ErrorKind, Rule, Validation};

use crate::operation::{OpenRequest, OpenRoom, builder};
use crate::stub::{Act, Stub};

fn too_long(client: &Client) -> Call<OpenRoom> {
    Call::new(client, OpenRequest::new("房".repeat(17)))
}

async fn stub_and_client(validation: Validation) -> (Stub, Client) {
    let stub = Stub::new(Act::ok(r#"{"ErrorCode":0}"#)).await;
    let client = builder(&stub.url()).validation(validation).build().unwrap();
    (stub, client)
}

#[tokio::test]
async fn a_request_that_breaks_a_limit_is_not_sent() {
    let stub = Stub::new(Act::ok(r#"{"ErrorCode":0}"#)).await;
    let client = builder(&stub.url()).build().unwrap();
    let error = too_long(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    assert_eq!(error.class(), Some(ErrorClass::Request));
    assert!(!error.was_sent() && !error.is_retryable() && !error.is_outcome_unknown());
    let violations = error.violations().unwrap();
    let found: Vec<_> = violations
        .iter()
        .map(|found| (found.pointer.as_str(), found.rule))
        .collect();
    assert_eq!(found, [("/RoomId", Rule::MaxBytes)]);
    assert_eq!(
        error.to_string(),
        "test/open_room: the request breaks documented limits, nothing was sent: \
         /RoomId is 51 bytes long, at most 48 are allowed"
    );
    assert_eq!(stub.connections(), 0);
}

#[tokio::test]
async fn warn_and_off_send_it_for_a_client_or_a_call() {
    for lenient in [Validation::Warn, Validation::Off] {
        let (stub, client) = stub_and_client(lenient).await;
        assert!(too_long(&client).await.is_ok());
        assert!(
            too_long(&client)
                .validation(Validation::Enforce)
                .await
                .is_err()
        );
        assert_eq!(stub.requests().len(), 1);

        let (stub, client) = stub_and_client(Validation::Enforce).await;
        assert!(too_long(&client).validation(lenient).send().await.is_ok());
        assert!(too_long(&client).await.is_err());
        assert_eq!(stub.requests().len(), 1);
    }
}
