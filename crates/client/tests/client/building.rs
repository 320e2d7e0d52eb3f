//! What a builder refuses, and how it says so.

use std::time::Duration;

use trtc_rooms::{BuildError, Client, ClientBuilder, Region, SecretKey};

use crate::operation::{KEY, SDKAPPID};

const URL: &str = "http://127.0.0.1:1";

fn builder() -> ClientBuilder {
    Client::builder(SDKAPPID, KEY).base_url(URL)
}

fn refused(builder: ClientBuilder) -> BuildError {
    let error = builder.build().unwrap_err();
    assert!(!error.to_string().contains('\n'), "{error}");
    error
}

#[test]
fn a_client_needs_to_know_where_to_send_calls() {
    let error = refused(Client::builder(SDKAPPID, KEY));
    assert!(matches!(error, BuildError::NoTarget));
    let text = error.to_string();
    assert!(
        text.contains(".region(") && text.contains(".base_url("),
        "{text}"
    );
}

#[test]
fn the_last_target_counts() {
    let region = builder().region(Region::Jakarta).build().unwrap();
    assert_eq!(region.base_url(), "https://adminapiidn.im.qcloud.com");
    let url = Client::builder(SDKAPPID, KEY)
        .region(Region::China)
        .base_url(URL);
    assert_eq!(url.build().unwrap().base_url(), URL);
}

#[test]
fn app_and_key_are_checked() {
    let app = Client::builder(0, KEY).base_url(URL);
    assert!(matches!(refused(app), BuildError::SdkAppId));
    let key = Client::builder(SDKAPPID, "").base_url(URL);
    assert!(matches!(refused(key), BuildError::Key(_)));
    let typed = Client::builder(SDKAPPID, SecretKey::new(KEY).unwrap()).base_url(URL);
    assert_eq!(typed.build().unwrap().sdkappid(), SDKAPPID);
}

#[test]
fn an_identifier_has_1_to_32_bytes_and_no_control_characters() {
    for identifier in ["", "a\nb", "a\u{7f}", &"a".repeat(33), &"房".repeat(11)] {
        let error = refused(builder().identifier(identifier));
        assert!(matches!(error, BuildError::Identifier), "{identifier:?}");
    }
    for identifier in ["a", "a b", "房间", &"a".repeat(32)] {
        let client = builder().identifier(identifier).build().unwrap();
        assert_eq!(client.identifier(), identifier);
    }
    assert_eq!(builder().build().unwrap().identifier(), "administrator");
}

#[test]
fn k2_durations_are_neither_zero_nor_endless() {
    for odd in [Duration::ZERO, Duration::MAX] {
        for (name, builder) in [
            ("timeout", builder().timeout(odd)),
            ("connect_timeout", builder().connect_timeout(odd)),
            ("ticket_lifetime", builder().ticket_lifetime(odd)),
        ] {
            match refused(builder) {
                BuildError::Duration { setting, .. } => assert_eq!(setting, name),
                error => panic!("{name}: {error}"),
            }
        }
    }
    // A ticket counts in whole seconds.
    let short = builder().ticket_lifetime(Duration::from_millis(999));
    assert!(matches!(refused(short), BuildError::Duration { .. }));
}

#[test]
fn settings_that_would_have_no_effect_are_refused() {
    let none = refused(builder().max_reply_bytes(0));
    assert!(matches!(none, BuildError::MaxReplyBytes));
    let http = crate::calls::http_client();
    let both = builder()
        .http_client(http)
        .connect_timeout(Duration::from_secs(1));
    assert!(matches!(refused(both), BuildError::ConnectTimeout));
}
