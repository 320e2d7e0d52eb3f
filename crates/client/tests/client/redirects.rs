//! No redirect is followed: parts N1 and N2 of the catalogue.

use trtc_rooms::ErrorKind;

use crate::operation::{client, get_room, open_room, ticket};
use crate::stub::{Act, Stub, response};

#[tokio::test]
async fn n1_n2_no_redirect_leads_to_a_second_request() {
    let other = Stub::new(Act::ok(r#"{"ErrorCode":0}"#)).await;
    for status in [
        "301 Moved",
        "302 Found",
        "303 See Other",
        "307 Temporary",
        "308 Permanent",
    ] {
        for location in [
            format!("http://127.0.0.1:{}/v4/x", other.port()),
            format!("http://localhost:{}/", other.port()),
            format!("//127.0.0.1:{}/", other.port()),
            "/v4/other".to_owned(),
            "?usersig=x".to_owned(),
            "javascript:alert(1)".to_owned(),
            String::new(),
        ] {
            let header = format!("location: {location}");
            let stub = Stub::new(Act::Write(response(status, &[&header], ""))).await;
            let client = client(&stub.url());
            for error in [
                open_room(&client).await.unwrap_err(),
                get_room(&client).await.unwrap_err(),
            ] {
                assert_eq!(error.kind(), ErrorKind::HttpStatus, "{error}");
                assert_eq!(error.http_status(), status[..3].parse().ok());
                assert!(!error.is_retryable() && !error.is_outcome_unknown());
                assert!(
                    error.to_string().contains("redirects are not followed"),
                    "{error}"
                );
                assert!(!error.to_string().contains(&ticket()));
            }
            assert_eq!(
                stub.requests().len(),
                2,
                "one for each call: {status} {location}"
            );
            assert!(!stub.requests().concat().contains("referer"));
        }
    }
    assert_eq!(other.connections(), 0, "nobody else is called");
}
