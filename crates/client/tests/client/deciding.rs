//! What the error codes of the service lead to.

use std::time::Duration;

use trtc_rooms::{Error, ErrorClass};

use crate::operation::{client, open_room};
use crate::stub::{Act, Stub};

async fn error(code: i32) -> Error {
    let stub = Stub::new(Act::ok(format!(
        r#"{{"ActionStatus":"FAIL","ErrorCode":{code}}}"#
    )))
    .await;
    open_room(&client(&stub.url())).await.unwrap_err()
}

#[tokio::test]
async fn a_code_is_retryable_if_a_later_call_may_succeed() {
    for (code, class, retryable, after) in [
        // The service locks out callers whose tickets fail over and over.
        (70_001, ErrorClass::Authentication, false, None),
        (100_001, ErrorClass::Server, true, None),
        (100_002, ErrorClass::Request, false, None),
        (100_003, ErrorClass::Conflict, false, None),
        (
            100_012,
            ErrorClass::RateLimit,
            true,
            Some(Duration::from_secs(1)),
        ),
        (100_999, ErrorClass::Unknown, false, None),
    ] {
        let error = error(code).await;
        assert_eq!(error.class(), Some(class), "{code}");
        assert_eq!(error.is_retryable(), retryable, "{code}");
        assert_eq!(error.retry_after(), after, "{code}");
        assert!(!error.is_outcome_unknown(), "{code}");
    }
}
