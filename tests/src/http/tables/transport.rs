//! Connections that fail: part J of the catalogue.
//!
//! Every row says what the error tells, how many requests arrive, and that the client
//! gives up in time and leaves no connection behind.

use std::io;
use std::time::{Duration, Instant};

use tokio::time::timeout;
use trtc_rooms::Client;

use crate::http::faults::nobody;
use crate::http::script::response;
use crate::http::{Expected, FaultServer, Run, Script, Target, app, same};

/// How long a call may take where the other side is silent or slow.
const SHORT: Duration = Duration::from_millis(250);

/// How much longer than its timeout a call may take.
const GRACE: Duration = Duration::from_millis(200);

/// When to give a call up that does not end by itself: a table that hangs tells nobody
/// which case it hangs in.
const HOPELESS: Duration = Duration::from_secs(5);

/// A pause that separates what is written before from what comes after.
const BEAT: Duration = Duration::from_millis(20);

struct Case {
    id: &'static str,
    script: Script,
    expected: Option<Expected>,
    /// How many requests the script reads to their end.
    requests: usize,
    /// Whether the request has a body of 16 MB, which fits into no buffer.
    large: bool,
}

/// Plays each script to a call of `target`.
pub async fn run(target: &Target) -> Run {
    let mut run = Run::default();
    let cases = [closed(), cut(), slow(), odd()].into_iter().flatten();
    for case in cases {
        let id = format!("{}/transport/{}", target.name, case.id);
        run.add(id, play(target, case).await);
    }
    run.add(
        format!("{}/transport/J1-refused", target.name),
        refused(target).await,
    );
    run
}

/// Connections that close instead of answering.
fn closed() -> Vec<Case> {
    let broken = Expected::broken();
    let read = || Script::new().read_request();
    vec![
        failure("J3-reset-at-once", Script::new().reset(), broken).with_requests(0),
        failure(
            "J3-reset-after-a-beat",
            Script::new().pause(BEAT).reset(),
            broken,
        )
        .with_requests(0),
        failure("J4-close-at-once", Script::new().half_close(), broken).with_requests(0),
        failure("J4-close-after-the-request", read().half_close(), broken),
        failure("J6-reset-after-the-request", read().reset(), broken),
    ]
}

