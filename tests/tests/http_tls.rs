//! J16: nobody is called who cannot show a certificate that is in order.

use std::time::Duration;

use trtc_rooms::Client;
use trtc_rooms_contract::http::tls::{Certificate, TlsServer, trusting};
use trtc_rooms_contract::http::{Ear, Expected, FaultServer, Script, Target, app};

const OK: &str = r#"{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}"#;

fn target() -> &'static Target {
    Target::named("live/create_room")
}

async fn is_refused(client: &Client, expected: Expected, says: &str) {
    let error = target().call(client).await.unwrap_err();
    expected.compare(target(), &error).unwrap();
    assert!(error.to_string().contains(says), "{error}");
}

#[tokio::test]
async fn j16_only_a_certificate_in_order_is_trusted() {
    let ear = Ear::open(&[]);
    let client = |server: &TlsServer| {
        app::builder(&server.url())
            .http_client(trusting())
            .build()
            .unwrap()
    };
    let server = TlsServer::start(Certificate::Good, OK);
    target().call(&client(&server)).await.unwrap();
    assert!(server.finish() > 100, "this one saw a request");
    for certificate in [
        Certificate::Expired,
        Certificate::OtherHost,
        Certificate::SelfSigned,
    ] {
        let server = TlsServer::start(certificate, OK);
        is_refused(&client(&server), Expected::not_trusted(), "TLS").await;
        assert_eq!(server.finish(), 0, "{certificate:?} saw a request");
    }
    ear.clean().unwrap();
}

/// The client as it comes trusts what the platform does, and nobody signed these.
#[tokio::test]
async fn j16_a_default_client_trusts_none_of_them() {
    for certificate in [Certificate::Good, Certificate::SelfSigned] {
        let server = TlsServer::start(certificate, OK);
        let client = app::client(&server.url());
        is_refused(&client, Expected::not_trusted(), "TLS").await;
        assert_eq!(server.finish(), 0, "{certificate:?} saw a request");
    }
}

#[tokio::test]
async fn j16_servers_that_speak_no_tls() {
    let alert = |description| {
        Script::new()
            .write([0x15, 3, 3, 0, 2, 2, description])
            .half_close()
    };
    let untrusted = Expected::not_trusted();
    let vague = Expected::not_sent();
    let beat = Duration::from_millis(20);
    for (script, expected, says) in [
        (
            Script::new().write("HTTP/1.1 400 Bad Request\r\n\r\n"),
            untrusted,
            "TLS",
        ),
        // The server knows only an older protocol; none of its ciphers is ours.
        (alert(70), untrusted, "TLS"),
        (alert(40), untrusted, "TLS"),
        // Connections that break before anybody could know what they would have been.
        (Script::new().half_close(), vague, "nothing was sent"),
        (Script::new().pause(beat).reset(), vague, "nothing was sent"),
        (Script::new().stall(), vague, "nothing was sent"),
    ] {
        let server = FaultServer::start([script]).await.unwrap();
        let client = app::builder(&format!("https://{}", server.address()));
        let client = client
            .connect_timeout(Duration::from_millis(200))
            .build()
            .unwrap();
        is_refused(&client, expected, says).await;
        // Neither again nor in the clear: there was no further connection.
        server.finish().await.unwrap();
    }
}
