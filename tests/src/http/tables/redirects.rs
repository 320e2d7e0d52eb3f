//! Redirects: N1 and N2. The ticket stands in the URL, so none is followed, and nobody
//! else gets to see a request.

use crate::http::{Answer, Expected, Run, Stub, Target, app, same};

/// Every status that redirects, and one that only sounds like it.
const STATUSES: [u16; 7] = [300, 301, 302, 303, 305, 307, 308];

/// Answers a call of `target` with each redirect to each place. `other` is the server
/// that must not be called.
pub async fn run(stub: &Stub, other: &Stub, target: &Target) -> Run {
    let client = app::client(&stub.url());
    let mut run = Run::default();
    other.begin(Answer::Documented).await;
    for status in STATUSES {
        for (place, location) in places(stub, other, target) {
            let headers = vec![("location", location.clone())];
            stub.begin(Answer::Http(status, headers, location.into_bytes()))
                .await;
            let outcome = match target.call(&client).await {
                Ok(_) => Err("it was followed or taken for a success".to_owned()),
                Err(error) => Expected::status(status)
                    .compare(target, &error)
                    .and_then(|()| {
                        let line = error.to_string();
                        let told = line.contains("redirects are not followed");
                        same("whether the line explains it", told, true)
                    }),
            };
            let once = stub.only().map(drop);
            let elsewhere = same("the requests to the other server", other.count(), 0);
            run.add(
                format!("{}/redirect/N1-{status}-{place}", target.name),
                outcome.and(once).and(elsewhere),
            );
        }
    }
    run
}

/// Where to. The whole URL with the ticket is among them, as a proxy that adds a slash
/// or changes the scheme would send it back.
fn places(stub: &Stub, other: &Stub, target: &Target) -> Vec<(&'static str, String)> {
    let host = other.url().replace("http://", "");
    let query = format!(
        "sdkappid={}&identifier={}&usersig={}&random=1&contenttype=json",
        app::SDKAPPID,
        app::IDENTIFIER,
        app::ticket()
    );
    let path = target.endpoint.path;
    vec![
        ("other-port", format!("{}/{path}", other.url())),
        (
            "other-host",
            format!(
                "http://{}/{path}?{query}",
                host.replace("127.0.0.1", "localhost")
            ),
        ),
        ("no-scheme", format!("//{host}/")),
        ("https", format!("https://{host}/{path}?{query}")),
        ("other-path", "/v4/other".to_owned()),
        ("self", format!("{}/{path}?{query}", stub.url())),
        ("slash", format!("/{path}/?{query}")),
        ("query-only", format!("?{query}")),
        ("empty", String::new()),
        ("script", "javascript:alert(1)".to_owned()),
        ("file", "file:///etc/passwd".to_owned()),
        (
            "userinfo",
            format!("http://administrator:{}@{host}/", app::ticket()),
        ),
        ("long", format!("{}/{}", other.url(), "x".repeat(20_000))),
    ]
}