/// Replies that break off.
fn cut() -> Vec<Case> {
    let broken = Expected::broken();
    let whole = response(
        "200 OK",
        &["x-a: b"],
        r#"{"ErrorCode":0,"RoomId":"live-1"}"#,
    );
    let write = |bytes: &[u8]| Script::new().read_request().write(bytes);
    let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nf\r\n{\"ErrorCode\":0\r\n";
    let endless = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n";
    let until_close = |body: &str| [endless, body.as_bytes()].concat();
    vec![
        failure("J6-reset-in-status", write(&whole[..10]).reset(), broken),
        failure(
            "J6-reset-in-status-later",
            write(&whole[..10]).pause(BEAT).reset(),
            broken,
        ),
        failure("J6-reset-in-headers", write(&whole[..22]).reset(), broken),
        failure(
            "J6-reset-in-headers-later",
            write(&whole[..22]).pause(BEAT).reset(),
            broken,
        ),
        failure(
            "J6-reset-in-body",
            write(&whole[..whole.len() - 5]).reset(),
            broken,
        ),
        failure(
            "J6-reset-in-body-later",
            write(&whole[..whole.len() - 5]).pause(BEAT).reset(),
            broken,
        ),
        failure(
            "J6-reset-in-chunks",
            write(chunked).pause(BEAT).reset(),
            broken,
        ),
        failure(
            "J7-close-in-status",
            write(&whole[..10]).half_close(),
            broken,
        ),
        failure(
            "J7-close-in-headers",
            write(&whole[..22]).half_close(),
            broken,
        ),
        failure(
            "J7-close-before-the-body",
            write(&whole[..whole.len() - 33]).half_close(),
            broken,
        ),
        failure(
            "J7-close-in-body",
            write(&whole[..whole.len() - 1]).half_close(),
            broken,
        ),
        failure("J7-close-in-chunks", write(chunked).half_close(), broken),
        // Without a length only the JSON shows that something is missing.
        failure(
            "J7-close-without-length",
            write(&until_close(r#"{"ErrorCode":0,"RoomId":"#)).half_close(),
            Expected::cut(),
        ),
        failure(
            "J7-close-without-length-empty",
            write(&until_close("")).half_close(),
            Expected::cut(),
        ),
        failure(
            "J6-reset-without-length",
            write(&until_close(r#"{"ErrorCode":0}"#))
                .pause(BEAT)
                .reset(),
            broken,
        ),
        // Known and documented: a shorter envelope that is complete is taken.
        success(
            "J8-cut-unnoticed",
            write(&until_close(r#"{"ErrorCode":0}"#)).half_close(),
        ),
        success(
            "J7-body-of-the-promised-length-and-more",
            write(b"HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{\"ErrorCode\":0}and more")
                .half_close(),
        ),
        failure(
            "J6-reset-behind-a-502",
            write(b"HTTP/1.1 502 Bad\r\ncontent-length: 1000\r\n\r\n<html>")
                .pause(BEAT)
                .reset(),
            Expected::status(502),
        ),
    ]
}

/// Servers that are too slow.
fn slow() -> Vec<Case> {
    let timeout = Expected::timeout();
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n";
    let long_head = format!("HTTP/1.1 200 OK\r\n{}\r\n", "x-a: b\r\n".repeat(90));
    let ms = Duration::from_millis;
    let read = || Script::new().read_request();
    vec![
        failure("J9-no-answer", read().stall(), timeout),
        failure("J9-no-reading", Script::new().stall(), timeout).with_requests(0),
        failure("J9-head-then-silence", read().write(head).stall(), timeout),
        failure(
            "J9-half-then-silence",
            read().write(head).write("{\"ErrorCode\":0,").stall(),
            timeout,
        ),
        failure(
            "J11-status-drips",
            read().drip("HTTP/1.1 200 OK\r\n", ms(40)),
            timeout,
        ),
        failure("J12-headers-drip", read().drip(long_head, ms(1)), timeout),
        failure(
            "J13-body-drips",
            read().write(head).drip(vec![b' '; 100_000], ms(1)),
            timeout,
        ),
        failure(
            "J14-request-read-slowly",
            Script::new().read_slowly(200, ms(2)).stall(),
            timeout,
        )
        .with_requests(0)
        .with_large_body(),
        failure(
            "J14-request-not-read",
            Script::new().pause(ms(600)).stall(),
            timeout,
        )
        .with_requests(0)
        .with_large_body(),
        failure(
            "I1-502-without-end",
            read()
                .write("HTTP/1.1 502 Bad\r\ncontent-length: 9\r\n\r\nx")
                .stall(),
            Expected::status(502),
        ),
    ]
}

/// Servers that never stop.
fn odd() -> Vec<Case> {
    let read = || Script::new().read_request();
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunk = format!("1000\r\n{}\r\n", " ".repeat(0x1000));
    let large = Expected::too_large();
    vec![
        failure(
            "J13-body-without-end",
            read()
                .write("HTTP/1.1 200 OK\r\n\r\n")
                .flood(vec![b' '; 4096]),
            large,
        ),
        failure(
            "J13-chunks-without-end",
            read().write(chunked).flood(chunk),
            large,
        ),
        failure(
            "J13-promise-of-4-GB",
            read()
                .write("HTTP/1.1 200 OK\r\ncontent-length: 4000000000\r\n\r\n")
                .stall(),
            large,
        ),
        failure(
            "J12-headers-without-end",
            read()
                .write("HTTP/1.1 200 OK\r\n")
                .flood("x-a: b\r\n".repeat(200)),
            Expected::broken(),
        ),
        failure(
            "J12-header-without-end",
            read()
                .write("HTTP/1.1 200 OK\r\nx-a: ")
                .flood(vec![b'b'; 4096]),
            Expected::broken(),
        ),
        failure(
            "J12-status-without-end",
            read().write("HTTP/1.1 200 ").flood(vec![b'b'; 4096]),
            Expected::broken(),
        ),
        failure(
            "J13-502-without-end",
            read()
                .write("HTTP/1.1 502 Bad\r\n\r\n")
                .flood(vec![b'x'; 4096]),
            Expected::status(502),
        ),
    ]
}

async fn play(target: &Target, case: Case) -> Result<(), String> {
    let script = case.script;
    let server = FaultServer::start([script])
        .await
        .map_err(|error| error.to_string())?;
    let client = app::builder(&server.url()).timeout(SHORT).build();
    let client = client.map_err(|error| error.to_string())?;
    // Writing 16 MB as JSON is not part of the waiting.
    let large = case.large.then(|| "x".repeat(16 << 20));
    let started = Instant::now();
    let call = async {
        match large {
            Some(body) => client.call_raw(target.endpoint, body).await.map(drop),
            None => target.call(&client).await.map(drop),
        }
    };
    let result = timeout(HOPELESS, call).await;
    let result = result.map_err(|_| "the call does not end".to_owned())?;
    let elapsed = started.elapsed();
    match (case.expected, result) {
        (None, Ok(())) => {}
        (None, Err(error)) => return Err(error.to_string()),
        (Some(_), Ok(())) => return Err("it was taken for a success".to_owned()),
        (Some(expected), Err(error)) => expected.compare(target, &error)?,
    }
    if elapsed > SHORT + GRACE {
        return Err(format!("it took {elapsed:?}"));
    }
    drop(client);
    let connections = server.finish().await?;
    let [connection] = &connections[..] else {
        return Err(format!("there were {} connections", connections.len()));
    };
    same(
        "the number of requests",
        connection.requests.len(),
        case.requests,
    )
}

/// J1, and J18: whoever is back is called again, without a new client.
async fn refused(target: &Target) -> Result<(), String> {
    let broken = |error: io::Error| error.to_string();
    let address = nobody().await.map_err(broken)?;
    let client: Client = app::client(&format!("http://{address}"));
    for _ in 0..2 {
        let started = Instant::now();
        let Err(error) = target.call(&client).await else {
            return Err("somebody answered".to_owned());
        };
        Expected::not_sent().compare(target, &error)?;
        same(
            "whether it was told at once",
            started.elapsed() < GRACE,
            true,
        )?;
    }
    Ok(())
}

fn failure(id: &'static str, script: Script, expected: Expected) -> Case {
    Case {
        id,
        script,
        expected: Some(expected),
        requests: 1,
        large: false,
    }
}

fn success(id: &'static str, script: Script) -> Case {
    Case {
        id,
        script,
        expected: None,
        requests: 1,
        large: false,
    }
}

impl Case {
    fn with_requests(mut self, requests: usize) -> Self {
        self.requests = requests;
        self
    }

    fn with_large_body(mut self) -> Self {
        self.large = true;
        self
    }
}
