//! What the error codes of the service lead to.

use std::time::Duration;

use trtc_rooms::{Error, ErrorClass, Outcome};

use crate::operation::{client, get_room, open_room};
use crate::stub::{Act, Stub};

async fn errors(code: i32) -> [Error; 2] {
    let stub = Stub::new(Act::ok(format!(
        r#"{{"ActionStatus":"FAIL","ErrorCode":{code}}}"#
    )))
    .await;
    let client = client(&stub.url());
    [
        open_room(&client).await.unwrap_err(),
        get_room(&client).await.unwrap_err(),
    ]
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
        // How far the service came before it failed, it does not say.
        let unknown = class == ErrorClass::Server;
        for error in errors(code).await {
            let safe = error.endpoint().repeat.safe;
            assert_eq!(error.class(), Some(class), "{code}");
            assert_eq!(
                error.is_retryable(),
                retryable && (safe || !unknown),
                "{code}"
            );
            assert_eq!(error.retry_after(), after, "{code}");
            assert_eq!(error.is_outcome_unknown(), unknown, "{code}");
            let outcome = if unknown {
                Outcome::Unknown
            } else {
                Outcome::Refused
            };
            assert_eq!(error.outcome(), outcome, "{code}");
        }
    }
}
