//! Replies with another status than 200, and odd headers: part I of the catalogue.

use trtc_rooms::ErrorClass;

use crate::http::script::response;
use crate::http::{
    Answer, Expected, FaultServer, REQUEST_ID, Retry, Run, Script, Stub, Target, app, envelope,
    same,
};

type Headers = Vec<(&'static str, String)>;

struct Case {
    id: String,
    status: u16,
    headers: Headers,
    body: Vec<u8>,
    expected: Expected,
    /// What the line of the error has to say.
    says: String,
}

/// Answers a call of `target` with each status.
pub async fn run(stub: &Stub, target: &Target) -> Run {
    let client = app::client(&stub.url());
    let mut run = Run::default();
    for case in gateways().into_iter().chain(envelopes()).chain(waits()) {
        let Case {
            id,
            status,
            headers,
            body,
            expected,
            says,
        } = case;
        stub.begin(Answer::Http(status, headers, body)).await;
        let outcome = match target.call(&client).await {
            Ok(_) => Err("it was taken for a success".to_owned()),
            Err(error) => expected.compare(target, &error).and_then(|()| {
                let line = error.to_string();
                let excerpt = error.excerpt().unwrap_or_default().len();
                same("whether the excerpt is short", excerpt <= 256, true)?;
                same(
                    "whether the status is told",
                    line.contains(&status.to_string()),
                    true,
                )?;
                same(
                    &format!("whether `{says}` is in `{line}`"),
                    line.contains(&says),
                    true,
                )
            }),
        };
        let once = stub.only().map(drop);
        run.add(format!("{}/status/{id}", target.name), outcome.and(once));
    }
    run.add(
        format!("{}/status/I12-cookie", target.name),
        cookie(stub, target).await,
    );
    run.add(
        format!("{}/status/I14-connection-close", target.name),
        connection_close(stub, target).await,
    );
    run
}

/// A gateway answers with its own page.
fn gateways() -> Vec<Case> {
    let page = format!("<html>\r\n\u{1b}[31mNo{}</html>", "<br>\r\n".repeat(40_000));
    let mut cases = Vec::new();
    for (id, statuses) in [
        ("I1", &[500, 502, 503, 504, 520][..]),
        ("I3", &[400, 401, 403, 404, 405, 413, 414, 429]),
        ("I6", &[201, 202, 203, 206, 226]),
        ("I9", &[600, 999]),
    ] {
        for &status in statuses {
            for (kind, body) in [
                ("html", page.as_str()),
                ("json", r#"{"error":"x"}"#),
                ("empty", ""),
            ] {
                let says = if body.is_empty() {
                    "empty body"
                } else {
                    &body[..6]
                };
                cases.push(Case {
                    id: format!("{id}-{status}-{kind}"),
                    status,
                    headers: Vec::new(),
                    body: body.into(),
                    expected: Expected::status(status),
                    says: says.to_owned(),
                });
            }
        }
    }
    // Statuses that have no body.
    for status in [204, 304] {
        cases.push(Case {
            id: format!("I6-{status}"),
            status,
            headers: Vec::new(),
            body: Vec::new(),
            expected: Expected::status(status),
            says: String::new(),
        });
    }
    cases
}

/// I2: the body is an envelope all the same.
fn envelopes() -> Vec<Case> {
    let refused =
        |status| Expected::status(status).answered(100_002, ErrorClass::Request, Retry::No);
    let busy =
        |status| Expected::status(status).answered(60_007, ErrorClass::RateLimit, Retry::Yes);
    let mut unlisted = Expected::status(500);
    unlisted.code = Some(100_999);
    let case = |id: &str, status, code: i32, expected| Case {
        id: format!("I2-{id}"),
        status,
        headers: vec![("content-type", "application/json".to_owned())],
        body: envelope(code, "why").to_string().into(),
        expected,
        says: REQUEST_ID.to_owned(),
    };
    vec![
        case("500-100002", 500, 100_002, refused(500)),
        case("502-60007", 502, 60_007, busy(502)),
        case("400-100002", 400, 100_002, refused(400)),
        case("429-60007", 429, 60_007, busy(429)),
        // A code that nobody knows does not tell whether the call was carried out.
        case("500-100999", 500, 100_999, unlisted),
    ]
}

/// I4: how long to wait.
fn waits() -> Vec<Case> {
    let case = |id: &str, status, value: &str, expected| Case {
        id: format!("I4-{id}"),
        status,
        headers: vec![("retry-after", value.to_owned())],
        body: Vec::new(),
        expected,
        says: String::new(),
    };
    let dated = |id: &str, status, value: &str, expected| {
        let mut case = case(id, status, value, expected);
        let date = "Wed, 21 Oct 2065 07:27:00 GMT".to_owned();
        case.headers.push(("date", date));
        case
    };
    let busy = Expected::status(429);
    let down = Expected::status(503);
    vec![
        case("seconds", 429, "3", busy.after(3)),
        case("seconds-503", 503, "120", down.after(120)),
        case("zero", 429, "0", busy.after(0)),
        case("blanks", 429, "  7 ", busy.after(7)),
        case("a-billion", 429, "1000000000", busy.after(1_000_000_000)),
        case("negative", 429, "-3", busy),
        case("fraction", 429, "1.5", busy),
        case("garbage", 429, "soon", busy),
        case("too-many-digits", 429, "99999999999999999999999", busy),
        // A date is compared with that of the reply.
        dated("date", 429, "Wed, 21 Oct 2015 07:28:00 GMT", busy.after(0)),
        dated(
            "date-503",
            503,
            "Wed, 21 Oct 2065 07:28:00 GMT",
            down.after(60),
        ),
    ]
}

/// A cookie is never sent back: the judge of the stub has a fault for it.
async fn cookie(stub: &Stub, target: &Target) -> Result<(), String> {
    let client = app::client(&stub.url());
    let cookie = ("set-cookie", "session=1; Path=/".to_owned());
    let body = envelope(0, "").to_string().into_bytes();
    stub.begin(Answer::Http(200, vec![cookie], body)).await;
    for _ in 0..2 {
        let result = target.call(&client).await;
        result.map_err(|error| error.to_string())?;
    }
    let faults: Vec<_> = stub
        .seen()
        .into_iter()
        .flat_map(|seen| seen.judgement.faults)
        .collect();
    same("what is wrong with the requests", faults, Vec::new())
}

async fn connection_close(stub: &Stub, target: &Target) -> Result<(), String> {
    let client = app::client(&stub.url());
    let close = ("connection", "close".to_owned());
    let body = envelope(0, "").to_string().into_bytes();
    stub.begin(Answer::Http(200, vec![close], body)).await;
    for _ in 0..5 {
        let result = target.call(&client).await;
        result.map_err(|error| error.to_string())?;
    }
    same("the number of requests", stub.count(), 5)
}

/// What no HTTP library sends: status lines by hand.
pub async fn by_hand(target: &Target) -> Run {
    let ok = envelope(0, "").to_string();
    let ok = ok.as_str();
    let reply = response("200 OK", &[], ok);
    let after = |head: &str| [head.as_bytes(), &reply].concat();
    let mut run = Run::default();
    let broken = Some(Expected::broken());
    let status = |status| Some(Expected::status(status));
    for (id, bytes, expected) in [
        ("I7-100", after("HTTP/1.1 100 Continue\r\n\r\n"), None),
        ("I7-103", after("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n"), None),
        ("I7-many", after(&"HTTP/1.1 102 Processing\r\n\r\n".repeat(20)), None),
        ("I9-no-reason", response("200", &[], ok), None),
        ("I9-blank-reason", response("200 ", &[], ok), None),
        ("I9-other-reason", response("200 Not Good", &[], ok), None),
        ("I9-http-1.0", b"HTTP/1.0 200 OK\r\n\r\n{\"ErrorCode\":0}".to_vec(), None),
        ("H24-html-type", response("200 OK", &["content-type: text/html"], ok), None),
        ("H24-no-type", response("200 OK", &[], ok), None),
        (
            "H24-odd-type",
            response("200 OK", &["content-type: \u{fc}/\u{1f600}; charset=latin1"], ok),
            None,
        ),
        (
            "H24-two-types",
            response("200 OK", &["content-type: text/xml", "content-type: image/png"], ok),
            None,
        ),
        ("I6-205", response("205 Reset Content", &[], ""), status(205)),
        ("I9-099", response("099 X", &[], ok), broken),
        ("I9-000", response("000 X", &[], ok), broken),
        ("I9-1000", response("1000 X", &[], ok), broken),
        ("I9-negative", response("-200 OK", &[], ok), broken),
        ("I9-nonsense", b"nonsense\r\n\r\n".to_vec(), broken),
        ("I9-http-2", b"HTTP/2 200 OK\r\n\r\n".to_vec(), broken),
        ("I9-ssh", b"SSH-2.0-OpenSSH_9.6\r\n".to_vec(), broken),
        (
            "I9-two-lengths",
            b"HTTP/1.1 200 OK\r\ncontent-length: 15\r\ncontent-length: 2\r\n\r\n{\"ErrorCode\":0}"
                .to_vec(),
            broken,
        ),
        (
            "I9-negative-length",
            b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{\"ErrorCode\":0}".to_vec(),
            broken,
        ),
        (
            "I9-no-chunk-size",
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{\"ErrorCode\":0}\r\n0\r\n\r\n"
                .to_vec(),
            broken,
        ),
    ] {
        let outcome = hand_written(target, bytes, expected).await;
        run.add(format!("{}/status/{id}", target.name), outcome);
    }
    run.add(
        format!("{}/status/I8-upgrade", target.name),
        upgrade(target).await,
    );
    for (id, coding, body) in [
        ("I11-gzip", "gzip", &GZIP[..]),
        ("I11-gzip-cut", "gzip", &GZIP[..20]),
        ("I11-br", "br", b"\x0b\x07\x80{\"ErrorCode\":0}\x03"),
    ] {
        let header = format!("content-encoding: {coding}");
        let reply = response("200 OK", &[&header], body);
        let outcome = hand_written(target, reply, Some(Expected::undecodable())).await;
        run.add(format!("{}/status/{id}", target.name), outcome);
    }
    run
}

/// `{"ErrorCode":0}`, compressed although nobody asked for it. It is not unpacked, so
/// a bomb is no danger either.
const GZIP: [u8; 35] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xab, 0x56, 0x72, 0x2d, 0x2a, 0xca,
    0x2f, 0x72, 0xce, 0x4f, 0x49, 0x55, 0xb2, 0x32, 0xa8, 0x05, 0x00, 0x7d, 0xd1, 0x3b, 0xd9, 0x0f,
    0x00, 0x00, 0x00,
];

async fn hand_written(
    target: &Target,
    bytes: Vec<u8>,
    expected: Option<Expected>,
) -> Result<(), String> {
    let script = Script::new().read_request().write(bytes).half_close();
    let server = FaultServer::start([script])
        .await
        .map_err(|error| error.to_string())?;
    let client = app::client(&server.url());
    let result = target.call(&client).await;
    drop(client);
    match (expected, result) {
        (None, Ok(_)) => {}
        (None, Err(error)) => return Err(error.to_string()),
        (Some(_), Ok(_)) => return Err("it was taken for a success".to_owned()),
        (Some(expected), Err(error)) => expected.compare(target, &error)?,
    }
    let connections = server.finish().await?;
    same("the number of requests", connections[0].requests.len(), 1)
}

/// I8: somebody wants to speak another protocol.
async fn upgrade(target: &Target) -> Result<(), String> {
    let head = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n";
    hand_written(target, head.into(), Some(Expected::status(101))).await
}
